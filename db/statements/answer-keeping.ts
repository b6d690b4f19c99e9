import { sql } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { textArray } from "./log"

/** For how many months suppliers' answers are kept, as it was last said; null: nobody said it. */
export async function keepingNow(
  tx: Db | Tx,
): Promise<{ n: number; months: number; at: Instant; byPerson: string | null } | null> {
  return row(tx, sql`select n, months, at, by_person as "byPerson" from answer_keepings order by n desc limit 1`)
}

/** Says for how many months they are kept from now on. */
export async function insertKeeping(
  tx: Tx,
  what: { n: number; months: number; byPerson: string | null; at: Instant; logIndex: number },
): Promise<void> {
  await tx.execute(sql`insert into answer_keepings (n, months, by_person, at, log_index)
    values (${what.n}, ${what.months}, ${what.byPerson}, ${what.at}::timestamptz, ${what.logIndex})`)
}

/**
 * Links whose answers have been kept for their time, oldest first and locked: so many months after the request they were asked
 * for was closed (of a draft that nobody submitted: was last touched), and after the link itself was answered, revoked or over.
 * What a request that is still open stands on is kept. Links by which nothing was typed have nothing to clear.
 */
export async function linksKeptLong(tx: Tx, on: { months: number; now: Instant }, most: number): Promise<string[]> {
  const before = sql`${on.now}::timestamptz - make_interval(months => ${on.months}::int)`
  const found = await rows<{ id: string }>(
    tx,
    sql`select l.id from supplier_links l left join requests r on r.id = l.request_id
      where l.cleared_at is null and hold_over(l.id) is null and l.at < ${before} and coalesce(l.sent_at, l.revoked_at, l.expires_at) < ${before}
        and (r.id is null or r.state not in ('in-review', 'changes-requested') and r.moved_at < ${before})
        and (exists (select 1 from supplier_answers a where a.link_id = l.id) or exists (select 1 from supplier_files f where f.link_id = l.id))
      order by l.at, l.id limit ${most} for no key update of l skip locked`,
  )
  return found.map((one) => one.id)
}

/** Whether anything is kept that was typed or laid down by a link. */
export async function holdsAnswers(tx: Tx, linkId: string): Promise<boolean> {
  const found = await row(
    tx,
    sql`select 1 where exists (select 1 from supplier_answers where link_id = ${linkId}) or exists (select 1 from supplier_files where link_id = ${linkId})`,
  )
  return found !== null
}

/** Marks links as cleared: the database takes away with it what was answered by them. */
export async function clearLinks(
  tx: Tx,
  ids: readonly string[],
  what: { at: Instant; byPerson: string | null; reason: string | null },
): Promise<void> {
  await tx.execute(sql`update supplier_links set cleared_at = ${what.at}::timestamptz, cleared_by = ${what.byPerson}, cleared_reason = ${what.reason}
    where id = any(${textArray(ids)}::text[]) and cleared_at is null`)
}

/** Holds off, until the transaction ends, whoever would keep or drop a file of the same bytes. */
export async function lockBytes(tx: Tx, sha256: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`file:${sha256}`}, 0))`)
}

/** Bytes that wait to be taken out of their store. */
export async function bytesToDrop(db: Db, most: number): Promise<string[]> {
  const found = await rows<{ sha256: string }>(db, sql`select sha256 from file_drops order by at, sha256 limit ${most}`)
  return found.map((one) => one.sha256)
}

/** Whether some file holds these bytes. */
export async function bytesHeld(tx: Tx, sha256: string): Promise<boolean> {
  return (
    (await row(
      tx,
      sql`select 1 from files where sha256 = ${sha256} union all select 1 from file_texts where kept = ${sha256} limit 1`,
    )) !== null
  )
}

/** Says that bytes need no dropping any more: they are gone, or held again. */
export async function dropDone(tx: Tx, sha256: string): Promise<void> {
  await tx.execute(sql`delete from file_drops where sha256 = ${sha256}`)
}
