import { conditionsOf, conditionTurnsOf, type ConditionRow, type ConditionTurn } from "@/db/statements/conditions"
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
import { mayAnswer } from "./conditions"
import { knowersOf } from "./readers"

/** A condition as its reader sees it. `words` null: it is about a company that they do not see. */
export type ConditionShown = Omit<ConditionRow, "words" | "lastWords"> & {
  words: string | null
  lastWords: string | null
  /** `lapsed`: the request was refused or withdrawn, so nobody is asked for it. */
  state: ConditionState | "lapsed"
  mayMeet: boolean
  mayAnswer: boolean
}
export type ConditionTurnShown = {
  conditionId: string
  turn: ConditionTurn
  personId: string
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
  const owners = reviewing ? knowersOf(await workersNow(tx, on.now), request).map(({ id, name }) => ({ id, name })) : []
  const list = request.revision === 0 ? [] : await conditionsOf(tx, request.id)
  if (list.length === 0) return { conditions: [], conditionTurns: [], owners }
  const turns = await conditionTurnsOf(tx, request.id)
  const values = await disclosed(
    tx,
    [...list.map((one) => one.words), ...turns.map((one) => one.words)].filter((one) => one !== null),
  )
  const entities = await loadEntities(tx, [...new Set(list.map((one) => one.entityId))], null)
  const { actor, scope } = on
  const seen = (one: ConditionRow): boolean =>
    scope.entities === null ||
    scope.entities.includes(one.entityId) ||
    one.ownerId === actor.id ||
    one.deciderId === actor.id
  const said = (key: string | null): string | null => (key === null ? null : (values.get(key) ?? "[erased]"))
  const runs = request.state === "in-review" || request.state === "approved"
  const over = request.state === "refused" || request.state === "withdrawn"
  const told = new Set(list.filter(seen).map((one) => one.id))
  return {
    conditions: list.map((one) => ({
      ...one,
      words: told.has(one.id) ? said(one.words) : null,
      lastWords: told.has(one.id) ? said(one.lastWords) : null,
      state: over ? "lapsed" : conditionState(one, dayIn(entities.get(one.entityId as never)?.zone ?? "UTC", on.now)),
      mayMeet: runs && one.counts && one.ownerId === actor.id && (one.last === null || one.last === "sent-back"),
      mayAnswer:
        runs && one.counts && one.last === "met" && mayAnswer(actor, { condition: one, authors: on.authors }).ok,
    })),
    conditionTurns: turns.map((one) => ({ ...one, words: told.has(one.conditionId) ? said(one.words) : null })),
    owners,
  }
}
