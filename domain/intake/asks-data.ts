import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { LEGAL_BASES } from "@/domain/vocabulary/grounds"
import { PARTY_SUB_KINDS } from "@/domain/vocabulary/parties"
import { CHANNELS, FREQUENCIES, MODES } from "@/domain/vocabulary/sharings"
import { SUBJECTS } from "@/domain/vocabulary/subjects"
import type { Term } from "@/domain/vocabulary/term"
import { codes, terms, begins, reaches, planned, special, supplierLike, PEOPLE_RANGES } from "./conditions"
import type { Question } from "./question"

/** Which data, whose, and who decides about it there: chapters 3 and 4 of the intake. */
export const DATA: readonly Question[] = [
  {
    ...{ id: "3.1", block: "3", who: ["requester"], need: "blocks", clauses: ["S-VI-2"] },
    when: reaches,
    ...{ shape: { is: "many", options: terms(SUBJECTS), most: 10 }, drives: ["sharing.subjects"] },
  },
  {
    ...{ id: "3.2", block: "3", who: ["requester"], need: "blocks", clauses: ["S-IV-1.1"] },
    when: (of) => reaches(of) || begins("more-data")(of),
    ...{ shape: { is: "many", options: terms(DATA_KINDS), most: 60 }, drives: ["sharing.dataLines"] },
  },
  {
    ...{ id: "3.2n", block: "3", who: ["requester"], need: "blocks", clauses: ["S-IV-1.1", "S-III.B-4.0.2"] },
    when: (of) => (planned(of) || begins("more-data")(of)) && of.codes("3.2").length > 0,
    ...{ shape: { is: "sentences" }, drives: ["sharing.dataLines.necessity"] },
  },
  {
    // Of data in which nobody can be recognised it is asked how that is made sure: less there is not.
    ...{ id: "3.2l", block: "3", who: ["requester"], need: "warns", clauses: ["GDPR-5.1.c"] },
    when: (of) =>
      ((planned(of) && of.code("2.1") !== "deidentified") || begins("more-data")(of)) && of.codes("3.2").length > 0,
    ...{ shape: { is: "text", most: 2000 }, drives: ["sharing.whyNotLess"] },
  },
  {
    ...{ id: "3.3", block: "3", who: ["dpo"], need: "blocks", clauses: ["GDPR-9"] },
    when: (of) => planned(of) && special(of),
    shape: {
      is: "one",
      options: terms((LEGAL_BASES as readonly Term[]).filter((term) => term.code.startsWith("eu.9.2."))),
    },
    drives: ["sharing.bases"],
  },
  {
    ...{ id: "3.4", block: "3", who: ["requester"], need: "warns", clauses: ["CAC-2024"] },
    ...{ when: planned, shape: { is: "one", options: codes(...PEOPLE_RANGES) }, drives: ["sharing.peopleCount"] },
  },
  {
    ...{ id: "3.4a", block: "3", who: ["requester"], need: "warns", clauses: [], handling: true },
    when: (of) => planned(of) && !begins("authority", "merger")(of),
    ...{ shape: { is: "one", options: terms(FREQUENCIES) }, drives: ["sharing.frequency"] },
  },
  {
    ...{ id: "3.4b", block: "3", who: ["requester"], need: "warns", clauses: ["GDPR-32"] },
    ...{ when: planned, shape: { is: "one", options: terms(CHANNELS) }, drives: ["sharing.channel"] },
  },
  {
    ...{ id: "4.1", block: "4", who: ["requester", "dpo"], need: "blocks", clauses: ["S-III.A-1", "S-III.B-0.2"] },
    when: (of) => reaches(of) && begins("new-supplier", "running")(of),
    shape: { is: "one", options: codes("for-us", "own-ends", "together") },
    drives: ["sharing.role", "sharing.mode", "sharing.ownPurpose"],
  },
  {
    ...{ id: "4.2", block: "4", who: ["dpo"], need: "optional", clauses: ["S-III.A-1"] },
    when: (of) => reaches(of) && begins("new-supplier", "running")(of),
    ...{ shape: { is: "one", options: terms(MODES) }, drives: ["sharing.mode", "stages"] },
  },
  {
    ...{ id: "4.3", block: "4", who: ["requester"], need: "warns", clauses: ["S-III.B-4.0"] },
    ...{ when: supplierLike, shape: { is: "one", options: terms(PARTY_SUB_KINDS) }, drives: ["party.subKind"] },
  },
]
