import { open } from "node:fs/promises"
import { good, type Outcome } from "@/domain/core/outcome"
import {
  LIMIT_COLUMNS,
  UnreadableError,
  sizeOf,
  unreadable,
  withHeader,
  type Source,
  type Table,
  type TableRow,
} from "./table"
import { readBook, unescaped, type Book } from "./xlsx-book"
import { columnOf, dayOfSerial, numberText } from "./xlsx-values"
import { walkXml } from "./xml"
import { openZip, type ZipLimits, type ZipParts } from "./zip-parts"

export type XlsxOptions = { sheet?: string; limitBytes?: number; zip?: ZipLimits }

/** No spreadsheet has more rows. */
const MOST_ROWS = 1_048_576

/**
 * Opens one sheet of a workbook, the first that is shown unless one is named. Days come out as `2026-03-31`, formulas
 * as the value that the file keeps of them; nothing is worked out. Rows are read as they are asked for.
 */
export async function openXlsx(source: Source, options: XlsxOptions = {}): Promise<Outcome<Table>> {
  const opened = await openWorkbook(source, options)
  if (!opened.ok) return opened
  const { zip, book } = opened.value
  const named = options.sheet
  const sheet = named === undefined ? (book.sheets.find((each) => each.visible) ?? book.sheets[0]) : byName(book, named)
  if (!sheet) {
    zip.close()
    const sheets = book.sheets.map(({ name }) => name).join(", ")
    return unreadable("import.no-sheet", { sheet: named ?? "", sheets })
  }
  const table = await withHeader("xlsx", sheet.name, rowsOf(zip, book, sheet))
  if (!table.ok) zip.close()
  return table
}

/** The names of a workbook's sheets that are shown, in their order. */
export async function sheetNames(source: Source, options: XlsxOptions = {}): Promise<Outcome<string[]>> {
  const opened = await openWorkbook(source, options)
  if (!opened.ok) return opened
  opened.value.zip.close()
  return good(opened.value.book.sheets.filter(({ visible }) => visible).map(({ name }) => name))
}

function byName(book: Book, name: string): Book["sheets"][number] | undefined {
  return book.sheets.find((sheet) => sheet.name === name)
}

async function openWorkbook(source: Source, options: XlsxOptions): Promise<Outcome<{ zip: ZipParts; book: Book }>> {
  const size = await sizeOf(source, options.limitBytes)
  if (!size.ok) return size
  // A workbook under a password, and the format of before 2007, are no zip but this older container.
  if ((await firstBytes(source)).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))) return unreadable("import.xlsx-locked")
  const zip = await openZip(source, options.zip)
  if (!zip.ok) return zip
  const book = await readBook(zip.value)
  if (book.ok) return good({ zip: zip.value, book: book.value })
  zip.value.close()
  return book
}

async function firstBytes(source: Source): Promise<Buffer> {
  if ("bytes" in source) return Buffer.from(source.bytes.subarray(0, 4))
  const file = await open(source.path)
  try {
    return (await file.read(Buffer.alloc(4), 0, 4, 0)).buffer
  } finally {
    await file.close()
  }
}

/** A cell on the way: where it stands, what its type says, and what was gathered of it. */
type Cell = { at: number; type: string; dated: boolean; value: string; inline: string; formula: boolean }

async function* rowsOf(zip: ZipParts, book: Book, sheet: { name: string; part: string }): AsyncIterable<TableRow> {
  const ready: TableRow[] = []
  let row = 0
  let cells: string[] = []
  let formulas: number[] = []
  let cell: Cell | null = null
  let last = -1
  let inside: "v" | "t" | null = null
  let phonetic = 0
  const steps = walkXml(zip.read(sheet.part), {
    open: (tag, attributes) => {
      if (tag === "row") {
        const number = Number(attributes["r"] ?? row + 1)
        // Rows that go back or beyond the last would be lost or never end.
        if (!Number.isSafeInteger(number) || number <= row || number > MOST_ROWS) throw broken()
        row = number
        cells = []
        formulas = []
        last = -1
      } else if (tag === "c") {
        last = columnOf(attributes["r"]) ?? last + 1
        const dated = book.dateStyles[Number(attributes["s"] ?? 0)] ?? false
        cell = { at: last, type: attributes["t"] ?? "n", dated, value: "", inline: "", formula: false }
      } else if (tag === "f" && cell) cell.formula = true
      else if (tag === "rPh") phonetic += 1
      inside = tag === "v" ? "v" : tag === "t" && phonetic === 0 ? "t" : null
    },
    text: (text) => {
      if (cell && inside === "v") cell.value += text
      if (cell && inside === "t") cell.inline += text
    },
    close: (tag) => {
      inside = null
      if (tag === "rPh") phonetic -= 1
      if (tag === "c" && cell) {
        put(cells, cell, book)
        if (cell.formula) formulas.push(cell.at)
        cell = null
      } else if (tag === "row") {
        ready.push({ sheet: sheet.name, row, cells, ...(formulas.length > 0 ? { formulas } : {}) })
      }
    },
  })
  try {
    for await (const _step of steps) yield* ready.splice(0)
  } finally {
    zip.close()
  }
}

/** Puts a cell in its place. What stands beyond the last column that is kept stands just behind it, to be noticed. */
function put(cells: string[], cell: Cell, book: Book): void {
  const text = textOf(cell, book)
  if (text === "") return
  const at = Math.min(cell.at, LIMIT_COLUMNS)
  while (cells.length <= at) cells.push("")
  cells[at] = text
}

function textOf(cell: Cell, book: Book): string {
  switch (cell.type) {
    case "s":
      return book.strings[Number(cell.value || -1)] ?? ""
    case "inlineStr":
      return unescaped(cell.inline)
    case "b":
      return cell.value === "1" ? "TRUE" : cell.value === "0" ? "FALSE" : ""
    case "str":
      return unescaped(cell.value)
    case "n":
      return cell.dated ? dayOfSerial(cell.value, book.since1904) : numberText(cell.value)
    default:
      return cell.value
  }
}

function broken(): UnreadableError {
  return new UnreadableError(unreadable("import.xlsx-broken"))
}
