import type { RecordKind } from "@/domain/records/kinds"
import { UNASKED } from "@/domain/records/unasked"

/** A part of a form: what stands open, and what is folded until it is answered. `says` is a key of the catalogue. */
export type FormSection = { says: string; first: readonly string[]; more: readonly string[] }

/** The questions of each kind of record, in the order in which a person thinks of them. */
export const FORM_SECTIONS: Record<RecordKind, readonly FormSection[]> = {
  party: [
    {
      says: "section.who",
      first: ["legalName", "country", "website"],
      more: ["latinName", "otherNames", "identifiers"],
    },
    { says: "section.to-us", first: ["kinds", "subKind"], more: ["groupLinks", "conditions", "changes"] },
    { says: "section.data-at-all", first: ["dataDecision"], more: ["noDataReason", "noDataReviewOn", "risk"] },
    { says: "section.reach", first: ["contacts"], more: ["hosts", "notes", "tags"] },
  ],
  sharing: [
    {
      says: "section.flow",
      first: ["entityId", "partyId", "mode", "role", "title"],
      more: ["products", "succeeds", "parentId", "client", "packLines"],
    },
    { says: "section.purpose", first: ["purposes", "purposeText", "ownPurpose"], more: ["optOutRoute"] },
    {
      says: "section.data",
      first: ["dataLines", "subjects", "inferable"],
      more: ["whyNotLess", "dataForm", "deidentification", "peopleCount", "sensitiveCount", "minors", "source"],
    },
    { says: "section.ground", first: ["grounds", "bases"], more: ["consentIds", "noticeId", "missingPaperReason"] },
    { says: "section.where", first: ["destinations"], more: ["publishedAt"] },
    {
      says: "section.kept",
      first: ["retention", "measures"],
      more: ["accessWho", "frequency", "channel", "permission", "signalTestedOn"],
    },
    { says: "section.onward", first: ["onward"], more: ["automatedDecisions", "internalRecipients"] },
    {
      says: "section.days",
      first: ["startsOn", "endsOn"],
      more: [
        ...[
          "transferSet",
          "saleNoticeOn",
          "objectionWeeks",
          "owner",
          "dueOn",
          "foundHow",
          "foundAllowedBy",
          "isBreach",
        ],
        ...["deletionDue", "deletionProof", "deletionReport", "notes", "tags"],
      ],
    },
  ],
  agreement: [
    {
      says: "section.paper",
      first: ["entityId", "partyId", "kind", "title"],
      more: [
        ...["reference", "furtherEntities", "furtherParties", "amends", "changes", "replaces", "parentId"],
        ...["governingLaw", "missingReason"],
      ],
    },
    { says: "section.file", first: ["files", "knownHow"], more: [] },
    { says: "section.signed", first: ["signing", "signatories"], more: ["online"] },
    {
      says: "section.term",
      first: ["effectOn", "endsOn", "renewal"],
      more: [
        ...["initialMonths", "renewalsMost", "noticeOurs", "noticeTheirs", "noticeCounts", "noticeForm"],
        ...[
          "noticeAddress",
          "noticeGivenOn",
          "noticeGivenBy",
          "terminatedOn",
          "owner",
          "objectionDays",
          "deletionDays",
        ],
      ],
    },
    { says: "section.obligations", first: [], more: ["obligations"] },
    { says: "section.clauses", first: ["checklist"], more: [] },
    { says: "section.covers", first: ["covers"], more: ["notes", "tags"] },
  ],
  assessment: [
    { says: "section.what", first: ["kind", "partyId", "title"], more: ["sharingId"] },
    {
      says: "section.result",
      first: ["outcome", "risk", "doneOn", "validUntil", "summary"],
      more: ["parts", "keptUntil", "doneBy", "files", "tags"],
    },
  ],
  consent: [
    { says: "section.what", first: ["entityId", "title"], more: [] },
    { says: "section.wording", first: ["wording", "wordingVersion", "captureMethod"], more: ["medium"] },
    {
      says: "section.reaches",
      first: ["about", "parties", "purposes", "dataKinds"],
      more: ["separate"],
    },
    { says: "section.days", first: ["firstOn"], more: [] },
  ],
  notice: [
    { says: "section.what", first: ["entityId", "title", "version", "effectOn"], more: [] },
    { says: "section.says", first: ["dataKinds", "recipientKinds"], more: ["items"] },
  ],
  demand: [
    {
      says: "section.what",
      first: ["entityId", "partyId", "title", "askedBy", "powerChecked", "citation", "docket"],
      more: [],
    },
    { says: "section.days", first: ["servedOn", "answerOn"], more: [] },
    { says: "section.data", first: ["dataKinds", "given", "secrecy"], more: [] },
  ],
  chain: [
    { says: "section.what", first: ["sharingId", "partyId", "engagedBy", "rank", "title", "task"], more: [] },
    { says: "section.where", first: ["countries"], more: [] },
    { says: "section.days", first: ["firstOn"], more: [] },
  ],
  // A pack has a form of its own: clause by clause.
  pack: [
    { says: "section.text", first: ["title", "pack", "version", "replaces", "effectiveFrom"], more: [] },
    { says: "section.scope", first: ["entities", "products", "subjects"], more: ["regimes"] },
    { says: "section.text-clauses", first: ["clauses"], more: ["facts", "tags"] },
  ],
}

/** The sections of a kind with every field of it in one of them: what no section names is folded into the last. */
export function sectionsOf(kind: RecordKind, fields: readonly string[]): FormSection[] {
  const asked = fields.filter((name) => !UNASKED.has(name))
  const named = new Set(FORM_SECTIONS[kind].flatMap((section) => [...section.first, ...section.more]))
  const left = asked.filter((name) => !named.has(name))
  const known = (names: readonly string[]): string[] => names.filter((name) => asked.includes(name))
  return FORM_SECTIONS[kind].map((section, i) => ({
    says: section.says,
    first: known(section.first),
    more: [...known(section.more), ...(i === FORM_SECTIONS[kind].length - 1 ? left : [])],
  }))
}
