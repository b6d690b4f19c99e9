import { clausesOn } from "@/domain/packs/in-force"
import type { Day } from "@/domain/core/day"
import type { Clause, Pack, Severity } from "@/domain/checks/types"
import type { Counts } from "./verdicts"

/** How a clause stands on a day. *Not looked at*: it bites later than at approval, or no record of ours shows it yet. */
export type ClauseState = "evidenced" | "not-evidenced" | "unknown" | "not-applicable" | "not-looked-at"

export type BoardLine = {
  pack: string
  version: string
  clause: Pick<Clause, "id" | "title" | "duty" | "remedy" | "severity" | "source" | "check" | "bitesOn">
  state: ClauseState
  counts: Counts
}

export const NONE: Counts = { e: 0, n: 0, u: 0 }

/** The state that the counts of records make: what is not evidenced outweighs what is not known, and both what is. */
export function stateOf(clause: Pick<Clause, "check" | "bitesOn">, counts: Counts): ClauseState {
  if (clause.check === null || clause.bitesOn !== "approval") return "not-looked-at"
  if (counts.n > 0) return "not-evidenced"
  if (counts.u > 0) return "unknown"
  return counts.e > 0 ? "evidenced" : "not-applicable"
}

/** Clause by clause of the packs that count on the day: how each stands by the counts. In the packs' own order. */
export function boardOf(counts: ReadonlyMap<string, Counts>, packs: readonly Pack[], on: Day): BoardLine[] {
  return clausesOn(packs, on).map(({ pack: { pack, version }, clause }) => {
    const found = counts.get(clause.id) ?? NONE
    return { pack, version, clause, state: stateOf(clause, found), counts: found }
  })
}

export type BoardSum = Record<ClauseState, number> & {
  /** Clauses not evidenced, by severity. */
  grave: Record<Severity, number>
}

/** How many clauses stand how. */
export function sumOf(lines: readonly BoardLine[]): BoardSum {
  const sum: BoardSum = {
    evidenced: 0,
    "not-evidenced": 0,
    unknown: 0,
    "not-applicable": 0,
    "not-looked-at": 0,
    grave: { blocking: 0, warning: 0, advice: 0 },
  }
  for (const line of lines) {
    sum[line.state] += 1
    if (line.state === "not-evidenced") sum.grave[line.clause.severity] += 1
  }
  return sum
}

/** Adds counts of the same clauses together. */
export function added(...all: readonly ReadonlyMap<string, Counts>[]): Map<string, Counts> {
  const out = new Map<string, Counts>()
  for (const counts of all)
    for (const [clause, { e, n, u }] of counts) {
      const had = out.get(clause) ?? NONE
      out.set(clause, { e: had.e + e, n: had.n + n, u: had.u + u })
    }
  return out
}
