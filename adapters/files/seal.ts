import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto"
import type { FileKey, FileKeys } from "./keys"

/**
 * A sealed file: a header, then records. The key of one file is derived from a key of the files and 32 random bytes, so
 * that no two files share one. Each record is AES-256-GCM over at most 64 KiB; its number and whether it is the last are
 * its nonce and bound with it (STREAM), so records that are cut off, moved or left out do not open. The header is bound
 * likewise and names the content hash: a file in another's place is found before its first byte is given.
 */
const MAGIC = Buffer.from("ONWFILE1")
export const CHUNK = 64 * 1024
const TAG = 16
export const RECORD = CHUNK + TAG
/** Magic 8, key 8, salt 32, size 8, content hash 32, chunk size 4, tag 16. */
export const HEADER = 108
const CIPHER = "aes-256-gcm"

export type FaultKind = "missing" | "altered" | "truncated" | "swapped" | "no-key"

/** A file that is not what it was when it was kept. */
export class FileFault extends Error {
  constructor(
    readonly kind: FaultKind,
    readonly keyId?: string,
  ) {
    super(`the file is ${kind}`)
  }
}

export type SealedAs = { sha256: string; size: number }

/** How many records a file of this size has: an empty one has one, for that it is empty is bound as well. */
export function recordsOf(size: number): number {
  return Math.max(1, Math.ceil(size / CHUNK))
}

/** How long a sealed file of this size is. */
export function sealedLength(size: number): number {
  return HEADER + size + TAG * recordsOf(size)
}

function keyOf(key: FileKey, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync("sha256", key.bytes, salt, "onward file 1", 32))
}

function nonceOf(index: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(index, 7)
  nonce[11] = last ? 1 : 0
  return nonce
}

const HEADER_NONCE = Buffer.alloc(12, 0xff)

/** Seals one file. Records are made as bytes come; the header at the end, when hash and size are known. */
export class Sealer {
  private readonly salt = randomBytes(32)
  private readonly own: Buffer
  private index = 0

  constructor(private readonly key: FileKey) {
    this.own = keyOf(key, this.salt)
  }

  /** The next record. Between two of a file each holds exactly `CHUNK` bytes. */
  record(bytes: Uint8Array, last: boolean): Buffer {
    const nonce = nonceOf(this.index, last)
    this.index += 1
    const cipher = createCipheriv(CIPHER, this.own, nonce).setAAD(Buffer.concat([MAGIC, nonce]))
    return Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
  }

  header({ sha256, size }: SealedAs): Buffer {
    const head = Buffer.alloc(HEADER - TAG)
    MAGIC.copy(head, 0)
    Buffer.from(this.key.id, "hex").copy(head, 8)
    this.salt.copy(head, 16)
    head.writeBigUInt64BE(BigInt(size), 48)
    Buffer.from(sha256, "hex").copy(head, 56)
    head.writeUInt32BE(CHUNK, 88)
    const cipher = createCipheriv(CIPHER, this.own, HEADER_NONCE).setAAD(head)
    cipher.final()
    return Buffer.concat([head, cipher.getAuthTag()])
  }
}

/** A header that was opened: how long the file is, and what its records open with. */
export type Opened = SealedAs & { keyId: string; open: (record: Buffer, index: number) => Buffer }

/** The id of the key that a header names; null: it is none. Nothing is verified. */
export function keyIdOf(header: Buffer): string | null {
  if (header.length < HEADER || !header.subarray(0, 8).equals(MAGIC)) return null
  return header.subarray(8, 16).toString("hex")
}

/** Opens a header, held against the hash that was asked for; throws `FileFault`. */
export function openHeader(header: Buffer, keys: FileKeys, wanted: string): Opened {
  if (header.length < HEADER) throw new FileFault("truncated")
  const keyId = keyIdOf(header)
  if (keyId === null) throw new FileFault("altered")
  const key = keys.byId(keyId)
  if (!key) throw new FileFault("no-key", keyId)
  const own = keyOf(key, header.subarray(16, 48))
  const head = header.subarray(0, HEADER - TAG)
  const opener = createDecipheriv(CIPHER, own, HEADER_NONCE, { authTagLength: TAG })
    .setAAD(head)
    .setAuthTag(header.subarray(HEADER - TAG, HEADER))
  try {
    opener.final()
  } catch {
    throw new FileFault("altered")
  }
  const sha256 = head.subarray(56, 88).toString("hex")
  if (sha256 !== wanted) throw new FileFault("swapped")
  const size = Number(head.readBigUInt64BE(48))
  const last = recordsOf(size) - 1
  const open = (record: Buffer, index: number): Buffer => {
    if (record.length < TAG) throw new FileFault("truncated")
    const nonce = nonceOf(index, index === last)
    const decipher = createDecipheriv(CIPHER, own, nonce, { authTagLength: TAG })
      .setAAD(Buffer.concat([MAGIC, nonce]))
      .setAuthTag(record.subarray(record.length - TAG))
    try {
      return Buffer.concat([decipher.update(record.subarray(0, record.length - TAG)), decipher.final()])
    } catch {
      throw new FileFault("altered")
    }
  }
  return { sha256, size, keyId, open }
}

/** A stream in pieces of exactly `size` bytes; the last may be shorter, and is given even if it is empty. */
export async function* pieces(
  source: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ bytes: Buffer; last: boolean }> {
  let held: Buffer[] = []
  let have = 0
  for await (const chunk of source) {
    let rest = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    while (have + rest.length > size) {
      const bytes = Buffer.concat([...held, rest.subarray(0, size - have)])
      rest = rest.subarray(size - have)
      held = []
      have = 0
      yield { bytes, last: false }
    }
    if (rest.length > 0) {
      // What lies in a buffer of the network's own would be kept whole for the sake of its end.
      held.push(rest.length < chunk.byteLength ? Buffer.from(rest) : rest)
      have += rest.length
    }
  }
  yield { bytes: Buffer.concat(held), last: true }
}

/** First and last byte (both included) of a part of a file. */
export type Range = { from: number; to: number }

/** The plain bytes of a part of a file; `records` gives sealed records from one number to another, both included. */
export async function* opened(
  file: Opened,
  range: Range | undefined,
  records: (first: number, last: number) => AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  const from = range?.from ?? 0
  const to = range?.to ?? Math.max(0, file.size - 1)
  const first = Math.floor(from / CHUNK)
  const until = Math.min(Math.floor(to / CHUNK), recordsOf(file.size) - 1)
  let index = first
  for await (const record of records(first, until)) {
    if (index > until) throw new FileFault("altered")
    const plain = file.open(record, index)
    const begins = index * CHUNK
    index += 1
    const part = range ? plain.subarray(Math.max(0, from - begins), Math.min(plain.length, to + 1 - begins)) : plain
    if (part.length > 0) yield part
  }
  if (index <= until) throw new FileFault("truncated")
}

/** The plain bytes of a sealed file that comes as one stream; throws `FileFault`. */
export async function* openedStream(
  source: AsyncIterable<Uint8Array>,
  keys: FileKeys,
  wanted: string,
): AsyncGenerator<Buffer> {
  const walk = source[Symbol.asyncIterator]()
  let before = Buffer.alloc(0)
  while (before.length < HEADER) {
    const next = await walk.next()
    if (next.done) throw new FileFault("truncated")
    before = Buffer.concat([before, next.value])
  }
  const file = openHeader(before.subarray(0, HEADER), keys, wanted)
  const rest = async function* (): AsyncGenerator<Uint8Array> {
    yield before.subarray(HEADER)
    for (let next = await walk.next(); !next.done; next = await walk.next()) yield next.value
  }
  yield* opened(file, undefined, async function* () {
    for await (const { bytes } of pieces(rest(), RECORD)) yield bytes
  })
}

/** A file of known hash and size, sealed as one stream. */
export async function* sealedStream(
  source: AsyncIterable<Uint8Array>,
  key: FileKey,
  as: SealedAs,
): AsyncGenerator<Buffer> {
  const sealer = new Sealer(key)
  yield sealer.header(as)
  for await (const { bytes, last } of pieces(source, CHUNK)) yield sealer.record(bytes, last)
}
