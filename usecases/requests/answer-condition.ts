import { z } from "zod"
import {
  conditionById,
  insertConditionOwner,
  insertConditionTurn,
  judgeConditioned,
  type ConditionRow,
  type ConditionTurn,
} from "@/db/statements/conditions"
import { ownFiles } from "@/db/statements/files"
import { authorsOf, type RequestRow } from "@/db/statements/requests"
import { decidersNow } from "@/db/statements/tellings"
import { workersNow } from "@/db/statements/threads"
import { insertDisclosures } from "@/db/statements/versions"
import type { Tx } from "@/db/connect"
import type { EventDraft } from "@/domain/audit/event"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import type { HeldRole } from "@/domain/people/roles"
import type { StandIn } from "@/domain/people/stand-in"
import { idOf, text } from "@/domain/records/parts"
import { answersFor, mayAnswer, mayAnswerFor, mayGive } from "@/domain/requests/conditions-answered"
import { act, done } from "@/usecases/act"
import { commitText } from "@/usecases/commit"
import { standInsOf } from "@/usecases/people/stand-ins"
import { standInsNow } from "@/usecases/told/delegates"
import type { Actor, Scene } from "@/usecases/scene"
import { lockKnown } from "./known-request"
import { lapsed } from "./on-behalf"
import { knowersOf } from "./readers"

type Named = { requestId: string; conditionId: string }
const named = { requestId: idOf("request"), conditionId: idOf("condition") }
const words = text(4000)
const MOST_FILES = 10

type Loaded = {
  request: RequestRow
  condition: ConditionRow
  authors: string[]
  /** Where the actor stands in for others who may know of the request. */
  standsIn: StandIn[]
}

async function load(tx: Tx, input: Named, scene: Scene): Promise<Loaded | null> {
  const { actor } = scene
  const request = actor ? await lockKnown(tx, input.requestId, actor) : null
  const condition = request ? await conditionById(tx, input.conditionId) : null
  if (!request || condition?.requestId !== request.id) return null
  const all = actor?.kind === "person" ? await standInsOf(tx, actor, scene.now) : []
  const knows = (id: string): boolean => request.restrictedTo === null || request.restrictedTo.includes(id)
  const standsIn = all.filter((one) => knows(one.forPerson))
  return { request, condition, authors: await authorsOf(tx, request.id), standsIn }
}

/** A condition stands while its decision counts and the request is on its way or in force. */
function stands({ request, condition }: Loaded): Outcome<unknown> {
  const runs = request.state === "in-review" || request.state === "approved"
  return condition.counts && runs ? good({}) : refuse("conflict", "conflict.condition-gone")
}

/** A condition waits for its owner unless they say that it is met. */
const isOwed = ({ last }: ConditionRow): boolean => last === null || last === "sent-back"

const wrong = (path: string, says: string) => refuse("invalid", "invalid.form", { fields: [{ path, says }] })

type Met = Named & { words: string; fileIds: string[] }

/** Its owner says that a condition is met, and by what: words, and files that they sent. Somebody else confirms it. */
export const meetCondition = act<Met, Loaded, { turn: ConditionTurn }>({
  name: "condition.meet",
  input: z.strictObject({
    ...named,
    words: words.refine((said) => said.trim().length > 0, "invalid.condition-evidence"),
    fileIds: z.array(idOf("file")).max(MOST_FILES, "invalid.condition-files").default([]),
  }) as unknown as z.ZodType<Met>,
  load,
  may: (actor, loaded) => {
    if (loaded.condition.ownerId !== actor.id) return refuse("not-allowed", "not-allowed.condition-owner")
    return isOwed(loaded.condition) ? stands(loaded) : refuse("conflict", "conflict.condition")
  },
  run: async (tx, { input, loaded, actor, scene }) => {
    const fileIds = [...new Set(input.fileIds)]
    if ((await ownFiles(tx, actor.id, fileIds)).length < fileIds.length)
      return wrong("fileIds", "invalid.condition-files")
    const holders = await decidersNow(tx, scene.now)
    const standIns = await standInsNow(tx, holders, scene.now)
    const to = holders.flatMap((one) => (confirms(one, loaded, standIns.get(one.id) ?? []) ? [one.id] : []))
    const known = knowersOf(await workersNow(tx, scene.now), loaded.request).map((one) => one.id)
    return turned(loaded, {
      ...{ turn: "met", words: input.words, fileIds, actor, behalf: null },
      to: to.filter((id) => known.includes(id)),
    })
  },
})

type Answered = Named & { words: string; turn: "confirmed" | "sent-back"; forPerson: string | null }

/**
 * Somebody who decides at that stage confirms that a condition is met, or sends it back with a reason: in their own
 * right, or in their own name on behalf of somebody who is away.
 */
export const answerCondition = act<Answered, Loaded, { turn: ConditionTurn }>({
  name: "condition.confirm",
  input: z
    .strictObject({
      ...named,
      ...{ turn: z.enum(["confirmed", "sent-back"]), words: words.default("") },
      forPerson: idOf("person").nullable().default(null),
    })
    .refine((said) => said.turn === "confirmed" || said.words.trim().length > 0, {
      path: ["words"],
      message: "invalid.reason",
    }) as unknown as z.ZodType<Answered>,
  load,
  may: (actor, loaded, input) => {
    const may = input.forPerson
      ? mayAnswerFor(actor, loaded, input.forPerson, loaded.standsIn)
      : mayAnswer(actor, loaded)
    if (!may.ok) return may
    return loaded.condition.last === "met" ? stands(loaded) : refuse("conflict", "conflict.condition")
  },
  run: async (_tx, { input, loaded, actor }) => {
    const behalf = input.forPerson ? { personId: input.forPerson, seat: null, standsIn: loaded.standsIn } : null
    const { ownerId } = loaded.condition
    return turned(loaded, { turn: input.turn, words: input.words, fileIds: [], actor, behalf, to: [ownerId] })
  },
})

type Given = Named & { ownerId: string; reason: string }

/** Whoever asked for a condition, or the data-protection officer, gives it to somebody else to meet, with a reason. */
export const giveCondition = act<Given, Loaded, { ownerId: string }>({
  name: "condition.give",
  input: z.strictObject({
    ...{ ...named, ownerId: idOf("person") },
    reason: words.refine((said) => said.trim().length > 0, "invalid.reason"),
  }) as unknown as z.ZodType<Given>,
  load,
  may: (actor, loaded) => {
    const may = mayGive(actor, loaded)
    if (!may.ok) return may
    return isOwed(loaded.condition) ? stands(loaded) : refuse("conflict", "conflict.condition")
  },
  run: async (tx, { input, loaded: { request, condition }, actor, scene }) => {
    const known = knowersOf(await workersNow(tx, scene.now), request)
    if (!known.some((one) => one.id === input.ownerId)) return wrong("ownerId", "invalid.condition-owner")
    if (condition.ownerId === input.ownerId) return wrong("ownerId", "invalid.condition-same")
    const reason = commitText(input.reason.trim(), request.id)
    const about = { kind: "condition" as const, requestId: request.id, dueOn: condition.dueOn }
    return done<{ ownerId: string }>({
      value: { ownerId: input.ownerId },
      events: [
        {
          ...eventOf(request, condition, "request.condition-given"),
          before: { owner: condition.ownerId },
          after: { condition: condition.id, owner: input.ownerId },
          reason: { $c: reason.commitment },
        },
      ],
      tell: [
        { ...about, to: [input.ownerId], what: "given" },
        { ...about, to: [condition.ownerId], what: "taken" },
      ],
      write: async (writing, place) => {
        await insertDisclosures(writing, [reason])
        await insertConditionOwner(writing, {
          ...{ conditionId: condition.id, ownerId: input.ownerId, personId: actor.id, reason: reason.commitment },
          ...{ at: place.at, logIndex: place.indexOf(0) },
        })
      },
    })
  },
})

/** Whether this person may confirm it, in their own right or for somebody who is away. */
function confirms(one: { id: string; held: readonly HeldRole[] }, on: Loaded, standsIn: readonly StandIn[]): boolean {
  const asker = { kind: "person" as const, id: one.id, held: one.held }
  return mayAnswer(asker, on).ok || answersFor(asker, on, standsIn) !== null
}

function eventOf(request: RequestRow, condition: ConditionRow, name: string): EventDraft {
  return {
    act: name,
    request: request.id,
    objects: [
      { type: "request", id: request.id, version: request.revision },
      { type: "condition", id: condition.id },
    ],
  }
}

type Turn = {
  turn: ConditionTurn
  words: string
  fileIds: readonly string[]
  actor: Actor
  behalf: Parameters<typeof lapsed>[2]
  to: readonly string[]
}

function turned(loaded: Loaded, on: Turn) {
  const { request, condition } = loaded
  const said = on.words.trim() === "" ? null : commitText(on.words.trim(), request.id)
  const forPerson = on.behalf?.personId ?? null
  const lent = forPerson ? mayAnswerFor(on.actor, loaded, forPerson, loaded.standsIn) : null
  return done<{ turn: ConditionTurn }>({
    value: { turn: on.turn },
    ...(forPerson ? { behalf: forPerson } : {}),
    events: [
      {
        ...eventOf(request, condition, `request.condition-${on.turn}`),
        after: {
          ...{ condition: condition.id, turn: on.turn },
          ...(said ? { words: { $c: said.commitment } } : {}),
          ...(on.fileIds.length ? { files: [...on.fileIds] } : {}),
        },
      },
    ],
    tell: [
      { kind: "condition", to: on.to, requestId: request.id, what: on.turn, dueOn: condition.dueOn },
      ...(forPerson ? [{ kind: "decided" as const, to: [forPerson], requestId: request.id, what: "for-you" }] : []),
    ],
    write: async (tx, place) => {
      const { stage, entityId } = condition
      const ended = await lapsed(tx, on.actor.id, on.behalf, { stage, entityId, instant: place.at })
      if (ended) return ended
      if (said) await insertDisclosures(tx, [said])
      await insertConditionTurn(tx, {
        ...{ conditionId: condition.id, turn: on.turn, personId: on.actor.id, fileIds: on.fileIds },
        ...{ forPerson, delegationId: lent?.ok ? lent.value.delegationId : null },
        ...{ words: said?.commitment ?? null, at: place.at, logIndex: place.indexOf(0) },
      })
      if (on.turn === "confirmed" && request.state === "approved") await judgeConditioned(tx, request.id)
    },
  })
}
