import { sql } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { KeyEntry } from "@/domain/audit/key-history"
import type { Instant } from "@/domain/core/instant"

/** Entries of the log's first `size` that name or end a key; left out: of all. There are a handful. */
export async function keyEntries(tx: Db | Tx, size: number | null = null): Promise<KeyEntry[]> {
  return rows<KeyEntry>(
    tx,
    sql`select index, at, act, bytes from log_leaves where act in ('log.key.add', 'log.key.retire')
      and ${size === null ? sql`true` : sql`index < ${size}`} order by index`,
  )
}

/** Holds the log's keys until commit: proposed, confirmed, named and ended one after another, whatever the number of instances. */
export async function holdKeys(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(7304920055)`)
}

export type KeyTurnRow = {
  id: string
  /** The key as it is printed. */
  printed: string
  byPerson: string
  byName: string
  at: Instant
  verdict: "approved" | "refused" | "withdrawn" | null
  decidedBy: string | null
  decidedByName: string | null
  decidedAt: Instant | null
}

/** What was proposed to follow, newest first, with what became of it. */
export async function keyTurnRows(tx: Db | Tx): Promise<KeyTurnRow[]> {
  return rows(
    tx,
    sql`select t.id, t.printed, t.by_person as "byPerson", p.name as "byName", t.at, d.verdict, d.by_person as "decidedBy", q.name as "decidedByName",
        d.at as "decidedAt"
      from log_key_turns t join people p on p.id = t.by_person left join log_key_decisions d on d.turn_id = t.id
      left join people q on q.id = d.by_person order by t.log_index desc limit 200`,
  )
}

/** Writes a proposal at the act's instant. */
export async function insertKeyTurn(
  tx: Tx,
  one: { id: string; printed: string; byPerson: string; at: Instant; logIndex: number },
): Promise<void> {
  await tx.execute(sql`insert into log_key_turns (id, printed, by_person, at, log_index)
    values (${one.id}, ${one.printed}, ${one.byPerson}, ${one.at}::timestamptz, ${one.logIndex})`)
}

/** Writes what became of a proposal. */
export async function insertKeyDecision(
  tx: Tx,
  one: { turnId: string; verdict: string; byPerson: string; at: Instant; logIndex: number },
): Promise<void> {
  await tx.execute(sql`insert into log_key_decisions (turn_id, verdict, by_person, at, log_index)
    values (${one.turnId}, ${one.verdict}, ${one.byPerson}, ${one.at}::timestamptz, ${one.logIndex})`)
}

/** The key that was confirmed to follow last, as it is printed; null: none was. */
export async function confirmedKey(tx: Db | Tx): Promise<string | null> {
  const found = await row<{ printed: string }>(
    tx,
    sql`select t.printed from log_key_turns t join log_key_decisions d on d.turn_id = t.id where d.verdict = 'approved'
      order by d.log_index desc limit 1`,
  )
  return found?.printed ?? null
}
