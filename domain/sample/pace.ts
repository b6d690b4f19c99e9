import { addDays, weekdayOf, type Day } from "@/domain/core/day"
import { fromMillis, toMillis, type Instant } from "@/domain/core/instant"

const HOUR = 3_600_000
const OPENS = 8

/** How many working days a stage takes, one line of which each decision draws: most take a day or two, some are late. */
const TAKES: Record<string, readonly number[]> = {
  procurement: [0, 0, 1, 1, 1, 2, 2, 4],
  legal: [0, 1, 1, 2, 2, 3, 3, 5],
  dpo: [0, 1, 1, 2, 2, 2, 3, 4],
  "second-legal": [1, 1, 2, 2],
}

const isWeekend = (on: Day): boolean => weekdayOf(on) >= 6

/**
 * When a stage of a request of the sample's is decided: some working days after it was brought, in the hours of a working day. Nothing is
 * decided before it was brought nor after `latest`.
 */
export function decidedAt(stage: string, brought: Instant, latest: Instant, random: () => number): Instant {
  const draws = TAKES[stage] ?? [1]
  let day = brought.slice(0, 10) as Day
  for (let left = draws[Math.floor(random() * draws.length)] ?? 1; left > 0; left -= isWeekend(day) ? 0 : 1)
    day = addDays(day, 1)
  while (isWeekend(day)) day = addDays(day, 1)
  const hour = OPENS + random() * OPENS
  const at = toMillis(`${day}T00:00:00.000Z` as Instant) + Math.round(hour * HOUR)
  const soonest = toMillis(brought) + Math.round((0.2 + random()) * HOUR)
  return fromMillis(Math.min(Math.max(at, soonest), Math.max(toMillis(latest), toMillis(brought) + 60_000)))
}
