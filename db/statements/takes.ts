import { sql, type SQL } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { textArray } from "./log"

export type Take = { recordId: string; clause: string; ownerId: string | null; dueOn: Day | null; at: Instant }

const TAKE = sql`t.record_id as "recordId", t.clause, t.owner_id as "ownerId", t.due_on as "dueOn", t.at`

/** Who sees to these records now, under any clause; what was laid down again is left out. */
export async function takesOf(tx: Db | Tx, recordIds: readonly string[]): Promise<Take[]> {
  if (recordIds.length === 0) return []
  const found = await rows<Take>(
    tx,
    sql`select distinct on (t.record_id, t.clause) ${TAKE} from takes t where t.record_id = any(${textArray(recordIds)}::text[])
      order by t.record_id, t.clause, t.log_index desc`,
  )
  return found.filter((one) => one.ownerId !== null)
}

/** The last word on one record under one clause; null when nobody ever took it. */
export async function lastTake(tx: Db | Tx, recordId: string, clause: string): Promise<Take | null> {
  return row<Take>(
    tx,
    sql`select ${TAKE} from takes t where t.record_id = ${recordId} and t.clause = ${clause} order by t.log_index desc limit 1`,
  )
}

/** Writes who sees to it from now on; no owner lays it down. */
export async function insertTake(
  tx: Tx,
  take: Take & { id: string; byPerson: string; logIndex: number },
): Promise<void> {
  await tx.execute(sql`insert into takes (id, record_id, clause, owner_id, due_on, by_person, at, log_index)
    values (${take.id}, ${take.recordId}, ${take.clause}, ${take.ownerId}, ${take.dueOn}::date, ${take.byPerson}, ${take.at}::timestamptz, ${take.logIndex})`)
}

/** Under this word somebody sees to a flow that was found running: until it is approved or ended. */
export const FOUND_RUNNING = "found-running"

/** Whether what the take `t` is about still stands: the clause is found wanting, or the flow is still no approved one. */
export function stillStands(t: "t" | "k"): SQL {
  const at = sql.raw(t)
  return sql`case when ${at}.clause = ${FOUND_RUNNING} then exists (select 1 from sharing_rows s where s.record_id = ${at}.record_id
      and s.until_at = 'infinity' and s.standing = 'discovered')
    else exists (select 1 from findings f where f.record_id = ${at}.record_id and f.clause = ${at}.clause and f.until_at = 'infinity') end`
}

/** Whether the clause is found wanting on the record on the day, or the flow is one that was found running. */
export async function stillFound(tx: Db | Tx, recordId: string, clause: string, on: Day): Promise<boolean> {
  const found =
    clause === FOUND_RUNNING
      ? await row(
          tx,
          sql`select 1 from sharing_rows s where s.record_id = ${recordId} and s.until_at = 'infinity' and s.standing = 'discovered'`,
        )
      : await row(
          tx,
          sql`select 1 from findings f where f.record_id = ${recordId} and f.clause = ${clause} and f.until_at = 'infinity'
            and (f.first_on is null or f.first_on <= ${on}::date) and (f.until_on is null or f.until_on > ${on}::date) limit 1`,
        )
  return found !== null
}
