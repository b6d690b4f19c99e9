import { PURPOSES } from "@/domain/vocabulary/purposes"
import { codes, terms, begins, flow, isNewParty, asksParty, MOST_PURPOSES, found } from "./conditions"
import { BEGINNINGS, type Question } from "./question"

/** What somebody wants to do, and whether personal data is involved at all: chapters 1 and 2 of the intake. */
export const WHAT: readonly Question[] = [
  {
    ...{ id: "1.1", block: "1", who: ["requester"], need: "blocks", clauses: [], handling: true },
    ...{ when: () => true, shape: { is: "one", options: codes(...BEGINNINGS) }, drives: ["stages"] },
  },
  {
    ...{ id: "1.2", block: "1", who: ["requester"], need: "blocks", clauses: ["S-III.A-1"] },
    ...{ when: flow, shape: { is: "pick", of: "entity" }, drives: ["sharing.entityId"] },
  },
  {
    ...{ id: "1.3", block: "1", who: ["requester"], need: "blocks", clauses: ["S-III.B-4.0"] },
    ...{ when: asksParty, shape: { is: "party" }, drives: ["party.legalName", "sharing.partyId"] },
  },
  {
    ...{ id: "1.3a", block: "1", who: ["requester"], need: "blocks", clauses: [], handling: true },
    ...{ when: begins("more-data", "end"), shape: { is: "pick", of: "sharing" }, drives: ["sharing"] },
  },
  {
    ...{ id: "1.3b", block: "1", who: ["requester"], need: "blocks", clauses: ["S-III.A-2"] },
    ...{ when: begins("renew"), shape: { is: "pick", of: "agreement" }, drives: ["agreement"] },
  },
  {
    ...{ id: "1.3c", block: "1", who: ["procurement", "supplier"], need: "warns", clauses: ["S-VIII-1"] },
    ...{ when: isNewParty, shape: { is: "countries" }, drives: ["party.country"] },
  },
  {
    ...{ id: "1.3d", block: "1", who: ["procurement", "supplier"], need: "optional", clauses: [], handling: true },
    ...{ when: isNewParty, shape: { is: "text", most: 500 }, drives: ["party.website"] },
  },
  {
    ...{ id: "1.3e", block: "1", who: ["procurement", "supplier"], need: "optional", clauses: [], handling: true },
    ...{ when: isNewParty, shape: { is: "text", most: 100 }, drives: ["party.identifiers"] },
  },
  {
    ...{ id: "1.4", block: "1", who: ["requester"], need: "blocks", clauses: ["S-I.B-1"] },
    ...{ when: (of) => flow(of) || begins("more-data")(of), shape: { is: "text", most: 2000 } },
    drives: ["sharing.purposeText", "sharing.title"],
  },
  {
    ...{ id: "1.4a", block: "1", who: ["requester"], need: "warns", clauses: [], handling: true },
    when: begins("new-supplier", "more-data", "affiliate", "merger", "publish"),
    ...{ shape: { is: "day", future: true }, drives: ["sharing.startsOn"] },
  },
  {
    ...{ id: "1.4b", block: "1", who: ["requester"], need: "blocks", clauses: ["S-I.B-1"] },
    when: begins("new-supplier", "more-data", "affiliate", "publish", "running"),
    ...{ shape: { is: "many", options: terms(PURPOSES), most: MOST_PURPOSES }, drives: ["sharing.purposes"] },
  },
  {
    ...{ id: "1.5", block: "1", who: ["requester"], need: "optional", clauses: [], handling: true },
    ...{ when: begins("new-supplier"), shape: { is: "one", options: codes("yes", "no") }, drives: ["advice"] },
  },
  {
    ...{ id: "1.6", block: "1", who: ["requester"], need: "blocks", clauses: [], handling: true },
    ...{ when: begins("running"), shape: { is: "day", past: true, found: true }, drives: ["sharing.startsOn"] },
  },
  {
    ...{ id: "1.7", block: "1", who: ["requester"], need: "blocks", clauses: [], handling: true },
    ...{ when: begins("running"), shape: { is: "text", most: 1000 }, drives: ["sharing.foundHow"] },
  },
  {
    ...{ id: "1.8", block: "1", who: ["requester"], need: "warns", clauses: [], handling: true },
    ...{ when: begins("running"), shape: { is: "text", most: 200 }, drives: ["sharing.foundAllowedBy"] },
  },
  {
    ...{ id: "2.1", block: "2", who: ["requester"], need: "blocks", clauses: ["GDPR-30.1"] },
    ...{
      when: (of) => flow(of) && !found(of),
      shape: { is: "one", options: codes("yes", "deidentified", "no") },
      drives: ["party.dataDecision"],
    },
  },
  {
    ...{ id: "2.2", block: "2", who: ["requester", "dpo"], need: "warns", clauses: ["S-III.E-7"] },
    when: (of) => flow(of) && !found(of) && of.code("2.1") === "deidentified",
    ...{ shape: { is: "text", most: 2000 }, drives: ["sharing.deidentification"] },
  },
  {
    ...{ id: "2.3", block: "2", who: ["requester"], need: "blocks", clauses: ["GDPR-30.1"] },
    when: (of) => flow(of) && !found(of) && of.code("2.1") === "no",
    ...{ shape: { is: "text", most: 2000 }, drives: ["party.noDataReason"] },
  },
]
