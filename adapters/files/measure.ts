import { createHash } from "node:crypto"
import { CHUNK, FileFault, pieces, Sealer } from "./seal"
import type { FileKey } from "./keys"

const HEAD = 4096

/** What is known of a file once it went by. */
export type Measured = { sha256: string; sizeBytes: number; head: Buffer; header: Buffer }

/** Seals a stream record by record and gives each to `put`; at its end the header, which is put before them. */
export async function sealing(
  source: AsyncIterable<Uint8Array>,
  key: FileKey,
  put: (record: Buffer) => Promise<void>,
): Promise<Measured> {
  const sealer = new Sealer(key)
  const hash = createHash("sha256")
  let sizeBytes = 0
  let head = Buffer.alloc(0)
  for await (const { bytes, last } of pieces(source, CHUNK)) {
    if (sizeBytes === 0) head = Buffer.from(bytes.subarray(0, HEAD))
    hash.update(bytes)
    sizeBytes += bytes.length
    await put(sealer.record(bytes, last))
  }
  const sha256 = hash.digest("hex")
  return { sha256, sizeBytes, head, header: sealer.header({ sha256, size: sizeBytes }) }
}

/** Passes a stream on and holds it against its hash at the end; throws `FileFault` where they differ. */
export async function* holding(source: AsyncIterable<Uint8Array>, sha256: string): AsyncGenerator<Buffer> {
  const hash = createHash("sha256")
  for await (const chunk of source) {
    hash.update(chunk)
    yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
  }
  if (hash.digest("hex") !== sha256) throw new FileFault("altered")
}

/** Reads a stream to its end; what is wrong with it, or null. */
export async function faultOf(source: () => AsyncIterable<unknown>): Promise<FileFault | null> {
  try {
    for await (const _ of source());
    return null
  } catch (problem) {
    if (problem instanceof FileFault) return problem
    throw problem
  }
}

/** Whether a word is a content hash: nothing else becomes part of a path. */
export function isHash(sha256: string): boolean {
  return /^[0-9a-f]{64}$/.test(sha256)
}
