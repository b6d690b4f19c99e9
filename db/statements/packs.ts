import { sql, type SQL } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"

export type PackVersionRow = {
  recordId: string
  n: number
  at: Instant
  requestId: string | null
  hash: string
  body: string
  /** The text ends with it. */
  ends: boolean
}

/** Every version of the packs of our own up to the instant (null: all), oldest first. */
export async function packVersions(tx: Db | Tx, at: Instant | null): Promise<PackVersionRow[]> {
  const by = at === null ? sql`true` : sql`v.at <= ${at}::timestamptz`
  return rows<PackVersionRow>(
    tx,
    sql`select v.record_id as "recordId", v.n, v.at, v.request_id as "requestId", encode(v.body_hash, 'hex') as hash, v.body,
        v.standing = 'ended' as ends from versions v
      where v.kind = 'pack' and ${by} order by v.at, v.record_id, v.n`,
  )
}

export type ProposedPack = {
  requestId: string
  no: number
  title: string
  state: string
  recordId: string
  mine: boolean
}

/** Versions of packs that are proposed and not decided, within what the reader may know (`scope`), newest first. */
export async function proposedPacks(tx: Db | Tx, scope: SQL, personId: string): Promise<ProposedPack[]> {
  return rows<ProposedPack>(
    tx,
    sql`select r.id as "requestId", r.no, r.title, r.state, p.record_id as "recordId", r.created_by = ${personId} as mine
      from proposals p join requests r on r.id = p.request_id
      where p.kind = 'pack' and r.state in ('draft','changes-requested','in-review') and ${scope} order by r.no desc limit 100`,
  )
}
