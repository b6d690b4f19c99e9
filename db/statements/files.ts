import { sql } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import { textArray } from "./log"

/** Hash and name of kept files, by id. */
export async function filesById(
  tx: Db | Tx,
  ids: readonly string[],
): Promise<Map<string, { sha256: string; name: string }>> {
  if (ids.length === 0) return new Map()
  const found = await rows<{ id: string; sha256: string; name: string }>(
    tx,
    sql`select id, sha256, name from files where id = any(${textArray(ids)}::text[])`,
  )
  return new Map(found.map((file) => [file.id, file]))
}

/** Of the files that this person sent themselves, newest first: these, or the last hundred. What the scanner found something in is none to choose. */
export async function ownFiles(
  tx: Db | Tx,
  personId: string,
  ids: readonly string[] | null,
): Promise<{ id: string; name: string; held: "waiting" | null }[]> {
  const these = ids === null ? sql`true` : sql`f.id = any(${textArray(ids)}::text[])`
  return rows(
    tx,
    sql`select f.id, f.name, case when f.scan = 'waiting' then 'waiting' end as held from files f
      where f.by_person = ${personId} and f.scan <> 'infected' and ${these}
      and not exists (select 1 from supplier_files s where s.file_id = f.id) order by f.at desc, f.id limit 100`,
  )
}

/** Of these files those that are legal advice, but for the reader's own. */
export async function adviceAmong(tx: Db | Tx, ids: readonly string[], reader: string | null): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const found = await rows<{ id: string }>(
    tx,
    sql`select id from files where id = any(${textArray(ids)}::text[]) and legal_advice and by_person is distinct from ${reader}`,
  )
  return new Set(found.map((file) => file.id))
}

/** Whether any file is marked as legal advice at all. */
export async function anyAdvice(tx: Db | Tx): Promise<boolean> {
  return (await rows(tx, sql`select 1 from files where legal_advice limit 1`)).length > 0
}
