import { createHash } from "node:crypto"
import { createReadStream, createWriteStream } from "node:fs"
import { rename, unlink } from "node:fs/promises"
import { pipeline } from "node:stream/promises"
import { createGzip, createGunzip } from "node:zlib"
import { Readable } from "node:stream"

/** One thing in a backup: a table's rows as JSON lines, or the bytes of a file. */
export type Entry = { name: string; bytes: AsyncIterable<Buffer> }

const MAGIC = "onward-backup-1\n"

/**
 * Writes a backup: a magic line, then for each entry a line of JSON with its name, chunks with their length before
 * them, an empty chunk, and the entry's SHA-256; all of it compressed. Written beside, synced by rename.
 */
export async function writeArchive(path: string, entries: AsyncIterable<Entry>): Promise<void> {
  const beside = `${path}.incoming`
  try {
    await pipeline(Readable.from(pack(entries)), createGzip({ level: 6 }), createWriteStream(beside, { mode: 0o600 }))
    await rename(beside, path)
  } catch (problem) {
    await unlink(beside).catch(() => undefined)
    throw problem
  }
}

async function* pack(entries: AsyncIterable<Entry>): AsyncGenerator<Buffer> {
  yield Buffer.from(MAGIC)
  for await (const entry of entries) {
    yield frame(Buffer.from(JSON.stringify({ name: entry.name })))
    const hash = createHash("sha256")
    for await (const chunk of entry.bytes) {
      if (chunk.length === 0) continue
      hash.update(chunk)
      yield frame(chunk)
    }
    yield frame(Buffer.alloc(0))
    yield frame(hash.digest())
  }
  yield frame(Buffer.from(JSON.stringify({ name: "" })))
}

function frame(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

/** A backup that cannot be read: cut off, altered, or none at all. */
export class BadArchive extends Error {}

/**
 * Reads a backup entry by entry; the receiver must take all chunks of one before the next. Each entry's hash is held
 * against its bytes, and the end must be there. Throws `BadArchive`.
 */
export async function readArchive(
  path: string,
  take: (name: string, bytes: AsyncIterable<Buffer>) => Promise<void>,
): Promise<void> {
  const file = createReadStream(path)
  const opened = createGunzip()
  // A pipe passes no error on: without this a file that is not there is waited for without end.
  file.once("error", (problem) => opened.destroy(problem))
  const reader = new Frames(file.pipe(opened))
  try {
    if ((await reader.exactly(MAGIC.length)).toString() !== MAGIC)
      throw new BadArchive("this file is no backup of Onward")
    for (;;) {
      const { name } = JSON.parse((await reader.frame()).toString()) as { name: string }
      if (name === "") return
      const hash = createHash("sha256")
      let whole = false
      const chunks = async function* (): AsyncGenerator<Buffer> {
        for (let chunk = await reader.frame(); chunk.length > 0; chunk = await reader.frame()) {
          hash.update(chunk)
          yield chunk
        }
        whole = true
      }
      await take(name, chunks())
      if (!whole) throw new Error(`entry ${name} was not taken whole`)
      if (!(await reader.frame()).equals(hash.digest())) throw new BadArchive(`the backup's part ${name} was altered`)
    }
  } catch (problem) {
    if (problem instanceof BadArchive) throw problem
    if (problem instanceof SyntaxError || (problem as NodeJS.ErrnoException).code?.startsWith("Z_"))
      throw new BadArchive("the backup is cut off or altered")
    if (["ENOENT", "EACCES", "EISDIR"].includes((problem as NodeJS.ErrnoException).code ?? ""))
      throw new BadArchive("there is no file of that name that can be read")
    throw problem
  }
}

class Frames {
  private rest: Buffer = Buffer.alloc(0)
  private readonly source: AsyncIterator<Buffer>
  constructor(stream: NodeJS.ReadableStream) {
    this.source = (stream as unknown as AsyncIterable<Buffer>)[Symbol.asyncIterator]()
  }
  async exactly(count: number): Promise<Buffer> {
    const parts = [this.rest]
    let have = this.rest.length
    while (have < count) {
      const next = await this.source.next()
      if (next.done) throw new BadArchive("the backup is cut off")
      parts.push(next.value)
      have += next.value.length
    }
    const all = parts.length === 1 ? this.rest : Buffer.concat(parts)
    this.rest = all.subarray(count)
    return all.subarray(0, count)
  }
  async frame(): Promise<Buffer> {
    const length = (await this.exactly(4)).readUInt32BE()
    if (length > 64 * 1024 * 1024) throw new BadArchive("the backup is altered")
    return this.exactly(length)
  }
}
