import { readFile } from "node:fs/promises"
import { join } from "node:path"
import PDFDocument from "pdfkit"
import type { Sheet } from "@/domain/redactions/sheet"

/** Liberation Sans comes with pdf.js: Latin, Greek and Cyrillic letters. */
const FONT = join(process.cwd(), "node_modules", "pdfjs-dist", "standard_fonts", "LiberationSans-Regular.ttf")

type Face = { hasGlyphForCodePoint: (point: number) => boolean }

/**
 * The sheets of a redacted copy as a PDF of their own: first the one that says what the copy is, then one for each withheld page.
 * Or the signs that no letter of the font shows. The same sheets give the same bytes.
 */
export async function sheetsPdf(sheet: Sheet): Promise<{ bytes: Buffer } | { missing: string[] }> {
  const font = await readFile(FONT)
  const doc = new PDFDocument({
    ...{ size: "A4", font: font as unknown as string, pdfVersion: "1.7" },
    margins: { top: 72, bottom: 72, left: 72, right: 72 },
    info: { CreationDate: new Date(0), ModDate: new Date(0) },
  })
  const face = (doc as unknown as { _font: { font: Face } })._font.font
  const said = [sheet, ...sheet.pages].flatMap(({ title, lines }) => [title, ...lines]).join("")
  const missing = [...new Set(said)].filter(
    (sign) => sign >= " " && !face.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0),
  )
  if (missing.length > 0) {
    doc.end()
    doc.resume()
    return { missing: missing.slice(0, 20) }
  }
  const parts: Buffer[] = []
  const done = new Promise<Buffer>((resolve, reject) => {
    doc.on("data", (part: Buffer) => parts.push(part))
    doc.on("end", () => resolve(Buffer.concat(parts)))
    doc.on("error", reject)
  })
  doc.fontSize(20).text(sheet.title).moveDown(0.5).fontSize(11)
  for (const line of sheet.lines) doc.text(line, { lineGap: 2, paragraphGap: 6 })
  for (const page of sheet.pages) {
    doc.addPage().rect(72, 72, 451, 140).stroke("#000000")
    doc.fontSize(20).text(page.title, 92, 92, { width: 411 }).moveDown(0.5).fontSize(11)
    for (const line of page.lines) doc.text(line, { lineGap: 2, paragraphGap: 6, width: 411 })
  }
  doc.end()
  return { bytes: await done }
}
