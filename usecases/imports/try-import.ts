import {
  clearBadRows,
  insertBadRows,
  moveImport,
  partiesByFold,
  type BadRow,
  type ImportRow,
} from "@/db/statements/imports"
import { nearParties } from "@/db/statements/near"
import type { Db } from "@/db/connect"
import { fold } from "@/domain/core/fold"
import type { Id } from "@/domain/core/id"
import { good, type Outcome } from "@/domain/core/outcome"
import { proposeJoins, proposeNear, type JoinProposal, type NamedRow, type NearKnown } from "@/domain/imports/clusters"
import { NEAR, nearPairs, nearness } from "@/domain/imports/similar"
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
  counts.leftOut = read.value - counts.rows
  counts.rows = read.value
  counts.joins = (await joinsOf(scene.db, names)).joins
  await flush()
  return good(counts)
}

/** Names that may be one party, and for each such folded name the party of the register that it is equal or near to. */
export type Joins = { joins: JoinProposal[]; near: Map<string, string> }

/** So many similar names are proposed, the nearest first; beyond that nobody looks at them one by one. */
const MOST_SIMILAR = 300
const LOOKED_UP = 500

/** Names that are equal once folded or, if not, near: within the file and against the register. */
export async function joinsOf(db: Db, names: readonly NamedRow[]): Promise<Joins> {
  const folds = [...new Set(names.map((one) => fold(one.name)))].filter((folded) => folded !== "")
  const equal = await partiesByFold(db, folds)
  const near = new Map(equal.map(({ id, title }) => [fold(title), id]))
  const strange = folds.filter((folded) => !near.has(folded))
  const known: NearKnown[] = []
  for (let from = 0; from < strange.length; from += LOOKED_UP) {
    const part = strange.slice(from, from + LOOKED_UP)
    for (const found of await db.transaction((tx) => nearParties(tx, part, NEAR))) {
      const likeness = Math.round(nearness(found.name, found.title) * 100)
      if (likeness < NEAR * 100) continue
      known.push({ name: found.name, party: { partyId: found.id, names: [found.title] }, likeness })
      if (!near.has(found.name)) near.set(found.name, found.id)
    }
  }
  const joins = [
    ...proposeJoins(
      names,
      equal.map(({ id, title }) => ({ partyId: id, names: [title] })),
    ),
    ...proposeNear(names, nearPairs(strange, MOST_SIMILAR), known, MOST_SIMILAR),
  ]
  return { joins, near }
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
