import { addDays, type Day } from "@/domain/core/day"

/** Whether a day lies in a `datemultirange` as PostgreSQL writes it: `{[2026-01-01,2026-02-01),[2026-03-01,)}`. */
export function inMultirange(text: string, day: string): boolean {
  return [...text.matchAll(/\[([\d-]*),([\d-]*)\)/g)].some(
    ([, from = "", to = ""]) => (from === "" || from <= day) && (to === "" || day < to),
  )
}

/** `coverageThen`: how it stood by the judgement of an instant, where the row is read as of one. */
type Covered = { standing: string; coverage: string | null; startsOn: string | null; coverageThen?: string | null }

/**
 * How a sharing stands on the day by what was judged, as the facet counts it; without a judgement it is unchecked. Covered
 * that day and no longer 90 days on is expiring.
 */
export function coverageOn(row: Covered, day: string): string {
  if (row.coverageThen) return row.coverageThen
  if (row.standing === "ended") return "ended"
  if (row.coverage === null) return "unchecked"
  if (row.startsOn && row.startsOn > day) return "not-begun"
  if (!inMultirange(row.coverage, day)) return "gap"
  return inMultirange(row.coverage, addDays(day as Day, 90)) ? "covered" : "expiring"
}

type Paper = { standing: string; signed: boolean; effectOn: string | null; endsOn: string | null }

/** How a paper stands on the day, as the facet counts it: it expires within 90 days. */
export function paperOn(row: Paper, day: string): string {
  if (row.standing === "ended") return "ended"
  if (!row.signed) return "unsigned"
  if (!row.effectOn) return "undated"
  if (row.effectOn > day) return "not-begun"
  if (!row.endsOn) return "in-effect"
  if (row.endsOn < day) return "lapsed"
  return row.endsOn < addDays(day as Day, 90) ? "expiring" : "in-effect"
}
