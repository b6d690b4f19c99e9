import { addDays, type Day } from "@/domain/core/day"
import type { RecordKind } from "@/domain/records/kinds"

/** What stands on a day of a person's calendar. */
export const CALENDAR_KINDS = [
  "decide",
  "condition",
  "objection",
  "gap",
  "review",
  "answer",
  "found",
  "demanded",
  "ends",
  "notice",
  "renewal",
  "obligation",
] as const
export type CalendarKind = (typeof CALENDAR_KINDS)[number]

/** One day of a person's calendar: what is due of which record. `key` stays as long as it is the same thing. */
export type CalendarEntry = {
  key: string
  kind: CalendarKind
  on: Day
  /** The record that it is of; null: a request as a whole. */
  recordKind: RecordKind | null
  recordId: string | null
  requestId?: string
  title: string
}

/** From how long before today a calendar shows what was not done, and how far it looks ahead. In days. */
const BACK = 60
const AHEAD = 400

/** The days that a calendar shows, both included. */
export function calendarDays(today: Day): { from: Day; until: Day } {
  return { from: addDays(today, -BACK), until: addDays(today, AHEAD) }
}

/** In order of days, each thing once, at most so many; and how many were left out, those furthest ahead. */
export function calendarOf(
  entries: readonly CalendarEntry[],
  days: { from: Day; until: Day },
  most: number,
): { entries: CalendarEntry[]; left: number } {
  const seen = new Map<string, CalendarEntry>()
  for (const entry of entries)
    if (entry.on >= days.from && entry.on <= days.until && !seen.has(entry.key)) seen.set(entry.key, entry)
  const all = [...seen.values()].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.key < b.key ? -1 : 1))
  return { entries: all.slice(0, most), left: Math.max(0, all.length - most) }
}
