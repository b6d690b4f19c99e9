/**
 * Reads a ZIP archive of stored entries, strictly: what stands in the file is exactly what the names, sizes and sums of its directory
 * make (APPNOTE 6.3.10), so there is no byte in which anything could hide.
 */
import { isSame, joined, textOf, utf8 } from "./bytes"

/** A file to read from, wherever it lies. */
export type Source = { size: number; read: (at: number, length: number) => Promise<Uint8Array> }
export type Entry = { name: string; crc: number; bytes: number; at: number; begins: number }
export type Archive = { entries: Entry[] }
/** `none`: nothing here looks like an archive. `broken`: it does, and is not as it was written. */
export type Unread = { none: string } | { broken: string }

const WIDE = 0xffffffff
const MANY = 0xffff

/** The archive's entries in their order, or in one sentence what is wrong. */
export async function readArchive(source: Source): Promise<Archive | Unread> {
  const tail = await source.read(Math.max(0, source.size - 98), Math.min(98, source.size))
  const start = await source.read(0, Math.min(4, source.size))
  const end = tail.subarray(Math.max(0, tail.length - 22))
  const ends = end.length === 22 && u32(end, 0) === 0x06054b50
  const begins = start.length === 4 && u32(start, 0) === 0x04034b50
  if (!ends && !begins) return { none: "this file is no package: it is no ZIP archive" }
  if (!ends)
    return { broken: "the archive does not end as it was written: it is cut off, or something stands behind it" }
  const where = directoryOf(tail, end)
  if (!where || where.at + where.bytes + where.tail > source.size || where.entries > 2_000_000 || where.bytes > 2 ** 29)
    return { broken: "the end of the archive does not say where its list of files is" }
  const list = await source.read(where.at, where.bytes)
  const entries = entriesOf(list, where.entries)
  if (!entries) return { broken: "the list of files in the archive cannot be read" }
  return whole(source, entries, list, where)
}

type Where = { entries: number; bytes: number; at: number; tail: number }

function directoryOf(tail: Uint8Array, end: Uint8Array): Where | null {
  const plain = { entries: u16(end, 10), bytes: u32(end, 12), at: u32(end, 16), tail: 22 }
  if (plain.entries !== MANY && plain.bytes !== WIDE && plain.at !== WIDE) return plain
  if (tail.length < 98) return null
  const wide = tail.subarray(tail.length - 98)
  const [entries, bytes, at] = [u64(wide, 32), u64(wide, 40), u64(wide, 48)]
  return entries === null || bytes === null || at === null ? null : { entries, bytes, at, tail: 98 }
}

function entriesOf(list: Uint8Array, count: number): Omit<Entry, "begins">[] | null {
  const entries: Omit<Entry, "begins">[] = []
  let at = 0
  while (at < list.length) {
    if (at + 46 > list.length || u32(list, at) !== 0x02014b50) return null
    const [title, extra] = [u16(list, at + 28), u16(list, at + 30)]
    const next = at + 46 + title + extra
    if (next > list.length) return null
    const name = textOf(list.subarray(at + 46, at + 46 + title))
    const more = list.subarray(at + 46 + title, next)
    let [bytes, begins] = [u32(list, at + 24), u32(list, at + 42)]
    let place = 4
    if (bytes === WIDE) {
      bytes = (more.length >= place + 16 ? u64(more, place) : null) ?? -1
      place += 16
    }
    if (begins === WIDE) begins = (more.length >= place + 8 ? u64(more, place) : null) ?? -1
    if (name === null || bytes < 0 || begins < 0) return null
    entries.push({ name, crc: u32(list, at + 16), bytes, at: begins })
    at = next
  }
  return entries.length === count ? entries : null
}

/** Makes headers, directory and end anew from what was read, and holds every byte of them against the file. */
async function whole(
  source: Source,
  found: Omit<Entry, "begins">[],
  list: Uint8Array,
  where: Where,
): Promise<Archive | Unread> {
  const names = new Set<string>()
  const entries: Entry[] = []
  const made: Uint8Array[] = []
  let at = 0
  for (const entry of found) {
    if (!isPlain(entry.name)) return { broken: `a name in the archive is not allowed: ${shortened(entry.name)}` }
    if (names.has(entry.name)) return { broken: `${entry.name} stands in the archive twice` }
    names.add(entry.name)
    const head = local(entry)
    if (entry.at !== at || at + head.length + entry.bytes > where.at)
      return { broken: `${entry.name} does not lie in the archive where its list says` }
    if (!isSame(head, await source.read(at, head.length)))
      return { broken: `what stands before ${entry.name} in the archive is not what its list says` }
    entries.push({ ...entry, begins: at + head.length })
    made.push(central(entry))
    at += head.length + entry.bytes
  }
  if (at !== where.at) return { broken: "something stands in the archive between its files and their list" }
  if (!isSame(joined(...made), list)) return { broken: "the list of files in the archive is not as it was written" }
  const last = end({ entries: entries.length, at: where.at, bytes: list.length })
  const stands = await source.read(at + list.length, source.size - at - list.length)
  if (!isSame(last, stands)) return { broken: "the end of the archive is not as it was written" }
  return { entries }
}

const shortened = (name: string): string => JSON.stringify(name.slice(0, 100))

function isPlain(name: string): boolean {
  if (name === "" || name.length > 200 || /[\\:\p{C}]/u.test(name)) return false
  return name.split("/").every((part) => part !== "" && part !== "." && part !== "..")
}

type Plain = Omit<Entry, "begins">

function local(entry: Plain): Uint8Array {
  const wide = entry.bytes >= WIDE
  const extra = wide ? extraOf([entry.bytes, entry.bytes]) : new Uint8Array(0)
  const title = utf8(entry.name)
  return joined(le(0x04034b50, 4), common(entry, wide, title.length), le(extra.length, 2), title, extra)
}

function central(entry: Plain): Uint8Array {
  const [wide, far] = [entry.bytes >= WIDE, entry.at >= WIDE]
  const values = [...(wide ? [entry.bytes, entry.bytes] : []), ...(far ? [entry.at] : [])]
  const extra = values.length > 0 ? extraOf(values) : new Uint8Array(0)
  const title = utf8(entry.name)
  const version = wide || far ? 45 : 20
  return joined(
    ...[le(0x02014b50, 4), le(version, 2), common(entry, wide || far, title.length, wide), le(extra.length, 2)],
    ...[new Uint8Array(10), le(far ? WIDE : entry.at, 4), title, extra],
  )
}

function common(entry: Plain, newer: boolean, title: number, wide = newer): Uint8Array {
  const bytes = le(wide ? WIDE : entry.bytes, 4)
  return joined(
    ...[le(newer ? 45 : 20, 2), le(0x0800, 2), le(0, 2), le(0, 2), le(0x21, 2)],
    ...[le(entry.crc, 4), bytes, bytes, le(title, 2)],
  )
}

const extraOf = (values: readonly number[]): Uint8Array =>
  joined(le(1, 2), le(values.length * 8, 2), ...values.map((value) => le(value, 8)))

function end(of: { entries: number; at: number; bytes: number }): Uint8Array {
  const [many, far, long] = [of.entries >= MANY, of.at >= WIDE, of.bytes >= WIDE]
  const count = le(many ? MANY : of.entries, 2)
  const size = [le(long ? WIDE : of.bytes, 4), le(far ? WIDE : of.at, 4)]
  const last = joined(le(0x06054b50, 4), le(0, 4), count, count, ...size, le(0, 2))
  if (!many && !far && !long) return last
  return joined(
    ...[le(0x06064b50, 4), le(44, 8), le(45, 2), le(45, 2), le(0, 8), le(of.entries, 8), le(of.entries, 8)],
    ...[le(of.bytes, 8), le(of.at, 8), le(0x07064b50, 4), le(0, 4), le(of.at + of.bytes, 8), le(1, 4), last],
  )
}

function le(value: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let rest = value
  for (let i = 0; i < length; i += 1) {
    bytes[i] = rest % 256
    rest = Math.floor(rest / 256)
  }
  return bytes
}

const u16 = (bytes: Uint8Array, at: number): number => (bytes[at] as number) | ((bytes[at + 1] as number) << 8)
const u32 = (bytes: Uint8Array, at: number): number => (u16(bytes, at) | (u16(bytes, at + 2) << 16)) >>> 0

function u64(bytes: Uint8Array, at: number): number | null {
  const value = u32(bytes, at) + u32(bytes, at + 4) * 2 ** 32
  return Number.isSafeInteger(value) ? value : null
}

const SUMS = Uint32Array.from({ length: 256 }, (_none, n) => {
  let sum = n
  for (let i = 0; i < 8; i += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  return sum
})

/** The archive's own sum over bytes, on top of that of what came before. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let sum = ~before
  for (let i = 0; i < bytes.length; i += 1) sum = (sum >>> 8) ^ (SUMS[(sum ^ (bytes[i] as number)) & 255] as number)
  return ~sum >>> 0
}
