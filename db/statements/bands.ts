import { sql } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { BandTurn } from "@/domain/checks/band-sums"
import type { Day } from "@/domain/core/day"
import { textArray } from "./log"

/** What one flow adds to the sum of its company. */
export type BandRow = {
  recordId: string
  entityId: string
  restrictedTo: readonly string[] | null
  turns: readonly BandTurn[]
  routes: readonly string[]
  /** As PostgreSQL writes a `datemultirange`. */
  days: string
}

/** What the flows add to the sums as the register stands; flows that add nothing are not there. */
export async function bandFlowsById(tx: Db | Tx, ids: readonly string[]): Promise<BandRow[]> {
  if (ids.length === 0) return []
  return rows<BandRow>(
    tx,
    sql`select record_id as "recordId", entity_id as "entityId", restricted_to as "restrictedTo", turns, routes, days::text as days
      from band_flows where record_id = any(${textArray(ids)}::text[])`,
  )
}

/** The sums of the companies as turns in order of days. */
export async function bandSumsOf(tx: Db | Tx, entityIds: readonly string[]): Promise<Map<string, BandTurn[]>> {
  const out = new Map<string, BandTurn[]>(entityIds.map((id) => [id, []]))
  if (entityIds.length === 0) return out
  const found = await rows<{ entityId: string; on: Day; o: number; s: number; u: number }>(
    tx,
    sql`select entity_id as "entityId", on_day::text as on, ordinary::float8 as o, sensitive::float8 as s, unknown as u from band_sums
      where entity_id = any(${textArray(entityIds)}::text[]) and (ordinary <> 0 or sensitive <> 0 or unknown <> 0)
      order by entity_id, on_day`,
  )
  for (const { entityId, on, o, s, u } of found) out.get(entityId)?.push([on, o, s, u])
  return out
}

/** What the restricted flows of the companies add that do not name the person: not to be told to them. */
export async function bandTurnsHiddenFrom(
  tx: Db | Tx,
  entityIds: readonly string[],
  personId: string,
): Promise<{ entityId: string; turns: BandTurn[] }[]> {
  return rows(
    tx,
    sql`select entity_id as "entityId", turns from band_flows where entity_id = any(${textArray(entityIds)}::text[])
      and restricted_to is not null and not (${personId} = any(restricted_to))`,
  )
}

/** How many flows of the company run on the day with no route that suffices, besides those named. */
export async function flowsWithout(
  tx: Db | Tx,
  of: { entityId: string; on: Day; routes: readonly string[]; exempt: readonly string[]; besides: readonly string[] },
): Promise<number> {
  const found = await row<{ n: number }>(
    tx,
    sql`select count(*)::int as n from band_flows where entity_id = ${of.entityId} and days @> ${of.on}::date
      and not routes && ${textArray(of.routes)}::text[]
      and not (routes <> '{}' and routes <@ ${textArray(of.exempt)}::text[])
      and not record_id = any(${textArray(of.besides)}::text[])`,
  )
  return found?.n ?? 0
}

/**
 * Says of these flows what they add to the sums from now on; those without a row add nothing any longer. The sums move
 * by the difference, in the same statement. Under the log's lock.
 */
export async function putBandFlows(tx: Tx, ids: readonly string[], list: readonly BandRow[]): Promise<void> {
  if (ids.length === 0) return
  const payload = JSON.stringify(
    list.map((one) => ({
      record_id: one.recordId,
      entity_id: one.entityId,
      restricted_to: one.restrictedTo,
      turns: one.turns,
      routes: one.routes,
      days: one.days,
    })),
  )
  await tx.execute(sql`with said as (
      select * from jsonb_to_recordset(${payload}::jsonb) as t(record_id text, entity_id text, restricted_to text[], turns jsonb,
        routes text[], days text)),
    old as (select record_id, entity_id, turns from band_flows where record_id = any(${textArray(ids)}::text[])),
    gone as (delete from band_flows b using old where b.record_id = old.record_id
      and not exists (select 1 from said s where s.record_id = b.record_id)),
    made as (insert into band_flows (record_id, entity_id, restricted_to, turns, routes, days)
      select record_id, entity_id, restricted_to, turns, routes, days::datemultirange from said
      on conflict (record_id) do update set entity_id = excluded.entity_id, restricted_to = excluded.restricted_to, turns = excluded.turns,
        routes = excluded.routes, days = excluded.days),
    turned as (
      select entity_id, t, 1 as way from said, jsonb_array_elements(turns) t
      union all select entity_id, t, -1 from old, jsonb_array_elements(turns) t),
    net as (select entity_id, (t->>0)::date as on_day, sum((t->>1)::bigint * way)::bigint as o, sum((t->>2)::bigint * way)::bigint as s,
        sum((t->>3)::int * way)::int as u from turned group by 1, 2)
    insert into band_sums (entity_id, on_day, ordinary, sensitive, unknown)
      select entity_id, on_day, o, s, u from net where o <> 0 or s <> 0 or u <> 0 order by 1, 2
    on conflict (entity_id, on_day) do update set ordinary = band_sums.ordinary + excluded.ordinary,
      sensitive = band_sums.sensitive + excluded.sensitive, unknown = band_sums.unknown + excluded.unknown`)
}

/** Asks the worker to judge all flows of the companies anew that leave the mainland: their band is another. */
export async function judgeBands(tx: Tx, entityIds: readonly string[]): Promise<void> {
  await tx.execute(sql`insert into to_judge (record_id)
    select record_id from band_flows where entity_id = any(${textArray(entityIds)}::text[]) on conflict do nothing`)
}

/** Forgets what every flow adds: whoever calls it puts the flows anew in the same transaction. */
export async function clearBands(tx: Tx): Promise<void> {
  await tx.execute(sql`delete from band_flows`)
  await tx.execute(sql`update band_sums set ordinary = 0, sensitive = 0, unknown = 0`)
}

/** The next sharings in force of the companies, in order of ids after the one given. */
export async function sharingsOfCompanies(
  tx: Tx,
  entityIds: readonly string[],
  after: string,
  limit: number,
): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select r.record_id as id from sharing_rows r where r.until_at = 'infinity' and r.entity_id = any(${textArray(entityIds)}::text[])
      and r.record_id > ${after} order by r.record_id limit ${limit}`,
  )
  return found.map((item) => item.id)
}
