import { sql, type SQL } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import { flowsOf } from "./list-specs"
import { textArray } from "./log"

export const DECISIONS = ["receives-data", "no-personal-data", "undecided"] as const
export type SupplierDecision = (typeof DECISIONS)[number]

export type SupplierRow = {
  id: string
  title: string
  fold: string
  country: string | null
  decision: SupplierDecision
  sharings: number
  /** When *no personal data found* is looked at again; null where no day was set. */
  reviewOn: string | null
  decidedAt: string
}

/** A page of suppliers in force by name; `decision` null: all of them. Rows come through the index of each decision. */
export async function supplierPage(
  tx: Db | Tx,
  on: { decision: SupplierDecision | null; q: string; after: { fold: string; id: string } | null; size: number },
  scope: SQL,
  reader: { personId: string; entities: readonly string[] | null },
): Promise<SupplierRow[]> {
  const where = [sql`r.until_at = 'infinity' and r.standing <> 'ended'`, scope]
  if (on.decision) where.push(sql`r.data_decision = ${on.decision}`)
  if (on.q) where.push(sql`r.search like ${`%${on.q.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`}`)
  if (on.after) where.push(sql`(r.fold, r.record_id) > (${on.after.fold}, ${on.after.id})`)
  return rows<SupplierRow>(
    tx,
    sql`select r.record_id as id, r.title, r.fold, r.country, r.data_decision as decision, ${flowsOf(null, reader.personId, reader.entities)} as sharings, r.from_at as "decidedAt",
        (select nullif(x.due_on, '-infinity') from review_dues x where x.record_id = r.record_id and x.kind = 'no-personal-data'
          and x.until_at = 'infinity' limit 1) as "reviewOn"
      from party_rows r where ${sql.join(where, sql` and `)} order by r.fold, r.record_id limit ${on.size + 1}`,
  )
}

/** How many suppliers there are of each decision, and how many negative ones are to be looked at again by the day. */
export async function supplierSums(
  tx: Db | Tx,
  today: string,
  scope: SQL,
): Promise<{ decision: SupplierDecision; n: number; overdue: number }[]> {
  return rows(
    tx,
    sql`select r.data_decision as decision, count(*)::int as n, (select count(*)::int from review_dues x
        join party_rows r on r.record_id = x.record_id and r.until_at = 'infinity' and r.standing <> 'ended' and ${scope}
        where t.one = 'no-personal-data' and x.kind = 'no-personal-data' and x.until_at = 'infinity' and x.due_on < ${today}::date) as overdue
      from party_rows r cross join lateral (select r.data_decision as one) t
      where r.until_at = 'infinity' and r.standing <> 'ended' and ${scope} group by r.data_decision, t.one`,
  )
}

/** What the register holds, for the comparison with what is named; of flows in scope that have not ended. */
export async function heldSums(
  tx: Db | Tx,
  scope: SQL,
  party: SQL,
): Promise<{ what: "recipient" | "data" | "country"; kind: string | null; code: string | null; flows: number }[]> {
  return rows(
    tx,
    sql`with flows as materialized (
        select r.record_id, r.data_kinds, r.countries, p.sub_kind, case
          when r.mode = 'entrust' then array['processor'] when r.mode = 'disclose' then array['public']
          when cardinality(array_remove(p.kinds, 'processor')) > 0 then array_remove(p.kinds, 'processor') else p.kinds end as kinds
        from sharing_rows r left join party_rows p on p.record_id = r.party_id and p.until_at = 'infinity' and ${party}
        where r.until_at = 'infinity' and r.standing <> 'ended' and ${scope})
      select 'recipient' as what, k as kind, f.sub_kind as code, count(*)::int as flows from flows f, unnest(f.kinds) k group by 2, 3
      union all select 'data', k, d, count(*)::int from flows f, unnest(f.kinds) k, unnest(f.data_kinds) d group by 2, 3
      union all select 'country', null, c, count(*)::int from flows f, unnest(f.countries) c group by 3`,
  )
}

/** The notices in force, by id. */
export async function noticeIds(tx: Db | Tx, scope: SQL): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select r.record_id as id from other_rows r where r.until_at = 'infinity' and r.record_kind = 'notice' and r.standing <> 'ended'
      and ${scope} order by r.fold, r.record_id limit 2000`,
  )
  return found.map((item) => item.id)
}

export type KeyHit = { recordId: string; kind: string; key: string }

/** Parties that everybody may know of and that one of these exact keys finds. */
export async function partiesByKeys(tx: Db | Tx, keys: readonly { kind: string; key: string }[]): Promise<string[]> {
  if (keys.length === 0) return []
  const found = await rows<{ id: string }>(
    tx,
    sql`select distinct k.record_id as id from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as t(kind text, key text)
      join party_keys k on k.kind = t.kind and k.key = t.key
      join party_rows r on r.record_id = k.record_id and r.until_at = 'infinity' and r.standing <> 'ended' and r.restricted_to is null`,
  )
  return found.map((item) => item.id)
}

/** Parties whose core name is like one of these, the five likest of each, by the index of their letters. */
export async function partiesLike(tx: Tx, cores: readonly string[]): Promise<string[]> {
  if (cores.length === 0) return []
  // Trigrams are stricter than what decides in the end, which counts pairs of letters: so the net is wider.
  await tx.execute(sql`set local pg_trgm.similarity_threshold = 0.3`)
  const found = await rows<{ id: string }>(
    tx,
    sql`select distinct h.id from unnest(${textArray(cores)}::text[]) as want(core) cross join lateral (
        select k.record_id as id from party_keys k
        join party_rows r on r.record_id = k.record_id and r.until_at = 'infinity' and r.standing <> 'ended' and r.restricted_to is null
        where k.kind = 'core' and k.key % want.core order by similarity(k.key, want.core) desc, k.record_id limit 5) h`,
  )
  return found.map((item) => item.id)
}

/** The keys of parties with their country and decision, for the rule that decides. */
export async function knownSuppliers(
  tx: Db | Tx,
  ids: readonly string[],
): Promise<{ partyId: string; country: string | null; decision: SupplierDecision; kind: string; key: string }[]> {
  if (ids.length === 0) return []
  return rows(
    tx,
    sql`select r.record_id as "partyId", r.country, r.data_decision as decision, k.kind, k.key from party_rows r join party_keys k on k.record_id = r.record_id
      where r.until_at = 'infinity' and r.record_id = any(${textArray(ids)}::text[])`,
  )
}
