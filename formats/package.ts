import { createHash } from "node:crypto"
import { Zip, ZipPassThrough } from "fflate"

/** A file of a package, as text in pieces. */
export type PackageFile = { name: string; text: AsyncIterable<string> }
export type Sum = { name: string; sha256: string; bytes: number }

/** Every file carries the same time, so that the time of making is nowhere in the bytes (first day of the format). */
const EPOCH = new Date(1980, 0, 1)
const PIECE = 64 * 1024

/**
 * A ZIP archive of the files in their order, and at its end one more that is made from the sums of all before it. Same
 * files, same bytes: nothing is compressed (no release of a compressor shows), times and attributes are fixed.
 */
export async function* zipOf(
  files: AsyncIterable<PackageFile>,
  last: { name: string; make: (sums: Sum[]) => string },
): AsyncGenerator<Uint8Array> {
  const out: Uint8Array[] = []
  let broken: Error | null = null
  const zip = new Zip((problem, chunk) => {
    if (problem) broken = problem
    else out.push(chunk)
  })
  const sums: Sum[] = []
  const encoder = new TextEncoder()
  async function* packed(file: PackageFile): AsyncGenerator<Uint8Array> {
    const entry = new ZipPassThrough(file.name)
    entry.mtime = EPOCH
    zip.add(entry)
    const hash = createHash("sha256")
    let bytes = 0
    let waiting = ""
    const push = (text: string, final: boolean): void => {
      const chunk = encoder.encode(text)
      hash.update(chunk)
      bytes += chunk.length
      entry.push(chunk, final)
    }
    for await (const piece of file.text) {
      waiting += piece
      // Pieces of one size, however the text came: what was read together must not show in the bytes.
      while (waiting.length >= PIECE) {
        push(waiting.slice(0, PIECE), false)
        waiting = waiting.slice(PIECE)
        yield* out.splice(0)
      }
    }
    push(waiting, true)
    sums.push({ name: file.name, sha256: hash.digest("hex"), bytes })
    if (broken) throw broken
    yield* out.splice(0)
  }
  for await (const file of files) yield* packed(file)
  yield* packed({ name: last.name, text: once(last.make([...sums])) })
  zip.end()
  if (broken) throw broken
  yield* out.splice(0)
}

async function* once(text: string): AsyncGenerator<string> {
  yield text
}
