import { openInParts, type PartsLibrary } from "./in-parts"

/** The little of pdf.js that the reader uses. The library is loaded from our own address where a page of a PDF is shown. */
export type Pdf = PartsLibrary<PdfPaper> & {
  GlobalWorkerOptions: { workerSrc: string }
  TextLayer: new (asked: { textContentSource: TextContent; container: HTMLElement; viewport: Viewport }) => {
    render(): Promise<void>
    textDivs: HTMLElement[]
  }
}
export type Viewport = { width: number; height: number; scale: number }
export type TextContent = { items: ({ str: string; hasEOL: boolean } | { type: string })[] }
export type PdfPage = {
  getViewport(asked: { scale: number }): Viewport
  getTextContent(asked: { includeMarkedContent: boolean }): Promise<TextContent>
  render(asked: { canvas: HTMLCanvasElement; viewport: Viewport; transform?: number[] }): {
    promise: Promise<void>
    cancel(): void
  }
}
export type PdfPaper = { numPages: number; getPage(n: number): Promise<PdfPage> }

let loading: Promise<Pdf> | null = null

/** The library, once for the page. Scripts and forms of a file are never run: only its pages are drawn. */
export function pdfLibrary(): Promise<Pdf> {
  loading ??= (import(/* webpackIgnore: true */ /* turbopackIgnore: true */ libraryAddress()) as Promise<Pdf>).then(
    (pdf) => {
      pdf.GlobalWorkerOptions.workerSrc = "/pdf/pdf.worker.min.mjs"
      return pdf
    },
  )
  return loading
}

const libraryAddress = (): string => "/pdf/pdf.min.mjs"

const papers = new Map<string, Promise<PdfPaper>>()

/** The file as the library has opened it, once for the page: of it only those parts are fetched that its shown pages stand on. */
export function openPaper(src: string): Promise<PdfPaper> {
  const known = papers.get(src)
  if (known) return known
  const opened = (async () => {
    const file = await openInParts<PdfPaper>(await pdfLibrary(), src, {
      isEvalSupported: false,
      enableXfa: false,
      useWasm: false,
      wasmUrl: "/pdf/wasm/",
      cMapUrl: "/pdf/cmaps/",
      cMapPacked: true,
      standardFontDataUrl: "/pdf/standard_fonts/",
    })
    // Of a file that broke off the next look begins anew.
    file.lost.catch(() => papers.delete(src))
    return file.paper
  })()
  papers.set(src, opened)
  opened.catch(() => papers.delete(src))
  return opened
}
