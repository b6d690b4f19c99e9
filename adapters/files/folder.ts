import { randomBytes } from "node:crypto"
import { createReadStream } from "node:fs"
import { access, mkdir, open, readdir, rename, stat, unlink, type FileHandle } from "node:fs/promises"
import { join } from "node:path"
import { Readable } from "node:stream"
import type { FileKeys } from "./keys"
import { faultOf, holding, isHash, sealing } from "./measure"
import {
  FileFault,
  HEADER,
  keyIdOf,
  opened,
  openedStream,
  openHeader,
  pieces,
  RECORD,
  sealedLength,
  sealedStream,
  type Opened,
} from "./seal"
import { secretsOf } from "./secrets"
import { layNow, type FileStore, type Staged } from "./store"

const SEALED = ".sealed"

/**
 * Files in the data folder, by hash: `ab/abcd….sealed`; of early landings also `ab/abcd…`, not sealed. Each is written
 * elsewhere, synced, and renamed to its place: none is ever half there.
 */
export function folderStore(folder: string, keys: FileKeys): FileStore {
  const shelf = (sha256: string): string => join(folder, sha256.slice(0, 2))
  const place = (sha256: string): string => {
    if (!isHash(sha256)) throw new Error("not a content hash")
    return join(shelf(sha256), sha256)
  }
  const incoming = join(folder, "incoming")

  const stage = async (source: AsyncIterable<Uint8Array>): Promise<Staged> => {
    await mkdir(incoming, { recursive: true, mode: 0o700 })
    const path = join(incoming, `${randomBytes(16).toString("hex")}${SEALED}`)
    const handle = await open(path, "wx", 0o600)
    try {
      let at = HEADER
      const { header, ...measured } = await sealing(source, keys.current(), async (record) => {
        await writeAll(handle, record, at)
        at += record.length
      })
      await writeAll(handle, header, 0)
      await handle.sync()
      await handle.close()
      return { place: path, ...measured }
    } catch (problem) {
      await handle.close().catch(() => undefined)
      await unlink(path).catch(() => undefined)
      throw problem
    }
  }

  /** Lays a staged file in its place. The same bytes may lie there already: what was just sealed is known to be whole. */
  const keep = async ({ sha256, place: path }: Staged): Promise<void> => {
    await mkdir(shelf(sha256), { recursive: true, mode: 0o700 })
    await rename(path, `${place(sha256)}${SEALED}`)
    await syncFolder(shelf(sha256))
  }

  /** The sealed file with its header opened and its length held against it; the caller closes it. */
  const sealedAt = async (sha256: string): Promise<{ handle: FileHandle; file: Opened } | null> => {
    const handle = await openIfThere(`${place(sha256)}${SEALED}`)
    if (!handle) return null
    try {
      const header = Buffer.alloc(HEADER)
      const { bytesRead } = await handle.read(header, 0, HEADER, 0)
      const file = openHeader(header.subarray(0, bytesRead), keys, sha256)
      const { size } = await handle.stat()
      if (size !== sealedLength(file.size))
        throw new FileFault(size < sealedLength(file.size) ? "truncated" : "altered")
      return { handle, file }
    } catch (problem) {
      await handle.close()
      throw problem
    }
  }

  const read: FileStore["read"] = async (sha256, range) => {
    const found = await sealedAt(sha256)
    if (!found) return plain(sha256, range)
    const { handle, file } = found
    const bytes = opened(file, range, async function* (first, last) {
      const start = HEADER + first * RECORD
      const source = handle.createReadStream({ start, end: HEADER + (last + 1) * RECORD - 1, autoClose: false })
      for await (const piece of pieces(source as AsyncIterable<Buffer>, RECORD)) yield piece.bytes
    })
    return streamOf(bytes, () => handle.close())
  }

  /** A file that is not sealed yet: its hash is all that speaks for it, so it is read twice. */
  const plain = async (sha256: string, range?: { from: number; to: number }): Promise<Readable | null> => {
    const path = place(sha256)
    if (!(await there(path))) return null
    const fault = await faultOf(() => holding(createReadStream(path) as AsyncIterable<Buffer>, sha256))
    if (fault) throw fault
    return createReadStream(path, range ? { start: range.from, end: range.to } : {})
  }

  return {
    stage,
    staged: ({ sha256, place: path }) => {
      // Opened when it is first read: whoever lets go of it before that leaves nothing open.
      const bytes = async function* (): AsyncGenerator<Buffer> {
        yield* openedStream(createReadStream(path) as AsyncIterable<Buffer>, keys, sha256)
      }
      return Readable.from(bytes(), { objectMode: false })
    },
    keep,
    discard: ({ place: path }) => unlink(path).catch(() => undefined),
    read,
    has: async (sha256) => (await there(`${place(sha256)}${SEALED}`)) || there(place(sha256)),
    list: async function* () {
      for (const name of await namesIn(folder)) {
        if (!/^[0-9a-f]{2}$/.test(name)) continue
        const found = (await namesIn(join(folder, name))).filter((one) => isHash(one.slice(0, 64)))
        const sealed = new Set(found.filter((one) => one.endsWith(SEALED)).map((one) => one.slice(0, 64)))
        for (const sha256 of new Set(found.map((one) => one.slice(0, 64)))) yield { sha256, sealed: sealed.has(sha256) }
      }
    },
    check: async (sha256) => {
      try {
        const stream = await read(sha256)
        return stream ? await faultOf(() => holding(stream as AsyncIterable<Buffer>, sha256)) : new FileFault("missing")
      } catch (problem) {
        if (problem instanceof FileFault) return problem
        throw problem
      }
    },
    reseal: async (sha256, laying = layNow) => {
      const header = await headerAt(`${place(sha256)}${SEALED}`)
      if (header && keyIdOf(header) === keys.current().id) {
        // Sealed before the last step of the run before, which then broke off.
        await unlink(place(sha256)).catch(() => undefined)
        return false
      }
      const stream = await read(sha256)
      if (!stream) throw new FileFault("missing")
      const staged = await stage(holding(stream as AsyncIterable<Buffer>, sha256))
      let laid = false
      try {
        laid = await laying(async () => {
          await keep(staged)
          await unlink(place(sha256)).catch(() => undefined)
        })
      } finally {
        if (!laid) await unlink(staged.place).catch(() => undefined)
      }
      return laid
    },
    sealedBytes: async (sha256) => {
      const found = await sealedAt(sha256)
      if (found)
        return streamOf(found.handle.createReadStream({ start: 0, autoClose: false }), () => found.handle.close())
      const stream = await plain(sha256)
      if (!stream) return null
      const { size } = await stat(place(sha256))
      return sealedStream(holding(stream as AsyncIterable<Buffer>, sha256), keys.current(), { sha256, size })
    },
    opened: (sha256, sealed) => holding(openedStream(sealed, keys, sha256), sha256),
    laidAt: async (sha256) => {
      for (const path of [`${place(sha256)}${SEALED}`, place(sha256)]) {
        const found = await stat(path).catch(() => null)
        // Renaming keeps when it was written and says when it was laid here.
        if (found) return found.ctime
      }
      return null
    },
    remove: async (sha256) => {
      for (const path of [`${place(sha256)}${SEALED}`, place(sha256)]) await unlink(path).catch(() => undefined)
    },
    strangeKey: async () => {
      let strange: string | null = null
      let looked = 0
      for (const name of await namesIn(folder)) {
        if (!/^[0-9a-f]{2}$/.test(name)) continue
        const one = (await namesIn(join(folder, name))).find((file) => file.endsWith(SEALED))
        const id = one ? keyIdOf((await headerAt(join(folder, name, one))) ?? Buffer.alloc(0)) : null
        if (id && keys.byId(id)) return null
        strange ??= id
        looked += one ? 1 : 0
        if (looked >= 20) break
      }
      return strange
    },
    sweep: async (before) => {
      let gone = 0
      for (const name of await namesIn(incoming)) {
        const path = join(incoming, name)
        const found = await stat(path).catch(() => null)
        if (!found || found.mtime >= before) continue
        await unlink(path).catch(() => undefined)
        gone += 1
      }
      return gone
    },
    secrets: secretsOf(keys),
    temporary: () => incoming,
  }
}

/** A stream of these bytes that lets go of what it stands on, however it ends. */
function streamOf(source: AsyncIterable<Buffer>, done: () => Promise<void>): Readable {
  const bytes = async function* (): AsyncGenerator<Buffer> {
    yield* source
  }
  const stream = Readable.from(bytes(), { objectMode: false, highWaterMark: RECORD })
  // Also of a stream that nobody began to read: its generator never ran.
  stream.once("close", () => void done().catch(() => undefined))
  return stream
}

/** A disk that is nearly full takes a part of what it is given, and says so only by how much. */
async function writeAll(handle: FileHandle, bytes: Buffer, at: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at + done)
    if (bytesWritten === 0) throw Object.assign(new Error("nothing was written"), { code: "ENOSPC" })
    done += bytesWritten
  }
}

function there(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, "r")
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code === "ENOENT") return null
    throw problem
  }
}

async function headerAt(path: string): Promise<Buffer | null> {
  const handle = await openIfThere(path)
  if (!handle) return null
  try {
    const header = Buffer.alloc(HEADER)
    const { bytesRead } = await handle.read(header, 0, HEADER, 0)
    return header.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort()
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code === "ENOENT") return []
    throw problem
  }
}

/** That a name stands in a folder is on the disk as well, where the system can do it. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => null)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}
