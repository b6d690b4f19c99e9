import { performance } from "node:perf_hooks"
import { sql } from "drizzle-orm"
import { rows } from "@/db/connect"
import type { Outcome } from "@/domain/core/outcome"
import { addDays, dayIn } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { BodyOf } from "@/domain/records/kinds"
import { loadRecords } from "@/usecases/register/records"
import { decideRequest, VERDICTS } from "@/usecases/requests/decide-request"
import { draftRequest, dropProposal, saveProposal } from "@/usecases/requests/draft-request"
import { submitRequest } from "@/usecases/requests/submit-request"
import { commentRequest, reopenRequest, withdrawRequest } from "@/usecases/requests/talk"
import { clockNow, newId, type Actor } from "@/usecases/scene"
import { typedParty } from "@/testing/bodies"
import { typedAgreement, typedAssessment } from "@/testing/flow"
import { sceneFor } from "@/testing/people"
import { wholeFlow } from "@/testing/told"
import type { World } from "./world"

/** One act that somebody tried: by whom, on which request, with what, between which moments, and how it ended. */
export type Tried = {
  act: "draft" | "save" | "drop" | "submit" | "decide" | "comment" | "withdraw" | "reopen"
  by: string
  requestId: string
  input: Record<string, unknown>
  began: number
  ended: number
  outcome: Outcome<unknown>
}

/** What a series goes by: its requests, the records that came into force, and everything that was tried. */
export type Series = {
  requests: { id: string; by: string }[]
  records: string[]
  tried: Tried[]
  /** Parties that requests create: what was saved of them last. */
  created: { requestId: string; recordId: string; body: BodyOf["party"] }[]
}

/** A series in which nothing was tried yet. */
export const begin = (): Series => ({ requests: [], records: [], tried: [], created: [] })

type Random = () => number
type Stage = { stage: string; seat: string; entityId: string }

const one = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T

/** Who may begin requests, for otherwise most of a series would be refused at its first act. */
const begins = (actor: Actor): boolean => actor.held.some((held) => held.role !== "supervisor")

/**
 * Tries one random act by a random person. Half of what is tried is what somebody would do next; the rest is anybody
 * with anything, old hashes, wrong stages and strangers included.
 */
export async function tryAct(world: World, series: Series, random: Random): Promise<void> {
  const roll = random()
  if (series.requests.length === 0 || roll < 0.06) return draft(world, series, random)
  const request = one(random, series.requests)
  if (roll < 0.25) return save(world, series, random, request)
  if (roll < 0.38) return submit(world, series, random, request)
  if (roll < 0.42) return amend(world, series, random, request)
  if (roll < 0.8) return decide(world, series, random, request)
  if (roll < 0.88) return comment(world, series, random, request)
  if (roll < 0.91) return simple(world, series, random, request, "withdraw")
  return simple(world, series, random, request, "reopen")
}

async function note(
  series: Series,
  what: Omit<Tried, "began" | "ended" | "outcome">,
  run: () => Promise<Outcome<unknown>>,
): Promise<Outcome<unknown>> {
  const began = performance.now()
  const outcome = await run()
  series.tried.push({ ...what, began, ended: performance.now(), outcome })
  return outcome
}

async function draft(world: World, series: Series, random: Random): Promise<void> {
  const actor = one(random, world.people.filter(begins))
  const input = { title: `Series ${series.requests.length + 1}`, kind: "change" }
  const made = await note(series, { act: "draft", by: actor.id, requestId: "", input }, () =>
    draftRequest(sceneFor(world.db, actor), input),
  )
  if (!made.ok) return
  const { id } = made.value as { id: string }
  series.requests.push({ id, by: actor.id })
  await save(world, series, random, { id, by: actor.id })
}

const byId = (world: World, id: string): Actor => {
  const found = world.people.find((person) => person.id === id)
  if (!found) throw new Error(`nobody has the id ${id}`)
  return found
}

/** Mostly the author, sometimes anybody. */
const author = (world: World, random: Random, request: { by: string }): Actor =>
  random() < 0.85 ? byId(world, request.by) : one(random, world.people)

async function save(world: World, series: Series, random: Random, request: { id: string; by: string }): Promise<void> {
  const actor = author(world, random, request)
  if (random() < 0.05 && series.records.length > 0) {
    const input = { requestId: request.id, recordId: one(random, series.records) }
    await note(series, { act: "drop", by: actor.id, requestId: request.id, input }, () =>
      dropProposal(sceneFor(world.db, actor), input),
    )
    return
  }
  for (const proposal of await proposals(world, series, random, actor)) {
    await saveOne(world, series, actor, request.id, proposal)
  }
}

async function saveOne(
  world: World,
  series: Series,
  actor: Actor,
  requestId: string,
  proposal: Proposed,
): Promise<boolean> {
  const saved = await note(series, { act: "save", by: actor.id, requestId, input: { requestId } }, () =>
    saveProposal(sceneFor(world.db, actor), { requestId, ...proposal }),
  )
  if (!saved.ok) return false
  const { recordId } = saved.value as { recordId: string }
  if (proposal.kind !== "party" || proposal.op !== "create") return true
  const known = series.created.find((one) => one.requestId === requestId && one.recordId === recordId)
  const body = proposal.body as BodyOf["party"]
  if (known) known.body = body
  else series.created.push({ requestId, recordId, body })
  return true
}

/** Takes a request back, edits what it creates, so that it matters or not, and brings it again: others have decided by then. */
async function amend(world: World, series: Series, random: Random, request: { id: string; by: string }): Promise<void> {
  const mine = series.created.filter((one) => one.requestId === request.id)
  if (mine.length === 0) return
  const { recordId, body } = one(random, mine)
  const name = `Party ${Math.floor(random() * 1e9)}`
  const edited = random() < 0.5 ? { ...body, tags: [name.toLowerCase()] } : { ...body, legalName: name }
  await simple(world, series, random, request, "reopen")
  const actor = byId(world, request.by)
  if (await saveOne(world, series, actor, request.id, { kind: "party", op: "create", recordId, body: edited }))
    await submit(world, series, random, request)
}

type Proposed = { kind: string; op: string; recordId?: string; body: unknown }

async function proposals(world: World, series: Series, random: Random, actor: Actor): Promise<Proposed[]> {
  const scene = sceneFor(world.db, actor)
  const roll = random()
  const name = `Party ${Math.floor(random() * 1e9)}`
  if (roll < 0.35 || series.records.length === 0)
    return [{ kind: "party", op: "create", body: typedParty({ legalName: name }) }]
  if (roll < 0.5) {
    const cast = { entityId: one(random, world.entities), requester: actor } as never
    return wholeFlow(world.db, cast).map((item) => ({ op: "create", ...item }) as Proposed)
  }
  const recordId = one(random, series.records)
  const [record] = await world.db.transaction((tx) => loadRecords(tx, [recordId], null))
  if (!record) return []
  if (record.kind === "party" && roll < 0.65)
    return [{ kind: "party", op: "change", recordId, body: { ...record.body, tags: [name.toLowerCase()] } }]
  if (record.kind === "party" && roll < 0.8)
    return [{ kind: "party", op: "change", recordId, body: { ...record.body, legalName: name } }]
  if (record.kind === "party" && roll < 0.9)
    return [
      {
        kind: "assessment",
        op: "create",
        recordId: newId(scene, "assessment"),
        body: typedAssessment(recordId as Id<"party">),
      },
    ]
  if (record.kind === "party") {
    const between = { entityId: one(random, world.entities) as Id<"entity">, partyId: recordId as Id<"party"> }
    return [
      {
        ...{ kind: "agreement", op: "create", recordId: newId(scene, "agreement") },
        body: { ...typedAgreement(between, []) },
      },
    ]
  }
  return [{ kind: record.kind, op: random() < 0.6 ? "change" : "end", recordId, body: record.body }]
}

async function submit(
  world: World,
  series: Series,
  random: Random,
  request: { id: string; by: string },
): Promise<void> {
  const actor = author(world, random, request)
  const input = { requestId: request.id }
  await note(series, { act: "submit", by: actor.id, requestId: request.id, input }, () =>
    submitRequest(sceneFor(world.db, actor), input),
  )
}

/** The stages and hashes of a request that anybody was told of when it was submitted, the newest last. */
function submissionsOf(series: Series, requestId: string): { hash: string; stages: Stage[] }[] {
  return series.tried.flatMap((tried) => {
    if (tried.act !== "submit" || tried.requestId !== requestId || !tried.outcome.ok) return []
    const { hash, stages } = tried.outcome.value as { hash: string; stages: Stage[] }
    return [{ hash, stages }]
  })
}

async function decide(
  world: World,
  series: Series,
  random: Random,
  request: { id: string; by: string },
): Promise<void> {
  const known = submissionsOf(series, request.id)
  if (known.length === 0) return
  const newest = known[known.length - 1] as (typeof known)[number]
  const on = random() < 0.93 ? newest : one(random, known)
  const stage = one(random, on.stages)
  if (!stage) return
  const role = stage.stage === "second-legal" ? "legal" : stage.stage
  const { actor, forPerson } = who(world, random, role)
  const fitting =
    stage.seat === "decides"
      ? ["approve", "approve", "approve", "approve-with-conditions"]
      : ["agree", "agree-with-conditions"]
  const verdict = random() < 0.85 ? one(random, fitting) : one(random, VERDICTS)
  const asks = verdict.endsWith("-with-conditions") ? random() < 0.9 : random() < 0.02
  const dueOn = addDays(dayIn("UTC", clockNow()), 30)
  const input = {
    requestId: request.id,
    hash: on.hash,
    stage: stage.stage,
    entityId: random() < 0.95 ? stage.entityId : one(random, world.entities),
    verdict,
    reason: random() < 0.7 ? "Because it is so." : "",
    conditions: asks
      ? [{ words: `Do ${Math.floor(random() * 1e9)}`, ownerId: one(random, world.people).id, dueOn }]
      : [],
    forPerson,
  }
  const decided = await note(series, { act: "decide", by: actor.id, requestId: request.id, input }, () =>
    decideRequest(sceneFor(world.db, actor), input),
  )
  if (decided.ok && (decided.value as { state: string }).state === "approved") await learn(world, series, request.id)
}

/** Who decides: mostly somebody with the role, often on behalf of somebody who is away, sometimes anybody for anybody. */
function who(world: World, random: Random, role: string): { actor: Actor; forPerson: string | null } {
  const roll = random()
  const lent = world.lent.filter((line) => line.role === role)
  if (roll < 0.2 && lent.length > 0) {
    const { delegate, absent } = one(random, lent)
    return { actor: byId(world, delegate), forPerson: absent }
  }
  const likely = world.people.filter((person) => person.held.some((held) => held.role === role))
  const actor = one(random, roll < 0.85 ? likely : world.people)
  return { actor, forPerson: random() < 0.04 ? one(random, world.people).id : null }
}

/** What came into force can be changed by what follows. */
async function learn(world: World, series: Series, requestId: string): Promise<void> {
  const found = await rows<{ id: string }>(
    world.db,
    sql`select record_id as id from versions where request_id = ${requestId} and kind in ('party', 'agreement', 'sharing') order by record_id`,
  )
  for (const { id } of found) if (!series.records.includes(id)) series.records.push(id)
}

async function comment(
  world: World,
  series: Series,
  random: Random,
  request: { id: string; by: string },
): Promise<void> {
  const actor = one(random, world.people)
  const input = { requestId: request.id, words: `Words ${Math.floor(random() * 1e9)}`, legalAdvice: random() < 0.2 }
  await note(series, { act: "comment", by: actor.id, requestId: request.id, input }, () =>
    commentRequest(sceneFor(world.db, actor), input),
  )
}

async function simple(
  world: World,
  series: Series,
  random: Random,
  request: { id: string; by: string },
  act: "withdraw" | "reopen",
): Promise<void> {
  const actor = author(world, random, request)
  const input = { requestId: request.id }
  const call = act === "withdraw" ? withdrawRequest : reopenRequest
  await note(series, { act, by: actor.id, requestId: request.id, input }, () => call(sceneFor(world.db, actor), input))
}
