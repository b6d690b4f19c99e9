import type { Day } from "@/domain/core/day"
import { intersect, subtract, union, type Stretch } from "@/domain/core/stretch"
import type { Ruled } from "@/domain/checks/run"
import type { Ruling, Verdict } from "@/domain/checks/types"

/** What one clause says of a record, on its legal days; on all other days it does not apply. The three never overlap. */
export type Verdicts = { clause: string; evidenced: Stretch[]; notEvidenced: Stretch[]; unknown: Stretch[] }

/** The verdicts of every clause that bites at approval and applies to the record on some day. */
export function verdictsOf(ruled: readonly Ruled[]): Verdicts[] {
  const out: Verdicts[] = []
  for (const { clause, rulings } of ruled) {
    if (clause.bitesOn !== "approval") continue
    const kept = daysWith(rulings, "kept")
    const broken = daysWith(rulings, "broken")
    const open = daysWith(rulings, "unknown")
    if (kept.length + broken.length + open.length === 0) continue
    const legal: Stretch[] = [{ from: clause.effectiveFrom, to: clause.effectiveTo }]
    const days = (of: Stretch[]): Stretch[] => (of.length === 0 ? of : intersect(union(of), legal))
    // A day on which one thing is wrong and another not known is not evidenced.
    const notEvidenced = days(broken)
    const unknown = open.length === 0 ? open : subtract(days(open), notEvidenced)
    const wrong = notEvidenced.length + unknown.length > 0
    const evidenced = wrong ? subtract(days(kept), union(notEvidenced, unknown)) : days(kept)
    if (evidenced.length > 0 || wrong) out.push({ clause: clause.id, evidenced, notEvidenced, unknown })
  }
  return out
}

const NONE: Stretch[] = []

/** The days of a verdict; mostly there are none, and nothing is made. */
function daysWith(rulings: readonly Ruling[], verdict: Verdict): Stretch[] {
  let days = NONE
  for (const ruling of rulings) {
    if (ruling.verdict !== verdict) continue
    if (days === NONE) days = []
    days.push({ from: ruling.from, to: ruling.to })
  }
  return days
}

/** The day on which one record's verdict on a clause begins (+1) or ends (-1); null: before any day. */
export type Turn = readonly [clause: string, verdict: VerdictCode, on: Day | null, n: 1 | -1]

/** `e` evidenced, `n` not evidenced, `u` unknown. */
export type VerdictCode = "e" | "n" | "u"

/**
 * The verdicts as turns: summed over all records up to a day they say how many records keep each clause on that day. So
 * the board is a sum, and only what turned has to be written when a record changes.
 */
export function turnsOf(verdicts: readonly Verdicts[]): Turn[] {
  const out: Turn[] = []
  const add = (clause: string, code: VerdictCode, stretches: readonly Stretch[]): void => {
    for (const days of stretches) {
      out.push([clause, code, days.from, 1])
      if (days.to !== null) out.push([clause, code, days.to, -1])
    }
  }
  for (const one of verdicts) {
    add(one.clause, "e", one.evidenced)
    add(one.clause, "n", one.notEvidenced)
    add(one.clause, "u", one.unknown)
  }
  return out
}

/** How many records each clause is evidenced, not evidenced and unknown for. */
export type Counts = Record<VerdictCode, number>

/** The turns up to the day, that day included, summed by clause. */
export function countsOn(turns: readonly Turn[], on: Day): Map<string, Counts> {
  const out = new Map<string, Counts>()
  for (const [clause, code, day, n] of turns) {
    if (day !== null && day > on) continue
    const counts = out.get(clause) ?? { e: 0, n: 0, u: 0 }
    counts[code] += n
    out.set(clause, counts)
  }
  return out
}
