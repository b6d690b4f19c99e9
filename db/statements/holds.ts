import { sql } from "drizzle-orm"
import { row, rows, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { textArray } from "./log"

export type HoldRow = {
  id: string
  no: number
  entityIds: string[] | null
  instant: Instant
  reason: string
  byPerson: string
  byName: string
  at: Instant
  endReason: string | null
  endedByName: string | null
  endedAt: Instant | null
}

/** The holds of companies that the reader reads, newest first; `id`: that one. `entities` null: of all. */
export async function holdRows(
  tx: Tx,
  on: { entities: readonly string[] | null; id?: string; before?: number | null; limit?: number },
): Promise<HoldRow[]> {
  const mine = on.entities === null ? sql`true` : sql`h.entity_ids <@ ${textArray(on.entities)}::text[]`
  return rows(
    tx,
    sql`select h.id, h.no, h.entity_ids as "entityIds", h.instant, h.reason, h.by_person as "byPerson", p.name as "byName", h.at,
        e.reason as "endReason", q.name as "endedByName", e.at as "endedAt"
      from holds h join people p on p.id = h.by_person left join hold_ends e on e.hold_id = h.id left join people q on q.id = e.by_person
      where ${mine} and ${on.id ? sql`h.id = ${on.id}` : sql`true`} and ${on.before ? sql`h.no < ${on.before}` : sql`true`}
      order by h.no desc limit ${on.limit ?? 1}`,
  )
}

/** The number of the first standing hold that keeps something of these; null: none does. */
export async function holdOver(tx: Tx, ownerIds: readonly string[]): Promise<number | null> {
  if (ownerIds.length === 0) return null
  const found = await row<{ no: number | null }>(
    tx,
    sql`select min(hold_over(o)) as no from unnest(${textArray(ownerIds)}::text[]) o`,
  )
  return found?.no ?? null
}

/** The number of the next hold. Whoever asks holds erasures meanwhile. */
export async function nextHold(tx: Tx): Promise<number> {
  return (await row<{ no: number }>(tx, sql`select coalesce(max(no), 0)::int + 1 as no from holds`))?.no ?? 1
}

/** Writes a hold. */
export async function insertHold(
  tx: Tx,
  one: Pick<HoldRow, "id" | "no" | "entityIds" | "instant" | "reason" | "byPerson" | "at"> & { logIndex: number },
): Promise<void> {
  const entities = one.entityIds === null ? sql`null` : sql`${textArray(one.entityIds)}::text[]`
  await tx.execute(sql`insert into holds (id, no, entity_ids, instant, reason, by_person, at, log_index) values (${one.id}, ${one.no},
    ${entities}, ${one.instant}::timestamptz, ${one.reason}, ${one.byPerson}, ${one.at}::timestamptz, ${one.logIndex})`)
}

/** Writes that it ended. */
export async function insertHoldEnd(
  tx: Tx,
  one: { holdId: string; reason: string; byPerson: string; at: Instant; logIndex: number },
): Promise<void> {
  await tx.execute(sql`insert into hold_ends (hold_id, reason, by_person, at, log_index)
    values (${one.holdId}, ${one.reason}, ${one.byPerson}, ${one.at}::timestamptz, ${one.logIndex})`)
}

/** What waits for the end of a hold: erasures that were proposed and not decided, by id, and how many links with answers are over their time. */
export async function waitingOn(
  tx: Tx,
  hold: { id: string; months: number; now: Instant },
): Promise<{ erasures: string[]; links: number }> {
  const erasures = await rows<{ id: string }>(
    tx,
    sql`select e.id from erasures e, holds h where h.id = ${hold.id} and not exists (select 1 from erasure_decisions d where d.erasure_id = e.id)
      and exists (select 1 from disclosures d where d.commitment = any(e.commitments) and hold_reaches(h.entity_ids, h.instant, d.owner_id))
      order by e.log_index limit 100`,
  )
  const before = sql`${hold.now}::timestamptz - make_interval(months => ${hold.months}::int)`
  const links = await row<{ n: number }>(
    tx,
    sql`select count(*)::int as n from supplier_links l left join requests r on r.id = l.request_id, holds h
      where h.id = ${hold.id} and l.cleared_at is null and l.at < ${before} and coalesce(l.sent_at, l.revoked_at, l.expires_at) < ${before}
        and (r.id is null or r.state not in ('in-review', 'changes-requested') and r.moved_at < ${before})
        and (exists (select 1 from supplier_answers a where a.link_id = l.id) or exists (select 1 from supplier_files f where f.link_id = l.id))
        and hold_reaches(h.entity_ids, h.instant, l.id)`,
  )
  return { erasures: erasures.map((one) => one.id), links: links?.n ?? 0 }
}
