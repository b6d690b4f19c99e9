import type { Day } from "@/domain/core/day"
import type { Agreement } from "./agreement"

/** Kinds that bind by being accepted or published; the others are signed (domain handbook 7.5). */
export const BY_ACCEPTANCE: readonly string[] = ["joint-arrangement", "processing", "scc", "ccpa"]

/**
 * The day on which terms that the party published were accepted online: for kinds that need no signature, with address,
 * version, the captured text and who accepted. Null: that is not evidenced, or somebody is named who signs, and then
 * whoever is named has to have signed.
 */
export function acceptedOnline(agreement: Agreement): Day | null {
  const { online, signatories, kind, knownHow } = agreement
  if (online.state !== "known" || !BY_ACCEPTANCE.includes(kind) || knownHow === "stated") return null
  const { address, version, fileId, acceptedBy, acceptedOn } = online.value
  if (fileId === null || [address, version, acceptedBy].some((one) => isEmpty(one))) return null
  const named = signatories.some((one) => !isEmpty(one.name) || one.signedOn.state === "known")
  return named ? null : acceptedOn
}

/** What stands as a commitment is text that is there. */
function isEmpty(text: unknown): boolean {
  return typeof text === "string" && text.trim() === ""
}
