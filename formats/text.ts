import { isUtf8 } from "node:buffer"
import { good, type Outcome, type Refusal } from "@/domain/core/outcome"
import { bytesOf, sizeOf, unreadable, type Source } from "./table"

/**
 * The text of a file, piece by piece, once the whole of it is known to be UTF-8; a byte-order mark is taken off.
 * Refused with the reason: empty, too large (before a byte is read), UTF-16, Windows-1252, or no text at all.
 */
export async function openText(source: Source, limitBytes?: number): Promise<Outcome<AsyncIterable<string>>> {
  const size = await sizeOf(source, limitBytes)
  if (!size.ok) return size
  const bad = await faultOf(source)
  return bad ?? good(decoded(source))
}

async function* decoded(source: Source): AsyncIterable<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true })
  for await (const chunk of bytesOf(source)) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

async function faultOf(source: Source): Promise<Refusal | null> {
  const decoder = new TextDecoder("utf-8", { fatal: true })
  let line = 1
  let first = true
  let blank = true
  for await (const chunk of bytesOf(source)) {
    if (first) {
      const mark = markOf(chunk)
      if (mark) return unreadable(mark)
    }
    first = false
    if (chunk.includes(0)) return unreadable(looksUtf16(chunk) ? "import.utf-16" : "import.not-text")
    try {
      const text = decoder.decode(chunk, { stream: true })
      if (blank) blank = text.trim() === ""
    } catch {
      return notUtf8(chunk, line)
    }
    line += countLines(chunk)
  }
  try {
    decoder.decode()
  } catch {
    return unreadable("import.windows-1252", { line })
  }
  return blank ? unreadable("import.empty") : null
}

/** UTF-16 and UTF-32 announce themselves by a byte-order mark. */
function markOf(head: Uint8Array): string | null {
  const [a, b, c, d] = head
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? "import.not-text" : "import.utf-16"
  return a === 0xfe && b === 0xff ? "import.utf-16" : null
}

/** Western text in UTF-16 without a mark has a NUL at every other place, and only at even or only at odd ones. */
function looksUtf16(chunk: Uint8Array): boolean {
  const head = chunk.subarray(0, 4096)
  const nuls = [0, 0]
  head.forEach((byte, at) => {
    if (byte === 0) nuls[at % 2] = (nuls[at % 2] ?? 0) + 1
  })
  const [even = 0, odd = 0] = nuls
  return Math.max(even, odd) > head.length / 4 && Math.min(even, odd) < head.length / 50
}

/** Bytes that Windows-1252 leaves without a character. */
const UNUSED = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d])

function notUtf8(chunk: Uint8Array, before: number): Refusal {
  const says = chunk.some((byte) => UNUSED.has(byte)) ? "import.not-utf-8" : "import.windows-1252"
  return unreadable(says, { line: before + linesUntilFault(chunk) })
}

/** Line ends before the first line that is no UTF-8. A character cut by the piece's own edge is not counted as a fault. */
function linesUntilFault(chunk: Uint8Array): number {
  let lines = 0
  let start = 0
  while (start < chunk.length && (chunk[start] ?? 0) >> 6 === 0b10) start += 1
  for (let at = start; at < chunk.length; at += 1) {
    if (chunk[at] !== 0x0a) continue
    if (!isUtf8(chunk.subarray(start, at))) return lines
    lines += 1
    start = at + 1
  }
  return lines
}

function countLines(chunk: Uint8Array): number {
  return chunk.reduce((sum, byte) => (byte === 0x0a ? sum + 1 : sum), 0)
}
