import { dayIn, hourIn, weekdayOf, type Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"

const HOUR = 8

/** Whether the day is one on which people work: Monday to Friday. */
export function isWorkingDay(on: Day): boolean {
  return weekdayOf(on) <= 5
}

/**
 * The working day whose digest is to be made now for a person in this zone: from eight in the morning, once a day, never
 * on a weekend. Null: not now.
 */
export function digestDay(zone: string, now: Instant, last: Day | null): Day | null {
  const today = dayIn(zone, now)
  if (!isWorkingDay(today) || (last !== null && last >= today)) return null
  return hourIn(zone, now) >= HOUR ? today : null
}
