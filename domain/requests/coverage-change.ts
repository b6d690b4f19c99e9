import { subtract } from "@/domain/core/stretch"
import type { Coverage } from "@/domain/coverage/coverage"

/**
 * What a request does to the days on which a sharing is covered. *New*: it is in the register only by this request.
 * *Unknown*: how it is covered today is being worked out. *Days*: its own days are others, and nothing else.
 */
export type CoverChange = "new" | "loses" | "both" | "gains" | "days" | "same" | "unknown"

/** In the order in which they are shown: what is lost first, what stays as it is last. */
export const COVER_CHANGES = [
  "loses",
  "both",
  "gains",
  "new",
  "days",
  "unknown",
  "same",
] as const satisfies CoverChange[]

/**
 * Holds the days that a sharing is covered now against those that it would be. Days that stop being its own days are not
 * lost: nothing flows on them. Days that become its own uncovered are.
 */
export function coverChange(created: boolean, before: Coverage | null, after: Coverage): CoverChange {
  if (created) return "new"
  if (before === null) return "unknown"
  const gaps = (coverage: Coverage) => subtract([...coverage.own], coverage.covered)
  const [lost, gained] = [subtract(gaps(after), gaps(before)), subtract(gaps(before), gaps(after))]
  const [fewer, more] = [lost.length > 0, gained.length > 0]
  if (fewer && more) return "both"
  if (fewer) return "loses"
  if (more) return "gains"
  const own = subtract([...before.own], after.own).length + subtract([...after.own], before.own).length
  return own > 0 ? "days" : "same"
}
