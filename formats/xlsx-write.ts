import { open, rm, type FileHandle } from "node:fs/promises"
import { join } from "node:path"
import { crc32 } from "node:zlib"
import { central, end, local, LIMITS, type Entry } from "./package-zip"

/** A cell as it is written: text as text, whatever it looks like; null or an empty text leaves it empty. */
export type XlsxCell = string | number | null

/** A sheet: its name (31 signs at most), its head, and how wide each column is, in signs. */
export type XlsxSheet = { name: string; head: readonly string[]; widths?: readonly number[] }

/** No spreadsheet has more rows, and none more signs in a cell. */
const MOST_ROWS = 1_048_576
const MOST_SIGNS = 32_767
/** So much is gathered before it is written. */
const PIECE = 256 * 1024

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
const PACKAGE = "http://schemas.openxmlformats.org/package/2006"
const [TEXT, HEAD, NUMBER] = [1, 2, 3]

/** A part of the workbook that lies on the disk until all are written. */
type Part = {
  name: string
  path: string
  file: FileHandle
  rows: number
  crc: number
  bytes: number
  waiting: string[]
  length: number
}

/**
 * Writes a workbook sheet by sheet, rows as they come and to whichever sheet. Text is written in the cell itself, with the mark that it
 * is text (quotePrefix): nothing in it is a formula or a link. Nothing is compressed and no clock is asked: the same rows, the same
 * bytes. Rows beyond what a sheet holds go on in another of the same head. Holds one piece of each sheet.
 */
export class XlsxWriter {
  private readonly parts: Part[][] = []

  private constructor(
    private readonly folder: string,
    private readonly sheets: readonly XlsxSheet[],
    private readonly mostRows: number,
  ) {}

  /** `folder`: where the sheets lie meanwhile. `mostRows`: a test takes fewer. */
  static async open(folder: string, sheets: readonly XlsxSheet[], mostRows = MOST_ROWS): Promise<XlsxWriter> {
    const writer = new XlsxWriter(folder, sheets, mostRows)
    for (const [i] of sheets.entries()) writer.parts.push([await writer.begin(i, 0)])
    return writer
  }

  /** Adds rows to the sheet of this place. */
  async add(sheet: number, rows: readonly (readonly XlsxCell[])[]): Promise<void> {
    const own = this.parts[sheet] as Part[]
    for (const cells of rows) {
      let part = own[own.length - 1] as Part
      if (part.rows >= this.mostRows) own.push((part = await this.begin(sheet, own.length)))
      await put(part, rowXml((part.rows += 1), cells, null))
    }
  }

  /** The workbook, once; what lies on the disk is taken away. */
  async *bytes(): AsyncGenerator<Uint8Array> {
    const parts = this.parts.flat()
    try {
      for (const part of parts) {
        await put(part, "</sheetData></worksheet>")
        await flush(part)
        await part.file.close()
      }
      yield* zipped(parts)
    } finally {
      await this.close()
    }
  }

  /** Takes away what lies on the disk. */
  async close(): Promise<void> {
    for (const { file, path } of this.parts.flat()) {
      await file.close().catch(() => undefined)
      await rm(path, { force: true })
    }
  }

  private async begin(sheet: number, more: number): Promise<Part> {
    const { name, head, widths = [] } = this.sheets[sheet] as XlsxSheet
    const path = join(this.folder, `sheet-${sheet}-${more}.xml`)
    const part: Part = {
      ...{ name: more === 0 ? name : `${name} (${more + 1})`, path, file: await open(path, "w+", 0o600) },
      ...{ rows: 0, crc: 0, bytes: 0, waiting: [], length: 0 },
    }
    const columns = head.map(
      (_, i) => `<col min="${i + 1}" max="${i + 1}" width="${widths[i] ?? 24}" customWidth="1"/>`,
    )
    const pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    await put(
      part,
      `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>` +
        `<cols>${columns.join("")}</cols><sheetData>${rowXml((part.rows += 1), head, HEAD)}`,
    )
    return part
  }
}

async function put(part: Part, text: string): Promise<void> {
  part.waiting.push(text)
  part.length += text.length
  if (part.length >= PIECE) await flush(part)
}

async function flush(part: Part): Promise<void> {
  const bytes = Buffer.from(part.waiting.join(""), "utf8")
  part.waiting = []
  part.length = 0
  part.crc = crc32(bytes, part.crc)
  for (let done = 0; done < bytes.length;)
    done += (await part.file.write(bytes, done, bytes.length - done, part.bytes + done)).bytesWritten
  part.bytes += bytes.length
}

function rowXml(row: number, cells: readonly XlsxCell[], style: number | null): string {
  let xml = `<row r="${row}">`
  for (const [i, cell] of cells.entries()) {
    if (cell === null || cell === "") continue
    const at = `${lettersOf(i)}${row}`
    xml +=
      typeof cell === "number"
        ? `<c r="${at}" s="${style ?? NUMBER}"><v>${cell}</v></c>`
        : `<c r="${at}" s="${style ?? TEXT}" t="inlineStr"><is><t xml:space="preserve">${cellText(cell)}</t></is></c>`
  }
  return `${xml}</row>`
}

/** The letters of a column by its place, from 0. */
function lettersOf(place: number): string {
  const before = Math.floor(place / 26)
  return (before > 0 ? lettersOf(before - 1) : "") + String.fromCharCode(65 + (place % 26))
}

/**
 * Text as a cell holds it: signs that XML cannot hold as a workbook writes them (`_x0007_`), half signs as the sign that stands for an
 * unreadable one, and what is too long cut, with words that say so.
 */
export function cellText(text: string): string {
  const whole = text.replace(/\p{Surrogate}/gu, "\ufffd")
  const kept = whole.length > MOST_SIGNS ? cut(whole) : whole
  return (
    kept
      .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_")
      // oxlint-disable-next-line no-control-regex
      .replace(
        /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g,
        (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`,
      )
      .replace(/&/g, "&amp;")
      .replace(/</g, "&lt;")
      .replace(/>/g, "&gt;")
  )
}

function cut(text: string): string {
  const says = ` [cut: ${text.length} signs in all, a cell holds no more; the rest stands in json/]`
  return text.slice(0, MOST_SIGNS - says.length).replace(/[\ud800-\udbff]$/, "") + says
}

/** An attribute's text. */
const quoted = (text: string): string => cellText(text).replace(/"/g, "&quot;")

async function* zipped(parts: readonly Part[]): AsyncGenerator<Uint8Array> {
  const entries: Entry[] = []
  let at = 0
  for (const [name, text] of around(parts)) {
    const bytes = Buffer.from(text, "utf8")
    const entry = { name, crc: crc32(bytes), bytes: bytes.length, at }
    const head = local(entry, LIMITS)
    entries.push(entry)
    at += head.length + bytes.length
    yield head
    yield bytes
  }
  for (const [i, part] of parts.entries()) {
    const entry = { name: `xl/worksheets/sheet${i + 1}.xml`, crc: part.crc, bytes: part.bytes, at }
    const head = local(entry, LIMITS)
    entries.push(entry)
    at += head.length + part.bytes
    yield head
    yield* contentOf(part.path)
  }
  const directory = Buffer.concat(entries.map((entry) => central(entry, LIMITS)))
  yield directory
  yield end({ entries: entries.length, at, bytes: directory.length }, LIMITS)
}

async function* contentOf(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path)
  try {
    yield* file.createReadStream({ highWaterMark: PIECE, autoClose: false }) as AsyncIterable<Buffer>
  } finally {
    await file.close()
  }
}

/** What stands around the sheets. */
function around(parts: readonly Part[]): [string, string][] {
  const type = (part: string, what: string): string =>
    `<Override PartName="${part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${what}+xml"/>`
  const link = (id: number, what: string, target: string): string =>
    `<Relationship Id="rId${id}" Type="${OFFICE}/${what}" Target="${target}"/>`
  const font = (bold: string): string => `<font>${bold}<sz val="11"/><name val="Calibri"/></font>`
  const xf = (format: number, face: number, fill: number, quote: string): string =>
    `<xf numFmtId="${format}" fontId="${face}" fillId="${fill}" borderId="0" xfId="0"${quote} applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>`
  const fill = (pattern: string): string => `<fill><patternFill ${pattern}</fill>`
  return [
    [
      "[Content_Types].xml",
      `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
        `<Default Extension="xml" ContentType="application/xml"/>${type("/xl/workbook.xml", "sheet.main")}${type("/xl/styles.xml", "styles")}` +
        `${parts.map((_, i) => type(`/xl/worksheets/sheet${i + 1}.xml`, "worksheet")).join("")}</Types>`,
    ],
    [
      "_rels/.rels",
      `${XML}<Relationships xmlns="${PACKAGE}/relationships">${link(1, "officeDocument", "xl/workbook.xml")}</Relationships>`,
    ],
    [
      "xl/workbook.xml",
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>` +
        `${parts.map(({ name }, i) => `<sheet name="${quoted(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join("")}</sheets></workbook>`,
    ],
    [
      "xl/_rels/workbook.xml.rels",
      `${XML}<Relationships xmlns="${PACKAGE}/relationships">` +
        `${parts.map((_, i) => link(i + 1, "worksheet", `worksheets/sheet${i + 1}.xml`)).join("")}${link(parts.length + 1, "styles", "styles.xml")}</Relationships>`,
    ],
    [
      "xl/styles.xml",
      `${XML}<styleSheet xmlns="${MAIN}"><fonts count="2">${font("")}${font("<b/>")}</fonts>` +
        `<fills count="3">${fill('patternType="none"/>')}${fill('patternType="gray125"/>')}` +
        `${fill('patternType="solid"><fgColor rgb="FFE8ECF0"/></patternFill>')}</fills>` +
        `<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf xfId="0"/>` +
        `${xf(49, 0, 0, ' quotePrefix="1"')}${xf(49, 1, 2, ' quotePrefix="1"')}${xf(0, 0, 0, "")}</cellXfs></styleSheet>`,
    ],
  ]
}
