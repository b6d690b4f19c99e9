import { freshBudget, PDF_LIMITS, PdfError, type Budget } from "./budget"
import { streamBytes } from "./inflate"
import { parseObject, parseValue, type Placed } from "./parse"
import { readSection, type Entry, type Section } from "./sections"
import { isSpace, Tokens } from "./tokens"
import type { PdfDict, PdfValue } from "./values"

/** One save of the file: what it added, oldest first. `end` is behind its end mark, `loose` behind the white space after it. */
export type Revision = { sections: Section[]; start: number; end: number; loose: number; oddChain: boolean }

const UNREADABLE: PdfValue = { t: "unreadable" }

/** A PDF as its tables say it is; nothing is guessed or repaired. */
export class PdfFile {
  readonly revisions: Revision[]
  readonly budget: Budget = freshBudget()
  private readonly placed = new Map<number, Placed | null>()
  private readonly packed = new Map<number, Map<number, PdfValue>[]>()
  private readonly loading = new Set<number>()

  constructor(readonly bytes: Uint8Array) {
    if (bytes.length < 20 || Buffer.from(bytes.subarray(0, 1024)).indexOf("%PDF-") < 0) throw new PdfError("not-a-pdf")
    this.revisions = this.chain()
    for (const revision of this.revisions)
      for (const section of revision.sections) if (section.trailer.map.has("Encrypt")) throw new PdfError("encrypted")
  }

  /** Follows the tables from the last one back to the first. */
  private chain(): Revision[] {
    const sections: Section[] = []
    const seen = new Set<number>()
    let next: number | null = lastStart(this.bytes)
    while (next !== null) {
      if (seen.has(next)) throw new PdfError("needs-repair", "tables that point at each other")
      if (sections.length >= PDF_LIMITS.revisions) throw new PdfError("too-many-revisions")
      seen.add(next)
      const section: Section = readSection(this.bytes, next, this.budget)
      sections.push(section)
      const before = section.trailer.map.get("Prev")
      if (before !== undefined && typeof before !== "number") throw new PdfError("needs-repair", "Prev")
      next = before ?? null
    }
    return grouped(this.bytes, sections)
  }

  /** The file as it was after a revision. */
  view(revision: number): PdfView {
    return new PdfView(this, revision)
  }

  /** The object at a place; null where none of that number can be read. */
  at(offset: number, lengthOf: (dict: PdfDict) => number | null): Placed | null {
    const known = this.placed.get(offset)
    if (known !== undefined) return known
    if (this.loading.has(offset)) return null
    this.loading.add(offset)
    try {
      const placed = parseObject(this.bytes, offset, lengthOf)
      this.placed.set(offset, placed)
      return placed
    } catch (problem) {
      if (problem instanceof PdfError && problem.trouble === "needs-repair") {
        this.placed.set(offset, null)
        return null
      }
      throw problem
    } finally {
      this.loading.delete(offset)
    }
  }

  /** An object out of an object stream, by its place in it; the number it says must be the one asked for. */
  unpacked(container: Placed, index: number, num: number): PdfValue {
    let all = this.packed.get(container.start)
    if (!all) {
      all = this.unpack(container)
      this.packed.set(container.start, all)
    }
    const one = all[index]
    return one?.get(num) ?? (one?.has(num) ? null : UNREADABLE)
  }

  private unpack(container: Placed): Map<number, PdfValue>[] {
    const { value } = container
    if (value === null || typeof value !== "object" || value.t !== "stream") return []
    const count = value.dict.map.get("N")
    const first = value.dict.map.get("First")
    if (typeof count !== "number" || typeof first !== "number" || count < 0 || count > 1_000_000 || first < 0) return []
    try {
      const data = streamBytes(this.bytes, value, this.budget)
      const head = new Tokens(data, 0, Math.min(first, data.length))
      const places: [number, number][] = []
      for (let i = 0; i < count; i += 1) {
        const num = head.next()
        const at = head.next()
        if (typeof num !== "number" || typeof at !== "number") return []
        places.push([num, at])
      }
      return places.map(([num, at]) => new Map([[num, parseValue(new Tokens(data, first + at))]]))
    } catch (problem) {
      if (problem instanceof PdfError && problem.trouble === "needs-repair") return []
      throw problem
    }
  }
}

/** The file as it stands after one of its revisions. */
export class PdfView {
  constructor(
    readonly file: PdfFile,
    readonly revision: number,
  ) {}

  get trailer(): PdfDict {
    return ((this.file.revisions[this.revision] as Revision).sections[0] as Section).trailer
  }

  /** Where an object is; what was never named is free. */
  entry(num: number): Entry {
    for (let k = this.revision; k >= 0; k -= 1)
      for (const section of this.file.revisions[k]?.sections ?? []) {
        const entry = section.entries.get(num)
        if (entry) return entry
      }
    return { kind: "free" }
  }

  /** A word for the place of an object: equal words, equal bytes. */
  place(num: number): string {
    const entry = this.entry(num)
    if (entry.kind === "free") return "free"
    return entry.kind === "at" ? `at ${entry.offset}` : `in ${this.place(entry.container)} ${entry.index}`
  }

  /** The object of a number with the bytes it takes; null for packed ones and for what is not there. */
  placed(num: number): Placed | null {
    const entry = this.entry(num)
    if (entry.kind !== "at") return null
    const placed = this.file.at(entry.offset, (dict) => this.length(dict))
    return placed && placed.num === num && placed.gen === entry.gen ? placed : null
  }

  object(num: number): PdfValue {
    const entry = this.entry(num)
    if (entry.kind === "free") return null
    if (entry.kind === "at") return this.placed(num)?.value ?? (this.placed(num) ? null : UNREADABLE)
    const around = this.entry(entry.container)
    const container = around.kind === "at" ? this.placed(entry.container) : null
    return container ? this.file.unpacked(container, entry.index, num) : UNREADABLE
  }

  /** Follows references to what they mean. */
  resolve(value: PdfValue | undefined): PdfValue {
    let found: PdfValue = value ?? null
    for (let steps = 0; steps < PDF_LIMITS.depth; steps += 1) {
      if (found === null || typeof found !== "object" || found.t !== "ref") return found
      found = this.object(found.num)
    }
    throw new PdfError("too-deep")
  }

  dict(value: PdfValue | undefined): PdfDict | null {
    const found = this.resolve(value)
    return found !== null && typeof found === "object" && found.t === "dict" ? found : null
  }

  items(value: PdfValue | undefined): PdfValue[] {
    const found = this.resolve(value)
    return found !== null && typeof found === "object" && found.t === "array" ? found.items : []
  }

  private length(dict: PdfDict): number | null {
    const found = this.resolve(dict.map.get("Length"))
    return typeof found === "number" ? found : null
  }
}

/** The place that the last `startxref` of the file names. */
function lastStart(bytes: Uint8Array): number {
  const from = Math.max(0, bytes.length - 2048)
  const at = Buffer.from(bytes.buffer, bytes.byteOffset + from, bytes.length - from).lastIndexOf("startxref")
  if (at < 0) throw new PdfError("needs-repair", "no startxref at its end")
  const found = new Tokens(bytes, from + at + 9).next()
  if (typeof found !== "number") throw new PdfError("needs-repair", "startxref")
  return found
}

/** Revisions, oldest first. The two tables of a linearized file are one; each later one has to stand behind the one before. */
function grouped(bytes: Uint8Array, newestFirst: Section[]): Revision[] {
  const left = [...newestFirst].reverse()
  const first = left.shift() as Section
  const out: Revision[] = []
  const second = left[0]
  if (second && second.offset < first.offset && second.end <= first.offset && first.stated === second.offset) {
    left.shift()
    out.push(revision(bytes, [second, first], 0, first.end, false))
  } else out.push(revision(bytes, [first], 0, first.end, first.stated !== first.offset))
  for (const section of left) {
    const start = (out.at(-1) as Revision).end
    const odd = section.offset < start || section.end <= start || section.stated !== section.offset
    out.push(revision(bytes, [section], start, section.end, odd))
  }
  return out
}

function revision(bytes: Uint8Array, sections: Section[], start: number, end: number, oddChain: boolean): Revision {
  let loose = end
  while (loose < bytes.length && isSpace(bytes[loose])) loose += 1
  return { sections, start, end, loose, oddChain }
}
