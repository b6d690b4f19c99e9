import fc from "fast-check"
import { expect, test } from "vitest"
import { openCsv, sniffDelimiter } from "./csv"
import { eachRow, type TableRow } from "./table"

async function read(text: string): Promise<{ header: string[]; rows: TableRow[] } | string> {
  const opened = await openCsv({ bytes: Buffer.from(text) })
  if (!opened.ok) return `${opened.says} ${opened.params?.row ?? ""}`.trim()
  const rows: TableRow[] = []
  const done = await eachRow(opened.value, (row) => void rows.push(row))
  return done.ok ? { header: opened.value.header, rows } : `${done.says} ${done.params?.row}`
}

const cells = (rows: TableRow[]): string[][] => rows.map((row) => row.cells)

test.each([
  [",", "Name,Country,Note\nA,DE,x;y;z\n"],
  [";", 'Name;Country\n"A, B, C";DE\n'],
  ["\t", "Name\tCountry\nA, B\tDE; FR\n"],
  [",", '"a;b;c","d"\n1,2\n'],
  [",", "Name\nA\n"],
  [";", '"Name, in full, as registered";Country\nA;DE\n'],
  [",", "Name,Purpose; and why; in words\nA,b\nC,d\nE,f\n"],
])("the separator %j is found", (delimiter, text) => {
  expect(sniffDelimiter(text)).toBe(delimiter)
})

test("rows carry the number a spreadsheet shows, through quoted line breaks and blank lines", async () => {
  const text = '\ufeffName;Note\r\n"A";"first\r\nsecond"\r\n\r\nB;"say ""hi"""\r\n;\r\nC;\r\n'
  expect(await read(text)).toEqual({
    header: ["Name", "Note"],
    rows: [
      { sheet: null, row: 2, cells: ["A", "first\r\nsecond"] },
      { sheet: null, row: 4, cells: ["B", 'say "hi"'] },
      { sheet: null, row: 6, cells: ["C", ""] },
    ],
  })
})

test("columns without a name, or with one that was there before, are called by their place", async () => {
  expect(await read("Name,,Name,Name \n1,2,3,4\n")).toMatchObject({
    header: ["Name", "column 2", "Name (column 3)", "Name (column 4)"],
  })
})

test("a first line that names the separator is obeyed and counted", async () => {
  expect(await read("sep=;\nName,A;B\nx;y\n")).toEqual({
    header: ["Name,A", "B"],
    rows: [{ sheet: null, row: 3, cells: ["x", "y"] }],
  })
})

test("a row too short or too long is read as it is, and the rows after it too", async () => {
  const table = await read("a,b\n1\n1,2,3\n4,5\n")
  expect(typeof table === "string" ? table : cells(table.rows)).toEqual([["1"], ["1", "2", "3"], ["4", "5"]])
})

test("a stray quotation mark inside a cell costs no row", async () => {
  const table = await read('a,b\n3" pipe,x\n4,5\n')
  expect(typeof table === "string" ? table : cells(table.rows)).toEqual([
    ['3" pipe', "x"],
    ["4", "5"],
  ])
})

test("a quotation mark that is never closed is named by its row", async () => {
  expect(await read('a,b\n1,2\n"3,4\n5,6\n')).toBe("import.csv-quote 3")
  expect(await read(`a,b\n1,2\n3,4\n"5,${"6,7\n".repeat(400_000)}`)).toBe("import.csv-quote 4")
})

test("a file without a header is refused as empty", async () => {
  expect(await read(",,\n,\n\n")).toBe("import.empty")
})

test("more columns than a record keeps are refused", async () => {
  expect(await read(`${Array.from({ length: 201 }, (_n, at) => `c${at}`).join(",")}\n1\n`)).toBe(
    "import.too-many-columns",
  )
})

test("any table written as CSV is read back the same, whatever its separator", async () => {
  const cell = fc.string({ unit: "binary", maxLength: 8 }).filter((text) => !/[\u0000\ufeff]/.test(text))
  const row = fc.array(cell, { minLength: 2, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(",", ";", "\t"),
      fc.array(row, { maxLength: 12 }),
      fc.constantFrom("\n", "\r\n"),
      async (delimiter, rows, end) => {
        const full = rows.filter((cells) => cells.some((text) => text.trim() !== ""))
        const write = (cells: string[]): string =>
          cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(delimiter) + end
        const table = await read(write(["A", "B", "C", "D"]) + full.map(write).join(""))
        expect(typeof table === "string" ? table : cells(table.rows)).toEqual(full)
      },
    ),
  )
})
