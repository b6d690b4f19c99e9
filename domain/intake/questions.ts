import { CARE } from "./asks-care"
import { DATA } from "./asks-data"
import { GROUND } from "./asks-ground"
import { PAPER } from "./asks-paper"
import { WHAT } from "./asks-what"
import { WHERE } from "./asks-where"
import type { Question } from "./question"

/**
 * Every question there is, in its order: the intake table of the field notes, a file for each chapter. A condition reads
 * earlier answers alone. Whoever begins is asked what a requester can know; what others have to say is shown to them as
 * still missing.
 */
export const QUESTIONS: readonly Question[] = [...WHAT, ...DATA, ...GROUND, ...WHERE, ...PAPER, ...CARE]

const BY_ID = new Map(QUESTIONS.map((question) => [question.id, question]))

/** The question of an id, or undefined. */
export function questionOf(id: string): Question | undefined {
  return BY_ID.get(id)
}
