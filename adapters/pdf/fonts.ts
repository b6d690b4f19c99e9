import { readFile } from "node:fs/promises"
import { join } from "node:path"

const FOLDER = join(process.cwd(), "node_modules", "pdfjs-dist", "standard_fonts")

/** Liberation Sans comes with pdf.js: Latin, Greek and Cyrillic letters. It has no Chinese, Japanese or Korean ones. */
export const TEXT_FONTS = {
  regular: join(FOLDER, "LiberationSans-Regular.ttf"),
  bold: join(FOLDER, "LiberationSans-Bold.ttf"),
} as const

/** The font as its bytes: pdfkit would read one of its own otherwise. */
export function fontBytes(which: keyof typeof TEXT_FONTS): Promise<Buffer> {
  return readFile(TEXT_FONTS[which])
}

type Face = { hasGlyphForCodePoint: (point: number) => boolean }

/** Signs of a text that the font which is set shows no letter for: nothing goes out with holes in it. At most twenty. */
export function signsWithout(doc: unknown, text: string): string[] {
  const face = (doc as { _font: { font: Face } })._font.font
  return [...new Set(text)]
    .filter((sign) => sign >= " " && !face.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0))
    .slice(0, 20)
}

/** Everything that a document writes, as one. */
export function wholeOf(doc: NodeJS.ReadableStream): Promise<Buffer> {
  return new Promise<Buffer>((resolve, reject) => {
    const parts: Buffer[] = []
    doc.on("data", (part: Buffer) => parts.push(part))
    doc.on("end", () => resolve(Buffer.concat(parts)))
    doc.on("error", reject)
  })
}
