import { parse } from "csv-parse/sync"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { viewCsv } from "./view-csv"

const HOSTILE = [
  "=cmd|' /C calc'!A0",
  "=1+1",
  "+49 30 123",
  "-2+3",
  "@SUM(A1)",
  "\t=1",
  "\r=1",
  "\n=1",
  "\0=1",
  "\uFEFF=1",
  "\uD800=1",
  '"=1',
  "＝1",
]

const read = (csv: string): string[][] => parse(csv, { bom: true, relaxColumnCount: false }) as string[][]

/** What a spreadsheet takes for the beginning of a formula; a bare number is none. */
function startsFormula(cell: string): boolean {
  return /^[\s\0\uFEFF]*[=+\-@＝＋－＠]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell)
}

describe("the CSV of a view", () => {
  test("begins with the mark of UTF-8 and ends every line as RFC 4180 says", () => {
    expect(viewCsv(["a", "b"], [["1", "2"]])).toBe("\uFEFFa,b\r\n1,2\r\n")
  })
  test("keeps quotes, commas and line breaks inside their cell", () => {
    const cells = ['say "no"', "a,b", "one\ntwo", " ; "]
    expect(read(viewCsv(["w", "x", "y", "z"], [cells]))[1]).toEqual(cells)
  })
  test("of nothing is its header", () => {
    expect(read(viewCsv(["a", "b"], []))).toEqual([["a", "b"]])
  })
  test.each(HOSTILE)("starts no formula with %j, in a row or in a header", (text) => {
    for (const row of read(viewCsv([text, "b"], [["a", text]])))
      for (const cell of row) expect(startsFormula(cell)).toBe(false)
  })
  test("starts a formula with no text at all, and stays a table", () => {
    const piece = fc.oneof(fc.constantFrom(...HOSTILE, " ", ",", ";", "'", "\r\n"), fc.string({ unit: "binary" }))
    const text = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(""))
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { maxLength: 5 }), (rows) => {
        const csv = viewCsv(["a", "b"], rows)
        expect(new TextDecoder().decode(new TextEncoder().encode(csv.slice(1)))).toBe(csv.slice(1))
        expect(csv).not.toContain("\0")
        const cells = read(csv)
        expect(cells).toHaveLength(rows.length + 1)
        for (const cell of cells.flat()) expect(startsFormula(cell), JSON.stringify(cell)).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })
  test("is refused where a row has not the cells of its header", () => {
    expect(() => viewCsv(["a", "b"], [["1"]])).toThrow("as many cells")
  })
})
