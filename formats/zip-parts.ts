import type { Readable } from "node:stream"
import { fromBufferPromise, openPromise, type Entry, type ZipFile } from "yauzl"
import { good, type Outcome, type Refusal } from "@/domain/core/outcome"
import { UnreadableError, unreadable, type Source } from "./table"

/** What a zip may hold at most. All bytes are counted while they are inflated, not believed from the directory. */
export type ZipLimits = { entries: number; inflatedBytes: number; ratio: number }

export const ZIP_LIMITS: ZipLimits = { entries: 1000, inflatedBytes: 200 * 1024 * 1024, ratio: 100 }

/** Under this size a high ratio is no attack: an empty sheet compresses well. */
const RATIO_FROM_BYTES = 1024 * 1024

/** An open zip: its parts by name, each inflated piece by piece when it is asked for. */
export type ZipParts = {
  has: (name: string) => boolean
  read: (name: string) => AsyncIterable<Uint8Array>
  close: () => void
}

/**
 * Opens a zip and looks at its directory before anything is inflated. Refused: too many entries, sizes or ratios of a
 * bomb, entries that overlap or share a name, paths that climb, symbolic links, encryption, and what is no zip.
 */
export async function openZip(source: Source, limits: ZipLimits = ZIP_LIMITS): Promise<Outcome<ZipParts>> {
  const options = { lazyEntries: true, autoClose: false, strictFileNames: true }
  let zip: ZipFile
  try {
    zip =
      "path" in source
        ? await openPromise(source.path, options)
        : await fromBufferPromise(Buffer.from(source.bytes), options)
  } catch {
    return unreadable("import.zip-broken")
  }
  const entries = await entriesOf(zip, limits)
  if (!entries.ok) {
    zip.close()
    return entries
  }
  return good(partsOf(zip, entries.value, limits))
}

async function entriesOf(zip: ZipFile, limits: ZipLimits): Promise<Outcome<Map<string, Entry>>> {
  if (zip.entryCount > limits.entries) return unreadable("import.zip-bomb")
  const entries = new Map<string, Entry>()
  try {
    for (let entry = await nextEntry(zip); entry; entry = await nextEntry(zip)) {
      if (entries.has(entry.fileName)) return unreadable("import.zip-broken")
      entries.set(entry.fileName, entry)
    }
  } catch {
    return unreadable("import.zip-broken")
  }
  const fault = faultOf([...entries.values()], limits)
  return fault ?? good(entries)
}

function nextEntry(zip: ZipFile): Promise<Entry | null> {
  return new Promise((resolve, reject) => {
    const done = (act: () => void): void => {
      zip.removeListener("entry", onEntry)
      zip.removeListener("end", onEnd)
      zip.removeListener("error", onError)
      act()
    }
    const onEntry = (entry: Entry): void => done(() => resolve(entry))
    const onEnd = (): void => done(() => resolve(null))
    const onError = (error: Error): void => done(() => reject(error))
    zip.on("entry", onEntry).on("end", onEnd).on("error", onError)
    zip.readEntry()
  })
}

function faultOf(entries: readonly Entry[], limits: ZipLimits): Refusal | null {
  if (entries.some((entry) => entry.isEncrypted())) return unreadable("import.xlsx-locked")
  const isLink = (entry: Entry): boolean => ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000
  if (entries.some(isLink)) return unreadable("import.zip-broken")
  const declared = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0)
  const tight = entries.some((entry) => tooTight(entry.uncompressedSize, entry.compressedSize, limits))
  if (declared > limits.inflatedBytes || tight) return unreadable("import.zip-bomb")
  const byPlace = entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)
  const overlaps = byPlace.some((entry, at) => {
    const next = byPlace[at + 1]
    // A local header takes 30 bytes and the name; what else stands there only makes the overlap larger.
    const end = entry.relativeOffsetOfLocalHeader + 30 + entry.compressedSize
    return next !== undefined && end > next.relativeOffsetOfLocalHeader
  })
  return overlaps ? unreadable("import.zip-bomb") : null
}

function tooTight(inflated: number, compressed: number, limits: ZipLimits): boolean {
  return inflated > RATIO_FROM_BYTES && inflated > compressed * limits.ratio
}

function partsOf(zip: ZipFile, entries: ReadonlyMap<string, Entry>, limits: ZipLimits): ZipParts {
  let total = 0
  async function* read(name: string): AsyncIterable<Uint8Array> {
    const entry = entries.get(name)
    if (!entry) throw new UnreadableError(unreadable("import.xlsx-broken"))
    let own = 0
    let stream: Readable | null = null
    try {
      stream = await zip.openReadStreamPromise(entry)
      for await (const chunk of stream as AsyncIterable<Uint8Array>) {
        own += chunk.byteLength
        total += chunk.byteLength
        if (total > limits.inflatedBytes || tooTight(own, entry.compressedSize, limits))
          throw new UnreadableError(unreadable("import.zip-bomb"))
        yield chunk
      }
    } catch (error) {
      // What the zip reader itself throws (a wrong size, a wrong sum, broken deflate) is the file's fault.
      throw error instanceof UnreadableError ? error : new UnreadableError(unreadable("import.zip-broken"))
    } finally {
      stream?.destroy()
    }
  }
  return { has: (name) => entries.has(name), read, close: () => zip.close() }
}
