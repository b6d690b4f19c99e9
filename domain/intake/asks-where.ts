import { MECHANISMS } from "@/domain/vocabulary/mechanisms"
import { codes, terms, begins, planned, forUs, foreign, supplierLike, byClauses, byModules, proven } from "./conditions"
import type { Question } from "./question"

/** Where the data is, and what safeguards it there: chapter 6 of the intake. */
export const WHERE: readonly Question[] = [
  {
    ...{ id: "6.1", block: "6", who: ["requester", "supplier"], need: "blocks", clauses: ["S-VIII-1"] },
    when: (of) => planned(of) && !begins("publish")(of),
    ...{ shape: { is: "countries" }, drives: ["sharing.destinations"] },
  },
  {
    ...{ id: "6.1a", block: "6", who: ["requester", "supplier"], need: "blocks", clauses: ["S-VIII-1"] },
    when: (of) => planned(of) && !begins("publish", "authority", "merger")(of),
    ...{ shape: { is: "countries" }, drives: ["sharing.destinations"] },
  },
  {
    ...{ id: "6.2", block: "6", who: ["legal", "dpo"], need: "blocks", clauses: ["S-VIII-2"] },
    when: (of) => planned(of) && foreign(of),
    ...{ shape: { is: "each", options: terms(MECHANISMS) }, drives: ["sharing.destinations.mechanisms"] },
  },
  {
    ...{ id: "6.2a", block: "6", who: ["legal", "dpo"], need: "warns", clauses: ["SCC-914-MOD"] },
    when: (of) => planned(of) && foreign(of) && byModules(of),
    ...{ shape: { is: "one", options: codes("1", "2", "3", "4") }, drives: ["sharing.destinations.mechanisms.module"] },
  },
  {
    ...{ id: "6.2b", block: "6", who: ["legal", "dpo"], need: "warns", clauses: ["S-VIII-2", "GDPR-46"] },
    when: (of) => planned(of) && foreign(of) && proven(of),
    ...{ shape: { is: "text", most: 1000 }, drives: ["sharing.destinations.mechanisms.evidence"] },
  },
  {
    ...{ id: "6.2c", block: "6", who: ["legal", "dpo"], need: "optional", clauses: ["GDPR-46"], orNot: true },
    when: (of) => planned(of) && foreign(of) && proven(of),
    ...{ shape: { is: "day" }, drives: ["sharing.destinations.mechanisms.lastOn"] },
  },
  {
    ...{ id: "6.3", block: "6", who: ["dpo"], need: "warns", clauses: ["S-VIII-2", "GDPR-46-TIA"] },
    when: (of) => planned(of) && foreign(of) && byClauses(of),
    ...{ shape: { is: "one", options: codes("equivalent", "not-equivalent") }, drives: ["assessment.tia"] },
  },
  {
    ...{ id: "6.3a", block: "6", who: ["dpo"], need: "warns", clauses: ["S-VIII-2", "GDPR-46-TIA"] },
    when: (of) => planned(of) && foreign(of) && of.state("6.3") === "known",
    ...{ shape: { is: "day" }, drives: ["assessment.validUntil"] },
  },
  {
    ...{ id: "6.3b", block: "6", who: ["dpo"], need: "optional", clauses: ["GDPR-46-TIA"] },
    when: (of) => planned(of) && foreign(of) && of.state("6.3") === "known",
    ...{ shape: { is: "text", most: 2000 }, drives: ["assessment.summary"] },
  },
  {
    ...{ id: "6.4", block: "6", who: ["supplier", "procurement"], need: "warns", clauses: ["H-ONWARD"] },
    when: (of) => supplierLike(of) && forUs(of),
    ...{ shape: { is: "text", most: 1000 }, drives: ["sharing.onward"] },
  },
  {
    ...{ id: "6.4a", block: "6", who: ["procurement", "legal"], need: "warns", clauses: ["GDPR-28.2"] },
    when: (of) => supplierLike(of) && forUs(of),
    ...{ shape: { is: "one", options: codes("each-asked", "told-first", "nobody") }, drives: ["sharing.onward"] },
  },
]
