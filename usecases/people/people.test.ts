import { afterAll, beforeAll, expect, test } from "vitest"
import { sql } from "drizzle-orm"
import { rows } from "@/db/connect"
import { plusMillis } from "@/domain/core/instant"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { actorById, aPerson, PASSWORD, sceneFor } from "@/testing/people"
import { clockNow, OPERATOR, type Actor } from "@/usecases/scene"
import { disablePerson, enterByLink, invitePerson, makeSetupLink, setUp } from "./accounts"
import { confirmRole, giveRole, revokeRole } from "./grant-roles"
import { actorOfSession, actorOfToken, endSession, makeToken, revokeToken, signIn } from "./sessions"

let on: TestDatabase
let admin: Actor

beforeAll(async () => {
  on = await aDatabase()
})
afterAll(() => on.drop())

const address = "192.0.2.1"
const emailOf = async (id: string): Promise<string> => (await rows<{ email: string }>(on.db, sql`select email from people where id = ${id}`))[0]?.email ?? ""
const linkOf = (path: string): string => path.split("/").pop() ?? ""

test("of two who use the set-up link at once, one becomes administrator", async () => {
  const link = await makeSetupLink(sceneFor(on.db, OPERATOR), {})
  if (!link.ok || !link.value.path) throw new Error("no link")
  const secret = linkOf(link.value.path)
  const both = await Promise.all(
    ["one@example.test", "two@example.test"].map((email) => setUp(sceneFor(on.db, null), { link: secret, email, name: "First", password: PASSWORD })),
  )
  expect(both.filter((outcome) => outcome.ok)).toHaveLength(1)
  const made = both.find((outcome) => outcome.ok)
  admin = await actorById(on.db, made?.ok ? made.value.personId : "")
  expect(admin.held.map((held) => held.role)).toEqual(["administrator"])
})

test("with an account there, no set-up link is made and an old one is dead", async () => {
  expect(await makeSetupLink(sceneFor(on.db, OPERATOR), {})).toMatchObject({ ok: true, value: { path: null } })
})

test("a weak password is refused and leaves the invitation good", async () => {
  const invited = await invitePerson(sceneFor(on.db, admin), { email: "weak@example.test", name: "Wanda Weak", roles: [] })
  if (!invited.ok) throw new Error(invited.says)
  const link = linkOf(invited.value.path)
  expect(await enterByLink(sceneFor(on.db, null), { link, password: "short" })).toMatchObject({ ok: false, fields: [{ says: "invalid.password-short" }] })
  expect(await enterByLink(sceneFor(on.db, null), { link, password: PASSWORD })).toMatchObject({ ok: true })
  expect(await enterByLink(sceneFor(on.db, null), { link, password: PASSWORD })).toMatchObject({ ok: false, code: "not-found" })
})

test("a link is over after its days", async () => {
  const invited = await invitePerson(sceneFor(on.db, admin), { email: "late@example.test", name: "Lars Late", roles: [] })
  if (!invited.ok) throw new Error(invited.says)
  const later = plusMillis(clockNow(), 8 * 24 * 60 * 60 * 1000)
  expect(await enterByLink(sceneFor(on.db, null, { now: later }), { link: linkOf(invited.value.path), password: PASSWORD })).toMatchObject({ ok: false, code: "not-found" })
})

test("nobody grants a role to themselves", async () => {
  expect(await giveRole(sceneFor(on.db, admin), { personId: admin.id, role: "supervisor" })).toMatchObject({ ok: false, says: "not-allowed.own-grant" })
})

test("nobody is administrator and decides, in either order", async () => {
  const legal = await aPerson(on.db, "Lea Legal", ["legal"])
  expect(await giveRole(sceneFor(on.db, admin), { personId: legal.id, role: "administrator" })).toMatchObject({ ok: false, says: "not-allowed.administrator-decides" })
})

test("with one administrator a deciding role takes effect unconfirmed; from the second on another confirms", async () => {
  const one = await aPerson(on.db, "Una Sola", ["requester"])
  const first = await giveRole(sceneFor(on.db, admin), { personId: one.id, role: "procurement" })
  expect(first).toMatchObject({ ok: true, value: { state: "unconfirmed" } })
  expect((await actorById(on.db, one.id)).held.map((held) => held.role).sort()).toEqual(["procurement", "requester"])
  const second = await aPerson(on.db, "Ada Second", ["administrator"])
  const other = await aPerson(on.db, "Otto Other", ["requester"])
  const waiting = await giveRole(sceneFor(on.db, admin), { personId: other.id, role: "legal" })
  expect(waiting).toMatchObject({ ok: true, value: { state: "waiting" } })
  expect((await actorById(on.db, other.id)).held.map((held) => held.role)).toEqual(["requester"])
  const grantId = waiting.ok ? waiting.value.grantId : ""
  expect(await confirmRole(sceneFor(on.db, admin), { grantId })).toMatchObject({ ok: false, says: "not-allowed.own-confirmation" })
  expect(await confirmRole(sceneFor(on.db, second), { grantId })).toMatchObject({ ok: true })
  expect((await actorById(on.db, other.id)).held.map((held) => held.role).sort()).toEqual(["legal", "requester"])
  expect(await revokeRole(sceneFor(on.db, second), { grantId })).toMatchObject({ ok: true })
  expect((await actorById(on.db, other.id)).held.map((held) => held.role)).toEqual(["requester"])
  expect(await rows(on.db, sql`select n, state from role_grants where grant_id = ${grantId} order by n`)).toEqual([
    { n: 1, state: "waiting" }, { n: 2, state: "confirmed" }, { n: 3, state: "revoked" },
  ])
})

test("a session lives until it is ended, and ends everywhere when its person is shut out", async () => {
  const person = await aPerson(on.db, "Sina Session", ["requester"])
  const signed = await signIn(sceneFor(on.db, null), { email: await emailOf(person.id), password: PASSWORD, address, agent: "" })
  if (!signed.ok) throw new Error(signed.says)
  const actor = await actorOfSession(on.db, signed.value.secret, clockNow())
  expect(actor?.id).toBe(person.id)
  expect(await actorOfSession(on.db, signed.value.secret, plusMillis(clockNow(), 31 * 60 * 1000))).toBeNull()
  expect(await endSession(sceneFor(on.db, actor), { everywhere: false })).toMatchObject({ ok: true })
  expect(await actorOfSession(on.db, signed.value.secret, clockNow())).toBeNull()
  const again = await signIn(sceneFor(on.db, null), { email: await emailOf(person.id), password: PASSWORD, address, agent: "" })
  const token = await makeToken(sceneFor(on.db, person), { label: "machine", days: 1 })
  if (!again.ok || !token.ok) throw new Error("sign-in")
  expect((await actorOfToken(on.db, token.value.token, clockNow()))?.held.map((held) => held.role)).toEqual(["requester"])
  await disablePerson(sceneFor(on.db, admin), { person: person.id })
  expect(await actorOfSession(on.db, again.value.secret, clockNow())).toBeNull()
  expect(await actorOfToken(on.db, token.value.token, clockNow())).toBeNull()
})

test("a token is over on its day and when it is revoked, and is kept as a hash only", async () => {
  const person = await aPerson(on.db, "Toni Token", ["requester"])
  const token = await makeToken(sceneFor(on.db, person), { label: "a", days: 1 })
  if (!token.ok) throw new Error(token.says)
  expect(await actorOfToken(on.db, token.value.token, plusMillis(clockNow(), 25 * 60 * 60 * 1000))).toBeNull()
  expect(await revokeToken(sceneFor(on.db, person), { id: token.value.id })).toMatchObject({ ok: true })
  expect(await actorOfToken(on.db, token.value.token, clockNow())).toBeNull()
  const kept = await rows<{ text: string }>(on.db, sql`select t::text as text from tokens t union all select bytes from log_leaves`)
  expect(kept.some((row) => row.text.includes(token.value.token.slice(4)))).toBe(false)
})

test("an unknown account is answered like a wrong password, and tries are slowed by account", async () => {
  const person = await aPerson(on.db, "Wil Waiting", ["requester"])
  const email = await emailOf(person.id)
  const unknown = await signIn(sceneFor(on.db, null), { email: "nobody@example.test", password: PASSWORD, address: "198.51.100.1", agent: "" })
  const wrong = await signIn(sceneFor(on.db, null), { email, password: "wrong wrong wrong", address: "198.51.100.2", agent: "" })
  expect(unknown).toEqual(wrong)
  for (let i = 0; i < 4; i += 1) await signIn(sceneFor(on.db, null), { email, password: "wrong wrong wrong", address: `198.51.100.${10 + i}`, agent: "" })
  expect(await signIn(sceneFor(on.db, null), { email, password: PASSWORD, address: "198.51.100.77", agent: "" })).toMatchObject({ ok: false, says: "not-allowed.wait" })
  const patient = sceneFor(on.db, null, { now: plusMillis(clockNow(), 2000) })
  expect(await signIn(patient, { email, password: PASSWORD, address: "198.51.100.77", agent: "" })).toMatchObject({ ok: true })
})

test("the first administrator cannot shut themselves out", async () => {
  expect(await disablePerson(sceneFor(on.db, admin), { person: admin.id })).toMatchObject({ ok: false, says: "not-allowed.own-account" })
})
