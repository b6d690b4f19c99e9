import { sql } from "drizzle-orm"
import { rows, type Db } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import type { Standing } from "@/domain/records/kinds"
import { putDesk } from "@/usecases/desk/put-desk"

const BATCH = 2_000

type Version = { recordId: string; kind: string; standing: Standing; body: string }

/** Writes what the desk shows of the papers that were loaded past the use cases, as coming into force would. */
export async function fillDesk(db: Db, at: Instant): Promise<number> {
  let filled = 0
  for (let after = ""; ;) {
    const found = await rows<Version>(
      db,
      sql`select v.record_id as "recordId", v.kind, v.standing, v.body from agreement_rows a
        join versions v on v.record_id = a.record_id and v.n = a.n
        where a.until_at = 'infinity' and a.record_id > ${after} order by a.record_id limit ${BATCH}`,
    )
    const last = found[found.length - 1]
    if (!last) return filled
    await db.transaction((tx) => putDesk(tx, at, found))
    filled += found.length
    after = last.recordId
  }
}
