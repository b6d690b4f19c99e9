import PDFDocument from "pdfkit"
import type { Day } from "@/domain/core/day"
import { footOf } from "@/domain/templates/back"
import type { Block } from "@/domain/templates/fill"
import { fontBytes, openFonts, wholeOf, type Fonts } from "./fonts"

export type Paper = {
  title: string
  blocks: readonly Block[]
  language: string
  /** What stands at the foot of each page beside its number. */
  reference: string
  /** The day it bears: its only date, so that the same paper has the same bytes. */
  day: Day
}

const MARGIN = 72
const SIZES: Record<Block["is"], number> = { title: 18, heading: 13, clause: 11, sub: 11, item: 11, text: 11, sign: 11 }
const INDENTS: Record<Block["is"], number> = { title: 0, heading: 0, clause: 28, sub: 28, item: 42, text: 28, sign: 0 }

/**
 * A paper as PDF, or the signs that no letter of the font shows. A paragraph stays on one page where it fits on one, so that the
 * words of a clause stand together and can be pointed at.
 */
export async function paperPdf(paper: Paper): Promise<{ bytes: Buffer } | { missing: string[] }> {
  const at = new Date(`${paper.day}T00:00:00Z`)
  const regular = await fontBytes("text")
  const doc = new PDFDocument({
    ...{ size: "A4", font: regular as unknown as string, lang: paper.language, displayTitle: true, pdfVersion: "1.7" },
    ...{ margins: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN }, bufferPages: true },
    info: { Title: paper.title, Producer: "Onward", Creator: "Onward", CreationDate: at, ModDate: at },
  })
  const texts = [paper.title, ...paper.blocks.map(({ text }) => unbroken(text))]
  const fonts = await openFonts(doc, texts)
  const missing = fonts.missing(texts)
  if (missing.length > 0) {
    doc.end()
    doc.resume()
    return { missing }
  }
  const whole = wholeOf(doc)
  paper.blocks.forEach((block, i) => draw(doc, fonts, block, paper.blocks[i + 1]))
  foot(doc, paper.reference)
  doc.end()
  return { bytes: await whole }
}

type Doc = InstanceType<typeof PDFDocument>

function draw(doc: Doc, fonts: Fonts, block: Block, next: Block | undefined): void {
  const { is, number } = block
  const strong = is === "title" || is === "heading"
  const { font, text } = fonts.of(unbroken(block.text), strong)
  const indent = number === null && is === "text" && !next ? 0 : INDENTS[is]
  const width = doc.page.width - 2 * MARGIN - indent
  doc.font(font).fontSize(SIZES[is])
  const height = doc.heightOfString(text, { width, lineGap: 2 })
  const gap = is === "heading" ? 14 : is === "sign" && !text.includes("____") ? 22 : is === "sign" ? 10 : 6
  const bottom = doc.page.height - MARGIN
  // A heading does not stand alone at the foot of a page, and the lines of one side to sign on stay together.
  const more = strong ? 40 : is === "sign" && !text.includes("____") ? 110 : 0
  if (doc.y + gap + height + more > bottom && height + more < bottom - MARGIN) doc.addPage()
  else if (doc.y > MARGIN) doc.y += gap
  const top = doc.y
  if (number !== null) {
    doc.font("text").text(number, MARGIN, top, { lineBreak: false })
    doc.y = top
  }
  if (is === "item") {
    doc.font("text").text("–", MARGIN + 28, top, { lineBreak: false })
    doc.y = top
  }
  doc.font(font).text(text, MARGIN + indent, top, { width, lineGap: 2 })
}

/**
 * The text with hyphens at which no line breaks: a word cut there reads as another one to whoever takes the words out of the
 * file. Addresses keep theirs, for they are copied.
 */
function unbroken(text: string): string {
  return text.replace(/\S+/g, (word) =>
    /@|:\/\/|^www\./.test(word) ? word : word.replace(/(?<=[\p{L}\p{N}])-(?=[\p{L}\p{N}])/gu, "\u2011"),
  )
}

/** Number and reference at the foot of each page, below the text. */
function foot(doc: Doc, reference: string): void {
  const { start, count } = doc.bufferedPageRange()
  for (let page = start; page < start + count; page += 1) {
    doc.switchToPage(page)
    doc.page.margins.bottom = 0
    doc.font("text").fontSize(8)
    doc.text(footOf(reference, page - start + 1, count), MARGIN, doc.page.height - 44, { lineBreak: false })
  }
}
