import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { addDays, day, type Day } from "@/domain/core/day"
import { covers, type Stretch } from "@/domain/core/stretch"
import { PACKS } from "@/domain/packs/all"
import type { Mechanism } from "@/domain/vocabulary/mechanisms"
import { typedEntity } from "@/testing/bodies"
import { LAW } from "@/testing/covered"
import { nthId } from "@/testing/flow"
import {
  bandFiguresOn,
  bandRulings,
  bandStandsOf,
  bandTurnsOf,
  mainlandDays,
  netted,
  sameStands,
  tippedDays,
  undone,
} from "./band-sums"
import { chinaBands, type BandFlow } from "./rules/bands"
import { findingsOn } from "./run"
import { bandFindings, tipFindings } from "./wide"

function flow(n: number, people: number | null, over: Partial<BandFlow> = {}): BandFlow {
  const days: Stretch[] = [{ from: day("2025-06-01"), to: null }]
  return {
    ...{ sharingId: nthId("sharing", n), people, sensitive: null, hasSensitive: false },
    ...{ routes: ["cn-volume"] as Mechanism[], days },
    ...over,
  }
}
const turns = (flows: readonly BandFlow[]) => netted(flows.flatMap((one) => bandTurnsOf(one, LAW)))
const stands = (...flows: BandFlow[]) => bandStandsOf(turns(flows), false, LAW)
const bandOn = (on: string, ...flows: BandFlow[]): string | undefined =>
  stands(...flows).find((one) => covers([one], day(on)))?.band

describe("the edges of the bands", () => {
  test.each([
    [99_999, "free"],
    [100_000, "middle"],
    [100_001, "middle"],
    [999_999, "middle"],
    [1_000_000, "high"],
    [1_000_001, "high"],
  ])("%i ordinary people stand in the band %s", (people, band) => {
    expect(bandOn("2025-06-01", flow(1, people))).toBe(band)
    expect(bandOn("2025-05-31", flow(1, people))).toBe("free")
    expect(bandOn("2026-01-01", flow(1, people))).toBe(band)
  })
  test.each([
    [1, "middle"],
    [9_999, "middle"],
    [10_000, "high"],
    [10_001, "high"],
  ])("%i people with sensitive data stand in the band %s", (people, band) => {
    expect(bandOn("2025-06-01", flow(1, people, { hasSensitive: true }))).toBe(band)
  })
  test("how many people more reach the next band is said, of both kinds", () => {
    const facts = turns([flow(1, 99_000), flow(2, 900, { routes: ["cn-exempt"] })])
    expect(bandFiguresOn(facts, false, day("2025-12-31"), LAW)).toMatchObject({
      ordinary: 99_000,
      sensitive: 0,
      band: "free",
      next: { band: "middle", ordinary: 1_000, sensitive: 1 },
    })
    expect(bandFiguresOn(facts, true, day("2025-12-31"), LAW)).toMatchObject({ band: "high", next: null })
    expect(bandFiguresOn(facts, false, day("2022-08-31"), LAW)).toBeNull()
  })
})

test("the year turns: what ended in the old year counts no more, what runs on counts from the first day", () => {
  const ended = flow(1, 60_000, { days: [{ from: day("2025-03-01"), to: day("2025-12-31") }] })
  const last = flow(2, 60_000, { days: [{ from: day("2025-03-01"), to: day("2026-01-02") }] })
  const runs = flow(3, 50_000)
  expect(bandOn("2025-12-31", ended, runs)).toBe("middle")
  expect(bandOn("2026-01-01", ended, runs)).toBe("free")
  expect(bandOn("2026-12-31", last, runs)).toBe("middle")
  expect(bandOn("2027-01-01", last, runs)).toBe("free")
})

test("two flows that stand below by themselves tip together, from the first day of the second", () => {
  const one = flow(1, 60_000)
  const two = flow(2, 40_000, { days: [{ from: day("2025-09-01"), to: null }] })
  expect(tippedDays(stands(), stands(one), day("2025-01-01"))).toEqual([])
  expect(tippedDays(stands(), stands(two), day("2025-01-01"))).toEqual([])
  const days = tippedDays(stands(one), stands(one, two), day("2025-01-01"))
  expect(days).toEqual([{ from: day("2025-09-01"), to: null }])
  const [found] = tipFindings(
    {
      entityId: nthId("entity", 1),
      on: day("2025-09-01"),
      days,
      before: bandFiguresOn(turns([one]), false, day("2025-09-01"), LAW) ?? never(),
      after: bandFiguresOn(turns([one, two]), false, day("2025-09-01"), LAW) ?? never(),
      left: 1,
      certain: true,
    },
    nthId("sharing", 2),
    PACKS,
  )
  expect(found).toMatchObject({
    clause: "CAC-2024",
    severity: "blocking",
    from: "2025-09-01",
    says: "finding.CAC-2024.tips-left",
    params: { before: "60000", after: "100000", was: "free", band: "middle", n: "1" },
  })
})

test("a company has data in the mainland only while Chinese law binds it", () => {
  expect(mainlandDays(typedEntity(), LAW)).toEqual([])
  const line = { regime: "CN" as const, firstOn: null, lastOn: day("2025-12-31") }
  const [days] = mainlandDays({ ...typedEntity(), country: "CN", regimes: [line] }, LAW)
  expect(days?.to).toBe("2026-01-01")
})

const someDay = fc.integer({ min: 0, max: 2_000 }).map((n) => addDays(day("2022-06-01"), n))
const someFlow = fc.record({
  people: fc.option(fc.integer({ min: 0, max: 400_000 }), { nil: null, freq: 9 }),
  sensitive: fc.option(fc.integer({ min: 0, max: 6_000 }), { nil: null }),
  hasSensitive: fc.boolean(),
  routes: fc.subarray(["cn-volume", "cn-contract", "cn-assessment", "cn-exempt"] as Mechanism[], { maxLength: 2 }),
  days: fc.tuple(someDay, fc.option(fc.integer({ min: 1, max: 900 }), { nil: null })),
  more: fc.option(fc.tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 400 })), { nil: null }),
})

/** A flow of one or two stretches. */
function made(one: typeof someFlow extends fc.Arbitrary<infer T> ? T : never, n: number): BandFlow {
  const [from, length] = one.days
  const to = length === null ? null : addDays(from, length)
  const again = to !== null && one.more ? addDays(to, one.more[0]) : null
  const days: Stretch[] = [{ from, to }]
  if (again && one.more) days.push({ from: again, to: addDays(again, one.more[1]) })
  const { people, sensitive, hasSensitive, routes } = one
  return { sharingId: nthId("sharing", n), people, sensitive, hasSensitive, routes, days }
}

test("sums kept as turns say on every day what adding up all flows on that day says", () => {
  fc.assert(
    fc.property(
      fc.array(someFlow, { maxLength: 7 }),
      fc.boolean(),
      fc.array(someDay, { minLength: 4 }),
      (list, top, days) => {
        const flows = list.map(made)
        const facts = { criticalOperator: top, importantData: false, flows }
        const sums = turns(flows)
        const standing = bandStandsOf(sums, top, LAW)
        const edges = standing.flatMap((one) => [one.from, one.to]).filter((on): on is Day => on !== null)
        for (const on of [...days, ...edges, ...edges.map((one) => addDays(one, -1))]) {
          const naive = chinaBands(facts, on, LAW)
          const kept = standing.find((one) => covers([one], on))
          expect(kept && { band: kept.band, certain: kept.certain, act: kept.act }).toEqual(
            naive ? { band: naive.band, certain: naive.certain, act: naive.act } : undefined,
          )
          const figures = bandFiguresOn(sums, top, on, LAW)
          expect(figures && [figures.ordinary, figures.sensitive, figures.unknown, figures.next]).toEqual(
            naive ? [naive.ordinary, naive.sensitive, naive.unknown.length, naive.next] : null,
          )
          const wrong = flows
            .filter((one) =>
              bandRulings(one, standing).some(
                (ruling) => covers([ruling], on) && (ruling.verdict === "broken" || ruling.verdict === "unknown"),
              ),
            )
            .map((one) => one.sharingId)
          expect(wrong).toEqual(naive?.insufficient ?? [])
          const year = bandFindings(facts, Number(on.slice(0, 4)), PACKS, LAW)
          expect(findingsOn(year, on).map((one) => one.recordId)).toEqual(wrong)
        }
      },
    ),
    { numRuns: 120 },
  )
})

test("a flow taken out of the sums again leaves them as they were", () => {
  fc.assert(
    fc.property(fc.array(someFlow, { minLength: 1, maxLength: 6 }), (list) => {
      const [first, ...rest] = list.map(made)
      const all = turns([...(first ? [first] : []), ...rest])
      const without = netted([...all, ...undone(first ? bandTurnsOf(first, LAW) : [])])
      expect(without).toEqual(turns(rest))
      expect(sameStands(bandStandsOf(without, false, LAW), stands(...rest))).toBe(true)
    }),
  )
})

function never(): never {
  throw new Error("no rule on volumes holds")
}
