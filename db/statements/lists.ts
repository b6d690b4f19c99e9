import { sql, type SQL } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { ALL_STANDINGS, talliedCount, type Counted } from "./counts"
import { listSpec, NAME, type ListName } from "./list-specs"
import { textArray } from "./log"
import { namedBeside } from "./sides"

/** What a list asks for. Names of sorts and facets come from the tables below, never from input. */
export type ListQuery = {
  q: string
  /** What is searched for instead, where nothing holds `q`: rows with one of each. */
  alike?: readonly (readonly string[])[]
  filters: Record<string, string[]>
  excluded: Record<string, string[]>
  sort: string
  descending: boolean
  after: { key: string | null; id: string } | null
  size: number
  asOf: Instant | null
  /** Where the rows that match are known already: their ids. */
  among?: readonly string[]
  /** Today, for what depends on the date. */
  today: string
  /** Who reads, for what a row borrows from other records. */
  reader: string
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
  query: Pick<ListQuery, "q" | "alike" | "filters" | "excluded" | "asOf" | "today" | "among">,
  scope: SQL,
  without?: string,
): SQL {
  const where = [inSpan(query.asOf), scope]
  // Texts of our own packs lie in the same table, and are looked at elsewhere.
  if (name === "others") where.push(sql`r.record_kind <> 'pack'`)
  if (query.among) where.push(sql`r.record_id = any(${textArray(query.among)}::text[])`)
  if (query.alike) where.push(...query.alike.map((words) => sql`(${sql.join(words.map(searched), sql` or `)})`))
  else if (query.q) where.push(searched(query.q))
  for (const [facet, values] of Object.entries(query.filters)) {
    const known = listSpec(name).facets[facet]
    if (known && facet !== without && values.length) where.push(known.where(values, query.today, query.asOf))
  }
  for (const [facet, values] of Object.entries(query.excluded)) {
    const known = listSpec(name).facets[facet]
    if (known && values.length) where.push(sql`not coalesce(${known.where(values, query.today, query.asOf)}, false)`)
  }
  return sql.join(where, sql` and `)
}

const IDEOGRAPH = /^[\u2e80-\uffff]{1,2}$/

/**
 * Rows that hold the words. Three letters are a trigram of the index; one or two ideographs have an index of pairs; one
 * or two other letters are looked for where words begin, for anywhere else no index knows them.
 */
export function searched(q: string): SQL {
  const text = q.replace(/[\\%_]/g, (sign) => `\\${sign}`)
  if (IDEOGRAPH.test(q)) return sql`search_pairs(r.search) @> array[${q}]::text[]`
  if ([...q].length < 3) return sql`(r.search like ${`${text}%`} or r.search like ${`% ${text}%`})`
  return sql`r.search like ${`%${text}%`}`
}

/** Lists whose rows lie by company in the index, so that a reader of few companies need not pass over the others'. */
const BY_ENTITY: Partial<Record<ListName, true>> = { sharings: true, agreements: true }
const FEW_ENTITIES = 20

/**
 * One page of a list by keyset: rows after the cursor in the order of (sort key, id), one more than asked for so that
 * the caller knows whether there is a next page. `scope` is the reader's own condition; `entities` its companies.
 */
export async function listPage<T>(
  tx: Db | Tx,
  name: ListName,
  query: ListQuery,
  scope: SQL,
  entities: readonly string[] | null,
): Promise<T[]> {
  return rows<T>(tx, pageStatement(name, query, scope, entities))
}

/** The statement of a page; on its own so that a test can ask for its plan. */
export function pageStatement(name: ListName, query: ListQuery, scope: SQL, entities: readonly string[] | null): SQL {
  const list = listSpec(name)
  const sort = list.sorts[query.sort] ?? NAME
  const column = sql`r.${sql.raw(sort.column)}`
  const way = query.descending ? sql`desc` : sql`asc`
  const cursor = query.after
    ? sql`(${column}, r.record_id) ${query.descending ? sql`<` : sql`>`} (${query.after.key}::${sql.raw(sort.type)}, ${query.after.id})`
    : sql`true`
  const where = sql`${conditions(name, query, scope)} and ${cursor}`
  const order = sql`order by ${column} ${way}, r.record_id ${way} limit ${query.size + 1}`
  const table = sql.raw(list.table)
  const byEntity = BY_ENTITY[name] && query.asOf === null && !query.q && !query.among
  // What a paper names beside its first company lies in no such index, and is few.
  const beside =
    name === "agreements" && entities !== null
      ? sql` union all (select * from ${table} r where r.record_id = any(${namedBeside("furtherEntities", entities, null)})
          and not (r.entity_id = any(${textArray(entities)}::text[])) and ${where} ${order})`
      : sql``
  const from =
    byEntity && entities !== null && entities.length <= FEW_ENTITIES
      ? sql`(select r.* from unnest(${textArray(entities)}::text[]) as e(id) cross join lateral (
          select * from ${table} r where r.entity_id = e.id and ${where} ${order}) r${beside}) r`
      : sql`${table} r where ${where}`
  return sql`select ${list.columns(query.asOf, query.reader, entities, query.today)} from ${from} ${order}`
}

/** How many rows match, up to `limit` + 1: beyond it a page says "more than". */
export async function listCount(
  tx: Db | Tx,
  name: ListName,
  query: ListQuery,
  scope: SQL,
  limit = 10_000,
): Promise<number> {
  const found = await row<{ n: number }>(
    tx,
    sql`select count(*) as n from (select 1 from ${sql.raw(listSpec(name).table)} r where ${conditions(name, query, scope)} limit ${limit + 1}) t`,
  )
  return found?.n ?? 0
}

/** The ids of what matches, in no order, at most `limit`. */
export async function listIds(
  tx: Db | Tx,
  name: ListName,
  query: ListQuery,
  scope: SQL,
  limit: number,
): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select r.record_id as id from ${sql.raw(listSpec(name).table)} r where ${conditions(name, query, scope)} limit ${limit}`,
  )
  return found.map((item) => item.id)
}

/**
 * The exact total from the tally, whatever the size and the instant; null where the question is finer than the tally
 * (a search, or filters other than by standing, company and kind of record). What is restricted is counted by name.
 */
export async function listTotal(
  tx: Db | Tx,
  name: ListName,
  query: ListQuery,
  scope: SQL,
  entities: readonly string[] | null,
): Promise<number | null> {
  const of = talliedBy(name, query, entities)
  if (!of) return null
  const restricted = await row<{ n: number }>(
    tx,
    sql`select count(*) as n from ${sql.raw(listSpec(name).table)} r where r.restricted_to is not null and ${conditions(name, query, scope)}`,
  )
  return (await talliedCount(tx, of, query.asOf)) + (restricted?.n ?? 0) + (await countBeside(tx, name, of, query))
}

/** Unrestricted papers that are these companies' by a further side alone: the tally counts a paper under its first. */
async function countBeside(tx: Db | Tx, name: ListName, of: Counted, { asOf }: ListQuery): Promise<number> {
  if (name !== "agreements" || of.entities === null) return 0
  const found = await row<{ n: number }>(
    tx,
    sql`select count(*) as n from agreement_rows r where r.record_id = any(${namedBeside("furtherEntities", of.entities, asOf)})
      and ${inSpan(asOf)} and r.restricted_to is null and r.standing = any(${textArray(of.standings)}::text[])
      and not (r.entity_id = any(${textArray(of.entities)}::text[]))`,
  )
  return found?.n ?? 0
}

const KINDS: Record<ListName, readonly string[]> = {
  parties: ["party"],
  sharings: ["sharing"],
  agreements: ["agreement"],
  others: ["assessment", "consent", "notice", "demand", "chain"],
}

function talliedBy(name: ListName, query: ListQuery, entities: readonly string[] | null): Counted | null {
  if (query.q || query.among || Object.values(query.excluded).some((values) => values.length)) return null
  const asked = { kinds: KINDS[name], entities, standings: ALL_STANDINGS }
  if (name === "parties") asked.entities = [""]
  if (name === "others" && entities !== null) asked.entities = ["", ...entities]
  const within = (all: readonly string[], values: readonly string[]) => all.filter((one) => values.includes(one))
  for (const [facet, values] of Object.entries(query.filters)) {
    if (values.length === 0 || !listSpec(name).facets[facet]) continue
    if (facet === "standing") asked.standings = within(asked.standings, values)
    else if (facet === "record") asked.kinds = within(asked.kinds, values)
    else if (facet === "entity") asked.entities = asked.entities ? within(asked.entities, values) : [...new Set(values)]
    else return null
  }
  return asked
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
  const known = listSpec(name).facets[facet]
  if (!known) return []
  const value = known.values(query.today, query.asOf)
  const from = sql`${sql.raw(listSpec(name).table)} r`
  const where = conditions(name, query, scope, facet)
  const source = known.array
    ? sql`select unnest(${value}) as value from ${from} where ${where}`
    : sql`select ${value} as value from ${from} where ${where}`
  return rows<FacetCount>(
    tx,
    sql`select t.value, count(*) as n from (${source}) t where t.value is not null group by t.value order by n desc, t.value limit ${limit}`,
  )
}
