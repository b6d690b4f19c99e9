import { judgeChain, type Pool } from "@/adapters/signatures/chain"
import type { Stamp } from "@/adapters/signatures/stamp"
import type { TimeProof } from "@/domain/signatures/facts"

/** A timestamp and the revision up to which it proves; `document` ones prove what stands below their own revision. */
export type Placed = { stamp: Stamp; revision: number; whole: boolean }

/** Judges timestamps from the newest to the oldest: a newer one vouches for the time until which an older one held. */
export function judgeStamps(stamps: Placed[], pool: Pool, askedAt: string): void {
  const order = [...stamps].sort(
    (a, b) => b.revision - a.revision || ((a.stamp.facts.time ?? "") < (b.stamp.facts.time ?? "") ? 1 : -1),
  )
  for (const one of order) {
    if (!one.stamp.signer) continue
    const later = order.filter(
      (other) => other.stamp.facts.where === "document" && other.revision > one.revision && proves(other),
    )
    const held = earliest(later) ?? askedAt
    one.stamp.facts.chain = judgeChain(one.stamp.signer, pool, "timestamps", held)
  }
}

/** Whether a timestamp proves its time: whole, and its authority stands on the list. */
export function proves({ stamp: { facts }, whole }: Placed): boolean {
  if (!whole || !facts.signatureOk || !facts.imprintOk || facts.weak.length > 0 || facts.chain?.trust !== "reached")
    return false
  return facts.chain.problems.length === 0 && facts.chain.revocation.every((one) => one.state !== "revoked")
}

function earliest(stamps: Placed[]): string | null {
  return stamps
    .map((one) => one.stamp.facts.time)
    .reduce<string | null>((a, b) => (a === null || (b !== null && b < a) ? b : a), null)
}

/** The best time for a signature: proven, else stated by an unchecked timestamp, else claimed by the signer, else none. */
export function bestTime(stamps: Placed[], claimed: string | null): { at: string | null; proof: TimeProof } {
  const proven = earliest(stamps.filter(proves))
  if (proven) return { at: proven, proof: "timestamp" }
  const stated = earliest(stamps.filter(({ whole, stamp: { facts } }) => whole && facts.signatureOk && facts.imprintOk))
  if (stated) return { at: stated, proof: "timestamp-unchecked" }
  return claimed ? { at: claimed, proof: "claimed" } : { at: null, proof: "none" }
}
