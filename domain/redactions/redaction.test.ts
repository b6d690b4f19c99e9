import fc from "fast-check"
import { expect, test } from "vitest"
import { inOrder, mismatchOf, readPages, type Withheld } from "./redaction"

const one = (page: number): Withheld => ({ page, reason: "secret", words: "" })

test.each<[string, number[], number | null, number[] | null]>([
  ["in their order", [3, 1], 4, [1, 3]],
  ["none", [], 4, null],
  ["one twice", [2, 2], 4, null],
  ["all of them", [1, 2], 2, null],
  ["one that is not there", [5], 4, null],
  ["where nobody knows how many there are", [5], null, [5]],
])("pages withheld: %s", (_name, pages, count, expected) => {
  expect(inOrder(pages.map(one), count)?.map(({ page }) => page) ?? null).toEqual(expected)
})

test.each<[string, number[] | null]>([
  ["1, 3-5", [1, 3, 4, 5]],
  [" 2;2 7", [2, 7]],
  ["", []],
  ["0", null],
  ["5-3", null],
  ["one", null],
  ["1-9999", null],
])("pages typed as %s", (typed, pages) => {
  expect(readPages(typed)).toEqual(pages)
})

const long = "a page that has enough to say for itself"
test.each<[string, string[], string[], number[], string | null]>([
  ["as it should be", ["kept", long], ["sheet", "kept", "withheld"], [2], null],
  ["with a field drawn into it", ["kept", long], ["sheet", "kept Ada", "withheld"], [2], null],
  ["a kept page that says less", ["kept words", long], ["sheet", "kept", "withheld"], [2], "not-kept"],
  ["a withheld page that is there", ["kept", long], ["sheet", "kept", `x ${long}`], [2], "not-withheld"],
  ["a page too few", ["kept", long], ["sheet", "kept"], [2], "not-kept"],
])("a copy is held against its original: %s", (_name, original, copy, gone, why) => {
  expect(mismatchOf(original, copy, new Set(gone), 1)?.why ?? null).toBe(why)
})

test("a kept page that says all of a withheld one is told, a line at the foot alone is not", () => {
  const both = "Left side of the sheet. Right side: the price is nine million."
  expect(mismatchOf([both, both], ["first", both, "Page 2 withheld"], new Set([2]), 1)).toEqual({
    ...{ page: 2, why: "said-again", on: 1 },
  })
  const foot = "Example GmbH, confidential"
  expect(mismatchOf([`One. ${foot}`, foot], ["first", `One. ${foot}`, "Page 2"], new Set([2]), 1)).toBeNull()
})

test("pages typed are read back whatever order they stand in", () => {
  const pages = fc.uniqueArray(fc.integer({ min: 1, max: 2000 }), { maxLength: 30 })
  fc.assert(
    fc.property(pages, (list) => void expect(readPages(list.join(", "))).toEqual([...list].sort((a, b) => a - b))),
  )
})
