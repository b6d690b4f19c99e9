import {
  claimReconciliation,
  clearLines,
  insertLines,
  moveReconciliation,
  type ReconciliationRow,
} from "@/db/statements/reconciliations"
import { good, type Outcome, refuse } from "@/domain/core/outcome"
import { unguarded } from "@/domain/exports/cell"
import { columnsByHeader, lineByShape, lineOf, type ListColumns } from "@/domain/reconcile/read-list"
import type { SupplierLine } from "@/domain/reconcile/reconcile"
import { openTable } from "@/formats/open-table"
import { eachRow } from "@/formats/table"
import { IMPORT_LIMIT, onDisk } from "@/usecases/imports/read-file"
import { clockNow, type Scene } from "@/usecases/scene"
import { matchLines } from "./match-lines"

/** Most lines of a list in a file. */
const LINES = 20_000

/** The worker's part: reads lists of strangers that wait, and holds them against the register. Gives how many. */
export async function readWaitingLists(scene: Pick<Scene, "db" | "files">): Promise<number> {
  for (let n = 0; ; n += 1) {
    const list = await claimReconciliation(scene.db)
    if (!list) return n
    try {
      await readOne(scene, list)
    } catch (broken) {
      // One list that breaks the reader must not keep the others waiting; the trace goes to whoever runs the machine.
      process.stderr.write(`list ${list.id}: ${broken instanceof Error ? (broken.stack ?? broken.message) : "?"}\n`)
      const problem = JSON.stringify({ says: "import.broke", params: {} })
      await moveReconciliation(scene.db, list.id, { state: "failed", problem })
    }
  }
}

async function readOne(scene: Pick<Scene, "db" | "files">, list: ReconciliationRow): Promise<void> {
  const file = list.sha256
  const fresh = file !== null && list.lookedAt === null
  const read = fresh ? await onDisk(scene, file, (path) => linesOf(path, list.name)) : null
  if (read && !read.ok) {
    const problem = JSON.stringify({ says: read.says, params: read.params ?? {} })
    return moveReconciliation(scene.db, list.id, { state: "failed", problem })
  }
  await scene.db.transaction(async (tx) => {
    if (read) {
      await clearLines(tx, list.id)
      for (let from = 0; from < read.value.lines.length; from += 500)
        await insertLines(tx, list.id, read.value.lines.slice(from, from + 500))
    }
    await matchLines(tx, list.id)
    await moveReconciliation(tx, list.id, {
      ...{ state: "done", lookedAt: clockNow() },
      ...(read ? { counts: { empty: read.value.empty, more: read.value.more } } : {}),
    })
  })
}

/** The suppliers that a file names. A file in which no column is called like a supplier is refused, with what to do. */
async function linesOf(
  path: string,
  name: string,
): Promise<Outcome<{ lines: SupplierLine[]; empty: number; more: boolean }>> {
  const table = await openTable({ path }, name, { limitBytes: IMPORT_LIMIT })
  if (!table.ok) return table
  const { header, guarded } = table.value
  const columns: ListColumns | null = columnsByHeader(header, [])
  if (!columns && header.length > 1) {
    await table.value.close()
    return refuse("invalid", "reconcile.no-name-column", { params: { columns: header.slice(0, 8).join(", ") } })
  }
  const lines: SupplierLine[] = columns ? [] : [lineByShape(1, header)].flatMap((line) => line ?? [])
  let empty = 0
  let more = false
  const read = await eachRow(table.value, (row) => {
    const cells = guarded ? row.cells.map(unguarded) : row.cells
    const line = columns ? lineOf(row.row, cells, columns) : lineByShape(row.row, cells)
    if (!line) empty += 1
    else if (lines.length >= LINES) more = true
    else lines.push(line)
  })
  if (!read.ok) return read
  return lines.length === 0 ? refuse("invalid", "reconcile.nobody") : good({ lines, empty, more })
}
