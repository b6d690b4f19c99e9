import { addDays, type Day } from "@/domain/core/day"

/** How a condition stands on a day. *Said*: its owner says it is met, and nobody confirmed it yet. */
export type ConditionState = "open" | "said" | "missed" | "met"

/** Verdicts that may ask for something to be done. */
export const CONDITIONAL = ["approve-with-conditions", "agree-with-conditions"] as const

/** So many conditions a decision may make. */
export const MOST_CONDITIONS = 20

/** A condition is confirmed for good; until then its day is what counts, whatever its owner says. */
export function conditionState(on: { last: string | null; dueOn: Day }, today: Day): ConditionState {
  if (on.last === "confirmed") return "met"
  if (on.dueOn < today) return "missed"
  return on.last === "met" ? "said" : "open"
}

/** So many days before it is due its owner is reminded. */
export const REMINDS_BEFORE = 3
/** So long after its day a missed condition is still told of. */
export const TELLS_FOR = 60

/** What is to be told of a condition today: that it is due soon, or that it was missed; null: nothing. */
export function toldOfCondition(dueOn: Day, today: Day): "soon" | "missed" | null {
  if (dueOn < today) return addDays(dueOn, TELLS_FOR) < today ? null : "missed"
  return addDays(today, REMINDS_BEFORE) >= dueOn ? "soon" : null
}
