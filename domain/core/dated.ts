import { addDays, type Day } from "./day"
import type { Stretch } from "./stretch"

/**
 * A line inside a version with its own first and last day, both inclusive as people type them;
 * null means: since the beginning of its record, or until further notice.
 */
export type Dated<T> = T & { firstOn: Day | null; lastOn: Day | null }

/** The half-open stretch of a dated line (last day + 1). */
export function stretchOf(line: { firstOn: Day | null; lastOn: Day | null }): Stretch {
  return { from: line.firstOn, to: line.lastOn === null ? null : addDays(line.lastOn, 1) }
}
