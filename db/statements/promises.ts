import { sql, type SQL } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import type { Counts, Turn, VerdictCode } from "@/domain/promises/verdicts"
import { textArray } from "./log"

export type CompanyDay = { entityId: string; on: Day }
type Line = { entityId: string; clause: string; verdict: VerdictCode; n: number }

const want = (days: readonly CompanyDay[]): SQL => sql`want as (select * from unnest(
  ${textArray(days.map((one) => one.entityId))}::text[], ${textArray(days.map((one) => one.on))}::text[]::date[]) as w(entity_id, on_day))`

/**
 * How many records of each company keep each clause on its day, as the register says now: the stored sums, and what
 * turned since the day that they reached. A day before that is summed from the beginning.
 */
export async function countsNow(tx: Db | Tx, days: readonly CompanyDay[]): Promise<Line[]> {
  return rows<Line>(
    tx,
    sql`with ${want(days)},
      reached as (select w.entity_id, w.on_day, case when d.on_day > '-infinity' and d.on_day <= w.on_day then d.on_day end as upto
        from want w join promise_days d using (entity_id)),
      found as (
        select c.entity_id, c.clause, c.verdict, c.n from promise_counts c join reached r using (entity_id) where r.upto is not null
        union all
        select t.entity_id, t.clause, t.verdict, t.n from reached r join promise_turns t using (entity_id)
          where t.on_day >= coalesce(r.upto + 1, '-infinity'::date) and t.on_day <= r.on_day)
      select entity_id as "entityId", clause, verdict, sum(n)::int as n from found group by 1, 2, 3 having sum(n) <> 0`,
  )
}

/** The same, as it was known at the instant. */
export async function countsAt(tx: Db | Tx, days: readonly CompanyDay[], at: Instant): Promise<Line[]> {
  return rows<Line>(
    tx,
    sql`with ${want(days)}
      select t.entity_id as "entityId", t.clause, t.verdict, sum(t.n)::int as n from want w join promise_turns t using (entity_id)
      where t.on_day <= w.on_day and t.at <= ${at}::timestamptz group by 1, 2, 3 having sum(t.n) <> 0`,
  )
}

/** The turns of the records that are restricted to named persons, this one among them, at the instant (null: now). */
export async function restrictedTurns(
  tx: Db | Tx,
  personId: string,
  asOf: Instant | null,
): Promise<{ entityId: string; turns: Turn[] }[]> {
  const span =
    asOf === null
      ? sql`until_at = 'infinity'`
      : sql`from_at <= ${asOf}::timestamptz and until_at > ${asOf}::timestamptz`
  return rows(
    tx,
    sql`select coalesce(entity_id, '') as "entityId", turns from judgements where restricted_to is not null
      and ${personId} = any(restricted_to) and ${span}`,
  )
}

/** The instant at which the checks first said anything; null while nothing was judged. */
export async function judgedSince(tx: Db | Tx): Promise<Instant | null> {
  return (await row<{ at: Instant }>(tx, sql`select min(from_at) as at from judgements`))?.at ?? null
}

/** Sums lines of several companies by clause. */
export function byClause(lines: readonly Line[]): Map<string, Counts> {
  const out = new Map<string, Counts>()
  for (const { clause, verdict, n } of lines) {
    const counts = out.get(clause) ?? { e: 0, n: 0, u: 0 }
    counts[verdict] += n
    out.set(clause, counts)
  }
  return out
}

export type Standing = { clause: string; since: Day | null; open: boolean; taken: number }

/**
 * For each of the clauses: since when the oldest finding stands that stands on the day, and how many are taken by
 * somebody. `scope` is the reader's condition on the judgement `j` of the finding's record.
 */
export async function standingSince(tx: Db | Tx, clauses: readonly string[], on: Day, scope: SQL): Promise<Standing[]> {
  if (clauses.length === 0) return []
  const stands = sql`f.until_at = 'infinity' and (f.first_on is null or f.first_on <= ${on}::date)
    and (f.until_on is null or f.until_on > ${on}::date)`
  // The oldest stands first in the index by clause: each is looked at until one is met that the reader may know.
  const readable = sql`exists (select 1 from judgements j where j.record_id = f.record_id and j.until_at = 'infinity' and ${scope})`
  return rows<Standing>(
    tx,
    sql`select c.clause, o.first_on as since, o.record_id is not null as open, coalesce(k.n, 0)::int as taken
      from unnest(${textArray(clauses)}::text[]) as c(clause)
      left join lateral (select t.first_on, t.record_id from (
          (select f.first_on, f.record_id from findings f where f.clause = c.clause and f.first_on is null and ${stands} and ${readable} limit 1)
          union all
          (select f.first_on, f.record_id from findings f where f.clause = c.clause and f.first_on <= ${on}::date and ${stands} and ${readable}
            order by f.first_on limit 1)) t
        order by t.first_on nulls first limit 1) o on true
      left join lateral (select count(*) as n from (select distinct on (t.record_id) t.record_id, t.owner_id from takes t
          where t.clause = c.clause order by t.record_id, t.log_index desc) t
        join judgements j on j.record_id = t.record_id and j.until_at = 'infinity'
        where t.owner_id is not null and ${scope}
          and exists (select 1 from findings f where f.record_id = t.record_id and f.clause = c.clause and ${stands})) k on true`,
  )
}
