import { sql, type SQL } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import type { Band, FlowState } from "@/domain/flows/layout"
import { coverageNow } from "./list-specs"
import { conditions, type ListQuery } from "./lists"

/** A band with the routes that lead through it, where it touches a country. */
export type FlowBand = Band & { routes: string[] | null }

export type Flows = {
  bands: FlowBand[]
  /** The widest of each column, which are named; all others are drawn as one. */
  named: { column: number; id: string }[]
  /** Sharings at each mechanism, each counted once. */
  mechanisms: { id: string; n: number }[]
  total: number
  people: number
  /** Sharings that do not say how many people they concern. */
  unknownPeople: number
}

type Line = {
  step: number
  from: string | null
  to: string | null
  state: string
  n: number
  weight: number
  routes: string[] | null
}

/**
 * The sharings that a list asks for, summed from company to party to country to mechanism by how they stand, the widest
 * of each column by name. What a sharing weighs (one, or its people) is shared out evenly over its routes.
 */
export async function flowsOf(
  tx: Tx,
  query: ListQuery,
  scope: SQL,
  of: { by: "sharings" | "people"; widest: number },
): Promise<Flows> {
  const state =
    query.asOf === null
      ? sql`case ${coverageNow(query.today)} when 'covered' then 'covered' when 'expiring' then 'covered' when 'gap' then 'gap' else 'other' end`
      : sql`'other'`
  const size = of.by === "people" ? sql`coalesce(r.people, 0)` : sql`1`
  const widest = (column: SQL, from: SQL): SQL =>
    sql`select ${column} as id from ${from} group by 1 order by sum(size) desc, 1 limit ${of.widest}`
  await tx.execute(sql`set local work_mem = '64MB'`)
  await tx.execute(sql`set local jit = off`)
  // Summed first by what is alike, so that only the sums are unfolded into routes: a sharing is then counted once at a
  // place though several of its routes lead there (`once`).
  const lines = await rows<Line>(
    tx,
    sql`with g as materialized (select r.entity_id, r.party_id, ${state} as state,
          case when r.routes = '{}' then array['none:none'] else r.routes end as routes, ${size}::float8 as size, r.people
        from sharing_rows r where ${conditions("sharings", query, scope)}),
      te as materialized (${widest(sql`entity_id`, sql`g`)}), tp as materialized (${widest(sql`party_id`, sql`g`)}),
      h as materialized (select coalesce(te.id, '*') as entity, coalesce(tp.id, '*') as party, state, routes, count(*) as n, sum(size) as size,
          sum(people)::float8 as people, count(*) filter (where people is null) as unknown
        from g left join te on te.id = g.entity_id left join tp on tp.id = g.party_id group by 1, 2, 3, 4),
      a as materialized (select k.routes, t.route, split_part(t.route, ':', 1) as country, split_part(t.route, ':', 2) as mechanism,
          1::float8 / cardinality(k.routes) as share, k.size / cardinality(k.routes) as size
        from (select routes, sum(size) as size from h group by 1) k cross join unnest(k.routes) as t(route)),
      tc as materialized (${widest(sql`country`, sql`a`)}), tm as materialized (${widest(sql`mechanism`, sql`a`)}),
      p as materialized (select a.routes, a.route, a.share, coalesce(tc.id, '*') as country, coalesce(tm.id, '*') as mechanism
        from a left join tc on tc.id = a.country left join tm on tm.id = a.mechanism),
      d as materialized (select p.*, row_number() over (partition by routes, country) = 1 as once_country,
          row_number() over (partition by routes, country, mechanism) = 1 as once_both, row_number() over (partition by routes, mechanism) = 1 as once_mechanism
        from p),
      x as materialized (select h.party, h.state, h.n, h.size * d.share as size, d.route, d.country, d.mechanism, d.once_country, d.once_both, d.once_mechanism
        from h join d on d.routes = h.routes)
      select 0 as step, entity as "from", party as "to", state, sum(n)::bigint as n, sum(size) as weight, null::text[] as routes from h group by 2, 3, 4
      union all select 1, party, country, state, coalesce(sum(n) filter (where once_country), 0)::bigint, sum(size), array_agg(distinct route) from x group by 2, 3, 4
      union all select 2, country, mechanism, state, coalesce(sum(n) filter (where once_both), 0)::bigint, sum(size), array_agg(distinct route) from x group by 2, 3, 4
      union all select 3, mechanism, '', '', coalesce(sum(n) filter (where once_mechanism), 0)::bigint, 0, null from x group by 2
      union all select 4, id, '0', '', 0, 0, null from te union all select 4, id, '1', '', 0, 0, null from tp
      union all select 4, id, '2', '', 0, 0, null from tc union all select 4, id, '3', '', 0, 0, null from tm
      union all select 5, '', '', '', coalesce(sum(n), 0)::bigint, coalesce(sum(people), 0), null from h
      union all select 6, '', '', '', coalesce(sum(unknown), 0)::bigint, 0, null from h`,
  )
  const at = (step: number): Line[] => lines.filter((line) => line.step === step)
  return {
    bands: lines.filter((line) => line.step <= 2).map((line) => asBand(line)),
    named: at(4).map((line) => ({ column: Number(line.to), id: line.from ?? "" })),
    mechanisms: at(3).map((line) => ({ id: line.from ?? "", n: line.n })),
    total: at(5)[0]?.n ?? 0,
    people: at(5)[0]?.weight ?? 0,
    unknownPeople: at(6)[0]?.n ?? 0,
  }
}

function asBand(line: Line): FlowBand {
  return {
    step: line.step as 0 | 1 | 2,
    from: line.from ?? "",
    to: line.to ?? "",
    state: line.state as FlowState,
    n: line.n,
    weight: line.weight,
    routes: line.routes,
  }
}

/** What parties are called, for who may know of them. */
export async function partyNames(
  tx: Db | Tx,
  ids: readonly string[],
  scope: SQL,
  span: SQL,
): Promise<Map<string, string>> {
  const found = await rows<{ id: string; title: string }>(
    tx,
    sql`select r.record_id as id, r.title from party_rows r where r.record_id = any(${sql.param(ids as unknown as string)}::text[]) and ${span} and ${scope}`,
  )
  return new Map(found.map((item) => [item.id, item.title]))
}
