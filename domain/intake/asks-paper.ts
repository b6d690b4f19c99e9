import { AGREEMENT_KINDS } from "@/domain/vocabulary/agreements"
import { codes, terms, begins, planned, newPaper, papered, MONTHS, TERM_DAYS, forUs } from "./conditions"
import type { Question } from "./question"

/** Which paper covers it: chapter 7 of the intake. */
export const PAPER: readonly Question[] = [
  {
    ...{ id: "7.1", block: "7", who: ["procurement"], need: "blocks", clauses: ["S-III.A-2"] },
    when: (of) => planned(of) && !begins("publish", "authority")(of),
    ...{ shape: { is: "one", options: codes("existing", "ours", "theirs", "none-yet") }, drives: ["agreement"] },
  },
  {
    ...{ id: "7.1a", block: "7", who: ["procurement"], need: "blocks", clauses: ["S-III.A-2"] },
    when: (of) => planned(of) && of.code("7.1") === "existing",
    ...{ shape: { is: "pick", of: "agreement" }, drives: ["agreement.covers"] },
  },
  {
    ...{ id: "7.2", block: "7", who: ["procurement", "legal"], need: "blocks", clauses: ["S-III.A-2"] },
    when: (of) => planned(of) && newPaper(of),
    ...{ shape: { is: "one", options: terms(AGREEMENT_KINDS) }, drives: ["agreement.kind"] },
  },
  {
    ...{ id: "7.2a", block: "7", who: ["procurement", "legal"], need: "warns", clauses: ["S-III.A-2"] },
    when: (of) => planned(of) && newPaper(of),
    ...{ shape: { is: "text", most: 200 }, drives: ["agreement.signatories"] },
  },
  {
    ...{ id: "7.2b", block: "7", who: ["procurement", "legal"], need: "warns", clauses: ["GDPR-28.2"] },
    when: (of) => planned(of) && newPaper(of) && forUs(of),
    ...{ shape: { is: "one", options: codes(...TERM_DAYS) }, drives: ["agreement.objectionDays"] },
  },
  {
    ...{ id: "7.2c", block: "7", who: ["procurement", "legal"], need: "warns", clauses: ["GDPR-28.3.g-END"] },
    when: (of) => planned(of) && newPaper(of) && !begins("merger")(of),
    ...{ shape: { is: "one", options: codes(...TERM_DAYS) }, drives: ["agreement.deletionDays"] },
  },
  {
    ...{ id: "7.3", block: "7", who: ["procurement"], need: "warns", clauses: ["S-III.A-2"] },
    when: (of) => papered(of) && (begins("renew")(of) || of.state("7.2a") === "known"),
    ...{ shape: { is: "day", past: true }, drives: ["agreement.signatories.signedOn"] },
  },
  {
    ...{ id: "7.3a", block: "7", who: ["procurement"], need: "blocks", clauses: ["S-III.A-2"] },
    when: (of) => papered(of) && !begins("renew")(of),
    ...{ shape: { is: "day" }, drives: ["agreement.effectOn"] },
  },
  {
    ...{
      id: "7.3b",
      block: "7",
      who: ["procurement"],
      requesterIn: "renew",
      need: "blocks",
      clauses: ["S-III.A-2"],
      orNot: true,
    },
    ...{ when: papered, shape: { is: "day" }, drives: ["agreement.endsOn"] },
  },
  {
    ...{ id: "7.3c", block: "7", who: ["procurement"], requesterIn: "renew", need: "warns", clauses: ["S-III.A-2"] },
    ...{
      when: papered,
      shape: { is: "one", options: codes("never", "express", "tacit") },
      drives: ["agreement.renewal"],
    },
  },
  {
    ...{ id: "7.3d", block: "7", who: ["procurement"], requesterIn: "renew", need: "warns", clauses: ["S-III.A-2"] },
    when: (of) => papered(of) && ["express", "tacit"].includes(of.code("7.3c") ?? ""),
    ...{ shape: { is: "one", options: codes(...MONTHS) }, drives: ["agreement.renewal.months"] },
  },
  {
    ...{ id: "7.3e", block: "7", who: ["procurement"], requesterIn: "renew", need: "warns", clauses: ["S-III.A-2"] },
    when: (of) => papered(of) && ["express", "tacit"].includes(of.code("7.3c") ?? ""),
    ...{
      shape: { is: "one", options: codes("0", "1", "2", "3", "6", "12") },
      drives: ["agreement.renewal.noticeMonths"],
    },
  },
  {
    ...{ id: "7.3f", block: "7", who: ["procurement"], need: "optional", clauses: [], handling: true },
    when: (of) => papered(of) && ["express", "tacit"].includes(of.code("7.3c") ?? ""),
    ...{ shape: { is: "text", most: 1000 }, drives: ["agreement.noticeAddress"] },
  },
  {
    ...{ id: "7.5", block: "7", who: ["procurement"], need: "optional", clauses: [], handling: true },
    ...{ when: papered, shape: { is: "text", most: 100 }, drives: ["agreement.reference"] },
  },
]
