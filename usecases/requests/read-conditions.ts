import {
  conditionGivings,
  conditionsOf,
  conditionTurnsOf,
  type ConditionRow,
  type ConditionTurn,
} from "@/db/statements/conditions"
import { adviceAmong, filesById } from "@/db/statements/files"
import type { RequestRow } from "@/db/statements/requests"
import { workersNow } from "@/db/statements/threads"
import { disclosed } from "@/db/statements/versions"
import type { Tx } from "@/db/connect"
import { dayIn } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { conditionState, type ConditionState } from "@/domain/requests/conditions"
import { loadEntities } from "@/usecases/register/records"
import type { Actor } from "@/usecases/scene"
import type { Scope } from "@/usecases/scope"
import { answersFor, mayAnswer, mayGive } from "@/domain/requests/conditions-answered"
import { standInsOf } from "@/usecases/people/stand-ins"
import { knowersOf } from "./readers"

/** A condition as its reader sees it. `words` null: it is about a company that they do not see. */
export type ConditionShown = Omit<ConditionRow, "words" | "lastWords" | "lastFiles"> & {
  words: string | null
  lastWords: string | null
  /** The evidence beside the words, for whoever reads those. */
  lastFiles: { id: string; name: string }[]
  /** `lapsed`: the request was refused or withdrawn, so nobody is asked for it. */
  state: ConditionState | "lapsed"
  mayMeet: boolean
  mayAnswer: boolean
  /** On whose behalf the reader may confirm it, where they may not in their own right. */
  answersFor: string | null
  mayGive: boolean
}
/** What happened to a condition: said to be met, confirmed, sent back, or given to somebody else. */
export type ConditionTurnShown = {
  conditionId: string
  turn: ConditionTurn | "given"
  personId: string
  /** On whose behalf; to whom it was given. */
  forPerson: string | null
  toPerson: string | null
  at: Instant
  words: string | null
}

/** The conditions of a request with how they stand today where their company is, and who could be asked for more. */
export async function conditionsShown(
  tx: Tx,
  request: RequestRow,
  on: { actor: Actor; authors: string[]; scope: Scope; now: Instant },
): Promise<{
  conditions: ConditionShown[]
  conditionTurns: ConditionTurnShown[]
  owners: { id: string; name: string }[]
}> {
  const reviewing = request.state === "in-review"
  const owners = reviewing ? await whoCould(tx, request, on.now) : []
  const list = request.revision === 0 ? [] : await conditionsOf(tx, request.id)
  if (list.length === 0) return { conditions: [], conditionTurns: [], owners }
  const turns = await conditionTurnsOf(tx, request.id)
  const givings = await conditionGivings(tx, request.id)
  const values = await disclosed(
    tx,
    [...list.map((one) => one.words), ...turns.map((one) => one.words), ...givings.map((one) => one.reason)].filter(
      (one) => one !== null,
    ),
  )
  const entities = await loadEntities(tx, [...new Set(list.map((one) => one.entityId))], null)
  const { actor, scope } = on
  const seen = (one: ConditionRow): boolean =>
    scope.entities === null ||
    scope.entities.includes(one.entityId) ||
    one.ownerId === actor.id ||
    one.deciderId === actor.id ||
    one.deciderForId === actor.id
  const said = (key: string | null): string | null => (key === null ? null : (values.get(key) ?? "[erased]"))
  const runs = request.state === "in-review" || request.state === "approved"
  const over = request.state === "refused" || request.state === "withdrawn"
  const told = new Set(list.filter(seen).map((one) => one.id))
  const files = await filesShown(tx, list.filter(seen), scope)
  const standsIn =
    actor.kind === "person" && list.some((one) => one.last === "met") ? await standInsOf(tx, actor, on.now) : []
  const lending = standsIn.filter(
    (one) => request.restrictedTo === null || request.restrictedTo.includes(one.forPerson),
  )
  const about = (one: ConditionRow) => ({ condition: one, authors: on.authors })
  const giving = (one: ConditionRow): boolean =>
    runs && one.counts && (one.last === null || one.last === "sent-back") && mayGive(actor, about(one)).ok
  const gives = list.some(giving)
  return {
    conditions: list.map((one) => ({
      ...one,
      lastFiles: told.has(one.id) ? one.lastFiles.flatMap((id) => files.get(id) ?? []) : [],
      words: told.has(one.id) ? said(one.words) : null,
      lastWords: told.has(one.id) ? said(one.lastWords) : null,
      state: over ? "lapsed" : conditionState(one, dayIn(entities.get(one.entityId as never)?.zone ?? "UTC", on.now)),
      mayMeet: runs && one.counts && one.ownerId === actor.id && (one.last === null || one.last === "sent-back"),
      mayAnswer: runs && one.counts && one.last === "met" && mayAnswer(actor, about(one)).ok,
      answersFor: runs && one.counts && one.last === "met" ? answersFor(actor, about(one), lending) : null,
      mayGive: giving(one),
    })),
    conditionTurns: [
      ...turns.map(({ fileIds: _files, ...one }) => ({ ...one, toPerson: null })),
      ...givings.map(({ ownerId, reason, ...one }) => ({
        ...{ ...one, turn: "given" as const, forPerson: null, toPerson: ownerId, words: reason },
      })),
    ]
      .map((one) => ({ ...one, words: told.has(one.conditionId) ? said(one.words) : null }))
      .sort((a, b) => (a.at < b.at ? -1 : 1)),
    owners: gives && !reviewing ? await whoCould(tx, request, on.now) : owners,
  }
}

/** Who could be asked to meet a condition: whoever may know of the request. */
async function whoCould(tx: Tx, request: RequestRow, now: Instant): Promise<{ id: string; name: string }[]> {
  return knowersOf(await workersNow(tx, now), request).map(({ id, name }) => ({ id, name }))
}

/** The files of these conditions by id; what is legal advice only for who reads that. */
async function filesShown(
  tx: Tx,
  list: readonly ConditionRow[],
  scope: Scope,
): Promise<Map<string, { id: string; name: string }>> {
  const ids = [...new Set(list.flatMap((one) => one.lastFiles))]
  const found = await filesById(tx, ids)
  const advice = scope.legalAdvice ? new Set<string>() : await adviceAmong(tx, [...found.keys()], scope.personId)
  return new Map([...found].flatMap(([id, { name }]) => (advice.has(id) ? [] : [[id, { id, name }] as const])))
}
