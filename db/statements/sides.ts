import { sql, type SQL } from "drizzle-orm"
import type { Instant } from "@/domain/core/instant"
import { textArray } from "./log"

/**
 * Papers of several companies or parties. Rows of lists hold the first of each; the others stand among the references of
 * the version, where they have an index of their own: such papers are few, and are found without a look at the others.
 */
type Side = "furtherEntities" | "furtherParties"

const standing = (asOf: Instant | null): SQL =>
  asOf === null
    ? sql`z.until_at = 'infinity'`
    : sql`z.from_at <= ${asOf}::timestamptz and z.until_at > ${asOf}::timestamptz`

const PATHS: Record<Side, SQL> = {
  furtherEntities: sql`f.path like 'furtherEntities.%'`,
  furtherParties: sql`f.path like 'furtherParties.%'`,
}

/** The ids of papers that name one of these beside their first one at the instant, as a list that is made once. */
export function namedBeside(side: Side, ids: readonly string[], asOf: Instant | null): SQL {
  return sql`array(select f.record_id from version_refs f join agreement_rows z on z.record_id = f.record_id and z.n = f.n
    and ${standing(asOf)} where ${PATHS[side]} and f.target_id = any(${textArray(ids)}::text[]))`
}

/** The row (by its name) is of one of these companies, or is a paper that names one of them beside its first. */
export function ofEntities(row: string, ids: readonly string[], asOf: Instant | null): SQL {
  const at = sql.raw(row)
  return sql`(${at}.entity_id = any(${textArray(ids)}::text[]) or ${at}.record_id = any(${namedBeside("furtherEntities", ids, asOf)}))`
}

/** The same by parties. */
export function ofParties(row: string, ids: readonly string[], asOf: Instant | null): SQL {
  const at = sql.raw(row)
  return sql`(${at}.party_id = any(${textArray(ids)}::text[]) or ${at}.record_id = any(${namedBeside("furtherParties", ids, asOf)}))`
}

/** All companies of the row, its first one before the others. Only of papers that have others they are looked up. */
export function entitiesOfRow(row: string, asOf: Instant | null): SQL {
  const at = sql.raw(row)
  return sql`case when ${at}.record_id in (select f.record_id from version_refs f join agreement_rows z on z.record_id = f.record_id
      and z.n = f.n and ${standing(asOf)} where ${PATHS.furtherEntities})
    then array[${at}.entity_id] || array(select f.target_id from version_refs f join agreement_rows z on z.record_id = f.record_id and z.n = f.n
      and ${standing(asOf)} where f.record_id = ${at}.record_id and ${PATHS.furtherEntities} and f.target_id <> ${at}.entity_id order by f.target_id)
    else array[${at}.entity_id] end`
}
