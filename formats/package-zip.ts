/** The headers of a ZIP archive of stored entries (APPNOTE 6.3.10): one fixed time, no comments, no extra field but ZIP64. */

export type Entry = { name: string; crc: number; bytes: number; at: number }
/** From which size, place and number on the wider fields of ZIP64 are needed; a test takes smaller ones. */
export type ZipLimits = { bytes: number; entries: number }
export const LIMITS: ZipLimits = { bytes: 0xffffffff, entries: 0xffff }

const UTF8 = 0x0800
const STORED = 0
/** 1 January 1980, 0:00: the first that the format can say. */
const [TIME, DAY] = [0, 0x0021]
const PLAIN = 20
const WIDE = 45

/** What stands before an entry's bytes. */
export function local({ name, crc, bytes }: Entry, limits: ZipLimits): Buffer {
  const wide = bytes >= limits.bytes
  const title = Buffer.from(name, "utf8")
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  common(head, 4, { version: wide ? WIDE : PLAIN, crc, bytes: wide ? 0xffffffff : bytes, title: title.length })
  const extra = wide ? extraOf([bytes, bytes]) : Buffer.alloc(0)
  head.writeUInt16LE(extra.length, 28)
  return Buffer.concat([head, title, extra])
}

/** The entry in the directory at the end. */
export function central({ name, crc, bytes, at }: Entry, limits: ZipLimits): Buffer {
  const [large, far] = [bytes >= limits.bytes, at >= limits.bytes]
  const title = Buffer.from(name, "utf8")
  const head = Buffer.alloc(46)
  const version = large || far ? WIDE : PLAIN
  head.writeUInt32LE(0x02014b50, 0)
  head.writeUInt16LE(version, 4)
  common(head, 6, { version, crc, bytes: large ? 0xffffffff : bytes, title: title.length })
  const extra = large || far ? extraOf([...(large ? [bytes, bytes] : []), ...(far ? [at] : [])]) : Buffer.alloc(0)
  head.writeUInt16LE(extra.length, 30)
  head.writeUInt32LE(far ? 0xffffffff : at, 42)
  return Buffer.concat([head, title, extra])
}

/** The end of the archive, with ZIP64's own before it where the directory needs it. */
export function end(of: { entries: number; at: number; bytes: number }, limits: ZipLimits): Buffer {
  const many = of.entries >= limits.entries
  const far = of.at >= limits.bytes || of.bytes >= limits.bytes
  const last = Buffer.alloc(22)
  last.writeUInt32LE(0x06054b50, 0)
  last.writeUInt16LE(many ? 0xffff : of.entries, 8)
  last.writeUInt16LE(many ? 0xffff : of.entries, 10)
  last.writeUInt32LE(of.bytes >= limits.bytes ? 0xffffffff : of.bytes, 12)
  last.writeUInt32LE(of.at >= limits.bytes ? 0xffffffff : of.at, 16)
  if (!many && !far) return last
  const wide = Buffer.alloc(56)
  wide.writeUInt32LE(0x06064b50, 0)
  wide.writeBigUInt64LE(44n, 4)
  wide.writeUInt16LE(WIDE, 12)
  wide.writeUInt16LE(WIDE, 14)
  wide.writeBigUInt64LE(BigInt(of.entries), 24)
  wide.writeBigUInt64LE(BigInt(of.entries), 32)
  wide.writeBigUInt64LE(BigInt(of.bytes), 40)
  wide.writeBigUInt64LE(BigInt(of.at), 48)
  const where = Buffer.alloc(20)
  where.writeUInt32LE(0x07064b50, 0)
  where.writeBigUInt64LE(BigInt(of.at + of.bytes), 8)
  where.writeUInt32LE(1, 16)
  return Buffer.concat([wide, where, last])
}

function common(head: Buffer, at: number, of: { version: number; crc: number; bytes: number; title: number }): void {
  head.writeUInt16LE(of.version, at)
  head.writeUInt16LE(UTF8, at + 2)
  head.writeUInt16LE(STORED, at + 4)
  head.writeUInt16LE(TIME, at + 6)
  head.writeUInt16LE(DAY, at + 8)
  head.writeUInt32LE(of.crc, at + 10)
  head.writeUInt32LE(of.bytes, at + 14)
  head.writeUInt32LE(of.bytes, at + 18)
  head.writeUInt16LE(of.title, at + 22)
}

function extraOf(values: readonly number[]): Buffer {
  const extra = Buffer.alloc(4 + values.length * 8)
  extra.writeUInt16LE(1, 0)
  extra.writeUInt16LE(values.length * 8, 2)
  values.forEach((value, i) => extra.writeBigUInt64LE(BigInt(value), 4 + i * 8))
  return extra
}
