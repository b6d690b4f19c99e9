import { BLANK, known, NOT_APPLICABLE } from "@/domain/core/answer"
import type { Entity } from "@/domain/records/evidence"
import type { Party } from "@/domain/records/party"

/** A party as a person would first type it. */
export function typedParty(over: Partial<Party> = {}): Party {
  return {
    legalName: "Harbour Cloud Ltd",
    latinName: NOT_APPLICABLE,
    otherNames: [],
    country: known("IE"),
    kinds: [{ kind: "processor", firstOn: null, lastOn: null }],
    subKind: BLANK,
    identifiers: [],
    website: BLANK,
    hosts: [],
    groupLinks: [],
    changes: [],
    conditions: [],
    contacts: [{ task: "privacy", name: "Ada Example", email: "privacy@harbour.example", phone: "" }],
    risk: BLANK,
    dataDecision: "receives-data",
    noDataReason: BLANK,
    noDataReviewOn: BLANK,
    mergedInto: null,
    notes: known("Met at the fair."),
    tags: [],
    extra: [],
    restrictedTo: null,
    ...over,
  }
}

/** One of our own companies. */
export function typedEntity(over: Partial<Entity> = {}): Entity {
  return {
    legalName: "Lumen Cameras GmbH",
    country: "DE",
    zone: "Europe/Berlin",
    lei: BLANK,
    address: BLANK,
    representative: BLANK,
    dpo: BLANK,
    department: BLANK,
    regimes: [{ regime: "EU", firstOn: null, lastOn: null }],
    dpoDecides: false,
    mergeSeats: false,
    criticalOperator: false,
    ...over,
  }
}
