import { tidy } from "@/domain/core/canonical"
import { fold } from "@/domain/core/fold"
import { isCountry } from "@/domain/core/country"
import { recogniseColumns, TARGETS, type ColumnMap, type TargetField } from "@/domain/imports/columns"
import { readCountry } from "@/domain/imports/country"
import { hostKey, numberKey } from "./keys"
import type { SupplierLine } from "./reconcile"

/** Most lines of a list that is pasted: more of them is a file. */
export const PASTED_LINES = 2_000

const NUMBERS: readonly TargetField[] = ["registration", "lei", "vat", "vendorNumber", "otherNumber"]
const HOSTS: readonly TargetField[] = ["website", "hosts"]

/** What each column of a list of suppliers is; by its header, or by what stands in it where no header is. */
export type ListColumns = { name: number; country: number | null; numbers: number[]; hosts: number[] }

/** Finds the columns by their headers; null where none of them is called like a supplier's name. */
export function columnsByHeader(header: readonly string[], sample: readonly (readonly string[])[]): ListColumns | null {
  const map = recogniseColumns(header, sample)
  const at = (fields: readonly TargetField[]): number[] =>
    Object.entries(map as ColumnMap).flatMap(([column, field]) =>
      (fields as readonly string[]).includes(field) ? [Number(column)] : [],
    )
  const name = at(["legalName"])[0] ?? header.findIndex((cell) => NAMES.has(fold(cell)))
  if (name < 0) return null
  return { name, country: at(["country"])[0] ?? null, numbers: at(NUMBERS), hosts: at(HOSTS) }
}

function countryIn(text: string): string | null {
  const read = text === "" ? null : readCountry(text)
  return read !== null && "code" in read && isCountry(read.code) ? read.code : null
}

/** What apps and services are called in lists of sign-ons. */
const NAMES = new Set([
  ...TARGETS.legalName.split("|"),
  ..."app|app name|application|application name|display name|service|service name|software|tool|creditor|creditor name|payee|kreditor|lieferantenname|vendor legal name".split(
    "|",
  ),
])

/** Reads a row by its columns; null where it names nobody. */
export function lineOf(line: number, cells: readonly string[], columns: ListColumns): SupplierLine | null {
  const cell = (at: number | null): string => (at === null ? "" : tidy(cells[at] ?? "").trim())
  const name = cell(columns.name).replace(/\s+/g, " ").slice(0, 300)
  if (fold(name) === "") return null
  return {
    line,
    name,
    country: countryIn(cell(columns.country)),
    numbers: columns.numbers.map(cell).filter((text) => numberKey(text) !== null),
    hosts: columns.hosts.map(cell).filter((text) => hostKey(text) !== null),
  }
}

/** Reads a row without a header: the first cell that is no number and no host is the name, the others say what they are. */
export function lineByShape(line: number, cells: readonly string[]): SupplierLine | null {
  const texts = cells.map((cell) => tidy(cell).trim()).filter((cell) => cell !== "")
  const hosts = texts.filter((text) => hostKey(text) !== null && !/\s/.test(text))
  const numbers = texts.filter((text) => !hosts.includes(text) && /\d{4}/.test(text) && numberKey(text) !== null)
  const names = texts.filter((text) => !hosts.includes(text) && !numbers.includes(text) && fold(text) !== "")
  const name = (names[0] ?? hosts[0] ?? numbers[0] ?? "").replace(/\s+/g, " ").slice(0, 300)
  if (fold(name) === "") return null
  const country =
    names
      .slice(1)
      .map(countryIn)
      .find((code) => code !== null) ?? null
  return { line, name, country, numbers, hosts }
}

/**
 * Reads a pasted list: a line a supplier, cells apart by tabs or semicolons, with a header or without. Lines that name
 * nobody are left out, and counted.
 */
export function readPasted(text: string): { lines: SupplierLine[]; empty: number; more: boolean } {
  const raw = text.split(/\r\n|\r|\n/)
  const filled = raw.flatMap((words, i) => (words.trim() === "" ? [] : [{ line: i + 1, cells: words.split(/\t|;/) }]))
  const header = filled[0] && filled[0].cells.length > 0 ? columnsByHeader(filled[0].cells, []) : null
  const body = (header ? filled.slice(1) : filled).slice(0, PASTED_LINES)
  const lines = body.flatMap(
    ({ line, cells }) => (header ? lineOf(line, cells, header) : lineByShape(line, cells)) ?? [],
  )
  const rows = header ? filled.length - 1 : filled.length
  return { lines, empty: body.length - lines.length, more: rows > PASTED_LINES }
}
