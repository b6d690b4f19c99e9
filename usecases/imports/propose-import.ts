import { z } from "zod"
import { moveImport, readImportRow, type ImportRow } from "@/db/statements/imports"
import {
  addAuthor,
  draftProposals,
  insertRequest,
  saveProposals,
  takeTime,
  type ProposalRow,
} from "@/db/statements/requests"
import type { Tx } from "@/db/connect"
import { NOT_APPLICABLE } from "@/domain/core/answer"
import { canonical } from "@/domain/core/canonical"
import { dayIn } from "@/domain/core/day"
import { fold } from "@/domain/core/fold"
import type { Id } from "@/domain/core/id"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import type { NamedRow } from "@/domain/imports/clusters"
import { joinedIds, withJoins } from "@/domain/imports/join"
import type { ImportProposal } from "@/domain/imports/proposal"
import { inWaves } from "@/domain/imports/waves"
import type { Party } from "@/domain/records/party"
import { idOf, text } from "@/domain/records/parts"
import { judge } from "@/usecases/checks/judge"
import { jot } from "@/usecases/jot"
import { isMany, putDraftReview } from "@/usecases/requests/review"
import { openDrafts } from "@/usecases/requests/revision"
import { loadEntities } from "@/usecases/register/records"
import { newId, type Scene } from "@/usecases/scene"
import { importedRecords } from "./imported"
import { onDisk, readAll } from "./read-file"
import { mine } from "./set-columns"
import type { ImportSettings } from "./settings"
import { joinsOf } from "./try-import"

const BATCH = 500

/** Asks the worker to make one request of every good row of a tried import. */
export const proposeImport = jot({
  name: "import.make",
  input: z.strictObject({ importId: idOf("import") }),
  run: async (tx, { input, actor }) => {
    const found = await mine(tx, input.importId, actor)
    if (!found.ok) return found
    if (found.value.byPerson !== actor.id) return refuse("not-allowed", "not-allowed.not-own")
    if (found.value.state !== "tried") return refuse("conflict", "conflict.import-busy")
    if ((found.value.counts as { valid: number }).valid === 0) return refuse("invalid", "import.nothing-good")
    await moveImport(tx, found.value.id, { state: "proposing" })
    return good({ id: found.value.id })
  },
})

type Good = { row: number; sheet: string | null; proposals: ImportProposal[] }

/**
 * The worker's part: reads the file once more and writes one draft that holds every good row, each proposal with file,
 * sheet and row. All or nothing. The person who made the import looks at it and submits it.
 */
export async function writeRequest(scene: Scene, row: ImportRow): Promise<Outcome<{ requestId: string }>> {
  const settings = row.settings as ImportSettings
  const ids = {
    entityId: row.entityId as Id<"entity">,
    newId: <K extends Parameters<typeof newId>[1]>(kind: K) => newId(scene, kind),
  }
  const outcome = await onDisk(scene, row.sha256, async (path) => {
    const all: Good[] = []
    const names: NamedRow[] = []
    const read = await readAll({ path, name: row.name }, settings, ids, (one, source) => {
      if (one.problems.length) return
      all.push({ row: one.row, sheet: source.sheet, proposals: one.proposals })
      for (const proposal of one.proposals)
        if (proposal.kind === "party") names.push({ row: one.row, partyId: proposal.id, name: proposal.body.legalName })
    })
    if (!read.ok) return read
    const { joins, near } = await joinsOf(scene.db, names)
    const joined = joinedIds(joins, new Set(settings.joins))
    return scene.db.transaction((tx) => writeDraft(tx, scene, row, { all, joined, near }))
  })
  // Who finds that another has written the request meanwhile leaves it as it is.
  if (!outcome.ok && outcome.code !== "conflict") {
    const problem = JSON.stringify({ says: outcome.says, params: outcome.params ?? {} })
    await moveImport(scene.db, row.id, { state: "failed", problem })
  }
  return outcome
}

async function writeDraft(
  tx: Tx,
  scene: Scene,
  row: ImportRow,
  {
    all,
    joined,
    near,
  }: { all: readonly Good[]; joined: ReadonlyMap<string, string>; near: ReadonlyMap<string, string> },
): Promise<Outcome<{ requestId: string }>> {
  const current = await readImportRow(tx, row.id, true)
  if (current?.state !== "writing") return refuse("conflict", "conflict.import-busy")
  await takeTime(tx, all.length)
  const entity = (await loadEntities(tx, [row.entityId], null)).get(row.entityId as Id<"entity">)
  const today = dayIn(entity?.zone ?? "UTC", scene.now)
  const owner = scene.actor?.name ?? ""
  const requestId = newId(scene, "request")
  const title = `Import of ${row.name}`.slice(0, 300)
  await insertRequest(tx, {
    id: requestId,
    title,
    fold: fold(title),
    kind: "import",
    by: row.byPerson,
    at: scene.now,
    restrictedTo: null,
  })
  await addAuthor(tx, requestId, row.byPerson)
  const parties = new Map<string, Party>()
  let position = 0
  let batch: ProposalRow[] = []
  const flush = async (): Promise<void> => {
    await saveProposals(tx, requestId, scene.now, batch)
    batch = []
  }
  for (const one of all) {
    for (const proposal of withJoins(one.proposals, joined)) {
      if (proposal.kind === "party") parties.set(proposal.id, proposal.body)
      position += 1
      batch.push({
        recordId: proposal.id,
        kind: proposal.kind,
        op: "create",
        baseVersion: null,
        position,
        body: canonical(
          proposal.kind === "sharing"
            ? inWaves(proposal.body, parties.get(proposal.body.partyId) ?? null, { today, owner })
            : proposal.body,
        ),
        discovered: false,
        importId: row.id,
        sheet: one.sheet,
        row: one.row,
      })
      if (batch.length >= BATCH) await flush()
    }
  }
  await flush()
  await putReviewOf(tx, scene, requestId, near)
  await moveImport(tx, row.id, { state: "proposed", requestId })
  return good({ requestId })
}

/** What the importer sees of the draft by facets: how each record would enter, and whose name is near. */
async function putReviewOf(tx: Tx, scene: Scene, requestId: string, near: ReadonlyMap<string, string>): Promise<void> {
  if (!scene.actor) return
  const proposals = openDrafts(await draftProposals(tx, requestId))
  const judged = await judge(tx, proposals, { now: scene.now, kind: "import", scopeOf: scene.actor })
  const byRecord = new Map<string, string>()
  for (const one of proposals) {
    const known = one.kind === "party" ? near.get(fold((one.body as Party).legalName)) : undefined
    if (known) byRecord.set(one.recordId, known)
  }
  await putDraftReview(tx, { id: requestId, kind: "import" }, proposals, judged.ok ? judged.value : null, byRecord)
}

const undoInput = z.strictObject({ importId: idOf("import"), title: text(300) })

/**
 * Begins one request that ends what an import brought into force and that still stands as it came. What somebody changed
 * since, and what stays named, is left and counted.
 */
export const undoImport = jot<z.output<typeof undoInput>, { requestId: string; records: number; left: number }>({
  name: "request.draft",
  input: undoInput as unknown as z.ZodType<z.output<typeof undoInput>>,
  run: async (tx, { input, actor, scene }) => {
    const found = await mine(tx, input.importId, actor)
    if (!found.ok) return found
    const { records, left } = await importedRecords(tx, input.importId)
    if (records.length === 0) return refuse("invalid", "import.nothing-to-undo")
    await takeTime(tx, records.length)
    const requestId = newId(scene, "request")
    await insertRequest(tx, {
      id: requestId,
      title: input.title,
      fold: fold(input.title),
      kind: "change",
      by: actor.id,
      at: scene.now,
      restrictedTo: null,
    })
    await addAuthor(tx, requestId, actor.id)
    for (let from = 0; from < records.length; from += BATCH)
      await saveProposals(
        tx,
        requestId,
        scene.now,
        records.slice(from, from + BATCH).map((record, i) => ({
          recordId: record.id,
          kind: record.kind,
          op: "end",
          baseVersion: record.version,
          position: from + i + 1,
          // What should never have been recorded owes nothing after its end.
          body: canonical(record.kind === "sharing" ? { ...record.body, deletionDue: NOT_APPLICABLE } : record.body),
          discovered: false,
          importId: null,
          sheet: null,
          row: null,
        })),
      )
    if (isMany("change", records.length)) {
      const proposals = openDrafts(await draftProposals(tx, requestId))
      await putDraftReview(tx, { id: requestId, kind: "change" }, proposals, null)
    }
    return good({ requestId, records: records.length, left })
  },
})
