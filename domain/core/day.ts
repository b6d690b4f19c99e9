import { Temporal } from "temporal-polyfill"
import type { Instant } from "./instant"

/** A calendar day, `YYYY-MM-DD`. It has no time and no zone; it sorts as text. */
export type Day = string & { readonly __day: true }

const SHAPE = /^\d{4}-\d{2}-\d{2}$/

/** Reads a calendar day; null when the text is not a day that exists (2026-02-30 does not, nor does the year 0). */
export function parseDay(text: string): Day | null {
  if (!SHAPE.test(text) || text.startsWith("0000")) return null
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" }).toString() as Day
  } catch {
    return null
  }
}

/** The day written in the code; throws when it does not exist. For literals and tests, not for input. */
export function day(text: string): Day {
  const read = parseDay(text)
  if (read === null) throw new Error(`not a calendar day: ${text}`)
  return read
}

/** The day `count` days later (earlier when negative). */
export function addDays(from: Day, count: number): Day {
  const [year, month, on] = [Number(from.slice(0, 4)), Number(from.slice(5, 7)), Number(from.slice(8, 10)) + count]
  // Inside a month that needs no calendar: by far most calls, and checks make many.
  if (on >= 1 && on <= 28) return `${from.slice(0, 8)}${on < 10 ? "0" : ""}${on}` as Day
  return written(numbered(year, month, on))
}

/** Days since the first of March of the year 0, in the proleptic Gregorian calendar (years begin in March). */
function numbered(year: number, month: number, on: number): number {
  const y = month <= 2 ? year - 1 : year
  const m = month <= 2 ? month + 9 : month - 3
  return (
    365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + Math.floor((153 * m + 2) / 5) + on - 1
  )
}

/** The day of such a number. Days sort as text: what lies before the year 1 or beyond 9999 is the first or last of them. */
function written(number: number): Day {
  const era = Math.floor(number / 146_097)
  const rest = number - era * 146_097
  const years = Math.floor(
    (rest - Math.floor(rest / 1460) + Math.floor(rest / 36_524) - Math.floor(rest / 146_096)) / 365,
  )
  const left = rest - (365 * years + Math.floor(years / 4) - Math.floor(years / 100))
  const m = Math.floor((5 * left + 2) / 153)
  const on = left - Math.floor((153 * m + 2) / 5) + 1
  const month = m < 10 ? m + 3 : m - 9
  const year = years + era * 400 + (month <= 2 ? 1 : 0)
  if (year > 9999) return "9999-12-31" as Day
  if (year < 1) return "0001-01-01" as Day
  const two = (value: number): string => (value < 10 ? `0${value}` : String(value))
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(on)}` as Day
}

/**
 * The day after a term of `months` that begins on `from`, i.e. the exclusive end of the term.
 * A nominal day that its month lacks becomes the first of the next month: one year from
 * 2024-02-29 ends before 2025-03-01, so the last day is 2025-02-28 (domain handbook, 5, example 2).
 */
export function termEnd(from: Day, months: number): Day {
  const start = Temporal.PlainDate.from(from)
  const clamped = start.add({ months })
  return (clamped.day === start.day ? clamped : clamped.add({ days: 1 })).toString() as Day
}

/** The day `months` before; a day that its month lacks clamps backwards to the month's last (notice days). */
export function monthsBefore(from: Day, months: number): Day {
  return Temporal.PlainDate.from(from).subtract({ months }).toString() as Day
}

/** The day `months` later, clamped to the month's last day. */
export function addMonths(from: Day, months: number): Day {
  const nth = Number(from.slice(0, 4)) * 12 + Number(from.slice(5, 7)) - 1 + months
  const [year, month, on] = [Math.floor(nth / 12), (nth % 12) + 1, Number(from.slice(8, 10))]
  const days = numbered(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, 1) - numbered(year, month, 1)
  return written(numbered(year, month, Math.min(on, days)))
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: "days" }).days
}

/** The calendar day on which the instant falls in the zone (an IANA name). Throws on an unknown zone. */
export function dayIn(zone: string, instant: Instant): Day {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString() as Day
}

/** The hour (0 to 23) that clocks show in the zone at the instant. */
export function hourIn(zone: string, instant: Instant): number {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).hour
}

/** The day of the week, 1 (Monday) to 7. */
export function weekdayOf(on: Day): number {
  return Temporal.PlainDate.from(on).dayOfWeek
}

/** The last instant (millisecond) of the day in the zone: what "as of a bare day" means. */
export function endOfDay(zone: string, on: Day): Instant {
  const next = Temporal.PlainDate.from(on).add({ days: 1 }).toZonedDateTime({ timeZone: zone })
  return next.subtract({ milliseconds: 1 }).toInstant().toString({ smallestUnit: "millisecond" }) as Instant
}

/** The first instant of the day in the zone; where clocks skip midnight, the first that there is. */
export function startOfDay(zone: string, on: Day): Instant {
  const begins = Temporal.PlainDate.from(on).toZonedDateTime({ timeZone: zone })
  return begins.toInstant().toString({ smallestUnit: "millisecond" }) as Instant
}

/** Whether the text is an IANA time zone that this machine knows. */
export function isZone(text: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text)
    return /^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)*$/.test(text)
  } catch {
    return false
  }
}

/** The earlier of two days. */
export function earlier(a: Day, b: Day): Day {
  return a <= b ? a : b
}

/** The later of two days. */
export function later(a: Day, b: Day): Day {
  return a >= b ? a : b
}
