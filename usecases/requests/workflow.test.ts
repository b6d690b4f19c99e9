import { afterAll, beforeAll, expect, test } from "vitest"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { begin, tryAct, type Series } from "@/testing/workflow/acts"
import { broken } from "@/testing/workflow/holds"
import { unserial } from "@/testing/workflow/serial"
import { aWorld, seeded, type World } from "@/testing/workflow/world"

// `npm run drill -- workflow` runs this at length. Every run has another seed, and a failure names it.
const SEED = Number(process.env.ONWARD_DRILL_SEED ?? Math.floor(Math.random() * 2 ** 31))
const SERIES = Number(process.env.ONWARD_DRILL_SERIES ?? 20)
const HISTORIES = Math.ceil(SERIES / 2)
/** Series between two looks at the whole register. */
const BETWEEN = 50
/** Series at a time. */
const LANES = 3
const PATIENCE = 60_000 + SERIES * 5_000

let on: TestDatabase
let world: World

beforeAll(async () => {
  on = await aDatabase()
  world = await aWorld(on.db)
})
afterAll(() => on.drop())

const stateOf = (outcome: { ok: boolean; value?: unknown }): unknown =>
  outcome.ok ? (outcome.value as { state?: unknown }).state : null

test(
  `${SERIES} random series of acts bring nothing into force without the people it needs, and lose nothing (seed ${SEED})`,
  async () => {
    const count = { through: 0, refused: 0, approved: 0, onBehalf: 0, conditioned: 0, turned: 0 }
    let tried: Series["tried"] = []
    const done: string[] = []
    const one = async (n: number): Promise<void> => {
      const random = seeded(SEED + n)
      const series = begin()
      for (let act = 0; act < 60; act += 1) await tryAct(world, series, random)
      const { said } = await unserial(world, series)
      done.push(...said.map((words) => `${SEED + n}: ${words}`))
      tried.push(...series.tried)
    }
    for (let n = 0; n < SERIES; n += BETWEEN) {
      // Some side by side, for while one waits for the database another can go on; none touches what is another's.
      const part = Array.from({ length: Math.min(BETWEEN, SERIES - n) }, (_, i) => n + i)
      const lane = async (): Promise<void> => {
        for (let next = part.shift(); next !== undefined; next = part.shift()) await one(next)
      }
      await Promise.all(Array.from({ length: LANES }, lane))
      expect([SEED + n, done, await broken(world, tried)]).toEqual([SEED + n, [], []])
      count.through += tried.filter((one) => one.outcome.ok).length
      count.refused += tried.filter((one) => !one.outcome.ok).length
      count.approved += tried.filter((one) => one.act === "decide" && stateOf(one.outcome) === "approved").length
      count.onBehalf += tried.filter((one) => one.outcome.ok && one.input.forPerson).length
      count.conditioned += tried.filter((one) => one.outcome.ok && (one.input.conditions as [])?.length > 0).length
      count.turned += tried.filter((one) => !one.outcome.ok && one.outcome.says === "conflict.earlier-stage").length
      tried = []
      const series = Math.min(n + BETWEEN, SERIES)
      if (SERIES > BETWEEN) process.stderr.write(`${JSON.stringify({ series, ...count })}\n`)
    }
    // The series did something: acts went through and were refused, and requests came into force.
    expect(count.through).toBeGreaterThan(SERIES * 8)
    expect(count.refused).toBeGreaterThan(SERIES * 4)
    // And all of it was met: decisions on behalf, conditions; a turn that had not come by two series in a hundred (97 of 5,000).
    if (SERIES >= 50) for (const n of [count.onBehalf, count.conditioned]) expect(n).toBeGreaterThan(SERIES / 10)
    if (SERIES >= 500) expect(count.turned).toBeGreaterThan(SERIES / 100)
    // Of few series few come that far; of twenty none does once in four thousand runs.
    expect(count.approved).toBeGreaterThan(SERIES < 50 ? 0 : SERIES / 6)
  },
  PATIENCE,
)

test(
  `${HISTORIES} histories of four people acting at once have a serial order (seed ${SEED})`,
  async () => {
    let refusals = 0
    for (let n = 0; n < HISTORIES; n += 1) {
      const random = seeded(SEED + 1_000_000 + n)
      const series = begin()
      for (let act = 0; act < 4; act += 1) await tryAct(world, series, random)
      await Promise.all(
        [1, 2, 3, 4].map(async () => {
          for (let act = 0; act < 15; act += 1) await tryAct(world, series, random)
        }),
      )
      const { said, refusals: looked } = await unserial(world, series)
      expect([n, said]).toEqual([n, []])
      refusals += looked
      if ((n + 1) % BETWEEN === 0 || n + 1 === HISTORIES) expect(await broken(world, series.tried)).toEqual([])
    }
    expect(refusals).toBeGreaterThan(HISTORIES)
  },
  PATIENCE,
)
