import { z } from "zod"
import { PARTY_KINDS, PARTY_SUB_KINDS } from "@/domain/vocabulary/parties"
import { added, answer, common, countryCode, dayShape, idOf, oneOf, span, text } from "./parts"

export const IDENTIFIER_KINDS = ["registration", "lei", "vat", "vendor-number", "other"] as const
export const PARTY_CHANGES = ["name", "owner", "business"] as const
export const PARTY_CONDITIONS = [
  "dpf",
  "dpf-uk",
  "dpf-ch",
  "privacy-shield",
  "safe-harbour",
  "pipeda",
  "appi",
  "pipa",
  "dpf-hr",
  "cn-restricted",
] as const

/** A legal person outside the entity that receives data (product, The words). */
export const partyShape = z.strictObject({
  legalName: text(300).refine((name) => name.trim().length > 0, "invalid.required"),
  latinName: answer(text(300)),
  otherNames: z.array(text(300)).max(50),
  country: answer(countryCode),
  kinds: z.array(z.strictObject({ kind: oneOf(PARTY_KINDS), ...span })).max(20),
  subKind: answer(oneOf(PARTY_SUB_KINDS)),
  identifiers: z.array(z.strictObject({ kind: z.enum(IDENTIFIER_KINDS), value: text(100) })).max(20),
  website: answer(text(500)),
  /** Host names under which it is met on pages and in apps. */
  hosts: z.array(text(253)).max(500),
  /** Days on which it belonged to our group. */
  groupLinks: z.array(z.strictObject({ ...span })).max(20),
  /** Dated conditions on which adequacy may hang (framework listings and the like). */
  conditions: z
    .array(z.strictObject({ condition: z.enum(PARTY_CONDITIONS), evidence: answer(text(500)), ...span }))
    .max(50),
  /** Committed: names and ways to reach people. */
  contacts: z.array(z.strictObject({ task: text(100), name: text(200), email: text(254), phone: text(60) })).max(20),
  risk: answer(z.enum(["low", "medium", "high"])),
  /** Whether its flows are decided: a supplier of whom nothing is decided yet, or the negative decision. */
  dataDecision: z.enum(["receives-data", "undecided", "no-personal-data"]),
  /** The negative decision's reason and the day of its next review. */
  noDataReason: answer(text(2000)),
  noDataReviewOn: answer(dayShape),
  notes: answer(text(4000)),
  /** Days on which its name, its owner or its business changed: each flow to it is looked at again (handbook 7.12). */
  changes: added(z.array(z.strictObject({ what: z.enum(PARTY_CHANGES), on: dayShape })).max(100), []),
  /** The party that goes on in its place, once a request merged the two: old names and addresses lead there. */
  mergedInto: added(idOf("party").nullable(), null),
  ...common,
})

export type Party = z.infer<typeof partyShape>
