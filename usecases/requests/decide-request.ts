import { z } from "zod"
import { logHead } from "@/db/statements/log"
import {
  authorsOf,
  decisionsOf,
  insertDecision,
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
import { carriedOf, countedOn } from "@/db/statements/carried"
import { judgeIfConditioned } from "@/db/statements/conditions"
import { insertDisclosures, movedSince } from "@/db/statements/versions"
import type { Telling } from "@/db/statements/tellings"
import type { Tx } from "@/db/connect"
import type { EventDraft } from "@/domain/audit/event"
import { good, refuse, type Outcome, type Refusal } from "@/domain/core/outcome"
import { maySitFor, type Behalf } from "@/domain/requests/on-behalf"
import { isAdvisedAgainst, isOpen, isUnanswered, maySit } from "@/domain/requests/four-eyes"
import { idOf, text } from "@/domain/records/parts"
import { openNow } from "@/domain/told/who"
import { act, done, type Place } from "@/usecases/act"
import { judge } from "@/usecases/checks/judge"
import { commitText, type Disclosure } from "@/usecases/commit"
import { refusedByMerge } from "@/usecases/merges/merged-away"
import { packsGood } from "@/usecases/packs/beside"
import { tellSitters } from "@/usecases/told/tell"
import { newId, type Actor, type Scene } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import {
  conditionGround,
  conditionsAsked,
  conditionsFit,
  madeConditions,
  writeConditions,
  type ConditionGround,
  type MadeCondition,
} from "./conditions"
import { inForce } from "./in-force"
import { lockKnown } from "./known-request"
import { behalfColumns, behalfOf, lapsed, seatAbsent, tellAbsent } from "./on-behalf"
import { openRevision } from "./revision"
import { seenOf } from "./seen"
import { largeInTurn } from "./in-turn"
import { unmoved } from "./submit-request"

export const VERDICTS = [
  "approve",
  "approve-with-conditions",
  "refuse",
  "ask-changes",
  "agree",
  "agree-with-conditions",
  "advise-against",
] as const
type Verdict = (typeof VERDICTS)[number]

const input = z.strictObject({
  requestId: idOf("request"),
  /** The hash that stood in the decision box: a decision is on one content, not on a request. */
  hash: z.string().regex(/^[0-9a-f]{64}$/, "invalid.hash"),
  stage: z.enum(["procurement", "legal", "dpo", "second-legal"]),
  entityId: idOf("entity"),
  verdict: z.enum(VERDICTS),
  reason: text(4000).default(""),
  /** What is to be done besides, by whom and by when; never instead of what a clause blocks. */
  conditions: conditionsAsked.default([]),
  /** On whose behalf, where the person stands in for somebody who is away. */
  forPerson: idOf("person").nullable().default(null),
})
type Input = z.infer<typeof input>

type Loaded = {
  request: RequestRow
  hash: string
  authors: string[]
  seat: { stage: string; entityId: string } | null
  stages: StageRow[]
  decided: DecisionRow[]
  /** The DPO's last word that counts here was against. */
  against: boolean
  ground: ConditionGround
  behalf: Behalf | null
}

export type Decided = { state: RequestRow["state"]; open: string[] }

/**
 * Decides one stage of a request, on the content hash that the person saw. With the last decision everything that the
 * revision proposes comes into force in this one transaction, at one instant.
 */
export const decideRequest = largeInTurn(
  act<Input, Loaded, Decided>({
    name: "request.decide",
    input: input as unknown as z.ZodType<Input>,
    load: (tx, asked, scene) => load(tx, asked, scene),
    may: (actor, loaded, asked) => may(actor, loaded, asked),
    run: async (tx, { input: asked, loaded, actor, scene }) => {
      const { request } = loaded
      await takeTime(tx, request.proposalCount)
      if (!loaded.seat) await takeSeat(tx, request.id, actor.id, asked.stage, asked.entityId)
      await seatAbsent(tx, request.id, loaded.behalf, asked)
      const reason = asked.reason.trim() === "" ? null : commitText(asked.reason.trim(), request.id)
      const rest = openStages(loaded).filter(
        (stage) => !(stage.stage === asked.stage && stage.entityId === asked.entityId),
      )
      const unanswered = rest.length === 0 && isUnanswered(asked.verdict, loaded.decided)
      const last = rest.length === 0 && isConsent(asked.verdict) && !unanswered
      const state: RequestRow["state"] =
        asked.verdict === "refuse"
          ? "refused"
          : asked.verdict === "ask-changes" || unanswered
            ? "changes-requested"
            : last
              ? "approved"
              : "in-review"
      const conditions = madeConditions(scene, request, asked.conditions)
      const prepared = last || isChecked(asked.verdict) ? await prepare(tx, request, actor, scene, last) : good(null)
      if (!prepared.ok) return prepared
      return done<Decided>({
        value: { state, open: rest.map((stage) => stage.stage) },
        events: [decisionEvent(asked, loaded, reason), ...conditions.events],
        tell: [
          ...(await whoHears(tx, loaded, asked, state, scene)),
          ...conditions.tell,
          ...tellAbsent(request.id, loaded.behalf),
        ],
        ...(loaded.behalf ? { behalf: loaded.behalf.personId } : {}),
        write: (writing, place) =>
          write(writing, place, {
            ...{ asked, loaded, actor, scene, reason, state, made: conditions.made },
            prepared: last ? prepared.value : null,
          }),
      })
    },
  }),
)

/** Who asked hears how it ended; whoever may sit at a stage that opens with this one is asked. */
async function whoHears(
  tx: Tx,
  { request, stages, decided }: Loaded,
  asked: Input,
  state: RequestRow["state"],
  scene: Scene,
): Promise<Telling[]> {
  if (state === "in-review") {
    const after = [...decided, asked]
    const opened = openNow(stages, after).filter((one) => !openNow(stages, decided).includes(one))
    return opened.length === 0 ? [] : tellSitters(tx, { request, stages, decided: after, only: opened }, scene.now)
  }
  const kind = state === "changes-requested" ? "changes" : "decided"
  return [{ kind, to: [request.createdBy], requestId: request.id, what: state }]
}

async function load(tx: Tx, asked: Input, scene: Scene): Promise<Loaded | null> {
  const actor = scene.actor
  const request = actor ? await lockKnown(tx, asked.requestId, actor) : null
  if (!actor || !request || request.revision === 0) return null
  const revisions = await revisionsOf(tx, request.id)
  const all = await decisionsOf(tx, request.id)
  return {
    request,
    hash: revisions[revisions.length - 1]?.hash ?? "",
    authors: await authorsOf(tx, request.id),
    seat: await seatOf(tx, request.id, actor.id),
    stages: await stagesOf(tx, request.id, request.revision),
    decided: countedOn(all, await carriedOf(tx, request.id), request.revision),
    against: isAdvisedAgainst(all, request.revision),
    ground: await conditionGround(tx, request, asked.entityId, asked.conditions, scene.now),
    behalf: await behalfOf(tx, request, actor, asked.forPerson, scene.now),
  }
}

/** Invariant 2, and what a stage asks: role, seat, state, content, order and reason. */
function may(actor: Actor, on: Loaded, asked: Input): Outcome<unknown> {
  const stage = asked.forPerson === null ? maySit(actor, on, asked) : maySitFor(actor, on, asked, on.behalf)
  if (!stage.ok) return stage
  const open = isOpen({ ...on, state: on.request.state }, asked, asked.hash)
  if (!open.ok) return open
  return verdictFits(stage.value, on, asked)
}

function verdictFits(stage: StageRow, on: Loaded, asked: Input): Outcome<unknown> {
  const advising =
    asked.verdict === "agree" || asked.verdict === "agree-with-conditions" || asked.verdict === "advise-against"
  if (advising !== (stage.seat === "advises"))
    return refuse("invalid", stage.seat === "advises" ? "invalid.advise-only" : "invalid.decide-only")
  const { against } = on
  // Conditions say by themselves what is asked for.
  const plain = ["approve", "agree", "approve-with-conditions"].includes(asked.verdict) || asked.conditions.length > 0
  const approves = asked.verdict === "approve" || asked.verdict === "approve-with-conditions"
  if ((!plain || (approves && against)) && asked.reason.trim() === "") {
    return refuse("invalid", "invalid.form", {
      fields: [
        {
          path: "reason",
          says: against && approves ? "invalid.reason-against-advice" : "invalid.reason",
        },
      ],
    })
  }
  return conditionsFit(asked.verdict, asked.conditions, on.ground)
}

/** Verdicts with which the request goes on; advice against stays on record and stops nothing by itself. */
function isConsent(verdict: Verdict): boolean {
  return (
    verdict === "approve" ||
    verdict === "approve-with-conditions" ||
    verdict === "agree" ||
    verdict === "agree-with-conditions" ||
    verdict === "advise-against"
  )
}

/** Verdicts for which the checks run although others decide after: advice against what a clause blocks is no approval of it. */
function isChecked(verdict: Verdict): boolean {
  return verdict === "approve" || verdict === "approve-with-conditions" || verdict === "agree-with-conditions"
}

function openStages(on: Loaded): StageRow[] {
  return on.stages.filter(
    (stage) => !on.decided.some((item) => item.stage === stage.stage && item.entityId === stage.entityId),
  )
}

/** `told`: the proposals that the person who decides sees; a refusal names no other. */
type Prepared = Evaluated & { told: ReadonlySet<string> }
type Evaluated = Awaited<ReturnType<typeof evaluate>>

/** The checks on what the register would be. An approval with a blocking finding is refused (invariant 3). */
async function prepare(
  tx: Tx,
  request: RequestRow,
  actor: Actor,
  scene: Scene,
  bringsIntoForce: boolean,
): Promise<Outcome<Prepared>> {
  const evaluated = await evaluate(tx, request, actor, scene, bringsIntoForce)
  if (!evaluated.judged.ok) return evaluated.judged
  const told = new Set((await seenOf(tx, evaluated.open, scopeOf(actor))).map((item) => item.recordId as string))
  const stands = blockedBy(request, evaluated, told)
  if (stands) return stands
  if (bringsIntoForce) {
    const still = await unmoved(tx, evaluated.sealed)
    if (!still.ok) return { ...still, fields: (still.fields ?? []).filter((field) => told.has(field.path)) }
    // A merge that came in between, on whose party nothing of this stands: a new flow would go to nobody.
    const merged = await refusedByMerge(tx, evaluated.open, scopeOf(actor), request.id)
    if (merged) return { ...merged, fields: (merged.fields ?? []).filter((field) => told.has(field.path)) }
    const packs = await packsGood(tx, evaluated.open, scene.now)
    if (!packs.ok) return packs
  }
  return good({ ...evaluated, told })
}

async function evaluate(tx: Tx, request: RequestRow, actor: Actor, scene: Scene, keep: boolean) {
  const head = await logHead(tx)
  const { sealed, open } = await openRevision(tx, request.id, request.revision)
  const judged = await judge(tx, open, { now: scene.now, kind: request.kind, scopeOf: actor, keep })
  return { headSize: head.size, sealed, open, judged }
}

function blockedBy(request: RequestRow, on: Evaluated, told: ReadonlySet<string>): Refusal | null {
  if (!on.judged.ok) return on.judged
  // Foundation 12: in an import, a sharing that a clause blocks enters as found running; it does not stop the rest.
  const stopping =
    request.kind === "import"
      ? on.judged.value.blocking.filter((item) => item.recordKind !== "sharing")
      : on.judged.value.blocking
  if (stopping.length === 0) return null
  const findings = stopping.filter((item) => told.has(item.recordId)).slice(0, 200)
  return refuse("blocked", findings.length ? "blocked.findings" : "blocked.elsewhere", { findings })
}

function decisionEvent(asked: Input, on: Loaded, reason: Disclosure | null): EventDraft {
  const { delegationId } = behalfColumns(on.behalf, asked)
  return {
    act: "request.decide",
    request: on.request.id,
    objects: [
      { type: "request", id: on.request.id, version: on.request.revision },
      ...(delegationId === null ? [] : [{ type: "delegation", id: delegationId }]),
    ],
    after: {
      revision: on.request.revision,
      hash: on.hash,
      stage: asked.stage,
      entity: asked.entityId,
      verdict: asked.verdict,
      ...(asked.conditions.length ? { conditions: asked.conditions.length } : {}),
    },
    ...(reason ? { reason: { $c: reason.commitment } } : {}),
  }
}

type Writing = {
  asked: Input
  loaded: Loaded
  actor: Actor
  scene: Scene
  reason: Disclosure | null
  state: RequestRow["state"]
  made: readonly MadeCondition[]
  prepared: Prepared | null
}

async function write(tx: Tx, place: Place, on: Writing): Promise<EventDraft[] | Refusal> {
  const { request } = on.loaded
  const behalf = behalfColumns(on.loaded.behalf, on.asked)
  const ended = await lapsed(tx, on.actor.id, on.loaded.behalf, { ...on.asked, instant: place.at })
  if (ended) return ended
  if (on.reason) await insertDisclosures(tx, [on.reason])
  const decisionId = newId(on.scene, "decision")
  await insertDecision(tx, request.id, {
    id: decisionId,
    revision: request.revision,
    stage: on.asked.stage,
    entityId: on.asked.entityId,
    personId: on.actor.id,
    verdict: on.asked.verdict,
    hash: on.loaded.hash,
    reason: on.reason?.commitment ?? null,
    at: place.at,
    logIndex: place.indexOf(0),
    ...behalf,
  })
  await writeConditions(tx, place, { requestId: request.id, decisionId, made: on.made })
  await moveRequest(tx, request.id, { state: on.state, at: place.at })
  if (!on.prepared) return []
  // What an earlier stage or this one asked for comes due on a day of its own, on every record that comes into force.
  await judgeIfConditioned(tx, request.id)
  // No write skew: if what the checks looked at has moved since they ran, they run again under the log's lock.
  const fresh = (await isAsRead(tx, place, on.prepared))
    ? on.prepared
    : await evaluate(tx, request, on.actor, on.scene, true)
  const stands = blockedBy(request, fresh, on.prepared.told)
  if (stands) return stands
  const packs = fresh === on.prepared ? good({}) : await packsGood(tx, fresh.open, on.scene.now)
  if (!packs.ok) return packs
  // The same of a merge that came in since: asked again under the log's lock, so none comes after.
  const merged = await refusedByMerge(tx, fresh.open, scopeOf(on.actor), request.id)
  if (merged) return { ...merged, fields: [] }
  if (!fresh.judged.ok) return fresh.judged
  const judged = fresh.judged.value
  const made = inForce(
    { requestId: request.id, revision: request.revision },
    fresh.sealed,
    fresh.open,
    (proposal) => standing(proposal, judged.blockedSharings),
    judged.checked,
  )
  await made.write(tx, place, place.indexOf(1 + on.made.length))
  return made.events
}

/** Whether the register is, for these checks, as they read it: nothing came since, or nothing near. */
async function isAsRead(tx: Tx, place: Place, prepared: Prepared): Promise<boolean> {
  if (place.size === prepared.headSize) return true
  if (!prepared.judged.ok || prepared.judged.value.read.sums) return false
  return !(await movedSince(tx, prepared.headSize, prepared.judged.value.read.ids))
}

function standing(
  proposal: { op: string; recordId: string; discovered: boolean },
  blocked: Set<string>,
): "approved" | "discovered" | "ended" {
  if (proposal.op === "end") return "ended"
  return blocked.has(proposal.recordId) ? "discovered" : "approved"
}
