import { Temporal } from "temporal-polyfill"

/** An instant in UTC with milliseconds, `YYYY-MM-DDTHH:MM:SS.mmmZ`. It sorts as text. */
export type Instant = string & { readonly __instant: true }

const SHAPE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/

/** Reads an instant with its offset and gives it in UTC, cut to milliseconds; null when it is none. */
export function parseInstant(text: string): Instant | null {
  // The database counts no year 0 (PostgreSQL 8.5.1: the year before 1 is 1 BC).
  if (!SHAPE.test(text) || text.startsWith("0000")) return null
  try {
    return Temporal.Instant.from(text).toString({ smallestUnit: "millisecond" }) as Instant
  } catch {
    return null
  }
}

/** The instant so many milliseconds after 1970 (UTC). */
export function fromMillis(millis: number): Instant {
  return Temporal.Instant.fromEpochMilliseconds(Math.trunc(millis)).toString({
    smallestUnit: "millisecond",
  }) as Instant
}

/** Milliseconds since 1970 (UTC). */
export function toMillis(instant: Instant): number {
  return Temporal.Instant.from(instant).epochMilliseconds
}

/** The instant so many milliseconds later. */
export function plusMillis(instant: Instant, millis: number): Instant {
  return fromMillis(toMillis(instant) + millis)
}
