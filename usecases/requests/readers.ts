import type { CommentRow } from "@/db/statements/comments"
import type { RequestRow } from "@/db/statements/requests"
import { proposedOverTime, workersNow, type Worker } from "@/db/statements/threads"
import { proposalsById } from "@/db/statements/parts"
import type { Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { isDecider } from "@/domain/people/permissions"
import { readable } from "@/usecases/register/read-record"
import type { Actor } from "@/usecases/scene"
import { scopeOf, type Scope } from "@/usecases/scope"
import { mayKnow } from "./known-request"
import { openDrafts, openSealed, type Proposal } from "./revision"
import { scopeWithin, seenOf } from "./seen"

const asActor = (one: Worker): Actor =>
  ({ kind: "person", id: one.id, name: one.name, held: one.held, via: "page", session: null }) as Actor

/**
 * Who takes part in the talk about a request: whoever decides somewhere and may know of it, and who asked. Others are
 * not told of what is said, and never named as somebody who could be.
 */
export async function talkersOf(tx: Tx, request: RequestRow, now: Instant): Promise<Worker[]> {
  return (await workersNow(tx, now)).filter(
    (one) =>
      (one.id === request.createdBy || isDecider({ kind: "person", held: one.held })) && mayKnow(request, asActor(one)),
  )
}

/** Of these people, who may know of the request. */
export function knowersOf(people: readonly Worker[], request: RequestRow): Worker[] {
  return people.filter((one) => mayKnow(request, asActor(one)))
}

/** Of these, who reads what is said on the record, or of advice. */
export function whoReads(
  people: readonly Worker[],
  request: Pick<RequestRow, "createdBy">,
  on: { proposal: Pick<Proposal, "kind" | "body"> | null; legalAdvice: boolean },
): Worker[] {
  return people.filter((one) => {
    const scope = scopeOf(asActor(one))
    if (on.legalAdvice && !scope.legalAdvice) return false
    return on.proposal === null || readable(on.proposal as Parameters<typeof readable>[0], scopeWithin(scope, request))
  })
}

/** So many names are offered; whoever is not among them is found by their whole name all the same. */
const OFFERED = 50

/** Whom one may name in a comment on the request, and on those records that fewer people read. */
export async function nameable(
  tx: Tx,
  request: RequestRow,
  proposals: readonly Proposal[],
  on: { speaks: string; now: Instant },
): Promise<{ all: string[]; on: Record<string, string[]> }> {
  if (request.revision === 0) return { all: [], on: {} }
  const people = (await talkersOf(tx, request, on.now)).filter((one) => one.id !== on.speaks)
  const names = (list: readonly Worker[]): string[] => [...new Set(list.map((one) => one.name))].slice(0, OFFERED)
  const fewer = proposals.flatMap((proposal) => {
    const reading = whoReads(people, request, { proposal, legalAdvice: false })
    return reading.length < people.length ? [[proposal.recordId, names(reading)] as const] : []
  })
  return { all: names(people), on: Object.fromEntries(fewer) }
}

/**
 * What the request proposes for these records, as it stood at the instant: in the last revision until then that had the
 * record, else in the first that has it, else in its draft. By it is decided who reads what is said of the record.
 */
export async function proposedAt(
  tx: Tx,
  requestId: string,
  ids: readonly string[],
): Promise<(recordId: string, at: Instant) => Proposal | null> {
  const over = await proposedOverTime(tx, requestId, ids)
  const opened = await openSealed(tx, over)
  const sealed = opened.map((proposal, i) => ({ proposal, at: over[i]?.at ?? "" }))
  const drafts = openDrafts(await proposalsById(tx, requestId, 0, ids))
  return (recordId, at) => {
    const mine = sealed.filter((one) => one.proposal.recordId === recordId)
    const then = mine.filter((one) => one.at <= at).at(-1) ?? mine[0]
    return then?.proposal ?? drafts.find((one) => one.recordId === recordId) ?? null
  }
}

/**
 * Comments on the request as a whole, and on what the reader sees of it: of a record as it stood when the thread began, so
 * that a record which goes to another company takes no word along that was said before.
 */
export async function commentsSeen(
  tx: Tx,
  request: RequestRow,
  list: CommentRow[],
  scope: Scope,
): Promise<CommentRow[]> {
  const recordOf = (item: CommentRow): string | null => item.path?.split(".")[0] ?? null
  const about = [...new Set(list.flatMap((item) => recordOf(item) ?? []))]
  if (about.length === 0 || scope.entities === null) return list
  const then = await proposedAt(tx, request.id, about)
  const began = new Map(list.map((item) => [item.id, item.at]))
  const on = list.map((item) => {
    const recordId = recordOf(item)
    return recordId === null ? null : then(recordId, began.get(item.threadId ?? item.id) ?? item.at)
  })
  const seen = new Set(await seenOf(tx, [...new Set(on.flatMap((one) => one ?? []))], scope))
  return list.filter((_, i) => {
    const proposal = on[i]
    return !proposal || seen.has(proposal)
  })
}
