import {
  clearBadRows,
  insertBadRows,
  moveImport,
  partiesByFold,
  type BadRow,
  type ImportRow,
} from "@/db/statements/imports"
import type { Db } from "@/db/connect"
import { fold } from "@/domain/core/fold"
import type { Id } from "@/domain/core/id"
import { good, type Outcome } from "@/domain/core/outcome"
import { proposeJoins, type JoinProposal, type NamedRow } from "@/domain/imports/clusters"
import { newId, type Scene } from "@/usecases/scene"
import { onDisk, readAll } from "./read-file"
import { NOTHING_YET, type ImportCounts, type ImportSettings } from "./settings"

const BATCH = 200

/** What a try reads besides counting: told every so many rows, so that progress shows. */
export type Reading = {
  bad: (rows: BadRow[]) => Promise<void>
  progress: (counts: ImportCounts) => Promise<void>
}

/** Reads a whole file by the settings: counts, rows that cannot be taken, names that may be one party. Writes nothing. */
export async function countRows(
  scene: Pick<Scene, "db" | "now">,
  file: { path: string; name: string },
  settings: ImportSettings,
  entityId: Id<"entity">,
  on: Reading,
): Promise<Outcome<ImportCounts>> {
  const counts: ImportCounts = { ...NOTHING_YET }
  const names: NamedRow[] = []
  let waiting: BadRow[] = []
  const flush = async (): Promise<void> => {
    await on.bad(waiting)
    waiting = []
    await on.progress(counts)
  }
  const ids = { entityId, newId: <K extends Parameters<typeof newId>[1]>(kind: K) => newId(scene, kind) }
  const read = await readAll(file, settings, ids, async (one, row) => {
    counts.rows += 1
    if (one.problems.length) {
      counts.invalid += 1
      waiting.push({
        row: one.row,
        cells: row.cells,
        problems: one.problems.map(({ column, says, params }) => ({ column, says, ...(params ? { params } : {}) })),
      })
    } else counts.valid += 1
    for (const proposal of one.proposals) {
      if (proposal.kind === "party") names.push({ row: one.row, partyId: proposal.id, name: proposal.body.legalName })
      if (proposal.kind === "sharing") counts.sharings += 1
    }
    if (counts.rows % BATCH === 0) await flush()
  })
  if (!read.ok) return read
  counts.joins = await joinsOf(scene.db, names)
  await flush()
  return good(counts)
}

/** Names that are equal once folded, within the file and against the register. */
export async function joinsOf(db: Db, names: readonly NamedRow[]): Promise<JoinProposal[]> {
  const known = await partiesByFold(db, [...new Set(names.map((one) => fold(one.name)))])
  return proposeJoins(
    names,
    known.map(({ id, title }) => ({ partyId: id, names: [title] })),
  )
}

/** The worker's dry run of an import that waits for one: progress as it goes, bad rows kept, the outcome at the end. */
export async function tryImport(scene: Scene, row: ImportRow): Promise<void> {
  const { db } = scene
  await db.transaction((tx) => clearBadRows(tx, row.id))
  const outcome = await onDisk(scene, row.sha256, (path) =>
    countRows(scene, { path, name: row.name }, row.settings as ImportSettings, row.entityId as Id<"entity">, {
      bad: (list) => db.transaction((tx) => insertBadRows(tx, row.id, list)),
      progress: (counts) => moveImport(db, row.id, { counts }),
    }),
  )
  await moveImport(
    db,
    row.id,
    outcome.ok
      ? { state: "tried", counts: outcome.value }
      : { state: "failed", problem: JSON.stringify({ says: outcome.says, params: outcome.params ?? {} }) },
  )
}
