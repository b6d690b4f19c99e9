import type { Sheet } from "./forms/forms"
import type { Cell } from "./forms/kit"
import type { Piece } from "./report"

/** More flows than these are read in the workbook. */
export const MOST_PRINTED = 1_000

/** A row of a sheet as a table of its own, what is asked beside what is said; what is not answered is said to be so. */
export function flowPieces(sheet: Pick<Sheet, "head" | "lacks">, cells: readonly Cell[]): Piece[] {
  const lacks = new Set(sheet.lacks.map(({ head }) => head))
  const [number, activity] = cells
  const rows = sheet.head
    .map((head, i): [string, string] => [head, String(cells[i] ?? "")])
    .filter(([head], i) => i > 1 && !lacks.has(head))
    .map(([head, said]) => [head, said === "" ? "(not answered)" : said])
  return [
    { is: "sub", text: `${activity} (${number})` },
    { is: "table", head: ["What is asked", "What the register holds"], widths: [30, 70], rows },
  ]
}
