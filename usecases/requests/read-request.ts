import { z } from "zod"
import type { Tx } from "@/db/connect"
import { commentsOf, type CommentRow } from "@/db/statements/comments"
import {
  authorsOf,
  decisionsOf,
  draftProposals,
  revisionProposals,
  revisionsOf,
  seatOf,
  seatsOf,
  stagesOf,
  type DecisionRow,
  type ProposalRow,
  type RequestRow,
  type RevisionRow,
  type StageRow,
} from "@/db/statements/requests"
import { carriedOf, countedOn, type CarriedRow } from "@/db/statements/carried"
import { proposalsById, rivalsOf, rowFellows } from "@/db/statements/parts"
import { everProposed, threadTurns, type ThreadTurn } from "@/db/statements/threads"
import { remindersOf, type Reminder } from "@/db/statements/reminders"
import { hasReview } from "@/db/statements/review"
import { disclosed, versionsOf } from "@/db/statements/versions"
import type { Finding } from "@/domain/checks/types"
import type { BandTip } from "@/domain/checks/wide"
import type { Day } from "@/domain/core/day"
import { good, refuse } from "@/domain/core/outcome"
import { hasTurn, maySit } from "@/domain/requests/four-eyes"
import type { RecordKind } from "@/domain/records/kinds"
import { idOf } from "@/domain/records/parts"
import { withoutAdvice } from "@/usecases/files/advice"
import { look } from "@/usecases/look"
import { judge } from "@/usecases/checks/judge"
import { loadEntities, loadRecords, openVersions, type StoredRecord } from "@/usecases/register/records"
import { readable } from "@/usecases/register/read-record"
import { unseenIn, withoutHidden } from "@/usecases/register/unseen"
import { ownTitles } from "@/usecases/packs/known"
import type { Actor } from "@/usecases/scene"
import type { Scope } from "@/usecases/scope"
import type { Entity } from "@/domain/records/evidence"
import type { Id } from "@/domain/core/id"
import { requestScope } from "./list-requests"
import { readKnown } from "./known-request"
import { namedBy, namesOf, titlesNamed } from "./named-by"
import { behalvesOf, forWhom, mayBeLent } from "./on-behalf"
import { openDrafts, openSealed, type Proposal } from "./revision"
import { administratorsOf, statesOfStages, type StageState } from "./stage-state"
import { conditionsShown, type ConditionShown, type ConditionTurnShown } from "./read-conditions"
import { carriedSeen, foundNow, withdrawnAt } from "./read-beside"
import { commentsSeen, nameable } from "./readers"
import { publicListAfter, type ListAfter } from "./read-public-list"
import { coverageOfTouched, type TouchedSharings } from "./read-touched"
import { countElsewhere, findingsSeen, scopeWithin, seenOf } from "./seen"

export type RequestPage = {
  request: RequestRow
  /**
   * The draft's proposals while it is one, else the current revision's, at most 200. Where they are looked at by facets
   * (`many`), those alone that the page shows whole: the record asked for, and what came from the same row of its file.
   */
  proposals: Proposal[]
  many: boolean
  /** How many more are proposed in companies that the reader does not see. */
  elsewhere: number
  /** Whether the draft or revision proposes anything at all. */
  something: boolean
  /** What is in force now for the changed records. */
  bases: StoredRecord[]
  /** Records whose base has moved since, the ground under the request, each as it stood when the proposal was made. */
  moved: { recordId: string; was: StoredRecord | null }[]
  findings: Finding[]
  /** What is found today of the records that it changes or touches; null while that is being worked out. */
  before: Finding[] | null
  /** What it does to the sums of people whose data leaves the mainland, of the companies that the reader may know. */
  tips: BandTip[]
  /** On which days the sharings that it proposes or touches are covered, before and after; null: not drawn. */
  touched: TouchedSharings | null
  /** What the public list of recipients says otherwise if it is approved; null: not worked out. */
  list: ListAfter | null
  /** The day on which each record's approval is judged, by its id: what is missing only after it comes due later. */
  days: Record<string, Day>
  stages: (StageRow & {
    decided: Decided | null
    /** The decisions that this revision withdrew at the stage, with why. */
    withdrawn: { personId: string; verdict: string; revision: number; because: string[] }[]
    mayDecide: boolean
    /** On whose behalf the reader may decide it, where they may not in their own right. */
    forPerson: string | null
    whyNot: string | null
    /** Since when it is open, by when it is due, and who may take it. */
    state: StageState
  })[]
  /** To whom it goes when nobody is left who may take a stage: the administrators, by name. */
  administrators: { name: string; entityId: string | null }[]
  revisions: RevisionRow[]
  decisions: Decided[]
  /** What each new revision kept and withdrew; the reasons only for the reader's companies. */
  carried: CarriedRow[]
  comments: (CommentRow & { text: string })[]
  /** How threads were settled and taken up again. */
  turns: ThreadTurn[]
  /** Who may be named in a comment: on the request, and on a record where fewer may read of it. */
  nameable: { all: string[]; on: Record<string, string[]> }
  /** What decisions asked for, with how each stands today; words only for the reader's companies and the owner. */
  conditions: ConditionShown[]
  conditionTurns: ConditionTurnShown[]
  /** Who could be asked to meet a condition: whoever may know of the request. */
  owners: { id: string; name: string }[]
  /** Who was reminded of it, of what and when; people by id. */
  reminders: Reminder[]
  authors: string[]
  names: Record<string, string>
  entities: { id: Id<"entity">; entity: Entity }[]
  /** Titles of the register's records that the proposals name. */
  titles: Record<string, string>
  /** How clauses of our own texts are called, by id. */
  clauses: Record<string, string>
  rivals: { id: string; no: number; title: string; recordId: string }[]
  hash: string | null
  mine: boolean
}

/** A decision with its reason, or with none where that is about a company that the reader does not see. */
export type Decided = DecisionRow & { reasonText: string | null; reasonElsewhere: boolean }

const LIMIT = 200

/** One request as a reviewer needs it: what changes, what is missing, who decides, who said what. */
export const readRequest = look<{ id: string; after: number; show: string }, RequestPage>({
  name: "request.read",
  input: z.strictObject({
    id: idOf("request"),
    after: z.int().min(0).default(0),
    show: z.string().max(40).default(""),
  }) as unknown as z.ZodType<{ id: string; after: number; show: string }>,
  about: (input) => [{ type: "request", id: input.id }],
  run: async (tx, { input, scope, actor, scene }) => {
    const request = await readKnown(tx, input.id, actor)
    if (!request) return refuse("not-found", "not-found")
    const many = await hasReview(tx, request.id)
    const within = scopeWithin(scope, request)
    const all = await shownProposals(tx, request, many, input)
    const proposals = await seenOf(tx, all, within)
    const bases = (
      await loadRecords(
        tx,
        proposals.filter((item) => item.op !== "create").map((item) => item.recordId),
        null,
      )
    ).filter((record) => readable(record, scope))
    const ended = ["approved", "recorded", "refused", "withdrawn"].includes(request.state)
    const judged =
      ended || all.length === 0
        ? null
        : await judge(tx, all, { now: scene.now, kind: request.kind, scopeOf: actor, draw: !many })
    const drawn = judged?.ok && !many ? judged.value : null
    const findings = judged?.ok ? await findingsSeen(tx, judged.value.findings, { all, seen: proposals, scope }) : []
    const told = new Set([...proposals, ...findings].map((item) => item.recordId as string))
    const known = new Set([...told, ...bases.map((one) => one.id as string)])
    const moved = ended ? [] : await movedUnder(tx, proposals, scope)
    const revisions = await revisionsOf(tx, request.id)
    const decisions = await withReasons(tx, await decisionsOf(tx, request.id), within)
    const shown = await leavingOut(
      tx,
      { all, seen: proposals, held: [...bases, ...moved.flatMap((one) => one.was ?? [])] },
      { scope, within },
    )
    const authors = await authorsOf(tx, request.id)
    const seat = actor.kind === "person" ? await seatOf(tx, request.id, actor.id) : null
    const absent = await behalvesOf(tx, request, actor, scene.now)
    const stages = request.revision > 0 ? await stagesOf(tx, request.id, request.revision) : []
    const comments = await commentsSeen(tx, request, await commentsOf(tx, request.id, scope.legalAdvice), within)
    const words = await disclosed(
      tx,
      comments.map((item) => item.words),
    )
    const carried = await carriedOf(tx, request.id)
    const carriedHere = carriedSeen(carried, within).filter((one) => one.revision === request.revision)
    const conditioned = await conditionsShown(tx, request, { actor, authors, scope: within, now: scene.now })
    const reminders = request.revision > 0 ? await remindersOf(tx, request.id) : []
    const current = countedOn(decisions, carried, request.revision)
    const revisionAt = revisions.find((item) => item.n === request.revision)?.at ?? request.createdAt
    const around = { request, revisionAt, stages, decided: current, authors, seats: await seatsOf(tx, request.id) }
    const states = await statesOfStages(tx, around, scene.now)
    const touched = drawn
      ? await coverageOfTouched(
          tx,
          drawn.coverage,
          { all, seen: proposals, scope, now: scene.now },
          drawn.checked.entities,
        )
      : null
    const entityIds = [
      ...new Set([
        ...request.entityIds,
        ...stages.map((item) => item.entityId),
        ...(touched?.lines ?? []).map((item) => item.entityId),
        ...proposals.flatMap((item) => ("entityId" in item.body ? [item.body.entityId as string] : [])),
      ]),
    ]
    return good<RequestPage>({
      request,
      proposals: await shown(proposals),
      many,
      elsewhere: await countElsewhere(tx, request.id, many ? null : all.length - proposals.length, within),
      something: many || all.length > 0,
      bases: await shown(bases),
      moved: await Promise.all(
        moved.map(async ({ recordId, was }) => ({ recordId, was: was ? ((await shown([was]))[0] ?? null) : null })),
      ),
      findings,
      before: judged?.ok
        ? await foundNow(tx, [...bases, ...findings.map((one) => ({ id: one.recordId }))], known)
        : null,
      tips: judged?.ok
        ? judged.value.tips.filter((tip) => scope.entities === null || scope.entities.includes(tip.entityId))
        : [],
      touched,
      list: drawn
        ? await publicListAfter(tx, { seen: proposals, bases, scope, now: scene.now }, drawn.checked.entities)
        : null,
      days: judged?.ok ? Object.fromEntries(Object.entries(judged.value.days).filter(([id]) => told.has(id))) : {},
      administrators: states.some((one) => one.nobody || one.short) ? await administratorsOf(tx, scene.now) : [],
      stages: stages.map((stage, i) => {
        const decided = current.find((item) => item.stage === stage.stage && item.entityId === stage.entityId) ?? null
        const own = decided ? "conflict.stage-taken" : whyNotDecide(actor, request, stage, authors, seat)
        const lent = mayBeLent(own) ? forWhom(actor, request, stage, { authors, seat, absent }) : null
        const turn = hasTurn({ decided: current, stages }, stage)
        const whyNot = (lent ? lent.whyNot : own) ?? (turn.ok ? null : turn.says)
        return {
          ...stage,
          decided,
          withdrawn: withdrawnAt(stage, decisions, carriedHere),
          mayDecide: whyNot === null,
          forPerson: lent?.forPerson ?? null,
          whyNot,
          state: states[i] as StageState,
        }
      }),
      revisions,
      decisions,
      carried: carriedSeen(carried, within),
      comments: comments.map((item) => ({ ...item, text: words.get(item.words) ?? "[erased]" })),
      turns: (await threadTurns(tx, request.id)).filter((turn) => comments.some((item) => item.id === turn.commentId)),
      nameable: await nameable(tx, request, proposals, { speaks: actor.id, now: scene.now }),
      ...conditioned,
      reminders,
      authors,
      names: await namesOf(tx, [
        request.createdBy,
        ...authors,
        ...decisions.flatMap((item) => [item.personId, ...(item.forPerson ? [item.forPerson] : [])]),
        ...absent.map((one) => one.personId),
        ...revisions.map((item) => item.actorId),
        ...comments.map((item) => item.personId),
        ...states.flatMap((item) => [
          ...item.sitters.slice(0, 5),
          ...item.standIns.slice(0, 5).flatMap((one) => [one.id, one.forPerson]),
          ...(item.short?.people ?? []),
        ]),
        ...(await threadTurns(tx, request.id)).map((item) => item.personId),
        ...conditioned.conditions.map((item) => item.ownerId),
        ...reminders.flatMap((item) => item.people),
        ...conditioned.conditions.flatMap((item) => item.answersFor ?? []),
        ...conditioned.conditionTurns.flatMap((item) =>
          [item.personId, item.forPerson ?? [], item.toPerson ?? []].flat(),
        ),
      ]),
      entities: [...(await loadEntities(tx, entityIds, null))].map(([id, entity]) => ({ id, entity })),
      titles: await titlesNamed(tx, proposals, scope),
      clauses: await ownTitles(tx, null),
      rivals: ended ? [] : await rivalsSeen(tx, request, await rivalsOf(tx, request.id, requestScope(scope)), within),
      hash: revisions[revisions.length - 1]?.hash ?? null,
      mine: request.createdBy === actor.id,
    })
  },
})

type Held = { kind: RecordKind; body: unknown }

/** Takes out of what is shown the legal advice and the records that the reader may not know of, proposed or in force. */
async function leavingOut(
  tx: Tx,
  on: { all: readonly Proposal[]; seen: readonly Proposal[]; held: readonly StoredRecord[] },
  { scope, within }: { scope: Scope; within: Scope },
): Promise<<T extends Held>(held: readonly T[]) => Promise<T[]>> {
  const hidden = await unseenIn(tx, [...on.seen, ...on.held], within, null)
  const seen = new Set(on.seen.map((item) => item.recordId))
  for (const item of on.all) if (!seen.has(item.recordId)) hidden.add(item.recordId)
  return async (held) => withoutHidden(await withoutAdvice(tx, held, scope), hidden)
}

/** The proposals whose record has another version in force than the one they were made on. */
async function movedUnder(tx: Tx, proposals: readonly Proposal[], scope: Scope): Promise<RequestPage["moved"]> {
  const heads = await loadRecords(
    tx,
    proposals.map((item) => item.recordId),
    null,
  )
  const moved = proposals.filter((item) => {
    const head = heads.find((base) => base.id === item.recordId)
    return (head?.version ?? null) !== item.baseVersion
  })
  return Promise.all(
    moved.slice(0, 20).map(async ({ recordId, baseVersion }) => {
      const versions = await openVersions(tx, await versionsOf(tx, recordId, null))
      const was = versions.find((version) => version.version === baseVersion)
      return { recordId, was: was && readable(was, scope) ? was : null }
    }),
  )
}

/** Why this person may not decide this stage, as a key of the catalogue; null when they may. Also what the screen asks. */
export function whyNotDecide(
  actor: Actor,
  request: RequestRow,
  stage: StageRow,
  authors: string[],
  seat: { stage: string; entityId: string } | null,
): string | null {
  if (request.state !== "in-review") return "conflict.not-in-review"
  const may = maySit(actor, { authors, stages: [stage], seat }, stage)
  return may.ok ? null : may.says
}

/** Whether its author may edit it right now: nobody is looking at it. */
export function isEditable(request: Pick<RequestRow, "state">): boolean {
  return request.state === "draft" || request.state === "changes-requested"
}

async function shownProposals(
  tx: Tx,
  request: RequestRow,
  many: boolean,
  on: { after: number; show: string },
): Promise<Proposal[]> {
  const n = isEditable(request) ? 0 : request.revision
  const page = { after: on.after, limit: LIMIT }
  const open = async (list: ProposalRow[]): Promise<Proposal[]> => (n === 0 ? openDrafts(list) : openSealed(tx, list))
  if (!many)
    return open(n === 0 ? await draftProposals(tx, request.id, page) : await revisionProposals(tx, request.id, n, page))
  if (!on.show) return []
  const row = [on.show, ...(await rowFellows(tx, request.id, on.show))]
  const first = await open(await proposalsById(tx, request.id, n, row))
  // What they name stands beside them: the party that another row of the file brings, where names were joined.
  const named = namedBy(first)
  return named.length === 0 ? first : [...first, ...(await open(await proposalsById(tx, request.id, n, named)))]
}

/** Reasons of the stages of the reader's companies; advice against is told to all, for whoever approves has to answer it. */
export async function withReasons(tx: Tx, list: DecisionRow[], scope: Scope): Promise<Decided[]> {
  const values = await disclosed(
    tx,
    list.flatMap((item) => (item.reason ? [item.reason] : [])),
  )
  const told = (item: DecisionRow): boolean =>
    scope.entities === null ||
    scope.entities.includes(item.entityId) ||
    item.personId === scope.personId ||
    item.verdict === "advise-against"
  return list.map((item) => ({
    ...item,
    reasonText: item.reason && told(item) ? (values.get(item.reason) ?? "[erased]") : null,
    reasonElsewhere: item.reason !== null && !told(item),
  }))
}

/** Other requests on the same records, where the reader sees what this one proposes for them. */
async function rivalsSeen(
  tx: Tx,
  request: RequestRow,
  list: RequestPage["rivals"],
  scope: Scope,
): Promise<RequestPage["rivals"]> {
  if (list.length === 0 || scope.entities === null) return list
  const [, seen] = await proposedAndSeen(
    tx,
    request,
    list.map((item) => item.recordId),
    scope,
  )
  return list.filter((item) => seen.has(item.recordId))
}

/** Of these records, those that the draft or any revision proposes, and those of them that the reader sees. */
async function proposedAndSeen(
  tx: Tx,
  request: RequestRow,
  ids: readonly string[],
  scope: Scope,
): Promise<[Set<string>, Set<string>]> {
  const all = [
    ...openDrafts(await proposalsById(tx, request.id, 0, ids)),
    // What was taken out since is still what it was: whoever did not see it reads nothing that was said of it.
    ...(await openSealed(tx, await everProposed(tx, request.id, ids))),
  ]
  const set = (list: readonly Proposal[]): Set<string> => new Set(list.map((item) => item.recordId))
  return [set(all), set(await seenOf(tx, all, scope))]
}
