import { ZipFile } from "yazl"

/** A cell of a made workbook: text (shared or inline), a number, a day by its serial, a truth, a formula's kept value. */
export type MadeCell =
  | null
  | string
  | number
  | boolean
  | { inline: string }
  | { serial: number }
  | { formula: string; value: string }
  | { error: string }

export type MadeSheet = { name: string; rows: MadeCell[][]; hidden?: boolean }

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
const PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

const xml = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[\u0000-\u0008\u000b-\u001f]/g, (sign) => `_x${sign.charCodeAt(0).toString(16).padStart(4, "0")}_`)

/** The reference of a cell: column 0 of row 1 is A1. */
export function reference(column: number, row: number): string {
  const letters = (at: number): string =>
    (at >= 26 ? letters(Math.floor(at / 26) - 1) : "") + String.fromCharCode(65 + (at % 26))
  return `${letters(column)}${row}`
}

/** The parts of a workbook by name, as a spreadsheet program writes them. */
export function workbookParts(sheets: readonly MadeSheet[], since1904 = false): Map<string, string> {
  const strings: string[] = []
  const shared = (text: string): number => (strings.includes(text) ? strings.indexOf(text) : strings.push(text) - 1)
  const cellXml = (cell: MadeCell, at: string): string => {
    if (cell === null) return ""
    if (typeof cell === "string") return `<c r="${at}" t="s"><v>${shared(cell)}</v></c>`
    if (typeof cell === "number") return `<c r="${at}"><v>${cell}</v></c>`
    if (typeof cell === "boolean") return `<c r="${at}" t="b"><v>${cell ? 1 : 0}</v></c>`
    if ("inline" in cell)
      return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${xml(cell.inline)}</t></is></c>`
    if ("serial" in cell) return `<c r="${at}" s="1"><v>${cell.serial}</v></c>`
    if ("error" in cell) return `<c r="${at}" t="e"><v>${cell.error}</v></c>`
    return `<c r="${at}" t="str"><f>${xml(cell.formula)}</f><v>${xml(cell.value)}</v></c>`
  }
  const sheetXml = ({ rows }: MadeSheet): string =>
    `<worksheet xmlns="${MAIN}"><sheetData>${rows
      .map((cells, row) =>
        cells.length === 0
          ? ""
          : `<row r="${row + 1}">${cells.map((cell, column) => cellXml(cell, reference(column, row + 1))).join("")}</row>`,
      )
      .join("")}</sheetData></worksheet>`
  const parts = new Map<string, string>()
  parts.set(
    "_rels/.rels",
    `<Relationships xmlns="${PACKAGE}"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  )
  const state = (sheet: MadeSheet): string => (sheet.hidden ? ' state="hidden"' : "")
  parts.set(
    "xl/workbook.xml",
    `<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr${since1904 ? ' date1904="1"' : ""}/><sheets>${sheets
      .map((sheet, at) => `<sheet name="${xml(sheet.name)}" sheetId="${at + 1}"${state(sheet)} r:id="s${at + 1}"/>`)
      .join("")}</sheets></workbook>`,
  )
  const link = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`
  parts.set(
    "xl/_rels/workbook.xml.rels",
    `<Relationships xmlns="${PACKAGE}">${sheets
      .map((_sheet, at) =>
        link(`s${at + 1}`, "worksheet", at % 2 === 0 ? `worksheets/s${at + 1}.xml` : `/xl/worksheets/s${at + 1}.xml`),
      )
      .join(
        "",
      )}${link("x1", "sharedStrings", "sharedStrings.xml")}${link("x2", "styles", "styles.xml")}</Relationships>`,
  )
  parts.set(
    "xl/styles.xml",
    `<styleSheet xmlns="${MAIN}"><numFmts><numFmt numFmtId="164" formatCode="d.m.yyyy\\ hh:mm"/></numFmts><cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="9"/></cellXfs></styleSheet>`,
  )
  sheets.forEach((sheet, at) => parts.set(`xl/worksheets/s${at + 1}.xml`, sheetXml(sheet)))
  parts.set(
    "xl/sharedStrings.xml",
    `<sst xmlns="${MAIN}">${strings
      .map((text) => {
        // Every other one in two runs and with a reading aid, as rich text is kept.
        const cut = Math.floor(text.length / 2)
        return text.length % 2 === 1 || /[\ud800-\udfff_\s]/.test(text)
          ? `<si><t xml:space="preserve">${xml(text)}</t></si>`
          : `<si><r><t>${xml(text.slice(0, cut))}</t></r><r><t>${xml(text.slice(cut))}</t></r><rPh sb="0" eb="1"><t>aid</t></rPh></si>`
      })
      .join("")}</sst>`,
  )
  return parts
}

/** Zips parts into one file. */
export async function zipped(parts: Iterable<readonly [string, string | Buffer]>): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, content] of parts) zip.addBuffer(Buffer.from(content), name)
  zip.end()
  const pieces: Buffer[] = []
  for await (const piece of zip.outputStream) pieces.push(Buffer.from(piece as Buffer))
  return Buffer.concat(pieces)
}

/** A workbook as a file. */
export async function madeWorkbook(sheets: readonly MadeSheet[], since1904 = false): Promise<Buffer> {
  return zipped(workbookParts(sheets, since1904))
}
