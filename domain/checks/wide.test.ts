import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { known } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import { PACKS } from "@/domain/packs/all"
import type { Mechanism } from "@/domain/vocabulary/mechanisms"
import { LAW } from "@/testing/covered"
import { aLine, nthId, typedSharing } from "@/testing/in-2026"
import { chinaBands, tipping, type BandFlow } from "./rules/bands"
import { bandFindings, bandFlowOf, bandYear } from "./wide"

const flow = (n: number, people: number | null, over: Partial<BandFlow> = {}): BandFlow => ({
  sharingId: nthId("sharing", n),
  people,
  sensitive: null,
  hasSensitive: false,
  routes: ["cn-contract"],
  days: [{ from: day("2025-06-01"), to: null }],
  ...over,
})
const of = (...flows: BandFlow[]) => ({ criticalOperator: false, importantData: false, flows })
const on2025 = (...flows: BandFlow[]) => chinaBands(of(...flows), day("2025-09-01"), LAW)

describe("people whose data leaves the mainland in a year", () => {
  test("under 100 000 ordinary and none sensitive, every route suffices", () => {
    expect(on2025(flow(1, 99_999, { routes: ["cn-volume"] }))).toMatchObject({
      ordinary: 99_999,
      band: "free",
      insufficient: [],
      next: { band: "middle", ordinary: 1, sensitive: 1 },
    })
  })
  test("from 100 000, or with one person's sensitive data, contract or certificate are needed", () => {
    const volume = { routes: ["cn-volume"] as Mechanism[] }
    expect(on2025(flow(1, 100_000, volume))).toMatchObject({ band: "middle", insufficient: [nthId("sharing", 1)] })
    expect(on2025(flow(1, 1, { ...volume, hasSensitive: true }))).toMatchObject({ band: "middle", sensitive: 1 })
    expect(on2025(flow(1, 999_999))).toMatchObject({ band: "middle", insufficient: [] })
  })
  test("from a million ordinary or 10 000 sensitive, only the assessment suffices", () => {
    expect(on2025(flow(1, 1_000_000))).toMatchObject({ band: "high", insufficient: [nthId("sharing", 1)], next: null })
    expect(on2025(flow(1, 10_000, { hasSensitive: true }))?.band).toBe("high")
    expect(on2025(flow(1, 50_000, { hasSensitive: true, sensitive: 9_999 }))).toMatchObject({
      ordinary: 40_001,
      sensitive: 9_999,
      band: "middle",
    })
    expect(on2025(flow(1, 1_000_000, { routes: ["cn-assessment"] }))?.insufficient).toEqual([])
  })
  test("a critical operator, or important data, is assessed whatever the sum", () => {
    const flows = [flow(1, 1)]
    const at = day("2025-09-01")
    expect(chinaBands({ criticalOperator: true, importantData: false, flows }, at, LAW)?.band).toBe("high")
    expect(chinaBands({ criticalOperator: false, importantData: true, flows }, at, LAW)?.band).toBe("high")
  })
  test("people of exempt routes stay out of the sum, from 2024-03-22 on", () => {
    const exempt = flow(1, 5_000_000, { routes: ["cn-exempt"], days: [{ from: day("2023-06-01"), to: null }] })
    expect(chinaBands(of(exempt), day("2024-03-22"), LAW)).toMatchObject({ ordinary: 0, band: "free" })
    expect(chinaBands(of(exempt), day("2024-03-21"), LAW)).toMatchObject({ ordinary: 5_000_000, band: "high" })
  })
  test("a new year begins at nought; the first rules added up two", () => {
    const once = flow(1, 200_000, { days: [{ from: day("2024-06-01"), to: day("2024-12-01") }] })
    expect(chinaBands(of(once), day("2024-12-31"), LAW)?.ordinary).toBe(200_000)
    expect(chinaBands(of(once), day("2025-01-01"), LAW)?.ordinary).toBe(0)
    const early = flow(1, 200_000, { days: [{ from: day("2022-10-01"), to: day("2022-12-01") }] })
    expect(chinaBands(of(early), day("2023-12-31"), LAW)).toMatchObject({ ordinary: 200_000, band: "high" })
  })
  test("before there were rules there is no answer, and what nobody counted makes it uncertain", () => {
    expect(chinaBands(of(flow(1, 1)), day("2022-08-31"), LAW)).toBeNull()
    expect(on2025(flow(1, null))).toMatchObject({ certain: false, unknown: [nthId("sharing", 1)] })
  })
  test("a small new flow tips all others", () => {
    const before = of(flow(1, 999_990))
    const after = of(flow(1, 999_990), flow(2, 10))
    const both = tipping(before, after, day("2025-09-01"), LAW)
    expect(both).toMatchObject({ tips: true, before: { band: "middle" }, after: { band: "high" } })
    expect(both.after?.insufficient).toHaveLength(2)
  })
  test("a sum never falls within a year, and another flow never lowers the band", () => {
    const order = ["free", "middle", "high"]
    const some = fc.array(
      fc.record({
        people: fc.integer({ min: 0, max: 700_000 }),
        from: fc.integer({ min: 1, max: 9 }),
        hot: fc.boolean(),
      }),
      { minLength: 1, maxLength: 6 },
    )
    fc.assert(
      fc.property(some, (list) => {
        const flows = list.map((one, i) =>
          flow(i, one.people, { hasSensitive: one.hot, days: [{ from: day(`2025-0${one.from}-01`), to: null }] }),
        )
        const year = bandYear(of(...flows), 2025, LAW)
        for (const [i, item] of year.entries()) {
          const last = year[i - 1]
          if (last) expect(item.answer.ordinary).toBeGreaterThanOrEqual(last.answer.ordinary)
          if (last) expect(order.indexOf(item.answer.band)).toBeGreaterThanOrEqual(order.indexOf(last.answer.band))
        }
        const fewer = chinaBands(of(...flows.slice(1)), day("2025-12-31"), LAW)
        const all = chinaBands(of(...flows), day("2025-12-31"), LAW)
        expect(order.indexOf(all?.band ?? "")).toBeGreaterThanOrEqual(order.indexOf(fewer?.band ?? ""))
      }),
      { numRuns: 300 },
    )
  })
})

test("a year in stretches: the finding begins on the day on which the sum reaches the band", () => {
  const facts = of(flow(1, 999_999, { days: [{ from: day("2025-02-01"), to: null }] }), flow(2, 1))
  const found = bandFindings(facts, 2025, PACKS, LAW)
  expect(found.map(({ clause, recordId, from, to }) => [clause, recordId, from, to])).toEqual([
    ["CAC-2024", nthId("sharing", 1), "2025-06-01", "2026-01-01"],
    ["CAC-2024", nthId("sharing", 2), "2025-06-01", "2026-01-01"],
  ])
  expect(found[0]).toMatchObject({ verdict: "broken", severity: "blocking", says: "finding.CAC-2024.high" })
})

test("what the bands look at of a sharing: Hong Kong is outside, the mainland is not", () => {
  const between = { entityId: nthId("entity", 1), partyId: nthId("party", 2) }
  const id = nthId("sharing", 3)
  const at = (country: string) =>
    typedSharing(between, {
      peopleCount: known(70),
      dataLines: known([aLine("fin.card")]),
      destinations: known([{ country, kind: "storage", mechanisms: [], firstOn: day("2026-03-01"), lastOn: null }]),
    })
  expect(bandFlowOf(id, at("CN"), LAW)).toBeNull()
  expect(bandFlowOf(id, at("HK"), LAW)).toEqual({
    sharingId: id,
    people: 70,
    sensitive: null,
    hasSensitive: true,
    routes: [],
    days: [{ from: day("2026-03-01"), to: day("2027-01-01") }],
  })
  expect(bandFlowOf(id, { ...at("HK"), startsOn: { state: "blank" } }, LAW)).toBeNull()
})
