import { carriedOf, countedOn } from "@/db/statements/carried"
import { proposalsById, rowHashes } from "@/db/statements/parts"
import {
  authorsOf,
  decisionsOf,
  stagesOf,
  type DecisionRow,
  type RequestRow,
  type StageRow,
} from "@/db/statements/requests"
import { versionsAt } from "@/db/statements/versions"
import type { Tx } from "@/db/connect"
import type { Body } from "@/domain/records/kinds"
import {
  CONSENTS,
  editsBetween,
  fatesOf,
  type Carrier,
  type Edit,
  type Fate,
  type Held,
} from "@/domain/requests/carried"
import { isAdvisedAgainst } from "@/domain/requests/four-eyes"
import type { Judgement } from "@/usecases/checks/judge"
import { openVersions } from "@/usecases/register/records"
import { rulesOfRevision, rulesOfVersion } from "./rules-in-force"
import { openSealed, type Proposal, type SealedProposal } from "./revision"

/** What counted on the last revision that may be kept for the next: a yes, with the seat it was given from. */
async function heldOf(tx: Tx, request: RequestRow): Promise<{ held: Held[]; against: boolean }> {
  const all = await decisionsOf(tx, request.id)
  if (all.length === 0) return { held: [], against: false }
  const counted = countedOn(all, await carriedOf(tx, request.id), request.revision)
  const stages = await stagesOf(tx, request.id, request.revision)
  return {
    held: counted.flatMap((one) => asHeld(one, stages)),
    against: isAdvisedAgainst(all, request.revision),
  }
}

function asHeld(one: DecisionRow, stages: readonly StageRow[]): Held[] {
  const stage = stages.find((item) => item.stage === one.stage && item.entityId === one.entityId)
  if (!stage || !(CONSENTS as readonly string[]).includes(one.verdict)) return []
  const { id, entityId, personId, verdict, at } = one
  return [{ id, stage: one.stage, entityId, seat: stage.seat, personId, verdict, hasReason: one.reason !== null, at }]
}

/**
 * What the next revision of a request keeps of the decisions that counted so far, and what it withdraws: by what differs
 * between the two, and between what each of them stands on.
 */
export async function carryOver(
  tx: Tx,
  request: RequestRow,
  next: { sealed: readonly SealedProposal[]; proposals: readonly Proposal[]; judged: Judgement },
): Promise<Fate[]> {
  const { held, against } = request.revision > 0 ? await heldOf(tx, request) : { held: [], against: false }
  if (held.length === 0) return []
  // A stage of other rules is another one: who may take it, and in which turn, is not what it was.
  const version = next.judged.rulesVersion
  if ((await rulesOfRevision(tx, request.id, request.revision)).version !== version)
    return withdrawn(held, "rules-changed")
  // Who may know of the request is not who could before: that touches all, whichever record brings it.
  if (names(narrowed(next.judged.restrictedTo, request.restrictedTo)) !== names(request.restrictedTo))
    return withdrawn(held, "fewer-know")
  return fatesOf(held, await editsSince(tx, request, next), {
    rules: (await rulesOfVersion(tx, version)).rules,
    stages: next.judged.stages,
    entities: next.judged.checked.entities,
    authors: await authorsOf(tx, request.id),
    against,
  })
}

/** Everything that counted is withdrawn, whatever changed: a part of the request was taken out of it. */
export async function withdrawAll(tx: Tx, request: RequestRow, why: string): Promise<Fate[]> {
  return withdrawn((await heldOf(tx, request)).held, why)
}

const names = (list: readonly string[] | null): string => (list === null ? "everybody" : [...list].sort().join())

const withdrawn = (held: readonly Held[], why: string): Fate[] =>
  held.map(({ id, stage, entityId }) => ({
    ...{ decisionId: id, stage, entityId },
    fate: "withdrawn",
    because: [why],
  }))

async function editsSince(
  tx: Tx,
  request: RequestRow,
  next: { sealed: readonly SealedProposal[]; proposals: readonly Proposal[] },
): Promise<Edit[]> {
  const was = new Map((await rowHashes(tx, request.id, request.revision)).map((row) => [row.recordId, row.hash]))
  const is = new Map(next.sealed.map((row) => [row.recordId, row.hash]))
  const ids = [...new Set([...was.keys(), ...is.keys()])].filter((id) => was.get(id) !== is.get(id))
  if (ids.length === 0) return []
  const before = await openSealed(tx, await proposalsById(tx, request.id, request.revision, ids))
  const touched = new Set(ids)
  const after = next.proposals.filter((item) => touched.has(item.recordId))
  const bases = await basesOf(tx, [...before, ...after])
  const carrier = (item: Proposal): Carrier => ({
    ...item,
    body: item.body as Carrier["body"],
    base: item.baseVersion === null ? null : (bases.get(`${item.recordId} ${item.baseVersion}`) ?? null),
  })
  return editsBetween(before.map(carrier), after.map(carrier))
}

/** The versions that proposals stand on, by record and number. */
async function basesOf(tx: Tx, proposals: readonly Proposal[]): Promise<Map<string, Body>> {
  const wanted = new Map(
    proposals.flatMap(({ recordId, baseVersion: n }) =>
      n === null ? [] : [[`${recordId} ${n}`, { recordId, n }] as const],
    ),
  )
  const versions = await openVersions(tx, await versionsAt(tx, [...wanted.values()]))
  return new Map(versions.map((one) => [`${one.id} ${one.version}`, one.body as Body]))
}

/** What the submit event says of it: each by decision, with what withdrew it. */
export function carriedInEvent(fates: readonly Fate[]): { decisionsKept: string[]; decisionsWithdrawn: string[] } {
  const of = (fate: Fate["fate"]) => fates.filter((one) => one.fate === fate)
  return {
    decisionsKept: of("kept").map((one) => `${one.stage}:${one.entityId}:${one.decisionId}`),
    decisionsWithdrawn: of("withdrawn").map(
      (one) => `${one.stage}:${one.entityId}:${one.decisionId}:${one.because.join(",")}`,
    ),
  }
}

/** Whom both lists name; a list that is null names everybody. */
export function narrowed(one: readonly string[] | null, other: readonly string[] | null): string[] | null {
  if (one === null || other === null) return one ? [...one] : other ? [...other] : null
  return one.filter((id) => other.includes(id))
}
