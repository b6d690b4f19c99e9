import { PAPER_FIELDS } from "./paper-columns"
import { isTargetField, type ColumnMap, type TargetField } from "./columns"

/**
 * A cell of a file from which a value came: what it means here, its column's header, and where it stands. `typed`: somebody
 * typed the value in place of what stands there.
 */
export type Origin = { field: TargetField | "extra"; column: string; cell: string; typed?: true }

/** Where a value of a kind of record may have come from; the others of a row belong to the other records of that row. */
const OF_PARTY: readonly TargetField[] = [
  ...([
    "legalName",
    "otherNames",
    "country",
    "address",
    "website",
    "hosts",
    "kind",
    "subKind",
    "registration",
  ] as const),
  ...([
    "lei",
    "vat",
    "vendorNumber",
    "otherNumber",
    "contactName",
    "contactEmail",
    "contactPhone",
    "risk",
    "tags",
  ] as const),
]
const OF_PAPER: readonly TargetField[] = ["dpa", "legalName", ...PAPER_FIELDS]

/** The letters over a column as a spreadsheet writes them: A for the first, AA for the twenty-seventh. */
export function columnLetters(place: number): string {
  const [high, low] = [Math.floor(place / 26), place % 26]
  return (high > 0 ? columnLetters(high - 1) : "") + String.fromCharCode(65 + low)
}

/**
 * The cells that a record's values came from: the file's column map laid on its row (foundation 7). What only another
 * record of the same row takes is left out; a column that maps to nothing is kept beside whichever record keeps it.
 */
export function originsOf(
  kind: string,
  on: {
    header: readonly string[]
    map: ColumnMap
    row: number
    extra: readonly string[]
    typed?: Record<string, string>
  },
): Origin[] {
  const kept = new Set(on.extra)
  return on.header.flatMap((column, place): Origin[] => {
    const field = on.map[place] ?? "extra"
    const cell = `${columnLetters(place)}${on.row}`
    const typed = on.typed && String(place) in on.typed ? { typed: true as const } : {}
    if (kept.has(column)) return [{ field: "extra", column, cell, ...typed }]
    if (!isTargetField(field) || !takes(kind, field)) return []
    return [{ field, column, cell, ...typed }]
  })
}

function takes(kind: string, field: TargetField): boolean {
  if (kind === "party") return OF_PARTY.includes(field)
  if (kind === "agreement") return OF_PAPER.includes(field)
  return (
    kind === "sharing" &&
    (!OF_PARTY.includes(field) || field === "legalName" || field === "kind") &&
    (!OF_PAPER.includes(field) || field === "legalName")
  )
}
