import { expect, test } from "vitest"
import { corrected, withLeftOut, withTyped } from "./corrections"

const ROW = { sheet: "Vendors", row: 48, cells: ["Acme", "UK"], formulas: [1] }
const ON = { read: new Map([[48, ["Acme", "UK"]]]), columns: 3, by: "psn_1", at: "2026-03-01T10:00:00.000Z" }

test("a row is read with what was typed, and a typed value is no formula's", () => {
  const { corrections, changed } = withTyped({}, [{ row: 48, place: 1, value: "GB" }], ON)
  expect(changed).toBe(1)
  expect(corrected(ROW, corrections)).toEqual({ sheet: "Vendors", row: 48, cells: ["Acme", "GB"], formulas: [] })
  expect(corrected({ ...ROW, row: 49 }, corrections).cells).toEqual(["Acme", "UK"])
})

test("a cell beyond the last of a short row is filled in", () => {
  const { corrections } = withTyped({}, [{ row: 48, place: 2, value: "processor" }], ON)
  expect(corrected(ROW, corrections).cells).toEqual(["Acme", "UK", "processor"])
  expect(corrected({ ...ROW, cells: ["Acme"] }, corrections).cells).toEqual(["Acme", "", "processor"])
})

test("what is as it was read, of no wrong row, or of no column is no correction", () => {
  const typed = [
    { row: 48, place: 1, value: "UK" },
    { row: 50, place: 1, value: "GB" },
    { row: 48, place: 3, value: "x" },
  ]
  expect(withTyped({}, typed, ON)).toEqual({ corrections: {}, changed: 0 })
})

test("what was typed before in another cell of the row stays, and a row that could not be read is not touched", () => {
  const first = withTyped({}, [{ row: 48, place: 0, value: "Acme Ltd" }], ON).corrections
  const { corrections } = withTyped(first, [{ row: 48, place: 1, value: "GB" }], { ...ON, by: "psn_2" })
  expect(corrections["48"]).toEqual({ cells: { "0": "Acme Ltd", "1": "GB" }, by: "psn_2", at: ON.at })
  const unread = { ...ROW, cells: [], fault: "import.broken-row" }
  expect(corrected(unread, corrections)).toBe(unread)
})

test("a row with too many cells is typed anew: what stands beyond the last column is taken away", () => {
  const long = { ...ROW, cells: ["Acme", " Inc", "GB", ""], formulas: [] }
  const on = { ...ON, columns: 2, read: new Map([[48, long.cells]]) }
  const typed = ["Acme, Inc", "GB", "", ""].map((value, place) => ({ row: 48, place, value }))
  const { corrections, changed } = withTyped({}, typed, on)
  expect(changed).toBe(3)
  expect(corrected(long, corrections).cells).toEqual(["Acme, Inc", "GB", "", ""])
  expect(withTyped({}, [{ row: 48, place: 4, value: "x" }], on).changed).toBe(0)
})

test("ends of lines as a form sends them are no correction", () => {
  const on = { ...ON, read: new Map([[48, ["one\ntwo"]]]) }
  expect(withTyped({}, [{ row: 48, place: 0, value: "one\r\ntwo" }], on).changed).toBe(0)
})

test("wrong rows are left out and taken back, with who said so; a good row and a row twice are not", () => {
  const on = { wrong: new Set([7, 9]), by: "psn_1", at: ON.at }
  const first = withLeftOut({}, { leave: [7, 8, 7], back: [9] }, on)
  expect(first).toEqual({ leftOut: { "7": { by: "psn_1", at: ON.at } }, changed: 1 })
  const second = withLeftOut(first.leftOut, { leave: [7, 9], back: [] }, { ...on, by: "psn_2" })
  expect(second).toMatchObject({ leftOut: { "7": { by: "psn_1" }, "9": { by: "psn_2" } }, changed: 1 })
  expect(withLeftOut(second.leftOut, { leave: [], back: [7, 8] }, on)).toMatchObject({
    leftOut: { "9": { by: "psn_2" } },
    changed: 1,
  })
})
