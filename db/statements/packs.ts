import { sql } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"

export type PackVersionRow = { recordId: string; n: number; at: Instant; hash: string; body: string }

/** Every version of the packs of our own up to the instant (null: all), oldest first. */
export async function packVersions(tx: Db | Tx, at: Instant | null): Promise<PackVersionRow[]> {
  const by = at === null ? sql`true` : sql`v.at <= ${at}::timestamptz`
  return rows<PackVersionRow>(
    tx,
    sql`select v.record_id as "recordId", v.n, v.at, encode(v.body_hash, 'hex') as hash, v.body from versions v
      where v.kind = 'pack' and v.standing <> 'ended' and ${by} order by v.at, v.record_id, v.n`,
  )
}
