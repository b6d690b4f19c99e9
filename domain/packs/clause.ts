import type { Clause } from "@/domain/checks/types"
import { day, type Day } from "@/domain/core/day"

/** A clause of a pack with what most of its clauses share filled in. */
export function clause(
  own: Pick<Clause, "id" | "title" | "duty" | "remedy" | "check"> & Partial<Clause>,
  shared: { effectiveFrom: Day; source: string },
): Clause {
  return {
    severity: "blocking",
    bitesOn: "approval",
    effectiveTo: null,
    certainty: "text read",
    ...shared,
    ...own,
  }
}

/** The day from which the statement's promises are looked at; days before it read "before the packs begin". */
export const STATEMENT_BEGINS = day("2018-01-01")
