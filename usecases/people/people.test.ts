import { afterAll, beforeAll, expect, test } from "vitest"
import { sql } from "drizzle-orm"
import { rows } from "@/db/connect"
import { plusMillis } from "@/domain/core/instant"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { actorById, aPerson, PASSWORD, sceneFor } from "@/testing/people"
import { clockNow, OPERATOR, type Actor } from "@/usecases/scene"
import { disablePerson, enterByLink, invitePerson, makeSetupLink, setUp } from "./accounts"
import { resetPerson } from "./resets"
import { confirmRole, giveRole, revokeRole } from "./grant-roles"
import { actorOfSession, actorOfToken, endSession, makeToken, revokeToken, signIn } from "./sessions"

let on: TestDatabase
let admin: Actor

beforeAll(async () => {
  on = await aDatabase()
})
afterAll(() => on.drop())

const address = "192.0.2.1"
const emailOf = async (id: string): Promise<string> =>
  (await rows<{ email: string }>(on.db, sql`select email from people where id = ${id}`))[0]?.email ?? ""
const linkOf = (path: string): string => path.split("/").pop() ?? ""

test("of two who use the set-up link at once, one becomes administrator", async () => {
  const link = await makeSetupLink(sceneFor(on.db, OPERATOR), {})
  if (!link.ok || !link.value.path) throw new Error("no link")
  const secret = linkOf(link.value.path)
  const both = await Promise.all(
    ["one@example.test", "two@example.test"].map((email) =>
      setUp(sceneFor(on.db, null), { link: secret, email, name: "First", password: PASSWORD }),
    ),
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
  const invited = await invitePerson(sceneFor(on.db, admin), {
    email: "weak@example.test",
    name: "Wanda Weak",
    roles: [],
  })
  if (!invited.ok) throw new Error(invited.says)
  const link = linkOf(invited.value.path)
  expect(await enterByLink(sceneFor(on.db, null), { link, password: "short" })).toMatchObject({
    ok: false,
    fields: [{ says: "invalid.password-short" }],
  })
  expect(await enterByLink(sceneFor(on.db, null), { link, password: PASSWORD })).toMatchObject({ ok: true })
  expect(await enterByLink(sceneFor(on.db, null), { link, password: PASSWORD })).toMatchObject({
    ok: false,
    code: "not-found",
  })
})

test("a link is over after its days", async () => {
  const invited = await invitePerson(sceneFor(on.db, admin), {
    email: "late@example.test",
    name: "Lars Late",
    roles: [],
  })
  if (!invited.ok) throw new Error(invited.says)
  const later = plusMillis(clockNow(), 8 * 24 * 60 * 60 * 1000)
  expect(
    await enterByLink(sceneFor(on.db, null, { now: later }), { link: linkOf(invited.value.path), password: PASSWORD }),
  ).toMatchObject({ ok: false, code: "not-found" })
})

test("nobody grants a role to themselves", async () => {
  expect(await giveRole(sceneFor(on.db, admin), { personId: admin.id, role: "supervisor" })).toMatchObject({
    ok: false,
    says: "not-allowed.own-grant",
  })
})

test("nobody is administrator and decides, in either order", async () => {
  const legal = await aPerson(on.db, "Lea Legal", ["legal"])
  expect(await giveRole(sceneFor(on.db, admin), { personId: legal.id, role: "administrator" })).toMatchObject({
    ok: false,
    says: "not-allowed.administrator-decides",
  })
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
  expect(await confirmRole(sceneFor(on.db, admin), { grantId })).toMatchObject({
    ok: false,
    says: "not-allowed.own-confirmation",
  })
  expect(await confirmRole(sceneFor(on.db, second), { grantId })).toMatchObject({ ok: true })
  expect((await actorById(on.db, other.id)).held.map((held) => held.role).sort()).toEqual(["legal", "requester"])
  expect(await revokeRole(sceneFor(on.db, second), { grantId })).toMatchObject({ ok: true })
  expect((await actorById(on.db, other.id)).held.map((held) => held.role)).toEqual(["requester"])
  expect(await rows(on.db, sql`select n, state from role_grants where grant_id = ${grantId} order by n`)).toEqual([
    { n: 1, state: "waiting" },
    { n: 2, state: "confirmed" },
    { n: 3, state: "revoked" },
  ])
})

test("a session lives until it is ended, and ends everywhere when its person is shut out", async () => {
  const person = await aPerson(on.db, "Sina Session", ["requester"])
  const signed = await signIn(sceneFor(on.db, null), {
    email: await emailOf(person.id),
    password: PASSWORD,
    address,
    agent: "",
  })
  if (!signed.ok) throw new Error(signed.says)
  const actor = await actorOfSession(on.db, signed.value.secret, clockNow())
  expect(actor?.id).toBe(person.id)
  expect(await actorOfSession(on.db, signed.value.secret, plusMillis(clockNow(), 31 * 60 * 1000))).toBeNull()
  expect(await endSession(sceneFor(on.db, actor), { everywhere: false })).toMatchObject({ ok: true })
  expect(await actorOfSession(on.db, signed.value.secret, clockNow())).toBeNull()
  const again = await signIn(sceneFor(on.db, null), {
    email: await emailOf(person.id),
    password: PASSWORD,
    address,
    agent: "",
  })
  const token = await makeToken(sceneFor(on.db, person), { label: "machine", days: 1 })
  if (!again.ok || !token.ok) throw new Error("sign-in")
  expect((await actorOfToken(on.db, token.value.token, clockNow()))?.held.map((held) => held.role)).toEqual([
    "requester",
  ])
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
  const kept = await rows<{ text: string }>(
    on.db,
    sql`select t::text as text from tokens t union all select bytes from log_leaves`,
  )
  expect(kept.some((row) => row.text.includes(token.value.token.slice(4)))).toBe(false)
})

test("an unknown account is answered like a wrong password, and tries are slowed by account", async () => {
  const person = await aPerson(on.db, "Wil Waiting", ["requester"])
  const email = await emailOf(person.id)
  const unknown = await signIn(sceneFor(on.db, null), {
    email: "nobody@example.test",
    password: PASSWORD,
    address: "198.51.100.1",
    agent: "",
  })
  const wrong = await signIn(sceneFor(on.db, null), {
    email,
    password: "wrong wrong wrong",
    address: "198.51.100.2",
    agent: "",
  })
  expect(unknown).toEqual(wrong)
  for (let i = 0; i < 4; i += 1)
    await signIn(sceneFor(on.db, null), {
      email,
      password: "wrong wrong wrong",
      address: `198.51.100.${10 + i}`,
      agent: "",
    })
  expect(
    await signIn(sceneFor(on.db, null), { email, password: PASSWORD, address: "198.51.100.77", agent: "" }),
  ).toMatchObject({ ok: false, says: "not-allowed.wait" })
  const patient = sceneFor(on.db, null, { now: plusMillis(clockNow(), 2000) })
  expect(await signIn(patient, { email, password: PASSWORD, address: "198.51.100.77", agent: "" })).toMatchObject({
    ok: true,
  })
})

test("of thirty guesses at one moment, five are looked at and the others wait", async () => {
  const person = await aPerson(on.db, "Gus Guessed", ["requester"])
  const email = await emailOf(person.id)
  const guesses = await Promise.all(
    Array.from({ length: 30 }, (_, i) =>
      signIn(sceneFor(on.db, null), {
        email,
        password: `wrong wrong wrong ${i}`,
        address: `203.0.113.${i}`,
        agent: "",
      }),
    ),
  )
  const looked = guesses.filter((outcome) => !outcome.ok && outcome.says === "invalid.sign-in")
  expect(looked).toHaveLength(5)
  expect(guesses.filter((outcome) => !outcome.ok && outcome.says === "not-allowed.wait")).toHaveLength(25)
})

test("tries are slowed by the caller's network too, and a good sign-in of one account frees no other", async () => {
  const person = await aPerson(on.db, "Nora Network", ["requester"])
  const good = { email: await emailOf(person.id), password: PASSWORD, agent: "" }
  const from = (n: number): string => `2001:db8:77:1::${n}`
  for (let i = 0; i < 4; i += 1)
    await signIn(sceneFor(on.db, null), {
      email: `x${i}@example.test`,
      password: "wrong wrong wrong",
      address: from(i),
      agent: "",
    })
  expect(await signIn(sceneFor(on.db, null), { ...good, address: from(90) })).toMatchObject({ ok: true })
  await signIn(sceneFor(on.db, null), {
    email: "x9@example.test",
    password: "wrong wrong wrong",
    address: from(9),
    agent: "",
  })
  expect(await signIn(sceneFor(on.db, null), { ...good, address: from(91) })).toMatchObject({
    ok: false,
    says: "not-allowed.wait",
  })
  expect(await signIn(sceneFor(on.db, null), { ...good, address: "2001:db8:77:2::1" })).toMatchObject({ ok: true })
})

test("signing in and out stand in the log with the person who did it, and without their address", async () => {
  const person = await aPerson(on.db, "Lina Logged", [])
  const email = await emailOf(person.id)
  const signed = await signIn(sceneFor(on.db, null), { email, password: PASSWORD, address, agent: "" })
  if (!signed.ok) throw new Error(signed.says)
  // Whoever is signed in may sign out, even before any role is theirs.
  expect(
    await endSession(sceneFor(on.db, await actorOfSession(on.db, signed.value.secret, clockNow())), {
      everywhere: true,
    }),
  ).toMatchObject({ ok: true })
  const leaves = await rows<{ act: string; bytes: string }>(
    on.db,
    sql`select act, bytes from log_leaves where actor_id = ${person.id} order by index`,
  )
  expect(leaves.map((leaf) => leaf.act)).toEqual(["session.begin", "session.end"])
  const all = await rows<{ bytes: string }>(
    on.db,
    sql`select bytes from log_leaves where bytes like ${`%${email}%`} or bytes like '%Lina%'`,
  )
  expect(all).toEqual([])
})

test("a new password ends the sessions and tokens of the old one", async () => {
  const person = await aPerson(on.db, "Rolf Reset", ["requester"])
  const email = await emailOf(person.id)
  const signed = await signIn(sceneFor(on.db, null), { email, password: PASSWORD, address, agent: "" })
  const token = await makeToken(sceneFor(on.db, person), { label: "old", days: 30 })
  const reset = await resetPerson(sceneFor(on.db, admin), { person: email })
  if (!signed.ok || !token.ok || !reset.ok) throw new Error("reset")
  const entered = await enterByLink(sceneFor(on.db, null), {
    link: linkOf(reset.value.path),
    password: "another kettle of ninety fish",
  })
  expect(entered).toMatchObject({ ok: true })
  expect(await actorOfSession(on.db, signed.value.secret, clockNow())).toBeNull()
  expect(await actorOfToken(on.db, token.value.token, clockNow())).toBeNull()
  expect(await signIn(sceneFor(on.db, null), { email, password: PASSWORD, address, agent: "" })).toMatchObject({
    ok: false,
    says: "invalid.sign-in",
  })
})

test("a session that is never idle is over after twelve hours", async () => {
  const person = await aPerson(on.db, "Abel Absolute", ["requester"])
  const signed = await signIn(sceneFor(on.db, null), {
    email: await emailOf(person.id),
    password: PASSWORD,
    address,
    agent: "",
  })
  if (!signed.ok) throw new Error(signed.says)
  const at = (minutes: number) => actorOfSession(on.db, signed.value.secret, plusMillis(clockNow(), minutes * 60_000))
  for (let minutes = 20; minutes < 720; minutes += 20) expect(await at(minutes)).not.toBeNull()
  expect(await at(721)).toBeNull()
})

test("two administrators who shut each other out at once leave one", async () => {
  const own = await aDatabase()
  try {
    const [one, two] = [
      await aPerson(own.db, "Ann One", ["administrator"]),
      await aPerson(own.db, "Tom Two", ["administrator"]),
    ]
    const both = await Promise.all([
      disablePerson(sceneFor(own.db, one), { person: two.id }),
      disablePerson(sceneFor(own.db, two), { person: one.id }),
    ])
    expect(both.filter((outcome) => outcome.ok)).toHaveLength(1)
    const last = await rows<{ id: string }>(own.db, sql`select id from people where state = 'active'`)
    expect(await disablePerson(sceneFor(own.db, OPERATOR), { person: last[0]?.id })).toMatchObject({
      ok: false,
      says: "not-allowed.last-administrator",
    })
  } finally {
    await own.drop()
  }
})

test("a set-up link is worth nothing once the operator has added somebody", async () => {
  const own = await aDatabase()
  try {
    const link = await makeSetupLink(sceneFor(own.db, OPERATOR), {})
    if (!link.ok || !link.value.path) throw new Error("no link")
    await invitePerson(sceneFor(own.db, OPERATOR), { email: "first@example.test", name: "Fia First", roles: [] })
    const late = await setUp(sceneFor(own.db, null), {
      link: linkOf(link.value.path),
      email: "late@example.test",
      name: "Late",
      password: PASSWORD,
    })
    expect(late).toMatchObject({ ok: false, says: "invalid.link" })
  } finally {
    await own.drop()
  }
})

test("the database itself refuses a grant to oneself, and an administrator who decides", async () => {
  const person = await aPerson(on.db, "Dana Database", ["requester"])
  const insert = (role: string, by: string) =>
    on.db.execute(sql`insert into role_grants (grant_id, n, person_id, role, state, at, by_person, log_index)
      values (${`grt_${"0".repeat(25)}1`}, 1, ${by === "self" ? person.id : admin.id}, ${role}, 'granted', now(), ${person.id}, 0)`)
  await expect(insert("supervisor", "self")).rejects.toMatchObject({ cause: { constraint: "role_grants_not_self" } })
  await expect(insert("legal", "other")).rejects.toMatchObject({ cause: { code: "ON015" } })
})

test("the first administrator cannot shut themselves out", async () => {
  expect(await disablePerson(sceneFor(on.db, admin), { person: admin.id })).toMatchObject({
    ok: false,
    says: "not-allowed.own-account",
  })
})
