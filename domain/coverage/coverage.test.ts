import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { known } from "@/domain/core/answer"
import { addDays, day, dayIn, daysBetween, termEnd, type Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { complement, covers, intersect, subtract, union } from "@/domain/core/stretch"
import type { Sharing } from "@/domain/records/sharing"
import {
  BETWEEN,
  CONSENT,
  coveredOf,
  factsOf,
  gapsOf,
  goingTo,
  mechanism,
  signed,
  since,
  until,
  LAW,
} from "@/testing/covered"
import { aGround, nthId, OPEN, typedAgreement } from "@/testing/in-2026"
import { coverageOf, stateOn } from "./coverage"

const adequacy = mechanism("adequacy")
const toUs = (lines: Parameters<typeof goingTo>[1]): Partial<Sharing> => goingTo("US", lines)

describe("worked examples of the handbook", () => {
  test("1: touching papers leave no gap; a day between them is one; a late signature counts from its day", () => {
    const first = until("2026-03-31")
    expect(gapsOf({ agreements: [first, since("2026-04-01")] })).toEqual([])
    expect(gapsOf({ agreements: [first, since("2026-04-02")] })).toEqual(["2026-04-01..2026-04-02"])
    expect(gapsOf({ agreements: [first, { ...since("2026-04-01"), ...signed("2026-04-05") }] })).toEqual([
      "2026-04-01..2026-04-05",
    ])
  })

  test("2: a year from the leap day runs 366 days, to the last of February", () => {
    const end = termEnd(day("2024-02-29"), 12)
    expect(end).toBe("2025-03-01")
    expect(daysBetween(day("2024-02-29"), end)).toBe(366)
    const story = {
      sharing: { startsOn: known(day("2024-02-29")), endsOn: known(day("2025-03-31")) },
      agreements: [{ ...since("2024-02-29"), ...until(addDays(end, -1)), ...signed("2024-02-01") }],
    }
    expect(coveredOf(story)).toEqual(["2024-02-29..2025-03-01"])
  })

  test("3: an amendment that drops the sharing uncovers it from its effect on; unknown before it was recorded", () => {
    const sharing = { startsOn: known(day("2025-01-01")), endsOn: known(day("2025-12-31")) }
    const v1 = { ...since("2025-01-01"), ...until("2025-12-31"), ...signed("2024-12-01") }
    const v2 = { ...since("2025-07-01"), ...signed("2025-06-01"), amends: nthId("agreement", 40), covers: [] }
    expect(coveredOf({ sharing, agreements: [v1, v2] })).toEqual(["2025-01-01..2025-07-01"])
    expect(gapsOf({ sharing, agreements: [v1, v2] })).toEqual(["2025-07-01..2026-01-01"])
    expect(gapsOf({ sharing, agreements: [v1] })).toEqual([])
  })

  test("4: what hung on the Privacy Shield is uncovered until the framework that followed, 1089 days", () => {
    const story = {
      sharing: {
        startsOn: known(day("2018-05-25")),
        endsOn: known(day("2024-12-31")),
        ...toUs([adequacy]),
      },
      party: {
        conditions: [
          { condition: "privacy-shield" as const, evidence: known("list"), ...OPEN },
          { condition: "dpf" as const, evidence: known("list"), firstOn: day("2023-07-10"), lastOn: null },
        ],
      },
      agreements: [{ ...since("2018-05-01"), ...until("2024-12-31"), ...signed("2018-05-01") }],
    }
    expect(coveredOf(story)).toEqual(["2018-05-25..2020-07-16", "2023-07-10..2025-01-01"])
    expect(daysBetween(day("2020-07-16"), day("2023-07-10"))).toBe(1089)
  })

  test("6: a listing that lapses and is renewed leaves its gap", () => {
    const listed = (firstOn: string, lastOn: string | null) => ({
      condition: "dpf" as const,
      evidence: known("list"),
      firstOn: day(firstOn),
      lastOn: lastOn === null ? null : day(lastOn),
    })
    const story = {
      sharing: { startsOn: known(day("2023-07-10")), endsOn: known(day("2025-12-31")), ...toUs([adequacy]) },
      party: { conditions: [listed("2023-08-02", "2025-08-01"), listed("2025-08-20", null)] },
      agreements: [{ ...since("2023-01-01"), ...until("2025-12-31"), ...signed("2023-01-01") }],
    }
    expect(gapsOf(story)).toEqual(["2023-07-10..2023-08-02", "2025-08-02..2025-08-20"])
  })

  test.each([
    ["Asia/Shanghai", "2026-05-11"],
    ["Europe/Dublin", "2026-05-10"],
  ])("7: a consent closed at one instant ends the ground on the local day of %s", (zone, ends) => {
    const story = {
      sharing: { mode: "share" as const, grounds: [aGround("consent", { consentId: CONSENT })] },
      entity: { zone, regimes: [] },
      consent: { closedAt: known("2026-05-10T18:30:00.000Z") },
    }
    expect(coveredOf(story)).toEqual([`2026-01-01..${ends}`])
  })

  test.each([
    ["Asia/Shanghai", "2026-04-01", "gap"],
    ["Europe/Dublin", "2026-03-31", "covered"],
  ])("8: at the same instant it is another day in %s", (zone, today, state) => {
    const instant = "2026-03-31T16:30:00.000Z" as Instant
    expect(dayIn(zone, instant)).toBe(today)
    const coverage = coverageOf(factsOf({ entity: { zone }, agreements: [until("2026-03-31")] }), LAW)
    expect(stateOn(coverage, dayIn(zone, instant))).toBe(state)
  })

  test("9: of two destinations only the one without a mechanism is named as the cause", () => {
    const destinations = known([
      { country: "DE", kind: "storage", mechanisms: [], ...OPEN },
      { country: "US", kind: "access", mechanisms: [], firstOn: day("2026-06-01"), lastOn: null },
    ]) as Sharing["destinations"]
    expect(coverageOf(factsOf({ sharing: { destinations } }), LAW).gaps).toEqual([
      { from: "2026-06-01", to: "2027-01-01", causes: [{ what: "mechanism", country: "US", regime: "EU" }] },
    ])
  })
})

describe("refinements", () => {
  test("a derogation carries nothing that goes on", () => {
    const line = mechanism("derogation.a")
    expect(gapsOf({ sharing: { ...toUs([line]), frequency: known("sporadic") } })).toEqual([])
    expect(gapsOf({ sharing: { ...toUs([line]), frequency: known("continuous") } })).toEqual(["2026-01-01..2027-01-01"])
  })
  test("processing clauses without their core items are there on paper only", () => {
    const agreements = [{ checklist: typedAgreement(BETWEEN, []).checklist.filter((line) => line.item !== "28.3.g") }]
    expect(coverageOf(factsOf({ agreements }), LAW).gaps[0]?.causes).toEqual([{ what: "paper", kind: "processing" }])
  })
  test("what is only stated, undated or unsigned covers no day", () => {
    for (const over of [
      { knownHow: "stated" as const },
      { effectOn: { state: "blank" as const } },
      { signatories: [] },
      { endsOn: { state: "unknown" as const } },
    ])
      expect(coveredOf({ agreements: [over] })).toEqual([])
  })
  test("a sharing whose first day is not known is covered on no day", () => {
    const coverage = coverageOf(factsOf({ sharing: { startsOn: { state: "unknown" } } }), LAW)
    expect(coverage).toMatchObject({ own: [], covered: [], gaps: [] })
    expect(stateOn(coverage, day("2026-05-01"))).toBe("undated")
  })
  test("a regime without rules is named, not called covered", () => {
    const regimes = [{ regime: "KR" as const, ...OPEN }]
    expect(coverageOf(factsOf({ entity: { regimes } }), LAW).unloaded).toEqual(["KR"])
  })
})

const aDay = fc.integer({ min: 0, max: 800 }).map((n) => addDays(day("2025-06-01"), n))
const aPaper = fc
  .record({ effect: aDay, length: fc.integer({ min: 1, max: 400 }), signed: aDay })
  .map(({ effect, length, signed: on }) => ({ ...since(effect), ...until(addDays(effect, length)), ...signed(on) }))
const papers = fc.array(aPaper, { maxLength: 4 })

test("covered and gaps together are exactly the sharing's own days", () => {
  fc.assert(
    fc.property(papers, fc.boolean(), (agreements, abroad) => {
      const coverage = coverageOf(factsOf({ agreements, sharing: abroad ? toUs([adequacy]) : {} }), LAW)
      expect(union(coverage.covered, coverage.gaps)).toEqual(coverage.own)
      expect(intersect(coverage.covered, coverage.gaps)).toEqual([])
      expect(subtract(coverage.covered, coverage.own)).toEqual([])
      for (const gap of coverage.gaps) expect(gap.causes.length).toBeGreaterThan(0)
    }),
  )
})

test("another paper, or a longer one, never uncovers a day", () => {
  fc.assert(
    fc.property(papers, aPaper, aDay, (agreements, more, on: Day) => {
      const before = coverageOf(factsOf({ agreements }), LAW).covered
      const after = coverageOf(factsOf({ agreements: [...agreements, more] }), LAW).covered
      expect(subtract(before, after)).toEqual([])
      if (covers(before, on)) expect(covers(after, on)).toBe(true)
      expect(complement(complement(after))).toEqual(after)
    }),
  )
})

test("a day more on a paper never uncovers one, and adds at most that day", () => {
  fc.assert(
    fc.property(papers, aPaper, fc.nat({ max: 3 }), (agreements, paper, at) => {
      const place = Math.min(at, agreements.length)
      const withPaper = (one: typeof paper) => [...agreements.slice(0, place), one, ...agreements.slice(place)]
      const last = paper.endsOn?.state === "known" ? paper.endsOn.value : day("2027-12-31")
      const before = coverageOf(factsOf({ agreements: withPaper(paper) }), LAW).paper
      const after = coverageOf(factsOf({ agreements: withPaper({ ...paper, ...until(addDays(last, 1)) }) }), LAW).paper
      expect(subtract(before, after)).toEqual([])
      expect(subtract(subtract(after, before), [{ from: addDays(last, 1), to: addDays(last, 2) }])).toEqual([])
    }),
  )
})

test("a day is covered exactly when ground, papers and mechanisms all held, and a gap names each that did not", () => {
  const aSpan = fc.tuple(aDay, fc.nat({ max: 300 })).map(([from, length]) => ({
    firstOn: from,
    lastOn: addDays(from, length),
  }))
  fc.assert(
    fc.property(
      papers,
      fc.array(aSpan, { maxLength: 3 }),
      fc.array(aSpan, { maxLength: 3 }),
      aDay,
      (given, a, b, on) => {
        const sharing: Partial<Sharing> = {
          mode: "share",
          role: known("controller"),
          grounds: a.map((span) => aGround("partner", span)),
          ...toUs(b.map((span) => mechanism("adequacy", span))),
        }
        const party = { conditions: [{ condition: "dpf" as const, evidence: known("list"), ...OPEN }] }
        const coverage = coverageOf(factsOf({ sharing, party, agreements: given }), LAW)
        const all = intersect(coverage.ground, intersect(coverage.paper, coverage.mechanism))
        expect(coverage.covered).toEqual(all)
        const causes = coverage.gaps
          .filter((gap) => covers([gap], on))
          .flatMap((gap) => gap.causes.map(({ what }) => what))
        for (const what of ["ground", "paper", "mechanism"] as const)
          expect(causes.includes(what)).toBe(covers(coverage.own, on) && !covers(coverage[what], on))
      },
    ),
  )
})
