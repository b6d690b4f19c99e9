import { sql } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"

/** The ids of our own companies, oldest first. */
export async function listEntityIds(tx: Db | Tx): Promise<string[]> {
  return (await rows<{ id: string }>(tx, sql`select id from records where kind = 'entity' order by id limit 500`)).map(
    (item) => item.id,
  )
}

/** What our own companies are called today, by id. */
export async function entityNames(tx: Db | Tx): Promise<Record<string, string>> {
  const found = await rows<{ id: string; name: string }>(
    tx,
    sql`select e.id, v.body::jsonb->>'legalName' as name from records e cross join lateral (
      select w.body from versions w where w.record_id = e.id order by w.n desc limit 1) v where e.kind = 'entity' order by e.id limit 500`,
  )
  return Object.fromEntries(found.map((item) => [item.id, item.name]))
}
