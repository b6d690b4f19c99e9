import { known, NOT_APPLICABLE } from "@/domain/core/answer"
import { addDays, day, dayIn } from "@/domain/core/day"
import { makeId, type Id, type IdKind } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import type { Agreement } from "@/domain/records/agreement"
import type { Assessment } from "@/domain/records/assessment"
import type { Consent, Demand, Notice } from "@/domain/records/evidence"
import { blankOf, FIELDS } from "@/domain/records/fields"
import type { Sharing } from "@/domain/records/sharing"
import { CHECKLISTS } from "@/domain/vocabulary/checklists"

/** An id that is the same in every run: the n-th of its kind. */
export function nthId<K extends IdKind>(kind: K, n: number): Id<K> {
  return makeId(kind, 1_700_000_000_000 + n, new Uint8Array(10).fill(n % 256))
}

export const OPEN = { firstOn: null, lastOn: null }
export const YEAR_BEGINS = day("2026-01-01")
/**
 * When what has to be looked at again was looked at last: on the first day of the present year (the old one still in its first
 * week, when the new year has not begun everywhere), so that no present finds it overdue.
 */
export const LOOKED_AT = day(`${addDays(dayIn("UTC", new Date().toISOString() as Instant), -7).slice(0, 4)}-01-01`)
/** The last day of these records unless a test says another: beyond every present. Stories of 2026: ./in-2026. */
export const FAR_ENDS = day("2099-12-31")

export type Between = { entityId: Id<"entity">; partyId: Id<"party"> }

/** An entrusted flow inside the Union that lacks nothing: hosting of account data since 2026. */
export function typedSharing(between: Between, over: Partial<Sharing> = {}): Sharing {
  return {
    ...(blankOf(FIELDS.sharing) as Sharing),
    ...between,
    mode: "entrust",
    title: "Hosting of accounts",
    role: known("processor"),
    purposes: known(["svc.infra"]),
    purposeText: known("Keeps the accounts of registered users on servers for us."),
    ownPurpose: known("no"),
    dataLines: known([aLine("acct.identifier"), aLine("device.id")]),
    dataForm: known("identified"),
    inferable: known("no"),
    subjects: known(["user"]),
    grounds: [],
    bases: [aBasis("eu.6.1.b")],
    destinations: known([{ country: "IE", kind: "storage", mechanisms: [], ...OPEN }]),
    frequency: known("continuous"),
    channel: known("api"),
    retention: known({ days: known(30), trigger: known("end of the account"), deletion: known("erased") }),
    measures: known(["transit.encryption", "storage.protection", "access.control", "backup", "pentest"]),
    onward: known({ allowed: false, toWhom: "" }),
    startsOn: known(YEAR_BEGINS),
    endsOn: known(FAR_ENDS),
    ...over,
  }
}

type Line = Extract<Sharing["dataLines"], { state: "known" }>["value"][number]

/** A kind of data with its necessity, looked at lately. */
export function aLine(kind: Line["kind"], over: Partial<Line> = {}): Line {
  return {
    kind,
    necessity: known("The service cannot tell users apart without it."),
    reviewedOn: known(LOOKED_AT),
    retentionDays: { state: "blank" },
    ...OPEN,
    ...over,
  }
}

/** A legal basis on all days. */
export function aBasis(
  basis: Sharing["bases"][number]["basis"],
  over: Partial<Sharing["bases"][number]> = {},
): Sharing["bases"][number] {
  const regime = ({ eu: "EU", uk: "UK", cn: "CN", ch: "CH", ca: "CCPA" } as const)[basis.slice(0, 2)] ?? "EU"
  return { regime, basis, evidence: known("the contract with the user"), ...OPEN, ...over }
}

/** A line of a ground with everything unanswered. */
export function aGround(
  ground: Sharing["grounds"][number]["ground"],
  over: Partial<Sharing["grounds"][number]> = {},
): Sharing["grounds"][number] {
  const blank = { state: "blank" } as const
  return {
    ground,
    consentId: null,
    demandId: null,
    citation: blank,
    statuteKind: blank,
    authority: blank,
    caseNumber: blank,
    endsOn: blank,
    dpoOpinion: blank,
    whoseInterest: blank,
    whyNoConsent: blank,
    reviewedOn: blank,
    source: blank,
    capturedOn: blank,
    lawfulness: blank,
    reconsentOn: blank,
    ...OPEN,
    ...over,
  }
}

const FILE = nthId("file", 7)

/** A signed paper in effect since 2026 that covers the sharings, with every item of its checklist pointed to a page. */
export function typedAgreement(
  between: Between,
  sharings: readonly Id<"sharing">[],
  over: Partial<Agreement> = {},
): Agreement {
  const kind = over.kind ?? "processing"
  return {
    ...(blankOf(FIELDS.agreement) as Agreement),
    ...between,
    kind,
    title: "Processing clauses",
    files: [{ fileId: FILE, sha256: "ab".repeat(32), name: "paper.pdf", pages: known(12) }],
    knownHow: "document-seen",
    signatories: (["entity", "party"] as const).map((side) => ({
      side,
      name: `Signer of the ${side}`,
      capacity: "director",
      signedOn: known(day("2025-12-15")),
      how: "signed",
      knownHow: "document-seen",
    })),
    effectOn: known(YEAR_BEGINS),
    endsOn: known(FAR_ENDS),
    terminatedOn: NOT_APPLICABLE,
    checklist: (CHECKLISTS[kind] ?? []).map(({ item }, i) => ({
      item,
      fileId: FILE,
      page: known(i + 1),
      verdict: "there",
    })),
    covers: sharings.map((sharingId) => ({ sharingId, ...OPEN })),
    ...over,
  }
}

/** A passed due diligence that holds on. */
export function typedAssessment(partyId: Id<"party">, over: Partial<Assessment> = {}): Assessment {
  return {
    ...(blankOf(FIELDS.assessment) as Assessment),
    kind: "due-diligence",
    partyId,
    title: "Due diligence",
    outcome: known("passed"),
    risk: known("low"),
    doneOn: known(day("2025-12-01")),
    validUntil: known(FAR_ENDS),
    ...over,
  }
}

/** A consent to sharing that reaches everything, given before 2026. */
export function typedConsent(entityId: Id<"entity">, over: Partial<Consent> = {}): Consent {
  return {
    ...(blankOf(FIELDS.consent) as Consent),
    entityId,
    title: "Consent to partners",
    wording: known("May we pass your data to the partner you choose?"),
    wordingVersion: known("3"),
    captureMethod: known("switch in the app"),
    about: "sharing",
    parties: NOT_APPLICABLE,
    purposes: NOT_APPLICABLE,
    dataKinds: NOT_APPLICABLE,
    medium: known("web site"),
    firstOn: known(day("2025-06-01")),
    ...over,
  }
}

/** A notice in effect since before 2026. */
export function typedNotice(entityId: Id<"entity">, over: Partial<Notice> = {}): Notice {
  return {
    ...(blankOf(FIELDS.notice) as Notice),
    entityId,
    title: "Notice of the camera",
    effectOn: known(day("2025-06-01")),
    dataKinds: known([]),
    recipientKinds: known(["partner"]),
    ...over,
  }
}

/** A demand of an authority. */
export function typedDemand(between: Between, over: Partial<Demand> = {}): Demand {
  return { ...(blankOf(FIELDS.demand) as Demand), ...between, title: "Order", citation: known("Art. 5"), ...over }
}
