import { addDays, type Day } from "@/domain/core/day"

/** After so many days what is overdue goes to another, where a company says nothing else. */
export const ESCALATES_AFTER = 7

/** So far back something that came due is still reminded of: who turns this on is not told of last year. */
export const LOOKS_BACK = 60

export type DueThing = { id: string; ownerId: string; givenBy: string | null; dueOn: Day }
export type Reminder = { kind: "due" | "escalated"; to: string; thing: DueThing }

/**
 * What is to be told today of a thing that somebody sees to: its owner once, on the day it is due; and after so many days
 * more the person named for that, else who gave it. Nobody is told that they themselves are late twice.
 */
export function remindersOf(thing: DueThing, today: Day, named: { personId: string; days: number } | null): Reminder[] {
  if (thing.dueOn > today || addDays(thing.dueOn, LOOKS_BACK) < today) return []
  const told: Reminder[] = [{ kind: "due", to: thing.ownerId, thing }]
  const to = named?.personId ?? thing.givenBy
  const late = addDays(thing.dueOn, named?.days ?? ESCALATES_AFTER) <= today
  if (late && to !== null && to !== thing.ownerId) told.push({ kind: "escalated", to, thing })
  return told
}
