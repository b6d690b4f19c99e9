import PDFDocument from "pdfkit"
import { fontBytes, openFonts, wholeOf, type Fonts } from "./fonts"

export type Letter = {
  title: string
  /** The text, a paragraph a line; empty lines stand between paragraphs. */
  text: string
  /** The day that the letter bears: its only date, so that the same letter has the same bytes. */
  day: string
  /** A small line at the foot of each page; null: none. */
  foot: string | null
}

const MARGIN = 72

/** A letter as PDF, or the signs that no letter of the font shows, so that nothing goes out with holes in it. */
export async function letterPdf(letter: Letter): Promise<{ bytes: Buffer } | { missing: string[] }> {
  const font = await fontBytes("text")
  const at = new Date(`${letter.day}T00:00:00Z`)
  const doc = new PDFDocument({
    // The font as bytes, which the types leave out: without it pdfkit would read one of its own.
    ...{ size: "A4", font: font as unknown as string, lang: "en", displayTitle: true, pdfVersion: "1.7" },
    ...{ margins: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN }, bufferPages: true },
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
  if (letter.foot !== null) foot(doc, fonts, letter.foot)
  doc.end()
  return { bytes: await done }
}

function foot(doc: InstanceType<typeof PDFDocument>, fonts: Fonts, words: string): void {
  const { start, count } = doc.bufferedPageRange()
  const { font, text } = fonts.spelled(words)
  for (let page = start; page < start + count; page += 1) {
    doc.switchToPage(page)
    doc.page.margins.bottom = 0
    const width = doc.page.width - 2 * MARGIN
    doc.font(font).fontSize(6.5).fillColor("#444444")
    doc.text(text, MARGIN, doc.page.height - MARGIN / 2, { width, height: 20, lineGap: 1 })
  }
}
