import type { Difference, DifferenceKind } from "@/domain/signatures/differences"
import type { PdfView } from "./file"
import { kindOf, type PdfDict, type PdfStream, type PdfValue } from "./values"

/** How a difference is named if one is found. */
export type Label = Omit<Difference, "revision">
type Pair = { a: PdfValue; b: PdfValue }

/** The most differences that are told of one save. */
const MOST = 60

/**
 * Two views of one file held against each other. What is compared by rules of its own (catalog, form, pages, annotations)
 * is a holder: a reference to it is the same if it names the same number. All else has to be equal, all the way down.
 */
export class Comparison {
  readonly out: Difference[] = []
  readonly holders = new Set<number>()
  readonly reached = new Set<number>()
  private readonly compared = new Set<number>()

  constructor(
    readonly before: PdfView,
    readonly after: PdfView,
    readonly changed: ReadonlySet<number>,
  ) {}

  tell(kind: DifferenceKind, where: string, more: Partial<Label> = {}): void {
    const field = more.field === undefined ? {} : { field: short(more.field) }
    if (this.out.length < MOST)
      this.out.push({ ...more, ...field, revision: this.after.revision, kind, where: short(where) })
    else if (this.out.length === MOST) this.out.push({ revision: this.after.revision, kind: "too-many", where: "" })
  }

  /** Demands that two values are equal, all the way down; says so by the label where they are not. */
  expect(a: PdfValue | undefined, b: PdfValue | undefined, label: Label): void {
    if (!this.walk(a ?? null, b ?? null, this.compared)) this.tell(label.kind, label.where, label)
  }

  /** Whether two values are equal, all the way down. */
  equal(a: PdfValue | undefined, b: PdfValue | undefined): boolean {
    return this.walk(a ?? null, b ?? null, new Set())
  }

  /** Notes that what hangs here is known, whatever it is. */
  reach(value: PdfValue | undefined): void {
    const queue: PdfValue[] = [value ?? null]
    while (queue.length > 0) {
      const one = queue.pop() as PdfValue
      if (one === null || typeof one !== "object") continue
      if (one.t === "ref") {
        if (this.reached.has(one.num)) continue
        this.reached.add(one.num)
        if (!this.holders.has(one.num)) queue.push(this.after.object(one.num))
      } else if (one.t === "array") for (const item of one.items) queue.push(item)
      else if (one.t === "dict") for (const value of one.map.values()) queue.push(value)
      else if (one.t === "stream") for (const value of one.dict.map.values()) queue.push(value)
    }
  }

  private walk(a: PdfValue, b: PdfValue, seen: Set<number>): boolean {
    const queue: Pair[] = [{ a, b }]
    let equal = true
    while (queue.length > 0) {
      const pair = queue.pop() as Pair
      if (isRef(pair.a) && isRef(pair.b) && pair.a.num === pair.b.num && pair.a.gen === pair.b.gen) {
        if (!this.visit(pair.a.num, seen, queue)) equal = false
      } else if (!this.flat(pair.a, pair.b, queue)) {
        equal = false
        this.reach(pair.b)
      }
    }
    return equal
  }

  private visit(num: number, seen: Set<number>, queue: Pair[]): boolean {
    this.reached.add(num)
    if (this.holders.has(num) || seen.has(num)) return true
    seen.add(num)
    const a = this.before.object(num)
    const b = this.after.object(num)
    if (!this.changed.has(num)) {
      queue.push({ a, b })
      return true
    }
    if (kindOf(a) === "unreadable" || kindOf(b) === "unreadable") return false
    if ((isDict(a) && a.twice.length > 0) || (isDict(b) && b.twice.length > 0)) return false
    queue.push({ a, b })
    return true
  }

  /** Compares what stands in one object; what hangs under it is queued. */
  private flat(a: PdfValue, b: PdfValue, queue: Pair[]): boolean {
    if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return a === b
    if (a.t !== b.t) return false
    if (a.t === "unreadable" || a === b) {
      if (a.t === "dict") return this.flatDict(a, b as PdfDict, queue)
      if (a.t === "array") {
        for (const item of a.items) queue.push({ a: item, b: item })
        return true
      }
      if (a.t === "stream") return this.flatDict(a.dict, a.dict, queue)
      return true
    }
    if (a.t === "array" && b.t === "array") {
      if (a.items.length !== b.items.length) return false
      a.items.forEach((item, i) => queue.push({ a: item, b: b.items[i] ?? null }))
      return true
    }
    if (a.t === "dict" && b.t === "dict") return this.flatDict(a, b, queue)
    if (a.t === "stream" && b.t === "stream") return this.sameBytes(a, b) && this.flatDict(a.dict, b.dict, queue)
    if (a.t === "ref" || b.t === "ref") return false
    return "v" in a && "v" in b && a.v === b.v
  }

  private flatDict(a: PdfDict, b: PdfDict, queue: Pair[]): boolean {
    if (a.map.size !== b.map.size) return false
    for (const [key, value] of a.map) {
      if (!b.map.has(key)) return false
      queue.push({ a: value, b: b.map.get(key) ?? null })
    }
    return true
  }

  private sameBytes(a: PdfStream, b: PdfStream): boolean {
    const bytes = this.after.file.bytes
    if (a.length !== b.length) return false
    return a.start === b.start || Buffer.compare(slice(bytes, a), slice(bytes, b)) === 0
  }
}

/** Names come out of the file, and may be of any length. */
function short(name: string): string {
  return name.length > 300 ? `${name.slice(0, 299)}…` : name
}

function slice(bytes: Uint8Array, stream: PdfStream): Uint8Array {
  return bytes.subarray(stream.start, stream.start + stream.length)
}

/** Whether a value is a reference to another object. */
export function isRef(value: PdfValue | undefined): value is { t: "ref"; num: number; gen: number } {
  return value !== null && value !== undefined && typeof value === "object" && value.t === "ref"
}

function isDict(value: PdfValue): value is PdfDict {
  return value !== null && typeof value === "object" && value.t === "dict"
}

/** Every key of either dictionary. */
export function keysOf(a: PdfDict | null, b: PdfDict | null): string[] {
  return [...new Set([...(a?.map.keys() ?? []), ...(b?.map.keys() ?? [])])]
}
