import type { How, Landed } from "@/domain/reconcile/reconcile"

/** What the register says of a line of another list. A name that is only like one is no answer: it is offered beside. */
export const VERDICTS = ["registered", "no-personal-data", "undecided", "unknown"] as const
export type Verdict = (typeof VERDICTS)[number]

export type Checked = {
  line: number
  verdict: Verdict
  /** The party that it is, or with *unknown* the one that it may be. */
  partyId: string | null
  how: How | null
  /** Of a similar name: how like it is, in a hundred. */
  likeness: number | null
}

const OF = {
  matched: "registered",
  negative: "no-personal-data",
  undecided: "undecided",
  unmatched: "unknown",
} as const

/** The answer for a line, from where it landed. A similar name is a guess, and so the line stays unknown. */
export function verdictOf({ line, group, partyId, how, by }: Landed): Checked {
  if (how !== "similar") return { line, verdict: OF[group], partyId, how, likeness: null }
  return { line, verdict: "unknown", partyId, how, likeness: Number(by) }
}

/** How many lines got each answer. */
export function verdictCounts(list: readonly Pick<Checked, "verdict">[]): Record<Verdict, number> {
  const counts = { registered: 0, "no-personal-data": 0, undecided: 0, unknown: 0 }
  for (const { verdict } of list) counts[verdict] += 1
  return counts
}
