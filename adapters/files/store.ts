/** Bytes by content hash. One interface on a folder and in PostgreSQL. */
export type FileStore = {
  /** Keeps what lies at `path` (a finished temporary file) under its hash; keeping the same bytes twice is one. */
  keep(sha256: string, path: string): Promise<void>
  /** The bytes as a stream; null when they are not there. */
  read(sha256: string): Promise<NodeJS.ReadableStream | null>
  /** Whether the bytes are there. */
  has(sha256: string): Promise<boolean>
  /** Takes the bytes away. Whoever calls it has made sure that no file holds them. */
  drop(sha256: string): Promise<void>
  /** A folder for uploads on their way. */
  temporary(): string
}
