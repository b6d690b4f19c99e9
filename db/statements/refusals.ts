import { sql } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"

export type RefusedAttempt = { at: Instant; actorId: string | null; act: string; code: string; says: string }

/** Notes a refused attempt for the security list. It stands outside the act's transaction, which was rolled back. */
export async function noteRefusal(db: Db, what: RefusedAttempt): Promise<void> {
  await db.execute(sql`insert into refusals (at, actor_id, act, code, says)
    values (${what.at}::timestamptz, ${what.actorId}, ${what.act}, ${what.code}, ${what.says})`)
}

/** The newest refused attempts, below `before`, up to the instant (null: now). */
export async function refusedAttempts(
  db: Db | Tx,
  { before, until }: { before: number | null; until: Instant | null },
  limit: number,
): Promise<(RefusedAttempt & { id: number })[]> {
  return rows(
    db,
    sql`select id, at, actor_id as "actorId", act, code, says from refusals
    where ${before === null ? sql`true` : sql`id < ${before}`} and ${until === null ? sql`true` : sql`at <= ${until}::timestamptz`} order by id desc limit ${limit}`,
  )
}
