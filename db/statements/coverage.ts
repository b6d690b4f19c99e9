import { sql, type SQL } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { inSpan } from "./lists"
import { partyOf, underDemand } from "./list-specs"
import { textArray } from "./log"

/** A sharing with the coverage that stood for it at the instant; null where nothing had been judged then. */
export type CoverRow = {
  id: string
  fold: string
  title: string
  standing: string
  /** It runs because an authority demands it: it was not found running. */
  underDemand: boolean
  entityId: string
  /** Neither for who may not know of the party. */
  partyId: string | null
  partyName: string | null
  coverage: string | null
  /** When it came to stand as it does, and before: pairs of instant and standing, oldest first. */
  versions: { at: string; standing: string }[]
}

const during = (table: string, at: Instant | null): SQL =>
  at === null
    ? sql`${sql.raw(table)}.until_at = 'infinity'`
    : sql`${sql.raw(table)}.from_at <= ${at}::timestamptz and ${sql.raw(table)}.until_at > ${at}::timestamptz`

const asRead = (
  at: Instant | null,
  reader: string,
): SQL => sql`r.record_id as id, r.fold, r.title, r.standing, ${underDemand(sql`r`)} as "underDemand",
  r.entity_id as "entityId", ${partyOf(at, reader)}, j.coverage,
  (select jsonb_agg(jsonb_build_object('at', v.from_at, 'standing', v.standing) order by v.n) from sharing_rows v
    where v.record_id = r.record_id and v.n <= r.n) as versions`

/** A page of the sharings of a party by name, each with its stored coverage at the instant. */
export async function partyCoverage(
  tx: Db | Tx,
  of: {
    partyId: string
    at: Instant | null
    after: { fold: string; id: string } | null
    limit: number
    reader: string
  },
  scope: SQL,
): Promise<CoverRow[]> {
  const after = of.after ? sql`(r.fold, r.record_id) > (${of.after.fold}, ${of.after.id})` : sql`true`
  return rows<CoverRow>(
    tx,
    sql`select ${asRead(of.at, of.reader)} from (select * from sharing_rows r where r.party_id = ${of.partyId} and ${inSpan(of.at)}
        and ${scope} and ${after} order by r.fold, r.record_id limit ${of.limit}) r
      left join judgements j on j.record_id = r.record_id and ${during("j", of.at)} order by r.fold, r.record_id`,
  )
}

/** These sharings as they are in force, by name, and of how many more the reader may know; `waits`: one is to be judged anew. */
export async function sharingsCoverage(
  tx: Db | Tx,
  of: { ids: readonly string[]; reader: string; limit: number },
  scope: SQL,
): Promise<{ rows: (CoverRow & { waits: boolean })[]; n: number }> {
  if (of.ids.length === 0) return { rows: [], n: 0 }
  const found = await rows<CoverRow & { waits: boolean; n: number }>(
    tx,
    sql`select ${asRead(null, of.reader)}, r.n_all as n, exists (select 1 from to_judge w where w.record_id = r.record_id) as waits
      from (select r.*, count(*) over ()::int as n_all from sharing_rows r where r.record_id = any(${textArray(of.ids)}::text[])
        and ${inSpan(null)} and ${scope} order by r.fold, r.record_id limit ${of.limit}) r
      left join judgements j on j.record_id = r.record_id and ${during("j", null)} order by r.fold, r.record_id`,
  )
  return { rows: found.map(({ n: _n, ...one }) => one), n: found[0]?.n ?? 0 }
}

/** How many sharings of a party there are, how many have a gap on the day, and how many nobody had judged. */
export async function partyCounts(
  tx: Db | Tx,
  of: { partyId: string; at: Instant | null; on: string },
  scope: SQL,
): Promise<{ all: number; gap: number; unjudged: number }> {
  const found = await rows<{ all: number; gap: number; unjudged: number }>(
    tx,
    sql`select count(*) as all, count(*) filter (where r.standing <> 'ended' and exists (select 1 from gaps g where g.record_id = r.record_id
        and ${during("g", of.at)} and g.from_on <= ${of.on}::date and g.until_on > ${of.on}::date)) as gap,
      count(*) filter (where not exists (select 1 from judgements j where j.record_id = r.record_id and ${during("j", of.at)})) as unjudged
    from sharing_rows r where r.party_id = ${of.partyId} and ${inSpan(of.at)} and ${scope}`,
  )
  return found[0] ?? { all: 0, gap: 0, unjudged: 0 }
}

/** What a list of gaps asks for. `on`: the day on which they stand. */
export type GapQuery = {
  at: Instant | null
  on: string
  entities: readonly string[]
  causes: readonly string[]
  after: { since: string; id: string } | null
  limit: number
  reader: string
}

export type GapRow = CoverRow & { sinceOn: string; untilOn: string; causes: string[] }

const ofEntities = (query: GapQuery): SQL =>
  query.entities.length ? sql`g.entity_id = any(${textArray(query.entities)}::text[])` : sql`true`
const ofCauses = (query: GapQuery): SQL =>
  query.causes.length ? sql`g.causes && ${textArray(query.causes)}::text[]` : sql`true`

/** A gap counts where its sharing is in force and the reader may know of it. */
const standing = (query: GapQuery, scope: SQL): SQL => sql`gaps g
  join sharing_rows r on r.record_id = g.record_id and ${inSpan(query.at)} and r.standing <> 'ended' and ${scope}
  where ${during("g", query.at)} and g.from_on <= ${query.on}::date and g.until_on > ${query.on}::date`

/** A page of the sharings with a gap on the day, whose uncovered stretch began first before the others. */
export async function gapPage(tx: Db | Tx, query: GapQuery, scope: SQL): Promise<GapRow[]> {
  const after = query.after
    ? sql`(g.since_on, g.record_id) > (${query.after.since}::date, ${query.after.id})`
    : sql`true`
  return rows<GapRow>(
    tx,
    sql`select ${asRead(query.at, query.reader)}, r.since_on as "sinceOn", r.until_on as "untilOn", r.causes
      from (select r.*, g.since_on, g.until_on, g.causes from ${standing(query, scope)}
        and ${ofEntities(query)} and ${ofCauses(query)} and ${after}
        order by g.since_on, g.record_id limit ${query.limit}) r
      left join judgements j on j.record_id = r.record_id and ${during("j", query.at)} order by r.since_on, r.record_id`,
  )
}

export type GapCounts = {
  total: number
  entities: { value: string; n: number }[]
  causes: { value: string; n: number }[]
}

/** How many sharings have a gap on the day, by company and by cause; each facet ignores its own filter. */
export async function gapCounts(tx: Db | Tx, query: GapQuery, scope: SQL): Promise<GapCounts> {
  const counts = await rows<{ of: "total" | "entity" | "cause"; value: string; n: number }>(
    tx,
    // Companies and causes are few, however many flows have a gap: what is alike is counted first.
    sql`with alike as (select g.entity_id, g.causes, count(*) as n from ${standing(query, scope)} group by 1, 2),
      b as materialized (select g.*, ${ofEntities(query)} as here, ${ofCauses(query)} as so from alike g)
      select 'total' as of, '' as value, coalesce(sum(n), 0)::bigint as n from b where here and so
      union all select 'entity', entity_id, sum(n)::bigint from b where so group by 2
      union all select 'cause', c.value, sum(n)::bigint from (select unnest(causes) as value, n from b where here) c group by 2
      order by 1, 3 desc, 2`,
  )
  const facet = (of: string): GapCounts["entities"] =>
    counts.filter((one) => one.of === of).map(({ value, n }) => ({ value, n }))
  return {
    total: counts.find((one) => one.of === "total")?.n ?? 0,
    entities: facet("entity").slice(0, 40),
    causes: facet("cause").slice(0, 40),
  }
}
