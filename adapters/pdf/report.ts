import PDFDocument from "pdfkit"
import type { Piece } from "@/domain/exports/report"
import { openFonts, wholeOf, type Fonts } from "./fonts"

type Doc = InstanceType<typeof PDFDocument>

const MARGIN = 48
const SIZES = { title: 22, heading: 16, sub: 11.5, text: 9.5, soft: 8.5 } as const
const GAPS = { title: 10, heading: 8, sub: 12, text: 5, soft: 4 } as const
const CELL = 7.5
const PAD = 3
/** A cell shows so many signs at most, more where a table has two columns alone; and no line of a table is longer than a page. */
const MOST_SIGNS = 400
const MOST_IN_TWO = 4000

/**
 * A report as PDF: pieces one below the other, tables with their head on every page, and at the foot of each page a line of the caller's
 * with the number of the page. Bears one day alone, so that the same report has the same bytes. Signs that no letter shows stand
 * there by their number.
 */
export async function reportPdf(of: {
  title: string
  foot: string
  at: string
  pieces: readonly Piece[]
}): Promise<Buffer> {
  const at = new Date(of.at)
  const doc = new PDFDocument({
    ...{
      size: "A4",
      // None: `openFonts` makes ours known, and pdfkit would read each twice.
      font: null as unknown as string,
      lang: "en",
      displayTitle: true,
      pdfVersion: "1.7",
    },
    ...{ margins: { top: MARGIN, bottom: MARGIN + 18, left: MARGIN, right: MARGIN }, bufferPages: true },
    info: { Title: of.title, Producer: "Onward", Creator: "Onward", CreationDate: at, ModDate: at },
  })
  const fonts = await openFonts(doc, [of.foot, ...of.pieces.flatMap(textsOf)])
  const whole = wholeOf(doc)
  for (const piece of of.pieces) draw(doc, fonts, piece)
  foot(doc, fonts, of.foot)
  doc.end()
  return whole
}

function textsOf(piece: Piece): string[] {
  if (piece.is === "page") return []
  return piece.is === "table" ? [...piece.head, ...piece.rows.flat()] : [piece.text]
}

function draw(doc: Doc, fonts: Fonts, piece: Piece): void {
  if (piece.is === "page") {
    doc.addPage()
    return
  }
  if (piece.is === "table") return table(doc, fonts, piece)
  const { font, text } = fonts.spelled(piece.text, piece.is === "title" || piece.is === "heading" || piece.is === "sub")
  const width = doc.page.width - 2 * MARGIN
  doc
    .font(font)
    .fontSize(SIZES[piece.is])
    .fillColor(piece.is === "soft" ? "#444444" : "#000000")
  // What heads a list does not stand alone at the foot of a page.
  const need = doc.heightOfString(text, { width }) + (piece.is === "sub" ? 48 : 0)
  if (doc.y > MARGIN) doc.y += GAPS[piece.is]
  if (doc.y + Math.min(need, 200) > bottomOf(doc)) doc.addPage()
  doc.text(text, MARGIN, doc.y, { width, lineGap: 1.5 })
}

const bottomOf = (doc: Doc): number => doc.page.height - MARGIN - 18

function table(doc: Doc, fonts: Fonts, { head, widths, rows }: Extract<Piece, { is: "table" }>): void {
  const sum = widths.reduce((all, one) => all + one, 0)
  const room = doc.page.width - 2 * MARGIN
  const columns = widths.map((one) => (one / sum) * room)
  doc.y += 4
  line(doc, fonts, head, columns, true)
  for (const cells of rows) {
    if (doc.y + heightOf(doc, fonts, cells, columns) > bottomOf(doc)) {
      doc.addPage()
      line(doc, fonts, head, columns, true)
    }
    line(doc, fonts, cells, columns, false)
  }
  doc.y += 2
}

function shortened(text: string, columns: readonly number[]): string {
  const most = columns.length > 2 ? MOST_SIGNS : MOST_IN_TWO
  return text.length > most ? `${text.slice(0, most)}…` : text
}

function heightOf(doc: Doc, fonts: Fonts, cells: readonly string[], columns: readonly number[]): number {
  const heights = cells.map((cell, i) => {
    const { font, text } = fonts.spelled(shortened(cell, columns))
    return doc
      .font(font)
      .fontSize(CELL)
      .heightOfString(text || " ", { width: (columns[i] ?? 0) - 2 * PAD })
  })
  return Math.min(Math.max(...heights) + 2 * PAD, bottomOf(doc) - MARGIN - 40)
}

function line(doc: Doc, fonts: Fonts, cells: readonly string[], columns: readonly number[], strong: boolean): void {
  const top = doc.y
  const height = heightOf(doc, fonts, cells, columns)
  const right = doc.page.width - MARGIN
  if (strong) doc.rect(MARGIN, top, right - MARGIN, height).fill("#e8ecf0")
  let x = MARGIN
  for (const [i, cell] of cells.entries()) {
    const { font, text } = fonts.spelled(shortened(cell, columns), strong)
    doc.font(font).fontSize(CELL).fillColor("#000000")
    doc.text(text, x + PAD, top + PAD, { width: (columns[i] ?? 0) - 2 * PAD, height: height - PAD, ellipsis: true })
    x += columns[i] ?? 0
  }
  doc
    .moveTo(MARGIN, top + height)
    .lineTo(right, top + height)
    .lineWidth(0.4)
    .stroke("#c4cad0")
  doc.x = MARGIN
  doc.y = top + height
}

/** What each page says below its text: of what it is a page, and which of how many. */
function foot(doc: Doc, fonts: Fonts, words: string): void {
  const { start, count } = doc.bufferedPageRange()
  const { font, text } = fonts.spelled(words)
  for (let page = start; page < start + count; page += 1) {
    doc.switchToPage(page)
    doc.page.margins.bottom = 0
    doc.font(font).fontSize(6.5).fillColor("#444444")
    const y = doc.page.height - MARGIN
    const room = doc.page.width - 2 * MARGIN
    doc.text(text, MARGIN, y, { width: room - 80, height: 20, lineGap: 1 })
    doc
      .font("text")
      .text(`Page ${page - start + 1} of ${count}`, MARGIN, y, { width: room, align: "right", lineBreak: false })
  }
}
