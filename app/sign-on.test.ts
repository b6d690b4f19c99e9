import { afterAll, beforeAll, expect, test } from "vitest"
import { sql } from "drizzle-orm"
import { row, rows } from "@/db/connect"
import type { Role } from "@/domain/people/roles"
import { ownPath } from "@/app/sign-on"
import { openDoors, OURS, shutDoors } from "@/testing/doors"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { anEntity, aPerson, PASSWORD, sceneFor } from "@/testing/people"
import { aProvider, CLIENT, throughProvider, visit, type Jar } from "@/testing/sign-on-provider"
import { disablePerson } from "@/usecases/people/accounts"
import { listEntities } from "@/usecases/people/entities"
import { resetPerson } from "@/usecases/people/resets"
import { putSignOnRule } from "@/usecases/people/sign-on-rule"
import { proveByProvider, signOn, wayToProvider, whoCame } from "@/usecases/people/sign-on"
import { actorOfSession } from "@/usecases/people/sessions"
import { clockNow, OPERATOR } from "@/usecases/scene"

const BACK = `${OURS}/api/sign-on/callback`
type Door = (request: Request, context?: unknown) => Promise<Response>

let on: TestDatabase
let there: Awaited<ReturnType<typeof aProvider>>
let begin: Door
let callback: Door
let sessions: Door
let ends: Door
let tokens: Door
let link: Door
let unlink: Door
let password: Door
let entityId: string

const settings = () => ({
  ...{ issuer: there.issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret, name: "Lumen ID" },
  ...{ trustsMail: false, loopback: true },
})

beforeAll(async () => {
  on = await aDatabase()
  there = await aProvider(
    {
      mia: { name: "Mia Market", email: "mia@lumen.example", email_verified: true },
      noah: { name: "Noah Nomail" },
      una: { name: "Una Unsure", email: "una@lumen.example", email_verified: false },
      paul: { name: "Paul Proud", email: "taken@lumen.example", email_verified: true },
    },
    BACK,
  )
  openDoors(on)
  process.env.ONWARD_SIGN_ON = JSON.stringify(settings())
  begin = (await import("./api/sign-on/begin/route")).GET
  callback = (await import("./api/sign-on/callback/route")).GET
  sessions = (await import("./api/v1/sessions/route")).POST as Door
  ends = (await import("./api/v1/sessions/end/route")).POST as Door
  tokens = (await import("./api/v1/tokens/route")).POST as Door
  link = (await import("./api/v1/account/identity/route")).POST as Door
  unlink = (await import("./api/v1/account/identity/unlink/route")).POST as Door
  password = (await import("./api/v1/account/password/route")).POST as Door
  entityId = await anEntity(on.db)
})
afterAll(async () => {
  await shutDoors()
  delete process.env.ONWARD_SIGN_ON
  await there.stop()
  await on.drop()
})

/** What a browser of ours holds: cookies of ours, and apart from them those of the provider. */
type Browser = { ours: Jar; theirs: Jar }
const aBrowser = (): Browser => ({ ours: new Map(), theirs: new Map() })

async function ask(browser: Browser, open: Door, path: string, body?: object): Promise<Response> {
  const headers = new Headers({ cookie: [...browser.ours].map(([name, value]) => `${name}=${value}`).join("; ") })
  if (body) {
    headers.set("origin", OURS)
    headers.set("content-type", "application/json")
  }
  const request = new Request(`${OURS}${path}`, {
    headers,
    ...(body ? { method: "POST", body: JSON.stringify(body) } : {}),
  })
  const answer = await open(request, { params: Promise.resolve({}) })
  for (const text of answer.headers.getSetCookie()) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(text) ?? []
    if (value === "") browser.ours.delete(name)
    else browser.ours.set(name, value)
  }
  return answer
}

/** From our link to the provider and to the door back; `change` is what goes wrong on the way. */
async function signsOn(browser: Browser, who: string, query = "", change: (back: URL) => URL = (back) => back) {
  const out = await ask(browser, begin, `/api/sign-on/begin${query}`)
  const back = change(await throughProvider(browser.theirs, out.headers.get("location") ?? "", who, OURS))
  const answer = await ask(browser, callback, `${back.pathname}${back.search}`)
  return { back, to: answer.headers.get("location") ?? "" }
}

const may = async (browser: Browser): Promise<number> =>
  (await ask(browser, tokens, "/api/v1/tokens", { label: "x" })).status
const people = async () => (await row<{ n: number }>(on.db, sql`select count(*)::int as n from people`))?.n
const personOf = (subject: string) =>
  row<{ id: string; email: string | null; name: string; passwordHash: string | null }>(
    on.db,
    sql`select p.id, p.email, p.name, p.password_hash as "passwordHash" from identities i join people p on p.id = i.person_id where i.subject = ${subject}`,
  )
const rolesOf = (subject: string) =>
  rows<{ role: string; entityId: string | null }>(
    on.db,
    sql`select g.role, g.entity_id as "entityId" from role_grants g join identities i on i.person_id = g.person_id where i.subject = ${subject}`,
  )

test("whoever signs on begins an account without a password, is a requester, and comes back to the same one", async () => {
  const browser = aBrowser()
  expect((await signsOn(browser, "mia")).to).toBe("/sign-in?refused=not-allowed.not-set-up#refused")
  expect([await people(), await may(browser)]).toEqual([0, 401])
  await aPerson(on.db, "Fia First", ["administrator"])
  expect((await signsOn(browser, "mia")).to).toBe("/")
  expect(await may(browser)).toBe(201)
  const person = await personOf("mia")
  expect(person).toMatchObject({ email: "mia@lumen.example", name: "Mia Market", passwordHash: null })
  expect(await rolesOf("mia")).toEqual([{ role: "requester", entityId }])
  expect((await signsOn(aBrowser(), "mia")).to).toBe("/")
  expect(await personOf("mia")).toEqual(person)
  const said = await rows<{ act: string; bytes: string }>(
    on.db,
    sql`select l.act, l.bytes from log_leaves l where l.bytes like ${`%${person?.id}%`} order by l.index`,
  )
  expect(said.map((leaf) => leaf.act)).toEqual([
    ...["session.begin", "identity.begin", "grant.give", "token.make", "session.begin"],
  ])
  for (const leaf of said) expect(leaf.bytes).not.toMatch(/mia|Market|lumen/i)
})

test("an address that the provider does not vouch for, or none, is no address; the account is there all the same", async () => {
  for (const who of ["noah", "una"]) {
    expect((await signsOn(aBrowser(), who)).to).toBe("/")
    expect(await personOf(who)).toMatchObject({ email: null })
  }
})

test("an account that was there is not taken over by an equal address; its holder links the two, freshly proved", async () => {
  const local = await aPerson(on.db, "Paul Proud", ["legal"])
  await on.db.execute(sql`update people set email = 'taken@lumen.example' where id = ${local.id}`)
  const before = await people()
  const browser = aBrowser()
  expect((await signsOn(browser, "paul")).to).toBe("/sign-in?refused=conflict.sign-on-address#refused")
  expect([await people(), await may(browser)]).toEqual([before, 401])

  await ask(browser, sessions, "/api/v1/sessions", { email: "taken@lumen.example", password: PASSWORD })
  // Nothing was found yet: the door links nobody.
  expect((await ask(browser, link, "/api/v1/account/identity", {})).status).toBe(409)
  expect((await signsOn(browser, "paul", "?for=link")).to).toBe("/account?link=found#link")
  expect(await personOf("paul")).toBeNull()
  // Another session of the same browser profile may not say yes for it.
  const other = { ...browser, ours: new Map(browser.ours) }
  await ask(other, sessions, "/api/v1/sessions", { email: "taken@lumen.example", password: PASSWORD })
  expect((await ask(other, link, "/api/v1/account/identity", {})).status).toBe(409)
  // Proved too long ago: neither the way out nor the yes.
  await on.db.execute(
    sql`update sessions set created_at = created_at - interval '301 seconds' where person_id = ${local.id}`,
  )
  expect((await ask(browser, link, "/api/v1/account/identity", {})).status).toBe(403)
  expect((await ask(browser, begin, "/api/sign-on/begin?for=link")).headers.get("location")).toContain(
    "not-allowed.prove",
  )
  expect((await ask(browser, link, "/api/v1/account/identity", { _password: PASSWORD })).status).toBe(200)
  expect(await personOf("paul")).toMatchObject({ id: local.id })

  const again = aBrowser()
  expect((await signsOn(again, "paul")).to).toBe("/")
  expect(await rolesOf("paul")).toEqual([{ role: "legal", entityId: null }])
  // An identity that has an account is not linked to a second one, and undone only where a password is left.
  const mia = aBrowser()
  await signsOn(mia, "mia")
  expect((await ask(mia, unlink, "/api/v1/account/identity/unlink", { issuer: there.issuer })).status).toBe(403)
  expect((await ask(browser, unlink, "/api/v1/account/identity/unlink", { issuer: there.issuer })).status).toBe(200)
  expect(await personOf("paul")).toBeNull()
  // Whoever got in by the provider is in no longer; the session that undid it, begun by a password, is.
  const left = sql`select distinct coalesce(factor, '') <> 'provider' as own from sessions where person_id = ${local.id} and revoked_at is null`
  expect(await rows(on.db, left)).toEqual([{ own: true }])
})

test("an altered state, a replayed answer, a code of another's browser and a way that was not begun let nobody in", async () => {
  const before = await people()
  const altered = await signsOn(aBrowser(), "mia", "", (back) => {
    back.searchParams.set("state", `${back.searchParams.get("state")}x`)
    return back
  })
  expect(altered.to).toContain("not-allowed.sign-on-broken")
  const elsewhere = await signsOn(aBrowser(), "mia", "", (back) => {
    back.searchParams.set("iss", "https://evil.example")
    return back
  })
  expect(elsewhere.to).toContain("not-allowed.sign-on-broken")
  const denied = await signsOn(aBrowser(), "mia", "", (back) => {
    back.searchParams.delete("code")
    back.searchParams.set("error", "access_denied")
    return back
  })
  expect(denied.to).toContain("not-allowed.provider-refused")

  const browser = aBrowser()
  const out = await ask(browser, begin, "/api/sign-on/begin")
  const kept = new Map(browser.ours)
  const back = await throughProvider(browser.theirs, out.headers.get("location") ?? "", "mia", OURS)
  const address = `${back.pathname}${back.search}`
  // Another's browser, without the sealed cookie, or with one of its own.
  expect((await ask(aBrowser(), callback, address)).headers.get("location")).toContain("sign-on-not-begun")
  const thief = aBrowser()
  await ask(thief, begin, "/api/sign-on/begin")
  expect((await ask(thief, callback, address)).headers.get("location")).toContain("sign-on-broken")
  expect((await ask(browser, callback, address)).headers.get("location")).toBe("/")
  // The same answer a second time: the cookie is gone, and who kept it finds the code used up.
  expect((await ask(browser, callback, address)).headers.get("location")).toContain("sign-on-not-begun")
  const replayed = { ours: kept, theirs: browser.theirs }
  expect((await ask(replayed, callback, address)).headers.get("location")).toContain("sign-on-broken")
  expect(await may(replayed)).toBe(401)
  expect(await people()).toBe(before)
})

test("a token with another nonce, for another client or of another issuer is none", async () => {
  const scene = sceneFor(on.db, null)
  const go = async (change: (way: { nonce: string; verifier: string; state: string }) => object, over: object = {}) => {
    const way = await wayToProvider(scene, settings(), { for: "enter", redirectUri: BACK, to: "/" })
    if (!way.ok) throw new Error(way.says)
    const back = await throughProvider(new Map(), way.value.url, "mia", OURS)
    const underWay = { ...way.value.underWay, ...change(way.value.underWay) }
    return whoCame({ ...settings(), ...over }, back, underWay)
  }
  expect(await go(() => ({}))).toMatchObject({ ok: true, value: { subject: "mia", issuer: there.issuer } })
  expect(await go(() => ({ nonce: "of another" }))).toMatchObject({ says: "not-allowed.sign-on-broken" })
  expect(await go(({ verifier }) => ({ verifier: `${verifier}x` }))).toMatchObject({
    says: "not-allowed.sign-on-broken",
  })
  expect(await go(() => ({}), { clientSecret: "another" })).toMatchObject({ says: "not-allowed.sign-on-broken" })
  // A provider that calls itself otherwise than it was named, and one that is not there, are not asked at all.
  expect(await go(() => ({}), { issuer: `${there.issuer}/other` })).toMatchObject({ says: "conflict.provider-away" })
  expect(await go(() => ({}), { issuer: "http://127.0.0.1:1" })).toMatchObject({ says: "conflict.provider-away" })
})

test("the name and address are what the identity is not: a changed name changes nobody, an equal subject is the same person", async () => {
  const before = await personOf("mia")
  there.known.mia = { name: "Somebody Else", email: "else@lumen.example", email_verified: true }
  expect((await signsOn(aBrowser(), "mia")).to).toBe("/")
  expect(await personOf("mia")).toEqual(before)
  const claims = { subject: "mia", name: "Mia", email: null, emailVerified: false, authTime: null, sid: null }
  const foreign = await signOn(sceneFor(on.db, null), { ...claims, issuer: "https://other.example" }, "test")
  expect(foreign.ok && foreign.value.personId).not.toBe(before?.id)
})

test("five minutes later it proves anew by the provider, asked anew, as the same person, in the same session", async () => {
  const browser = aBrowser()
  await signsOn(browser, "mia")
  const id = (await personOf("mia"))?.id ?? ""
  const stale = () =>
    on.db.execute(sql`update sessions set created_at = created_at - interval '301 seconds',
    proved_at = proved_at - interval '301 seconds' where person_id = ${id} and revoked_at is null`)
  await stale()
  expect(await may(browser)).toBe(403)
  const typed = await ask(browser, tokens, "/api/v1/tokens", { label: "x", _password: PASSWORD })
  expect(((await typed.json()) as { type: string }).type).toBe("/problems/not-allowed.proves-by-provider")
  const out = await ask(browser, begin, "/api/sign-on/begin?for=prove&to=//evil.example")
  expect(out.headers.get("location")).toMatch(/prompt=login.*max_age=0|max_age=0.*prompt=login/)
  // Whoever shows there to be somebody else proves nothing here.
  const other = await throughProvider(new Map(), out.headers.get("location") ?? "", "noah", OURS)
  expect((await ask(browser, callback, `${other.pathname}${other.search}`)).headers.get("location")).toContain(
    "not-allowed.other-identity",
  )
  expect(await may(browser)).toBe(403)
  expect((await signsOn(browser, "mia", "?for=prove&to=/requests")).to).toBe("/requests")
  expect(await may(browser)).toBe(201)
  // A provider that did not ask anew proves nothing.
  const session = browser.ours.get("onward.session") ?? ""
  expect(session).not.toBe("")
  const signed = await signOn(
    sceneFor(on.db, null),
    {
      ...{ issuer: there.issuer, subject: "mia", name: "", email: null, emailVerified: false, authTime: null },
      sid: null,
    },
    "test",
  )
  const actor = signed.ok ? await actorOfSession(on.db, signed.value.secret, clockNow()) : null
  const hash = actor?.kind === "person" ? (actor.session?.toString("hex") ?? "") : ""
  const way = {
    state: "",
    nonce: "",
    verifier: "",
    for: "prove" as const,
    to: "/",
    session: hash,
    beganAt: Date.now(),
    invitation: null,
  }
  const said = { issuer: there.issuer, subject: "mia", name: "", email: null, emailVerified: false, sid: null }
  const proves = (authTime: number | null, more = {}) =>
    proveByProvider(sceneFor(on.db, actor), { ...said, authTime }, { ...way, ...more })
  expect(await proves(null)).toMatchObject({ says: "not-allowed.not-asked-anew" })
  expect(await proves(Math.floor(Date.now() / 1000) - 900)).toMatchObject({ says: "not-allowed.not-asked-anew" })
  expect(await proves(Math.floor(Date.now() / 1000), { session: "another" })).toMatchObject({
    says: "not-allowed.sign-in",
  })
  expect(await proves(Math.floor(Date.now() / 1000))).toMatchObject({ ok: true })
})

test("signing out ends the session here, and the kept cookie opens nothing", async () => {
  const browser = aBrowser()
  await signsOn(browser, "noah")
  const kept = { ...browser, ours: new Map(browser.ours) }
  expect(await may(kept)).toBe(201)
  expect((await ask(browser, ends, "/api/v1/sessions/end", {})).status).toBe(200)
  expect(await may(kept)).toBe(401)
})

test("whoever is shut out stays out, whatever the provider says", async () => {
  const browser = aBrowser()
  await signsOn(browser, "una")
  const id = (await personOf("una"))?.id
  expect((await disablePerson(sceneFor(on.db, OPERATOR), { person: id })).ok).toBe(true)
  expect(await may(browser)).toBe(401)
  expect((await signsOn(aBrowser(), "una")).to).toBe("/sign-in?refused=not-allowed.sign-on#refused")
})

test("nobody sets a password for whom the provider proves: neither they themselves nor an administrator", async () => {
  const browser = aBrowser()
  await signsOn(browser, "noah")
  const answer = await ask(browser, password, "/api/v1/account/password", {
    ...{ oldPassword: "", password: "a new one that is long enough" },
  })
  expect(((await answer.json()) as { type: string }).type).toBe("/problems/not-allowed.proves-by-provider")
  const admin = await aPerson(on.db, "Ada Admin", ["administrator"])
  const id = (await personOf("noah"))?.id
  expect(await resetPerson(sceneFor(on.db, admin), { person: id })).toMatchObject({
    says: "not-allowed.has-no-password",
  })
})

test("an administrator says where new people are requesters; it gives nobody who is there a role, and none comes twice", async () => {
  const admin = await aPerson(on.db, "Ari Admin", ["administrator"])
  const second = await anEntity(on.db)
  there.known.zoe = { name: "Zoe" }
  there.known.yan = { name: "Yan" }
  // Two companies and nobody chose: signed in, and no role.
  await signsOn(aBrowser(), "zoe")
  expect(await rolesOf("zoe")).toEqual([])
  expect(await putSignOnRule(sceneFor(on.db, admin), { entityIds: ["ent_01234567890123456789012345"] })).toMatchObject({
    ok: false,
  })
  expect((await putSignOnRule(sceneFor(on.db, admin), { entityIds: [second] })).ok).toBe(true)
  expect(await rolesOf("zoe")).toEqual([])
  await signsOn(aBrowser(), "zoe")
  expect(await rolesOf("zoe")).toEqual([{ role: "requester", entityId: second }])
  expect((await putSignOnRule(sceneFor(on.db, admin), { everywhere: true })).ok).toBe(true)
  await signsOn(aBrowser(), "zoe")
  expect(await rolesOf("zoe")).toHaveLength(1)
  await signsOn(aBrowser(), "yan")
  expect(await rolesOf("yan")).toEqual([{ role: "requester", entityId: null }])
  const seen = await listEntities(sceneFor(on.db, admin), {})
  expect(seen.ok && seen.value.length).toBe(2)
})

test("two who come at once with the same new identity make one account", async () => {
  there.known.tim = { name: "Tim Twice" }
  const came = await Promise.all([1, 2, 3].map(() => signsOn(aBrowser(), "tim")))
  expect(came.map((one) => one.to).filter((to) => to === "/").length).toBeGreaterThan(0)
  const found = await rows(on.db, sql`select 1 from people where name = 'Tim Twice'`)
  expect(found).toHaveLength(1)
})

test("without a provider there is no such door", async () => {
  delete process.env.ONWARD_SIGN_ON
  expect((await ask(aBrowser(), begin, "/api/sign-on/begin")).status).toBe(404)
  expect((await ask(aBrowser(), callback, "/api/sign-on/callback?code=x&state=y")).status).toBe(404)
  process.env.ONWARD_SIGN_ON = JSON.stringify(settings())
})

const ROLE: Role = "requester"
test("no more than a requester ever comes of signing on", async () => {
  const given = await rows<{ role: string }>(
    on.db,
    sql`select distinct g.role from role_grants g join log_leaves l on l.index = g.log_index where l.bytes like '%"by":"sign-on"%'`,
  )
  expect(given.map((one) => one.role)).toEqual([ROLE])
  expect(await visit(new Map(), `${there.issuer}/.well-known/openid-configuration`)).toMatchObject({ status: 200 })
})

test.each([
  ["/requests/req_1?x=1", "/requests/req_1?x=1"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["https://evil.example", "/"],
  ["/.//evil.example", "/"],
  ["/requests/%2e%2e//evil.example", "/"],
  ["/a\nb", "/"],
  [`/${"x".repeat(600)}`, "/"],
  [null, "/"],
])("after the provider one comes back to a page of ours: %j leads to %s", (to, wanted) => {
  expect(ownPath(to)).toBe(wanted)
})
