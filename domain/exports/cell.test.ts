import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { csvLine, safeCell, unguarded } from "./cell"

describe("a cell", () => {
  test.each([
    "=1+1",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "\t=1",
    "\r=1",
    " =1",
    "\n@x",
    "\uFF1D1",
    "%0A",
    "|x",
  ])("that would start a formula does not: %j", (text) => {
    expect(safeCell(text).startsWith("'")).toBe(true)
  })
  test.each(["Harbour Cloud", "-5", "3.5", "2026-01-01", "a=b", "'quoted"])(
    "that starts none stays as it is: %j",
    (text) => {
      expect(safeCell(text)).toBe(text)
    },
  )
  test("begins a formula for no text at all", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const safe = safeCell(text)
        expect(/^[=+@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(safe)).toBe(false)
        if (safe.startsWith("-")) expect(Number.isFinite(Number(safe))).toBe(true)
        expect(safe).not.toContain("\0")
      }),
    )
  })
  test("comes back as it went out", () => {
    const tricky = fc.string({ unit: fc.constantFrom("'", "=", "+", "-", "@", "|", "%", " ", "1", "x", "\t") })
    fc.assert(
      fc.property(tricky, (text) => {
        expect(unguarded(safeCell(text))).toBe(text)
      }),
    )
  })
  test("with quotes, commas and line breaks stays one cell", () => {
    expect(csvLine(['a "b"', "c,d", "e\nf", ""])).toBe('"a ""b""","c,d","e\nf",\r\n')
  })
})
