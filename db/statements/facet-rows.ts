import { sql, type SQL } from "drizzle-orm"
import { row, rows, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { BETWEEN_FACETS, BETWEEN_VALUES, type MarkedRow } from "@/domain/register/facet-index"
import { indexedFacets, listSpec, type ListName } from "./list-specs"
import { entitiesOfRow } from "./sides"

const ENTITY: Record<Exclude<ListName, "agreements">, string> = {
  parties: "''",
  sharings: "r.entity_id",
  others: "coalesce(r.entity_id, '')",
}
/** The companies of a row, as one text: a paper of several is read in each of them. */
const entitiesOf = (name: ListName): SQL =>
  name === "agreements"
    ? sql`array_to_string(${entitiesOfRow("r", null)}, ${BETWEEN_VALUES}::text)`
    : sql.raw(ENTITY[name])

/** A row in force with the values of all facets of its list today, by the same expressions that filters use. */
function marked(name: ListName, today: string): SQL {
  const marks = indexedFacets(name)
    .flatMap((facet) => listSpec(name).facets[facet] ?? [])
    .map((facet) =>
      facet.array
        ? sql`array_to_string(${facet.values(today, null)}, ${BETWEEN_VALUES}::text)`
        : sql`coalesce(${facet.values(today, null)}, '')`,
    )
  return sql`select r.record_id as id, ${sql.join(marks, sql` || ${BETWEEN_FACETS}::text || `)} as marks,
    ${entitiesOf(name)} as "entityIds", r.restricted_to as "restrictedTo",
    ${sql.raw(name === "sharings" ? "r.party_id" : "null::text")} as "partyId", ${routesOf(name)} as routes,
    ${sql.raw(name === "sharings" ? "r.people::float8" : "null::float8")} as people
    from ${sql.raw(listSpec(name).table)} r where r.until_at = 'infinity'`
}

const routesOf = (name: ListName): SQL =>
  name === "sharings" ? sql`array_to_string(r.routes, ${BETWEEN_VALUES}::text)` : sql`null::text`

/** Every row in force, through a cursor in the caller's snapshot, in batches. */
export async function* allMarked(tx: Tx, name: ListName, today: string, batch = 5_000): AsyncGenerator<MarkedRow[]> {
  await tx.execute(sql`declare onward_facets no scroll cursor for ${marked(name, today)}`)
  for (;;) {
    const found = await rows<MarkedRow>(tx, sql`fetch ${sql.raw(String(batch))} from onward_facets`)
    if (found.length === 0) break
    yield found
  }
  await tx.execute(sql`close onward_facets`)
}

/** The rows in force that came, or were checked anew, after the instant; at most `limit`. */
export async function markedSince(
  tx: Tx,
  name: ListName,
  today: string,
  since: Instant,
  limit: number,
): Promise<MarkedRow[]> {
  const came = sql`${marked(name, today)} and r.from_at > ${since}::timestamptz limit ${limit}`
  if (name !== "sharings") return rows<MarkedRow>(tx, came)
  const checked = sql`${marked(name, today)} and r.checked_at > ${since}::timestamptz limit ${limit}`
  return rows<MarkedRow>(tx, sql`(${came}) union all (${checked})`)
}

/** The instant of the last act in the caller's snapshot. */
export async function lastActAt(tx: Tx): Promise<Instant | null> {
  return (await row<{ at: Instant }>(tx, sql`select at from log_head`))?.at ?? null
}
