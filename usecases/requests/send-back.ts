import { z } from "zod"
import { insertComment } from "@/db/statements/comments"
import {
  authorsOf,
  decisionsOf,
  insertRequest,
  moveRequest,
  revisionsOf,
  seatOf,
  stagesOf,
  takeSeat,
  takeTime,
  type DecisionRow,
  type RequestRow,
  type StageRow,
} from "@/db/statements/requests"
import { copyAuthors, insertRestOfRevision, moveProposals, rowHashes } from "@/db/statements/parts"
import { updateReview } from "@/db/statements/review"
import { carriedOf, countedOn, insertCarried } from "@/db/statements/carried"
import { insertDisclosures } from "@/db/statements/versions"
import type { Tx } from "@/db/connect"
import { fold } from "@/domain/core/fold"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { holdsRole } from "@/domain/people/permissions"
import type { Role } from "@/domain/people/roles"
import type { BodyOf } from "@/domain/records/kinds"
import { idOf, text } from "@/domain/records/parts"
import { refsOf } from "@/domain/records/refer"
import { isOpen, maySit, ROLE_OF } from "@/domain/requests/four-eyes"
import type { Fate } from "@/domain/requests/carried"
import { leavingWith } from "@/domain/requests/part"
import type { ReviewRow } from "@/domain/requests/review"
import { act, done, type Place } from "@/usecases/act"
import { judge, type Judgement } from "@/usecases/checks/judge"
import { commitText } from "@/usecases/commit"
import { newId, type Actor, type Scene } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { carriedInEvent, withdrawAll } from "./carry"
import { lockKnown } from "./known-request"
import { reviewRowsOf } from "./review"
import { rulesOfRevision } from "./rules-in-force"
import { openRevision, revisionHash, type Proposal } from "./revision"
import { seenRows } from "./seen"
import { largeInTurn } from "./in-turn"
import { openNow } from "@/domain/told/who"
import { tellSitters } from "@/usecases/told/tell"
import { chosenIds, selection } from "./selection"

const input = z.strictObject({
  requestId: idOf("request"),
  /** The hash that stood on the page: a part is taken out of one content, not out of a request. */
  hash: z.string().regex(/^[0-9a-f]{64}$/, "invalid.hash"),
  /** The seat from which the part is sent back; whoever sends back has that seat for good. */
  stage: z.enum(["procurement", "legal", "dpo", "second-legal"]),
  entityId: idOf("entity"),
  reason: text(4000).refine((value) => value.trim().length > 0, "invalid.reason"),
  title: text(300).refine((value) => value.trim().length > 0, "invalid.required"),
  ...selection,
})
type Input = z.output<typeof input>

type Loaded = {
  request: RequestRow
  hash: string
  authors: string[]
  seat: { stage: string; entityId: string } | null
  stages: StageRow[]
  decided: DecisionRow[]
}

export type SentBack = { requestId: string; sent: number; kept: number; revision: number; hash: string }

/**
 * Sends a part of an import back to its importer, with a reason: the part becomes a draft of theirs, and what stays
 * becomes a new revision that everybody decides anew. Whoever sends back proposes nothing; they only take away.
 */
export const sendBack = largeInTurn(
  act<Input, Loaded, SentBack>({
    name: "request.send-back",
    input: input as unknown as z.ZodType<Input>,
    load: (tx, asked, scene) => load(tx, asked, scene),
    may: (actor, loaded, asked) => may(actor, loaded, asked),
    run: async (tx, { input: asked, loaded, actor, scene }) => {
      const { request } = loaded
      await takeTime(tx, request.proposalCount)
      const { open } = await openRevision(tx, request.id, request.revision)
      const part = partOf(open, new Set(await chosenIds(tx, request.id, asked, seenRows(scopeOf(actor)))))
      const fits = mayLeave(part.leaving, actor, asked)
      if (!fits.ok) return fits
      if (part.staying.length === 0) return refuse("invalid", "invalid.nothing-stays")
      // What stays was submitted before: the rules of its revision hold for it on.
      const rules = await rulesOfRevision(tx, request.id, request.revision)
      const judged = await judge(tx, part.staying, { now: scene.now, kind: request.kind, scopeOf: actor, rules })
      if (!judged.ok) return judged
      if (!loaded.seat) await takeSeat(tx, request.id, actor.id, asked.stage, asked.entityId)
      const gone = new Set(part.leaving.map((item) => item.recordId))
      const hashes = await rowHashes(tx, request.id, request.revision)
      const hash = revisionHash(hashes.filter((item) => !gone.has(item.recordId)))
      const to = newId(scene, "request")
      const reason = commitText(asked.reason.trim(), request.id)
      const n = request.revision + 1
      const withdrawn = await withdrawAll(tx, request, "part-taken-out")
      const value = { requestId: to, sent: gone.size, kept: part.staying.length, revision: n, hash }
      return done<SentBack>({
        value,
        events: [
          {
            act: "request.send-back",
            request: request.id,
            objects: [
              { type: "request", id: request.id, version: n },
              { type: "request", id: to },
              ...part.leaving.slice(0, 200).map((item) => ({ type: item.kind, id: item.recordId })),
            ],
            before: { revision: request.revision, hash: loaded.hash },
            after: {
              ...{ revision: n, hash, kept: value.kept, sent: value.sent, to },
              sentHash: revisionHash(hashes.filter((item) => gone.has(item.recordId))),
              ...{ stage: asked.stage, entity: asked.entityId, authors: loaded.authors },
              stages: judged.value.stages.map((stage) => `${stage.seat}:${stage.stage}:${stage.entityId}`),
              ...(withdrawn.length ? carriedInEvent(withdrawn) : {}),
            },
            reason: { $c: reason.commitment },
          },
        ],
        tell: [
          { kind: "changes", to: [request.createdBy], requestId: to, what: "sent-back" },
          ...(await askedAnew(tx, loaded, judged.value.stages, scene)),
        ],
        write: async (writing, place) => {
          const said = commitText(asked.reason.trim(), to)
          await insertDisclosures(writing, [reason, said])
          await write(writing, place, {
            ...{ asked, loaded, actor, scene, value, withdrawn, judged: judged.value, gone: [...gone] },
            said: { here: reason.commitment, there: said.commitment },
            review: await reviewRowsOf(writing, request.kind, part.staying, judged.value),
          })
        },
      })
    },
  }),
)

async function load(tx: Tx, asked: Input, scene: Scene): Promise<Loaded | null> {
  const actor = scene.actor
  const request = actor ? await lockKnown(tx, asked.requestId, actor) : null
  if (!request || request.revision === 0 || !actor) return null
  const revisions = await revisionsOf(tx, request.id)
  return {
    request,
    hash: revisions[revisions.length - 1]?.hash ?? "",
    authors: await authorsOf(tx, request.id),
    seat: await seatOf(tx, request.id, actor.id),
    stages: await stagesOf(tx, request.id, request.revision),
    decided: countedOn(await decisionsOf(tx, request.id), await carriedOf(tx, request.id), request.revision),
  }
}

/** What was decided and is open again with the new revision is asked for again; the rest was asked for already. */
async function askedAnew(tx: Tx, { request, decided }: Loaded, stages: Judgement["stages"], scene: Scene) {
  const only = openNow(stages, []).filter((one) =>
    decided.some((was) => was.stage === one.stage && was.entityId === one.entityId),
  )
  return only.length === 0 ? [] : tellSitters(tx, { request, stages, decided: [], only }, scene.now)
}

/** What deciding asks, sending back asks too: role, seat, no author, this content, in review, a seat that decides. */
function may(actor: Actor, on: Loaded, asked: Input): Outcome<unknown> {
  const stage = maySit(actor, on, asked)
  if (!stage.ok) return stage
  if (stage.value.seat !== "decides") return refuse("not-allowed", "not-allowed.adviser-sends-back")
  if (on.request.kind !== "import") return refuse("invalid", "invalid.only-imports-part")
  return isOpen({ ...on, state: on.request.state }, asked, asked.hash)
}

type Part = { leaving: Proposal[]; staying: Proposal[] }

/** The proposals that leave with those chosen, and those that stay. */
export function partOf(open: readonly Proposal[], chosen: ReadonlySet<string>): Part {
  const standings = open.map((item) => ({
    recordId: item.recordId,
    op: item.op,
    refs: refsOf(item.kind, item.body as BodyOf[typeof item.kind]).map((ref) => ref.id),
  }))
  const gone = new Set(leavingWith(standings, chosen))
  return {
    leaving: open.filter((item) => gone.has(item.recordId)),
    staying: open.filter((item) => !gone.has(item.recordId)),
  }
}

/** Something leaves, and nothing of a company in which this person has no such seat. */
function mayLeave(leaving: readonly Proposal[], actor: Actor, asked: Input): Outcome<unknown> & { ok: boolean } {
  if (leaving.length === 0) return refuse("invalid", "invalid.nothing-chosen")
  const role: Role = ROLE_OF[asked.stage]
  const foreign = leaving.find(
    (item) => "entityId" in item.body && !holdsRole(actor, role, item.body.entityId as string),
  )
  return foreign ? refuse("not-allowed", "not-allowed.other-company") : good({})
}

type Writing = {
  asked: Input
  loaded: Loaded
  actor: Actor
  scene: Scene
  value: SentBack
  withdrawn: Fate[]
  judged: Judgement
  gone: string[]
  said: { here: string; there: string }
  review: ReviewRow[]
}

async function write(tx: Tx, place: Place, on: Writing): Promise<void> {
  const { request } = on.loaded
  const { requestId: to, revision: n, hash } = on.value
  const title = on.asked.title.trim()
  const restrictedTo = request.restrictedTo
  await insertRequest(tx, {
    ...{ id: to, title, fold: fold(title), kind: request.kind, by: request.createdBy, at: place.at, restrictedTo },
  })
  await copyAuthors(tx, request.id, to)
  await moveProposals(tx, request.id, to, on.gone)
  // The content of the new revision is its authors'; that a part was taken out of it, and by whom, is the event's to say.
  await insertRestOfRevision(tx, {
    requestId: request.id,
    ...{ from: request.revision, n, hash, at: place.at, logIndex: place.indexOf(0) },
    by: request.createdBy,
    without: on.gone,
    stages: on.judged.stages,
  })
  await insertCarried(
    tx,
    { requestId: request.id, revision: n, at: place.at, logIndex: place.indexOf(0) },
    on.withdrawn,
  )
  await updateReview(tx, request.id, on.review)
  await moveRequest(tx, request.id, {
    state: "in-review",
    at: place.at,
    revision: n,
    entityIds: on.judged.entityIds,
    proposalCount: on.value.kept,
  })
  for (const [requestId, words] of [
    [request.id, on.said.here],
    [to, on.said.there],
  ] as const)
    await insertComment(tx, requestId, {
      id: newId(on.scene, "comment"),
      personId: on.actor.id,
      at: place.at,
      words,
      path: null,
      threadId: null,
      mentions: null,
      legalAdvice: false,
      logIndex: place.indexOf(0),
    })
}
