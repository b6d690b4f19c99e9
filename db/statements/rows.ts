import { sql } from "drizzle-orm"
import { batches } from "@/db/batches"
import type { Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { tallied } from "./counts"

export type RowTable = "party_rows" | "sharing_rows" | "agreement_rows" | "other_rows"

export type NewRow = {
  recordId: string
  n: number
  standing: string
  title: string
  fold: string
  search: string
  restrictedTo: string[] | null
  columns: Record<string, string | number | boolean | string[] | null>
}

/** The shape in which `jsonb_to_recordset` reads each table's own columns. Names come from here, never from input. */
const COLUMNS: Record<RowTable, readonly (readonly [string, string])[]> = {
  party_rows: [
    ["kinds", "text[]"],
    ["sub_kind", "text"],
    ["country", "text"],
    ["data_decision", "text"],
    ["risk", "text"],
  ],
  sharing_rows: [
    ["entity_id", "text"],
    ["party_id", "text"],
    ["mode", "text"],
    ["role", "text"],
    ["grounds", "text[]"],
    ["purposes", "text[]"],
    ["data_kinds", "text[]"],
    ["subjects", "text[]"],
    ["countries", "text[]"],
    ["mechanisms", "text[]"],
    ["starts_on", "date"],
    ["ends_on", "date"],
    ["due_on", "date"],
    ["unknowns", "int"],
    ["routes", "text[]"],
    ["people", "bigint"],
  ],
  agreement_rows: [
    ["entity_id", "text"],
    ["party_id", "text"],
    ["kind", "text"],
    ["known_how", "text"],
    ["effect_on", "date"],
    ["ends_on", "date"],
    ["cover_count", "int"],
    ["has_file", "boolean"],
    ["signed", "boolean"],
  ],
  other_rows: [
    ["record_kind", "text"],
    ["kind", "text"],
    ["entity_id", "text"],
    ["party_id", "text"],
    ["sharing_id", "text"],
    ["outcome", "text"],
    ["first_on", "date"],
    ["last_on", "date"],
  ],
}
const COMMON = [
  ["record_id", "text"],
  ["n", "int"],
  ["standing", "text"],
  ["title", "text"],
  ["fold", "text"],
  ["search", "text"],
  ["restricted_to", "text[]"],
] as const

/**
 * Closes the spans of the versions before, inserts the new rows, in force from the act's instant, and moves the tally by
 * the difference. A statement for every batch of rows.
 */
export async function putRows(tx: Tx, table: RowTable, at: Instant, list: readonly NewRow[]): Promise<void> {
  for (const part of batches(list)) await putSomeRows(tx, table, at, part)
}

async function putSomeRows(tx: Tx, table: RowTable, at: Instant, list: readonly NewRow[]): Promise<void> {
  const payload = JSON.stringify(
    list.map((item) => ({
      record_id: item.recordId,
      n: item.n,
      standing: item.standing,
      title: item.title,
      fold: item.fold,
      search: item.search,
      restricted_to: item.restrictedTo,
      ...item.columns,
    })),
  )
  const all = [...COMMON, ...COLUMNS[table]]
  const names = sql.raw(all.map(([name]) => name).join(", "))
  const shape = sql.raw(all.map(([name, type]) => `${name} ${type}`).join(", "))
  const into = sql.raw(table)
  const keys = sql.raw(tallied(table))
  await tx.execute(sql`with gone as (
      update ${into} set until_at = ${at}::timestamptz from jsonb_to_recordset(${payload}::jsonb) as t(record_id text)
        where ${into}.record_id = t.record_id and until_at = 'infinity' returning ${keys}
    ), come as (
      insert into ${into} (from_at, until_at, ${names}) select ${at}::timestamptz, 'infinity', ${names}
        from jsonb_to_recordset(${payload}::jsonb) as t(${shape}) returning ${keys}
    ), steps as (
      select kind, entity_id, standing, sum(d) as d from (
        select kind, entity_id, standing, 1 as d from come where restricted_to is null
        union all select kind, entity_id, standing, -1 from gone where restricted_to is null
      ) e group by kind, entity_id, standing having sum(d) <> 0
    ) insert into record_counts (kind, entity_id, standing, at, n)
      select s.kind, s.entity_id, s.standing, ${at}::timestamptz, s.d + coalesce((select c.n from record_counts c
        where c.kind = s.kind and c.entity_id = s.entity_id and c.standing = s.standing order by c.at desc limit 1), 0) from steps s
      on conflict (kind, entity_id, standing, at) do update set n = excluded.n`)
}

export type SharingChecks = {
  recordId: string
  coverage: string
  papered: string
  blocking: string
  warning: string
  /** What the end of the flow still owes: since when it reads so, and by when. */
  unprovenFrom: string | null
  proofDueOn: string | null
}

/** Writes what the checks found at the instant onto the rows of sharings in force; a row that says so already is left alone. */
export async function putSharingChecks(tx: Tx, at: Instant, list: readonly SharingChecks[]): Promise<void> {
  if (list.length === 0) return
  const said = list.map(({ recordId, unprovenFrom, proofDueOn, ...days }) => ({
    ...{ id: recordId, unproven_from: unprovenFrom, proof_due_on: proofDueOn, ...days },
  }))
  const columns = sql.raw(CHECKED.join(", "))
  const [was, is] = ["r", "t"].map((of) => sql.raw(CHECKED.map((column) => `${of}.${column}`).join(", ")))
  await tx.execute(sql`update sharing_rows r set (${columns}) = (${is}), checked_at = ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(said)}::jsonb) as t(id text, coverage datemultirange, papered datemultirange,
      blocking datemultirange, warning datemultirange, unproven_from date, proof_due_on date)
    where r.record_id = t.id and r.until_at = 'infinity' and (r.checked_at is null or (${was}) is distinct from (${is}))`)
}

const CHECKED = ["coverage", "papered", "blocking", "warning", "unproven_from", "proof_due_on"]

/** Counts again how many sharings the parties have. */
export async function countSharings(tx: Tx, partyIds: readonly string[]): Promise<void> {
  if (partyIds.length === 0) return
  await tx.execute(sql`with want as (select distinct unnest(${sql.param(partyIds as unknown as string)}::text[]) as id),
      found as (select s.party_id, count(*)::int as n from sharing_rows s join want on want.id = s.party_id
        where s.until_at = 'infinity' and s.standing <> 'ended' group by s.party_id)
    update party_rows p set sharing_count = coalesce(found.n, 0) from want left join found on found.party_id = want.id
    where p.until_at = 'infinity' and p.record_id = want.id and p.sharing_count is distinct from coalesce(found.n, 0)`)
}
