import { sql } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"

/** The ids of our own companies, oldest first. */
export async function listEntityIds(tx: Db | Tx): Promise<string[]> {
  return (await rows<{ id: string }>(tx, sql`select id from records where kind = 'entity' order by id limit 500`)).map(
    (item) => item.id,
  )
}
