import { MEASURES } from "@/domain/vocabulary/measures"
import { codes, terms, begins, reaches, planned, delicate, forUs, ownEnds, supplierLike, KEPT_DAYS } from "./conditions"
import type { Question } from "./question"

/** Whether they are good enough, how long it runs and how it ends: chapters 8 and 9 of the intake. */
export const CARE: readonly Question[] = [
  {
    ...{ id: "8.1", block: "8", who: ["supplier", "procurement"], need: "blocks", clauses: ["S-IV-4.1"] },
    when: (of) => planned(of) && begins("new-supplier", "affiliate")(of),
    ...{ shape: { is: "text", most: 2000 }, drives: ["assessment.due-diligence"] },
  },
  {
    ...{ id: "8.1a", block: "8", who: ["supplier", "procurement"], need: "blocks", clauses: ["S-IV-4.1"] },
    when: (of) => planned(of) && begins("new-supplier", "affiliate")(of) && of.state("8.1") === "known",
    ...{ shape: { is: "day" }, drives: ["assessment.validUntil"] },
  },
  {
    ...{ id: "8.2", block: "8", who: ["supplier"], need: "blocks", clauses: ["S-IV-2", "S-IV-3", "GDPR-32"] },
    when: (of) => supplierLike(of) && forUs(of),
    ...{ shape: { is: "many", options: terms(MEASURES), most: 20 }, drives: ["sharing.measures"] },
  },
  {
    ...{ id: "8.3", block: "8", who: ["dpo"], need: "warns", clauses: ["S-IV-4.3", "GDPR-35"] },
    when: (of) => planned(of) && delicate(of),
    shape: { is: "one", options: codes("passed", "passed-with-conditions", "failed") },
    drives: ["assessment.pia"],
  },
  {
    ...{ id: "8.3a", block: "8", who: ["dpo"], need: "warns", clauses: ["S-IV-4.3"] },
    when: (of) => planned(of) && delicate(of) && of.state("8.3") === "known",
    ...{ shape: { is: "day" }, drives: ["assessment.validUntil"] },
  },
  {
    ...{ id: "8.4", block: "8", who: ["procurement", "dpo"], need: "optional", clauses: ["S-IV-4.2"] },
    when: (of) => supplierLike(of) && delicate(of),
    ...{ shape: { is: "day" }, drives: ["assessment.audit"] },
  },
  {
    ...{ id: "9.1", block: "9", who: ["requester"], need: "warns", clauses: ["S-IV-1.2"], orNot: true },
    when: (of) => begins("end")(of) || (planned(of) && !begins("merger")(of)),
    ...{ shape: { is: "day" }, drives: ["sharing.endsOn"] },
  },
  {
    ...{ id: "9.1a", block: "9", who: ["requester", "procurement"], need: "blocks", clauses: ["S-IV-1.2"] },
    when: (of) => planned(of) && !begins("publish", "merger")(of),
    ...{ shape: { is: "one", options: codes(...KEPT_DAYS) }, drives: ["sharing.retention.days"] },
  },
  {
    ...{ id: "9.1b", block: "9", who: ["procurement", "supplier"], need: "warns", clauses: ["S-IV-1.2"] },
    when: (of) => planned(of) && !begins("publish", "merger")(of),
    ...{ shape: { is: "text", most: 500 }, drives: ["sharing.retention.deletion"] },
  },
  {
    ...{ id: "9.1c", block: "9", who: ["requester", "procurement"], need: "warns", clauses: ["S-IV-1.2"] },
    ...{ when: begins("end"), shape: { is: "day" }, drives: ["sharing.deletionProof"] },
  },
  {
    ...{ id: "9.2", block: "9", who: ["requester"], need: "warns", clauses: [], handling: true },
    ...{ when: reaches, shape: { is: "text", most: 200 }, drives: ["sharing.owner"] },
  },
  {
    ...{ id: "9.2a", block: "9", who: ["requester"], need: "warns", clauses: [], handling: true },
    when: (of) => reaches(of) && (begins("running")(of) || (begins("authority")(of) && of.code("5.3f") === "yes")),
    ...{ shape: { is: "day", future: true }, drives: ["sharing.dueOn"] },
  },
  {
    ...{ id: "9.3", block: "9", who: ["requester"], need: "warns", clauses: [], handling: true },
    when: (of) => (supplierLike(of) && ownEnds(of)) || (planned(of) && begins("affiliate", "merger")(of)),
    ...{ shape: { is: "text", most: 1000 }, drives: ["sharing.notes"] },
  },
]
