import { sql } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { textArray } from "./log"

export type ImportState = "opened" | "trying" | "reading" | "tried" | "proposing" | "writing" | "proposed" | "failed"

export type ImportRow = {
  id: string
  fileId: string
  name: string
  sha256: string
  format: string
  entityId: string
  byPerson: string
  at: Instant
  state: ImportState
  settings: unknown
  counts: unknown
  requestId: string | null
  problem: string | null
}

const COLUMNS = sql`id, file_id as "fileId", name, sha256, format, entity_id as "entityId", by_person as "byPerson", at, state,
  settings, counts, request_id as "requestId", problem`

/** Puts down an import that was opened. */
export async function insertImport(tx: Tx, what: Omit<ImportRow, "requestId" | "problem">): Promise<void> {
  await tx.execute(sql`insert into imports (id, file_id, name, sha256, format, entity_id, by_person, at, state, settings, counts)
    values (${what.id}, ${what.fileId}, ${what.name}, ${what.sha256}, ${what.format}, ${what.entityId}, ${what.byPerson},
      ${what.at}::timestamptz, ${what.state}, ${JSON.stringify(what.settings)}::jsonb, ${JSON.stringify(what.counts)}::jsonb)`)
}

/** One import; with `lock` nobody else moves it meanwhile. */
export async function readImportRow(tx: Db | Tx, id: string, lock = false): Promise<ImportRow | null> {
  return row<ImportRow>(tx, sql`select ${COLUMNS} from imports where id = ${id} ${lock ? sql`for update` : sql``}`)
}

/** The newest imports of the entities (null: all), below a place in the list. */
export async function importsOf(
  tx: Db | Tx,
  entities: readonly string[] | null,
  before: { at: string; id: string } | null,
  limit: number,
): Promise<ImportRow[]> {
  const within = entities === null ? sql`true` : sql`entity_id = any(${textArray(entities)}::text[])`
  const below = before === null ? sql`true` : sql`(at, id) < (${before.at}::timestamptz, ${before.id})`
  return rows<ImportRow>(
    tx,
    // A list shows the counts; the names that may be joined, hundreds for each, stay where they are.
    sql`select ${COLUMNS} from (select i.id, i.file_id, i.name, i.sha256, i.format, i.entity_id, i.by_person, i.at, i.state, i.settings,
        jsonb_set(i.counts, '{joins}', '[]') as counts, i.request_id, i.problem from imports i) t where ${within} and ${below} order by at desc, id desc limit ${limit}`,
  )
}

/** The imports that wait for the worker, oldest first. */
export async function waitingImports(tx: Db | Tx): Promise<ImportRow[]> {
  return rows<ImportRow>(
    tx,
    sql`select ${COLUMNS} from imports where state in ('trying', 'proposing') order by at, id limit 10`,
  )
}

/** Takes a waiting import for oneself; of several who try, one gets it. */
export async function claimImport(tx: Db | Tx, id: string, from: "trying" | "proposing"): Promise<boolean> {
  const to = from === "trying" ? "reading" : "writing"
  const found = await rows(tx, sql`update imports set state = ${to} where id = ${id} and state = ${from} returning id`)
  return found.length > 0
}

/** Lets imports wait again that a worker had taken and left when it fell. */
export async function releaseImports(tx: Db | Tx): Promise<void> {
  await tx.execute(sql`update imports set state = case state when 'reading' then 'trying' else 'proposing' end
    where state in ('reading', 'writing')`)
}

/** Moves an import on. */
export async function moveImport(
  tx: Db | Tx,
  id: string,
  to: Partial<Pick<ImportRow, "state" | "settings" | "counts" | "requestId" | "problem">>,
): Promise<void> {
  const settings = to.settings === undefined ? null : JSON.stringify(to.settings)
  const counts = to.counts === undefined ? null : JSON.stringify(to.counts)
  await tx.execute(sql`update imports set state = coalesce(${to.state ?? null}, state),
    settings = coalesce(${settings}::jsonb, settings), counts = coalesce(${counts}::jsonb, counts),
    request_id = coalesce(${to.requestId ?? null}, request_id), problem = ${to.problem ?? null} where id = ${id}`)
}

export type BadRow = {
  row: number
  cells: string[]
  problems: { column: string | null; says: string; params?: Record<string, string | number> }[]
}

/** Forgets what an earlier try found. */
export async function clearBadRows(tx: Tx, id: string): Promise<void> {
  await tx.execute(sql`delete from import_rows where import_id = ${id}`)
}

/** Keeps rows that cannot be taken, with what is wrong with them. */
export async function insertBadRows(tx: Tx, id: string, list: readonly BadRow[]): Promise<void> {
  if (list.length === 0) return
  const payload = JSON.stringify(
    list.map((item) => ({ row: item.row, cells: JSON.stringify(item.cells), problems: JSON.stringify(item.problems) })),
  )
  await tx.execute(sql`insert into import_rows (import_id, row, good, cells, problems)
    select ${id}, t.row, false, t.cells, t.problems from jsonb_to_recordset(${payload}::jsonb) as t(row int, cells text, problems text)
    on conflict (import_id, row) do nothing`)
}

/** Rows that cannot be taken, in the order of the file, after a row. */
export async function badRows(tx: Db | Tx, id: string, after: number, limit: number): Promise<BadRow[]> {
  const found = await rows<{ row: number; cells: string; problems: string }>(
    tx,
    sql`select row, cells, problems from import_rows where import_id = ${id} and not good and row > ${after} order by row limit ${limit}`,
  )
  return found.map((item) => ({
    row: item.row,
    cells: JSON.parse(item.cells) as string[],
    problems: JSON.parse(item.problems) as BadRow["problems"],
  }))
}

/** Of these rows those that cannot be taken. */
export async function badRowsAt(tx: Tx, id: string, at: readonly number[]): Promise<BadRow[]> {
  const found = await rows<{ row: number; cells: string }>(
    tx,
    sql`select row, cells from import_rows where import_id = ${id} and not good
      and row in (select value::int from jsonb_array_elements_text(${JSON.stringify(at)}::jsonb))`,
  )
  return found.map((item) => ({ row: item.row, cells: JSON.parse(item.cells) as string[], problems: [] }))
}

/** Parties in force whose folded legal name is one of these. */
export async function partiesByFold(tx: Db | Tx, folds: readonly string[]): Promise<{ id: string; title: string }[]> {
  return rows(
    tx,
    sql`select record_id as id, title from party_rows where until_at = 'infinity' and standing <> 'ended'
      and restricted_to is null and fold = any(${textArray(folds)}::text[]) order by record_id`,
  )
}
