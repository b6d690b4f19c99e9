import { sql } from "drizzle-orm"
import { batchesOf } from "@/db/batches"
import type { Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { textArray } from "./log"

/** What every derived row of a version says of its record. */
type Said = {
  recordId: string
  path: string
  recordKind: string
  title: string
  entityId: string | null
  partyId: string | null
  restrictedTo: string[] | null
}
export type OpenAnswerRow = Said & { asked: string | null; askedSealed: string | null; dueOn: string | null }
export type ReviewRow = Said & {
  kind: string
  subject: string
  rule: string
  sinceOn: string | null
  length: number | null
  dueOn: string | null
  about: string | null
  owner: string | null
  ownerSealed: string | null
}
export type PartyKeyRow = { recordId: string; kind: string; key: string }

const SAID = `record_id text, path text, record_kind text, title text, entity_id text, party_id text, restricted_to text[]`
const said = (row: Said): Record<string, unknown> => ({
  record_id: row.recordId,
  path: row.path,
  record_kind: row.recordKind,
  title: row.title,
  entity_id: row.entityId,
  party_id: row.partyId,
  restricted_to: row.restrictedTo,
})

/**
 * Says from the instant on that these are the open answers of the records: what was answered is closed, what is new is
 * opened, what stands keeps its span. Set-based.
 */
export async function putOpenAnswers(
  tx: Tx,
  at: Instant,
  recordIds: readonly string[],
  list: readonly OpenAnswerRow[],
): Promise<void> {
  await putSaid(
    tx,
    { at, recordIds, table: "open_answers", shape: "asked text, asked_sealed text, due_on date", same: ["path"] },
    list.map((row) => ({
      ...said(row),
      asked: row.asked,
      asked_sealed: row.askedSealed,
      due_on: row.dueOn ?? "infinity",
    })),
  )
}

/** Says from the instant on that these are the reviews of the records that come due; likewise. */
export async function putReviews(
  tx: Tx,
  at: Instant,
  recordIds: readonly string[],
  list: readonly ReviewRow[],
): Promise<void> {
  const shape =
    "kind text, subject text, rule text, since_on date, length int, due_on date, about text, owner text, owner_sealed text"
  await putSaid(
    tx,
    { at, recordIds, table: "review_dues", shape, same: ["kind", "path"] },
    list.map((row) => ({
      ...said(row),
      kind: row.kind,
      subject: row.subject,
      rule: row.rule,
      since_on: row.sinceOn,
      length: row.length,
      due_on: row.dueOn ?? "-infinity",
      about: row.about,
      owner: row.owner,
      owner_sealed: row.ownerSealed,
    })),
  )
}

type SaidIn = {
  at: Instant
  recordIds: readonly string[]
  table: "open_answers" | "review_dues"
  shape: string
  same: string[]
}

async function putSaid(tx: Tx, into: SaidIn, list: readonly Record<string, unknown>[]): Promise<void> {
  for (const part of batchesOf(into.recordIds, list, (line) => String(line.record_id)))
    await putSomeSaid(tx, { ...into, recordIds: part.recordIds }, part.lines)
}

async function putSomeSaid(tx: Tx, into: SaidIn, list: readonly Record<string, unknown>[]): Promise<void> {
  const shape = `${SAID}, ${into.shape}`
  const names = sql.raw(
    shape
      .split(", ")
      .map((column) => column.split(" ")[0])
      .join(", "),
  )
  const table = sql.raw(into.table)
  const columns = sql.raw(into.same.join(", "))
  const same = sql.raw(into.same.map((column) => `o.${column} = s.${column}`).join(" and "))
  const told = sql.raw("returning entity_id, due_on, restricted_to")
  await tx.execute(sql`with said as (
      select t.*, md5(t::text) as key from jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as t(${sql.raw(shape)})),
    stood as (select o.* from unnest(${textArray(into.recordIds)}::text[]) as w(id)
      cross join lateral (select record_id, ${columns}, from_at, key, until_at from ${table} where record_id = w.id offset 0) o
      where o.until_at = 'infinity'),
    gone as (select * from stood o where not exists (select 1 from said s where s.record_id = o.record_id and ${same} and s.key = o.key)),
    closed as (update ${table} o set until_at = ${into.at}::timestamptz from gone s
      where o.record_id = s.record_id and ${same} and o.from_at = s.from_at ${told}),
    made as (insert into ${table} (from_at, until_at, key, ${names})
      select ${into.at}::timestamptz, 'infinity', key, ${names} from said s
      where not exists (select 1 from stood o where o.record_id = s.record_id and ${same} and o.key = s.key) ${told})
    ${into.table === "open_answers" ? COUNTED : sql`select count(*) from made`}`)
}

/** Moves the counts of open answers by what was closed and what was opened. */
const COUNTED = sql`insert into answer_counts (entity_id, due_on, n)
  select coalesce(t.entity_id, ''), t.due_on, sum(t.way)::int from (
    select entity_id, due_on, 1 as way from made where restricted_to is null
    union all select entity_id, due_on, -1 from closed where restricted_to is null) t
  group by 1, 2 having sum(t.way) <> 0 order by 1, 2
  on conflict (entity_id, due_on) do update set n = answer_counts.n + excluded.n`

/** Puts the keys of parties in place of those that they had. */
export async function putPartyKeys(tx: Tx, recordIds: readonly string[], list: readonly PartyKeyRow[]): Promise<void> {
  if (recordIds.length === 0) return
  const payload = JSON.stringify(list.map((row) => ({ record_id: row.recordId, kind: row.kind, key: row.key })))
  await tx.execute(sql`with said as (
      select distinct t.* from jsonb_to_recordset(${payload}::jsonb) as t(record_id text, kind text, key text)),
    gone as (delete from party_keys k where k.record_id = any(${textArray(recordIds)}::text[])
      and not exists (select 1 from said s where s.record_id = k.record_id and s.kind = k.kind and s.key = k.key))
    insert into party_keys (record_id, kind, key) select record_id, kind, key from said on conflict do nothing`)
}
