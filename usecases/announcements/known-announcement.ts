import { sql, type SQL } from "drizzle-orm"
import { decidersNow } from "@/db/statements/tellings"
import type { Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { holdersIn } from "@/domain/told/who"
import type { RecordOf } from "@/domain/records/kinds"
import { loadRecords } from "@/usecases/register/records"
import { readable } from "@/usecases/register/read-record"
import { inEntities, unrestricted, type Scope } from "@/usecases/scope"

/** The announcements that a reader may know of: of the companies they read, by parties that are not kept from them. */
export function announcementScope(scope: Scope): SQL {
  return sql`${inEntities(scope, sql`a.entity_id`)} and ${unrestricted(scope, sql`p.restricted_to`)}`
}

/** A party in force that the reader may know of. */
export async function knownParty(tx: Tx, id: string | null, scope: Scope): Promise<RecordOf<"party"> | null> {
  const [record] = id === null ? [] : await loadRecords(tx, [id], null)
  return record?.kind === "party" && readable(record, scope) ? record : null
}

/** Who is told of what a party announces: procurement and the DPO of the company, as far as they may know of the party. */
export async function whoHears(
  tx: Tx,
  entityId: string,
  restrictedTo: readonly string[] | null,
  now: Instant,
): Promise<string[]> {
  const holders = await decidersNow(tx, now)
  const all = [...holdersIn(holders, "procurement", [entityId]), ...holdersIn(holders, "dpo", [entityId])]
  return [...new Set(all)].filter((id) => restrictedTo === null || restrictedTo.includes(id))
}
