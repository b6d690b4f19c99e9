import { sql, type SQL } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { textArray } from "./log"

/** What a list asks for. Names of sorts and facets come from the tables below, never from input. */
export type ListQuery = {
  q: string
  filters: Record<string, string[]>
  excluded: Record<string, string[]>
  sort: string
  descending: boolean
  after: { key: string | null; id: string } | null
  size: number
  asOf: Instant | null
  /** Today, for what depends on the date. */
  today: string
  /** Who reads, for what a row borrows from other records. */
  reader: string
}

type Facet = {
  where: (values: string[], today: string) => SQL
  values: SQL | ((today: string) => SQL)
  array: boolean
  nowOnly?: boolean
}
type ListSpec = {
  table: string
  columns: (at: Instant | null, reader: string) => SQL
  sorts: Record<string, { column: string; type: string }>
  facets: Record<string, Facet>
}

const oneOf = (column: string): Facet => ({
  where: (values) => sql`r.${sql.raw(column)} = any(${textArray(values)}::text[])`,
  values: sql`r.${sql.raw(column)}`,
  array: false,
})
const anyOf = (column: string): Facet => ({
  where: (values) => sql`r.${sql.raw(column)} && ${textArray(values)}::text[]`,
  values: sql`r.${sql.raw(column)}`,
  array: true,
})

/** How a sharing stands on the day, by what was judged. */
export const coverageNow = (
  today: string,
): SQL => sql`case when r.standing = 'ended' then 'ended' when r.coverage is null then 'unchecked'
  when r.starts_on is not null and r.starts_on > ${today}::date then 'not-begun'
  when r.coverage @> ${today}::date then case when r.coverage @> (${today}::date + 90) then 'covered' else 'expiring' end else 'gap' end`
const findingNow = (
  today: string,
): SQL => sql`case when r.standing = 'ended' then 'none' when r.blocking @> ${today}::date then 'blocking'
  when r.warning @> ${today}::date then 'warning' else 'none' end`
const agreementNow = (
  today: string,
): SQL => sql`case when r.standing = 'ended' then 'ended' when not r.signed then 'unsigned' when r.effect_on is null then 'undated'
  when r.effect_on > ${today}::date then 'not-begun' when r.ends_on is null then 'in-effect' when r.ends_on < ${today}::date then 'lapsed'
  when r.ends_on < ${today}::date + 90 then 'expiring' else 'in-effect' end`
const derived = (value: (today: string) => SQL, nowOnly: boolean): Facet => ({
  where: (values, today) => sql`${value(today)} = any(${textArray(values)}::text[])`,
  values: value,
  array: false,
  nowOnly,
})

/** What an import brought: a filter that a page leads to, and no count of its own. */
const fromImport: Facet = {
  where: (values) =>
    sql`r.record_id in (select v.record_id from provenance v where v.import_id = any(${textArray(values)}::text[]))`,
  values: sql`null::text`,
  array: false,
}

const NAME = { column: "fold", type: "text" }
const SINCE = { column: "from_at", type: "timestamptz" }

/** What the row's party was called at the instant, or is called now; nothing for who may not know of the party. */
const partyName = (at: Instant | null, reader: string): SQL => {
  const named = sql`(p.restricted_to is null or ${reader} = any(p.restricted_to))`
  return at === null
    ? sql`(select p.title from party_rows p where p.record_id = r.party_id and p.until_at = 'infinity' and ${named} limit 1)`
    : sql`(select p.title from party_rows p where p.record_id = r.party_id and p.from_at <= ${at}::timestamptz
        and p.until_at > ${at}::timestamptz and ${named} limit 1)`
}

export const LISTS = {
  parties: {
    table: "party_rows",
    columns:
      () => sql`r.record_id as id, r.title, r.standing, r.from_at as "fromAt", r.fold, r.kinds, r.sub_kind as "subKind", r.country,
      r.data_decision as "dataDecision", r.risk, r.sharing_count as "sharingCount"`,
    sorts: { name: NAME, since: SINCE },
    facets: {
      kind: anyOf("kinds"),
      "sub-kind": oneOf("sub_kind"),
      country: oneOf("country"),
      decision: oneOf("data_decision"),
      standing: oneOf("standing"),
      risk: oneOf("risk"),
      import: fromImport,
    },
  },
  sharings: {
    table: "sharing_rows",
    columns: (
      at,
      reader,
    ) => sql`r.record_id as id, r.title, r.standing, r.from_at as "fromAt", r.fold, r.entity_id as "entityId", r.party_id as "partyId",
      ${partyName(at, reader)} as "partyName",
      r.mode, r.grounds, r.purposes, r.data_kinds as "dataKinds", r.subjects, r.countries, r.mechanisms, r.starts_on as "startsOn", r.ends_on as "endsOn",
      r.due_on as "dueOn", r.unknowns, r.coverage::text as coverage, r.blocking::text as blocking`,
    sorts: { name: NAME, since: SINCE },
    facets: {
      mode: oneOf("mode"),
      destination: anyOf("countries"),
      ground: anyOf("grounds"),
      standing: oneOf("standing"),
      entity: oneOf("entity_id"),
      party: oneOf("party_id"),
      data: anyOf("data_kinds"),
      purpose: anyOf("purposes"),
      subjects: anyOf("subjects"),
      mechanism: anyOf("mechanisms"),
      route: anyOf("routes"),
      coverage: derived(coverageNow, true),
      findings: derived(findingNow, true),
      import: fromImport,
    },
  },
  agreements: {
    table: "agreement_rows",
    columns: (
      at,
      reader,
    ) => sql`r.record_id as id, r.title, r.standing, r.from_at as "fromAt", r.fold, r.entity_id as "entityId", r.party_id as "partyId",
      ${partyName(at, reader)} as "partyName",
      r.kind, r.known_how as "knownHow", r.effect_on as "effectOn", r.ends_on as "endsOn", r.cover_count as "coverCount", r.has_file as "hasFile", r.signed`,
    sorts: { name: NAME, since: SINCE },
    facets: {
      kind: oneOf("kind"),
      state: derived(agreementNow, false),
      standing: oneOf("standing"),
      entity: oneOf("entity_id"),
      party: oneOf("party_id"),
      known: oneOf("known_how"),
    },
  },
  others: {
    table: "other_rows",
    columns: (
      at,
      reader,
    ) => sql`r.record_id as id, r.title, r.standing, r.from_at as "fromAt", r.fold, r.record_kind as "recordKind", r.kind, r.entity_id as "entityId",
      r.party_id as "partyId", ${partyName(at, reader)} as "partyName",
      r.sharing_id as "sharingId", r.outcome, r.first_on as "firstOn", r.last_on as "lastOn"`,
    sorts: { name: NAME, since: SINCE },
    facets: {
      record: oneOf("record_kind"),
      kind: oneOf("kind"),
      outcome: oneOf("outcome"),
      standing: oneOf("standing"),
    },
  },
} as const satisfies Record<string, ListSpec>

export type ListName = keyof typeof LISTS

function spec(name: ListName): ListSpec {
  return LISTS[name]
}

/** The rows in force at the instant: now, or the span that held it. */
export function inSpan(asOf: Instant | null): SQL {
  return asOf === null
    ? sql`r.until_at = 'infinity'`
    : sql`r.from_at <= ${asOf}::timestamptz and r.until_at > ${asOf}::timestamptz`
}

/** What a row has to be to match a list's search and filters within the reader's scope. */
export function conditions(
  name: ListName,
  query: Pick<ListQuery, "q" | "filters" | "excluded" | "asOf" | "today">,
  scope: SQL,
  without?: string,
): SQL {
  const where = [inSpan(query.asOf), scope]
  if (query.q) where.push(sql`r.search like ${`%${query.q.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`}`)
  for (const [facet, values] of Object.entries(query.filters)) {
    const known = spec(name).facets[facet]
    if (known && facet !== without && values.length && !(known.nowOnly && query.asOf))
      where.push(known.where(values, query.today))
  }
  for (const [facet, values] of Object.entries(query.excluded)) {
    const known = spec(name).facets[facet]
    if (known && values.length) where.push(sql`not coalesce(${known.where(values, query.today)}, false)`)
  }
  return sql.join(where, sql` and `)
}

/**
 * One page of a list by keyset: rows after the cursor in the order of (sort key, id), one more than asked for so that
 * the caller knows whether there is a next page. `scope` is the reader's own condition.
 */
export async function listPage<T>(tx: Db | Tx, name: ListName, query: ListQuery, scope: SQL): Promise<T[]> {
  const list = spec(name)
  const sort = list.sorts[query.sort] ?? NAME
  const column = sql`r.${sql.raw(sort.column)}`
  const way = query.descending ? sql`desc` : sql`asc`
  const cursor = query.after
    ? sql`(${column}, r.record_id) ${query.descending ? sql`<` : sql`>`} (${query.after.key}::${sql.raw(sort.type)}, ${query.after.id})`
    : sql`true`
  return rows<T>(
    tx,
    sql`select ${list.columns(query.asOf, query.reader)} from ${sql.raw(list.table)} r where ${conditions(name, query, scope)} and ${cursor}
      order by ${column} ${way}, r.record_id ${way} limit ${query.size + 1}`,
  )
}

/** How many rows match, up to `limit` + 1: beyond it a page says "more than". */
export async function listCount(
  tx: Db | Tx,
  name: ListName,
  query: ListQuery,
  scope: SQL,
  limit = 10_000,
): Promise<number> {
  const found = await rows<{ n: number }>(
    tx,
    sql`select count(*) as n from (select 1 from ${sql.raw(spec(name).table)} r where ${conditions(name, query, scope)} limit ${limit + 1}) t`,
  )
  return found[0]?.n ?? 0
}

export type FacetCount = { value: string; n: number }

/** Counts of one facet's values after the reader's scope, ignoring its own filter. Most frequent first. */
export async function facetCounts(
  tx: Db | Tx,
  name: ListName,
  query: ListQuery,
  scope: SQL,
  facet: string,
  limit = 40,
): Promise<FacetCount[]> {
  const known = spec(name).facets[facet]
  if (!known || (known.nowOnly && query.asOf)) return []
  const value = typeof known.values === "function" ? known.values(query.today) : known.values
  const from = sql`${sql.raw(spec(name).table)} r`
  const where = conditions(name, query, scope, facet)
  const source = known.array
    ? sql`select unnest(${value}) as value from ${from} where ${where}`
    : sql`select ${value} as value from ${from} where ${where}`
  return rows<FacetCount>(
    tx,
    sql`select t.value, count(*) as n from (${source}) t where t.value is not null group by t.value order by n desc, t.value limit ${limit}`,
  )
}
