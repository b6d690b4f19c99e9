import { Temporal } from "temporal-polyfill"
import type { Instant } from "./instant"

/** A calendar day, `YYYY-MM-DD`. It has no time and no zone; it sorts as text. */
export type Day = string & { readonly __day: true }

const SHAPE = /^\d{4}-\d{2}-\d{2}$/

/** Reads a calendar day; null when the text is not a day that exists (2026-02-30 does not). */
export function parseDay(text: string): Day | null {
  if (!SHAPE.test(text)) return null
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

/**
 * The day `count` days later (earlier when negative). The checks ask it thousands of times a page, so it counts itself;
 * outside the years 1 to 9999 Temporal says what there is.
 */
export function addDays(from: Day, count: number): Day {
  const [year = 0, month = 0, date = 0] = from.split("-").map(Number)
  const number = numberOf(year, month, date) + count
  if (from.length === 10 && number > FIRST && number < LAST) return dayOf(number)
  return Temporal.PlainDate.from(from).add({ days: count }).toString() as Day
}

const ERA = 146_097
const FIRST = numberOf(1, 1, 1)
const LAST = numberOf(9999, 12, 31)

/** Days since 0000-03-01, so that the leap day comes last in its year. */
function numberOf(year: number, month: number, date: number): number {
  const y = month <= 2 ? year - 1 : year
  const ofYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + date - 1
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + ofYear
}

function dayOf(number: number): Day {
  const era = Math.floor(number / ERA)
  const rest = number - era * ERA
  const ofEra = Math.floor(
    (rest - Math.floor(rest / 1460) + Math.floor(rest / 36_524) - Math.floor(rest / 146_096)) / 365,
  )
  const ofYear = rest - (365 * ofEra + Math.floor(ofEra / 4) - Math.floor(ofEra / 100))
  const shifted = Math.floor((5 * ofYear + 2) / 153)
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  const date = ofYear - Math.floor((153 * shifted + 2) / 5) + 1
  const year = ofEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}` as Day
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
  return Temporal.PlainDate.from(from).add({ months }).toString() as Day
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: "days" }).days
}

/** The calendar day on which the instant falls in the zone (an IANA name). Throws on an unknown zone. */
export function dayIn(zone: string, instant: Instant): Day {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString() as Day
}

/** The last instant (millisecond) of the day in the zone: what "as of a bare day" means. */
export function endOfDay(zone: string, on: Day): Instant {
  const next = Temporal.PlainDate.from(on).add({ days: 1 }).toZonedDateTime({ timeZone: zone })
  return next.subtract({ milliseconds: 1 }).toInstant().toString({ smallestUnit: "millisecond" }) as Instant
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
