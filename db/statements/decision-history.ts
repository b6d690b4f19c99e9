import { sql } from "drizzle-orm"
import { rows, type Tx } from "@/db/connect"
import type { GrantThen } from "@/domain/answers/entitled"
import type { Instant } from "@/domain/core/instant"
import { textArray, type LeafRow } from "./log"

/** The events of a request but for what came into force, the first first, behind `after`. */
export async function requestEvents(
  tx: Tx,
  asked: { requestId: string; at: Instant | null; after: number; limit: number },
): Promise<LeafRow[]> {
  return rows<LeafRow>(
    tx,
    sql`select l.index, l.at, l.bytes, encode(l.hash, 'hex') as hash, l.act, l.actor_id as "actorId", l.request_id as "requestId"
      from log_leaves l where l.request_id = ${asked.requestId} and l.index > ${asked.after} and l.act <> 'record.in-force'
        and ${asked.at === null ? sql`true` : sql`l.at <= ${asked.at}::timestamptz`}
      order by l.index limit ${asked.limit}`,
  )
}

/** The roles that each of these people held at each instant, by `person instant`, in one question. */
export async function grantsHeld(
  tx: Tx,
  wanted: readonly { personId: string; at: Instant }[],
): Promise<Map<string, GrantThen[]>> {
  if (wanted.length === 0) return new Map()
  const found = await rows<GrantThen & { key: string }>(
    tx,
    sql`select w."personId" || ' ' || w.said as key, g."grantId", g.role, g."entityId", g.state, g."untilAt", g.at, b.name as "byName", g."logIndex"
      from jsonb_to_recordset(${JSON.stringify(wanted.map((one) => ({ ...one, said: one.at })))}::jsonb) as w("personId" text, at timestamptz, said text)
      cross join lateral (select distinct on (grant_id) grant_id as "grantId", role, entity_id as "entityId", state, until_at as "untilAt", at,
        by_person, log_index as "logIndex" from role_grants where person_id = w."personId" and at <= w.at order by grant_id, n desc) g
      left join people b on b.id = g.by_person`,
  )
  const by = new Map<string, GrantThen[]>()
  for (const { key, ...grant } of found) by.set(key, [...(by.get(key) ?? []), grant])
  return by
}

export type BroughtVersion = {
  recordId: string
  kind: string
  n: number
  at: Instant
  standing: string
  logIndex: number
  /** The version that stands in its place since, and the request that brought it. */
  laterN: number | null
  laterAt: Instant | null
  laterRequestId: string | null
  laterNo: number | null
}

/** The versions that the request brought into force, by record, each with what superseded it by the instant. */
export async function broughtVersions(
  tx: Tx,
  asked: { requestId: string; at: Instant | null; limit: number },
): Promise<BroughtVersion[]> {
  const by = asked.at === null ? sql`true` : sql`w.at <= ${asked.at}::timestamptz`
  const then = asked.at === null ? sql`true` : sql`v.at <= ${asked.at}::timestamptz`
  return rows<BroughtVersion>(
    tx,
    sql`select v.record_id as "recordId", v.kind, v.n, v.at, v.standing, v.log_index as "logIndex", w.n as "laterN", w.at as "laterAt",
        w.request_id as "laterRequestId", q.no as "laterNo"
      from (select * from versions v where v.request_id = ${asked.requestId} and ${then} order by v.log_index limit ${asked.limit}) v
      left join versions w on w.record_id = v.record_id and w.n = v.n + 1 and ${by}
      left join requests q on q.id = w.request_id order by v.log_index`,
  )
}

export type FoundThen = {
  recordId: string
  clause: string
  pack: string
  packVersion: string
  severity: string
  verdict: string
  says: string
  params: string
}

/** What the checks said of these records at the instant about its own day (UTC), the gravest first. */
export async function foundThen(tx: Tx, ids: readonly string[], at: Instant, limit: number): Promise<FoundThen[]> {
  return rows<FoundThen>(
    tx,
    sql`select f.record_id as "recordId", f.clause, f.pack, f.pack_version as "packVersion", f.severity, f.verdict, f.says, f.params
      from findings f where f.record_id = any(${textArray(ids)}::text[]) and f.from_at <= ${at}::timestamptz and f.until_at > ${at}::timestamptz
        and coalesce(f.first_on <= (${at}::timestamptz at time zone 'UTC')::date, true)
        and coalesce(f.until_on > (${at}::timestamptz at time zone 'UTC')::date, true)
      order by case f.severity when 'blocking' then 1 when 'warning' then 2 else 3 end, f.clause, f.record_id limit ${limit}`,
  )
}
