import { expect, test } from "vitest"
import { known } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import { coverageOf } from "@/domain/coverage/coverage"
import { aGround, OPEN } from "@/testing/flow"
import { factsOf, goingTo, until, type CoverStory, LAW } from "@/testing/covered"
import { causeWords, coverageWords } from "./coverage-words"

const sentences = (story: CoverStory): string[] => coverageWords(coverageOf(factsOf(story), LAW))

test("a sharing says on which days it is covered, and why not on the others", () => {
  expect(sentences({})).toEqual(["Covered on all its days, from 1 Jan 2026 to 31 Dec 2026."])
  expect(sentences({ agreements: [until("2026-03-31")] })).toEqual([
    "Covered from 1 Jan 2026 to 31 Mar 2026.",
    "Not covered from 1 Apr 2026 to 31 Dec 2026: no confidentiality agreement in effect; no complete processing clauses in effect.",
  ])
  expect(sentences({ sharing: goingTo("US", [], { firstOn: day("2026-12-31") }) })[1]).toBe(
    "Not covered on 31 Dec 2026: no transfer mechanism held for United States (EU).",
  )
})

test("a regime without rules is said, and nothing is called covered by it", () => {
  const regimes = [{ regime: "KR" as const, ...OPEN }]
  expect(sentences({ entity: { regimes } })).toEqual([
    "Covered on no day of its own (from 1 Jan 2026 to 31 Dec 2026).",
    "Not covered from 1 Jan 2026 to 31 Dec 2026: no rules are loaded for KR.",
    "No rules are loaded for KR: for them nothing is said here.",
  ])
})

test("each cause that coverage can name has its words", () => {
  const none: CoverStory = { agreements: [] }
  const ccpa = { regimes: [{ regime: "CCPA" as const, ...OPEN }] }
  const stories: CoverStory[] = [
    none,
    { ...none, entity: ccpa, sharing: { mode: "share", role: known("joint"), grounds: [aGround("partner")] } },
    { ...none, sharing: { mode: "transfer", grounds: [aGround("merger")], ...goingTo("US") } },
    { ...none, sharing: { mode: "share", startsOn: known(day("2018-01-01")) } },
  ]
  const causes = stories.flatMap((story) => coverageOf(factsOf(story), LAW).gaps.flatMap((gap) => gap.causes))
  expect(new Set(causes.map((cause) => ("kind" in cause ? cause.kind : cause.what)))).toEqual(
    new Set([
      "confidentiality",
      "processing",
      "joint-arrangement",
      "ccpa",
      "successor",
      "ground",
      "mechanism",
      "rules",
    ]),
  )
  for (const cause of causes) expect(causeWords(cause)).not.toMatch(/coverage\.|[{}]/)
})
