import type { Clause } from "@/domain/checks/types"
import { clause, STATEMENT_BEGINS } from "./clause"

const from = { effectiveFrom: STATEMENT_BEGINS, source: "domain handbook, 7" }

/** Questions that neither the statement nor a law asks in so many words, and every reviewer does. */
export const HOUSE_CLAUSES: readonly Clause[] = [
  clause(
    {
      id: "H-INFER",
      title: "What can be concluded",
      duty: "It is known whether health, belief, orientation or the like can be concluded from the data.",
      remedy: "Answer the question; yes counts as special category.",
      severity: "warning",
      check: "asked",
      params: { field: "inferable", says: "H-INFER" },
    },
    from,
  ),
  clause(
    {
      id: "H-ONWARD",
      title: "What the recipient may do next",
      duty: "It is known whether a recipient may pass data on, and to whom.",
      remedy: "Say whether passing on is forbidden or allowed, and to whom.",
      severity: "warning",
      check: "asked",
      params: { mode: "share", field: "onward", says: "H-ONWARD" },
    },
    from,
  ),
]
