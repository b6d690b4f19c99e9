import { row, type Db } from "@/db/connect"
import { sql } from "drizzle-orm"

export type Readiness = { ready: boolean; why?: string; size?: number }

/** Tables that refuse to be rewritten, each by two triggers that always fire. */
const STANDING = 15

/**
 * Whether the database answers, is migrated, and still defends itself: every standing table has its two triggers
 * enabled always, the app may not insert into the log, and the log has its head.
 */
export async function readiness(db: Db): Promise<Readiness> {
  try {
    const found = await row<{ triggers: number; insert: boolean; size: number }>(
      db,
      sql`select (select count(*) from pg_trigger where tgenabled = 'A' and (tgname like '%\\_stands' or tgname like '%\\_not\\_emptied')) as triggers,
        has_table_privilege(current_user, 'log_leaves', 'INSERT') as insert, (select size from log_head) as size`,
    )
    if (!found || found.size === null) return { ready: false, why: "the log has no head" }
    if (found.triggers < STANDING * 2) return { ready: false, why: "triggers are missing" }
    if (found.insert) return { ready: false, why: "the app may write the log" }
    return { ready: true, size: found.size }
  } catch {
    return { ready: false, why: "the database cannot be reached or is not migrated" }
  }
}
