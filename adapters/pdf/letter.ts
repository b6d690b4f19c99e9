import PDFDocument from "pdfkit"
import { fontBytes, openFonts, wholeOf } from "./fonts"

export type Letter = {
  title: string
  /** The text, a paragraph a line; empty lines stand between paragraphs. */
  text: string
  /** The day that the letter bears: its only date, so that the same letter has the same bytes. */
  day: string
}

/** A letter as PDF, or the signs that no letter of the font shows, so that nothing goes out with holes in it. */
export async function letterPdf(letter: Letter): Promise<{ bytes: Buffer } | { missing: string[] }> {
  const font = await fontBytes("text")
  const at = new Date(`${letter.day}T00:00:00Z`)
  const doc = new PDFDocument({
    // The font as bytes, which the types leave out: without it pdfkit would read one of its own.
    ...{ size: "A4", font: font as unknown as string, lang: "en", displayTitle: true, pdfVersion: "1.7" },
    margins: { top: 72, bottom: 72, left: 72, right: 72 },
    info: { Title: letter.title, Producer: "Onward", Creator: "Onward", CreationDate: at, ModDate: at },
  })
  const lines = letter.text.replace(/\r\n?/g, "\n").split("\n")
  const fonts = await openFonts(doc, [letter.title, ...lines])
  const missing = fonts.missing([letter.title, ...lines])
  if (missing.length > 0) {
    doc.end()
    doc.resume()
    return { missing }
  }
  const done = wholeOf(doc)
  doc.fontSize(11)
  for (const line of lines)
    if (line.trim() === "") doc.moveDown(0.6)
    else {
      const { font, text } = fonts.of(line)
      doc.font(font).text(text, { lineGap: 2, paragraphGap: 2 })
    }
  doc.end()
  return { bytes: await done }
}
