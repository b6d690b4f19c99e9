import fc from "fast-check"
import { expect, test } from "vitest"
import { addDays, day, type Day } from "@/domain/core/day"
import { covers, type Stretch } from "@/domain/core/stretch"
import type { Ruled } from "@/domain/checks/run"
import type { Clause, Pack, Ruling } from "@/domain/checks/types"
import { countsOn, turnsOf, verdictsOf, type Verdicts } from "./verdicts"

const BEGIN = day("2026-01-01")
const at = (n: number): Day => addDays(BEGIN, n)
const stretch = fc.tuple(fc.option(fc.nat(40)), fc.option(fc.nat(40))).map(([from, long]): Stretch => ({
  from: from === null ? null : at(from),
  to: long === null ? null : at((from ?? 0) + long + 1),
}))
const ruling = fc
  .tuple(stretch, fc.constantFrom("kept", "broken", "unknown", "not-applicable"))
  .map(([days, verdict]) => ({ ...days, verdict }) as Ruling)

function ruled(rulings: Ruling[], over: Partial<Clause> = {}): Ruled {
  const clause = { id: "X-1", bitesOn: "approval", effectiveFrom: at(5), effectiveTo: at(30), ...over } as Clause
  return { pack: {} as Pack, clause, rulings }
}

test("on each day a clause is evidenced, not evidenced, unknown or does not apply: never two of them, the graver wins", () => {
  fc.assert(
    fc.property(fc.array(ruling, { maxLength: 8 }), fc.nat(50), (rulings, n) => {
      const on = at(n)
      const [found] = verdictsOf([ruled(rulings)])
      const says = new Set(rulings.filter((one) => covers([one], on)).map((one) => one.verdict))
      const legal = n >= 5 && n < 30
      const wanted = !legal
        ? "none"
        : says.has("broken")
          ? "n"
          : says.has("unknown")
            ? "u"
            : says.has("kept")
              ? "e"
              : "none"
      const got = [
        found && covers(found.evidenced, on) ? "e" : "",
        found && covers(found.notEvidenced, on) ? "n" : "",
        found && covers(found.unknown, on) ? "u" : "",
      ].join("")
      expect(got === "" ? "none" : got).toBe(wanted)
    }),
    { numRuns: 2000 },
  )
})

test("the turns of many records, summed up to a day, count the records that stand so on that day", () => {
  const verdicts = fc
    .array(ruling, { maxLength: 5 })
    .map((rulings) =>
      verdictsOf([ruled(rulings), ruled(rulings, { id: "X-2", effectiveFrom: null, effectiveTo: null })]),
    )
  fc.assert(
    fc.property(fc.array(verdicts, { maxLength: 6 }), fc.nat(50), (records: Verdicts[][], n) => {
      const on = at(n)
      const counts = countsOn(records.flatMap(turnsOf), on)
      for (const clause of ["X-1", "X-2"]) {
        const count = (of: "evidenced" | "notEvidenced" | "unknown"): number =>
          records.filter((list) => list.some((one) => one.clause === clause && covers(one[of], on))).length
        expect(counts.get(clause) ?? { e: 0, n: 0, u: 0 }).toEqual({
          e: count("evidenced"),
          n: count("notEvidenced"),
          u: count("unknown"),
        })
      }
    }),
    { numRuns: 2000 },
  )
})

test("a clause that bites later, and one that never applies, say nothing", () => {
  expect(verdictsOf([ruled([{ from: null, to: null, verdict: "broken" }], { bitesOn: "closing" })])).toEqual([])
  expect(verdictsOf([ruled([{ from: null, to: null, verdict: "not-applicable" }])])).toEqual([])
})
