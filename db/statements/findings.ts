import { sql, type SQL } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import type { Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { textArray } from "./log"
import type { CompanyDay } from "./promises"

export type FoundRow = {
  recordId: string
  key: string
  recordKind: string
  title: string
  standing: string
  entityId: string | null
  partyId: string | null
  partyName: string | null
  clause: string
  severity: "blocking" | "warning" | "advice"
  verdict: "broken" | "unknown"
  from: Day | null
  to: Day | null
  says: string
  params: Record<string, string>
  path: string | null
  remedy: string
  ownerId: string | null
  dueOn: Day | null
}

/** What findings are narrowed by. */
export const FOUND_FACETS = ["clause", "verdict", "entity", "kind", "country", "owner", "age"] as const
export type FoundFacet = (typeof FOUND_FACETS)[number]

/** What a reader of the list asks for. Findings stand on each company's own day; parties on the day of ''. */
export type FoundQuery = {
  severity: "blocking" | "warning" | "advice" | null
  filters: Partial<Record<FoundFacet, string[]>>
  excluded: Partial<Record<FoundFacet, string[]>>
  days: readonly CompanyDay[]
  asOf: Instant | null
  /** Who reads: of a party that they may not know of neither id nor name, kind or country is told. */
  reader: string
  after: { clause: string; recordId: string; key: string } | null
  limit: number
}

const EXPRESSION: Record<Exclude<FoundFacet, "kind">, SQL> = {
  clause: sql`f.clause`,
  verdict: sql`f.verdict`,
  entity: sql`j.entity_id`,
  country: sql`p.country`,
  owner: sql`coalesce(t.owner_id, 'nobody')`,
  // How long it has stood on the company's day: the age is what a board sorts its worries by.
  age: sql`case when f.first_on is null then 'always' when f.first_on > d.on_day - 30 then 'month'
    when f.first_on > d.on_day - 90 then 'quarter' when f.first_on > d.on_day - 365 then 'year' else 'older' end`,
}

const spans = (asOf: Instant | null, alias: string): SQL =>
  asOf === null
    ? sql.raw(`${alias}.until_at = 'infinity'`)
    : sql`${sql.raw(alias)}.from_at <= ${asOf}::timestamptz and ${sql.raw(alias)}.until_at > ${asOf}::timestamptz`

function source(query: FoundQuery): SQL {
  const { asOf, days } = query
  return sql`findings f
    join judgements j on j.record_id = f.record_id and ${spans(asOf, "j")}
    join unnest(${textArray(days.map((one) => one.entityId))}::text[], ${textArray(days.map((one) => one.on))}::text[]::date[]) as d(entity_id, on_day)
      on d.entity_id = coalesce(j.entity_id, '')
    left join sharing_rows s on s.record_id = f.record_id and ${spans(asOf, "s")}
    left join agreement_rows a on a.record_id = f.record_id and ${spans(asOf, "a")}
    left join party_rows p on p.record_id = j.party_id and ${spans(asOf, "p")}
      and (p.restricted_to is null or ${query.reader} = any(p.restricted_to))
    left join lateral (select t.owner_id, t.due_on from takes t where t.record_id = f.record_id and t.clause = f.clause
      and ${asOf === null ? sql`true` : sql`t.at <= ${asOf}::timestamptz`} order by t.log_index desc limit 1) t on true`
}

function oneOf(facet: FoundFacet, values: string[]): SQL {
  const list = sql`${textArray(values)}::text[]`
  return facet === "kind" ? sql`p.kinds && ${list}` : sql`${EXPRESSION[facet]} = any(${list})`
}

function conditions(query: FoundQuery, scope: SQL, without?: FoundFacet): SQL {
  const where = [
    spans(query.asOf, "f"),
    sql`(f.first_on is null or f.first_on <= d.on_day) and (f.until_on is null or f.until_on > d.on_day)`,
    scope,
  ]
  if (query.severity !== null) where.push(sql`f.severity = ${query.severity}`)
  for (const [facet, values] of Object.entries(query.filters) as [FoundFacet, string[]][]) {
    if (facet !== without && values.length) where.push(oneOf(facet, values))
  }
  for (const [facet, values] of Object.entries(query.excluded) as [FoundFacet, string[]][])
    if (values.length) where.push(sql`not coalesce(${oneOf(facet, values)}, false)`)
  return sql.join(where, sql` and `)
}

/** A page of the findings that stand on the day, by clause and record, after the cursor. `scope` is about `j`. */
export async function findingsPage(tx: Db | Tx, query: FoundQuery, scope: SQL): Promise<FoundRow[]> {
  const after = query.after
    ? sql`(f.clause, f.record_id, f.key) > (${query.after.clause}, ${query.after.recordId}, ${query.after.key})`
    : sql`true`
  const found = await rows<Omit<FoundRow, "params"> & { params: string }>(
    tx,
    sql`select f.record_id as "recordId", f.key, f.record_kind as "recordKind", coalesce(s.title, a.title, p.title) as title,
        coalesce(s.standing, a.standing, p.standing) as standing, j.entity_id as "entityId", p.record_id as "partyId", p.title as "partyName",
        f.clause, f.severity, f.verdict, f.first_on as "from", f.until_on as "to", f.says, f.params, f.path, f.remedy,
        t.owner_id as "ownerId", t.due_on as "dueOn"
      from ${source(query)} where ${conditions(query, scope)} and ${after}
      order by f.clause, f.record_id, f.key limit ${query.limit}`,
  )
  return found.map((item) => ({ ...item, params: JSON.parse(item.params) as Record<string, string> }))
}

/** How many findings of each severity stand, under the same filters. */
export async function severityCounts(
  tx: Db | Tx,
  query: FoundQuery,
  scope: SQL,
): Promise<{ severity: string; n: number }[]> {
  return rows(
    tx,
    sql`select f.severity, count(*)::int as n from ${source(query)} where ${conditions({ ...query, severity: null }, scope)} group by 1`,
  )
}

/** Counts of one facet's values, ignoring its own filter. Most frequent first. */
export async function foundFacet(
  tx: Db | Tx,
  query: FoundQuery,
  scope: SQL,
  facet: FoundFacet,
): Promise<{ value: string; n: number }[]> {
  const value = facet === "kind" ? sql`k.value` : EXPRESSION[facet]
  const more = facet === "kind" ? sql`, unnest(p.kinds) as k(value)` : sql``
  return rows(
    tx,
    sql`select v.value, count(*)::int as n from (select ${value} as value from ${source(query)} ${more}
        where ${conditions(query, scope, facet)}) v where v.value is not null group by 1 order by n desc, v.value limit 80`,
  )
}
