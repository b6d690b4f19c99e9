import type { RowProblem, SheetRow } from "./row"

/**
 * Looks for rows that say the same as an earlier one, cell by cell (spaces at the ends apart). Hand it every row in
 * order; the later one of two has the problem, so that no row counts twice.
 */
export function duplicateFinder(): (row: SheetRow) => RowProblem | null {
  const seen = new Map<string, number>()
  return (row) => {
    if (row.fault !== undefined) return null
    const cells = row.cells.map((cell) => cell.trim())
    const key = JSON.stringify(cells.slice(0, cells.findLastIndex((cell) => cell !== "") + 1))
    const first = seen.get(key)
    if (first !== undefined) return { row: row.row, column: null, says: "import.duplicate", params: { first } }
    seen.set(key, row.row)
    return null
  }
}
