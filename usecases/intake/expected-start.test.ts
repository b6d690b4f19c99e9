import { afterAll, beforeAll, expect, test } from "vitest"
import { LIKELY_ROWS } from "@/domain/intake/likely-rows"
import { BEGINNINGS } from "@/domain/intake/question"
import { plusMillis } from "@/domain/core/instant"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { anEntity, aPerson, sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { expectedDays } from "@/usecases/requests/expected"
import { clockNow, type Actor } from "@/usecases/scene"
import { startIntake } from "./read-intake"

const DAY = 24 * 60 * 60 * 1000
let on: TestDatabase
let cast: Cast

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
})
afterAll(() => on.drop())

const start = async (who: Actor, more: object = {}, now = clockNow()) =>
  must(await startIntake(sceneFor(on.db, who, { now }), { purposes: [], ...more }))

test("the first screen says by when each is likely decided in a company, by that company's own figures, or that they are too few", async () => {
  const before = await start(cast.requester)
  expect([before.company, before.companies, before.expected]).toEqual([cast.entityId, [cast.entityId], {}])
  for (let n = 0; n < 5; n += 1)
    await inForce(on.db, cast, `Party ${n}`, [
      { kind: "party", body: typedParty({ legalName: `Party number ${n} Ltd` }) },
    ])
  const now = clockNow()
  const { expected } = await start(cast.requester, {}, now)
  expect(Object.keys(expected).length).toBeGreaterThan(0)
  for (const beginning of BEGINNINGS) {
    const rows = LIKELY_ROWS[beginning]
    const alone = rows ? await expectedDays(on.db, { entityId: cast.entityId, rows }, now) : null
    expect([beginning, expected[beginning] ?? null]).toEqual([beginning, alone])
  }
  // What runs already waits for nobody; what nobody decided yet has no day; and a year later nothing tells any more.
  expect([expected.running, expected.merger]).toEqual([undefined, undefined])
  expect((await start(cast.requester, {}, plusMillis(now, 400 * DAY))).expected).toEqual({})
})

test("another company's figures are its own, and are for those who may ask in it", async () => {
  const other = await anEntity(on.db)
  const near = await aPerson(on.db, "Nora Near", ["requester"], other)
  expect(await start(near, { company: cast.entityId })).toMatchObject({
    company: other,
    companies: [other],
    expected: {},
  })
  const both = await start(cast.requester, { company: other })
  expect([both.company, both.expected]).toEqual([other, {}])
  expect(both.companies.length).toBe(2)
  const looker = await aPerson(on.db, "Sue Supervisor", ["supervisor"])
  expect((await startIntake(sceneFor(on.db, looker), {})).ok).toBe(false)
  for (const company of ["x", 7, "ent_"]) expect((await startIntake(sceneFor(on.db, near), { company })).ok).toBe(false)
})
