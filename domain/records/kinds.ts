import type { z } from "zod"
import type { Id } from "@/domain/core/id"
import type { PaperSeen } from "./by-hand"
import { agreementShape, type Agreement } from "./agreement"
import { assessmentShape, type Assessment } from "./assessment"
import {
  chainShape,
  consentShape,
  demandShape,
  noticeShape,
  type Chain,
  type Consent,
  type Demand,
  type Notice,
} from "./evidence"
import { packShape, type OwnPack } from "./own-pack"
import type { PaperWords } from "@/domain/signatures/bears"
import { partyShape, type Party } from "./party"
import { sharingShape, type Sharing } from "./sharing"

/** The kinds of records that only a change request puts in force. */
export const RECORD_KINDS = [
  "party",
  "sharing",
  "agreement",
  "assessment",
  "consent",
  "notice",
  "demand",
  "chain",
  "pack",
] as const
export type RecordKind = (typeof RECORD_KINDS)[number]

/** The body of a record by its kind. */
export type BodyOf = {
  party: Party
  sharing: Sharing
  agreement: Agreement
  assessment: Assessment
  consent: Consent
  notice: Notice
  demand: Demand
  chain: Chain
  pack: OwnPack
}
export type Body = BodyOf[RecordKind]

/** The schema of each kind. Unknown keys are refused. */
export const SHAPES: { [K in RecordKind]: z.ZodType<BodyOf[K], unknown> } = {
  party: partyShape as unknown as z.ZodType<Party, unknown>,
  sharing: sharingShape as unknown as z.ZodType<Sharing, unknown>,
  agreement: agreementShape as unknown as z.ZodType<Agreement, unknown>,
  assessment: assessmentShape as unknown as z.ZodType<Assessment, unknown>,
  consent: consentShape as unknown as z.ZodType<Consent, unknown>,
  notice: noticeShape as unknown as z.ZodType<Notice, unknown>,
  demand: demandShape as unknown as z.ZodType<Demand, unknown>,
  chain: chainShape as unknown as z.ZodType<Chain, unknown>,
  pack: packShape as unknown as z.ZodType<OwnPack, unknown>,
}

/**
 * How a version came to stand: approved by a request; found running (*discovered*) and recorded at once;
 * or ended, which is a version too.
 */
export const STANDINGS = ["approved", "discovered", "ended"] as const
export type Standing = (typeof STANDINGS)[number]

/** A record with its body, as it is or would be. */
export type RecordOf<K extends RecordKind> = {
  id: Id<K>
  kind: K
  version: number
  standing: Standing
  body: BodyOf[K]
  /** Of a paper: what is known of the signatures in its files, where somebody laid that beside it. Never stored with it. */
  signatures?: PaperWords
  /** Of an agreement that was signed by hand: who looked at its files, as far as it was asked. */
  confirmed?: readonly PaperSeen[]
}
export type AnyRecord = { [K in RecordKind]: RecordOf<K> }[RecordKind]

/**
 * Paths of the fields that enter versions and events as salted commitments (foundation 8): names and
 * contacts of people, signatories, comments, reasons, necessity, notes. `*` stands for each item of a list,
 * and a known answer is entered by `value`.
 */
export const COMMITTED: Record<RecordKind, readonly string[]> = {
  party: ["contacts.*.name", "contacts.*.email", "contacts.*.phone", "noDataReason.value", "notes.value"],
  sharing: [
    "dataLines.value.*.necessity.value",
    "whyNotLess.value",
    "grounds.*.dpoOpinion.value",
    "grounds.*.whoseInterest.value",
    "grounds.*.whyNoConsent.value",
    "minors.value.reason.value",
    "packLines.*.reason.value",
    "deletionReport.value.confirmedBy",
    "deletionReport.value.why.value",
    "accessWho.value",
    "owner.value",
    "foundHow.value",
    "foundAllowedBy.value",
    "notes.value",
  ],
  agreement: [
    "signatories.*.name",
    "signatories.*.capacity",
    "noticeAddress.value",
    "online.value.acceptedBy",
    "missingReason.value",
    "marks.*.quote",
    "notes.value",
    "owner.value",
    "changes.*.says",
    "obligations.*.says",
  ],
  assessment: ["summary.value", "doneBy.value"],
  consent: [],
  notice: [],
  demand: ["askedBy.value", "given.value"],
  chain: [],
  pack: [],
}
