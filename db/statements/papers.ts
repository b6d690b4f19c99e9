import { sql } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"

/** What was read of a file's text: how it went, how many pages it has, where the pages lie, and the hash of their words. */
export type TextRow = { state: string; pages: number | null; kept: string | null; words: string | null }

/** What this edition of the reader read of the bytes; null when it has not read them. */
export async function textOf(tx: Db | Tx, sha256: string, reader: number): Promise<TextRow | null> {
  return (
    (await row<TextRow>(
      tx,
      sql`select state, pages, kept, words from file_texts where sha256 = ${sha256} and reader = ${reader}`,
    )) ?? null
  )
}

/** Whether some file of the register holds these bytes; until the transaction ends it cannot be taken away. */
export async function bytesNamed(tx: Tx, sha256: string): Promise<boolean> {
  return (await row(tx, sql`select 1 from files where sha256 = ${sha256} limit 1 for key share`)) !== null
}

/** Notes what was read; twice the same is once. */
export async function noteText(tx: Tx, of: TextRow & { sha256: string; reader: number }): Promise<void> {
  await tx.execute(sql`insert into file_texts (sha256, reader, state, pages, kept, words)
    values (${of.sha256}, ${of.reader}, ${of.state}, ${of.pages}, ${of.kept}, ${of.words}) on conflict do nothing`)
}

/** Agreements in force, but for one, of which a file has these words: at most fifty, by name. */
export async function papersWithWords(
  tx: Tx,
  words: string,
  but: string,
): Promise<{ recordId: string; fileIds: string[] }[]> {
  return rows(
    tx,
    sql`select a.record_id as "recordId", array_agg(distinct f.id) as "fileIds"
      from file_texts t join files f on f.sha256 = t.sha256 join record_files h on h.file_id = f.id
      join agreement_rows a on a.record_id = h.record_id and a.until_at = 'infinity'
      where t.words = ${words} and a.record_id <> ${but}
      group by a.record_id, a.fold order by a.fold, a.record_id limit 50`,
  )
}
