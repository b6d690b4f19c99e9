import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { rows } from "@/db/connect"
import { plusMillis } from "@/domain/core/instant"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { aPerson, sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { verifyLog } from "@/usecases/log/verify"
import { clockNow, OPERATOR, type Actor } from "@/usecases/scene"
import { decideErasure, proposeErasure, readErasures, replayErasures } from "./erase"
import { endHold, listHolds, placeHold } from "./holds"

let on: TestDatabase
let cast: Cast
let second: Actor

const dpo = () => sceneFor(on.db, cast.dpo)
const other = () => sceneFor(on.db, second)
const noted = (name: string) => ({
  kind: "party" as const,
  body: typedParty({ legalName: name, notes: { state: "known", value: `Ask ${name} first` } } as never),
})
const held = () =>
  rows<{ commitment: string; value: string }>(on.db, sql`select commitment, value from disclosures order by commitment`)
const about = async (name: string) => (await held()).find((one) => one.value.includes(name))?.commitment ?? ""
const proposed = async (commitment: string) =>
  must(await proposeErasure(dpo(), { commitments: [commitment], ground: "order", reason: "Asked" }))

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  second = await aPerson(on.db, "Dora Second", ["dpo"])
  await inForce(on.db, cast, "First", [noted("Zelda Quux"), noted("Alma Prior")])
}, 60_000)
afterAll(() => on.drop())

test("what stood at the instant of a hold is erased by nobody until a second person ends it", async () => {
  expect(await placeHold(sceneFor(on.db, cast.procurement), { reason: "Letter" })).toMatchObject({
    code: "not-allowed",
  })
  expect(await placeHold(dpo(), { reason: " " })).toMatchObject({ code: "invalid" })
  expect(await placeHold(dpo(), { reason: "x", instant: "2900-01-01T00:00:00Z" })).toMatchObject({ code: "invalid" })
  expect(await placeHold(dpo(), { reason: "x", entityIds: [`ent_${"0".repeat(26)}`] })).toMatchObject({
    code: "invalid",
  })
  const bound = await aPerson(on.db, "Dina Bound", ["dpo"], cast.entityId)
  expect(await placeHold(sceneFor(on.db, bound), { reason: "x" })).toMatchObject({ says: "not-allowed.hold-companies" })
  // Our clock is an hour ahead of the database's: now is the earlier of both.
  const ahead = { ...dpo(), now: plusMillis(clockNow(), 3_600_000) }
  const { id, no } = must(await placeHold(ahead, { reason: "The authority wrote" }))
  expect(no).toBe(1)
  const zelda = await about("Zelda")
  const asked = await proposed(zelda)
  expect(await decideErasure(other(), { id: asked.id, verdict: "approve" })).toMatchObject({
    ...{ code: "conflict", says: "conflict.held-by", params: { no: 1 } },
  })
  expect(must(await readErasures(other(), {})).lines).toMatchObject([{ id: asked.id, held: 1 }])
  expect(must(await listHolds(other(), {})).lines).toMatchObject([
    { id, reasonText: "The authority wrote", mayEnd: true, waiting: { erasures: 1, links: 0 } },
  ])
  // A hold over every company is there for whoever reads every company.
  expect(must(await listHolds(sceneFor(on.db, bound), {})).lines).toEqual([])
  // Nor by a statement of its own, nor by one that says so without the replay's entry.
  await expect(on.db.execute(sql`delete from disclosures where commitment = ${zelda}`)).rejects.toMatchObject({
    cause: { code: "ON090" },
  })
  expect((await held()).map((one) => one.commitment)).toContain(zelda)
  // What came later is not kept.
  await inForce(on.db, cast, "Later", [noted("Lara Later")])
  const later = await proposed(await about("Lara"))
  must(await decideErasure(other(), { id: later.id, verdict: "approve" }))
  // After a restore what was erased before is erased again, hold or none.
  const operator = { ...dpo(), actor: OPERATOR, now: clockNow() }
  expect(await replayErasures(operator, [await about("Alma")])).toBe(1)
  // Ended by another person, once.
  expect(await endHold(dpo(), { id, reason: "Over" })).toMatchObject({ says: "not-allowed.own-hold" })
  expect(await endHold(other(), { id, reason: "" })).toMatchObject({ code: "invalid" })
  const both = await Promise.all([1, 2].map(() => endHold(other(), { id, reason: "Over" })))
  expect(both.filter((one) => one.ok)).toHaveLength(1)
  must(await decideErasure(other(), { id: asked.id, verdict: "approve" }))
  expect(await about("Zelda")).toBe("")
  expect(must(await listHolds(other(), {})).lines).toMatchObject([{ id, endText: "Over", waiting: null }])
  expect(await verifyLog(on.db)).toMatchObject({ whole: true })
})

test("a hold is of its companies, is not rewritten, and is ended by two", async () => {
  const { id } = must(await placeHold(dpo(), { reason: "One company", entityIds: [cast.entityId] }))
  const reaches = async (owner: string) =>
    (await rows<{ no: number | null }>(on.db, sql`select hold_over(${owner}) as no`))[0]?.no ?? null
  const [request] = await rows<{ id: string; ids: string[] }>(
    on.db,
    sql`select id, entity_ids as ids from requests limit 1`,
  )
  expect(await reaches(cast.entityId)).toBe(2)
  expect(await reaches(request?.id ?? "")).toBe(2)
  expect(await reaches("ent_7zzzzzzzzzzzzzzzzzzzzzzzzz")).toBe(null)
  expect(await reaches("ent_00000000000000000000000000")).toBe(null)
  await expect(on.db.execute(sql`update holds set no = 9 where id = ${id}`)).rejects.toThrow()
  await expect(on.db.execute(sql`delete from holds`)).rejects.toThrow()
  await expect(
    on.db.execute(sql`insert into hold_ends (hold_id, reason, by_person, at, log_index)
      select id, reason, by_person, at, log_index from holds where id = ${id}`),
  ).rejects.toMatchObject({ cause: { code: "ON092" } })
})
