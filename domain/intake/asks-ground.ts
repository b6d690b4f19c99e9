import { GROUNDS, LEGAL_BASES } from "@/domain/vocabulary/grounds"
import type { Term } from "@/domain/vocabulary/term"
import { codes, terms, begins, planned, ownEnds, supplierLike, publishes, isWeighed } from "./conditions"
import type { Question } from "./question"

/** On which ground it goes: chapter 5 of the intake. */
export const GROUND: readonly Question[] = [
  {
    ...{ id: "5.1", block: "5", who: ["dpo", "legal"], need: "blocks", clauses: ["S-III.B-0"] },
    when: (of) => supplierLike(of) && ownEnds(of),
    ...{ shape: { is: "one", options: terms(GROUNDS) }, drives: ["sharing.grounds"] },
  },
  {
    ...{ id: "5.2", block: "5", who: ["dpo"], need: "blocks", clauses: ["S-III.B-1.1", "PIPL-13"] },
    when: (of) => (supplierLike(of) && ownEnds(of) && of.code("5.1") === "consent") || (planned(of) && publishes(of)),
    ...{ shape: { is: "pick", of: "consent" }, drives: ["sharing.grounds.consentId"] },
  },
  {
    ...{ id: "5.3", block: "5", who: ["legal"], need: "blocks", clauses: ["S-III.B-0"] },
    when: (of) => planned(of) && (begins("authority")(of) || (ownEnds(of) && of.code("5.1") === "statute")),
    ...{ shape: { is: "text", most: 1000 }, drives: ["sharing.grounds.citation", "demand.citation"] },
  },
  {
    ...{ id: "5.3a", block: "5", who: ["requester"], need: "blocks", clauses: ["S-III.B-2.1"] },
    when: (of) => planned(of) && begins("authority")(of),
    ...{ shape: { is: "text", most: 300 }, drives: ["demand.askedBy"] },
  },
  {
    ...{ id: "5.3b", block: "5", who: ["requester", "legal"], need: "blocks", clauses: ["S-III.B-2.1"] },
    when: (of) => planned(of) && begins("authority")(of),
    ...{ shape: { is: "one", options: codes("yes", "no") }, drives: ["demand.powerChecked"] },
  },
  {
    ...{ id: "5.3c", block: "5", who: ["requester"], need: "warns", clauses: ["S-III.B-2.2"] },
    when: (of) => planned(of) && begins("authority")(of),
    ...{ shape: { is: "text", most: 2000 }, drives: ["demand.given"] },
  },
  {
    ...{ id: "5.3d", block: "5", who: ["requester", "legal"], need: "warns", clauses: ["GDPR-13.1.e"] },
    when: (of) => planned(of) && begins("authority")(of),
    ...{ shape: { is: "one", options: codes("may-tell", "secret") }, drives: ["demand.secrecy"] },
  },
  {
    ...{ id: "5.3e", block: "5", who: ["requester"], need: "blocks", clauses: ["S-III.B-2.2"] },
    when: (of) => planned(of) && begins("authority")(of),
    ...{ shape: { is: "day" }, drives: ["demand.answerOn"] },
  },
  {
    ...{ id: "5.3f", block: "5", who: ["requester"], need: "blocks", clauses: ["S-III.B-2.2"] },
    when: (of) => planned(of) && begins("authority")(of) && of.state("5.3e") === "known",
    ...{ shape: { is: "one", options: codes("no", "yes") }, drives: ["stages"] },
  },
  {
    ...{ id: "5.3g", block: "5", who: ["legal"], need: "warns", clauses: [], handling: true },
    when: (of) => planned(of) && begins("authority")(of),
    ...{ shape: { is: "text", most: 200 }, drives: ["demand.docket"] },
  },
  {
    ...{ id: "5.4", block: "5", who: ["dpo"], need: "blocks", clauses: ["GDPR-6.1"] },
    when: planned,
    shape: {
      is: "many",
      options: terms((LEGAL_BASES as readonly Term[]).filter((term) => !term.code.startsWith("eu.9.2."))),
      most: 10,
    },
    drives: ["sharing.bases"],
  },
  {
    ...{ id: "5.4a", block: "5", who: ["dpo"], need: "warns", clauses: ["GDPR-6.1"] },
    when: (of) => planned(of) && of.codes("5.4").some(isWeighed),
    ...{ shape: { is: "text", most: 1000 }, drives: ["sharing.bases.evidence"] },
  },
  {
    ...{ id: "5.5", block: "5", who: ["dpo"], need: "optional", clauses: ["GDPR-13.1.e"] },
    ...{ when: planned, shape: { is: "one", options: codes("yes", "no") }, drives: ["kept"] },
  },
]
