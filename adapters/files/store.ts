import type { Readable } from "node:stream"
import type { sql } from "drizzle-orm"
import type { FileFault, Range } from "./seal"
import type { Secrets } from "./secrets"

/** What a store may be given of a database: one statement at a time, of a pool or of a transaction. */
export type Runs = { execute: (statement: ReturnType<typeof sql>) => Promise<{ rows: unknown[] }> }

/** Bytes on their way in: sealed, counted and hashed, lying apart until they are kept or discarded. */
export type Staged = { place: string; sha256: string; sizeBytes: number; head: Buffer }

/** Lays down what was sealed anew, or does not; whether it did. */
export type Laying = (lay: () => Promise<void>) => Promise<boolean>

/** Without anybody to hold off. */
export const layNow: Laying = async (lay) => {
  await lay()
  return true
}

/** Bytes by content hash, sealed. One interface on a folder and in PostgreSQL; nothing is ever whole in memory. */
export type FileStore = {
  /** Takes a stream in, sealing it as it comes. What breaks off leaves nothing. */
  stage(source: AsyncIterable<Uint8Array>): Promise<Staged>
  /** What was staged, as a stream of its plain bytes. */
  staged(staged: Staged): Readable
  /** Keeps what was staged under its hash; the same bytes twice are one. `tx`: in the caller's transaction, if the store has any. */
  keep(staged: Staged, tx?: Runs): Promise<void>
  /** Takes away what was staged and is not to be kept. */
  discard(staged: Staged): Promise<void>
  /** The plain bytes, or a part of them, as a stream; null when there are none of that hash. Throws `FileFault` before the first byte. */
  read(sha256: string, range?: Range): Promise<Readable | null>
  /** Whether there are bytes of that hash. */
  has(sha256: string): Promise<boolean>
  /** Every hash there is, in order, and whether its bytes are sealed: those of early landings may not be. */
  list(): AsyncIterable<{ sha256: string; sealed: boolean }>
  /** Reads the whole of a file and says what is wrong with it; null: nothing. */
  check(sha256: string): Promise<FileFault | null>
  /**
   * Seals a file with the current key, if it is not. Whether anything was done; throws `FileFault` and leaves it as it was.
   * `laying` is given the last step, which lays it down: whoever must hold others off does so there, and may leave it undone.
   */
  reseal(sha256: string, laying?: Laying): Promise<boolean>
  /** The file sealed, as one stream (for a backup); null when there is none. */
  sealedBytes(sha256: string): Promise<AsyncIterable<Buffer> | null>
  /** The plain bytes of such a stream, held against the hash and opened with the keys of this store. */
  opened(sha256: string, sealed: AsyncIterable<Uint8Array>): AsyncIterable<Buffer>
  /** When the bytes of that hash were laid down; null where there are none, or where that is not known of early ones. */
  laidAt(sha256: string): Promise<Date | null>
  /** Takes a file away for good. */
  remove(sha256: string): Promise<void>
  /** A key that files here are sealed with, where none of those met is known; null: one is, or there are none. Looks at little. */
  strangeKey(): Promise<string | null>
  /** Takes away what was staged before this instant and never kept. */
  sweep(before: Date): Promise<number>
  /** Short secrets, sealed with the keys of this store. */
  secrets: Secrets
  /** A folder for what lies on the disk for a moment. */
  temporary(): string
}
