import ical, { ICalCalendarMethod, ICalEventTransparency } from "ical-generator"

/** One day of a calendar, in words. */
export type CalendarLine = { uid: string; on: string; title: string; words: string; address: string }

/**
 * A calendar of whole days (RFC 5545). A day is a date without time or zone, so that it is the same day wherever it is
 * read; `stamp` is the instant of making, `name` what calendar programs show.
 */
export function calendarText(
  lines: readonly CalendarLine[],
  on: { name: string; stamp: string; origin: string },
): string {
  const made = ical({
    name: on.name,
    prodId: { company: "Onward", product: "Onward", language: "EN" },
    method: ICalCalendarMethod.PUBLISH,
    // Calendar programs ask again after so many seconds.
    ttl: 3600,
  })
  for (const line of lines) {
    made.createEvent({
      id: `${line.uid}@${on.origin}`,
      stamp: new Date(on.stamp),
      // All-day dates are written by their UTC parts.
      start: new Date(`${line.on}T00:00:00Z`),
      allDay: true,
      timezone: null,
      summary: printable(line.title),
      description: printable(line.words),
      url: line.address,
      transparency: ICalEventTransparency.TRANSPARENT,
    })
  }
  return made.toString()
}

/** Control characters have no place in a calendar (RFC 5545, 3.3.11). */
const printable = (text: string): string => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, "")
