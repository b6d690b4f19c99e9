import { sql, type SQL } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import type { FlowState } from "@/domain/flows/layout"
import type { FlowSums } from "@/domain/flows/picture"
import { coverageNow } from "./list-specs"
import { conditions, type ListQuery } from "./lists"

type Line = {
  step: number
  entity: string
  party: string
  state: string
  routes: string[]
  n: number
  size: number
  people: number
  unknown: number
}

/**
 * The sharings that a list asks for, summed by what is alike: company, party, how they stand, routes; with the widest
 * companies and parties, all others as one.
 */
export async function flowSumsOf(
  tx: Tx,
  query: ListQuery,
  scope: SQL,
  of: { by: "sharings" | "people"; widest: number },
): Promise<FlowSums> {
  const state =
    query.asOf === null
      ? sql`case ${coverageNow(query.today)} when 'covered' then 'covered' when 'expiring' then 'covered' when 'gap' then 'gap' else 'other' end`
      : sql`'other'`
  const size = of.by === "people" ? sql`coalesce(r.people, 0)` : sql`1`
  const widest = (column: SQL): SQL =>
    sql`select ${column} as id from g group by 1 order by sum(size) desc, 1 limit ${of.widest}`
  await tx.execute(sql`set local work_mem = '64MB'`)
  await tx.execute(sql`set local jit = off`)
  const lines = await rows<Line>(
    tx,
    sql`with g as materialized (select r.entity_id, r.party_id, ${state} as state,
          case when r.routes = '{}' then array['none:none'] else r.routes end as routes, ${size}::float8 as size, r.people
        from sharing_rows r where ${conditions("sharings", query, scope)}),
      te as materialized (${widest(sql`entity_id`)}), tp as materialized (${widest(sql`party_id`)})
      select 0 as step, coalesce(te.id, '*') as entity, coalesce(tp.id, '*') as party, state, routes, count(*) as n, sum(size) as size,
        coalesce(sum(people), 0)::float8 as people, count(*) filter (where people is null) as unknown
        from g left join te on te.id = g.entity_id left join tp on tp.id = g.party_id group by 2, 3, 4, 5
      union all select 1, id, '', '', '{}', 0, 0, 0, 0 from te union all select 2, '', id, '', '{}', 0, 0, 0, 0 from tp`,
  )
  const at = (step: number): Line[] => lines.filter((line) => line.step === step)
  return {
    entities: at(1).map(({ entity }) => entity),
    parties: at(2).map(({ party }) => party),
    sums: at(0).map(({ step: _step, ...line }) => ({ ...line, state: line.state as FlowState })),
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
