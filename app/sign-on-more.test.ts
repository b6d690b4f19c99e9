import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { text } from "node:stream/consumers"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { row, rows } from "@/db/connect"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { openDoors, OURS, shutDoors } from "@/testing/doors"
import { aPerson, anEntity, PASSWORD, sceneFor } from "@/testing/people"
import { aProvider, CLIENT, signOutThere, throughProvider, type Jar } from "@/testing/sign-on-provider"
import { invitePerson } from "@/usecases/people/accounts"
import { foundAtProvider } from "@/usecases/people/sign-on"
import { OPERATOR } from "@/usecases/scene"

const BACK = `${OURS}/api/sign-on/callback`
type Door = (request: Request, context?: unknown) => Promise<Response>

let on: TestDatabase
let there: Awaited<ReturnType<typeof aProvider>>
let line: Server
const doors: Record<string, Door> = {}

/** A line from the provider to our door, as a real one has it: by HTTP. */
async function aLine(): Promise<string> {
  line = createServer((asked, answer) => {
    void text(asked)
      .then((body) => hear(body, asked.headers["content-type"]))
      .then((said) => answer.writeHead(said.status).end())
  })
  await new Promise<void>((done) => line.listen(0, "127.0.0.1", done))
  return `http://127.0.0.1:${(line.address() as AddressInfo).port}/api/sign-on/sign-out`
}

const hear = (body: string, type = "application/x-www-form-urlencoded"): Promise<Response> =>
  (doors.signOut as Door)(
    new Request(`${OURS}/api/sign-on/sign-out`, { method: "POST", body, headers: { "content-type": type } }),
  )
const heard = (token: string): Promise<number> =>
  hear(new URLSearchParams({ logout_token: token }).toString()).then((answer) => answer.status)

beforeAll(async () => {
  on = await aDatabase()
  there = await aProvider(
    {
      mia: { name: "Mia Market", email: "mia@lumen.example", email_verified: true },
      ivo: { name: "Ivo Invited", email: "somewhere@else.example", email_verified: true },
      eve: { name: "Eve Else", email: "ivo@lumen.example", email_verified: true },
      paul: { name: "Paul Proud" },
    },
    BACK,
    await aLine(),
  )
  openDoors(on)
  process.env.ONWARD_SIGN_ON = JSON.stringify({
    ...{ issuer: there.issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret, name: "Lumen ID" },
    ...{ trustsMail: false, loopback: true },
  })
  doors.begin = (await import("./api/sign-on/begin/route")).GET
  doors.callback = (await import("./api/sign-on/callback/route")).GET
  doors.signOut = (await import("./api/sign-on/sign-out/route")).POST
  doors.join = (await import("./api/v1/invitations/identity/route")).POST as Door
  doors.invitation = (await import("./api/v1/invitations/route")).POST as Door
  doors.sessions = (await import("./api/v1/sessions/route")).POST as Door
  doors.tokens = (await import("./api/v1/tokens/route")).POST as Door
  await anEntity(on.db)
  await aPerson(on.db, "Fia First", ["administrator"])
})
afterAll(async () => {
  await shutDoors()
  delete process.env.ONWARD_SIGN_ON
  await there.stop()
  await new Promise<void>((done) => line.close(() => done()))
  await on.drop()
})

type Browser = { ours: Jar; theirs: Jar }
const aBrowser = (): Browser => ({ ours: new Map(), theirs: new Map() })

async function ask(browser: Browser, door: string, path: string, body?: object): Promise<Response> {
  const headers = new Headers({ cookie: [...browser.ours].map(([name, value]) => `${name}=${value}`).join("; ") })
  if (body) {
    headers.set("origin", OURS)
    headers.set("content-type", "application/json")
  }
  const way = body ? { method: "POST", body: JSON.stringify(body) } : {}
  const answer = await (doors[door] as Door)(new Request(`${OURS}${path}`, { headers, ...way }), {
    params: Promise.resolve({}),
  })
  for (const said of answer.headers.getSetCookie()) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(said) ?? []
    if (value === "") browser.ours.delete(name)
    else browser.ours.set(name, value)
  }
  return answer
}

async function goes(browser: Browser, who: string, query = ""): Promise<string> {
  const out = await ask(browser, "begin", `/api/sign-on/begin${query}`)
  const address = out.headers.get("location") ?? ""
  if (!address.startsWith(there.issuer)) return address
  const back = await throughProvider(browser.theirs, address, who, OURS)
  return (await ask(browser, "callback", `${back.pathname}${back.search}`)).headers.get("location") ?? ""
}
const may = async (browser: Browser): Promise<number> =>
  (await ask(browser, "tokens", "/api/v1/tokens", { label: "x" })).status
const says = async (answer: Response): Promise<string> =>
  ((await answer.json()) as { type: string }).type.replace("/problems/", "")
const personOf = (subject: string) =>
  row<{ id: string; email: string | null; state: string; passwordHash: string | null }>(
    on.db,
    sql`select p.id, p.email, p.state, p.password_hash as "passwordHash" from identities i join people p on p.id = i.person_id where i.subject = ${subject}`,
  )

async function invited(email: string): Promise<{ link: string; personId: string }> {
  const made = await invitePerson(sceneFor(on.db, OPERATOR), {
    ...{ email, name: "Ivo Invited", roles: [{ role: "legal", entityId: null }] },
  })
  if (!made.ok) throw new Error(made.says)
  return { link: made.value.path.split("/").pop() ?? "", personId: made.value.personId }
}

test("whoever holds an invitation takes it up by the provider, freshly asked there, and with a yes here", async () => {
  const { link, personId } = await invited("ivo@lumen.example")
  // An equal address lets nobody in: that of the invitation is the invitation's alone.
  expect(await goes(aBrowser(), "eve")).toContain("conflict.sign-on-address")
  const browser = aBrowser()
  const out = await ask(browser, "begin", `/api/sign-on/begin?for=join&invitation=${link}`)
  expect(out.headers.get("location")).toMatch(/prompt=login/)
  expect(out.headers.get("location")).not.toContain(link)
  expect(await goes(browser, "ivo", `?for=join&invitation=${link}`)).toBe(`/invitation/${link}?found=yes`)
  expect([await personOf("ivo"), await may(browser)]).toEqual([null, 401])
  // The yes needs the very browser and the very invitation.
  const other = await invited("other@lumen.example")
  expect(await says(await ask(aBrowser(), "join", "/api/v1/invitations/identity", { link }))).toBe(
    "conflict.nothing-to-join",
  )
  expect(await says(await ask(browser, "join", "/api/v1/invitations/identity", { link: other.link }))).toBe(
    "conflict.nothing-to-join",
  )
  for (const wrong of [null, 7, [link], { link }, ""])
    expect((await ask(browser, "join", "/api/v1/invitations/identity", { link: wrong })).status).toBe(409)
  const kept: Browser = { ours: new Map(browser.ours), theirs: browser.theirs }
  const joined = await ask(browser, "join", "/api/v1/invitations/identity", { link })
  expect([joined.status, await joined.json()]).toEqual([200, { personId }])
  expect(await may(browser)).toBe(201)
  expect(await personOf("ivo")).toEqual({
    id: personId,
    email: "ivo@lumen.example",
    state: "active",
    passwordHash: null,
  })
  // Used up: neither a second yes nor a password.
  expect(await says(await ask(kept, "join", "/api/v1/invitations/identity", { link }))).toBe("invalid.link")
  expect((await ask(aBrowser(), "invitation", "/api/v1/invitations", { link, password: PASSWORD })).status).toBe(404)
  expect(await goes(aBrowser(), "ivo")).toBe("/")
  const acts = await rows<{ act: string; bytes: string }>(
    on.db,
    sql`select act, bytes from log_leaves where bytes like ${`%${personId}%`} and act <> 'token.make' order by index`,
  )
  expect(acts.map((leaf) => leaf.act)).toEqual([
    ...["person.invite", "grant.give", "person.enter", "identity.link", "session.begin", "session.begin"],
  ])
  for (const leaf of acts) expect(leaf.bytes).not.toMatch(/ivo|lumen|else/i)
})

test("an invitation that is none, a reset, and an identity that has an account are refused, and the invitation stays good", async () => {
  for (const link of ["", "x", "x".repeat(300)])
    expect(await goes(aBrowser(), "paul", `?for=join&invitation=${link}`)).toContain("refused=invalid.link")
  const mia = aBrowser()
  expect(await goes(mia, "mia")).toBe("/")
  const { link, personId } = await invited("second@lumen.example")
  const browser = aBrowser()
  await goes(browser, "mia", `?for=join&invitation=${link}`)
  expect(await says(await ask(browser, "join", "/api/v1/invitations/identity", { link }))).toBe(
    "conflict.identity-taken",
  )
  expect(await says(await ask(aBrowser(), "invitation", "/api/v1/invitations", { link, password: "short" }))).toBe(
    "invalid.form",
  )
  const entered = await ask(aBrowser(), "invitation", "/api/v1/invitations", { link, password: PASSWORD })
  expect([entered.status, await entered.json()]).toEqual([200, { personId }])
})

test("two who take up one invitation at once make one account", async () => {
  const { link } = await invited("twice@lumen.example")
  there.known.one = { name: "One" }
  there.known.two = { name: "Two" }
  const came = await Promise.all(
    ["one", "two"].map(async (who) => {
      const browser = aBrowser()
      await goes(browser, who, `?for=join&invitation=${link}`)
      return browser
    }),
  )
  const said = await Promise.all(came.map((browser) => ask(browser, "join", "/api/v1/invitations/identity", { link })))
  expect(said.map((answer) => answer.status).filter((status) => status === 200)).toHaveLength(1)
})

test("linking needs that the provider asked anew: a sign-on of long ago, or one that does not say when, links nothing", () => {
  const claims = { issuer: there.issuer, subject: "paul", name: "Paul", email: null, emailVerified: false, sid: null }
  const underWay = {
    ...{ state: "", nonce: "", verifier: "", for: "link" as const, to: "/account", session: "s", invitation: null },
    beganAt: Date.now(),
  }
  const now = Math.floor(Date.now() / 1000)
  for (const authTime of [null, 0, now - 900])
    expect(foundAtProvider({ ...claims, authTime }, underWay)).toMatchObject({ says: "not-allowed.not-asked-anew" })
  expect(foundAtProvider({ ...claims, authTime: now }, underWay)).toMatchObject({
    ok: true,
    value: { subject: "paul" },
  })
})

test("signing out at the provider ends the session here that began with it, and no other", async () => {
  const [browser, elsewhere] = [aBrowser(), aBrowser()]
  await goes(browser, "mia")
  await goes(elsewhere, "mia")
  expect([await may(browser), await may(elsewhere)]).toEqual([201, 201])
  await signOutThere(browser.theirs, there.issuer)
  expect([await may(browser), await may(elsewhere)]).toEqual([401, 201])
  const [leaf] = await rows<{ bytes: string }>(
    on.db,
    sql`select bytes from log_leaves where act = 'identity.sign-out' order by index desc limit 1`,
  )
  expect(leaf?.bytes).toContain('"ended":1')
  expect(leaf?.bytes).not.toMatch(/mia/i)
})

test("a word about the whole person ends all that began at the provider, once, and leaves sessions by password", async () => {
  const local = await aPerson(on.db, "Pia Password", [])
  await on.db.execute(sql`update people set email = 'pia@lumen.example' where id = ${local.id}`)
  await on.db.execute(sql`insert into identities (issuer, subject, person_id, said_name, at, seen_at)
    values (${there.issuer}, 'pia', ${local.id}, 'Pia', now(), now())`)
  there.known.pia = { name: "Pia" }
  const [byPassword, one, two] = [aBrowser(), aBrowser(), aBrowser()]
  await ask(byPassword, "sessions", "/api/v1/sessions", { email: "pia@lumen.example", password: PASSWORD })
  await goes(one, "pia")
  await goes(two, "pia")
  // One that began before sessions knew their provider goes as well.
  await on.db.execute(sql`update sessions set issuer = null, sid = null where person_id = ${local.id} and hash in
    (select hash from sessions where person_id = ${local.id} and factor = 'provider' limit 1)`)
  const now = Math.floor(Date.now() / 1000)
  const claims = (over: object = {}) => ({
    ...{ iss: there.issuer, aud: CLIENT.id, iat: now, exp: now + 120, jti: `j-${Math.random()}`, sub: "pia" },
    ...{ events: { "http://schemas.openid.net/event/backchannel-logout": {} }, ...over },
  })
  // What does not hold ends nothing.
  const good = there.sign(claims())
  const [head, body, signature] = good.split(".")
  const none = Buffer.from(JSON.stringify({ alg: "none", kid: "tests" })).toString("base64url")
  const forged = Buffer.from(JSON.stringify(claims({ sub: "mia" }))).toString("base64url")
  for (const token of [
    ...["", "x", "a.b.c", `${none}.${body}.`, `${head}.${forged}.${signature}`, `${head}.${body}.`],
    ...[
      there.sign(claims({ aud: "another" })),
      there.sign(claims({ nonce: "n" })),
      there.sign(claims({ iat: now - 900 })),
    ],
    ...[there.sign(claims({ iss: "https://evil.example" })), there.sign(claims({ events: {} }))],
    ...[
      there.sign(claims(), { alg: "HS256" }),
      there.sign(claims(), { kid: "another" }),
      there.sign(claims(), { typ: "at+jwt" }),
    ],
    there.sign(claims({ x: "y".repeat(20_000) })),
  ])
    expect([token.slice(0, 40), await heard(token)]).toEqual([token.slice(0, 40), 400])
  for (const sent of ["", "logout_token=", "logout_token=a&logout_token=b", "x".repeat(2_000_000)])
    expect((await hear(sent)).status).toBe(400)
  expect((await hear("{}", "application/json")).status).toBe(400)
  for (const living of [byPassword, one, two]) expect(await may(living)).not.toBe(401)
  expect([await heard(good), await heard(good)]).toEqual([200, 400])
  expect([await may(one), await may(two)]).toEqual([401, 401])
  expect(await may(byPassword)).not.toBe(401)
  // Nobody of ours: believed, and nothing ends.
  expect(await heard(there.sign(claims({ sub: "nobody here" })))).toBe(200)
  const at = await Promise.all([1, 2, 3].map(() => heard(there.sign(claims({ jti: "at once" })))))
  expect(at.filter((status) => status === 200)).toHaveLength(1)
})

test("a session of which we do not know which of the provider's it is ends with the first word that names its person", async () => {
  const [unknown, other] = [aBrowser(), aBrowser()]
  await goes(unknown, "mia")
  await on.db.execute(sql`update sessions set sid = null where factor = 'provider' and revoked_at is null`)
  await goes(other, "mia")
  const now = Math.floor(Date.now() / 1000)
  const word = (jti: string, sub?: string): string =>
    there.sign({
      ...{
        iss: there.issuer,
        aud: CLIENT.id,
        iat: now,
        exp: now + 120,
        jti,
        sid: "none of ours",
        ...(sub ? { sub } : {}),
      },
      events: { "http://schemas.openid.net/event/backchannel-logout": {} },
    })
  // Without a person it is about nothing that is known here.
  expect([await heard(word("unknown-1")), await may(unknown), await may(other)]).toEqual([200, 201, 201])
  expect([await heard(word("unknown-2", "ivo")), await may(unknown)]).toEqual([200, 201])
  expect([await heard(word("unknown-3", "mia")), await may(unknown), await may(other)]).toEqual([200, 401, 201])
})

test("without a provider the door is not there", async () => {
  const said = process.env.ONWARD_SIGN_ON
  delete process.env.ONWARD_SIGN_ON
  expect((await hear("logout_token=x")).status).toBe(404)
  process.env.ONWARD_SIGN_ON = said
})
