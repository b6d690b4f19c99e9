import { expect, test } from "vitest"
import { findIn } from "@/domain/clauses/find"
import { CHECKLISTS } from "@/domain/vocabulary/checklists"
import { SAMPLE_PAPER, samplePage, sampleWords } from "./paper"

test("the sample's paper says every clause of every kind, in its words, on the page that it is said to", () => {
  const pages = SAMPLE_PAPER.map((text, i) => ({ page: i + 1, text }))
  const items = new Set(Object.values(CHECKLISTS).flatMap((list) => list.map(({ item }) => item)))
  expect(items.size).toBeGreaterThan(40)
  for (const item of items)
    expect([item, findIn(pages, sampleWords(item)).map(({ page }) => page)]).toEqual([
      item,
      expect.arrayContaining([samplePage(item)]),
    ])
})
