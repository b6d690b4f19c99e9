import type { SheetRow } from "./row"

/** What somebody typed instead of cells of one row: by the cell's place, who and when. The file itself stays as it came. */
export type Correction = { cells: Record<string, string>; by: string; at: string }
/** Corrections by the number of their row. */
export type Corrections = Record<string, Correction>

/** Rows that somebody chose to leave out, by their number: who and when. */
export type LeftOut = Record<string, { by: string; at: string }>

export type TypedCell = { row: number; place: number; value: string }

/** The row as it is read: with what was typed in place of its cells. A typed value is no formula's any more. */
export function corrected(row: SheetRow, corrections: Corrections | undefined): SheetRow {
  const typed = corrections?.[String(row.row)]
  if (!typed || row.fault !== undefined) return row
  const cells = [...row.cells]
  for (const [place, value] of Object.entries(typed.cells)) {
    while (cells.length <= Number(place)) cells.push("")
    cells[Number(place)] = value
  }
  const formulas = row.formulas?.filter((place) => !(String(place) in typed.cells))
  return { ...row, cells, ...(formulas ? { formulas } : {}) }
}

/**
 * The corrections with newly typed cells among them, of rows that are told to be wrong and of columns that there are, or of
 * cells beyond them that the row has; and how many cells differ from what was read. What was typed before in other cells of
 * a row stays.
 */
export function withTyped(
  before: Corrections,
  typed: readonly TypedCell[],
  on: { read: ReadonlyMap<number, readonly string[]>; columns: number; by: string; at: string },
): { corrections: Corrections; changed: number } {
  const corrections = { ...before }
  let changed = 0
  for (const { row, place, value } of typed) {
    const cells = on.read.get(row)
    if (!cells || place >= Math.max(on.columns, cells.length) || lines(cells[place] ?? "") === lines(value)) continue
    changed += 1
    const had = corrections[String(row)]
    corrections[String(row)] = { cells: { ...had?.cells, [String(place)]: value }, by: on.by, at: on.at }
  }
  return { corrections, changed }
}

/** A form sends the end of a line in two signs, whatever the file has. */
const lines = (text: string): string => text.replace(/\r\n?/g, "\n")

/** The rows to leave out with these among them and those taken back; and how many differ. Only wrong rows are left out. */
export function withLeftOut(
  before: LeftOut,
  asked: { leave: readonly number[]; back: readonly number[] },
  on: { wrong: ReadonlySet<number>; by: string; at: string },
): { leftOut: LeftOut; changed: number } {
  const leave = asked.leave.filter((row) => on.wrong.has(row) && !(String(row) in before))
  const back = new Set(asked.back.map(String).filter((row) => row in before))
  const kept = Object.entries(before).filter(([row]) => !back.has(row))
  return {
    leftOut: Object.fromEntries([...kept, ...leave.map((row) => [String(row), { by: on.by, at: on.at }] as const)]),
    changed: new Set(leave).size + back.size,
  }
}
