import { dayIn, type Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { addWorkingDays, workingDaysBetween, type WorkCalendar } from "@/domain/core/working-days"

/** Where a company is and when it works. */
export type Where = { zone: string; calendar: WorkCalendar }

/** The day by which a stage is to be decided: so many working days of the company after the day on which it opened. */
export function stageDueOn(openedAt: Instant, days: number, { zone, calendar }: Where): Day {
  return addWorkingDays(dayIn(zone, openedAt), days, calendar)
}

/** The working days that a stage took: none when it was decided on the day on which it opened. */
export function workingDaysTaken(openedAt: Instant, decidedAt: Instant, { zone, calendar }: Where): number {
  return workingDaysBetween(dayIn(zone, openedAt), dayIn(zone, decidedAt), calendar)
}

/** What is said of a stage that waits, today: soon due, due, late; nothing before. */
export type DueMark = "near" | "today" | "late"

/** How near the day is: near from the working day before on. */
export function dueMark(dueOn: Day, today: Day, calendar: WorkCalendar): DueMark | null {
  if (today > dueOn) return "late"
  if (today === dueOn) return "today"
  return workingDaysBetween(today, dueOn, calendar) <= 1 ? "near" : null
}
