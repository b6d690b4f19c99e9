import { z } from "zod"
import {
  countUnmade,
  deleteIntake,
  insertIntake,
  lockIntake,
  saveIntake,
  type IntakeRow,
} from "@/db/statements/intakes"
import type { Tx } from "@/db/connect"
import { canonical } from "@/domain/core/canonical"
import type { IdKind } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { askedNow, isFor, missingIn, stepsOf, type Missing, type Step } from "@/domain/intake/asked"
import { isLeft, overPrefilled } from "@/domain/intake/prefill"
import { MADE } from "@/domain/intake/proposals"
import { BEGINNINGS, type Answers, type Given } from "@/domain/intake/question"
import { MOST_PURPOSES } from "@/domain/intake/conditions"
import { questionOf } from "@/domain/intake/questions"
import { withSent, wrongIn } from "@/domain/intake/values"
import { idOf } from "@/domain/records/parts"
import { jot } from "@/usecases/jot"
import { newId, type Actor } from "@/usecases/scene"
import { surroundings, type Surroundings } from "./known-already"
import { answersIn, asking, keptAnew, keptIn, sentAnswers } from "./stored"

const MOST_OPEN = 100

const beginInput = z.strictObject({
  beginning: z.enum(BEGINNINGS),
  /** What it is about already: the page that it was begun from. */
  partyId: idOf("party").optional(),
  sharingId: idOf("sharing").optional(),
  agreementId: idOf("agreement").optional(),
  /** What was said on the first screen, and is not asked again. */
  purposes: z.array(z.string().max(60)).max(MOST_PURPOSES).default([]),
  kinds: z.array(z.string().max(60)).max(60).default([]),
})

/** Begins an intake: what somebody wants to do, and what they have said of it already. */
export const beginIntake = jot<z.output<typeof beginInput>, { id: string; version: number }>({
  name: "request.draft",
  input: beginInput as unknown as z.ZodType<z.output<typeof beginInput>>,
  run: async (tx, { input, actor, scene }) => {
    if ((await countUnmade(tx, actor.id)) >= MOST_OPEN)
      return refuse("invalid", "invalid.intakes-many", { params: { n: String(MOST_OPEN) } })
    const said: Record<string, Given> = { "1.1": { state: "known", value: input.beginning } }
    if (input.partyId) said["1.3"] = { state: "known", value: { id: input.partyId } }
    if (input.sharingId) said["1.3a"] = { state: "known", value: input.sharingId }
    if (input.agreementId) said["1.3b"] = { state: "known", value: input.agreementId }
    if (input.purposes.length) said["1.4b"] = { state: "known", value: input.purposes }
    if (input.kinds.length) said["3.2"] = { state: "known", value: input.kinds }
    const around = await surroundings(tx, said, scene, actor)
    const wrong = wrongAmong(said, around)
    if (!wrong.ok) return wrong
    const id = newId(scene, "intake")
    await insertIntake(tx, {
      ...{ id, by: actor.id, at: scene.now },
      answers: canonical(keptAnew({}, said, scene.now)),
      ids: canonical(Object.fromEntries(MADE.map((name) => [name, newId(scene, KIND_OF[name])]))),
    })
    return good({ id, version: 1 })
  },
})

const KIND_OF: Record<(typeof MADE)[number], IdKind> = {
  ...{ party: "party", sharing: "sharing", agreement: "agreement", demand: "demand" },
  ...{ vetting: "assessment", transfer: "assessment", impact: "assessment", audit: "assessment" },
}

export type Saved = {
  version: number
  savedAt: Instant
  /** The questions that are asked now. */
  asked: string[]
  /** Those of them that whoever saves is asked; the first began it, and stays. */
  own: string[]
  steps: Step[]
  missing: Missing[]
}

type SaveInput = { id: string; version: number; answers: Record<string, Given | null> }

/**
 * Saves answers on the version that was seen. Where another tab or browser saved meanwhile nothing is overwritten: whoever
 * comes later is told, and looks at both.
 */
export const saveAnswers = jot<SaveInput, Saved>({
  name: "request.draft",
  input: z.strictObject({
    id: idOf("intake"),
    version: z.int().min(1),
    answers: sentAnswers,
  }) as unknown as z.ZodType<SaveInput>,
  run: async (tx, { input, actor, scene }) => {
    const open = await openIntake(tx, input.id, actor)
    if (!open.ok) return open
    const row = open.value
    if (row.version !== input.version)
      return refuse("conflict", "conflict.intake-moved", { params: { at: row.savedAt.slice(11, 16) } })
    const kept = keptIn(row)
    const answers = withSent(answersIn(kept), input.answers)
    const around = await surroundings(tx, answers, scene, actor)
    const wrong = wrongAmong(known(input.answers), around)
    if (!wrong.ok) return wrong
    // What was left as it was filled in is the register's and not theirs: it follows the register.
    for (const [id, given] of Object.entries(answers)) if (isLeft(given, around.prefills[id])) delete answers[id]
    const next = canonical(keptAnew(kept, answers, scene.now))
    if (next === row.answers) return good(standing(answers, row, around, actor))
    const version = row.version + 1
    if (next.length > 200_000) return refuse("invalid", "invalid.body")
    await saveIntake(tx, { id: row.id, at: scene.now, answers: next, version })
    return good(standing(answers, { version, savedAt: scene.now }, around, actor))
  },
})

const known = (sent: Record<string, Given | null>): Record<string, Given> =>
  Object.fromEntries(Object.entries(sent).flatMap(([id, given]) => (given ? [[id, given]] : [])))

function standing(
  answers: Answers,
  row: { version: number; savedAt: Instant },
  around: Surroundings,
  actor: Actor,
): Saved {
  const all = overPrefilled(answers, around.prefills)
  const { questions } = askedNow(all, around.facts)
  return {
    ...{ version: row.version, savedAt: row.savedAt },
    asked: questions.map((question) => question.id),
    own: questions.flatMap((one) => (one.id !== "1.1" && isFor(one, asking(actor)) ? [one.id] : [])),
    steps: stepsOf(all, around.facts, asking(actor)),
    missing: missingIn(all, around.facts, asking(actor)),
  }
}

/** Whether each answer fits its question and names what this person may know; else which do not. */
function wrongAmong(sent: Readonly<Record<string, Given>>, around: Surroundings): Outcome<unknown> {
  const fields = Object.entries(sent).flatMap(([id, given]) => {
    const question = questionOf(id)
    const says = question ? (wrongIn(question, given, around.today) ?? unknownIn(id, given, around)) : "invalid.form"
    return says ? [{ path: `q.${id}`, says }] : []
  })
  return fields.length ? refuse("invalid", "invalid.form", { fields }) : good({})
}

/** Why an answer names what this person may not know, or what is not there any more; null where it does not. */
export function unknownIn(id: string, given: Given, { named, entities, consentId }: Surroundings): string | null {
  if (given.state !== "known") return null
  const { value } = given
  if (id === "1.2") return entities.some((item) => item.id === value) ? null : "invalid.intake-entity"
  if (id === "1.3" && typeof value === "object" && "id" in value)
    return named.party?.id === value.id ? null : "invalid.intake-record"
  if (id === "1.3a") return named.sharing?.id === value ? null : "invalid.intake-record"
  if (id === "5.2") return consentId === value ? null : "invalid.intake-record"
  if (id === "7.1a") return named.agreement?.id === value ? null : "invalid.intake-record"
  if (id === "1.3b") return named.agreement?.id === value ? null : "invalid.intake-record"
  return null
}

/** An intake of one's own that may still be answered, locked. */
export async function openIntake(tx: Tx, id: string, actor: Actor): Promise<Outcome<IntakeRow>> {
  const row = await lockIntake(tx, id, actor.id)
  if (!row) return refuse("not-found", "not-found")
  if (row.requestId !== null && (row.revision !== 0 || row.requestState !== "draft"))
    return refuse("conflict", "conflict.intake-submitted")
  return good(row)
}

/** Lets an intake go that no request was made of. */
export const dropIntake = jot<{ id: string }, { id: string }>({
  name: "request.draft",
  input: z.strictObject({ id: idOf("intake") }) as unknown as z.ZodType<{ id: string }>,
  run: async (tx, { input, actor }) => {
    const open = await openIntake(tx, input.id, actor)
    if (!open.ok) return open
    if (open.value.requestId !== null) return refuse("conflict", "conflict.intake-made")
    await deleteIntake(tx, input.id)
    return good({ id: input.id })
  },
})
