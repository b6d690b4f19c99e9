import { sql } from "drizzle-orm"
import { row, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"

/**
 * Now, as both clocks know it: the earlier of ours and the database's, which dates what is written. Ours may be ahead of it by a little, and
 * what is to be in the past as of its entry would not be.
 */
export async function earlierNow(tx: Tx, ours: Instant): Promise<Instant> {
  const found = await row<{ at: Instant }>(
    tx,
    sql`select to_char(least(${ours}::timestamptz, clock_timestamp()) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at`,
  )
  return found?.at ?? ours
}
