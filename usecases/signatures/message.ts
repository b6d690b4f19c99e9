/** What goes to the worker: a head that says how long the trust file is, the trust file, the PDF. */
export type Head = {
  askedAt: string
  trust: { name: string | null; sizeBytes: number } | null
  /** The trust file itself is what is asked about. */
  only?: "list"
}

/** Packs a question for the worker. */
export function packed(head: Head, trust: Uint8Array | null, pdf: Uint8Array): Uint8Array[] {
  const words = Buffer.from(JSON.stringify(head))
  const size = Buffer.alloc(4)
  size.writeUInt32BE(words.length)
  return [size, words, ...(trust ? [trust] : []), pdf]
}

/** Unpacks it again. */
export function unpacked(bytes: Buffer): { head: Head; trust: Uint8Array | null; pdf: Uint8Array } {
  const size = bytes.readUInt32BE(0)
  const head = JSON.parse(bytes.subarray(4, 4 + size).toString()) as Head
  const at = 4 + size + (head.trust?.sizeBytes ?? 0)
  return { head, trust: head.trust ? bytes.subarray(4 + size, at) : null, pdf: bytes.subarray(at) }
}
