import { sql } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import { textArray } from "./log"

export type ProvenanceRow = {
  n: number
  importId: string
  entityId: string
  name: string
  sha256: string
  format: string
  sheet: string
  row: number
  settings: unknown
}

/** Which file, sheet and row each imported version of a record came from, with how its columns were read. */
export async function provenanceOf(tx: Db | Tx, recordId: string): Promise<ProvenanceRow[]> {
  return rows(
    tx,
    sql`select v.n, v.import_id as "importId", i.entity_id as "entityId", i.name, i.sha256, i.format, v.sheet, v.row,
        i.settings - 'sample' - 'joins' as settings
      from provenance v join imports i on i.id = v.import_id where v.record_id = ${recordId} order by v.n`,
  )
}

/** The records that an import brought into force, each with the version it brought last. */
export async function importedIds(tx: Db | Tx, importId: string): Promise<{ id: string; n: number }[]> {
  return rows(
    tx,
    sql`select record_id as id, max(n) as n from provenance where import_id = ${importId} group by record_id order by record_id desc`,
  )
}

/** Which records that stand now name any of these, and which. */
export async function namersOf(tx: Db | Tx, ids: readonly string[]): Promise<{ recordId: string; targetId: string }[]> {
  if (ids.length === 0) return []
  return rows(
    tx,
    sql`with want as (select distinct unnest(${textArray(ids)}::text[]) as id),
      named as (select f.record_id, f.n, f.target_id from version_refs f join want on want.id = f.target_id)
      select distinct named.record_id as "recordId", named.target_id as "targetId" from named join (
          select record_id, n from sharing_rows where until_at = 'infinity' and standing <> 'ended'
          union all select record_id, n from agreement_rows where until_at = 'infinity' and standing <> 'ended'
          union all select record_id, n from other_rows where until_at = 'infinity' and standing <> 'ended') head
        on head.record_id = named.record_id and head.n = named.n where named.record_id <> named.target_id`,
  )
}
