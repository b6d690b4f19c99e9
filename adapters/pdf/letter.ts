import { readFile } from "node:fs/promises"
import { join } from "node:path"
import PDFDocument from "pdfkit"

/** Liberation Sans comes with pdf.js: Latin, Greek and Cyrillic letters. It has no Chinese, Japanese or Korean ones. */
const FONT = join(process.cwd(), "node_modules", "pdfjs-dist", "standard_fonts", "LiberationSans-Regular.ttf")

type Face = { hasGlyphForCodePoint: (point: number) => boolean }

export type Letter = {
  title: string
  /** The text, a paragraph a line; empty lines stand between paragraphs. */
  text: string
  /** The day that the letter bears: its only date, so that the same letter has the same bytes. */
  day: string
}

/** A letter as PDF, or the signs that no letter of the font shows, so that nothing goes out with holes in it. */
export async function letterPdf(letter: Letter): Promise<{ bytes: Buffer } | { missing: string[] }> {
  const font = await readFile(FONT)
  const at = new Date(`${letter.day}T00:00:00Z`)
  const doc = new PDFDocument({
    // The font as bytes, which the types leave out: without it pdfkit would read one of its own.
    ...{ size: "A4", font: font as unknown as string, lang: "en", displayTitle: true, pdfVersion: "1.7" },
    margins: { top: 72, bottom: 72, left: 72, right: 72 },
    info: { Title: letter.title, Producer: "Onward", Creator: "Onward", CreationDate: at, ModDate: at },
  })
  const face = (doc as unknown as { _font: { font: Face } })._font.font
  const missing = [...new Set([...`${letter.title}${letter.text}`])].filter(
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
  doc.fontSize(11)
  for (const line of letter.text.replace(/\r\n?/g, "\n").split("\n"))
    if (line.trim() === "") doc.moveDown(0.6)
    else doc.text(line, { lineGap: 2, paragraphGap: 2 })
  doc.end()
  return { bytes: await done }
}
