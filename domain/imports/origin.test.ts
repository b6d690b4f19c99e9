import { expect, test } from "vitest"
import { columnLetters, originsOf } from "./origin"

test.each([
  [0, "A"],
  [25, "Z"],
  [26, "AA"],
  [51, "AZ"],
  [52, "BA"],
  [701, "ZZ"],
  [702, "AAA"],
])("column %i is %s in a spreadsheet", (place, letters) => {
  expect(columnLetters(place)).toBe(letters)
})

const file = {
  header: ["Vendor", "Country", "Purpose", "DPA", "Cost centre", "Ignored"],
  map: { 0: "legalName", 1: "country", 2: "purposes", 3: "dpa", 4: "extra", 5: "ignore" } as const,
  row: 12,
}

test.each([
  ["party", [], ["legalName A12", "country B12"]],
  ["sharing", ["Cost centre"], ["legalName A12", "purposes C12", "extra E12"]],
  ["agreement", [], ["legalName A12", "dpa D12"]],
])("the values of a %s are told by the cells that they came from", (kind, extra, told) => {
  expect(originsOf(kind, { ...file, extra }).map((one) => `${one.field} ${one.cell}`)).toEqual(told)
})
