import { CSV_BEGINS, csvLine } from "@/domain/exports/cell"

/** The rows of a view as a CSV file (RFC 4180, UTF-8 with its mark): no cell starts a formula. */
export function viewCsv(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = rows.map((row) => {
    if (row.length !== header.length) throw new Error("a row of a view has as many cells as its header")
    return csvLine(row)
  })
  return CSV_BEGINS + csvLine(header) + lines.join("")
}
