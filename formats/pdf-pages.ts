import PDFDocument from "pdfkit"

/**
 * A PDF of plain pages, one for each text; a page whose text is empty is a grey box alone, as a scan would be. The same texts give
 * the same bytes: nothing of the clock is in it. Latin letters only, by the fonts that every reader has.
 */
export function pdfPages(pages: readonly string[], title: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const paper = new PDFDocument({
      size: "A4",
      margin: 72,
      autoFirstPage: false,
      info: { Title: title, CreationDate: new Date(0), ModDate: new Date(0) },
    })
    const parts: Buffer[] = []
    paper.on("data", (part: Buffer) => parts.push(part))
    paper.on("end", () => resolve(Buffer.concat(parts)))
    paper.on("error", reject)
    for (const text of pages) {
      paper.addPage()
      if (text === "") paper.rect(80, 80, 200, 120).fill("#cccccc")
      else paper.fontSize(12).text(text, { lineGap: 4 })
    }
    paper.end()
  })
}
