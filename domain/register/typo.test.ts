import fc from "fast-check"
import { expect, test } from "vitest"
import { forgives, meantIn, oneSlip, searchWords, slipPattern } from "./typo"

test.each([
  ["a letter wrong", "datudog", true],
  ["a letter missing", "datdog", true],
  ["a letter too much", "dataddog", true],
  ["two letters swapped", "dtaadog", true],
  ["the first letter missing", "atadog", true],
  ["the last letter missing", "datado", true],
  ["the same word", "datadog", false],
  ["two letters wrong", "dutudog", false],
  ["two letters missing", "dadog", false],
  ["two letters swapped over a third", "dadatog", false],
])("%s", (_what, typed, is) => {
  expect(oneSlip(typed, "datadog")).toBe(is)
  expect(new RegExp(slipPattern(typed), "u").test("the datadog of ireland") || typed === "datadog").toBe(
    is || typed === "datadog",
  )
})

test("what counts is the whole word, and the most frequent of what may be meant comes first", () => {
  const texts = ["lantern cloud ltd", "lantern data", "lanterns", "lanter"]
  expect(meantIn("latnern", texts)).toEqual(["lantern"])
  expect(meantIn("lantern", texts)).toEqual(["lanter", "lanterns"])
  expect(meantIn("clod", texts)).toEqual(["cloud"])
  expect(meantIn("aaab", ["aaaa", "aaac", "aaad", "aaae", "aaaf"])).toHaveLength(4)
})

test("short words and figures are taken as they are typed", () => {
  expect(["visa", "müller", "ab", "abc", "4711", "b2bworld", "a".repeat(31)].filter(forgives)).toEqual([
    "visa",
    "müller",
  ])
  expect(searchWords("harbour cloud harbour")).toEqual(["harbour", "cloud"])
  expect(searchWords("")).toBeNull()
  expect(searchWords("a b c d e f g")).toBeNull()
})

const letters = fc
  .array(fc.constantFrom("a", "b", "c", "ł", "字"), { minLength: 1, maxLength: 6 })
  .map((one) => one.join(""))

test("whatever is one slip off is found by the pattern, whichever of the two was typed", () => {
  fc.assert(
    fc.property(letters, letters, (typed, word) => {
      expect(oneSlip(typed, word)).toBe(oneSlip(word, typed))
      if (oneSlip(typed, word)) expect(new RegExp(slipPattern(typed), "u").test(`x ${word} y`)).toBe(true)
    }),
    { numRuns: 500 },
  )
})
