import { sql } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import { textArray } from "./log"

/** The time zones of these companies of ours, as they are now. */
export async function zonesOf(tx: Db | Tx, entityIds: readonly string[]): Promise<Map<string, string>> {
  if (entityIds.length === 0) return new Map()
  const found = await rows<{ id: string; zone: string }>(
    tx,
    sql`select distinct on (v.record_id) v.record_id as id, v.body::jsonb ->> 'zone' as zone from versions v
      where v.kind = 'entity' and v.record_id = any(${textArray([...new Set(entityIds)])}::text[]) order by v.record_id, v.n desc`,
  )
  return new Map(found.map((one) => [one.id, one.zone]))
}
