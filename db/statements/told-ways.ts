import { sql } from "drizzle-orm"
import { row, type Db, type Tx } from "@/db/connect"

/** How a person chose to be told; null: as it comes of itself. */
export async function waysRow(tx: Db | Tx, personId: string): Promise<{ ways: unknown; zone: string | null } | null> {
  return row(tx, sql`select ways, zone from told_ways where person_id = ${personId}`)
}

/** Puts how a person chose to be told in place of what they chose before. */
export async function putWays(tx: Tx, personId: string, to: { ways: object; zone: string | null }): Promise<void> {
  await tx.execute(sql`insert into told_ways (person_id, ways, zone) values (${personId}, ${JSON.stringify(to.ways)}::jsonb, ${to.zone})
    on conflict (person_id) do update set ways = excluded.ways, zone = excluded.zone`)
}
