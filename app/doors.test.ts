import { afterAll, beforeAll, expect, test } from "vitest"
import { sql } from "drizzle-orm"
import { decode } from "next-auth/jwt"
import { row } from "@/db/connect"
import { mayAct, needsProof, PERMISSIONS, type ActName } from "@/domain/people/permissions"
import { ROLES, type Role } from "@/domain/people/roles"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { openDoors, OURS, shutDoors } from "@/testing/doors"
import { aPerson, PASSWORD, sceneFor } from "@/testing/people"
import { makeToken } from "@/usecases/people/sessions"
import type { Actor } from "@/usecases/scene"

type Door = {
  (request: Request, context: { params: Promise<Record<string, string | string[]>> }): Promise<Response>
  actName?: string
}
type Way = { cookie?: string; token?: string }

let on: TestDatabase
let doors: { path: string; act: ActName; open: Door }[] = []
let sessions: Door
let ends: Door
const people = new Map<Role, { actor: Actor; email: string; cookie: string; token: string }>()

const ID = "0".repeat(26)
const params = Promise.resolve({ id: `req_${ID}`, recordId: `pty_${ID}`, kind: "party" })

function send(
  open: Door,
  path: string,
  body: unknown,
  way: Way & { origin?: string | null; type?: string } = {},
): Promise<Response> {
  const headers = new Headers({ "content-type": way.type ?? "application/json", "x-onward-caller": "192.0.2.9" })
  if (way.origin !== null) headers.set("origin", way.origin ?? OURS)
  if (way.cookie) headers.set("cookie", way.cookie)
  if (way.token) headers.set("authorization", `Bearer ${way.token}`)
  const text = typeof body === "string" ? body : JSON.stringify(body)
  return open(new Request(`${OURS}${path}`, { method: "POST", headers, body: text }), { params })
}

const cookieOf = (answer: Response): string =>
  (answer.headers.getSetCookie().find((one) => one.startsWith("onward.session=")) ?? "").split(";")[0] ?? ""

beforeAll(async () => {
  on = await aDatabase()
  openDoors(on)
  const found = import.meta.glob<{ POST?: Door }>("./api/v1/**/route.ts")
  for (const [file, load] of Object.entries(found)) {
    const open = (await load()).POST
    const path = file.replace(/^\./, "").replace(/\/route\.ts$/, "")
    if (open?.actName) doors.push({ path, act: open.actName as ActName, open })
    if (path === "/api/v1/sessions" && open) sessions = open
    if (path === "/api/v1/sessions/end" && open) ends = open
  }
  for (const role of ROLES) {
    const actor = await aPerson(on.db, `Pia ${role}`, [role])
    const email =
      (await row<{ email: string }>(on.db, sql`select email from people where id = ${actor.id}`))?.email ?? ""
    const made = await makeToken(sceneFor(on.db, actor), { label: "machine", days: 1 })
    const cookie = cookieOf(await send(sessions, "/api/v1/sessions", { email, password: PASSWORD }))
    people.set(role, { actor, email, cookie, token: made.ok ? made.value.token : "" })
  }
})
afterAll(async () => {
  await shutDoors()
  await on.drop()
})

const size = async (): Promise<number> =>
  (await row<{ size: number }>(on.db, sql`select size from log_head`))?.size ?? -1
const one = (role: Role) => {
  const found = people.get(role)
  if (!found) throw new Error(role)
  return found
}

test("over HTTP, by cookie and by token, every door refuses the roles that have no cell and leaves no row", async () => {
  expect(doors.length).toBeGreaterThan(10)
  const before = await size()
  for (const { path, act, open } of doors) {
    for (const role of ROLES) {
      if (mayAct(act, { kind: "person", held: one(role).actor.kind === "person" ? one(role).actor.held : [] }).ok)
        continue
      for (const way of [{ cookie: one(role).cookie }, { token: one(role).token }]) {
        const answer = await send(open, path, {}, way)
        expect([path, role, answer.status, ((await answer.json()) as { type: string }).type]).toEqual([
          path,
          role,
          403,
          "/problems/not-allowed.role",
        ])
      }
    }
  }
  expect(await size()).toBe(before)
})

/** Written by hand from the handbook: who reads by which address, with what has to stand in it. Everybody else is refused. */
const READERS: readonly Role[] = ["requester", "procurement", "legal", "dpo", "supervisor"]
const ALL: readonly Role[] = [...READERS, "administrator"]
const LOOKS: Record<string, { who: readonly Role[]; query?: string }> = {
  "/api/v1/answers-kept": { who: ALL },
  "/api/v1/campaigns": { who: ["procurement", "legal", "dpo"] },
  "/api/v1/campaigns/[id]": { who: ["procurement", "legal", "dpo"] },
  "/api/v1/announcements": { who: READERS },
  "/api/v1/campaigns/[id]/answers.csv": { who: ["procurement", "legal", "dpo"] },
  "/api/v1/entities": { who: ALL },
  "/api/v1/exports": { who: ["legal", "dpo", "supervisor"] },
  "/api/v1/exports/article-30": { who: ["legal", "dpo", "supervisor"] },
  "/api/v1/exports/[id]": { who: ["legal", "dpo", "supervisor"] },
  "/api/v1/exports/[id]/file": { who: ["legal", "dpo", "supervisor"] },
  "/api/v1/files/[id]": { who: READERS },
  "/api/v1/files/[id]/text": { who: READERS },
  "/api/v1/findings.csv": { who: READERS },
  "/api/v1/inbox": { who: ["requester", "procurement", "legal", "dpo"] },
  "/api/v1/intakes": { who: ["requester", "procurement", "legal", "dpo"] },
  "/api/v1/intakes/[id]": { who: ["requester", "procurement", "legal", "dpo"] },
  "/api/v1/intakes/parties": { who: ["requester", "procurement", "legal", "dpo"] },
  "/api/v1/imports/[id]/bad-rows": { who: ["procurement", "legal", "dpo"] },
  "/api/v1/packs/files": { who: ALL, query: "?pack=statement" },
  "/api/v1/people": { who: ["administrator"] },
  "/api/v1/account/away": { who: ALL },
  "/api/v1/people/away": { who: ["administrator"] },
  "/api/v1/people/roles": { who: ["administrator"] },
  "/api/v1/promises.csv": { who: READERS },
  "/api/v1/reconciliations/[id]/lines.csv": { who: ["procurement", "legal", "dpo"] },
  "/api/v1/register/[list]": { who: READERS },
  "/api/v1/requests": { who: READERS },
  "/api/v1/requests.csv": { who: READERS },
  "/api/v1/requests/[id]": { who: READERS },
  "/api/v1/requests/[id]/decision": { who: READERS },
  "/api/v1/requests/[id]/intake": { who: READERS },
  "/api/v1/requests/together/[id]": { who: READERS },
  "/api/v1/signatures": { who: READERS, query: `?file=fil_${ID}` },
  "/api/v1/stage-rules": { who: ALL },
  "/api/v1/looks": { who: ALL, query: `?person=psn_${ID}` },
  "/api/v1/log/checkpoint": { who: ["legal", "dpo", "supervisor", "administrator"] },
  "/api/v1/log/events.csv": { who: ["legal", "dpo", "supervisor", "administrator"] },
  "/api/v1/log/events.jsonl": { who: ["legal", "dpo", "supervisor", "administrator"] },
  "/api/v1/log/growth": { who: ["legal", "dpo", "supervisor", "administrator"], query: "?since=0" },
  "/api/v1/log/keys": { who: ["legal", "dpo", "supervisor", "administrator"] },
  "/api/v1/log/proofs/[index]": { who: ["legal", "dpo", "supervisor", "administrator"] },
  "/api/v1/log/tile/[...path]": { who: ["legal", "dpo", "supervisor", "administrator"] },
  "/api/v1/stage-rules/previews": { who: ALL },
  "/api/v1/supplier-links": { who: ["requester", "procurement", "legal", "dpo"] },
  "/api/v1/supplier-links/[id]": { who: ["requester", "procurement", "legal", "dpo"] },
  "/api/v1/audit/answers/[answer]": { who: ["procurement", "legal", "dpo", "supervisor"] },
  "/api/v1/templates": { who: READERS },
  "/api/v1/tokens": { who: ALL },
  "/api/v1/trust-lists": { who: ALL },
  "/api/v1/what-if/result": { who: READERS, query: "?kind=party-moves" },
}

test("over HTTP, by cookie and by token, whatever can be read is refused to roles that have no cell, and to nobody's", async () => {
  const found = import.meta.glob<{ GET?: Door }>("./api/v1/**/route.ts")
  const before = await size()
  const seen: string[] = []
  for (const [file, load] of Object.entries(found)) {
    const open = (await load()).GET
    const path = file.replace(/^\./, "").replace(/\/route\.ts$/, "")
    if (!open) continue
    seen.push(path)
    const { who, query = "" } = LOOKS[path] ?? { who: [] }
    const ask = async (headers: Record<string, string>) => {
      const context = {
        params: Promise.resolve({
          id: idFor(path),
          list: "parties.json",
          path: ["0"],
          index: "0",
          answer: "recipients.csv",
        }),
      }
      return (await open(new Request(`${OURS}${path}${query}`, { headers }), context)).status
    }
    expect([path, await ask({})]).toEqual([path, 401])
    for (const role of ROLES) {
      // A supervisor's look is noted in the log, so only the others show that nothing is written.
      if (role === "supervisor" && who.includes(role)) continue
      const ways: Record<string, string>[] = [
        { cookie: one(role).cookie },
        { authorization: `Bearer ${one(role).token}` },
      ]
      for (const headers of ways) {
        const status = await ask(headers)
        expect([path, role, status === 403]).toEqual([path, role, !who.includes(role)])
      }
    }
  }
  expect(seen.sort()).toEqual(Object.keys(LOOKS).sort())
  expect(await size()).toBe(before)
})

const idFor = (path: string): string =>
  `${path.includes("campaigns") ? "cmp" : path.includes("files") ? "fil" : path.includes("imports") ? "imp" : path.includes("reconciliations") ? "rcn" : "req"}_${ID}`

test("nobody gets through a door without a session, nor with a cookie of somebody else's making", async () => {
  for (const { path, open, act } of doors) {
    if (["person.enter", "session.begin", "answer.save", "answer.send", "identity.join"].includes(act)) continue
    expect([path, (await send(open, path, {})).status]).toEqual([path, 401])
    expect([path, (await send(open, path, {}, { cookie: "onward.session=eyJhbGciOiJub25lIn0.e30." })).status]).toEqual([
      path,
      401,
    ])
  }
})

test("what comes from another site is not taken, whatever cookie comes with it", async () => {
  const tokens = doors.find((door) => door.act === "token.make")
  if (!tokens) throw new Error("no door for tokens")
  const before = await size()
  for (const origin of ["https://evil.example", "null", null, `${OURS}.evil.example`]) {
    const answer = await send(tokens.open, tokens.path, { label: "theirs" }, { cookie: one("legal").cookie, origin })
    expect(answer.status).toBe(403)
  }
  // An Authorization header lifts the question of origin, and so no cookie is listened to beside it.
  expect(
    (
      await send(
        tokens.open,
        tokens.path,
        { label: "theirs" },
        { cookie: one("legal").cookie, token: "owt_x", origin: null },
      )
    ).status,
  ).toBe(401)
  expect(await size()).toBe(before)
})

test("a server action is refused at every door", async () => {
  const headers = {
    "next-action": "0".repeat(40),
    origin: OURS,
    cookie: one("legal").cookie,
    "content-type": "application/json",
  }
  for (const { path, open } of doors) {
    expect(
      (await open(new Request(`${OURS}${path}`, { method: "POST", headers, body: "{}" }), { params })).status,
    ).toBe(403)
  }
})

test("a cookie that was kept after signing out opens nothing", async () => {
  const tokens = doors.find((door) => door.act === "token.make")
  if (!tokens) throw new Error("no door for tokens")
  const cookie = cookieOf(await send(sessions, "/api/v1/sessions", { email: one("dpo").email, password: PASSWORD }))
  expect((await send(tokens.open, tokens.path, { label: "mine" }, { cookie })).status).toBe(201)
  expect((await send(ends, "/api/v1/sessions/end", {}, { cookie })).status).toBe(200)
  expect((await send(tokens.open, tokens.path, { label: "mine" }, { cookie })).status).toBe(401)
})

test("five minutes after the password was typed, deciding and touching roles asks for it again; no other act does", async () => {
  const door = (act: string) => {
    const found = doors.find((item) => item.act === act)
    if (!found) throw new Error(act)
    return found
  }
  const cookie = cookieOf(
    await send(sessions, "/api/v1/sessions", { email: one("administrator").email, password: PASSWORD }),
  )
  const give = (more: object, way: Way = { cookie }) =>
    send(door("grant.give").open, "/api/v1/grants", { personId: one("requester").actor.id, role: "dpo", ...more }, way)
  const says = async (answer: Response) => ((await answer.json()) as { type: string }).type
  await on.db.execute(
    sql`update sessions set created_at = created_at - interval '301 seconds' where revoked_at is null`,
  )
  const before = await size()
  const stale = await give({})
  expect([stale.status, await says(stale)]).toEqual([403, "/problems/not-allowed.prove"])
  expect(await says(await give({ _password: "not this one at all" }))).toBe("/problems/invalid.own-password")
  expect(await size()).toBe(before)
  expect((await give({ _password: PASSWORD })).status).toBe(201)
  const made = await send(door("token.make").open, "/api/v1/tokens", { label: "fresh again" }, { cookie })
  expect(made.status).toBe(201)
  await on.db.execute(
    sql`update sessions set proved_at = proved_at - interval '301 seconds' where proved_at is not null`,
  )
  expect(await says(await send(door("token.make").open, "/api/v1/tokens", { label: "x" }, { cookie }))).toBe(
    "/problems/not-allowed.prove",
  )
  const proof = door("session.prove")
  expect((await send(proof.open, proof.path, { password: PASSWORD }, { cookie })).status).toBe(200)
  expect((await send(door("token.make").open, "/api/v1/tokens", { label: "x" }, { cookie })).status).toBe(201)
  // A token has no password to type; it carries its person's rights until it ends.
  expect(
    (await send(proof.open, proof.path, { password: PASSWORD }, { token: one("administrator").token })).status,
  ).toBe(403)
  // Written by hand from the handbook: approving, roles, keys, who gets in.
  expect(
    Object.keys(PERMISSIONS)
      .filter((name) => needsProof(name as ActName))
      .sort(),
  ).toEqual([
    "answer.erase",
    "answer.keep",
    "away.set",
    "calendar.make",
    "disclosure.erase",
    "disclosure.propose",
    "entity.put",
    "grant.confirm",
    "grant.give",
    "grant.revoke",
    "hold.end",
    "hold.place",
    "identity.link",
    "identity.unlink",
    "inquiry.release",
    "log.key.decide",
    "log.key.propose",
    "log.witness.end",
    "log.witness.name",
    "mainland.say",
    "paper.confirm",
    "password.change",
    "person.reset",
    "person.reset-confirm",
    "request.decide",
    "request.decide-many",
    "request.send-back",
    "signon.put",
    "stages.decide",
    "stages.propose",
    "template.decide",
    "token.make",
    "trust.decide",
    "trust.propose",
    "visit.open",
  ])
})

test("ready says how each register of this server stands", async () => {
  const { GET } = await import("./readyz/route")
  const answer = await GET()
  expect([answer.status, await answer.json()]).toMatchObject([200, { ready: true }])
  process.env.ONWARD_SAMPLE_APP_URL = "postgresql://nobody@127.0.0.1:1/none"
  const broken = await GET()
  expect([broken.status, await broken.json()]).toMatchObject([503, { ready: false, sample: { ready: false } }])
  delete process.env.ONWARD_SAMPLE_APP_URL
})

test("the session's cookie holds nothing but a sealed number, out of reach of scripts", async () => {
  const answer = await send(sessions, "/api/v1/sessions", { email: one("legal").email, password: PASSWORD })
  const cookie = answer.headers.getSetCookie().find((text) => text.startsWith("onward.session="))
  expect(cookie).toContain("HttpOnly")
  expect(cookie).toContain("SameSite=Lax")
  expect(JSON.stringify(await answer.json())).not.toContain("secret")
  const token = await decode({
    token: cookieOf(answer).slice("onward.session=".length),
    secret: process.env.NEXTAUTH_SECRET ?? "",
  })
  expect(Object.keys(token ?? {}).sort()).toEqual(["exp", "iat", "jti", "sid"])
})

test.each([
  ["/requests/req_1?say=x.y", "/requests/req_1?say=x.y"],
  ["https://elsewhere.example/", "/"],
  ["//elsewhere.example", "/"],
  ["/.//elsewhere.example", "/"],
  ["/\\elsewhere.example", "/"],
  ["javascript:alert(1)", "/"],
])("signing in leads on to %s by %s, never to another site", async (to, there) => {
  const headers = { "content-type": "application/x-www-form-urlencoded", origin: OURS, "x-onward-caller": "192.0.2.45" }
  const body = new URLSearchParams({ email: one("legal").email, password: PASSWORD, to })
  const answer = await sessions(new Request(`${OURS}/api/v1/sessions`, { method: "POST", headers, body }), { params })
  expect([answer.status, answer.headers.get("location")]).toEqual([303, there])
})

test("a sign-in form that is refused goes back to its page with what was typed and never with the password", async () => {
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    origin: OURS,
    referer: `${OURS}/sign-in`,
    "x-onward-caller": "192.0.2.44",
  }
  const body = new URLSearchParams({ email: "somebody@example.test", password: "not the right one at all" })
  const answer = await sessions(new Request(`${OURS}/api/v1/sessions`, { method: "POST", headers, body }), { params })
  expect(answer.status).toBe(303)
  expect(answer.headers.get("location")).toBe("/sign-in?refused=invalid.sign-in#refused")
  const typed = answer.headers.getSetCookie().find((text) => text.startsWith("onward.typed=")) ?? ""
  const kept = Buffer.from(typed.slice("onward.typed=".length).split(";")[0] ?? "", "base64url").toString()
  expect(kept).toContain("somebody@example.test")
  expect(kept).not.toContain("not the right one")
})

test.each([
  ["no JSON", "{", "application/json"],
  ["a list", "[1,2]", "application/json"],
  ["a word", '"x"', "application/json"],
  ["a NUL in the address", '{"email":"a\\u0000b@example.test","password":"x"}', "application/json"],
  ["numbers for words", '{"email":1,"password":{}}', "application/json"],
  ["another type", "<x/>", "text/xml"],
  ["more than a megabyte", JSON.stringify({ email: "x".repeat(1_100_000) }), "application/json"],
])("a body of %s is refused and breaks nothing", async (_name, body, type) => {
  expect((await send(sessions, "/api/v1/sessions", body, { type })).status).toBe(422)
})
