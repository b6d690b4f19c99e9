import { Readable } from "node:stream"
import { ZipFile } from "yazl"

/** A file for the archive; its bytes come when it is their turn, and are as many as was said. */
export type ZipEntry = { name: string; bytes: number; content: () => Iterable<Uint8Array> }

/**
 * The entries in their order as a ZIP. Stored and not compressed, so that no release of a compressor is in the bytes;
 * time and mode are the same for every file. DOS times are local: a local noon reads the same in every zone.
 */
export async function* zipOf(entries: readonly ZipEntry[]): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile()
  const out = zip.outputStream as Readable
  const fail = (problem: Error): void => void out.destroy(problem)
  zip.on("error", fail)
  const options = { mtime: new Date(1980, 0, 2, 12), forceDosTimestamp: true, mode: 0o100644, compress: false }
  for (const { name, bytes, content } of entries)
    zip.addReadStreamLazy(name, { ...options, size: bytes }, (give) => {
      const stream = Readable.from(content(), { objectMode: false })
      stream.on("error", fail)
      give(null, stream)
    })
  zip.end()
  for await (const chunk of out) yield chunk as Uint8Array
}
