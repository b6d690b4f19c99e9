import type { OwnClause } from "@/domain/records/own-pack"

export const CLAUSE_CHANGES = ["new", "reworded", "asked-otherwise", "retired", "same"] as const
export type ClauseChange = {
  id: string
  change: (typeof CLAUSE_CHANGES)[number]
  /** As it counts now; null: it is new. */
  before: OwnClause | null
  /** As it is proposed; null: it is retired. */
  after: OwnClause | null
}

/** Clause by clause what another version changes: words alone, or what is asked and how grave it is. */
export function clauseChanges(before: readonly OwnClause[], after: readonly OwnClause[]): ClauseChange[] {
  const ids = [...new Set([...before, ...after].map((clause) => clause.id))].sort()
  return ids.map((id) => {
    const was = before.find((clause) => clause.id === id) ?? null
    const is = after.find((clause) => clause.id === id) ?? null
    return { id, change: changeOf(was, is), before: was, after: is }
  })
}

const WORDS = ["title", "duty", "remedy", "source", "certainty"] as const
const ASKED = ["severity", "bitesOn", "check", "params", "effectiveFrom", "effectiveTo"] as const

function changeOf(was: OwnClause | null, is: OwnClause | null): ClauseChange["change"] {
  if (!was) return "new"
  if (!is) return "retired"
  if (ASKED.some((field) => was[field] !== is[field])) return "asked-otherwise"
  return WORDS.some((field) => was[field] !== is[field]) ? "reworded" : "same"
}
