/**
 * One row of a file as text. `row` is the number under which a person finds it: in CSV and XLSX the header's row
 * counts; in JSON it is the item's place from 1; in a vendor list the vendor's own number.
 */
export type SheetRow = {
  sheet: string | null
  row: number
  cells: string[]
  /** Columns whose value a formula gave; the value is the one kept in the file, nothing was worked out. */
  formulas?: readonly number[]
  /** The catalogue's key of what is wrong with the row as a whole, where it could not be read; its cells are empty then. */
  fault?: string
}

/** What keeps a row out, where it stands, and the catalogue's key for the sentence. `column` null: the row as a whole. */
export type RowProblem = {
  row: number
  column: string | null
  says: string
  params?: Record<string, string | number>
}

/** Half of a sign that takes two places (an emoji cut through): no text that can be kept or hashed holds it. */
const HALF_SIGN = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/

/** What keeps a row from being looked at cell by cell: it could not be read, has cells beyond the header, or half signs. */
export function faultsOf(row: SheetRow, header: readonly string[]): RowProblem[] {
  if (row.fault !== undefined) return [{ row: row.row, column: null, says: row.fault }]
  const beyond = row.cells.slice(header.length).some((cell) => cell.trim() !== "")
  return [
    ...(beyond ? [{ row: row.row, column: null, says: "import.too-many-cells" }] : []),
    ...row.cells.flatMap((cell, at) =>
      HALF_SIGN.test(cell) ? [{ row: row.row, column: header[at] ?? null, says: "import.half-sign" }] : [],
    ),
  ]
}
