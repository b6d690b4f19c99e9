import { sql, type SQL } from "drizzle-orm"
import { batches } from "@/db/batches"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { ReviewRow } from "@/domain/requests/review"
import { textArray } from "./log"

/** Puts the rows of a request's proposals; what was near a name before is kept, rows of proposals that are gone go. Set-based. */
export async function putReview(
  tx: Tx,
  requestId: string,
  list: readonly ReviewRow[],
  sealed: boolean,
  whole: boolean,
): Promise<void> {
  for (const part of batches(list)) await putSome(tx, requestId, part, sealed)
  if (whole)
    await tx.execute(sql`delete from review_rows r where r.request_id = ${requestId}
      and not exists (select 1 from proposals p where p.request_id = r.request_id and p.record_id = r.record_id)`)
}

async function putSome(tx: Tx, requestId: string, list: readonly ReviewRow[], sealed: boolean): Promise<void> {
  const payload = JSON.stringify(list)
  await tx.execute(sql`insert into review_rows (request_id, record_id, position, kind, op, title, fold, entity_id, kinds, country, clauses, enters,
      unknowns, owner, sealed, due_on, near_id, sheet, row)
    select ${requestId}, t."recordId", t.position, t.kind, t.op, t.title, t.fold, t."entityId", t.kinds, t.country, t.clauses, t.enters,
      t.unknowns, t.owner, ${sealed}, t."dueOn", t."nearId", t.sheet, t.row
    from jsonb_to_recordset(${payload}::jsonb) as t("recordId" text, position int, kind text, op text, title text, fold text, "entityId" text,
      kinds text[], country text, clauses text[], enters text, unknowns int, owner text, "dueOn" date, "nearId" text, sheet text, row int)
    on conflict (request_id, record_id) do update set position = excluded.position, op = excluded.op, title = excluded.title,
      fold = excluded.fold, entity_id = excluded.entity_id, kinds = excluded.kinds, country = excluded.country, clauses = excluded.clauses,
      enters = excluded.enters, unknowns = excluded.unknowns, owner = excluded.owner, sealed = excluded.sealed, due_on = excluded.due_on,
      near_id = coalesce(excluded.near_id, review_rows.near_id)`)
}

/** Puts down what newer checks say of rows that stay. Set-based. */
export async function updateReview(
  tx: Tx,
  requestId: string,
  list: readonly Pick<ReviewRow, "recordId" | "clauses" | "enters">[],
): Promise<void> {
  const payload = JSON.stringify(list.map(({ recordId, clauses, enters }) => ({ recordId, clauses, enters })))
  await tx.execute(sql`update review_rows r set clauses = t.clauses, enters = t.enters
    from jsonb_to_recordset(${payload}::jsonb) as t("recordId" text, clauses text[], enters text)
    where r.request_id = ${requestId} and r.record_id = t."recordId"`)
}

/** Whether the request's proposals have rows for review. */
export async function hasReview(tx: Db | Tx, requestId: string): Promise<boolean> {
  return (await row(tx, sql`select 1 from review_rows where request_id = ${requestId} limit 1`)) !== null
}

/** Takes the row of one proposal away. */
export async function dropReview(tx: Tx, requestId: string, recordId: string): Promise<void> {
  await tx.execute(sql`delete from review_rows where request_id = ${requestId} and record_id = ${recordId}`)
}

/** What a reviewer filters by. Names of facets come from the table below, never from input. */
export type ReviewQuery = { q: string; filters: Record<string, string[]>; excluded: Record<string, string[]> }

/** The words of an owner do not stand in an address: a part of their hash does. */
const OWNER = sql`left(encode(sha256(convert_to(coalesce(d.value, case when r.sealed then null else r.owner end), 'UTF8')), 'hex'), 16)`

type Facet = { value: SQL; array?: boolean; label?: SQL }
const FACETS: Record<string, Facet> = {
  record: { value: sql`r.kind` },
  kind: { value: sql`r.kinds`, array: true },
  country: { value: sql`r.country` },
  blocked: { value: sql`r.clauses`, array: true },
  enters: { value: sql`r.enters` },
  unknown: { value: sql`case when r.unknowns > 0 then 'some' else 'none' end` },
  owner: { value: OWNER, label: sql`min(coalesce(d.value, case when r.sealed then null else r.owner end))` },
  due: { value: sql`to_char(r.due_on, 'YYYY-MM-DD')` },
  near: { value: sql`case when r.near_id is not null then 'near' end` },
}

/** The facets of a review, in the order in which they are shown. */
export const REVIEW_FACETS = Object.keys(FACETS)

const FROM = sql`review_rows r left join disclosures d on r.sealed and d.commitment = r.owner`

function conditions(requestId: string, query: ReviewQuery, scope: SQL, without?: string): SQL {
  const where = [sql`r.request_id = ${requestId}`, scope]
  if (query.q) where.push(sql`r.fold like ${`%${query.q.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`}`)
  const holds = (facet: Facet, values: readonly string[]): SQL => {
    const list = sql`${textArray(values)}::text[]`
    return facet.array ? sql`${facet.value} && ${list}` : sql`${facet.value} = any(${list})`
  }
  for (const [name, values] of Object.entries(query.filters)) {
    const facet = FACETS[name]
    if (facet && name !== without && values.length > 0) where.push(holds(facet, values))
  }
  for (const [name, values] of Object.entries(query.excluded)) {
    const facet = FACETS[name]
    if (facet && values.length > 0) where.push(sql`not coalesce(${holds(facet, values)}, false)`)
  }
  return sql.join(where, sql` and `)
}

export type ReviewLine = {
  recordId: string
  position: number
  kind: ReviewRow["kind"]
  op: ReviewRow["op"]
  title: string
  country: string | null
  clauses: string[]
  enters: ReviewRow["enters"]
  unknowns: number
  dueOn: string | null
  nearId: string | null
  row: number | null
}

/** A page of the rows in the reader's scope that match, after a place (position and record), in the order of the request. */
export async function reviewPage(
  tx: Db | Tx,
  requestId: string,
  query: ReviewQuery,
  scope: SQL,
  after: { position: number; recordId: string } | null,
  limit: number,
): Promise<ReviewLine[]> {
  const cursor = after ? sql`(r.position, r.record_id) > (${after.position}, ${after.recordId})` : sql`true`
  return rows<ReviewLine>(
    tx,
    sql`select r.record_id as "recordId", r.position, r.kind, r.op, r.title, r.country, r.clauses, r.enters, r.unknowns,
        r.due_on as "dueOn", r.near_id as "nearId", r.row
      from ${FROM} where ${conditions(requestId, query, scope)} and ${cursor} order by r.position, r.record_id limit ${limit}`,
  )
}

/** The records that match, all of them, in the order of the request. */
export async function reviewIds(tx: Db | Tx, requestId: string, query: ReviewQuery, scope: SQL): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select r.record_id as id from ${FROM} where ${conditions(requestId, query, scope)} order by r.position, r.record_id`,
  )
  return found.map((item) => item.id)
}

/** How many rows match. */
export async function reviewCount(tx: Db | Tx, requestId: string, query: ReviewQuery, scope: SQL): Promise<number> {
  const found = await row<{ n: number }>(
    tx,
    sql`select count(*) as n from ${FROM} where ${conditions(requestId, query, scope)}`,
  )
  return found?.n ?? 0
}

export type ReviewCount = { value: string; label: string; n: number }

/** Counts of one facet's values over the whole request, its own filter left out; the most frequent first. */
export async function reviewFacet(
  tx: Db | Tx,
  requestId: string,
  query: ReviewQuery,
  scope: SQL,
  facet: string,
  limit = 40,
): Promise<ReviewCount[]> {
  const known = FACETS[facet]
  if (!known) return []
  const from = known.array ? sql`${FROM} cross join lateral unnest(${known.value}) as u(value)` : FROM
  const value = known.array ? sql`u.value` : known.value
  return rows<ReviewCount>(
    tx,
    sql`select ${value} as value, ${known.label ?? value} as label, count(*) as n from ${from} where ${conditions(requestId, query, scope, facet)}
      and ${value} is not null group by 1 order by n desc, 1 limit ${limit}`,
  )
}

/** How many of the proposals are sharings of these companies. */
export async function reviewSharings(tx: Db | Tx, requestId: string, entityIds: readonly string[]): Promise<number> {
  const found = await row<{ n: number }>(
    tx,
    sql`select count(*) as n from review_rows r where r.request_id = ${requestId} and r.kind = 'sharing'
      and r.entity_id = any(${textArray(entityIds)}::text[])`,
  )
  return found?.n ?? 0
}

export type SharingBody = { recordId: string; position: number; body: string }

/** The sharings that the draft (revision 0) or a revision proposes, in their order, after a place. */
export async function sharingBodies(
  tx: Db | Tx,
  of: { requestId: string; revision: number },
  after: { position: number; recordId: string },
  limit: number,
): Promise<SharingBody[]> {
  const from = of.revision === 0 ? sql`proposals p` : sql`revision_proposals p`
  const revision = of.revision === 0 ? sql`true` : sql`p.n = ${of.revision}`
  return rows<SharingBody>(
    tx,
    sql`select p.record_id as "recordId", p.position, p.body from ${from}
      where p.request_id = ${of.requestId} and ${revision} and p.kind = 'sharing'
        and (p.position, p.record_id) > (${after.position}, ${after.recordId})
      order by p.position, p.record_id limit ${limit}`,
  )
}
