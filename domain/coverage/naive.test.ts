import fc from "fast-check"
import { expect, test } from "vitest"
import { BLANK, known, NOT_APPLICABLE } from "@/domain/core/answer"
import { addDays, day } from "@/domain/core/day"
import { covers } from "@/domain/core/stretch"
import { factsOf, goingTo, LAW, mechanism } from "@/testing/covered"
import { coveredNaively, eachDay } from "@/testing/naive-coverage"
import { story, storyOf } from "@/testing/random-stories"
import { coverageOf } from "./coverage"

const SEED = 20261124

test(`10,000 stories around the days on which law changed: the same answer for every day (seed ${SEED})`, () => {
  let covered = 0
  let uncovered = 0
  fc.assert(
    fc.property(story, (made) => {
      const { story: told, from, to } = storyOf(made)
      const facts = factsOf(told)
      const coverage = coverageOf(facts, LAW)
      const wrong = eachDay(addDays(from, -1), addDays(to, 2)).filter((on) => {
        const naive = coveredNaively(facts, LAW, on)
        if (naive === true) covered += 1
        if (naive === false) uncovered += 1
        return (
          covers(coverage.own, on) !== (naive !== null) ||
          covers(coverage.covered, on) !== (naive === true) ||
          covers(coverage.gaps, on) !== (naive === false)
        )
      })
      expect(wrong).toEqual([])
    }),
    { numRuns: 10_000, seed: SEED },
  )
  // Both answers come often enough that neither side could be right by saying one thing only.
  expect(Math.min(covered, uncovered)).toBeGreaterThan(2_000)
}, 120_000)

test("a story over eight years, asked for every day", () => {
  const facts = factsOf({
    sharing: { ...goingTo("US", [mechanism("adequacy")]), startsOn: known(day("2018-01-01")), endsOn: NOT_APPLICABLE },
    party: {
      conditions: ["privacy-shield", "dpf"].map((one) => ({
        condition: one as "dpf",
        evidence: BLANK,
        firstOn: null,
        lastOn: null,
      })),
    },
    agreements: [{ effectOn: known(day("2018-03-01")), endsOn: NOT_APPLICABLE }],
  })
  const coverage = coverageOf(facts, LAW)
  for (const on of eachDay(day("2018-01-01"), day("2026-12-31")))
    expect([on, covers(coverage.covered, on)]).toEqual([on, coveredNaively(facts, LAW, on)])
})
