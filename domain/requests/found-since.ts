import { day, type Day } from "@/domain/core/day"

/** Before the first law on personal data of our companies' markets (Directive 95/46/EC) nothing was found running: it is a slip. */
export const FOUND_FROM: Day = day("1995-01-01")

/** Why something cannot run without approval since that day: it lies ahead, or before any such rule; null: it can. */
export function wrongSince(since: Day, today: Day): "invalid.intake-after-today" | "invalid.found-early" | null {
  if (since > today) return "invalid.intake-after-today"
  return since < FOUND_FROM ? "invalid.found-early" : null
}
