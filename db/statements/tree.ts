import { sql } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { NodeAt } from "@/domain/audit/proof"
import type { Instant } from "@/domain/core/instant"

/** The hashes of complete subtrees, in the order asked for. Throws where one is missing: the log is not whole. */
export async function nodeHashes(tx: Db | Tx, wanted: readonly NodeAt[]): Promise<Uint8Array[]> {
  if (wanted.length === 0) return []
  const asked = JSON.stringify(wanted.map(({ level, n }, k) => ({ k, level, n })))
  const found = await rows<{ k: number; hash: Buffer | null }>(
    tx,
    sql`select want.k, coalesce(l.hash, h.hash) as hash from jsonb_to_recordset(${asked}::jsonb) as want(k int, level smallint, n bigint)
      left join log_leaves l on want.level = 0 and l.index = want.n
      left join log_nodes h on want.level > 0 and h.level = want.level and h.n = want.n order by want.k`,
  )
  return found.map(({ hash }) => {
    if (!hash) throw new Error("a node of the log's tree is missing")
    return Uint8Array.from(hash)
  })
}

/** A leaf's bytes and hash; null: there is no such place. */
export async function leafAt(tx: Db | Tx, index: number): Promise<{ bytes: string; hash: Buffer } | null> {
  return row(tx, sql`select bytes, hash from log_leaves where index = ${index}`)
}

export type WalkedLeaf = {
  index: number
  at: Instant
  bytes: string
  hash: Buffer
  act: string
  actorId: string
  requestId: string | null
}

/** Leaves from a place on, as they stand. */
export async function leavesFrom(tx: Db | Tx, from: number, limit: number): Promise<WalkedLeaf[]> {
  return rows<WalkedLeaf>(
    tx,
    sql`select index, at, bytes, hash, act, actor_id as "actorId", request_id as "requestId" from log_leaves
      where index >= ${from} order by index limit ${limit}`,
  )
}

/** Nodes above the leaves in a stretch of one level. */
export async function nodesIn(
  tx: Db | Tx,
  level: number,
  from: number,
  to: number,
): Promise<{ n: number; hash: Buffer }[]> {
  return rows(tx, sql`select n, hash from log_nodes where level = ${level} and n >= ${from} and n < ${to} order by n`)
}

/** How many nodes stand above the leaves: as many as a tree of that size has, or the log was tampered with. */
export async function countNodes(tx: Db | Tx): Promise<number> {
  return (await row<{ n: number }>(tx, sql`select count(*) as n from log_nodes`))?.n ?? 0
}

export type CheckpointRow = { size: number; root: Buffer; note: string; at: Instant }

/** The checkpoint that was signed last; `upTo`: of at most that size. */
export async function lastCheckpoint(tx: Db | Tx, upTo: number | null = null): Promise<CheckpointRow | null> {
  return row(
    tx,
    sql`select size, root, note, at from log_checkpoints where ${upTo === null ? sql`true` : sql`size <= ${upTo}`} order by size desc limit 1`,
  )
}

/** The smallest checkpoint that holds the leaf; null: none was signed since. */
export async function checkpointOver(tx: Db | Tx, index: number): Promise<CheckpointRow | null> {
  return row(tx, sql`select size, root, note, at from log_checkpoints where size > ${index} order by size limit 1`)
}

/** Checkpoints by size, behind `after`. */
export async function checkpointsAfter(tx: Db | Tx, after: number, limit: number): Promise<CheckpointRow[]> {
  return rows(
    tx,
    sql`select size, root, note, at from log_checkpoints where size > ${after} order by size limit ${limit}`,
  )
}

/** Keeps a checkpoint; gives false where one of that size stands. */
export async function insertCheckpoint(
  tx: Db | Tx,
  what: { size: number; root: Uint8Array; note: string; at: Instant },
): Promise<boolean> {
  const put = await row(
    tx,
    sql`insert into log_checkpoints (size, root, note, at) values (${what.size}, ${Buffer.from(what.root)}, ${what.note}, ${what.at}::timestamptz)
      on conflict do nothing returning size`,
  )
  return put !== null
}

export type KeyRow = { id: string; name: string; key: Buffer; at: Instant; logIndex: number }

/** The keys by which the log signed, the first one first. */
export async function logKeys(tx: Db | Tx): Promise<KeyRow[]> {
  return rows(tx, sql`select id, name, key, at, log_index as "logIndex" from log_keys order by log_index`)
}

/** Notes a key with the event that named it. */
export async function insertLogKey(
  tx: Tx,
  what: { id: string; name: string; key: Uint8Array; at: Instant; logIndex: number },
): Promise<void> {
  await tx.execute(sql`insert into log_keys (id, name, key, at, log_index)
    values (${what.id}, ${what.name}, ${Buffer.from(what.key)}, ${what.at}::timestamptz, ${what.logIndex})`)
}

/** Which of these leaves rows of the register refer to that bear another instant than the leaf; for a check of the whole. */
export async function misplaced(tx: Db | Tx, tables: readonly string[]): Promise<{ table: string; n: number }[]> {
  return rows(
    tx,
    sql.join(
      tables.map(
        (table) =>
          sql`select ${table}::text as table, count(*) as n from ${sql.identifier(table)} t left join log_leaves l on l.index = t.log_index where l.index is null or l.at <> t.at`,
      ),
      sql` union all `,
    ),
  )
}
