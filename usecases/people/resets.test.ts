import { sql } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { row } from "@/db/connect"
import { grants } from "@/db/statements/people"
import type { Instant } from "@/domain/core/instant"
import type { Role } from "@/domain/people/roles"
import { clockNow, OPERATOR, type Actor } from "@/usecases/scene"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { aPerson, actorById, PASSWORD, sceneFor } from "@/testing/people"
import { must } from "@/testing/requests"
import { enterByLink, invitePerson } from "./accounts"
import { confirmRole, giveRole, revokeRole } from "./grant-roles"
import { listPeople, listRoles } from "./list-people"
import { changePassword, knowOfReset } from "./own-password"
import { confirmResetOf, resetPerson } from "./resets"
import { actorOfSession, actorOfToken, makeToken, signIn, whatLink } from "./sessions"

const NEW = "another kettle of ninety fish"
let on: TestDatabase
let ada: Actor
let bo: Actor
let cy: Actor

beforeAll(async () => {
  on = await aDatabase()
  ada = await aPerson(on.db, "Ada Admin", ["administrator"])
  bo = await aPerson(on.db, "Bo Admin", ["administrator"])
  cy = await aPerson(on.db, "Cy Admin", ["administrator"])
})
afterAll(() => on.drop())

/** A person whose roles are in effect: with a second administrator, somebody confirms those that decide. */
async function whoHolds(name: string, roles: Role[]): Promise<Actor> {
  const { id } = await aPerson(on.db, name, roles)
  const waiting = (await grants(on.db, id)).filter((grant) => grant.state === "waiting")
  for (const { grantId } of waiting) must(await confirmRole(as(bo), { grantId }))
  return actorById(on.db, id)
}
let caller = 0
const address = () => `192.0.2.${(caller += 1)}`

const as = (actor: Actor | null) => sceneFor(on.db, actor)
const linkOf = (path: string): string => path.split("/").pop() ?? ""
const emailOf = async (id: string): Promise<string> =>
  (await row<{ email: string }>(on.db, sql`select email from people where id = ${id}`))?.email ?? ""
const signedIn = async (id: string, password = PASSWORD) =>
  must(await signIn(as(null), { email: await emailOf(id), password, address: address(), agent: "Firefox" })).secret
const lastEvent = async (act: string) =>
  JSON.parse(
    (
      await row<{ bytes: string }>(
        on.db,
        sql`select bytes from log_leaves where act = ${act} order by index desc limit 1`,
      )
    )?.bytes ?? "{}",
  ) as { actor: { id: string }; after: Record<string, unknown> }

describe("a new password for whoever decides", () => {
  test.each(["legal", "procurement", "dpo", "administrator"] as const)(
    "as %s takes a link of one administrator and a code of another",
    async (role) => {
      const person = await whoHolds(`Pat ${role}`, [role])
      const token = must(await makeToken(as(person), { label: "old", days: 30 })).token
      const secret = await signedIn(person.id)
      const made = must(await resetPerson(as(ada), { person: person.id }))
      expect(made.needsSecond).toBe(true)
      const link = linkOf(made.path)
      expect(await whatLink(on.db, link, clockNow())).toMatchObject({ needsSecond: true })
      const enter = (code?: string) =>
        enterByLink(as(null), { link, password: NEW, ...(code === undefined ? {} : { code }) })
      // Alone it opens nothing, and is not used up by trying.
      for (const code of [undefined, "", "guess"])
        expect(await enter(code)).toMatchObject({ ok: false, fields: [{ path: "code", says: "invalid.code" }] })
      expect(await confirmResetOf(as(ada), { personId: person.id })).toMatchObject({
        says: "not-allowed.own-confirmation",
      })
      expect(await confirmResetOf(as(person), { personId: person.id })).toMatchObject({
        ok: false,
        code: "not-allowed",
      })
      const { code } = must(await confirmResetOf(as(bo), { personId: person.id }))
      expect(await confirmResetOf(as(cy), { personId: person.id })).toMatchObject({
        says: "conflict.nothing-to-confirm",
      })
      expect(await enter()).toMatchObject({ ok: false })
      must(await enter(code))
      expect(await enter(code)).toMatchObject({ says: "invalid.link" })

      expect(await actorOfSession(on.db, secret, clockNow())).toBeNull()
      expect(await actorOfToken(on.db, token, clockNow())).toBeNull()
      expect((await lastEvent("person.enter")).after).toMatchObject({ by: "reset", made: ada.id, confirmed: bo.id })
      expect(await lastEvent("person.reset-confirm")).toMatchObject({ actor: { id: bo.id }, after: { made: ada.id } })
    },
  )

  test("waits on the page of people for somebody else to confirm it", async () => {
    const person = await whoHolds("Wanda Waits", ["legal"])
    must(await resetPerson(as(ada), { person: person.id }))
    const find = async () =>
      must(await listPeople(as(bo), { after: null })).people.find((one) => one.id === person.id)?.reset
    expect(await find()).toMatchObject({ byPerson: ada.id, byName: "Ada Admin" })
    must(await confirmResetOf(as(bo), { personId: person.id }))
    expect(await find()).toBeNull()
  })

  test("is over when a newer link is made, with the code that was given for it", async () => {
    const person = await whoHolds("Nele Newer", ["dpo"])
    const first = must(await resetPerson(as(ada), { person: person.id }))
    const { code } = must(await confirmResetOf(as(bo), { personId: person.id }))
    const second = must(await resetPerson(as(ada), { person: person.id }))
    for (const path of [first.path, second.path])
      expect(await enterByLink(as(null), { link: linkOf(path), code, password: NEW })).toMatchObject({ ok: false })
  })

  test("counts a role that waits for its own confirmation", async () => {
    const person = await aPerson(on.db, "Wim Waiting", ["requester"])
    must(await giveRole(as(ada), { personId: person.id, role: "legal" }))
    expect(must(await resetPerson(as(ada), { person: person.id })).needsSecond).toBe(true)
  })

  test("is made by the operator of the machine where no second administrator is left", async () => {
    const own = await aDatabase()
    try {
      const only = await aPerson(own.db, "Only Admin", ["administrator"])
      const lawyer = await aPerson(own.db, "Lo Lawyer", ["legal"])
      expect(await resetPerson(sceneFor(own.db, only), { person: lawyer.id })).toMatchObject({
        ok: false,
        says: "not-allowed.reset-operator",
      })
      const made = must(await resetPerson(sceneFor(own.db, OPERATOR), { person: lawyer.id }))
      expect(made.needsSecond).toBe(false)
      must(await enterByLink(sceneFor(own.db, null), { link: linkOf(made.path), password: NEW }))
      const email = await row<{ email: string }>(own.db, sql`select email from people where id = ${lawyer.id}`)
      const signed = must(
        await signIn(sceneFor(own.db, null), { email: email?.email, password: NEW, address: address(), agent: "" }),
      )
      expect(await actorOfSession(own.db, signed.secret, clockNow())).toMatchObject({
        reset: { by: null, confirmedBy: null },
      })
    } finally {
      await own.drop()
    }
  })

  test("is confirmed by no administrator whom the first made for it", async () => {
    const puppet = must(
      await invitePerson(as(ada), {
        ...{ email: "puppet@example.test", name: "Pup Pet" },
        roles: [{ role: "administrator", entityId: null }],
      }),
    )
    must(await enterByLink(as(null), { link: linkOf(puppet.path), password: NEW }))
    const person = await whoHolds("Lea Lawyer", ["legal"])
    must(await resetPerson(as(ada), { person: person.id }))
    expect(await confirmResetOf(as(await actorById(on.db, puppet.personId)), { personId: person.id })).toMatchObject({
      ok: false,
      says: "not-allowed.role",
    })
  })
  test("nobody makes for themselves", async () => {
    expect(await resetPerson(as(ada), { person: ada.id })).toMatchObject({ says: "not-allowed.own-reset" })
  })
})

test("whose password was set anew is told when and by whom at every sign-in, until they say that they know", async () => {
  const person = await whoHolds("Tilda Told", ["legal"])
  expect(await actorOfSession(on.db, await signedIn(person.id), clockNow())).not.toHaveProperty("reset")
  const made = must(await resetPerson(as(ada), { person: person.id }))
  const { code } = must(await confirmResetOf(as(bo), { personId: person.id }))
  must(await enterByLink(as(null), { link: linkOf(made.path), code, password: NEW }))
  for (let turn = 0; turn < 2; turn += 1) {
    const actor = await actorOfSession(on.db, await signedIn(person.id, NEW), clockNow())
    expect(actor).toMatchObject({ reset: { by: "Ada Admin", confirmedBy: "Bo Admin" } })
  }
  must(await knowOfReset(as(person), {}))
  expect(await actorOfSession(on.db, await signedIn(person.id, NEW), clockNow())).not.toHaveProperty("reset")
  // Once more, and it is told once more.
  const again = must(await resetPerson(as(bo), { person: person.id }))
  const second = must(await confirmResetOf(as(cy), { personId: person.id }))
  must(await enterByLink(as(null), { link: linkOf(again.path), code: second.code, password: PASSWORD }))
  expect(await actorOfSession(on.db, await signedIn(person.id), clockNow())).toMatchObject({
    reset: { by: "Bo Admin", confirmedBy: "Cy Admin" },
  })
})

describe("one's own password", () => {
  const change = (actor: Actor | null, old: string, password: string) =>
    changePassword(as(actor), { old, password, address: address() })

  test("changes with the old one and a good new one; the other sessions end, this one and tokens go on", async () => {
    const person = await whoHolds("Olga Own", ["legal"])
    const [here, there] = [await signedIn(person.id), await signedIn(person.id)]
    const token = must(await makeToken(as(person), { label: "mine", days: 3 })).token
    must(await change(await actorOfSession(on.db, here, clockNow()), PASSWORD, NEW))
    expect(await actorOfSession(on.db, here, clockNow())).not.toBeNull()
    expect(await actorOfSession(on.db, there, clockNow())).toBeNull()
    expect(await actorOfToken(on.db, token, clockNow())).not.toBeNull()
    expect(await lastEvent("password.change")).toMatchObject({ actor: { id: person.id } })
    await signedIn(person.id, NEW)
    expect(
      await signIn(as(null), { email: await emailOf(person.id), password: PASSWORD, address: address(), agent: "" }),
    ).toMatchObject({ ok: false })
  })

  test("stays with a wrong old one however fresh the session, and tries of it are limited", async () => {
    const person = await whoHolds("Wolf Wrong", ["legal"])
    const actor = await actorOfSession(on.db, await signedIn(person.id), clockNow())
    // All in one instant: how long a hash takes on a busy machine does not count as waiting.
    const now = clockNow()
    const tried = (old: string) =>
      changePassword(sceneFor(on.db, actor, { now }), { old, password: NEW, address: "198.51.100.7" })
    for (let turn = 0; turn < 5; turn += 1)
      expect(await tried("not the one")).toMatchObject({ ok: false, says: "invalid.own-password" })
    expect(await tried(PASSWORD)).toMatchObject({ ok: false, says: "not-allowed.wait" })
  })

  test("follows the rules of an invitation", async () => {
    const person = await whoHolds("Rune Rules", ["legal"])
    const actor = await actorOfSession(on.db, await signedIn(person.id), clockNow())
    for (const weak of ["short", "correct horse battery staple", "x".repeat(257)])
      expect(await change(actor, PASSWORD, weak)).toMatchObject({ ok: false, code: "invalid" })
    expect(await actorOfSession(on.db, await signedIn(person.id), clockNow())).not.toBeNull()
  })

  test("is no matter of a token or of the sample, where there is none to type", async () => {
    const person = await whoHolds("Toni Token", ["legal"])
    expect(await change(person, PASSWORD, NEW)).toMatchObject({ ok: false, says: "not-allowed.no-password" })
  })
})

describe("who had which role when", () => {
  test("is read from the versions of the grants at any instant", async () => {
    const person = await aPerson(on.db, "Vera Versions", ["requester"])
    const rolesAt = async (at: string | null) =>
      must(await listRoles(as(ada), { asOf: at }))
        .roles.filter((one) => one.personId === person.id)
        .map((one) => `${one.role} ${one.state} ${one.byName ?? "operator"}`)
    const headAt = async (): Promise<Instant> =>
      (await row<{ at: Instant }>(on.db, sql`select at from log_head`))?.at ?? clockNow()
    const before = await headAt()
    const given = must(await giveRole(as(ada), { personId: person.id, role: "legal" }))
    const waiting = await headAt()
    must(await confirmRole(as(bo), { grantId: given.grantId }))
    const confirmed = await headAt()
    must(await revokeRole(as(ada), { grantId: given.grantId }))
    expect(await rolesAt(before)).toEqual(["requester granted operator"])
    expect(await rolesAt(waiting)).toEqual(["legal waiting Ada Admin", "requester granted operator"])
    expect(await rolesAt(confirmed)).toEqual(["legal confirmed Bo Admin", "requester granted operator"])
    expect(await rolesAt(await headAt())).toEqual(["requester granted operator"])
    expect(await rolesAt(null)).toEqual(["requester granted operator"])
    expect(await rolesAt("2001-01-01T00:00:00.000Z")).toEqual([])
    expect((await actorById(on.db, person.id)).held.map((held) => held.role)).toEqual(["requester"])
  })
})
