import { addDays, dayIn, type Day } from "@/domain/core/day"
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

/** So far back a stage that came due is still reminded of: whoever turns this on is not told of last year. */
const LOOKS_BACK = 60

/** What is to be told today of a stage that waits; each is told once to each person. */
export type StageReminder = { kind: "due" | "escalated"; what: "stage-near" | "stage" | "stage-late" }

/**
 * What is told of a stage by its day: to whoever may take it from the working day before, on the day, and when it is late;
 * and so many days after it was due to the person named for that.
 */
export function stageReminders(
  on: { dueOn: Day; mark: DueMark | null },
  today: Day,
  escalatesAfter: number | null,
): StageReminder[] {
  if (on.mark === null || addDays(on.dueOn, LOOKS_BACK) < today) return []
  const what = ({ near: "stage-near", today: "stage", late: "stage-late" } as const)[on.mark]
  const told: StageReminder[] = [{ kind: "due", what }]
  if (escalatesAfter !== null && addDays(on.dueOn, escalatesAfter) <= today)
    told.push({ kind: "escalated", what: "stage" })
  return told
}
