import { createHash } from "node:crypto"
import { setImmediate as turn } from "node:timers/promises"
import { filesOf, type PackageFile } from "./files"
import { ordered, type PackageInput } from "./input"
import { manifestOf, type Sum } from "./manifest"
import { zipOf, type ZipEntry } from "./zip"

const PIECE = 64 * 1024
const MANIFEST = "manifest.json"

/**
 * The supervisor's package as a ZIP, in pieces: for each kind JSON, CSV and schema; our companies; a manifest with the
 * sum of each file; a README. Same input, same bytes. What cannot be written (text that is no Unicode, a record given
 * twice) throws before the first byte.
 */
export async function* writePackage(input: PackageInput): AsyncGenerator<Uint8Array> {
  const inOrder = ordered(input)
  const files = filesOf(inOrder)
  // Every text is made twice, for its sum and for the archive: dearer than keeping it, but never all in memory.
  const summed: { file: PackageFile; sum: Sum }[] = []
  for (const file of files) summed.push({ file, sum: await sumOf(file) })
  const sums = summed.map(({ sum }) => sum)
  const manifest: PackageFile = { name: MANIFEST, text: () => [manifestOf(inOrder, sums)] }
  summed.push({ file: manifest, sum: await sumOf(manifest) })
  const entries = summed.map(({ file, sum }) => entryOf(file, sum))
  yield* zipOf(entries.sort((a, b) => (a.name < b.name ? -1 : 1)))
}

function entryOf(file: PackageFile, sum: Sum): ZipEntry {
  return { name: file.name, bytes: sum.bytes, content: () => encoded(file.text()) }
}

/** The sum of a file. Between pieces others get their turn: a large register is a second of work and more. */
async function sumOf(file: PackageFile): Promise<Sum> {
  const hash = createHash("sha256")
  let bytes = 0
  for (const chunk of encoded(file.text())) {
    hash.update(chunk)
    bytes += chunk.length
    await turn()
  }
  return { name: file.name, sha256: hash.digest("hex"), bytes }
}

/** Text as UTF-8 in pieces of a useful size. Pieces are whole lines or records, so no character is cut. */
function* encoded(text: Iterable<string>): Generator<Uint8Array> {
  const encoder = new TextEncoder()
  let waiting = ""
  for (const piece of text) {
    waiting += piece
    if (waiting.length < PIECE) continue
    yield encoder.encode(waiting)
    waiting = ""
  }
  if (waiting !== "") yield encoder.encode(waiting)
}
