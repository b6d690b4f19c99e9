import { createHash } from "node:crypto"
import type { Db, Tx } from "@/db/connect"
import { trustBytes, trustListRows, type TrustListRow } from "@/db/statements/trust"
import { listStanding } from "@/domain/signatures/trust-list"
import type { Instant } from "@/domain/core/instant"

/** A list of trusted roots as it was loaded, by which signatures are checked. */
export type Trust = { id: string; name: string; bytes: Uint8Array; sha256: string }

/**
 * The list of trusted roots that stood at the instant, as known then; null: none did. Asked again about an earlier instant it
 * gives the list of that time, whatever came later.
 */
export async function currentTrust(handle: Db | Tx, asOf: Instant): Promise<Trust | null> {
  const standing = standingOf(await trustListRows(handle), asOf)
  if (!standing?.sha256) return null
  const { id, name, sha256 } = standing
  const bytes = await trustBytes(handle, sha256)
  // What is verified against is what was confirmed, or nothing is verified.
  if (!bytes || createHash("sha256").update(bytes).digest("hex") !== sha256)
    throw new Error(`the trusted roots ${id} are not what was confirmed`)
  return { id, name, bytes, sha256 }
}

/** The confirmed proposal that stood at the instant; null: none, or the last one took the list away. */
export function standingOf(all: readonly TrustListRow[], at: Instant): TrustListRow | null {
  return listStanding(confirmedOf(all), at)
}

/** The confirmed ones among all proposals. */
export function confirmedOf(all: readonly TrustListRow[]): (TrustListRow & { decidedAt: Instant })[] {
  return all.flatMap((one) =>
    one.verdict === "approved" && one.decidedAt !== null ? [{ ...one, decidedAt: one.decidedAt }] : [],
  )
}
