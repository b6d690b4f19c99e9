import { sql, type SQL } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import type { Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import type { FoundCell, FoundFacet } from "@/domain/checks/found"
import { underDemand } from "./list-specs"
import { textArray } from "./log"
import type { CompanyDay } from "./promises"

export type FoundRow = {
  recordId: string
  key: string
  recordKind: string
  title: string
  standing: string
  /** A flow that an authority demands: it was not found running. */
  underDemand: boolean
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

/**
 * The same of what is looked up by its key: `>=` says of what has no end what `=` says, but keeps the planner, while it
 * does not know a table yet (right after a large import), from an index that lists all that has no end.
 */
const within = (asOf: Instant | null, alias: string): SQL =>
  asOf === null ? sql`${sql.raw(alias)}.until_at >= 'infinity'` : spans(asOf, alias)

const spans = (asOf: Instant | null, alias: string): SQL =>
  asOf === null
    ? sql.raw(`${alias}.until_at = 'infinity'`)
    : sql`${sql.raw(alias)}.from_at <= ${asOf}::timestamptz and ${sql.raw(alias)}.until_at > ${asOf}::timestamptz`

/** What is wanted of each company's day: parties stand on the day of ''. */
const wanted = (days: readonly CompanyDay[]): SQL =>
  sql`unnest(${textArray(days.map((one) => one.entityId))}::text[], ${textArray(days.map((one) => one.on))}::text[]::date[]) as d(entity_id, on_day)`

/**
 * A page's findings and what each leads to. They are met in the index's order and each thing is looked up by its key
 * (`offset 0` keeps it so).
 */
function source(query: FoundQuery): SQL {
  const { asOf, days, reader } = query
  return sql`findings f
    join lateral (select * from judgements j where j.record_id = f.record_id and ${within(asOf, "j")} offset 0) j on true
    join ${wanted(days)} on d.entity_id = coalesce(j.entity_id, '')
    left join lateral (select s.title, s.standing, s.record_id, s.n from sharing_rows s where s.record_id = f.record_id and ${within(asOf, "s")} offset 0) s on true
    left join lateral (select a.title, a.standing from agreement_rows a where a.record_id = f.record_id and ${within(asOf, "a")} offset 0) a on true
    left join lateral (select p.record_id, p.title, p.standing, p.country, p.kinds from party_rows p where p.record_id = j.party_id
      and ${within(asOf, "p")} and (p.restricted_to is null or ${reader} = any(p.restricted_to)) offset 0) p on true
    left join lateral (select t.owner_id, t.due_on from takes t where t.record_id = f.record_id and t.clause = f.clause
      and ${asOf === null ? sql`true` : sql`t.at <= ${asOf}::timestamptz`} order by t.log_index desc limit 1) t on true`
}

function oneOf(facet: FoundFacet, values: string[]): SQL {
  const list = sql`${textArray(values)}::text[]`
  return facet === "kind" ? sql`p.kinds && ${list}` : sql`${EXPRESSION[facet]} = any(${list})`
}

const STANDS = sql`(f.first_on is null or f.first_on <= d.on_day) and (f.until_on is null or f.until_on > d.on_day)`

function conditions(query: FoundQuery, scope: SQL): SQL {
  const where = [spans(query.asOf, "f"), STANDS, scope]
  if (query.severity !== null) where.push(sql`f.severity = ${query.severity}`)
  for (const [facet, values] of Object.entries(query.filters) as [FoundFacet, string[]][]) {
    if (values.length) where.push(oneOf(facet, values))
  }
  where.push(...begun(query))
  for (const [facet, values] of Object.entries(query.excluded) as [FoundFacet, string[]][])
    if (values.length) where.push(sql`not coalesce(${oneOf(facet, values)}, false)`)
  return sql.join(where, sql` and `)
}

/** Whose findings a choice that fits few of them is about: so that the list begins there and is not walked to its end. */
function begun({ filters, asOf }: FoundQuery): SQL[] {
  const out: SQL[] = []
  const owners = filters.owner ?? []
  if (owners.length && !owners.includes("nobody"))
    out.push(sql`f.record_id in (select t.record_id from takes t where t.owner_id = any(${textArray(owners)}::text[]))`)
  for (const facet of ["country", "kind"] as const) {
    const values = filters[facet] ?? []
    if (values.length)
      out.push(sql`f.record_id in (select j.record_id from party_rows p join judgements j on j.party_id = p.record_id and ${spans(asOf, "j")}
        where ${spans(asOf, "p")} and ${oneOf(facet, values)})`)
  }
  return out
}

/** A page of the findings that stand on the day, by clause and record, after the cursor. `scope` is about `j`. */
export async function findingsPage(tx: Db | Tx, query: FoundQuery, scope: SQL): Promise<FoundRow[]> {
  const after = query.after
    ? sql`(f.clause, f.record_id, f.key) > (${query.after.clause}, ${query.after.recordId}, ${query.after.key})`
    : sql`true`
  const found = await rows<Omit<FoundRow, "params"> & { params: string }>(
    tx,
    sql`select f.record_id as "recordId", f.key, f.record_kind as "recordKind", coalesce(s.title, a.title, p.title) as title,
        coalesce(s.standing, a.standing, p.standing) as standing, coalesce(${underDemand(sql`s`)}, false) as "underDemand", j.entity_id as "entityId", p.record_id as "partyId", p.title as "partyName",
        f.clause, f.severity, f.verdict, f.first_on as "from", f.until_on as "to", f.says, f.params, f.path, f.remedy,
        t.owner_id as "ownerId", t.due_on as "dueOn"
      from ${source(query)} where ${conditions(query, scope)} and ${after}
      order by f.clause, f.record_id, f.key limit ${query.limit}`,
  )
  return found.map((item) => ({ ...item, params: JSON.parse(item.params) as Record<string, string> }))
}

/**
 * All findings that stand on the day and that the reader may count, whatever else narrows the list: how many are alike. One walk
 * over all of them.
 */
export async function foundCells(tx: Db | Tx, query: FoundQuery, scope: SQL): Promise<FoundCell[]> {
  const { asOf, days, reader } = query
  return rows<FoundCell>(
    tx,
    sql`select f.severity, f.clause, f.verdict, j.entity_id as entity, p.country, coalesce(p.kinds, '{}') as kinds,
        ${EXPRESSION.owner} as owner, ${EXPRESSION.age} as age, count(*)::int as n
      from findings f
      join judgements j on j.record_id = f.record_id and ${within(asOf, "j")}
      join ${wanted(days)} on d.entity_id = coalesce(j.entity_id, '')
      left join party_rows p on p.record_id = j.party_id and ${within(asOf, "p")}
        and (p.restricted_to is null or ${reader} = any(p.restricted_to))
      left join (select distinct on (t.record_id, t.clause) t.record_id, t.clause, t.owner_id from takes t
          where ${asOf === null ? sql`true` : sql`t.at <= ${asOf}::timestamptz`}
          order by t.record_id, t.clause, t.log_index desc) t on t.record_id = f.record_id and t.clause = f.clause
      where ${within(asOf, "f")} and ${STANDS} and ${scope}
      group by 1, 2, 3, 4, 5, 6, 7, 8`,
  )
}
