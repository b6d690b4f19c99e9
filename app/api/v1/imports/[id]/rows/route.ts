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

/** Types over cells of rows that cannot be taken, and has the file tried again with them. */
export const POST = door<{ id: string }>({
  input: (sent, { id }, form) => ({ importId: id, cells: form ? typedIn(sent) : sent.cells }),
  call: mendRows,
  to: ({ id }: { id: string }) => `/imports/${id}`,
})
