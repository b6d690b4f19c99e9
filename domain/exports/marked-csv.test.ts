import { expect, test } from "vitest"
import { csvLine } from "./cell"
import { markedCsv } from "./marked-csv"

test.each([
  ["a,b\r\n1,2\r\n", "a,b,by\r\n1,2,Sven\r\n"],
  ["a\n1\n", "a,by\n1,Sven\n"],
  ["a", "a,by"],
  ["", ""],
  ['a\r\n"two\r\nlines ""quoted"""\r\n3', 'a,by\r\n"two\r\nlines ""quoted""",Sven\r\n3,Sven'],
])("%j bears who took it in every line", (csv, marked) => expect(markedCsv(csv, "by", "Sven")).toBe(marked))

test("whatever stands in the cells, each line gets one more and no other changes", () => {
  const cells = ["plain", "with, comma", 'a "quote"', "two\r\nlines", "=formula()", "", "名前", "'"]
  const lines = cells.map((cell, i) => csvLine([cell, cells[(i * 3) % cells.length] ?? ""]))
  const text = csvLine(["x", "y"]) + lines.join("")
  const marked = markedCsv(text, "by", "Sven, on a day")
  expect(marked.split(',"Sven, on a day"').length - 1).toBe(cells.length)
  expect(marked.replaceAll(',"Sven, on a day"', "").replace(",by", "")).toBe(text)
})
