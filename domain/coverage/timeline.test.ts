import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { addDays, day, daysBetween, type Day } from "@/domain/core/day"
import { intersect, subtract, union, type Stretch } from "@/domain/core/stretch"
import { approvalOf } from "./approval"
import type { Coverage, Gap } from "./coverage"
import { causeCode, gapLinesOf } from "./gap-lines"
import { LEAST, numberOf, scaleOf, WIDE, windowOf } from "./scale"
import { rowsOf, timelineOf, type Piece } from "./timeline"

const TODAY = day("2026-06-15")
const days = (from: string, to: string | null): Stretch => ({ from: day(from), to: to === null ? null : day(to) })
const covered = (own: Stretch[], lacking: Gap[]): Coverage => ({
  own,
  ground: own,
  paper: subtract(own, lacking),
  mechanism: own,
  covered: subtract(own, lacking),
  gaps: lacking,
  unloaded: [],
})
const noPaper = { causes: [{ what: "paper" as const, kind: "processing" }] }
const NONE = { approved: [], found: [] }
const piecesOf = (coverage: Coverage, lane: string): Piece[] =>
  timelineOf(coverage, NONE, TODAY)?.lanes.find((one) => one.lane === lane)?.pieces ?? []

describe("a picture of one sharing's days", () => {
  const year = covered([days("2016-01-01", "2027-01-01")], [{ ...days("2020-03-01", "2020-03-02"), ...noPaper }])

  test("shows a gap of one day in eleven years, in the strand that lacked and in what they come to", () => {
    for (const lane of ["paper", "covered"])
      expect(piecesOf(year, lane)).toMatchObject([
        { kind: "held", days: days("2016-01-01", "2020-03-01") },
        { kind: "gap", width: LEAST.gap, days: days("2020-03-01", "2020-03-02") },
        { kind: "held", days: days("2020-03-02", "2027-01-01") },
      ])
    expect(piecesOf(year, "ground")).toHaveLength(1)
    expect(piecesOf(year, "paper").map((one) => one.x)).toEqual(piecesOf(year, "covered").map((one) => one.x))
  })
  test("numbers each gap where it lies, and joins the numbers that would lie on each other", () => {
    expect(timelineOf(year, NONE, TODAY)?.signs).toMatchObject([{ first: 1, last: 1 }])
    const two = ["2020-03-01", "2020-04-01", "2024-04-01"].map((on) => ({
      ...days(on, addDays(day(on), 1)),
      ...noPaper,
    }))
    expect(timelineOf(covered(year.own, two), NONE, TODAY)?.signs).toMatchObject([
      { first: 1, last: 2 },
      { first: 3, last: 3 },
    ])
  })
  test("without a first day there is none", () => {
    expect(timelineOf(covered([], []), NONE, TODAY)).toBeNull()
  })
  test("an open end goes on beyond the edge and says so", () => {
    const [piece] = piecesOf(covered([days("2025-01-01", null)], []), "covered")
    expect(piece).toMatchObject({ cutFrom: false, cutTo: true })
    expect((piece?.x ?? 0) + (piece?.width ?? 0)).toBe(WIDE)
    const [old] = piecesOf(covered([days("1990-01-01", "2026-12-01")], []), "covered")
    expect(old).toMatchObject({ x: 0, cutFrom: true, cutTo: false })
  })
  test("the axis names years, and months where a year is long", () => {
    const named = (own: Stretch): string[] =>
      timelineOf(covered([own], []), NONE, TODAY)
        ?.ticks.filter((tick) => tick.named)
        .map((tick) => tick.on) ?? []
    expect(named(days("2023-02-01", "2028-01-01"))).toEqual(["2024-01-01", "2025-01-01", "2026-01-01", "2027-01-01"])
    expect(named(days("2026-03-01", "2026-09-01"))).toEqual([
      "2026-03-01",
      "2026-04-01",
      "2026-05-01",
      "2026-06-01",
      "2026-07-01",
      "2026-08-01",
    ])
  })
  test("today lies between what was and what will be, also where the flow begins or ends today", () => {
    for (const own of [days("2026-06-15", null), days("2020-01-01", "2026-06-15"), days("2040-01-01", "2041-01-01")]) {
      const picture = timelineOf(covered([own], []), NONE, TODAY)
      expect(picture?.today).toBeGreaterThan(5)
      expect(picture?.today).toBeLessThan(WIDE - 5)
      expect(picture?.lanes[0]?.pieces).toHaveLength(1)
    }
  })
})

describe("the band of approval", () => {
  const own = [days("2024-01-01", "2027-01-01")]
  test("begins with the approval, not with the flow", () => {
    expect(approvalOf([{ from: day("2025-05-01"), standing: "approved" }], own)).toEqual({
      approved: [days("2025-05-01", "2027-01-01")],
      found: [],
    })
  })
  test("what was found running is on record and not approved, until somebody approves it", () => {
    const versions = [
      { from: day("2025-05-01"), standing: "discovered" },
      { from: day("2025-08-01"), standing: "approved" },
      { from: day("2026-02-01"), standing: "ended" },
    ]
    expect(approvalOf(versions, own)).toEqual({
      approved: [days("2025-08-01", "2026-02-01")],
      found: [days("2025-05-01", "2025-08-01")],
    })
  })
})

test("a gap in a list knows since when nothing was covered, whatever the cause was then", () => {
  const paper = { what: "paper", kind: "processing" } as const
  const abroad = { what: "mechanism", country: "US", regime: "EU" } as const
  const gaps: Gap[] = [
    { ...days("2024-01-01", "2024-06-01"), causes: [paper] },
    { ...days("2024-06-01", "2024-09-01"), causes: [paper, abroad, { ...abroad, regime: "UK" }] },
    { ...days("2026-01-01", null), causes: [{ what: "ground" }] },
  ]
  expect(gapLinesOf(covered([days("2024-01-01", null)], gaps))).toEqual([
    { sinceOn: "2024-01-01", fromOn: "2024-01-01", untilOn: "2024-06-01", causes: ["paper.processing"] },
    {
      sinceOn: "2024-01-01",
      fromOn: "2024-06-01",
      untilOn: "2024-09-01",
      causes: ["mechanism.US", "paper.processing"],
    },
    { sinceOn: "2026-01-01", fromOn: "2026-01-01", untilOn: null, causes: ["ground"] },
  ])
  expect(causeCode({ what: "rules", regime: "KR", why: "none" })).toBe("rules.KR")
})

const aDay = fc.integer({ min: -3000, max: 3000 }).map((n) => addDays(TODAY, n))
const aStretch = fc
  .record({ from: aDay, length: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 2500 })), open: fc.nat({ max: 9 }) })
  .map(({ from, length, open }): Stretch => ({ from, to: open === 0 ? null : addDays(from, length) }))
const aCoverage = fc
  .record({ own: fc.array(aStretch, { minLength: 1, maxLength: 3 }), lacking: fc.array(aStretch, { maxLength: 8 }) })
  .map(({ own, lacking }) => {
    const all = union(own)
    const gaps = intersect(all, union(lacking))
    return covered(
      all,
      gaps.map((one) => ({ ...one, ...noPaper })),
    )
  })
const anApproval = (own: Stretch[], on: Day) => approvalOf([{ from: on, standing: "approved" }], own)

test("bars never lie on each other, all lie inside, and every gap can be seen", () => {
  fc.assert(
    fc.property(aCoverage, aDay, (coverage, on) => {
      const picture = timelineOf(coverage, anApproval(coverage.own, on), TODAY)
      const { rows } = rowsOf([{ coverage, approval: anApproval(coverage.own, on) }], TODAY)
      const [row] = rows
      for (const pieces of [
        ...(picture?.lanes.map((lane) => lane.pieces) ?? []),
        row?.covered ?? [],
        row?.approved ?? [],
      ]) {
        let edge = 0
        for (const piece of pieces) {
          expect(piece.x).toBeGreaterThanOrEqual(edge - 0.011)
          edge = piece.x + piece.width
          expect(edge).toBeLessThanOrEqual(WIDE + 0.011)
          // Thirty days of room around today and at most 14 gaps: nothing has to give way by more than a part.
          expect(piece.width, JSON.stringify(piece)).toBeGreaterThanOrEqual(
            piece.kind === "gap" ? LEAST.gap * 0.4 : 0.5,
          )
        }
      }
      for (const tick of picture?.ticks ?? []) expect(tick.x >= 0 && tick.x <= WIDE).toBe(true)
    }),
    { numRuns: 1000 },
  )
})

test("a gap of one day is drawn as wide as can be seen, wherever it lies", () => {
  fc.assert(
    fc.property(fc.integer({ min: -3000, max: -40 }), (n) => {
      const on = addDays(TODAY, n)
      const gap = { from: on, to: addDays(on, 1), ...noPaper }
      const pieces = piecesOf(covered([days("2016-01-01", null)], [gap]), "covered")
      expect(pieces.find((piece) => piece.kind === "gap")?.width).toBeGreaterThanOrEqual(LEAST.gap - 0.01)
    }),
  )
})

test("the same days make the same picture, and days keep their order in it", () => {
  fc.assert(
    fc.property(aCoverage, aDay, aDay, (coverage, a, b) => {
      const once = JSON.stringify(timelineOf(coverage, NONE, TODAY))
      expect(JSON.stringify(timelineOf(structuredClone(coverage), NONE, TODAY))).toBe(once)
      const window = windowOf(coverage.own, TODAY)
      const scale = scaleOf(
        window,
        TODAY,
        coverage.gaps.map((one) => ({ days: one, least: LEAST.gap })),
      )
      expect(scale.at(a < b ? a : b)).toBeLessThanOrEqual(scale.at(a < b ? b : a))
      const share = daysBetween(window.from, TODAY) / daysBetween(window.from, window.to)
      expect(scale.at(TODAY)).toBeCloseTo(share * WIDE, 1)
    }),
  )
})

test("a day's number is its distance in days", () => {
  fc.assert(
    fc.property(aDay, aDay, (a, b) => {
      expect(numberOf(b) - numberOf(a)).toBe(daysBetween(a, b))
    }),
  )
})
