import type { Day } from "@/domain/core/day"
import type { Cause, Coverage } from "./coverage"

/** A piece of a gap as lists keep it: `sinceOn` is the first day of the whole uncovered stretch that it belongs to. */
export type GapLine = { sinceOn: Day | null; fromOn: Day | null; untilOn: Day | null; causes: string[] }

/** What a cause is listed and filtered by: `ground`, `paper.processing`, `mechanism.US`, `basis.EU`, `rules.KR`. */
export function causeCode(cause: Cause): string {
  if (cause.what === "ground") return "ground"
  if (cause.what === "paper") return `paper.${cause.kind}`
  if (cause.what === "mechanism") return `mechanism.${cause.country}`
  return `${cause.what}.${cause.regime}`
}

/** The gaps of a sharing, each piece with its causes by code and with the day since which nothing was covered. */
export function gapLinesOf(coverage: Coverage): GapLine[] {
  const lines: GapLine[] = []
  for (const gap of coverage.gaps) {
    const before = lines[lines.length - 1]
    const goesOn = before !== undefined && before.untilOn !== null && before.untilOn === gap.from
    lines.push({
      sinceOn: goesOn ? before.sinceOn : gap.from,
      fromOn: gap.from,
      untilOn: gap.to,
      causes: [...new Set(gap.causes.map(causeCode))].sort(),
    })
  }
  return lines
}
