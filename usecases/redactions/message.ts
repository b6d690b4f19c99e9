/** What goes to the worker: a head, the sheets, the original. What comes back: a head, and the copy. */
export type Asked = { sheets: number; withheld: number[] }
export type Answer = { ok: true; pages: number } | { ok: false; says: string }

/** Packs a head and what follows it. */
export function packed(head: object, ...parts: Uint8Array[]): Uint8Array[] {
  const words = Buffer.from(JSON.stringify(head))
  const size = Buffer.alloc(4)
  size.writeUInt32BE(words.length)
  return [size, words, ...parts]
}

/** Unpacks it again; null: it is cut off, or its head is none. */
export function unpacked(bytes: Buffer): { head: unknown; rest: Buffer } | null {
  if (bytes.length < 4) return null
  const end = 4 + bytes.readUInt32BE(0)
  if (end > bytes.length) return null
  try {
    return { head: JSON.parse(bytes.subarray(4, end).toString()) as unknown, rest: bytes.subarray(end) }
  } catch {
    return null
  }
}
