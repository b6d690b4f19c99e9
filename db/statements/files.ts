import { sql } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import { textArray } from "./log"

/** Hash and name of kept files, by id. */
export async function filesById(
  tx: Db | Tx,
  ids: readonly string[],
): Promise<Map<string, { sha256: string; name: string }>> {
  if (ids.length === 0) return new Map()
  const found = await rows<{ id: string; sha256: string; name: string }>(
    tx,
    sql`select id, sha256, name from files where id = any(${textArray(ids)}::text[])`,
  )
  return new Map(found.map((file) => [file.id, file]))
}
