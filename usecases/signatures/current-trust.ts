import type { Db, Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"

/** The list of trusted roots that signers are held against. */
export type CurrentTrust = { id: string; name: string; bytes: Uint8Array; sha256: string }

/** The list that was in force at the instant; null where an administrator has loaded none. */
export async function currentTrust(_on: Db | Tx, _asOf: Instant): Promise<CurrentTrust | null> {
  return null
}
