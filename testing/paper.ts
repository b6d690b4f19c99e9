import PDFDocument from "pdfkit"

/** A PDF with a text layer, a page for each text; an empty text is a page that is only a picture. */
export function paperPdf(pages: readonly string[]): Promise<Buffer> {
  return new Promise((resolve) => {
    const paper = new PDFDocument({ autoFirstPage: false, info: { CreationDate: new Date(0), ModDate: new Date(0) } })
    const parts: Buffer[] = []
    paper.on("data", (part: Buffer) => parts.push(part))
    paper.on("end", () => resolve(Buffer.concat(parts)))
    for (const text of pages) {
      paper.addPage()
      if (text === "") paper.rect(80, 80, 200, 120).fill("#ccc")
      else paper.fontSize(12).text(text)
    }
    paper.end()
  })
}
