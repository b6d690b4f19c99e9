import { sql } from "drizzle-orm"
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

/** Whether the clause is found wanting on the record on the day. */
export async function stillFound(tx: Db | Tx, recordId: string, clause: string, on: Day): Promise<boolean> {
  const found = await row(
    tx,
    sql`select 1 from findings f where f.record_id = ${recordId} and f.clause = ${clause} and f.until_at = 'infinity'
      and (f.first_on is null or f.first_on <= ${on}::date) and (f.until_on is null or f.until_on > ${on}::date) limit 1`,
  )
  return found !== null
}
