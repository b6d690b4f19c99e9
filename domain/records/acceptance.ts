import type { Day } from "@/domain/core/day"
import type { Agreement } from "./agreement"

/** Kinds that bind by being accepted or published; the others are signed (domain handbook 7.5). */
export const BY_ACCEPTANCE: readonly string[] = ["joint-arrangement", "processing", "scc", "ccpa"]

/** What an acceptance online lacks to bind: each is said by itself, with what cures it. */
export const ONLINE_LACKS = ["kind", "stated", "address", "version", "text", "who", "named"] as const
export type OnlineLack = (typeof ONLINE_LACKS)[number]

/** What the acceptance online that an agreement tells of lacks to bind; nothing where it tells of none. */
export function onlineLacks(agreement: Agreement): OnlineLack[] {
  const { online, signatories, kind, knownHow } = agreement
  if (online.state !== "known") return []
  const { address, version, fileId, acceptedBy } = online.value
  const lacks: Record<OnlineLack, boolean> = {
    kind: !BY_ACCEPTANCE.includes(kind),
    stated: knownHow === "stated",
    address: isEmpty(address),
    version: isEmpty(version),
    text: fileId === null,
    who: isEmpty(acceptedBy),
    // Whoever is named has to have signed.
    named: signatories.some((one) => !isEmpty(one.name) || one.signedOn.state === "known"),
  }
  return ONLINE_LACKS.filter((one) => lacks[one])
}

/**
 * The day on which terms that the party published were accepted online: for kinds that need no signature, with address,
 * version, the captured text and who accepted. Null: that is not evidenced, or somebody is named who signs, and then
 * whoever is named has to have signed.
 */
export function acceptedOnline(agreement: Agreement): Day | null {
  if (agreement.online.state !== "known" || onlineLacks(agreement).length > 0) return null
  return agreement.online.value.acceptedOn
}

/** What stands as a commitment is text that is there. */
function isEmpty(text: unknown): boolean {
  return typeof text === "string" && text.trim() === ""
}
