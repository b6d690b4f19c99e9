import type { Day } from "./day"

/**
 * The state of an answer beside its value: known, not answered, *not known yet* (asked whom, due when),
 * or *does not apply*. The four are counted and printed apart; no magic codes.
 */
export type Answer<T> =
  | { state: "known"; value: T }
  | { state: "blank" }
  | { state: "unknown"; asked?: string; due?: Day }
  | { state: "not-applicable" }

/** A known answer. */
export function known<T>(value: T): Answer<T> {
  return { state: "known", value }
}

/** Not answered. */
export const BLANK = { state: "blank" } as const

/** Not known yet; whom was asked and when the answer is due, where that is known. */
export function unknown(asked?: string, due?: Day): Answer<never> {
  return { state: "unknown", ...(asked ? { asked } : {}), ...(due ? { due } : {}) }
}

/** The question does not apply. */
export const NOT_APPLICABLE = { state: "not-applicable" } as const

/** The value of a known answer, else null. */
export function valueOf<T>(answer: Answer<T>): T | null {
  return answer.state === "known" ? answer.value : null
}

/** The value of a known answer, else the fallback. */
export function valueOr<T>(answer: Answer<T>, fallback: T): T {
  return answer.state === "known" ? answer.value : fallback
}
