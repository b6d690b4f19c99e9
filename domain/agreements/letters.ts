import { addDays, earlier, type Day } from "@/domain/core/day"
import type { Agreement } from "@/domain/records/agreement"
import { arithmeticOf, type Step } from "./arithmetic"
import { rulesOf } from "./rules-of"
import { endByNotice, openEndAfter, rolls, termOf } from "./terms"

/** Letters under an agreement: its end, an objection to a sub-processor, an instruction about the data. */
export const LETTER_KINDS = ["termination", "objection", "instruction"] as const
export type LetterKind = (typeof LETTER_KINDS)[number]

/** How a letter went out. */
export const LETTER_WAYS = ["registered", "post", "email", "portal", "hand"] as const
export type LetterWay = (typeof LETTER_WAYS)[number]

/** From which day a letter takes effect, and by which rule; no day: its terms do not say, or it is not known to have arrived. */
export type Effect = {
  on: Day | null
  rule: "term" | "open-notice" | "counted" | "not-received" | "no-terms"
  /** The day on which it counts as given. */
  counted: Day | null
}

/**
 * From which day a letter takes effect by the agreement's own terms. It counts as given on the day it was sent or received,
 * whichever the agreement says; where it says neither, received. A termination ends the first term for which it was in time,
 * or runs for the days of notice where there are no terms. Objections and instructions count from the day they are given.
 */
export function effectOf(body: Agreement, kind: LetterKind, days: { sentOn: Day; receivedOn: Day | null }): Effect {
  const rules = rulesOf(body)
  const counted = rules.counts === "sent" ? days.sentOn : days.receivedOn
  if (counted === null) return { on: null, rule: "not-received", counted: null }
  if (kind !== "termination") return { on: counted, rule: "counted", counted }
  const given = { on: counted, by: "entity" as const }
  const first = termOf(rules, 0)?.to ?? null
  if (first !== null && rolls(rules)) {
    const to = endByNotice(rules, given)
    return to === null ? { on: null, rule: "no-terms", counted } : { on: to, rule: "term", counted }
  }
  const runs = rules.openNotice.entity
  if (runs === null) return { on: null, rule: "no-terms", counted }
  // A paper that ends of itself holds no longer for a notice that runs past its end.
  const to = openEndAfter(runs, counted)
  return { on: first === null ? to : earlier(first, to), rule: "open-notice", counted }
}

/** The last day on which the agreement holds, once a termination takes effect on the day. */
export const lastBefore = (effectOn: Day): Day => addDays(effectOn, -1)

/**
 * How the day on which a termination took effect follows from the agreement's terms, once it counts as given on the day; nothing
 * where the terms as they are now give another day than the one that was recorded, or none.
 */
export function stepsOfEffect(
  body: Agreement,
  letter: { kind: LetterKind; sentOn: Day; receivedOn: Day | null; effectOn: Day | null },
): Step[] {
  const { on, counted } = effectOf(body, letter.kind, letter)
  if (letter.kind !== "termination" || on === null || counted === null || on !== letter.effectOn) return []
  const given = { on: counted, by: "entity" as const }
  return arithmeticOf({ ...rulesOf(body), given, terminatedOn: null }, counted)
}
