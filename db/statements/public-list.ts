import { sql, type SQL } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import type { Day } from "@/domain/core/day"
import { textArray } from "./log"

/**
 * What the approved flows to these parties, but for some, name them with: company, party, and each code once, with the last
 * day on which any of them is (null: none is known). Nothing that is kept to named persons is on a public list, nor what was
 * over before the day.
 */
export async function listedOthers(
  tx: Db | Tx,
  of: { parties: readonly string[]; without: readonly string[]; on: Day },
  scope: SQL,
): Promise<
  {
    entityId: string
    partyId: string
    what: "purpose" | "data" | "country" | "mode"
    code: string
    lastOn: Day | null
  }[]
> {
  if (of.parties.length === 0) return []
  return rows(
    tx,
    sql`select r.entity_id as "entityId", r.party_id as "partyId", w.what, w.code,
        nullif(max(coalesce(r.ends_on, 'infinity')), 'infinity') as "lastOn" from sharing_rows r,
      lateral (select 'mode' as what, r.mode as code union all select 'purpose', unnest(r.purposes)
        union all select 'data', unnest(r.data_kinds) union all select 'country', unnest(r.countries)) w
    where r.until_at = 'infinity' and r.standing = 'approved' and r.restricted_to is null and r.party_id = any(${textArray(of.parties)}::text[])
      and not (r.record_id = any(${textArray(of.without)}::text[])) and (r.ends_on is null or r.ends_on >= ${of.on}::date) and ${scope}
    group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
  )
}

/** Names of parties that are kept to nobody, by id: those that a public list may name. */
export async function publicNames(tx: Db | Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const found = await rows<{ id: string; title: string }>(
    tx,
    sql`select r.record_id as id, r.title from party_rows r where r.until_at = 'infinity' and r.restricted_to is null
      and r.record_id = any(${textArray(ids)}::text[])`,
  )
  return new Map(found.map((one) => [one.id, one.title]))
}
