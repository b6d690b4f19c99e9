import { sql, type SQL } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import { TAKING, type Visit } from "@/domain/audit/seals"
import type { Instant } from "@/domain/core/instant"

/** Every visit of a supervisor that there was: the day named for its end, else when it was taken back. */
export async function visits(tx: Db | Tx, personId: string | null = null): Promise<Visit[]> {
  return rows<Visit>(
    tx,
    sql`select person_id as "personId", min(at) as "from", entity_id as "entityId", coalesce(max(until_at), max(at) filter (where state = 'revoked')) as until
      from role_grants where role = 'supervisor' and ${personId === null ? sql`true` : sql`person_id = ${personId}`}
      group by grant_id, person_id, entity_id order by min(at), grant_id`,
  )
}

/** A log entry `l` is no look of these visits, and no taking of a package in them. */
export function noLookOf(sealed: readonly Visit[]): SQL {
  if (sealed.length === 0) return sql`true`
  const list = JSON.stringify(sealed.map(({ personId, from }) => ({ p: personId, f: from })))
  return sql`not ((l.act like 'look.%' or l.act = ${TAKING}) and exists (select 1 from jsonb_to_recordset(${list}::jsonb) as s(p text, f timestamptz)
    where s.p = l.actor_id and l.at >= s.f))`
}

export type LookLeaf = { index: number; at: Instant; act: string; bytes: string; hash: string }

/** The looks of a supervisor, and the packages that they took, in order of the log, behind a place, those alone that began before the instant. */
export async function looksOf(
  tx: Db | Tx,
  of: { personId: string; after: number; limit: number; sealed: readonly Visit[] },
): Promise<LookLeaf[]> {
  return rows<LookLeaf>(
    tx,
    sql`select l.index, l.at, l.act, l.bytes, encode(l.hash, 'hex') as hash from log_leaves l where l.actor_id = ${of.personId}
      and l.index > ${of.after} and (l.act like 'look.%' or (l.act = ${TAKING} and l.bytes::jsonb -> 'actor' ->> 'role' = 'supervisor')) and ${noLookOf(of.sealed)} order by l.index limit ${of.limit}`,
  )
}

/** Whether this person looked at the same thing since the instant. */
export async function lookedSince(
  tx: Tx,
  of: { personId: string; act: string; objectId: string; since: Instant },
): Promise<boolean> {
  const found = await rows(
    tx,
    sql`select 1 from (select l.index, l.act from log_leaves l where l.actor_id = ${of.personId} and l.at >= ${of.since}::timestamptz
        order by l.index desc limit 200) l join log_objects o on o.index = l.index and o.object_id = ${of.objectId} where l.act = ${of.act} limit 1`,
  )
  return found.length > 0
}

/** An export `e` was not asked for in one of these visits. */
export function noTakingOf(sealed: readonly Visit[]): SQL {
  if (sealed.length === 0) return sql`true`
  const list = JSON.stringify(sealed.map(({ personId, from }) => ({ p: personId, f: from })))
  return sql`not exists (select 1 from jsonb_to_recordset(${list}::jsonb) as s(p text, f timestamptz) where s.p = e.by_person and e.at >= s.f)`
}
