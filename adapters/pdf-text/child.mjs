// Reads the text layer of one PDF in a process of its own: bytes come by standard input, pages go out as one line of JSON.
// Nothing in the file is run or fetched; no script, no form, no font of this machine.
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs"

const limits = JSON.parse(process.argv[2] ?? "{}")

async function bytesIn() {
  const parts = []
  for await (const part of process.stdin) parts.push(part)
  return new Uint8Array(Buffer.concat(parts))
}

async function readPages() {
  const task = getDocument({
    data: await bytesIn(),
    verbosity: 0,
    isEvalSupported: false,
    useSystemFonts: false,
    disableFontFace: true,
    enableXfa: false,
    useWasm: false,
    stopAtErrors: false,
  })
  const paper = await task.promise
  const count = paper.numPages
  const pages = []
  let characters = 0
  for (let n = 1; n <= Math.min(count, limits.pages); n += 1) {
    const page = await paper.getPage(n)
    const content = await page.getTextContent({ includeMarkedContent: false })
    const pieces = content.items.map(({ str, hasEOL }) => ({ str, hasEOL }))
    // A piece counts as a character more: of empty ones a file could hold any number.
    characters += pieces.reduce((sum, { str }) => sum + str.length + 1, 0)
    if (characters > limits.characters) return { is: "too-much", count }
    pages.push(pieces)
    page.cleanup()
  }
  return { is: "read", count, pages }
}

try {
  process.stdout.write(JSON.stringify(await readPages()), () => process.exit(0))
} catch (broken) {
  const is = broken?.name === "PasswordException" ? "locked" : "not-pdf"
  process.stdout.write(JSON.stringify({ is }), () => process.exit(0))
}
