import { pdfPages } from "@/formats/pdf-pages"

/** A PDF with a text layer, a page for each text; an empty text is a page that is only a picture. */
export const paperPdf = (pages: readonly string[]): Promise<Buffer> => pdfPages(pages, "A paper")
