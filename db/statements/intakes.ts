import { sql } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"

export type IntakeRow = {
  id: string
  byPerson: string
  begunAt: Instant
  savedAt: Instant
  version: number
  answers: string
  ids: string
  requestId: string | null
  made: string | null
  /** How often its request was submitted; null where none is made yet. */
  revision: number | null
  requestState: string | null
}

const COLUMNS = sql`i.id, i.by_person as "byPerson", i.begun_at as "begunAt", i.saved_at as "savedAt", i.version, i.answers, i.ids,
  i.request_id as "requestId", i.made, r.revision, r.state as "requestState"`
const FROM = sql`from intakes i left join requests r on r.id = i.request_id`

/** An intake of this person, not locked. */
export async function ownIntake(tx: Db | Tx, id: string, personId: string): Promise<IntakeRow | null> {
  return row<IntakeRow>(tx, sql`select ${COLUMNS} ${FROM} where i.id = ${id} and i.by_person = ${personId}`)
}

/** An intake of this person, locked against every other saving of it. */
export async function lockIntake(tx: Tx, id: string, personId: string): Promise<IntakeRow | null> {
  return row<IntakeRow>(
    tx,
    sql`select ${COLUMNS} ${FROM} where i.id = ${id} and i.by_person = ${personId} for no key update of i`,
  )
}

/** The intake that a request was made from. */
export async function intakeOf(tx: Db | Tx, requestId: string): Promise<IntakeRow | null> {
  return row<IntakeRow>(tx, sql`select ${COLUMNS} ${FROM} where i.request_id = ${requestId}`)
}

/** This person's intakes that no submitted request came of yet, the newest first. */
export async function openIntakes(tx: Db | Tx, personId: string, limit: number): Promise<IntakeRow[]> {
  return rows<IntakeRow>(
    tx,
    sql`select ${COLUMNS} ${FROM} where i.by_person = ${personId} and (r.id is null or r.revision = 0 and r.state = 'draft')
      order by i.saved_at desc, i.id desc limit ${limit}`,
  )
}

/** How many intakes of this person no request came of yet. */
export async function countUnmade(tx: Tx, personId: string): Promise<number> {
  const found = await row<{ n: number }>(
    tx,
    sql`select count(*)::int as n from intakes where by_person = ${personId} and request_id is null`,
  )
  return found?.n ?? 0
}

/** Begins an intake. */
export async function insertIntake(
  tx: Tx,
  what: { id: string; by: string; at: Instant; answers: string; ids: string },
): Promise<void> {
  await tx.execute(sql`insert into intakes (id, by_person, begun_at, saved_at, version, answers, ids)
    values (${what.id}, ${what.by}, ${what.at}::timestamptz, ${what.at}::timestamptz, 1, ${what.answers}, ${what.ids})`)
}

/** Saves the answers as the version after the one that was seen. */
export async function saveIntake(
  tx: Tx,
  what: { id: string; at: Instant; answers: string; version: number },
): Promise<void> {
  await tx.execute(sql`update intakes set answers = ${what.answers}, saved_at = ${what.at}::timestamptz, version = ${what.version}
    where id = ${what.id}`)
}

/** Notes the request that was made of the answers, and what it was made of. */
export async function noteMade(
  tx: Tx,
  what: { id: string; requestId: string; made: string; version: number },
): Promise<void> {
  await tx.execute(sql`update intakes set request_id = ${what.requestId}, made = ${what.made}, version = ${what.version}
    where id = ${what.id}`)
}

/** Takes away an intake that no request was made of. */
export async function deleteIntake(tx: Tx, id: string): Promise<void> {
  await tx.execute(sql`delete from intakes where id = ${id} and request_id is null`)
}
