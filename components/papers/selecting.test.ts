import { describe, expect, it, test } from "vitest"
import { areaBetween, grown } from "./selecting"

const TEXT = "The Recipient keeps\nall data secret (also after the end)."

describe("what is selected grows to whole words", () => {
  it.each([
    ["inside a word", "cipi", "Recipient"],
    ["over a line", "ps\nall da", "keeps\nall data"],
    ["with space around", " Recipient ", "Recipient"],
    ["with a bracket", "cret (al", "secret (also"],
    ["nothing but space", " ", null],
    ["to the end", "fter the end).", "after the end"],
  ])("%s", (_name, selected, words) => {
    const from = TEXT.indexOf(selected)
    expect(grown(TEXT, from, from + selected.length)).toBe(words)
  })

  it("whatever runs past the end ends there", () => {
    expect(grown(TEXT, TEXT.length - 5, TEXT.length + 100)).toBe("end")
  })
})

test("a part of a page is in ten-thousandths, whichever corner comes first, inside the page, and meant", () => {
  expect(areaBetween({ x: 0.5, y: 0.25 }, { x: 0.1, y: 1.2 })).toEqual({
    left: 1000,
    top: 2500,
    width: 4000,
    height: 7500,
  })
  expect(areaBetween({ x: 0.5, y: 0.5 }, { x: 0.505, y: 0.9 })).toBeNull()
  expect(areaBetween({ x: 0.1, y: 0.5 }, { x: 0.9, y: 0.502 })).toBeNull()
})
