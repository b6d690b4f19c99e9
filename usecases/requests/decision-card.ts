import { z } from "zod"
import { logHead } from "@/db/statements/log"
import { carriedOf, countedOn } from "@/db/statements/carried"
import { decisionsOf, revisionProposals, revisionsOf, stagesOf, type StageRow } from "@/db/statements/requests"
import type { Tx } from "@/db/connect"
import { dayIn, type Day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { conditionState, type ConditionState } from "@/domain/requests/conditions"
import { loadEntities } from "@/usecases/register/records"
import { idOf } from "@/domain/records/parts"
import { titleOf } from "@/domain/records/project"
import type { BodyOf } from "@/domain/records/kinds"
import { entityNames } from "@/db/statements/entities"
import { look, readingInstant } from "@/usecases/look"
import { asOfInput } from "@/usecases/register/as-of"
import type { Actor } from "@/usecases/scene"
import type { Scope } from "@/usecases/scope"
import { readKnown } from "./known-request"
import { conditionsShown } from "./read-conditions"
import { namesOf } from "./named-by"
import { withReasons, type Decided } from "./read-request"
import { openSealed } from "./revision"
import { scopeWithin, seenOf } from "./seen"

/** What a decision asked for, and when that was confirmed; words null: they are read in another company. */
export type CardCondition = {
  id: string
  words: string | null
  ownerName: string
  dueOn: Day
  metAt: Instant | null
  /** How it stood at the instant; *gone*: its decision counted no more. */
  state: ConditionState | "gone"
}
export type CardDecision = Decided & {
  personName: string
  forName: string | null
  entityName: string
  conditions: CardCondition[]
}

/** What was decided in one request: upon which content, by whom, on whose behalf and why, as far as the reader may know it. */
export type DecidedRequest = {
  id: string
  no: number
  title: string
  kind: string
  state: string
  byName: string
  revision: number
  /** The content of the revision, by its hash, and when it was brought. */
  hash: string
  submittedAt: Instant
  /** The version of the stage rules that its stages follow from. */
  rulesVersion: number
  stages: (StageRow & { entityName: string; decision: CardDecision | null })[]
  /** Words on earlier revisions that do not count on this one, oldest first. */
  earlier: CardDecision[]
  records: { recordId: string; kind: string; op: string; title: string }[]
  /** How many more records it is about, which the reader does not see. */
  elsewhere: number
}

type Asked = { requestIds: string[]; asOf: Instant | null }

/** How requests were decided, as the register said at the instant (null: now), and the register's origin. */
export const readDecisions = look<Asked, { origin: string; requests: DecidedRequest[] }>({
  name: "request.read",
  input: z.strictObject({
    requestIds: z.array(idOf("request")).min(1).max(20),
    asOf: asOfInput,
  }) as unknown as z.ZodType<Asked>,
  about: (input) => input.requestIds.map((id) => ({ type: "request", id })),
  run: async (tx, { input, scope, actor, scene }) => {
    const at = await readingInstant(tx, input.asOf)
    const requests: DecidedRequest[] = []
    for (const id of input.requestIds) {
      const one = await decidedIn(tx, id, { actor, scope, at, now: at ?? scene.now })
      if (one) requests.push(one)
    }
    if (requests.length === 0) return refuse("not-found", "not-found")
    return good({ origin: (await logHead(tx)).origin, requests })
  },
})

const RECORDS = 200

async function decidedIn(
  tx: Tx,
  id: string,
  { actor, scope, at, now }: { actor: Actor; scope: Scope; at: Instant | null; now: Instant },
): Promise<DecidedRequest | null> {
  const request = await readKnown(tx, id, actor)
  if (!request) return null
  const then = <T extends { at: Instant }>(list: readonly T[]): T[] => list.filter((one) => at === null || one.at <= at)
  const revisions = then(await revisionsOf(tx, id))
  const last = revisions[revisions.length - 1]
  if (!last) return null
  const within = scopeWithin(scope, request)
  const decided = await withReasons(tx, then(await decisionsOf(tx, id)), within)
  const asked = await conditionsShown(tx, request, { actor, authors: [], scope: within, now })
  // Who answered for it at the instant: to whom it was given last by then.
  const ownerThen = ({ id: conditionId, askedOf }: (typeof asked.conditions)[number]): string =>
    then(asked.conditionTurns).findLast((one) => one.conditionId === conditionId && one.toPerson)?.toPerson ?? askedOf
  const people = await namesOf(tx, [
    request.createdBy,
    ...decided.flatMap((one) => [one.personId, ...(one.forPerson ? [one.forPerson] : [])]),
    ...asked.conditions.map(ownerThen),
  ])
  const met = new Map(
    then(asked.conditionTurns).flatMap((turn) => (turn.turn === "confirmed" ? [[turn.conditionId, turn.at]] : [])),
  )
  const carried = await carriedOf(tx, id)
  const counting = new Set(countedOn(decided, carried, last.n).map((one) => one.id))
  const zones = await loadEntities(tx, [...new Set(asked.conditions.map((one) => one.entityId))], at)
  const stateThen = (one: (typeof asked.conditions)[number]): CardCondition["state"] => {
    if (!counting.has(one.decisionId)) return "gone"
    const turns = then(asked.conditionTurns).filter((turn) => turn.conditionId === one.id)
    const today = dayIn(zones.get(one.entityId as Id<"entity">)?.zone ?? "UTC", now)
    return conditionState({ last: turns[turns.length - 1]?.turn ?? null, dueOn: one.dueOn }, today)
  }
  const companies = await entityNames(tx)
  const nameOf = (entityId: string): string => companies[entityId] ?? ""
  const decisions = decided.map((one) => ({
    ...one,
    personName: people[one.personId] ?? "",
    forName: one.forPerson ? (people[one.forPerson] ?? "") : null,
    entityName: nameOf(one.entityId),
    conditions: asked.conditions.flatMap((condition): CardCondition[] => {
      const { id: conditionId, words, dueOn } = condition
      if (condition.decisionId !== one.id) return []
      const ownerName = people[ownerThen(condition)] ?? ""
      const metAt = met.get(conditionId) ?? null
      return [{ id: conditionId, words, ownerName, dueOn, metAt, state: stateThen(condition) }]
    }),
  }))
  // What a revision kept counts on it, with the hash of the one on which it was said.
  const current = countedOn(decisions, carried, last.n)
  const all = await openSealed(tx, await revisionProposals(tx, id, last.n, { after: -1, limit: RECORDS }))
  const seen = await seenOf(tx, all, within)
  const { no, title, kind, state, createdBy, proposalCount } = request
  // Whether it is over is said as it was at the instant: by what was decided then.
  const over = at === null || request.movedAt <= at
  return {
    ...{ id, no, title, kind, state: over ? state : "in-review", byName: people[createdBy] ?? "", revision: last.n },
    ...{ hash: last.hash, submittedAt: last.at, rulesVersion: last.rulesVersion },
    stages: (await stagesOf(tx, id, last.n)).map((stage) => ({
      ...stage,
      entityName: nameOf(stage.entityId),
      decision: current.find((one) => one.stage === stage.stage && one.entityId === stage.entityId) ?? null,
    })),
    earlier: decisions.filter((one) => !current.includes(one)),
    records: seen.map((one) => ({
      ...{ recordId: one.recordId, kind: one.kind, op: one.op },
      title: titleOf(one.kind, one.body as BodyOf[typeof one.kind]),
    })),
    elsewhere: Math.max(proposalCount, all.length) - seen.length,
  }
}
