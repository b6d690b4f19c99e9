import { sql } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import type { FileWord } from "@/domain/signatures/bears"
import type { Overall } from "@/domain/signatures/report"
import { textArray } from "./log"

/** What one look at the bytes found; without a report it could not be looked at, and `says` is why. */
export type ResultRow = {
  logIndex: number
  at: Instant
  sha256: string
  sizeBytes: number
  engine: string
  trustSha256: string | null
  trustName: string | null
  askedAt: Instant
  overall: Overall | null
  says: string | null
  report: string | null
  byPerson: string | null
}

/** Adds a result to those that stand. */
export async function insertResult(tx: Tx, one: ResultRow): Promise<void> {
  await tx.execute(sql`insert into signature_results
      (log_index, at, sha256, size_bytes, engine, trust_sha256, trust_name, asked_at, overall, says, report, by_person)
    values (${one.logIndex}, ${one.at}::timestamptz, ${one.sha256}, ${one.sizeBytes}, ${one.engine}, ${one.trustSha256}, ${one.trustName},
      ${one.askedAt}::timestamptz, ${one.overall}, ${one.says}, ${one.report}, ${one.byPerson})`)
}

const upTo = (asOf: Instant | null) => (asOf === null ? sql`true` : sql`r.at <= ${asOf}::timestamptz`)

/** The last result about each of these bytes, as known at the instant (null: now). */
export async function lastResults(
  on: Db | Tx,
  hashes: readonly string[],
  asOf: Instant | null,
): Promise<Map<string, ResultRow>> {
  if (hashes.length === 0) return new Map()
  const found = await rows<ResultRow>(
    on,
    sql`select r.* from unnest(${textArray([...new Set(hashes)])}::text[]) h cross join lateral (
        select log_index as "logIndex", at, sha256, size_bytes as "sizeBytes", engine, trust_sha256 as "trustSha256",
          trust_name as "trustName", asked_at as "askedAt", overall, says, report, by_person as "byPerson"
        from signature_results r where r.sha256 = h and ${upTo(asOf)} order by r.log_index desc limit 1) r`,
  )
  return new Map(found.map((one) => [one.sha256, one]))
}

/** The last word about each of these bytes, without the report; null: it could not be looked at. */
export async function lastWords(
  on: Db | Tx,
  hashes: readonly string[],
  asOf: Instant | null,
): Promise<Map<string, Overall | null>> {
  if (hashes.length === 0) return new Map()
  const found = await rows<{ sha256: string; overall: Overall | null }>(
    on,
    sql`select h as sha256, r.overall from unnest(${textArray([...new Set(hashes)])}::text[]) h cross join lateral (
        select overall from signature_results r where r.sha256 = h and ${upTo(asOf)} order by r.log_index desc limit 1) r`,
  )
  return new Map(found.map((one) => [one.sha256, one.overall]))
}

/** How often each of these bytes was looked at, as known at the instant. */
export async function timesLooked(
  on: Db | Tx,
  hashes: readonly string[],
  asOf: Instant | null,
): Promise<Map<string, number>> {
  if (hashes.length === 0) return new Map()
  const found = await rows<{ sha256: string; n: number }>(
    on,
    sql`select r.sha256, count(*)::int as n from signature_results r
      where r.sha256 = any(${textArray([...new Set(hashes)])}::text[]) and ${upTo(asOf)} group by r.sha256`,
  )
  return new Map(found.map((one) => [one.sha256, one.n]))
}

/** What waits to be looked at. `says`: why the last try came to nothing. */
export type AskRow = { sha256: string; byPerson: string | null; tries: number; taken: boolean; says: string | null }

/** Of these bytes those that wait, or are being looked at. */
export async function asksAmong(on: Db | Tx, hashes: readonly string[]): Promise<Map<string, AskRow>> {
  if (hashes.length === 0) return new Map()
  const found = await rows<AskRow>(
    on,
    sql`select sha256, by_person as "byPerson", tries, says, taken_at is not null as taken from signature_asks
      where sha256 = any(${textArray([...new Set(hashes)])}::text[])`,
  )
  return new Map(found.map((one) => [one.sha256, one]))
}

/** Asks for a look at the bytes, before all that nobody waits for. */
export async function askFor(tx: Tx, sha256: string, by: string, at: Instant): Promise<void> {
  await tx.execute(sql`insert into signature_asks (sha256, at, by_person) values (${sha256}, ${at}::timestamptz, ${by})
    on conflict (sha256) do update set rank = 0, by_person = excluded.by_person, not_before = null, taken_at = null`)
}

/**
 * Takes the next that waits, for as long as a look may last; whoever took it before and did not come back has lost it. Held
 * files and those of no register wait no longer: they are dropped by `dropAsk`.
 */
export async function takeAsk(db: Db, at: Instant, lostBefore: Instant): Promise<AskRow | null> {
  return row<AskRow>(
    db,
    sql`update signature_asks a set taken_at = ${at}::timestamptz, tries = a.tries + 1 where a.sha256 = (
        select sha256 from signature_asks where (taken_at is null or taken_at < ${lostBefore}::timestamptz)
          and (not_before is null or not_before <= ${at}::timestamptz)
        order by rank, at, sha256 limit 1 for update skip locked)
      returning a.sha256, a.by_person as "byPerson", a.tries, true as taken, a.says`,
  )
}

/**
 * It is looked at no more: it was, or there is nothing to look at. What was asked for again since it was taken stays, for the
 * look that ended may have known another list.
 */
export async function dropAsk(on: Db | Tx, sha256: string, takenAt: Instant): Promise<void> {
  await on.execute(sql`delete from signature_asks where sha256 = ${sha256} and taken_at = ${takenAt}::timestamptz`)
}

/**
 * Puts it back: it is tried again later, and `says` why it came to nothing now. `fault`: whose it is. What passes by itself is
 * tried as often as it takes; a file that ran into a limit goes behind those that come, or a few such would hold up all.
 */
export async function putBackAsk(
  db: Db,
  sha256: string,
  on: { notBefore: Instant; says: string; fault: "file" | "around" },
): Promise<void> {
  const more = on.fault === "file" ? sql`rank = greatest(rank, 1)` : sql`tries = 0`
  await db.execute(sql`update signature_asks set taken_at = null, not_before = ${on.notBefore}::timestamptz, says = ${on.says}, ${more}
    where sha256 = ${sha256}`)
}

/** Size and holder of bytes that may be read; null: no file that the scanner let through holds them. */
export async function readablePdf(on: Db | Tx, sha256: string): Promise<{ sizeBytes: number } | null> {
  return row<{ sizeBytes: number }>(
    on,
    sql`select size_bytes as "sizeBytes" from files where sha256 = ${sha256} and type = 'pdf' and scan in ('none', 'clean') limit 1`,
  )
}

/**
 * Goes on through all PDFs, a batch at a time, and asks for those whose last result is not by this engine with this list: a list
 * may stand again that stood before, or none after one was withdrawn, and what was found in between does not hold any more.
 * `word` names both; a new one begins again. Says whether there was anything to go through.
 */
export async function walkOn(
  tx: Tx,
  of: { word: string; engine: string; trustSha256: string | null; at: Instant; batch: number },
): Promise<boolean> {
  await tx.execute(sql`insert into signature_walk (one, word, after) values (true, ${of.word}, '') on conflict (one)
    do update set word = excluded.word, after = '' where signature_walk.word <> excluded.word`)
  const from = await row<{ after: string | null }>(tx, sql`select after from signature_walk for update skip locked`)
  if (!from || from.after === null) return false
  const batch = await rows<{ sha256: string }>(
    tx,
    sql`select distinct sha256 from files where sha256 > ${from.after} and type = 'pdf' and scan in ('none', 'clean')
      order by sha256 limit ${of.batch}`,
  )
  const hashes = textArray(batch.map((one) => one.sha256))
  await tx.execute(sql`insert into signature_asks (sha256, at, rank)
    select h, ${of.at}::timestamptz, 1 from unnest(${hashes}::text[]) h left join lateral (
        select r.engine, r.trust_sha256 from signature_results r where r.sha256 = h order by r.log_index desc limit 1) r on true
      where r.engine is distinct from ${of.engine} or r.trust_sha256 is distinct from ${of.trustSha256}
    on conflict (sha256) do update set taken_at = null where signature_asks.taken_at is not null`)
  const last = batch.length < of.batch ? null : (batch.at(-1)?.sha256 ?? null)
  await tx.execute(sql`update signature_walk set after = ${last}`)
  return true
}

/**
 * Has the agreements in force that name these bytes judged anew, with the sharings that they cover; of one that amends or
 * replaces another also those to its party, for what the older one says may hold again. `resting`: only those that
 * are said to be known by a signature; to the others such a word says nothing, and one file may stand for thousands.
 */
export async function judgePapersOf(tx: Tx, sha256: string, resting: boolean): Promise<void> {
  const those = resting
    ? sql`exists (select 1 from versions v where v.record_id = a.record_id and v.n = a.n and v.body like '%"signature-checked"%')`
    : sql`true`
  await tx.execute(sql`with papers as (
      select distinct a.record_id, a.n from files f join record_files h on h.file_id = f.id
        join agreement_rows a on a.record_id = h.record_id and a.until_at = 'infinity'
      where f.sha256 = ${sha256} and ${those}),
    beside as (select v.record_id, v.n, v.target_id from version_refs v join papers using (record_id, n)
      where v.path in ('amends', 'replaces')),
    around as (select record_id from papers union select target_id from beside
      union select s.record_id from beside join version_refs v using (record_id, n)
        join sharing_rows s on s.party_id = v.target_id and s.until_at = 'infinity' where v.target_id like 'pty\\_%'
      union select v.target_id from version_refs v join papers using (record_id, n) where v.target_id like 'shr_%')
    insert into to_judge (record_id) select record_id from around on conflict do nothing`)
}

/** The last word about each file that is no legal advice, as known at the instant; `unseen`: nobody looked, or may yet. */
export async function wordsOfFiles(
  on: Db | Tx,
  fileIds: readonly string[],
  asOf: Instant | null,
): Promise<Map<string, FileWord>> {
  if (fileIds.length === 0) return new Map()
  const found = await rows<{ id: string; word: FileWord }>(
    on,
    sql`select f.id, coalesce(r.word, 'unseen') as word from unnest(${textArray([...new Set(fileIds)])}::text[]) w
        join files f on f.id = w and not f.legal_advice
      left join lateral (select coalesce(r.overall, 'refused') as word from signature_results r
        where r.sha256 = f.sha256 and f.scan in ('none', 'clean') and ${upTo(asOf)} order by r.log_index desc limit 1) r on true`,
  )
  return new Map(found.map((one) => [one.id, one.word]))
}

/** The files of these papers, as they stood at the instant (null: now), with the last word about each. */
export async function wordsOfPapers(
  on: Db | Tx,
  paperIds: readonly string[],
  asOf: Instant | null,
): Promise<Map<string, { fileId: string; word: FileWord }[]>> {
  const out = new Map<string, { fileId: string; word: FileWord }[]>()
  if (paperIds.length === 0) return out
  const until = asOf === null ? sql`true` : sql`v.at <= ${asOf}::timestamptz`
  const files = await rows<{ id: string; fileId: string }>(
    on,
    sql`select p as id, f->>'fileId' as "fileId" from unnest(${textArray(paperIds)}::text[]) p
      cross join lateral (select v.body from versions v where v.record_id = p and ${until} order by v.n desc limit 1) v
      cross join lateral jsonb_array_elements(v.body::jsonb->'files') f`,
  )
  const words = await wordsOfFiles(
    on,
    files.map((one) => one.fileId),
    asOf,
  )
  for (const { id, fileId } of files) {
    const word = words.get(fileId)
    if (word !== undefined) out.set(id, [...(out.get(id) ?? []), { fileId, word }])
  }
  return out
}
