import { AGREEMENT_KINDS } from "@/domain/vocabulary/agreements"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { GROUNDS, LEGAL_BASES } from "@/domain/vocabulary/grounds"
import { MEASURES } from "@/domain/vocabulary/measures"
import { MECHANISMS } from "@/domain/vocabulary/mechanisms"
import { PARTY_SUB_KINDS } from "@/domain/vocabulary/parties"
import { PURPOSES } from "@/domain/vocabulary/purposes"
import { CHANNELS, FREQUENCIES, MODES } from "@/domain/vocabulary/sharings"
import { SUBJECTS } from "@/domain/vocabulary/subjects"
import type { Term } from "@/domain/vocabulary/term"
import {
  codes,
  terms,
  begins,
  flow,
  reaches,
  planned,
  special,
  delicate,
  forUs,
  ownEnds,
  foreign,
  newPaper,
  papered,
  isNewParty,
  asksParty,
  supplierLike,
  MONTHS,
  BY_CLAUSES,
  publishes,
  KEPT_DAYS,
  MOST_PURPOSES,
  PEOPLE_RANGES,
  found,
} from "./conditions"
import { BEGINNINGS, type Question } from "./question"

/**
 * Every question there is, in its order: the intake table of the field notes. A condition reads earlier answers alone.
 * Whoever begins is asked what a requester can know; what others have to say is shown to them as still missing.
 */
export const QUESTIONS: readonly Question[] = [
  {
    ...{ id: "1.1", block: "1", who: ["requester"], need: "blocks", clauses: [] },
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
    ...{ id: "1.3a", block: "1", who: ["requester"], need: "blocks", clauses: [] },
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
    ...{ id: "1.3d", block: "1", who: ["procurement", "supplier"], need: "optional", clauses: [] },
    ...{ when: isNewParty, shape: { is: "text", most: 500 }, drives: ["party.website"] },
  },
  {
    ...{ id: "1.3e", block: "1", who: ["procurement", "supplier"], need: "optional", clauses: [] },
    ...{ when: isNewParty, shape: { is: "text", most: 100 }, drives: ["party.identifiers"] },
  },
  {
    ...{ id: "1.4", block: "1", who: ["requester"], need: "blocks", clauses: ["S-I.B-1"] },
    ...{ when: (of) => flow(of) || begins("more-data")(of), shape: { is: "text", most: 2000 } },
    drives: ["sharing.purposeText", "sharing.title"],
  },
  {
    ...{ id: "1.4a", block: "1", who: ["requester"], need: "warns", clauses: [] },
    when: begins("new-supplier", "more-data", "affiliate", "merger", "publish"),
    ...{ shape: { is: "day", future: true }, drives: ["sharing.startsOn"] },
  },
  {
    ...{ id: "1.4b", block: "1", who: ["requester"], need: "blocks", clauses: ["S-I.B-1"] },
    when: begins("new-supplier", "more-data", "affiliate", "publish", "running"),
    ...{ shape: { is: "many", options: terms(PURPOSES), most: MOST_PURPOSES }, drives: ["sharing.purposes"] },
  },
  {
    ...{ id: "1.5", block: "1", who: ["requester"], need: "optional", clauses: [] },
    ...{ when: begins("new-supplier"), shape: { is: "one", options: codes("yes", "no") }, drives: ["advice"] },
  },
  {
    ...{ id: "1.6", block: "1", who: ["requester"], need: "blocks", clauses: [] },
    ...{ when: begins("running"), shape: { is: "day", past: true, found: true }, drives: ["sharing.startsOn"] },
  },
  {
    ...{ id: "1.7", block: "1", who: ["requester"], need: "blocks", clauses: [] },
    ...{ when: begins("running"), shape: { is: "text", most: 1000 }, drives: ["sharing.foundHow"] },
  },
  {
    ...{ id: "1.8", block: "1", who: ["requester"], need: "warns", clauses: [] },
    ...{ when: begins("running"), shape: { is: "text", most: 200 }, drives: ["sharing.foundAllowedBy"] },
  },
  {
    ...{ id: "2.1", block: "2", who: ["requester"], need: "blocks", clauses: [] },
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
    ...{ id: "2.3", block: "2", who: ["requester"], need: "blocks", clauses: [] },
    when: (of) => flow(of) && !found(of) && of.code("2.1") === "no",
    ...{ shape: { is: "text", most: 2000 }, drives: ["party.noDataReason"] },
  },
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
    ...{ id: "3.3", block: "3", who: ["dpo"], need: "blocks", clauses: ["GDPR-6.1"] },
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
    ...{ id: "3.4a", block: "3", who: ["requester"], need: "warns", clauses: [] },
    when: (of) => planned(of) && !begins("authority", "merger")(of),
    ...{ shape: { is: "one", options: terms(FREQUENCIES) }, drives: ["sharing.frequency"] },
  },
  {
    ...{ id: "3.4b", block: "3", who: ["requester"], need: "warns", clauses: [] },
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
    ...{ id: "5.3a", block: "5", who: ["requester"], need: "blocks", clauses: [] },
    when: (of) => planned(of) && begins("authority")(of),
    ...{ shape: { is: "text", most: 300 }, drives: ["demand.askedBy"] },
  },
  {
    ...{ id: "5.3b", block: "5", who: ["requester", "legal"], need: "blocks", clauses: [] },
    when: (of) => planned(of) && begins("authority")(of),
    ...{ shape: { is: "one", options: codes("yes", "no") }, drives: ["demand.powerChecked"] },
  },
  {
    ...{ id: "5.3c", block: "5", who: ["requester"], need: "warns", clauses: [] },
    when: (of) => planned(of) && begins("authority")(of),
    ...{ shape: { is: "text", most: 2000 }, drives: ["demand.given"] },
  },
  {
    ...{ id: "5.3d", block: "5", who: ["requester", "legal"], need: "warns", clauses: [] },
    when: (of) => planned(of) && begins("authority")(of),
    ...{ shape: { is: "one", options: codes("may-tell", "secret") }, drives: ["demand.secrecy"] },
  },
  {
    ...{ id: "5.3e", block: "5", who: ["requester"], need: "blocks", clauses: [] },
    when: (of) => planned(of) && begins("authority")(of),
    ...{ shape: { is: "day" }, drives: ["demand.answerOn"] },
  },
  {
    ...{ id: "5.3f", block: "5", who: ["requester"], need: "blocks", clauses: [] },
    when: (of) => planned(of) && begins("authority")(of) && of.state("5.3e") === "known",
    ...{ shape: { is: "one", options: codes("no", "yes") }, drives: ["stages"] },
  },
  {
    ...{ id: "5.3g", block: "5", who: ["legal"], need: "warns", clauses: [] },
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
    ...{ id: "5.5", block: "5", who: ["dpo"], need: "optional", clauses: ["GDPR-13.1.e"] },
    ...{ when: planned, shape: { is: "one", options: codes("yes", "no") }, drives: ["kept"] },
  },
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
    ...{ shape: { is: "one", options: terms(MECHANISMS) }, drives: ["sharing.destinations.mechanisms"] },
  },
  {
    ...{ id: "6.3", block: "6", who: ["dpo"], need: "warns", clauses: ["S-VIII-2"] },
    when: (of) => planned(of) && foreign(of) && BY_CLAUSES.includes(of.code("6.2") ?? ""),
    ...{ shape: { is: "one", options: codes("equivalent", "not-equivalent") }, drives: ["assessment.tia"] },
  },
  {
    ...{ id: "6.3a", block: "6", who: ["dpo"], need: "warns", clauses: ["S-VIII-2"] },
    when: (of) => planned(of) && foreign(of) && of.state("6.3") === "known",
    ...{ shape: { is: "day" }, drives: ["assessment.validUntil"] },
  },
  {
    ...{ id: "6.4", block: "6", who: ["supplier", "procurement"], need: "warns", clauses: ["H-ONWARD"] },
    when: (of) => supplierLike(of) && forUs(of),
    ...{ shape: { is: "text", most: 1000 }, drives: ["sharing.onward"] },
  },
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
    ...{ id: "7.3", block: "7", who: ["procurement"], need: "warns", clauses: ["S-III.A-2"] },
    when: (of) => papered(of) && (begins("renew")(of) || of.state("7.2a") === "known"),
    ...{ shape: { is: "day", past: true }, drives: ["agreement.signatories.signedOn"] },
  },
  {
    ...{ id: "7.3a", block: "7", who: ["procurement"], need: "blocks", clauses: [] },
    when: (of) => papered(of) && !begins("renew")(of),
    ...{ shape: { is: "day" }, drives: ["agreement.effectOn"] },
  },
  {
    ...{ id: "7.3b", block: "7", who: ["procurement"], requesterIn: "renew", need: "blocks", clauses: [], orNot: true },
    ...{ when: papered, shape: { is: "day" }, drives: ["agreement.endsOn"] },
  },
  {
    ...{ id: "7.3c", block: "7", who: ["procurement"], requesterIn: "renew", need: "warns", clauses: [] },
    ...{
      when: papered,
      shape: { is: "one", options: codes("never", "express", "tacit") },
      drives: ["agreement.renewal"],
    },
  },
  {
    ...{ id: "7.3d", block: "7", who: ["procurement"], requesterIn: "renew", need: "warns", clauses: [] },
    when: (of) => papered(of) && ["express", "tacit"].includes(of.code("7.3c") ?? ""),
    ...{ shape: { is: "one", options: codes(...MONTHS) }, drives: ["agreement.renewal.months"] },
  },
  {
    ...{ id: "7.3e", block: "7", who: ["procurement"], requesterIn: "renew", need: "warns", clauses: [] },
    when: (of) => papered(of) && ["express", "tacit"].includes(of.code("7.3c") ?? ""),
    ...{
      shape: { is: "one", options: codes("0", "1", "2", "3", "6", "12") },
      drives: ["agreement.renewal.noticeMonths"],
    },
  },
  {
    ...{ id: "7.5", block: "7", who: ["procurement"], need: "optional", clauses: [] },
    ...{ when: papered, shape: { is: "text", most: 100 }, drives: ["agreement.reference"] },
  },
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
    ...{ id: "8.2", block: "8", who: ["supplier"], need: "blocks", clauses: ["S-IV-2", "S-IV-3"] },
    when: (of) => supplierLike(of) && forUs(of),
    ...{ shape: { is: "many", options: terms(MEASURES), most: 20 }, drives: ["sharing.measures"] },
  },
  {
    ...{ id: "8.3", block: "8", who: ["dpo"], need: "warns", clauses: ["S-IV-4.3"] },
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
    ...{ id: "9.2", block: "9", who: ["requester"], need: "warns", clauses: [] },
    ...{ when: reaches, shape: { is: "text", most: 200 }, drives: ["sharing.owner"] },
  },
  {
    ...{ id: "9.2a", block: "9", who: ["requester"], need: "warns", clauses: [] },
    when: (of) => reaches(of) && (begins("running")(of) || (begins("authority")(of) && of.code("5.3f") === "yes")),
    ...{ shape: { is: "day", future: true }, drives: ["sharing.dueOn"] },
  },
  {
    ...{ id: "9.3", block: "9", who: ["requester"], need: "warns", clauses: [] },
    when: (of) => (supplierLike(of) && ownEnds(of)) || (planned(of) && begins("affiliate", "merger")(of)),
    ...{ shape: { is: "text", most: 1000 }, drives: ["sharing.notes"] },
  },
]

const BY_ID = new Map(QUESTIONS.map((question) => [question.id, question]))

/** The question of an id, or undefined. */
export function questionOf(id: string): Question | undefined {
  return BY_ID.get(id)
}
