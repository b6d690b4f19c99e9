import { PdfError, spendObjects, type Budget } from "./budget"
import { streamBytes } from "./inflate"
import { need, parseObject, parseValue } from "./parse"
import { Tokens } from "./tokens"
import { dictOf, nameOf, type PdfDict } from "./values"

/** Where an object is: at a byte of the file, packed in an object stream, or nowhere. */
export type Entry =
  { kind: "at"; offset: number; gen: number } | { kind: "packed"; container: number; index: number } | { kind: "free" }

/** One table of places, from its first byte to behind its end mark. */
export type Section = {
  offset: number
  /** Where the table and its trailer end, before `startxref`. */
  tableEnd: number
  /** The byte behind `%%EOF`. */
  end: number
  /** What its own `startxref` says. */
  stated: number
  entries: Map<number, Entry>
  trailer: PdfDict
  /** Numbers that this one table names twice. */
  twice: number[]
  /** Objects that are the tables themselves (cross-reference streams), with the bytes they take. */
  own: { num: number; start: number; end: number }[]
}

const HIGHEST = 8_388_607

/** Reads the table at a place, the extra one of a hybrid file with it. */
export function readSection(bytes: Uint8Array, offset: number, budget: Budget): Section {
  if (!Number.isInteger(offset) || offset < 0 || offset >= bytes.length) throw new PdfError("needs-repair", "startxref")
  const tokens = new Tokens(bytes, offset)
  tokens.skip()
  if (!tokens.sees("xref")) return streamSection(bytes, offset, budget)
  const section = tableSection(bytes, tokens, offset, budget)
  const hybrid = section.trailer.map.get("XRefStm")
  if (typeof hybrid === "number") {
    const extra = readStreamTable(bytes, hybrid, budget)
    for (const [num, entry] of extra.entries) {
      const before = section.entries.get(num)
      if (before === undefined || before.kind === "free") section.entries.set(num, entry)
      // The two tables of one save say different things of one number: readers of either kind see another file.
      else if (entry.kind !== "free" && JSON.stringify(entry) !== JSON.stringify(before)) section.twice.push(num)
    }
    section.own.push(...extra.own)
    section.twice.push(...extra.twice)
  }
  return section
}

function tableSection(bytes: Uint8Array, tokens: Tokens, offset: number, budget: Budget): Section {
  const entries = new Map<number, Entry>()
  const twice: number[] = []
  tokens.at += 4
  for (;;) {
    tokens.skip()
    if (tokens.sees("trailer")) break
    const first = tokens.next()
    const count = tokens.next()
    if (!whole(first) || !whole(count) || first + count > HIGHEST || count * 16 > bytes.length - tokens.at)
      throw new PdfError("needs-repair", `table at byte ${offset}`)
    spendObjects(budget, count)
    for (let i = 0; i < count; i += 1) {
      const at = tokens.next()
      const gen = tokens.next()
      const kind = tokens.next()
      if (!whole(at) || !whole(gen) || kind === null || typeof kind !== "object" || kind.t !== "word")
        throw new PdfError("needs-repair", `table at byte ${offset}`)
      if (kind.v !== "n" && kind.v !== "f") throw new PdfError("needs-repair", `table at byte ${offset}`)
      if (entries.has(first + i)) twice.push(first + i)
      entries.set(first + i, kind.v === "n" ? { kind: "at", offset: at, gen } : { kind: "free" })
    }
  }
  need(tokens, "trailer")
  const trailer = parseValue(tokens)
  if (trailer === null || typeof trailer !== "object" || trailer.t !== "dict")
    throw new PdfError("needs-repair", "trailer")
  return { offset, tableEnd: tokens.at, ...tail(tokens), entries, trailer, twice, own: [] }
}

function streamSection(bytes: Uint8Array, offset: number, budget: Budget): Section {
  const table = readStreamTable(bytes, offset, budget)
  const tokens = new Tokens(bytes, table.tableEnd)
  return { offset, ...table, ...tail(tokens) }
}

function readStreamTable(bytes: Uint8Array, offset: number, budget: Budget) {
  const placed = parseObject(bytes, offset, (dict) => {
    const length = dict.map.get("Length")
    return typeof length === "number" ? length : null
  })
  const { value } = placed
  const dict = dictOf(value)
  if (
    value === null ||
    typeof value !== "object" ||
    value.t !== "stream" ||
    !dict ||
    nameOf(dict.map.get("Type")) !== "XRef"
  )
    throw new PdfError("needs-repair", `table at byte ${offset}`)
  const data = streamBytes(bytes, value, budget)
  const widths = wholes(dict, "W")
  const size = dict.map.get("Size")
  if (!widths || widths.length !== 3 || widths.some((one) => one > 8) || !whole(size) || size > HIGHEST + 1)
    throw new PdfError("needs-repair", `table at byte ${offset}`)
  const index = dict.map.has("Index") ? wholes(dict, "Index") : [0, size]
  if (!index || index.length % 2 !== 0) throw new PdfError("needs-repair", `table at byte ${offset}`)
  const entries = new Map<number, Entry>()
  const twice: number[] = []
  const [a, b, c] = widths as [number, number, number]
  const wide = a + b + c
  if (wide === 0) throw new PdfError("needs-repair", `table at byte ${offset}`)
  let at = 0
  const take = (bytesWide: number, usual: number) => {
    if (bytesWide === 0) return usual
    let sum = 0
    for (let i = 0; i < bytesWide; i += 1) sum = sum * 256 + (data[at++] as number)
    return sum
  }
  for (let i = 0; i < index.length; i += 2) {
    const first = index[i] as number
    const count = index[i + 1] as number
    if (first + count > HIGHEST || at + count * wide > data.length)
      throw new PdfError("needs-repair", `table at byte ${offset}`)
    spendObjects(budget, count)
    for (let k = 0; k < count; k += 1) {
      const kind = take(a, 1)
      const second = take(b, 0)
      const third = take(c, 0)
      if (entries.has(first + k)) twice.push(first + k)
      if (kind === 1) entries.set(first + k, { kind: "at", offset: second, gen: third })
      else if (kind === 2) entries.set(first + k, { kind: "packed", container: second, index: third })
      else entries.set(first + k, { kind: "free" })
    }
  }
  const own = [{ num: placed.num, start: placed.start, end: placed.end }]
  return { entries, trailer: dict, twice, own, tableEnd: placed.end }
}

/** `startxref`, its number and the end mark, which have to follow a table. */
function tail(tokens: Tokens): { end: number; stated: number } {
  need(tokens, "startxref")
  const stated = tokens.next()
  if (!whole(stated)) throw new PdfError("needs-repair", "startxref")
  while (tokens.at < tokens.end && [9, 10, 12, 13, 32].includes(tokens.bytes[tokens.at] as number)) tokens.at += 1
  if (!tokens.sees("%%EOF")) throw new PdfError("needs-repair", "no end mark behind a table")
  return { stated, end: tokens.at + 5 }
}

function whole(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0
}

function wholes(dict: PdfDict, key: string): number[] | null {
  const value = dict.map.get(key)
  if (value === null || value === undefined || typeof value !== "object" || value.t !== "array") return null
  const items = value.items.filter(whole)
  return items.length === value.items.length && items.length <= 100_000 ? items : null
}
