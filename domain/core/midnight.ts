import { Temporal } from "temporal-polyfill"
import type { Day } from "./day"
import type { Instant } from "./instant"

/** The first instant of the day in the zone (an IANA name). Throws on an unknown zone. */
export function midnightIn(zone: string, on: Day): Instant {
  const first = Temporal.PlainDate.from(on).toZonedDateTime({ timeZone: zone })
  return first.toInstant().toString({ smallestUnit: "millisecond" }) as Instant
}
