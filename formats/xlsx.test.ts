import fc from "fast-check"
import { expect, test } from "vitest"
import { IMPORT_WORDS } from "@/components/words/import"
import { madeWorkbook, reference, workbookParts, zipped, type MadeCell } from "@/testing/workbook"
import { eachRow, type TableRow } from "./table"
import { openXlsx, sheetNames, type XlsxOptions } from "./xlsx"
import { columnOf, dayOfSerial, isDateFormat } from "./xlsx-values"

type Read = { sheet: string | null; header: string[]; rows: TableRow[] }

async function read(bytes: Uint8Array, options?: XlsxOptions): Promise<Read | string> {
  const opened = await openXlsx({ bytes }, options)
  if (!opened.ok) return opened.says
  const { sheet, header } = opened.value
  const rows: TableRow[] = []
  const done = await eachRow(opened.value, (row) => void rows.push(row))
  return done.ok ? { sheet, header, rows } : done.says
}

const sheet = (rows: MadeCell[][], name = "Vendors"): { name: string; rows: MadeCell[][] } => ({ name, rows })

test("cells of every kind come out as text, days as days, and a formula as its kept value", async () => {
  const bytes = await madeWorkbook([
    sheet([
      [],
      ["Name", "Since", null, "Name"],
      ["Fährmann & Co <KG>", { serial: 45351 }, 12.5, true],
      [],
      [{ inline: "  Ørsted\n" }, { serial: 45351.5 }, null, false],
      [{ formula: "HYPERLINK(1)", value: "Click" }, { error: "#REF!" }, "x"],
    ]),
  ])
  expect(await read(bytes)).toEqual({
    sheet: "Vendors",
    header: ["Name", "Since", "column 3", "Name (column 4)"],
    rows: [
      { sheet: "Vendors", row: 3, cells: ["Fährmann & Co <KG>", "2024-02-29", "12.5", "TRUE"] },
      { sheet: "Vendors", row: 5, cells: ["  Ørsted\n", "2024-02-29T12:00:00", "", "FALSE"] },
      { sheet: "Vendors", row: 6, cells: ["Click", "#REF!", "x"], formulas: [0] },
    ],
  })
})

test("the first sheet that is shown is read, or the one that is named", async () => {
  const bytes = await madeWorkbook([
    { ...sheet([["hidden"], ["h"]], "Lists"), hidden: true },
    sheet([["a"], ["1"]], "First & best"),
    sheet([["b"], ["2"]], "Second"),
  ])
  expect(await sheetNames({ bytes })).toEqual({ ok: true, value: ["First & best", "Second"] })
  expect(await read(bytes)).toMatchObject({ sheet: "First & best", header: ["a"] })
  expect(await read(bytes, { sheet: "Second" })).toMatchObject({ sheet: "Second", header: ["b"] })
  expect(await read(bytes, { sheet: "Lists" })).toMatchObject({ sheet: "Lists" })
  expect(await openXlsx({ bytes }, { sheet: "Third" })).toMatchObject({
    says: "import.no-sheet",
    params: { sheet: "Third", sheets: "Lists, First & best, Second" },
  })
})

test.each<[string, boolean, string]>([
  ["1", false, "1900-01-01"],
  ["59", false, "1900-02-28"],
  ["60", false, "1900-02-29"],
  ["61", false, "1900-03-01"],
  ["45351", false, "2024-02-29"],
  ["45351.25", false, "2024-02-29T06:00:00"],
  ["45351.9999999", false, "2024-03-01"],
  ["2958465", false, "9999-12-31"],
  ["2958466", false, "2958466"],
  ["-3", false, "-3"],
  ["0", true, "1904-01-01"],
  ["43889", true, "2024-02-29"],
  ["", false, ""],
])("the number %s (since 1904: %s) is the day %s", (raw, since1904, text) => {
  expect(dayOfSerial(raw, since1904)).toBe(text)
})

test("a workbook that counts from 1904 is read so", async () => {
  const bytes = await madeWorkbook([sheet([["On"], [{ serial: 43889 }]])], true)
  expect(await read(bytes)).toMatchObject({ rows: [{ cells: ["2024-02-29"] }] })
})

test.each<[number, string | undefined, boolean]>([
  [14, undefined, true],
  [0, undefined, false],
  [20, undefined, false],
  [46, undefined, false],
  [164, "yyyy\\-mm\\-dd", true],
  [164, "[$-407]d. mmmm yyyy;@", true],
  [164, "mmm", true],
  [164, "hh:mm", false],
  [164, "[h]:mm:ss", false],
  [164, "mm:ss.0", false],
  [164, '0 "days"', false],
  [164, "[Red]0.00", false],
  [164, "General", false],
  [164, "#,##0_d", false],
])("format %i %j shows a day: %s", (id, code, shows) => {
  expect(isDateFormat(id, code)).toBe(shows)
})

test("references of cells name their columns", () => {
  fc.assert(
    fc.property(fc.nat(16_383), fc.integer({ min: 1, max: 1e6 }), (column, row) => {
      expect(columnOf(reference(column, row))).toBe(column)
    }),
  )
  expect([columnOf("a1"), columnOf(undefined), columnOf("ABCD1")]).toEqual([null, null, null])
})

test("any table of texts comes back from a workbook as it was", async () => {
  const cell = fc.string({ unit: "binary", maxLength: 9 }).filter((text) => !/[\ufffe\uffff]|_x/.test(text))
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 6 }),
      fc.boolean(),
      async (rows, inline) => {
        const bytes = await madeWorkbook([
          sheet([
            ["A", "B", "C", "D"],
            ...rows.map((cells) => cells.map((text) => (inline ? { inline: text } : text))),
          ]),
        ])
        const table = await read(bytes)
        if (typeof table === "string") throw new Error(table)
        const trimmed = (cells: readonly string[]): string[] =>
          cells.slice(0, cells.findLastIndex((text) => text !== "") + 1)
        expect(table.rows.map(({ row, cells }) => [row, trimmed(cells)])).toEqual(
          rows
            .map((cells, at) => [at + 2, trimmed(cells)] as const)
            .filter(([, cells]) => cells.some((text) => text.trim() !== "")),
        )
      },
    ),
    { numRuns: 60 },
  )
})

test("a row with a cell beyond the last column that is kept is told apart; styled empty cells cost nothing", async () => {
  const parts = workbookParts([sheet([["Name"], ["A"]])])
  const wide = (content: string): string =>
    (parts.get("xl/worksheets/s1.xml") ?? "").replace(
      "</row></sheetData>",
      `<c r="XFD2" s="2">${content}</c></row></sheetData>`,
    )
  const empty = await zipped(new Map([...parts, ["xl/worksheets/s1.xml", wide("")]]))
  expect(await read(empty)).toMatchObject({ rows: [{ cells: ["A"] }] })
  const full = await read(await zipped(new Map([...parts, ["xl/worksheets/s1.xml", wide("<v>1</v>")]])))
  expect(typeof full === "string" ? full : full.rows[0]?.cells.length).toBe(201)
})

const good = workbookParts([sheet([["Name"], ["A"]])])
const withPart = (name: string, content: string | Buffer): Promise<Buffer> =>
  zipped(new Map<string, string | Buffer>([...good, [name, content]]))
const many = (count: number): [string, string][] => Array.from({ length: count }, (_n, at) => [`x/${at}`, "x"])

test.each<[string, () => Promise<Uint8Array>, string]>([
  ["nothing", () => Promise.resolve(Buffer.alloc(0)), "import.empty"],
  ["text", () => Promise.resolve(Buffer.from("Name;Country")), "import.zip-broken"],
  ["half a workbook", async () => (await zipped(good)).subarray(0, 900), "import.zip-broken"],
  ["another zip", () => zipped([["hello.txt", "hello"]]), "import.xlsx-broken"],
  [
    "an old workbook, or one under a password",
    () => Promise.resolve(Buffer.from("d0cf11e0a1b11ae1", "hex")),
    "import.xlsx-locked",
  ],
  ["a thousand and more parts", () => zipped([...good, ...many(1000)]), "import.zip-bomb"],
  ["zeros that unpack a thousandfold", () => withPart("xl/media/a.bin", Buffer.alloc(20_000_000)), "import.zip-bomb"],
  [
    "a sheet of blanks that unpacks a thousandfold",
    () => withPart("xl/worksheets/s1.xml", `<worksheet>${" ".repeat(3_000_000)}</worksheet>`),
    "import.zip-bomb",
  ],
  [
    "a document type",
    () => withPart("xl/worksheets/s1.xml", '<!DOCTYPE w [<!ENTITY a "b">]><worksheet>&a;</worksheet>'),
    "import.xlsx-broken",
  ],
  [
    "an entity of its own",
    () => withPart("xl/worksheets/s1.xml", "<worksheet><row><c><v>&a;</v></c></row></worksheet>"),
    "import.xlsx-broken",
  ],
  ["tags that nest without end", () => withPart("xl/worksheets/s1.xml", "<a>".repeat(65)), "import.xlsx-broken"],
  [
    "a sheet that breaks off",
    () => withPart("xl/worksheets/s1.xml", "<worksheet><sheetData><row>"),
    "import.xlsx-broken",
  ],
  [
    "rows that go back",
    () => withPart("xl/worksheets/s1.xml", '<worksheet><row r="2"/><row r="2"/></worksheet>'),
    "import.xlsx-broken",
  ],
  [
    "more rows than there are",
    () => withPart("xl/worksheets/s1.xml", '<worksheet><row r="1048577"/></worksheet>'),
    "import.xlsx-broken",
  ],
  [
    "bytes that are no UTF-8",
    () => withPart("xl/worksheets/s1.xml", Buffer.from([0x3c, 0x61, 0x3e, 0xff])),
    "import.xlsx-broken",
  ],
  ["an empty sheet", () => withPart("xl/worksheets/s1.xml", "<worksheet><sheetData/></worksheet>"), "import.empty"],
])("a file named .xlsx that holds %s is refused with its reason", async (_what, bytes, says) => {
  expect(await read(await bytes())).toBe(says)
  expect(IMPORT_WORDS).toHaveProperty([says])
})

test("a zip whose directory lies about sizes is found out while it is unpacked", async () => {
  const rows = `<worksheet><sheetData>${"<row><c><v>1</v></c></row>".repeat(3000)}</sheetData></worksheet>`
  const bytes = await withPart("xl/worksheets/s1.xml", rows)
  const size = Buffer.alloc(4)
  size.writeUInt32LE(Buffer.byteLength(rows))
  const lie = Buffer.alloc(4)
  lie.writeUInt32LE(60)
  const at = bytes.lastIndexOf(size)
  lie.copy(bytes, at)
  expect(await read(bytes)).toBe("import.zip-broken")
})

test("what is unpacked is counted over all parts", async () => {
  const bytes = await zipped(good)
  const total = [...good.values()].reduce((sum, text) => sum + text.length, 0)
  expect(await read(bytes, { zip: { entries: 20, inflatedBytes: total, ratio: 100 } })).toMatchObject({
    sheet: "Vendors",
  })
  expect(await read(bytes, { zip: { entries: 20, inflatedBytes: total - 1, ratio: 100 } })).toBe("import.zip-bomb")
  expect(await read(bytes, { zip: { entries: good.size - 1, inflatedBytes: total, ratio: 100 } })).toBe(
    "import.zip-bomb",
  )
})

test("entries that lie over one another are refused", async () => {
  const bytes = await zipped(good)
  const directory = bytes.readUInt32LE(bytes.length - 6)
  const nameLength = bytes.readUInt16LE(directory + 28)
  // The second entry of the directory is pointed at the first one's bytes.
  bytes.writeUInt32LE(0, directory + 46 + nameLength + bytes.readUInt16LE(directory + 30) + 42)
  expect(await read(bytes)).toBe("import.zip-bomb")
})
