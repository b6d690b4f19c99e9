import { z } from "zod"
import {
  conditionById,
  insertCondition,
  insertConditionTurn,
  judgeConditioned,
  type ConditionRow,
  type ConditionTurn,
} from "@/db/statements/conditions"
import { authorsOf, type RequestRow } from "@/db/statements/requests"
import { decidersNow, type Telling } from "@/db/statements/tellings"
import { workersNow } from "@/db/statements/threads"
import { insertDisclosures } from "@/db/statements/versions"
import type { Tx } from "@/db/connect"
import type { EventDraft } from "@/domain/audit/event"
import { dayIn, type Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { holdsRole } from "@/domain/people/permissions"
import type { HeldRole } from "@/domain/people/roles"
import { dayShape, idOf, text } from "@/domain/records/parts"
import { CONDITIONAL, MOST_CONDITIONS } from "@/domain/requests/conditions"
import { ROLE_OF } from "@/domain/requests/four-eyes"
import type { StageName } from "@/domain/requests/stages"
import { act, done, type Place } from "@/usecases/act"
import { commitText, type Disclosure } from "@/usecases/commit"
import { loadEntities } from "@/usecases/register/records"
import { newId, type Actor, type Scene } from "@/usecases/scene"
import { lockKnown } from "./known-request"
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

type Loaded = { request: RequestRow; condition: ConditionRow; authors: string[] }

async function load(tx: Tx, input: { requestId: string; conditionId: string }, scene: Scene): Promise<Loaded | null> {
  const request = scene.actor ? await lockKnown(tx, input.requestId, scene.actor) : null
  const condition = request ? await conditionById(tx, input.conditionId) : null
  if (!request || condition?.requestId !== request.id) return null
  return { request, condition, authors: await authorsOf(tx, request.id) }
}

/** A condition stands while its decision counts and the request is on its way or in force. */
function stands({ request, condition }: Loaded): Outcome<unknown> {
  const runs = request.state === "in-review" || request.state === "approved"
  return condition.counts && runs ? good({}) : refuse("conflict", "conflict.condition-gone")
}

type Turned = { requestId: string; conditionId: string; words: string }
const words = text(4000)
const named = { requestId: idOf("request"), conditionId: idOf("condition") }

/** Its owner says that a condition is met, and by what; somebody else confirms it. */
export const meetCondition = act<Turned, Loaded, { turn: ConditionTurn }>({
  name: "condition.meet",
  input: z.strictObject({
    ...named,
    words: words.refine((said) => said.trim().length > 0, "invalid.condition-evidence"),
  }) as unknown as z.ZodType<Turned>,
  load,
  may: (actor, loaded) => {
    if (loaded.condition.ownerId !== actor.id) return refuse("not-allowed", "not-allowed.condition-owner")
    if (loaded.condition.last === "met" || loaded.condition.last === "confirmed")
      return refuse("conflict", "conflict.condition")
    return stands(loaded)
  },
  run: async (tx, { input, loaded, actor, scene }) => {
    const to = confirmers(await decidersNow(tx, scene.now), loaded).map((one) => one.id)
    const known = knowersOf(await workersNow(tx, scene.now), loaded.request).map((one) => one.id)
    return turned(loaded, { turn: "met", words: input.words, actor, to: to.filter((id) => known.includes(id)) })
  },
})

type Answered = Turned & { turn: "confirmed" | "sent-back" }

/** Somebody who decides at that stage confirms that a condition is met, or sends it back with a reason. */
export const answerCondition = act<Answered, Loaded, { turn: ConditionTurn }>({
  name: "condition.confirm",
  input: z
    .strictObject({ ...named, turn: z.enum(["confirmed", "sent-back"]), words: words.default("") })
    .refine((said) => said.turn === "confirmed" || said.words.trim().length > 0, {
      path: ["words"],
      message: "invalid.reason",
    }) as unknown as z.ZodType<Answered>,
  load,
  may: (actor, loaded) => {
    const may = mayAnswer(actor, loaded)
    if (!may.ok) return may
    return loaded.condition.last === "met" ? stands(loaded) : refuse("conflict", "conflict.condition")
  },
  run: async (_tx, { input, loaded, actor }) =>
    turned(loaded, { turn: input.turn, words: input.words, actor, to: [loaded.condition.ownerId] }),
})

/** Four eyes on conditions too: nobody confirms their own, and no author any. */
export function mayAnswer(actor: Actor, on: Pick<Loaded, "condition" | "authors">): Outcome<unknown> {
  if (actor.kind !== "person") return refuse("not-allowed", "not-allowed.needs-person")
  const { condition, authors } = on
  if (authors.includes(actor.id)) return refuse("not-allowed", "not-allowed.author")
  if (condition.ownerId === actor.id || (condition.last === "met" && condition.lastBy === actor.id))
    return refuse("not-allowed", "not-allowed.condition-own")
  const role = ROLE_OF[condition.stage as StageName]
  return holdsRole(actor, role, condition.entityId) ? good({}) : refuse("not-allowed", "not-allowed.role")
}

function confirmers<T extends { id: string; held: readonly HeldRole[] }>(holders: readonly T[], on: Loaded): T[] {
  return holders.filter((one) => mayAnswer({ kind: "person", id: one.id, held: one.held } as unknown as Actor, on).ok)
}

function turned(
  { request, condition }: Loaded,
  on: { turn: ConditionTurn; words: string; actor: Actor; to: readonly string[] },
) {
  const said = on.words.trim() === "" ? null : commitText(on.words.trim(), request.id)
  return done<{ turn: ConditionTurn }>({
    value: { turn: on.turn },
    events: [
      {
        act: `request.condition-${on.turn}`,
        request: request.id,
        objects: [
          { type: "request", id: request.id, version: request.revision },
          { type: "condition", id: condition.id },
        ],
        after: { condition: condition.id, turn: on.turn, ...(said ? { words: { $c: said.commitment } } : {}) },
      },
    ],
    tell: [{ kind: "condition", to: on.to, requestId: request.id, what: on.turn, dueOn: condition.dueOn }],
    write: async (tx, place) => {
      if (said) await insertDisclosures(tx, [said])
      await insertConditionTurn(tx, {
        ...{ conditionId: condition.id, turn: on.turn, personId: on.actor.id },
        ...{ words: said?.commitment ?? null, at: place.at, logIndex: place.indexOf(0) },
      })
      if (on.turn === "confirmed" && request.state === "approved") await judgeConditioned(tx, request.id)
    },
  })
}
