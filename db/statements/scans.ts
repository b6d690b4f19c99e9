import { sql } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { textArray } from "./log"

export type WaitingFile = { id: string; sha256: string; name: string; byPerson: string }

/** Files that the virus scanner has not answered for, oldest first; those that it was asked about in vain come after the others. */
export async function waitingFiles(db: Db | Tx, limit: number): Promise<WaitingFile[]> {
  return rows(
    db,
    sql`select id, sha256, name, by_person as "byPerson" from files where scan = 'waiting'
      order by scan_at nulls first, at, id limit ${limit}`,
  )
}

/** Notes that the scanner was asked about a file in vain: it waits on, behind those that were not asked about yet. */
export async function putBack(db: Db | Tx, id: string, at: Instant): Promise<void> {
  await db.execute(sql`update files set scan_at = ${at}::timestamptz where id = ${id} and scan = 'waiting'`)
}

/** Writes what the scanner said of a file that waits; whether it still waited. */
export async function setScan(
  db: Db | Tx,
  id: string,
  found: { state: "clean" | "infected"; says: string | null; at: Instant },
): Promise<boolean> {
  const set = await rows(
    db,
    sql`update files set scan = ${found.state}, scan_says = ${found.says}, scan_at = ${found.at}::timestamptz
      where id = ${id} and scan = 'waiting' returning id`,
  )
  return set.length > 0
}

/** What the scanner last said of itself. */
export type ScannerState = { at: Instant; state: "answers" | "away"; says: string }

/** Notes whether the scanner answers. */
export async function noteScanner(db: Db | Tx, { at, state, says }: ScannerState): Promise<void> {
  await db.execute(sql`insert into file_scanner (one, at, state, says) values (true, ${at}::timestamptz, ${state}, ${says})
    on conflict (one) do update set at = excluded.at, state = excluded.state, says = excluded.says`)
}

/** What the scanner last said of itself; null: it was never asked. */
export async function scannerState(db: Db | Tx): Promise<ScannerState | null> {
  return row<ScannerState>(db, sql`select at, state, says from file_scanner`)
}

/** How many files wait, since when the oldest does, and how many were found infected or were never looked at. */
export async function scanCounts(
  db: Db | Tx,
): Promise<{ waiting: number; since: Instant | null; infected: number; never: number }> {
  const found = await row<{ waiting: number; since: Instant | null; infected: number; never: number }>(
    db,
    sql`select count(*) filter (where scan = 'waiting')::int as waiting, min(at) filter (where scan = 'waiting') as since,
      count(*) filter (where scan = 'infected')::int as infected, count(*) filter (where scan = 'none')::int as never from files`,
  )
  return found ?? { waiting: 0, since: null, infected: 0, never: 0 }
}

/** Of these files those that nobody may read now, with why. */
export async function heldAmong(db: Db | Tx, ids: readonly string[]): Promise<Map<string, "waiting" | "infected">> {
  if (ids.length === 0) return new Map()
  const found = await rows<{ id: string; scan: "waiting" | "infected" }>(
    db,
    sql`select id, scan from files where id = any(${textArray(ids)}::text[]) and scan in ('waiting', 'infected')`,
  )
  return new Map(found.map((one) => [one.id, one.scan]))
}

/** The active administrators, to be told of what concerns the machine. */
export async function administratorsNow(db: Db | Tx, at: Instant): Promise<string[]> {
  const found = await rows<{ id: string }>(
    db,
    sql`select distinct g.person_id as id from (select distinct on (grant_id) person_id, state, until_at from role_grants
        where role = 'administrator' and at <= ${at}::timestamptz order by grant_id, n desc) g
      join people p on p.id = g.person_id where p.state = 'active' and g.state in ('granted', 'unconfirmed', 'confirmed')
        and (g.until_at is null or g.until_at > ${at}::timestamptz)`,
  )
  return found.map((one) => one.id)
}

/** Whether a supplier sent the file beside its answers. */
export async function isSuppliers(tx: Tx, fileId: string): Promise<boolean> {
  return (await row(tx, sql`select 1 from supplier_files where file_id = ${fileId} limit 1`)) !== null
}
