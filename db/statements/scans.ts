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

/** Of the bytes of a hash: which files of the register held them, who sent each, and whether it was readable until now. */
export type Shut = { id: string; byPerson: string; was: "none" | "waiting" | "clean" }

/** Shuts every file of these bytes for good, with what was found in them. Those that were shut before are not among them. */
export async function shutBytes(tx: Tx, sha256: string, found: { says: string; at: Instant }): Promise<Shut[]> {
  return rows<Shut>(
    tx,
    sql`with was as (select id, by_person, scan, at from files where sha256 = ${sha256} and scan <> 'infected' for no key update),
      shut as (update files f set scan = 'infected', scan_says = ${found.says}, scan_at = ${found.at}::timestamptz
        from was where f.id = was.id returning f.id)
      select was.id, was.by_person as "byPerson", was.scan as was from was join shut using (id) order by was.at, was.id`,
  )
}

/** Writes that the scanner finds nothing in these bytes, of every file that holds them. */
export async function clearBytes(db: Db | Tx, sha256: string, at: Instant): Promise<void> {
  await db.execute(
    sql`update files set scan = 'clean', scan_says = null, scan_at = ${at}::timestamptz where sha256 = ${sha256} and scan <> 'infected'`,
  )
}

/** Whether something was found in these bytes before, whoever sent them; null: no. */
export async function foundBefore(tx: Tx, sha256: string): Promise<string | null> {
  const found = await row<{ says: string }>(
    tx,
    sql`select coalesce(scan_says, '') as says from files where sha256 = ${sha256} and scan = 'infected' limit 1`,
  )
  return found?.says ?? null
}

const askedAt = sql`(select asked_at from file_rescan)`
/** Files that nobody waits for and that the scanner is to be shown: those that it never saw, and all once that is asked for. */
const toLookAt = (triedBefore: Instant) => sql`(f.scan = 'none' or f.scan = 'clean' and f.scan_at <= ${askedAt})
  and (f.scan_tried_at is null or f.scan_tried_at < greatest(${askedAt}, ${triedBefore}::timestamptz))`

/**
 * Bytes that the scanner is to be shown though nobody waits for them, by hash. What it was asked about in vain comes again
 * after `triedBefore`.
 */
export async function bytesToScan(db: Db | Tx, triedBefore: Instant, limit: number): Promise<string[]> {
  // Each part by an index of its own: those that were never looked at first.
  const part = (scan: "none" | "clean", order: string) =>
    sql`(select distinct sha256 from (select f.sha256 from files f where f.scan = ${sql.raw(`'${scan}'`)} and ${toLookAt(triedBefore)}
      order by ${sql.raw(order)} limit ${limit}) p)`
  const found = await rows<{ sha256: string }>(
    db,
    sql`select distinct sha256 from (${part("none", "f.sha256")} union all ${part("clean", "f.scan_at, f.sha256")}) b order by 1 limit ${limit}`,
  )
  return found.map((one) => one.sha256)
}

/** How many files wait to be shown to the scanner though nobody waits for them. */
export async function countToScan(db: Db | Tx, triedBefore: Instant): Promise<number> {
  const found = await row<{ n: number }>(db, sql`select count(*)::int as n from files f where ${toLookAt(triedBefore)}`)
  return found?.n ?? 0
}

/** Notes that the scanner was asked about these bytes in vain: they are not asked about again at once. */
export async function triedInVain(db: Db | Tx, sha256: string, at: Instant): Promise<void> {
  await db.execute(
    sql`update files set scan_tried_at = ${at}::timestamptz where sha256 = ${sha256} and scan in ('none', 'clean')`,
  )
}

/** Asks that every file is shown to the scanner once more. */
export async function askRescan(db: Db | Tx, at: Instant): Promise<void> {
  await db.execute(sql`insert into file_rescan (one, asked_at) values (true, ${at}::timestamptz)
    on conflict (one) do update set asked_at = greatest(file_rescan.asked_at, excluded.asked_at)`)
}

/** Who made the requests that name one of these files, in a draft or in a revision: fifty at most. */
export async function makersNaming(
  tx: Tx,
  fileIds: readonly string[],
): Promise<{ requestId: string; personId: string; fileId: string }[]> {
  const ids = textArray(fileIds)
  return rows(
    tx,
    sql`select distinct on (r.id) r.id as "requestId", r.created_by as "personId", n.file_id as "fileId" from (
        select request_id, file_id from request_files where file_id = any(${ids}::text[])
        union select p.request_id, i.id from proposals p join unnest(${ids}::text[]) as i(id) on p.body like '%"' || i.id || '"%') n
      join requests r on r.id = n.request_id where r.state not in ('refused', 'withdrawn') order by r.id limit 50`,
  )
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
