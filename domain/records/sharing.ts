import { z } from "zod"
import { CHANNELS, DATA_FORMS, DESTINATION_KINDS, FREQUENCIES, MODES, ROLES } from "@/domain/vocabulary/sharings"
import { PURPOSES } from "@/domain/vocabulary/purposes"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { SUBJECTS } from "@/domain/vocabulary/subjects"
import { GROUNDS, LEGAL_BASES } from "@/domain/vocabulary/grounds"
import { MECHANISMS } from "@/domain/vocabulary/mechanisms"
import { MEASURES } from "@/domain/vocabulary/measures"
import { DELETION_WAYS, DUTY_TERMS } from "@/domain/vocabulary/endings"
import { added, addedAnswer, answer, common, countryCode, dayShape, idOf, oneOf, span, text } from "./parts"

export const REGIMES = ["EU", "UK", "CH", "CN", "CCPA", "STATEMENT", "BR"] as const
export type Regime = (typeof REGIMES)[number]

/** Evidence of a ground. Which members are asked for follows from the ground (domain handbook, 1). */
const evidence = {
  consentId: idOf("consent").nullable(),
  demandId: idOf("demand").nullable(),
  citation: answer(text(1000)),
  /** Which of the three of S-III.B-2.1. */
  statuteKind: answer(z.enum(["law", "dispute", "authority"])),
  authority: answer(text(300)),
  caseNumber: answer(text(200)),
  endsOn: answer(dayShape),
  dpoOpinion: answer(text(4000)),
  whoseInterest: answer(text(1000)),
  whyNoConsent: answer(text(2000)),
  reviewedOn: answer(dayShape),
  source: answer(text(1000)),
  capturedOn: answer(dayShape),
  lawfulness: answer(text(1000)),
  /** S-III.C-2: fresh consent is sought by this day, before first own use. */
  reconsentOn: answer(dayShape),
}

const mechanismLine = z.strictObject({
  regime: z.enum(REGIMES),
  mechanism: oneOf(MECHANISMS),
  module: answer(z.enum(["1", "2", "3", "4"])),
  agreementId: idOf("agreement").nullable(),
  assessmentId: idOf("assessment").nullable(),
  evidence: answer(text(1000)),
  ...span,
})

/** One flow of personal data from an entity to a party, for a purpose (product, The words). */
export const sharingShape = z.strictObject({
  /** Entity, party and mode never change: that is another sharing that succeeds this one (foundation 1). */
  entityId: idOf("entity"),
  partyId: idOf("party"),
  mode: oneOf(MODES),
  succeeds: idOf("sharing").nullable(),
  /** The sharing of the party that engages this one, for sub-processors. */
  parentId: idOf("sharing").nullable(),
  title: text(300).refine((title) => title.trim().length > 0, "invalid.required"),
  role: answer(oneOf(ROLES)),
  products: answer(z.array(text(200)).max(100)),
  purposes: answer(z.array(oneOf(PURPOSES)).max(28)),
  purposeText: answer(text(2000)),
  /** Whether the party also uses the data for ends of its own. */
  ownPurpose: answer(z.enum(["yes", "no"])),
  optOutRoute: answer(text(1000)),
  dataLines: answer(
    z
      .array(
        z.strictObject({
          kind: oneOf(DATA_KINDS),
          necessity: answer(text(2000)),
          reviewedOn: answer(dayShape),
          retentionDays: answer(z.int().min(0).max(36525)),
          ...span,
        }),
      )
      .max(100),
  ),
  dataForm: answer(oneOf(DATA_FORMS)),
  deidentification: answer(text(2000)),
  /** Can health, belief, orientation or the like be concluded? (handbook 7.13) */
  inferable: answer(z.enum(["yes", "no"])),
  subjects: answer(z.array(oneOf(SUBJECTS)).max(10)),
  peopleCount: answer(z.int().min(0).max(10_000_000_000)),
  /** Minors: how their data may leave (S-VI-2). */
  minors: answer(
    z.strictObject({
      way: z.enum(["guardian-consent", "law", "protection"]),
      consentId: idOf("consent").nullable(),
      reason: answer(text(2000)),
    }),
  ),
  grounds: z.array(z.strictObject({ ground: oneOf(GROUNDS), ...evidence, ...span })).max(20),
  bases: z
    .array(
      z.strictObject({
        regime: z.enum(REGIMES),
        basis: oneOf(LEGAL_BASES),
        evidence: answer(text(1000)),
        ...span,
      }),
    )
    .max(30),
  noticeId: idOf("notice").nullable(),
  destinations: answer(
    z
      .array(
        z.strictObject({
          country: countryCode,
          kind: oneOf(DESTINATION_KINDS),
          mechanisms: z.array(mechanismLine).max(20),
          ...span,
        }),
      )
      .max(100),
  ),
  frequency: answer(oneOf(FREQUENCIES)),
  channel: answer(oneOf(CHANNELS)),
  retention: answer(
    z.strictObject({
      days: answer(z.int().min(0).max(36525)),
      trigger: answer(text(500)),
      deletion: answer(text(500)),
    }),
  ),
  /** Proof of deletion or return at the party once the sharing ended. */
  deletionProof: answer(z.strictObject({ provenOn: dayShape, fileId: idOf("file").nullable(), text: text(1000) })),
  measures: answer(z.array(oneOf(MEASURES)).max(20)),
  accessWho: answer(text(500)),
  /** Sites of ours obey the do-not-track signal (S-II.D-1): tested on. */
  signalTestedOn: answer(dayShape),
  /** S-IX-0: the permission, the way to switch it off, the consent record. */
  permission: answer(
    z.strictObject({
      name: text(200),
      switchOff: text(500),
      consentId: idOf("consent").nullable(),
      userStarted: z.boolean(),
    }),
  ),
  /** What the recipient may do next (handbook 7.14). */
  onward: answer(z.strictObject({ allowed: z.boolean(), toWhom: text(1000) })),
  automatedDecisions: answer(z.enum(["yes", "no"])),
  source: answer(text(500)),
  internalRecipients: answer(text(500)),
  /** First and last day of the flow, inclusive; last day *does not apply*: until further notice. */
  startsOn: answer(dayShape),
  endsOn: answer(dayShape),
  /** Who answers for it, and until when, where it was found running. */
  owner: answer(text(200)),
  dueOn: answer(dayShape),
  foundHow: answer(text(1000)),
  notes: answer(text(4000)),
  /** Consents that a law asks for besides the ground's own: separate ones, those for sensitive data or for abroad. */
  consentIds: added(z.array(idOf("consent")).max(20), []),
  /** How many of the people are concerned with sensitive data: summed apart for the Chinese mainland (CAC-2024). */
  sensitiveCount: addedAnswer(z.int().min(0).max(10_000_000_000)),
  /** We are ourselves the processor of a client: what the client's paper says (handbook 7.15). */
  client: addedAnswer(
    z.strictObject({
      name: text(300),
      paper: answer(text(500)),
      categories: answer(text(1000)),
      instruction: answer(text(1000)),
      leave: answer(z.enum(["specific", "general"])),
      leaveOn: answer(dayShape),
      deletion: answer(text(500)),
    }),
  ),
  /** Packs that are about this flow beyond what follows from entity and subjects; left out only with a reason. */
  packLines: added(
    z
      .array(
        z.strictObject({
          pack: text(60),
          effect: z.enum(["applies", "does-not-apply"]),
          reason: answer(text(1000)),
          ...span,
        }),
      )
      .max(50),
    [],
  ),
  /** Found running: who allowed it, as far as is known. It is no permission. */
  foundAllowedBy: addedAnswer(text(200)),
  /** Found running: is this a breach? (handbook 7.18) */
  isBreach: addedAnswer(z.enum(["yes", "no"])),
  /** Why a paper is missing; the gap stays (handbook 7.19). */
  missingPaperReason: addedAnswer(z.enum(["refuses", "signed-by-somebody-else", "in-negotiation"])),
  /** Sale of assets: people were told on this day, and have so many weeks to object before closing (handbook 7.16). */
  saleNoticeOn: addedAnswer(dayShape),
  objectionWeeks: addedAnswer(z.int().min(0).max(520)),
  /** Transfers of control that close together bear one name. */
  transferSet: addedAnswer(text(200)),
  /** Of what is made public: where it stands, as an address or in words. */
  publishedAt: addedAnswer(text(500)),
  /**
   * By when the data is deleted or returned after the end, as the ending set it, and by whose term; *does not apply*:
   * another sharing succeeds this one, and the data with it.
   */
  deletionDue: addedAnswer(
    z.strictObject({ on: dayShape, term: z.enum(DUTY_TERMS), agreementId: idOf("agreement").nullable() }),
  ),
  /** What the party did with the data after the end, who confirmed it, and why what is kept may be kept. */
  deletionReport: addedAnswer(
    z.strictObject({
      how: z.enum(DELETION_WAYS),
      confirmedBy: text(200),
      why: answer(text(1000)),
      keptUntil: answer(dayShape),
    }),
  ),
  /** Why less data, or data of fewer people, would not do: what was weighed before it was said to be necessary. */
  whyNotLess: addedAnswer(text(2000)),
  ...common,
})

export type Sharing = z.infer<typeof sharingShape>
export type DataLine = Extract<Sharing["dataLines"], { state: "known" }>["value"][number]
export type Destination = Extract<Sharing["destinations"], { state: "known" }>["value"][number]
export type MechanismLine = Destination["mechanisms"][number]
export type GroundLine = Sharing["grounds"][number]
