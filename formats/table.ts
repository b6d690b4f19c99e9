import { stat } from "node:fs/promises"
import { createReadStream } from "node:fs"
import { good, refuse, type Outcome, type Refusal } from "@/domain/core/outcome"
import type { SheetRow } from "@/domain/imports/row"

/** A row of a table in a file. */
export type TableRow = SheetRow

/** Where the bytes are: a file on the disk, or bytes at hand. */
export type Source = { path: string } | { bytes: Uint8Array }

export type TableFormat = "csv" | "xlsx" | "json" | "vendor-list"

/** A table in a file: its header, and its rows as they are read. Empty rows are counted and left out. */
export type Table = {
  format: TableFormat
  sheet: string | null
  header: string[]
  /** Whether `'` before a formula's first sign is a guard to take off (CSV), or part of the value. */
  guarded: boolean
  rows: AsyncIterable<TableRow>
  /** Lets go of the file where the rows are not read to their end. */
  close: () => Promise<void>
}

/** The largest file taken, in bytes, unless the caller says less. */
export const LIMIT_BYTES = 100 * 1024 * 1024

/** The most columns of a table: a record keeps at most 200 columns of an import. */
export const LIMIT_COLUMNS = 200

/** Thrown by a row iterator when the file turns out unreadable further down; `eachRow` makes it a refusal again. */
export class UnreadableError extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.says)
    this.name = "UnreadableError"
    this.refusal = refusal
  }
}

/** A refusal of the file as a whole. */
export function unreadable(says: string, params?: Record<string, string | number>): Refusal {
  return refuse("invalid", says, params ? { params } : {})
}

/** The size of a source in bytes, without reading it; refused when empty or over the limit. */
export async function sizeOf(source: Source, limitBytes: number = LIMIT_BYTES): Promise<Outcome<number>> {
  const size = "path" in source ? (await stat(source.path)).size : source.bytes.byteLength
  if (size === 0) return unreadable("import.empty")
  if (size > limitBytes) return unreadable("import.too-large", { limit: megabytes(limitBytes), size: megabytes(size) })
  return good(size)
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1024 / 1024)
}

/** The bytes of a source, piece by piece. */
export async function* bytesOf(source: Source): AsyncIterable<Uint8Array> {
  if ("path" in source) {
    for await (const chunk of createReadStream(source.path, { highWaterMark: 64 * 1024 })) yield chunk as Uint8Array
    return
  }
  for (let at = 0; at < source.bytes.byteLength; at += 64 * 1024) yield source.bytes.subarray(at, at + 64 * 1024)
}

/** Names for the columns: an empty one is called by its place, a repeated one gets its place beside it. */
export function nameColumns(cells: readonly string[]): string[] {
  const last = cells.findLastIndex((cell) => cell.trim() !== "")
  const seen = new Set<string>()
  return cells.slice(0, last + 1).map((cell, index) => {
    const plain = cell.replace(/\s+/g, " ").trim().slice(0, 180)
    let name = plain === "" ? `column ${index + 1}` : seen.has(plain) ? `${plain} (column ${index + 1})` : plain
    while (seen.has(name)) name = `${name}*`
    seen.add(name)
    return name
  })
}

/** Makes the table of raw rows: the first row that holds anything is the header. */
export async function withHeader(
  format: TableFormat,
  sheet: string | null,
  raw: AsyncIterable<TableRow>,
): Promise<Outcome<Table>> {
  const rows = raw[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await rows.next()
      if (next.done) return unreadable("import.empty")
      if (isEmpty(next.value)) continue
      const header = nameColumns(next.value.cells)
      if (header.length > LIMIT_COLUMNS) {
        await end(rows)
        return unreadable("import.too-many-columns", { count: header.length, limit: LIMIT_COLUMNS })
      }
      return good({ format, sheet, header, guarded: format === "csv", rows: filled(rows), close: () => end(rows) })
    }
  } catch (error) {
    if (error instanceof UnreadableError) return error.refusal
    throw error
  }
}

async function* filled(rows: AsyncIterator<TableRow>): AsyncIterable<TableRow> {
  try {
    for (let next = await rows.next(); !next.done; next = await rows.next()) if (!isEmpty(next.value)) yield next.value
  } finally {
    await end(rows)
  }
}

async function end(rows: AsyncIterator<TableRow>): Promise<void> {
  await rows.return?.()
}

function isEmpty(row: TableRow): boolean {
  return row.fault === undefined && row.cells.every((cell) => cell.trim() === "")
}

/** Hands each row on in its order; the number of rows, or the refusal of a file that breaks off further down. */
export async function eachRow(table: Table, take: (row: TableRow) => void | Promise<void>): Promise<Outcome<number>> {
  let count = 0
  try {
    for await (const row of table.rows) {
      count += 1
      await take(row)
    }
  } catch (error) {
    if (error instanceof UnreadableError) return error.refusal
    throw error
  }
  return good(count)
}
