import { z } from "zod"
import { carriedOf, type CarriedRow } from "@/db/statements/carried"
import {
  broughtVersions,
  foundThen,
  grantsHeld,
  requestEvents,
  type BroughtVersion,
  type FoundThen,
} from "@/db/statements/decision-history"
import { entityNames } from "@/db/statements/entities"
import { logHead } from "@/db/statements/log"
import { lastCheckpoint } from "@/db/statements/tree"
import { decisionsOf, revisionsOf, stagesOf, type RevisionRow, type StageRow } from "@/db/statements/requests"
import { entitledBy, type GrantThen } from "@/domain/answers/entitled"
import type { Instant } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { mayAct } from "@/domain/people/permissions"
import { idOf } from "@/domain/records/parts"
import { hiddenIds, readableObjects, titlesOf } from "@/usecases/audit/readable"
import type { LogLine } from "@/usecases/audit/read-log"
import { look } from "@/usecases/look"
import { readKnown } from "@/usecases/requests/known-request"
import { namesOf } from "@/usecases/requests/named-by"
import { conditionsShown, type ConditionShown, type ConditionTurnShown } from "@/usecases/requests/read-conditions"
import { withReasons, type Decided } from "@/usecases/requests/read-request"
import { scopeWithin } from "@/usecases/requests/seen"
import { clocksInput, whenAsked } from "./clocks"

const input = z.strictObject({
  requestId: idOf("request"),
  /** The place in the log behind which the page of events begins. */
  after: z.int().min(-1).default(-1),
  asOf: clocksInput.asOf,
})
type Input = z.output<typeof input>

/** By what somebody was entitled: the role that they held at that instant, and who gave it. Null: by none. */
export type Entitlement = { personId: string; grant: GrantThen | null }

export type HistoryDecision = Decided & {
  /** The one who decided, and where they stood in, the one whom they stood in for. */
  entitled: Entitlement
  behalf: Entitlement | null
}

export type DecisionHistory = {
  request: { id: string; no: number; title: string; kind: string; state: string; createdAt: Instant; createdBy: string }
  authors: Record<number, string[]>
  revisions: (RevisionRow & { stages: StageRow[] })[]
  decisions: HistoryDecision[]
  carried: CarriedRow[]
  conditions: Pick<ConditionShown, "id" | "decisionId" | "words" | "askedOf" | "dueOn" | "at">[]
  conditionTurns: ConditionTurnShown[]
  events: LogLine[]
  /** The place behind which the next page of events begins. */
  next: number | null
  brought: BroughtVersion[]
  /** More records came into force than are listed. */
  more: boolean
  found: FoundThen[]
  names: Record<string, string>
  entities: Record<string, string>
  titles: Record<string, string>
  origin: string
  /** How many entries of the log are signed: those have their proof. Null: this reader reads no log. */
  signed: number | null
  asOf: Instant | null
  said: Instant
}

const EVENTS = 200
const RECORDS = 200
const FINDINGS = 100

/**
 * The history of a request's decision: each revision with its hash and authors, each stage and who was entitled to take it at
 * that instant, what was said, what came into force, and what stands in its place since.
 */
export const readHistory = look<Input, DecisionHistory>({
  name: "answers.read",
  input: input as unknown as z.ZodType<Input>,
  about: ({ requestId }) => [{ type: "request", id: requestId }],
  run: async (tx, { input: asked, scope, actor, scene }) => {
    const request = await readKnown(tx, asked.requestId, actor)
    if (!request || request.revision === 0) return refuse("not-found", "not-found")
    const { at, said } = await whenAsked(tx, { asOf: asked.asOf, on: null }, scene.now)
    const then = <T extends { at: Instant }>(list: readonly T[]): T[] =>
      list.filter((one) => at === null || one.at <= at)
    const revisions = then(await revisionsOf(tx, request.id))
    if (revisions.length === 0) return refuse("not-found", "not-found")
    const within = scopeWithin(scope, request)
    const decided = await withReasons(tx, then(await decisionsOf(tx, request.id)), within)
    const held = await grantsHeld(
      tx,
      decided.flatMap(({ personId, forPerson, at: when }) =>
        [personId, forPerson].flatMap((id) => (id === null ? [] : [{ personId: id, at: when }])),
      ),
    )
    const entitled = (personId: string, one: (typeof decided)[number]): Entitlement => ({
      personId,
      grant: entitledBy(held.get(`${personId} ${one.at}`) ?? [], one),
    })
    const asks = await conditionsShown(tx, request, { actor, authors: [], scope: within, now: said })
    const leaves = await requestEvents(tx, { requestId: request.id, at, after: asked.after, limit: EVENTS + 1 })
    const shown = leaves.slice(0, EVENTS).map(lineOf)
    const events = await readableObjects(tx, shown, within, actor)
    const all = await broughtVersions(tx, { requestId: request.id, at, limit: RECORDS + 1 })
    const hidden = await hiddenIds(
      tx,
      all.map((one) => one.recordId),
      within,
    )
    const brought = all.slice(0, RECORDS).filter((one) => !hidden.has(one.recordId))
    const first = brought[0]
    const authors = authorsIn(shown)
    const signed = mayAct("log.read", actor).ok ? ((await lastCheckpoint(tx))?.size ?? 0) : null
    return good({
      request: {
        ...{ id: request.id, no: request.no, title: request.title, kind: request.kind },
        ...{ createdAt: request.createdAt, createdBy: request.createdBy },
        state: at === null || request.movedAt <= at ? request.state : "in-review",
      },
      revisions: await Promise.all(
        revisions.map(async (one) => ({ ...one, stages: await stagesOf(tx, request.id, one.n) })),
      ),
      decisions: decided.map((one) => ({
        ...one,
        entitled: entitled(one.personId, one),
        behalf: one.forPerson === null ? null : entitled(one.forPerson, one),
      })),
      carried: await carriedOf(tx, request.id),
      conditions: asks.conditions.filter((one) => at === null || one.at <= at),
      conditionTurns: then(asks.conditionTurns),
      ...{ events, authors, brought, more: all.length > RECORDS },
      next: leaves.length > EVENTS ? (shown[shown.length - 1]?.index ?? null) : null,
      found: first
        ? await foundThen(
            tx,
            brought.map((one) => one.recordId),
            first.at,
            FINDINGS,
          )
        : [],
      names: await namesOf(tx, [
        ...[request.createdBy, ...Object.values(authors).flat()],
        ...revisions.flatMap((one) => [one.byPerson, one.actorId]),
        ...decided.flatMap((one) => [one.personId, ...(one.forPerson ? [one.forPerson] : [])]),
        ...events.flatMap((one) => [one.actorId, one.forId]),
        ...asks.conditions.map((one) => one.askedOf),
        ...asks.conditionTurns.flatMap((one) => [one.personId, ...(one.toPerson ? [one.toPerson] : [])]),
      ]),
      entities: await entityNames(tx),
      titles: await titlesOf(
        tx,
        brought.map((one) => one.recordId),
      ),
      ...{ origin: (await logHead(tx)).origin, signed, asOf: asked.asOf, said },
    })
  },
})

function lineOf(leaf: Awaited<ReturnType<typeof requestEvents>>[number]): LogLine {
  const { objects = [], actor } = JSON.parse(leaf.bytes) as {
    objects?: LogLine["objects"]
    actor: { role: string; via: string; for?: string }
  }
  return { ...leaf, objects, role: actor.role, via: actor.via, forId: actor.for ?? "" }
}

/** Who had worked on each revision by then, as its own event says. */
function authorsIn(lines: readonly LogLine[]): Record<number, string[]> {
  const found: Record<number, string[]> = {}
  for (const { bytes } of lines) {
    const { after } = JSON.parse(bytes) as { after?: { revision?: number; authors?: string[] } }
    if (after?.revision !== undefined && after.authors) found[after.revision] = after.authors
  }
  return found
}
