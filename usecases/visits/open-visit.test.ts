import { afterAll, beforeAll, expect, test } from "vitest"
import { sql } from "drizzle-orm"
import { row, rows } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { heldRoles } from "@/db/statements/people"
import { typedEntity } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { actorById, anEntity, aPerson, PASSWORD, sceneFor } from "@/testing/people"
import { must } from "@/testing/requests"
import { orderExport } from "@/usecases/exports/ordered"
import { article30 } from "@/usecases/exports/article-30"
import { putEntity } from "@/usecases/people/entities"
import { viewCsv } from "@/usecases/register/view-csv"
import { exportLog } from "@/usecases/audit/export-log"
import { takesOut } from "@/usecases/exports/mainland"
import { readMainland, sayMainland } from "./say-mainland"
import { enterByLink, invitePerson } from "@/usecases/people/accounts"
import { OPERATOR, type Actor } from "@/usecases/scene"
import { openVisit } from "./open-visit"

let on: TestDatabase
let admin: Actor
let companies: string[]
const ALL = { name: "Ines Inspector", email: "ines@example.test", entityIds: null, kinds: null, lastDay: "2199-12-31" }

beforeAll(async () => {
  on = await aDatabase()
  admin = await aPerson(on.db, "Ada Min", ["administrator"])
  companies = [await anEntity(on.db), await anEntity(on.db)]
})
afterAll(() => on.drop())

const size = async () => (await row<{ n: number }>(on.db, sql`select size::int as n from log_head`))?.n ?? 0

test("an invitation and all its bounds are one act: nothing of it stands where any of it is wrong", async () => {
  const before = await size()
  const scene = sceneFor(on.db, admin)
  const wrongs: [object, string][] = [
    [{ entityIds: [] }, "entityIds"],
    [{ entityIds: ["ent_00000000000000000000000000"] }, "entityIds"],
    [{ kinds: [] }, "kinds"],
    [{ firstOn: "2026-02-01", lastOn: "2026-01-01" }, "lastOn"],
    [{ lastDay: "2020-01-01" }, "lastDay"],
    [{ lastDay: null }, "lastDay"],
    [{ lastDay: "2199-02-30" }, "lastDay"],
    [{ name: null }, "name"],
    [{ email: null }, "email"],
  ]
  for (const [wrong, path] of wrongs)
    expect([path, await openVisit(scene, { ...ALL, ...wrong })]).toMatchObject([
      path,
      { ok: false, fields: [{ path }] },
    ])
  const asRole = { email: "x@example.test", name: "X", roles: [{ role: "supervisor" }] }
  expect(await invitePerson(scene, asRole)).toMatchObject({ fields: [{ says: "invalid.supervisor-bounds" }] })
  expect(await openVisit(sceneFor(on.db, await aPerson(on.db, "Lea Legal", ["legal"])), ALL)).toMatchObject({
    says: "not-allowed.role",
  })
  expect(await size()).toBe(before + 3) // Lea was invited, given her role, and entered.
  expect(await row(on.db, sql`select 1 from people where email = ${ALL.email}`)).toBeNull()
})

test("each company is a grant with the same bounds, at one instant, each ending in its own zone", async () => {
  const bound = { kinds: ["sharing", "party"], firstOn: "2026-01-01", lastOn: "2026-12-31" }
  const made = must(
    await openVisit(sceneFor(on.db, admin), { ...ALL, ...bound, entityIds: [...companies, companies[0]] }),
  )
  const stood = await rows<{
    entity: string
    kinds: string[]
    first: string
    until: string
    at: string
    enters: string
  }>(
    on.db,
    sql`select g.entity_id as entity, g.kinds, g.first_on::text as first, g.until_at as until, g.at::text as at, p.created_at::text as enters
      from role_grants g join people p on p.id = g.person_id where g.person_id = ${made.personId} order by g.entity_id`,
  )
  expect(stood.map((one) => one.entity)).toEqual([...companies].sort())
  for (const one of stood)
    expect(one).toMatchObject({ kinds: bound.kinds, first: "2026-01-01", at: stood[0]?.at, enters: stood[0]?.at })
  const link = (made.path ?? "").split("/").pop() ?? ""
  must(await enterByLink(sceneFor(on.db, null), { link, password: PASSWORD }))
  const actor = await actorById(on.db, made.personId)
  expect(actor.held.map((one) => [one.role, one.bound?.kinds])).toEqual(
    companies.map(() => ["supervisor", bound.kinds]),
  )
  expect(await heldRoles(on.db, made.personId, "2200-01-02T00:00:00.000Z" as Instant)).toEqual([])
  expect(await openVisit(sceneFor(on.db, admin), ALL)).toMatchObject({ says: "conflict.email-taken" })
})

test("somebody who has an account is given the same, not beside a role that reads freely, and not twice", async () => {
  const scene = sceneFor(on.db, admin)
  const free = await aPerson(on.db, "Rita Requester", ["requester"])
  const kinds = ["sharing"]
  expect(await openVisit(scene, { ...ALL, personId: free.id, kinds })).toMatchObject({ says: "conflict.bound-beside" })
  const { id: personId } = await aPerson(on.db, "Nora Newcomer", [])
  const asked = { ...ALL, name: null, email: null, personId, entityIds: [companies[0]] }
  const both = await Promise.all([openVisit(scene, asked), openVisit(scene, asked)])
  expect(both.map((one) => (one.ok ? one.value.path : one.says)).sort()).toEqual(
    ["conflict.already-granted", null].sort(),
  )
  expect(await openVisit(scene, { ...asked, personId: admin.id })).toMatchObject({ says: "not-allowed.own-grant" })
})

test("out of the mainland a supervisor takes nothing before the company has said to whom it goes, whatever they type", async () => {
  const body = { ...typedEntity({ legalName: "Mainland Ltd" }), country: "CN" }
  const { id: entityId } = must(await putEntity(sceneFor(on.db, OPERATOR), { body }))
  const visitor = await aPerson(on.db, "Vera Visitor", ["supervisor"])
  const scene = sceneFor(on.db, visitor)
  const answer = { addressee: "CNIL", approval: "No. 17" }
  const unsaid = { ok: false, code: "not-allowed", says: "exports.mainland.unsaid" }
  const takes = async (entities: string[] | null) => [
    await orderExport(scene, { mainland: { reasons: "I say so." }, ...(entities ? { scope: { entities } } : {}) }),
    await viewCsv(scene, { list: "sharings", ...(entities ? { filters: { entity: entities } } : {}) }),
  ]
  for (const taken of [
    ...(await takes(null)),
    ...(await takes([entityId])),
    await article30(scene, { entity: entityId }),
    await exportLog(scene, {}, "jsonl"),
    await takesOut(scene),
  ])
    expect(taken).toMatchObject(unsaid)
  expect(await takesOut(sceneFor(on.db, admin))).toBeNull()
  for (const taken of await takes([companies[0] ?? ""])) expect(taken).toMatchObject({ ok: true })

  const dpo = sceneFor(on.db, await aPerson(on.db, "Dora Dpo", ["dpo"], entityId as never))
  const elsewhere = sceneFor(on.db, await aPerson(on.db, "Leo Elsewhere", ["legal"], companies[0] as never))
  const said = { personId: visitor.id, entityId, answer }
  for (const refused of [scene, elsewhere, sceneFor(on.db, admin)])
    expect(await sayMainland(refused, said)).toMatchObject({ ok: false })
  expect(must(await readMainland(elsewhere, {}))).toEqual([])
  expect(must(await readMainland(dpo, {}))).toContainEqual(
    expect.objectContaining({ personId: visitor.id, said: null }),
  )
  expect(await sayMainland(dpo, { ...said, entityId: companies[0] })).toMatchObject({ code: "not-found" })
  for (const half of [{}, { addressee: "CNIL" }, { approval: "17" }])
    expect(await sayMainland(dpo, { ...said, answer: half })).toMatchObject({ says: "invalid.form" })
  must(await sayMainland(dpo, said))
  for (const taken of await takes(null)) expect(taken).toMatchObject({ ok: true })
  expect(await takesOut(scene)).toBeNull()
  const other = await aPerson(on.db, "Olga Other", ["supervisor"])
  expect(await orderExport(sceneFor(on.db, other), {})).toMatchObject(unsaid)
  expect(must(await readMainland(scene, {}))).toMatchObject([{ entityId, may: false, said: { addressee: "CNIL" } }])
  const noted = await row<{ bytes: string }>(on.db, sql`select bytes from log_leaves where act = 'mainland.say'`)
  expect(noted?.bytes).not.toContain("CNIL")

  must(await sayMainland(dpo, { ...said, answer: null, back: true }))
  for (const taken of await takes([entityId])) expect(taken).toMatchObject(unsaid)
})
