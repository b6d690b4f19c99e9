import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { day } from "@/domain/core/day"
import { subtract, type Stretch } from "@/domain/core/stretch"
import type { Coverage } from "@/domain/coverage/coverage"
import { coverChange } from "./coverage-change"
import { listChanges, LISTED, type ListedFlow } from "./public-list"

const days = (from: string, to: string): Stretch => ({ from: day(from), to: day(to) })
const coverage = (own: Stretch[], gaps: Stretch[]): Coverage => ({
  ...{ own, ground: own, paper: own, mechanism: own, covered: subtract(own, gaps), unloaded: [] },
  gaps: gaps.map((one) => ({ ...one, causes: [] })),
})
const YEAR = [days("2026-01-01", "2027-01-01")]
const MAY = [days("2026-05-01", "2026-06-01")]
const JUNE = [days("2026-06-01", "2026-07-01")]
const whole = coverage(YEAR, [])

describe("what becomes of covered days", () => {
  test.each([
    ["new", true, null, whole],
    ["unknown", false, null, whole],
    ["same", false, coverage(YEAR, MAY), coverage(YEAR, MAY)],
    ["loses", false, whole, coverage(YEAR, MAY)],
    ["gains", false, coverage(YEAR, MAY), whole],
    ["both", false, coverage(YEAR, MAY), coverage(YEAR, JUNE)],
    // Ended before the gap: nothing flows on those days any more.
    ["gains", false, coverage(YEAR, JUNE), coverage([days("2026-01-01", "2026-05-01")], [])],
    ["days", false, whole, coverage([days("2026-01-01", "2026-05-01")], [])],
    ["days", false, coverage([days("2026-01-01", "2026-05-01")], []), whole],
    // Longer than what covers it.
    ["loses", false, coverage([days("2026-01-01", "2026-05-01")], []), coverage(YEAR, JUNE)],
  ] as const)("%s", (says, created, before, after) => {
    expect(coverChange(created, before, after)).toBe(says)
  })
})

const codes = fc.uniqueArray(fc.constantFrom("a", "b", "c"), { maxLength: 3 })
const flow: fc.Arbitrary<ListedFlow> = fc.record({
  entityId: fc.constantFrom("e1", "e2"),
  partyId: fc.constantFrom("p1", "p2"),
  ...{ purpose: codes, data: codes, country: codes, mode: codes },
})
/** Each company's recipients with one code after the other, as a supervisor would write them down. */
const naive = (flows: readonly ListedFlow[]): Set<string> =>
  new Set(
    flows.flatMap((one) => [
      `${one.entityId} ${one.partyId}`,
      ...LISTED.flatMap((what) => one[what].map((code) => `${one.entityId} ${one.partyId} ${what} ${code}`)),
    ]),
  )

describe("the list of recipients", () => {
  test("what is told is the whole difference, and nothing besides", () => {
    fc.assert(
      fc.property(fc.array(flow, { maxLength: 5 }), fc.array(flow, { maxLength: 5 }), (before, after) => {
        const told = new Set(naive(before))
        for (const one of listChanges(before, after)) {
          const who = `${one.entityId} ${one.partyId}`
          if (one.change === "comes") told.add(who)
          if (one.change === "goes") told.delete(who)
          for (const { what, codes: list } of one.more) for (const code of list) told.add(`${who} ${what} ${code}`)
          for (const { what, codes: list } of one.less) for (const code of list) told.delete(`${who} ${what} ${code}`)
        }
        expect(told).toEqual(naive(after))
      }),
    )
  })
  test("the same flows in another order change nothing", () => {
    fc.assert(
      fc.property(fc.array(flow, { maxLength: 5 }), (flows) => {
        expect(listChanges(flows, [...flows].reverse())).toEqual([])
      }),
    )
  })
})
