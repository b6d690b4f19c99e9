import { z } from "zod"
import { done, act, type Place } from "@/usecases/act"
import {
  authorsOf,
  draftProposals,
  insertRevision,
  moveRequest,
  takeTime,
  type ProposalRow,
  type RequestRow,
} from "@/db/statements/requests"
import { insertCarried } from "@/db/statements/carried"
import { putReview } from "@/db/statements/review"
import { holdRules } from "@/db/statements/stage-rules"
import type { Telling } from "@/db/statements/tellings"
import { insertDisclosures, lockRecords } from "@/db/statements/versions"
import type { Tx } from "@/db/connect"
import { good, refuse, type Outcome, type Refusal } from "@/domain/core/outcome"
import { valueOf } from "@/domain/core/answer"
import { isId } from "@/domain/core/id"
import type { Sharing } from "@/domain/records/sharing"
import { wrongSince } from "@/domain/requests/found-since"
import { todayOf } from "@/usecases/endings/ending-set"
import { SHAPES } from "@/domain/records/kinds"
import { idOf } from "@/domain/records/parts"
import { allUnderDemand } from "@/domain/records/under-demand"
import { judge, type Judgement } from "@/usecases/checks/judge"
import type { Disclosure } from "@/usecases/commit"
import { refusedByMerge } from "@/usecases/merges/merged-away"
import { packsGood } from "@/usecases/packs/beside"
import { tiedFirst } from "@/usecases/templates/tie-back"
import { tellFound, tellSitters } from "@/usecases/told/tell"
import type { Fate } from "@/domain/requests/carried"
import { mayAct } from "@/domain/people/permissions"
import type { Actor } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import type { ReviewRow } from "@/domain/requests/review"
import { carriedInEvent, carryOver, narrowed } from "./carry"
import { inForce } from "./in-force"
import { lockKnown } from "./known-request"
import { refusedByScanner } from "./refused-files"
import { isMany, reviewRowsOf, sealedReview } from "./review"
import { findingsSeen } from "./seen"
import { largeInTurn } from "./in-turn"
import { headOf, openDrafts, revisionHash, sealProposals, type Proposal, type SealedProposal } from "./revision"

/** So many findings are said at once; an import has hundreds of thousands, and the request's page goes through them. */
const SAID = 1000

/** What a submission gives back: the revision, its hash, the stages that now look at it, and what is found: how much, and the first of it. */
export type Submitted = {
  revision: number
  hash: string
  stages: Judgement["stages"]
  found: number
  findings: Judgement["findings"]
  /** What becomes of the decisions that counted on the revision before. */
  carried: Fate[]
}

const submitNow = largeInTurn(
  act<{ requestId: string }, RequestRow, Submitted>({
    name: "request.submit",
    input: z.strictObject({ requestId: idOf("request") }),
    load: async (tx, input, scene) => (scene.actor ? lockKnown(tx, input.requestId, scene.actor) : null),
    may: (actor, request) => {
      if (request.createdBy !== actor.id) return refuse("not-allowed", "not-allowed.not-own")
      if (request.state !== "draft" && request.state !== "changes-requested")
        return refuse("conflict", "conflict.not-a-draft")
      return good({})
    },
    run: async (tx, { loaded: request, actor, scene }) => {
      const drafts = await draftProposals(tx, request.id)
      await takeTime(tx, drafts.length)
      const valid = await acceptable(tx, request, drafts, actor, scene.now)
      if (!valid.ok) return valid
      const proposals = openDrafts(drafts)
      const merged = await refusedByMerge(tx, proposals, scopeOf(actor), request.id)
      if (merged) return merged
      if (request.kind === "discovered") {
        const early = await sinceGood(tx, proposals, scene.now)
        if (early) return early
      }
      await holdRules(tx, "many")
      const keep = request.kind === "discovered"
      const judged = await judge(tx, proposals, { now: scene.now, kind: request.kind, scopeOf: actor, keep })
      if (!judged.ok) return judged
      const { sealed, fresh } = await sealProposals(tx, drafts)
      const hash = revisionHash(sealed)
      const n = request.revision + 1
      const review = isMany(request.kind, proposals.length)
        ? sealedReview(await reviewRowsOf(tx, request.kind, proposals, judged.value), sealed)
        : []
      // What was found is said and let go: an import's does not stand in memory while the revision is written.
      const { stages, entityIds, restrictedTo, checked, rulesVersion } = judged.value
      const on = { all: proposals, seen: proposals, scope: scopeOf(actor) }
      const findings = await findingsSeen(tx, judged.value.findings, on)
      const carried = await carryOver(tx, request, { sealed, proposals, judged: judged.value })
      return done<Submitted>({
        value: { revision: n, hash, stages, found: findings.length, findings: findings.slice(0, SAID), carried },
        events: [
          {
            act: "request.submit",
            request: request.id,
            objects: [
              { type: "request", id: request.id, version: n },
              ...proposals.slice(0, 200).map((item) => ({ type: item.kind, id: item.recordId })),
            ],
            after: {
              revision: n,
              hash,
              proposals: proposals.length,
              authors: await authorsOf(tx, request.id),
              stages: stages.map((stage) => `${stage.seat}:${stage.stage}:${stage.entityId}`),
              rules: rulesVersion,
              ...(carried.length ? carriedInEvent(carried) : {}),
            },
          },
        ],
        tell: await whoHears(tx, request, judged.value, { n, carried, demanded: allUnderDemand(proposals) }, scene.now),
        write: (writing, place) =>
          write(writing, place, {
            request,
            by: actor.id,
            n,
            hash,
            sealed,
            fresh,
            proposals,
            carried,
            review,
            judged: { stages, entityIds, restrictedTo, checked, rulesVersion },
          }),
      })
    },
  }),
)

/**
 * Submits the draft as its next revision: freezes and seals the proposals, works out the stages from their content, and
 * says what is missing. A request that only records what was found running needs no stage: it is recorded in the same act.
 */
export const submitRequest = tiedFirst(submitNow)

type Writing = {
  request: RequestRow
  by: string
  n: number
  hash: string
  sealed: SealedProposal[]
  fresh: Disclosure[]
  proposals: Proposal[]
  carried: Fate[]
  review: ReviewRow[]
  judged: Pick<Judgement, "stages" | "entityIds" | "restrictedTo" | "checked" | "rulesVersion">
}

/** Found running is told to the DPO; anything else to whoever may sit at its stages. */
async function whoHears(
  tx: Tx,
  request: RequestRow,
  judged: Judgement,
  next: { n: number; carried: readonly Fate[]; demanded: boolean },
  now: RequestRow["movedAt"],
): Promise<Telling[]> {
  const restrictedTo = narrowed(judged.restrictedTo, request.restrictedTo)
  const decided = next.carried.filter((one) => one.fate === "kept")
  const on = { request: { ...request, revision: next.n, restrictedTo }, stages: judged.stages, decided }
  if (request.kind !== "discovered") return tellSitters(tx, on, now)
  return tellFound(tx, on.request, judged.entityIds, now, next.demanded)
}

async function write(tx: Tx, place: Place, on: Writing) {
  await insertDisclosures(tx, on.fresh)
  await insertRevision(tx, {
    requestId: on.request.id,
    n: on.n,
    hash: on.hash,
    by: on.by,
    at: place.at,
    logIndex: place.indexOf(0),
    proposals: on.sealed,
    stages: on.judged.stages,
    rulesVersion: on.judged.rulesVersion,
  })
  const carriedAt = { requestId: on.request.id, revision: on.n, at: place.at, logIndex: place.indexOf(0) }
  await insertCarried(tx, carriedAt, on.carried)
  await putReview(tx, on.request.id, on.review, true, true)
  const recorded = on.request.kind === "discovered"
  await moveRequest(tx, on.request.id, {
    state: recorded ? "recorded" : "in-review",
    at: place.at,
    revision: on.n,
    entityIds: on.judged.entityIds,
    proposalCount: on.proposals.length,
    restrictedTo: narrowed(on.judged.restrictedTo, on.request.restrictedTo),
  })
  if (!recorded) return []
  const made = inForce(
    { requestId: on.request.id, revision: on.n },
    on.sealed.map(headOf),
    on.proposals,
    () => "discovered",
    on.judged.checked,
  )
  await made.write(tx, place, place.indexOf(1))
  return made.events
}

/** Whether the draft can be submitted at all: something in it, each body of its shape, nothing moved underneath. */
async function acceptable(
  tx: Tx,
  request: RequestRow,
  drafts: ProposalRow[],
  actor: Actor,
  now: RequestRow["movedAt"],
): Promise<Outcome<unknown>> {
  if (drafts.length === 0) return refuse("invalid", "invalid.nothing-proposed")
  for (const draft of drafts) {
    const kind = draft.kind as keyof typeof SHAPES
    if (!isId(kind, draft.recordId) || !SHAPES[kind].safeParse(JSON.parse(draft.body)).success) {
      return refuse("invalid", "invalid.proposal", { fields: [{ path: draft.recordId, says: "invalid.proposal" }] })
    }
  }
  if (
    request.kind === "discovered" &&
    drafts.some((draft) => draft.op !== "create" || !["party", "sharing", "demand"].includes(draft.kind))
  ) {
    return refuse("invalid", "invalid.discovered-only")
  }
  if (drafts.some((draft) => draft.kind === "pack")) {
    const may = mayAct("pack.propose", actor)
    const packs = may.ok ? await packsGood(tx, openDrafts(drafts), now) : may
    if (!packs.ok) return packs
  }
  const refused = await refusedByScanner(tx, drafts)
  return refused ?? unmoved(tx, drafts)
}

/** What was found running runs since a day that can be: not ahead where its company is, and not before any rule. */
async function sinceGood(tx: Tx, proposals: readonly Proposal[], now: RequestRow["movedAt"]): Promise<Refusal | null> {
  for (const { kind, recordId, body } of proposals) {
    const since = kind === "sharing" ? valueOf((body as Sharing).startsOn) : null
    const says = since === null ? null : wrongSince(since, await todayOf(tx, body as Sharing, now))
    if (says) return refuse("invalid", says, { fields: [{ path: `${recordId}.startsOn`, says }] })
  }
  return null
}

/** Nothing that the proposals stand on has moved: each base is still in force, each new record is still new. */
export async function unmoved(
  tx: Tx,
  drafts: readonly Pick<ProposalRow, "recordId" | "baseVersion">[],
): Promise<Outcome<unknown> & ({ ok: true } | Refusal)> {
  const heads = await lockRecords(
    tx,
    drafts.map((draft) => draft.recordId),
  )
  const moved = drafts.filter((draft) => (heads.get(draft.recordId) ?? null) !== draft.baseVersion)
  return moved.length === 0
    ? good({})
    : refuse("conflict", "conflict.moved", {
        fields: moved.slice(0, 100).map((draft) => ({ path: draft.recordId, says: "conflict.moved" })),
      })
}
