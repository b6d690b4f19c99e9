import { good, type Outcome } from "@/domain/core/outcome"
import { jsonItems, type JsonItem } from "./json-items"
import { LIMIT_COLUMNS, UnreadableError, unreadable, type Source, type Table, type TableRow } from "./table"
import { openText } from "./text"

/**
 * Opens JSON that is a list of objects, or one object a line. The columns are all keys that any object has, in the
 * order in which they are met; a list of plain values is one cell, parted by `; `. A row is numbered by its place.
 */
export async function openJson(source: Source, options: { limitBytes?: number } = {}): Promise<Outcome<Table>> {
  const first = await openText(source, options.limitBytes)
  if (!first.ok) return first
  const keys = await keysOf(jsonItems(first.value))
  if (!keys.ok) return keys
  // Read a second time: the keys of the last object name columns of the first.
  const second = await openText(source, options.limitBytes)
  if (!second.ok) return second
  const header = keys.value
  return good({
    format: "json",
    sheet: null,
    header: header.map((key, at) => (key.trim() === "" ? `column ${at + 1}` : key)),
    guarded: false,
    close: () => Promise.resolve(),
    rows: rowsOf(jsonItems(second.value), header),
  })
}

async function keysOf(items: AsyncIterable<JsonItem>): Promise<Outcome<string[]>> {
  const keys = new Set<string>()
  let count = 0
  try {
    for await (const { value } of items) {
      count += 1
      if (isObject(value)) for (const key of Object.keys(value)) keys.add(key)
      if (keys.size > LIMIT_COLUMNS)
        return unreadable("import.too-many-columns", { count: keys.size, limit: LIMIT_COLUMNS })
    }
  } catch (error) {
    if (error instanceof UnreadableError) return error.refusal
    throw error
  }
  if (count === 0) return unreadable("import.empty")
  return keys.size === 0 ? unreadable("import.json-shape") : good([...keys])
}

async function* rowsOf(items: AsyncIterable<JsonItem>, header: readonly string[]): AsyncIterable<TableRow> {
  for await (const { place, value } of items) {
    if (!isObject(value)) {
      yield { sheet: null, row: place, cells: header.map(() => ""), fault: "import.json-item" }
      continue
    }
    const cells = header.map((key) => (Object.hasOwn(value, key) ? cellOf(value[key]) : ""))
    if (cells.some((cell) => cell.trim() !== "")) yield { sheet: null, row: place, cells }
  }
}

/** Whether a value read from JSON is an object with keys. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

/** A value of JSON as the text of one cell; what nests deeper stays JSON. */
export function cellOf(value: unknown, between: string = "; "): string {
  if (value === null || value === undefined) return ""
  if (typeof value !== "object") return String(value)
  if (Array.isArray(value) && value.every((item) => typeof item !== "object" || item === null))
    return value.map((item) => cellOf(item)).join(between)
  return JSON.stringify(value)
}
