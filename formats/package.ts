import { createHash, type Hash } from "node:crypto"
import type { FileHandle } from "node:fs/promises"
import { crc32 } from "node:zlib"
import { end as endOf, LIMITS, local, central, type Entry, type ZipLimits } from "./package-zip"

/** A file of a package, in pieces: as text, or as bytes. */
export type PackageFile = { name: string } & ({ text: AsyncIterable<string> } | { bytes: AsyncIterable<Uint8Array> })
export type Sum = { name: string; sha256: string; bytes: number }
export type Written = { sha256: string; bytes: number; files: Sum[] }

/** So much is gathered before it is written. */
const PIECE = 256 * 1024

/**
 * Writes a ZIP archive of the files in their order into an open, empty file, and behind them those that are made from the sums of
 * all before them. Same files, same bytes: nothing is compressed (no release of a compressor shows), times and attributes are
 * fixed, sizes stand in the local headers as they do in the directory. Holds one piece at a time, whatever a file's size.
 */
export async function writePackageZip(
  out: FileHandle,
  files: AsyncIterable<PackageFile>,
  last: readonly ((sums: readonly Sum[]) => PackageFile | Promise<PackageFile>)[],
  limits: ZipLimits = LIMITS,
): Promise<Written> {
  const entries: Entry[] = []
  const sums: Sum[] = []
  const seen = new Set<string>()
  let at = 0
  const put = async (file: PackageFile): Promise<void> => {
    if (seen.has(file.name) || !isPlainName(file.name)) throw new Error(`"${file.name}" cannot stand in a package`)
    seen.add(file.name)
    const begins = at
    const head = local({ name: file.name, crc: 0, bytes: 0, at: begins }, limits).length
    let to = begins + head
    const hash = createHash("sha256")
    let crc = 0
    for await (const piece of pieces(file)) {
      hash.update(piece)
      crc = crc32(piece, crc)
      await writeAt(out, piece, to)
      to += piece.length
    }
    const entry = { name: file.name, crc, bytes: to - begins - head, at: begins }
    const real = local(entry, limits)
    // Only what is larger than its header foresaw moves, by the few bytes that say so.
    if (real.length !== head) await moved(out, begins + head, to, real.length - head)
    await writeAt(out, real, begins)
    at = begins + real.length + entry.bytes
    entries.push(entry)
    sums.push({ name: file.name, sha256: hash.digest("hex"), bytes: entry.bytes })
  }
  for await (const file of files) await put(file)
  for (const make of last) await put(await make(sums))
  const begins = at
  for (let from = 0; from < entries.length; from += 1000) {
    const part = Buffer.concat(entries.slice(from, from + 1000).map((entry) => central(entry, limits)))
    await writeAt(out, part, at)
    at += part.length
  }
  const end = endOf({ entries: entries.length, at: begins, bytes: at - begins }, limits)
  await writeAt(out, end, at)
  at += end.length
  return { sha256: (await hashOf(out, at)).digest("hex"), bytes: at, files: sums }
}

/** A name that every system unpacks as it stands: relative, without a way up, of printable signs. */
export function isPlainName(name: string): boolean {
  return (
    name.length <= 200 &&
    name.split("/").every((part) => /^[A-Za-z0-9._-]+$/.test(part) && part !== "." && part !== "..")
  )
}

async function* pieces(file: PackageFile): AsyncGenerator<Uint8Array> {
  if ("bytes" in file) {
    for await (const piece of file.bytes) if (piece.length > 0) yield piece
    return
  }
  let [waiting, length]: [string[], number] = [[], 0]
  for await (const text of file.text) {
    waiting.push(text)
    length += text.length
    if (length < PIECE) continue
    yield Buffer.from(waiting.join(""), "utf8")
    ;[waiting, length] = [[], 0]
  }
  if (length > 0) yield Buffer.from(waiting.join(""), "utf8")
}

async function writeAt(out: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  let done = 0
  while (done < bytes.length) done += (await out.write(bytes, done, bytes.length - done, at + done)).bytesWritten
}

/** Moves what stands from one place to another some bytes on, from its end. */
async function moved(out: FileHandle, from: number, to: number, by: number): Promise<void> {
  const room = Buffer.alloc(PIECE)
  for (let end = to; end > from;) {
    const begin = Math.max(from, end - PIECE)
    const part = room.subarray(0, end - begin)
    await readAt(out, part, begin)
    await writeAt(out, part, begin + by)
    end = begin
  }
}

async function readAt(out: FileHandle, into: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < into.length;) {
    const { bytesRead } = await out.read(into, done, into.length - done, at + done)
    if (bytesRead === 0) throw new Error("the package was cut short while it was written")
    done += bytesRead
  }
}

/** The hash of what was written: headers change at the end, so it is read once more. */
async function hashOf(out: FileHandle, bytes: number): Promise<Hash> {
  const hash = createHash("sha256")
  const room = Buffer.alloc(1024 * 1024)
  for (let at = 0; at < bytes;) {
    const part = room.subarray(0, Math.min(room.length, bytes - at))
    await readAt(out, part, at)
    hash.update(part)
    at += part.length
  }
  return hash
}
