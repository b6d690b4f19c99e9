/** The words of the page. */
import type { Json, Members } from "@/verifier/core/json"
import { membersOf } from "@/verifier/core/json"

export const VERDICTS = { intact: "Intact", altered: "Altered", "cannot-tell": "Cannot tell" } as const
export const STATES = { held: "Held", failed: "Does not hold", "in-part": "Held in part" } as const
export const KINDS: { [kind: string]: string } = {
  entity: "Our companies",
  party: "Parties",
  sharing: "Sharings",
  agreement: "Agreements",
  assessment: "Assessments",
  consent: "Consents",
  notice: "Notices",
  demand: "Demands",
  chain: "Chains",
  pack: "Packs",
}
const STANDINGS: { [standing: string]: string } = {
  approved: "approved",
  discovered: "found running",
  ended: "ended",
}
const LABELS: { [field: string]: string } = {
  entityId: "Company",
  partyId: "Party",
  sharingId: "Sharing",
  agreementId: "Agreement",
  assessmentId: "Assessment",
  fileId: "File",
  firstOn: "First day",
  lastOn: "Last day",
  sha256: "SHA-256",
}

/** Of one record, what it is. */
export const ONE: { [kind: string]: string } = {
  entity: "Our company",
  party: "Party",
  sharing: "Sharing",
  agreement: "Agreement",
  assessment: "Assessment",
  consent: "Consent",
  notice: "Notice",
  demand: "Demand",
  chain: "Chain",
  pack: "Pack",
}

/** A sentence begins with a capital letter. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** How a record stands, in the register's words. */
export function standingWord(standing: string): string {
  return STANDINGS[standing] ?? standing
}

/** The name of a field as one reads it. */
export function label(field: string): string {
  const known = LABELS[field]
  if (known) return known
  const words = field
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replace(/ ids?$/, "")
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** An instant as one reads it. */
export function moment(at: string): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(at) ? `${at.slice(0, 10)} ${at.slice(11, 19)} UTC` : at
}

/** A number with what it counts. */
export function count(n: number, one: string, more: string): string {
  return `${String(n).replace(/\B(?=(\d{3})+$)/g, ",")} ${n === 1 ? one : more}`
}

/** What an answer says: its value, or in words that there is none. Null: it is no answer. */
export function answer(value: Json): { value: Json } | { says: string } | null {
  const members = membersOf(value)
  const state = members?.state
  if (!members || typeof state !== "string") return null
  if (state === "known") return { value: members.value ?? null }
  if (state === "blank") return { says: "" }
  if (state === "not-applicable") return { says: "does not apply" }
  if (state === "unknown") return { says: notKnown(members) }
  return null
}

function notKnown(members: Members): string {
  const asked = typeof members.asked === "string" && members.asked !== "" ? `, asked of ${members.asked}` : ""
  const due = typeof members.dueOn === "string" ? `, due ${members.dueOn}` : ""
  return `not known yet${asked}${due}`
}

/** Text of a field of a body, where it has one. */
export function textIn(body: Json, field: string): string {
  const value = membersOf(body)?.[field]
  if (value === undefined) return ""
  const said = answer(value)
  const plain = said && "value" in said ? said.value : value
  return typeof plain === "string" ? plain : ""
}
