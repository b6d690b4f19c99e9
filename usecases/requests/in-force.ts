import { batches } from "@/db/batches"
import { derivedWith, judgeAgain, putFindings, putJudgements } from "@/db/statements/judgements"
import { countSharings, putRows, putSharingChecks, type NewRow, type RowTable } from "@/db/statements/rows"
import { insertProvenance, insertRefs, insertVersionsOfRevision, type NewVersion } from "@/db/statements/versions"
import { sealedBodies } from "@/db/statements/requests"
import type { Opened } from "@/db/statements/log"
import type { Tx } from "@/db/connect"
import type { EventDraft } from "@/domain/audit/event"
import type { BodyOf, RecordKind, Standing } from "@/domain/records/kinds"
import { project, rowTable } from "@/domain/records/project"
import { refsOf } from "@/domain/records/refer"
import { putBands } from "@/usecases/checks/bands"
import type { Checked } from "@/usecases/checks/judge"
import { putDesk } from "@/usecases/desk/put-desk"
import { ownVersions, packsNow, packsWord } from "@/usecases/packs/known"
import type { Proposal, SealedHead } from "./revision"

/** Everything that comes into force by one act: prepared before the log opens, written at its one instant. */
export type InForce = {
  events: EventDraft[]
  /** `first` is the log index of the first version's leaf. */
  write: (tx: Tx, place: Opened, first: number) => Promise<void>
}

/**
 * Prepares the versions of a revision: leaf, body, references, provenance, list rows and checks for each record. The
 * statements are set-based, so their number does not depend on how many records there are (foundation 15).
 */
export function inForce(
  of: { requestId: string; revision: number },
  sealed: readonly SealedHead[],
  open: readonly Proposal[],
  standingOf: (proposal: Proposal) => Standing,
  checked: Checked,
): InForce {
  const versions = sealed.map((row, i) => {
    const proposal = open[i] as Proposal
    return {
      recordId: row.recordId,
      kind: row.kind,
      n: (row.baseVersion ?? 0) + 1,
      standing: standingOf(proposal),
      bodyHash: row.bodyHash,
    }
  })
  const events: EventDraft[] = versions.map((version) => ({
    act: "record.in-force",
    request: of.requestId,
    objects: [{ type: version.kind, id: version.recordId, version: version.n }],
    ...(version.n > 1 ? { before: { version: version.n - 1 } } : {}),
    after: { version: version.n, standing: version.standing, sha256: version.bodyHash },
  }))
  return {
    events,
    write: (tx, place, first) => writeAll(tx, place, first, of, versions, sealed, open, standingOf, checked),
  }
}

async function writeAll(
  tx: Tx,
  place: Opened,
  first: number,
  of: { requestId: string; revision: number },
  versions: readonly Omit<NewVersion, "body" | "logIndex" | "requestId">[],
  sealed: readonly SealedHead[],
  open: readonly Proposal[],
  standingOf: (proposal: Proposal) => Standing,
  checked: Checked,
): Promise<void> {
  await insertVersionsOfRevision(
    tx,
    place.at,
    of,
    versions.map((version, i) => ({ ...version, logIndex: first + i })),
  )
  await insertRefs(
    tx,
    open.flatMap((proposal) =>
      refsOf(proposal.kind, proposal.body as BodyOf[typeof proposal.kind]).map((ref) => ({
        recordId: proposal.recordId,
        n: (proposal.baseVersion ?? 0) + 1,
        path: ref.path,
        targetId: ref.id,
      })),
    ),
  )
  await insertProvenance(
    tx,
    sealed.flatMap((row) =>
      row.importId && row.row !== null
        ? [
            {
              recordId: row.recordId,
              n: (row.baseVersion ?? 0) + 1,
              importId: row.importId,
              sheet: row.sheet ?? "",
              row: row.row,
            },
          ]
        : [],
    ),
  )
  // Rows are made a batch at a time: those of thousands of records do not stand in memory beside their bodies.
  for (const part of batches(open))
    for (const [table, rows] of rowsByTable(part, standingOf)) await putRows(tx, table, place.at, rows)
  await putSharingChecks(tx, place.at, checked.sharings)
  await putFindings(tx, place.at, checked.recordIds, checked.findings)
  await putJudgements(tx, place.at, checked.judgements)
  await putBands(tx, checked.bands, checked.entities, checked.law)
  for (const part of batches(versions)) {
    const bodies = await sealedBodies(
      tx,
      of,
      part.map((version) => version.recordId),
    )
    await putDesk(
      tx,
      place.at,
      part.map((version) => ({ ...version, body: bodies.get(version.recordId) ?? "" })),
    )
  }
  await countSharings(tx, partiesOf(open))
  await followOwnPacks(tx, place.at, open)
}

/** A version of a pack changes what is found of other records: the worker looks at those that it is about. */
async function followOwnPacks(tx: Tx, at: Opened["at"], open: readonly Proposal[]): Promise<void> {
  const ids = open.flatMap((one) => (one.kind === "pack" ? [one.recordId] : []))
  if (ids.length === 0) return
  await derivedWith(tx, packsWord(await packsNow(tx, at), at))
  // Also those that it was for before: a version may be for others than the one that it follows.
  const bodies = (await ownVersions(tx, null)).flatMap((one) => (ids.includes(one.recordId) ? [one.body] : []))
  if (bodies.some((body) => body.entities === null)) return judgeAgain(tx, null)
  for (const id of new Set(bodies.flatMap((body) => body.entities ?? []))) await judgeAgain(tx, id)
}

function rowsByTable(open: readonly Proposal[], standingOf: (proposal: Proposal) => Standing): Map<RowTable, NewRow[]> {
  const out = new Map<RowTable, NewRow[]>()
  for (const proposal of open) {
    const table = rowTable(proposal.kind)
    const list = out.get(table) ?? []
    list.push(
      listRow(
        proposal.kind,
        proposal.recordId,
        (proposal.baseVersion ?? 0) + 1,
        standingOf(proposal),
        proposal.body as BodyOf[RecordKind],
      ),
    )
    out.set(table, list)
  }
  return out
}

/** The list row of one version; also what a rebuild makes. */
export function listRow(
  kind: RecordKind,
  recordId: string,
  n: number,
  standing: Standing,
  body: BodyOf[RecordKind],
): NewRow {
  const { columns, ...rest } = project(kind, body)
  return { recordId, n, standing, ...rest, columns }
}

function partiesOf(open: readonly Proposal[]): string[] {
  return [
    ...new Set(
      open.flatMap((proposal) =>
        proposal.kind === "party"
          ? [proposal.recordId]
          : proposal.kind === "sharing"
            ? [(proposal.body as BodyOf["sharing"]).partyId]
            : [],
      ),
    ),
  ]
}
