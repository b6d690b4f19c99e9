import { addDays, type Day } from "@/domain/core/day"

/** So many days before its day whoever is responsible is told of a letter. */
export const LETTER_NEAR = 7

/** What is to be told of a letter whose answers are not released: that its day is near, or past; null: nothing yet. */
export function letterNear(dueOn: Day, today: Day): "letter-near" | "letter-late" | null {
  if (dueOn < today) return "letter-late"
  return dueOn <= addDays(today, LETTER_NEAR) ? "letter-near" : null
}
