import type { Clause, SharingFacts } from "./types"
import type { When } from "./when"

/** What may change around a flow while the rest of it stays: each is looked at by some checks only. */
export const PARTS = ["adequacy", "agreements", "assessments", "consents", "grounds", "bases", "destinations"] as const
export type Part = (typeof PARTS)[number]

const OF_CONSENT = ["chosenByPerson", "consentGiven", "consentNamesController", "consentShown", "guardianConsents"]
const PAPERED = ["annexesFilled", "bindingRules", "boundAlike", "chainAllowed", "clausesInTime", "confidentialityFirst"]

/**
 * Which checks look at a part of the facts. A check that is not named says the same whatever becomes of that part, so that
 * nobody need ask it again: a test asks every check without the part. Naming one too many costs time, no truth.
 */
export const LOOKS_AT: Readonly<Record<Part, readonly string[]>> = {
  adequacy: ["mechanismHolds"],
  agreements: [
    ...PAPERED,
    ...["actsForUs", "asked", "checklistComplete", "deIdentified", "derogationRare", "entrustPaper", "ictContract"],
    ...["inWriting", "itemsPointed", "mechanismHolds", "mechanismNamed", "moduleFits", "ownControllers", "paperBinds"],
    ...["paperThere", "partyAudited", "publishedByConsent", "publishedByLaw", "successorBound", "transferAssessed"],
    ...["trulyAffiliate", "vettedFor", "foreignOrder", "operatorAtHome", "supervised", "noOwnPurpose"],
    ...["retentionStated", "deletionProven", "signatureBorne", "signatureWhole", "signedShown"],
  ],
  assessments: [
    ...["assessmentHolds", "assessmentParts", "deIdentified", "mechanismHolds", "mechanismNamed", "partyAudited"],
    ...["partyVetted", "reviewedAfterChange", "transferAssessed", "vettedFor"],
    ...["basisNamed", "operatorAtHome", "supervised"],
  ],
  consents: [
    ...OF_CONSENT,
    ...["deviceAccess", "guardianUndone", "marketingByOptIn", "mechanismHolds", "mechanismNamed", "minorsProtected"],
    ...["permissionOptional", "publishedByConsent", "withdrawalStops", "withinConsent"],
  ],
  grounds: [
    ...OF_CONSENT,
    ...["announcedByNotice", "announcedPartner", "confidentialityFirst", "exceptionGrounded", "foreignOrder"],
    ...["groundNamed", "groundSays", "groundsListed", "lawCited", "marketingByOptIn", "necessityGiven"],
    ...["partnerFamilies", "publishedByConsent", "publishedByLaw", "purposeSpecific", "purposesAnnounced"],
    ...["reviewedSoon", "saleAnnounced", "statuteCited", "successorBound", "trulyAffiliate", "withdrawalStops"],
    ...["withinConsent", "withinDemand", "paperBinds", "reviewedAfterChange"],
  ],
  bases: [...OF_CONSENT, "basisNamed", "conditionNamed", "lawCited", "secondGround"],
  destinations: [
    ...["annexesFilled", "bindingRules", "clausesInTime", "derogationRare", "destinationsNamed", "foreignOrder"],
    ...["itemsPointed", "mechanismHolds", "mechanismNamed", "moduleFits", "neverThere", "noticeTells", "onlyThere"],
    ...["operatorAtHome", "paperThere", "transferAssessed"],
  ],
}

/** Whether what the clause says of a flow can change with the part: by its check, its condition or its fields. */
export function looksAt({ check, params }: Clause, part: Part): boolean {
  if (check === null) return false
  if (LOOKS_AT[part].includes(check)) return true
  const fields = params?.fields
  return (Array.isArray(fields) && fields.includes(part)) || asksFor(params?.when as When | undefined, part)
}

function asksFor(when: When | undefined, part: Part): boolean {
  if (!when) return false
  if (when.any?.some((one) => asksFor(one, part))) return true
  if (part === "grounds") return when.grounds !== undefined
  if (part === "bases") return when.bases !== undefined
  const places = [when.destinationKinds, when.abroad, when.mechanisms]
  return part === "destinations" && places.some((one) => one !== undefined)
}

/** The parts in which the facts of one flow differ; null: in something else too, so that everything has to be asked. */
export function changedParts(before: SharingFacts, after: SharingFacts): Part[] | null {
  if (before === after) return []
  const { sharing, agreements, assessments, consents, ...rest } = before
  for (const [name, was] of Object.entries(rest))
    if (!same(was, after[name as keyof typeof rest] as unknown)) return null
  // How a company stands in the whole register may be told on one side only.
  if (!same(before.bands, after.bands)) return null
  if (sharing.id !== after.sharing.id || sharing.standing !== after.sharing.standing) return null
  const parts: Part[] = []
  for (const [part, was] of Object.entries({ agreements, assessments, consents }))
    if (!same(was, after[part as "agreements"])) parts.push(part as Part)
  for (const name of Object.keys({ ...sharing.body, ...after.sharing.body }) as (keyof typeof sharing.body)[]) {
    if (sharing.body[name] === after.sharing.body[name]) continue
    if (name !== "grounds" && name !== "bases" && name !== "destinations") return null
    parts.push(name)
  }
  return parts
}

/** The same, or lists of the same. */
function same(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false
  return one.every((item, i) => item === other[i])
}
