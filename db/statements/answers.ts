import { sql, type SQL } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { conditions, inSpan } from "./lists"
import { partyOf } from "./list-specs"
import { textArray } from "./log"

/** What is asked of flows on a day; empty lists ask for all. `among`: the flows that can match, where they are known already. */
export type FlowsAsked = {
  data: readonly string[]
  people: readonly string[]
  countries: readonly string[]
  entities: readonly string[]
  on: string
  asOf: Instant | null
  reader: string
  among?: readonly string[]
}

export type FlowRow = {
  id: string
  fold: string
  title: string
  standing: "approved" | "discovered" | "ended"
  entityId: string
  /** Neither for who may not know of the party. */
  partyId: string | null
  partyName: string | null
  partyCountry: string | null
  /** What was judged of it at the instant; null: nothing had been. */
  coverage: string | null
  /** The version that was in force. */
  n: number
  fromAt: Instant
}

/** The filters of the list of sharings that narrow the question, whatever the day. */
export function flowFilters(asked: Pick<FlowsAsked, "data" | "people" | "countries" | "entities">) {
  const { data, people, countries, entities } = asked
  return {
    ...{ data: [...data], subjects: [...people], destination: [...countries], entity: [...entities] },
  }
}

/** It ran on the day, or nobody knows since when it runs. Ended without a last day it ended when the register said so. */
const ran = (on: string): SQL => sql`(r.starts_on is null or r.starts_on <= ${on}::date)
  and (r.ends_on is null or r.ends_on >= ${on}::date)
  and not (r.standing = 'ended' and r.ends_on is null and (r.from_at at time zone 'UTC')::date <= ${on}::date)`

/**
 * A line of the body with one of the values held on the day. Looked at last: what the row itself says is cheaper. As `json` the
 * one list is found in the text of the body; `jsonb` would take all of it apart.
 */
function lineHeld(list: string, key: string, values: readonly string[], on: string): SQL {
  if (values.length === 0) return sql`true`
  return sql`exists (select 1 from versions v
    cross join lateral (select v.body::json #> ${`{${list},value}`}::text[] as list offset 0) x
    cross join lateral json_array_elements(case when json_typeof(x.list) = 'array' then x.list else '[]'::json end) line
    where v.record_id = r.record_id and v.n = r.n and line ->> ${key} = any(${textArray(values)}::text[])
      and coalesce((line ->> 'firstOn')::date <= ${on}::date, true) and coalesce((line ->> 'lastOn')::date >= ${on}::date, true))`
}

function matching(asked: FlowsAsked, scope: SQL): SQL {
  const query = {
    ...{ q: "", filters: flowFilters(asked), excluded: {}, asOf: asked.asOf, today: asked.on },
    ...(asked.among ? { among: asked.among } : {}),
  }
  return sql`${conditions("sharings", query, scope)} and ${ran(asked.on)}
    and ${lineHeld("dataLines", "kind", asked.data, asked.on)} and ${lineHeld("destinations", "country", asked.countries, asked.on)}`
}

/** The statement of a page; on its own so that a test can ask for its plan. */
export function flowsStatement(
  asked: FlowsAsked,
  scope: SQL,
  page: { after: { fold: string; id: string } | null; limit: number },
): SQL {
  const after = page.after ? sql`(r.fold, r.record_id) > (${page.after.fold}, ${page.after.id})` : sql`true`
  const during = (table: string): SQL =>
    asked.asOf === null
      ? sql`${sql.raw(table)}.until_at = 'infinity'`
      : sql`${sql.raw(table)}.from_at <= ${asked.asOf}::timestamptz and ${sql.raw(table)}.until_at > ${asked.asOf}::timestamptz`
  return sql`select r.record_id as id, r.fold, r.title, r.standing, r.entity_id as "entityId", r.n, r.from_at as "fromAt",
      ${partyOf(asked.asOf, asked.reader)},
      (select p.country from party_rows p where p.record_id = r.party_id and ${during("p")}
        and (p.restricted_to is null or ${asked.reader} = any(p.restricted_to)) limit 1) as "partyCountry",
      (select j.coverage from judgements j where j.record_id = r.record_id and ${during("j")} limit 1) as coverage
    from (select * from sharing_rows r where ${matching(asked, scope)} and ${after}
      order by r.fold, r.record_id limit ${page.limit}) r order by r.fold, r.record_id`
}

/** A page of the flows that are asked for, by name. */
export async function flowsOnDay(
  tx: Db | Tx,
  asked: FlowsAsked,
  scope: SQL,
  page: { after: { fold: string; id: string } | null; limit: number },
): Promise<FlowRow[]> {
  return rows<FlowRow>(tx, flowsStatement(asked, scope, page))
}

/** How many flows are asked for, and to how many recipients; counted up to `most` flows. */
export async function countFlowsOnDay(
  tx: Db | Tx,
  asked: FlowsAsked,
  scope: SQL,
  most: number,
): Promise<{ flows: number; recipients: number }> {
  const found = await row<{ flows: number; recipients: number }>(tx, countStatement(asked, scope, most))
  return found ?? { flows: 0, recipients: 0 }
}

/** The statement of that count. */
export function countStatement(asked: FlowsAsked, scope: SQL, most: number): SQL {
  return sql`select count(*) as flows, count(distinct t.party_id) as recipients
    from (select r.party_id from sharing_rows r where ${matching(asked, scope)} limit ${most + 1}) t`
}

/** The papers in force at the instant that name one of these flows, or amend or replace one that does. */
export async function papersNaming(tx: Db | Tx, sharingIds: readonly string[], at: Instant | null): Promise<string[]> {
  if (sharingIds.length === 0) return []
  const found = await rows<{ id: string }>(
    tx,
    sql`with named as (select distinct r.record_id as id from version_refs f join agreement_rows r on r.record_id = f.record_id and r.n = f.n
        where f.target_id = any(${textArray(sharingIds)}::text[]) and f.path like 'covers.%' and ${inSpan(at)})
      select id from named
      union select f.target_id from named join agreement_rows r on r.record_id = named.id and ${inSpan(at)}
        join version_refs f on f.record_id = r.record_id and f.n = r.n and f.path in ('amends', 'replaces')
      union select r.record_id from named join version_refs f on f.target_id = named.id and f.path in ('amends', 'replaces')
        join agreement_rows r on r.record_id = f.record_id and r.n = f.n and ${inSpan(at)}`,
  )
  return found.map((one) => one.id)
}
