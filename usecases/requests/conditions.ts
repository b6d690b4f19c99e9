import { z } from "zod"
import { insertCondition } from "@/db/statements/conditions"
import type { RequestRow } from "@/db/statements/requests"
import type { Telling } from "@/db/statements/tellings"
import { workersNow } from "@/db/statements/threads"
import { insertDisclosures } from "@/db/statements/versions"
import type { Tx } from "@/db/connect"
import type { EventDraft } from "@/domain/audit/event"
import { dayIn, type Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { dayShape, idOf, text } from "@/domain/records/parts"
import { CONDITIONAL, MOST_CONDITIONS } from "@/domain/requests/conditions"
import type { Place } from "@/usecases/act"
import { commitText, type Disclosure } from "@/usecases/commit"
import { loadEntities } from "@/usecases/register/records"
import { newId, type Scene } from "@/usecases/scene"
import { knowersOf } from "./readers"

/** What a decision may ask for: what is to be done, by whom, by which day. */
export const conditionsAsked = z
  .array(
    z.strictObject({
      words: text(2000).refine((words) => words.trim().length > 0, "invalid.condition-words"),
      ownerId: idOf("person"),
      dueOn: dayShape,
    }),
  )
  .max(MOST_CONDITIONS)
export type ConditionAsked = { words: string; ownerId: string; dueOn: Day }

/** What is known where conditions are made: today where the company is, and who may know of the request. */
export type ConditionGround = { today: Day; knowers: readonly string[] }

export async function conditionGround(
  tx: Tx,
  request: RequestRow,
  entityId: string,
  asked: readonly ConditionAsked[],
  now: Instant,
): Promise<ConditionGround> {
  const zone = [...(await loadEntities(tx, [entityId], null)).values()][0]?.zone ?? "UTC"
  const knowers = asked.length === 0 ? [] : knowersOf(await workersNow(tx, now), request).map((one) => one.id)
  return { today: dayIn(zone, now), knowers }
}

/** Whether the conditions fit the verdict; each has somebody who may know of the request, and a day to come. */
export function conditionsFit(
  verdict: string,
  asked: readonly ConditionAsked[],
  on: ConditionGround,
): Outcome<unknown> {
  const may = (CONDITIONAL as readonly string[]).includes(verdict)
  if (!may && asked.length > 0) return refuse("invalid", "invalid.no-conditions-here")
  if (verdict === "approve-with-conditions" && asked.length === 0)
    return refuse("invalid", "invalid.form", { fields: [{ path: "conditions", says: "invalid.condition-words" }] })
  const fields = asked.flatMap((one, i) => [
    ...(on.knowers.includes(one.ownerId) ? [] : [{ path: `conditions.${i}.ownerId`, says: "invalid.condition-owner" }]),
    ...(one.dueOn >= on.today ? [] : [{ path: `conditions.${i}.dueOn`, says: "invalid.condition-day" }]),
  ])
  return fields.length ? refuse("invalid", "invalid.form", { fields }) : good({})
}

/** A condition on its way into the register. */
export type MadeCondition = ConditionAsked & { id: string; said: Disclosure }

/** The conditions of a decision, each a record of its own with its event. */
export function madeConditions(
  scene: Scene,
  request: Pick<RequestRow, "id" | "revision">,
  asked: readonly ConditionAsked[],
): { made: MadeCondition[]; events: EventDraft[]; tell: Telling[] } {
  const made = asked.map((one) => ({
    ...one,
    id: newId(scene, "condition"),
    said: commitText(one.words.trim(), request.id),
  }))
  return {
    made,
    events: made.map((one) => ({
      act: "request.condition",
      request: request.id,
      objects: [
        { type: "request", id: request.id, version: request.revision },
        { type: "condition", id: one.id },
      ],
      after: { condition: one.id, words: { $c: one.said.commitment }, owner: one.ownerId, dueOn: one.dueOn },
    })),
    tell: made.map((one) => ({
      kind: "condition",
      to: [one.ownerId],
      requestId: request.id,
      dueOn: one.dueOn,
      occasion: one.id,
    })),
  }
}

/** Writes them, in the act of their decision, whose own event is the first. */
export async function writeConditions(
  tx: Tx,
  place: Place,
  on: { requestId: string; decisionId: string; made: readonly MadeCondition[] },
): Promise<void> {
  if (on.made.length === 0) return
  await insertDisclosures(
    tx,
    on.made.map((one) => one.said),
  )
  for (const [i, { id, said, ownerId, dueOn }] of on.made.entries())
    await insertCondition(tx, {
      ...{ id, ownerId, dueOn, requestId: on.requestId, decisionId: on.decisionId },
      ...{ n: i + 1, words: said.commitment, at: place.at, logIndex: place.indexOf(1 + i) },
    })
}
