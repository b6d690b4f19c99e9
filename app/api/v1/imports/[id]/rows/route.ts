import { door } from "@/app/outcome"
import { mendRows } from "@/usecases/imports/mend-rows"

/** A form's cells are called by row and place: `cell.48.1`. */
const CELL = /^cell\.(\d{1,9})\.(\d{1,3})$/

function typedIn(sent: Record<string, unknown>): { row: number; place: number; value: unknown }[] {
  return Object.entries(sent).flatMap(([name, value]) => {
    const [, row, place] = CELL.exec(name) ?? []
    return row && place ? [{ row: Number(row), place: Number(place), value }] : []
  })
}

const ROW = /^(leave|back)\.(\d{1,9})$/

/** The rows that are ticked to be left out, or taken back; `shown`, with its own button: all that the page shows. */
function rowsOf(sent: Record<string, unknown>, what: "leave" | "back"): number[] {
  const ticked = Object.keys(sent).flatMap((name) => {
    const [, word, row] = ROW.exec(name) ?? []
    return word === what && row ? [Number(row)] : []
  })
  const all = what === "leave" && sent.all === "yes" && typeof sent.shown === "string" ? sent.shown.split(",") : []
  return [...new Set([...ticked, ...all.filter((row) => /^\d{1,9}$/.test(row)).map(Number)])]
}

/** Types over cells of rows that cannot be taken, or leaves rows out, and has the file tried again so. */
export const POST = door<{ id: string }>({
  input: (sent, { id }, form) =>
    form
      ? { importId: id, cells: typedIn(sent), leave: rowsOf(sent, "leave"), back: rowsOf(sent, "back") }
      : { ...sent, importId: id },
  call: mendRows,
  to: ({ id }: { id: string }) => `/imports/${id}`,
})
