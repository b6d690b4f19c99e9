import { sql } from "drizzle-orm"
import { row, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { STANDINGS } from "@/domain/records/kinds"
import { textArray } from "./log"
import type { RowTable } from "./rows"

/** What the tally is asked for: kinds of records, companies (null: every one) and standings. */
export type Counted = { kinds: readonly string[]; entities: readonly string[] | null; standings: readonly string[] }

/** The kind and the company under which the tally counts a row of the table. */
const KEYS: Record<RowTable, { kind: string; entity: string }> = {
  party_rows: { kind: "'party'", entity: "''" },
  sharing_rows: { kind: "'sharing'", entity: "entity_id" },
  agreement_rows: { kind: "'agreement'", entity: "entity_id" },
  other_rows: { kind: "record_kind", entity: "coalesce(entity_id, '')" },
}

/** What of a row the tally is kept by, as a list of columns. */
export function tallied(table: RowTable): string {
  return `${KEYS[table].kind} as kind, ${KEYS[table].entity} as entity_id, standing, restricted_to`
}

/**
 * How many unrestricted records were in force at the instant (null: are now), from the tally: one look-up for each kind,
 * company and standing, however many records there are.
 */
export async function talliedCount(tx: Db | Tx, of: Counted, asOf: Instant | null): Promise<number> {
  const companies =
    of.entities === null
      ? sql`(select '' as entity_id union all select id from records where kind = 'entity')`
      : sql`unnest(${textArray(of.entities)}::text[])`
  const until = asOf === null ? sql`true` : sql`c.at <= ${asOf}::timestamptz`
  const found = await row<{ n: number }>(
    tx,
    sql`select coalesce(sum(h.n), 0)::bigint as n from unnest(${textArray(of.kinds)}::text[]) as k(kind)
      cross join ${companies} as e(entity_id) cross join unnest(${textArray(of.standings)}::text[]) as s(standing)
      cross join lateral (select c.n from record_counts c where c.kind = k.kind and c.entity_id = e.entity_id
        and c.standing = s.standing and ${until} order by c.at desc limit 1) h`,
  )
  return found?.n ?? 0
}

/** Every standing that a row of a list may have. */
export const ALL_STANDINGS: readonly string[] = STANDINGS

const SPANS = (Object.keys(KEYS) as RowTable[])
  .map((table) => `select ${tallied(table)}, from_at, until_at from ${table} where restricted_to is null`)
  .join(" union all ")

/** The tally made anew from the spans of the list rows: the same figures as act by act, in another way. */
export const REBUILD_COUNTS = `insert into record_counts (kind, entity_id, standing, at, n)
  with spans as (${SPANS}), steps as (
    select kind, entity_id, standing, at, sum(d) as d from (
      select kind, entity_id, standing, from_at as at, 1 as d from spans
      union all select kind, entity_id, standing, until_at, -1 from spans where until_at <> 'infinity'
    ) e group by kind, entity_id, standing, at having sum(d) <> 0
  ) select kind, entity_id, standing, at, sum(d) over (partition by kind, entity_id, standing order by at) from steps`

/** Empties the tally and makes it anew from the list rows. */
export async function rebuildCounts(tx: Tx): Promise<void> {
  await tx.execute(sql`delete from record_counts`)
  await tx.execute(sql.raw(REBUILD_COUNTS))
}
