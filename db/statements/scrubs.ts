import { sql } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { textArray } from "./log"

/** What is wrong with a file, by its hash; `orphaned`: bytes that no file of the register names. */
export type ScrubFault = {
  sha256: string
  kind: "missing" | "altered" | "truncated" | "swapped" | "no-key" | "orphaned"
  /** The files of the register that hold these bytes. */
  files: string[]
}

/** One reading of all files. */
export type Scrub = {
  id: string
  beganAt: Instant
  endedAt: Instant | null
  files: number
  bytes: number
  plain: number
  faults: ScrubFault[]
}

/** Content hashes that files of the register name, in order, with their sizes and the files. */
export async function hashesAfter(
  db: Db | Tx,
  after: string,
  limit: number,
): Promise<{ sha256: string; bytes: number; files: string[] }[]> {
  return rows(
    db,
    sql`select sha256, max(size_bytes)::bigint as bytes, array_agg(id order by id) as files from files where sha256 > ${after}
      group by sha256 order by sha256 limit ${limit}`,
  )
}

/** Of these hashes those that no file of the register names, and no text that was read of one. */
export async function unnamedAmong(db: Db | Tx, hashes: readonly string[]): Promise<string[]> {
  if (hashes.length === 0) return []
  const found = await rows<{ sha256: string }>(
    db,
    sql`select h as sha256 from unnest(${textArray(hashes)}::text[]) h where not exists (select 1 from files f where f.sha256 = h)
      and not exists (select 1 from file_texts t where t.kept = h) order by 1`,
  )
  return found.map((one) => one.sha256)
}

/**
 * Begins a reading, unless one ended or began since the given instants, so that of several instances one reads. Null: another
 * did.
 */
export async function beginScrub(
  db: Db | Tx,
  id: string,
  at: Instant,
  unless: { endedSince: Instant; begunSince: Instant } | null,
): Promise<string | null> {
  const free = unless
    ? sql`not exists (select 1 from file_scrubs where ended_at > ${unless.endedSince}::timestamptz
        or (ended_at is null and began_at > ${unless.begunSince}::timestamptz))`
    : sql`true`
  const begun = await row<{ id: string }>(
    db,
    sql`insert into file_scrubs (id, began_at) select ${id}, ${at}::timestamptz where ${free} returning id`,
  )
  return begun?.id ?? null
}

/** Writes what a reading found; those of before the last hundred are taken away. */
export async function endScrub(db: Db | Tx, scrub: Scrub): Promise<void> {
  await db.execute(sql`update file_scrubs set ended_at = ${scrub.endedAt}::timestamptz, files = ${scrub.files}, bytes = ${scrub.bytes},
    plain = ${scrub.plain}, faults = ${JSON.stringify(scrub.faults)}::jsonb where id = ${scrub.id}`)
  await db.execute(
    sql`delete from file_scrubs where id not in (select id from file_scrubs order by began_at desc limit 100)`,
  )
}

const COLUMNS = sql`id, began_at as "beganAt", ended_at as "endedAt", files, bytes, plain, faults`

/** The last reading that came to its end. */
export async function lastScrub(db: Db | Tx): Promise<Scrub | null> {
  return row<Scrub>(
    db,
    sql`select ${COLUMNS} from file_scrubs where ended_at is not null order by began_at desc limit 1`,
  )
}
