import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type PDFDocument from "pdfkit"

type Doc = InstanceType<typeof PDFDocument>

const FOLDER = join(process.cwd(), "node_modules", "pdfjs-dist", "standard_fonts")
/** Liberation Sans comes with pdf.js: Latin, Greek and Cyrillic letters. */
const TEXT_FONTS = { text: join(FOLDER, "LiberationSans-Regular.ttf"), strong: join(FOLDER, "LiberationSans-Bold.ttf") }
/** Chinese, Japanese and Korean letters, and Latin ones for what stands among them. */
const WIDE = { file: join(process.cwd(), "adapters", "pdf", "fonts", "wqy-microhei.ttc"), face: "WenQuanYiMicroHei" }

export type FontName = keyof typeof TEXT_FONTS | "wide"

/** The font as its bytes: pdfkit would read one of its own otherwise. */
export function fontBytes(which: keyof typeof TEXT_FONTS): Promise<Buffer> {
  return readFile(TEXT_FONTS[which])
}

type Face = { hasGlyphForCodePoint: (point: number) => boolean }

/** Which font shows a text, in which words; the signs that none shows, so that nothing goes out with holes in it. */
export type Fonts = {
  of: (text: string, strong?: boolean) => { font: FontName; text: string }
  missing: (texts: readonly string[]) => string[]
  /** The same as `of`, but signs that no font shows stand as their numbers: for what goes out whatever was typed. */
  spelled: (text: string, strong?: boolean) => { font: FontName; text: string }
}

/**
 * Makes the fonts known to a document. A text of which the first lacks a sign is set in the wide one as a whole, so that its lines
 * break as one; that one is read only where it is needed.
 */
export async function openFonts(doc: Doc, texts: readonly string[]): Promise<Fonts> {
  doc.registerFont("text", (await fontBytes("text")) as unknown as string)
  doc.registerFont("strong", (await fontBytes("strong")) as unknown as string)
  const plain = faceOf(doc, "text")
  const fits = (text: string): boolean => lacking(plain, text).length === 0
  let wide: Face | null = null
  if (!texts.every(fits)) {
    doc.registerFont("wide", (await readFile(WIDE.file)) as unknown as string, WIDE.face)
    wide = faceOf(doc, "wide")
  }
  doc.font("text")
  const of = (text: string, strong = false): { font: FontName; text: string } =>
    fits(text) ? { font: strong ? "strong" : "text", text } : { font: "wide", text: forWide(text) }
  return {
    of,
    spelled: (text, strong) => {
      const one = of(printable(text), strong)
      if (one.font !== "wide" || !wide) return one
      const lacks = new Set(lacking(wide, one.text))
      return lacks.size === 0
        ? one
        : of([...one.text].map((sign) => (lacks.has(sign) ? numbered(sign) : sign)).join(""), strong)
    },
    missing: (all) => {
      const signs = all.flatMap((text) => (fits(text) || !wide ? [] : lacking(wide, forWide(text))))
      return [...new Set(signs)].slice(0, 20)
    },
  }
}

const numbered = (sign: string): string =>
  `[U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`

/** Without signs that are none on paper: those that steer a terminal stand as their numbers, and marks of direction are gone. */
const printable = (text: string): string =>
  text
    .replace(/\p{Surrogate}/gu, "\ufffd")
    // oxlint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, (sign) => (sign === "\r" ? "" : numbered(sign)))
    .replace(/\p{Cf}|\ufe0f/gu, "")

/** The wide font has no hyphen at which no line breaks. */
const forWide = (text: string): string => text.replaceAll("\u2011", "-")

function faceOf(doc: Doc, name: FontName): Face {
  return (doc.font(name) as unknown as { _font: { font: Face } })._font.font
}

function lacking(face: Face, text: string): string[] {
  return [...new Set(text)].filter((sign) => sign >= " " && !face.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0))
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
