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
  tx: Db | Tx,
  query: ListQuery,
  scope: SQL,
  of: { by: "sharings" | "people"; widest: number },
): Promise<Flows> {
  const state =
    query.asOf === null
      ? sql`case ${coverageNow(query.today)} when 'covered' then 'covered' when 'expiring' then 'covered' when 'gap' then 'gap' else 'other' end`
      : sql`'other'`
  const size = of.by === "people" ? sql`coalesce(r.people, 0)::float8` : sql`1::float8`
  const widest = (column: SQL, from: SQL, weight: SQL): SQL =>
    sql`select ${column} as id from ${from} group by 1 order by sum(${weight}) desc, 1 limit ${of.widest}`
  const place = (column: string, top: string): SQL =>
    sql.raw(`case when ${column} in (select id from ${top}) then ${column} else '*' end`)
  const lines = await rows<Line>(
    tx,
    sql`with b as materialized (select r.record_id, r.entity_id, r.party_id, ${state} as state, ${size} as size, r.people,
        case when r.routes = '{}' then array['none:none'] else r.routes end as routes
        from sharing_rows r where ${conditions("sharings", query, scope)}),
      x as materialized (select b.record_id, b.party_id, b.state, t.route, split_part(t.route, ':', 1) as country,
        split_part(t.route, ':', 2) as mechanism, b.size / cardinality(b.routes) as size from b cross join unnest(b.routes) as t(route)),
      te as materialized (${widest(sql`entity_id`, sql`b`, sql`size`)}), tp as materialized (${widest(sql`party_id`, sql`b`, sql`size`)}),
      tc as materialized (${widest(sql`country`, sql`x`, sql`size`)}), tm as materialized (${widest(sql`mechanism`, sql`x`, sql`size`)})
      select 0 as step, ${place("entity_id", "te")} as "from", ${place("party_id", "tp")} as "to", state, count(*) as n, sum(size) as weight,
        null::text[] as routes from b group by 2, 3, 4
      union all select 1, ${place("party_id", "tp")}, ${place("country", "tc")}, state, count(distinct record_id), sum(size),
        array_agg(distinct route) from x group by 2, 3, 4
      union all select 2, ${place("country", "tc")}, ${place("mechanism", "tm")}, state, count(distinct record_id), sum(size),
        array_agg(distinct route) from x group by 2, 3, 4
      union all select 3, ${place("mechanism", "tm")}, '', '', count(distinct record_id), 0, null from x group by 2
      union all select 4, id, '0', '', 0, 0, null from te union all select 4, id, '1', '', 0, 0, null from tp
      union all select 4, id, '2', '', 0, 0, null from tc union all select 4, id, '3', '', 0, 0, null from tm
      union all select 5, '', '', '', count(*), coalesce(sum(people), 0)::float8, null from b
      union all select 6, '', '', '', count(*) filter (where people is null), 0, null from b`,
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
