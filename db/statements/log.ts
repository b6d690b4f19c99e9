import { createHash } from "node:crypto"
import { sql, type SQL } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"

/** The place that the log gives an act: the next index and the one instant of everything in it. */
export type Opened = { size: number; at: Instant; origin: string }

/** Locks the log until commit and gives the act its place. Nothing slow may follow. A sample register takes `clock`. */
export async function openLog(tx: Tx, clock: Instant): Promise<Opened> {
  const opened = await row<Opened>(tx, sql`select size, at, origin from log_open(${clock}::timestamptz)`)
  if (!opened) throw new Error("the log has no head")
  return opened
}

/** Hash of a leaf (RFC 6962): SHA-256 over a zero byte and the leaf's bytes. */
export function leafHash(bytes: string): Buffer {
  return createHash("sha256")
    .update(Buffer.from([0]))
    .update(bytes, "utf8")
    .digest()
}

/** Appends the act's leaves; the database hashes them again and refuses what differs. Gives the new root. */
export async function appendLog(tx: Tx, leaves: string[]): Promise<Buffer> {
  const hashes = leaves.map((bytes) => `\\x${leafHash(bytes).toString("hex")}`)
  const done = await row<{ root: Buffer }>(
    tx,
    sql`select log_append(${textArray(leaves)}::text[], ${textArray(hashes)}::text[]::bytea[]) as root`,
  )
  if (!done) throw new Error("the log gave no root")
  return done.root
}

/** The head of the log: size, last instant, root. */
export async function logHead(
  tx: Db | Tx,
): Promise<{ size: number; at: Instant; root: Buffer; origin: string; register: "main" | "sample" }> {
  const head = await row<{ size: number; at: Instant; root: Buffer; origin: string; register: "main" | "sample" }>(
    tx,
    sql`select size, at, root, origin, register from log_head where one`,
  )
  if (!head) throw new Error("the log has no head")
  return head
}

export type LeafRow = {
  index: number
  at: Instant
  bytes: string
  hash: string
  act: string
  actorId: string
  requestId: string | null
}

/**
 * A page of the log, newest first, below `before` (exclusive index), or the nearest above `after`. Filters: a record, a person, an act, a request,
 * instants (inclusive). At most `limit` rows.
 */
export async function logPage(
  tx: Db | Tx,
  want: {
    before?: number
    after?: number
    object?: string
    actor?: string
    act?: string
    request?: string
    from?: Instant
    until?: Instant
    /** What is left out, as a condition on the entry `l`. */
    but?: SQL
    limit: number
  },
): Promise<LeafRow[]> {
  const where = [sql`true`]
  if (want.before !== undefined) where.push(sql`l.index < ${want.before}`)
  if (want.after !== undefined) where.push(sql`l.index > ${want.after}`)
  if (want.object) where.push(sql`l.index in (select o.index from log_objects o where o.object_id = ${want.object})`)
  if (want.but) where.push(want.but)
  if (want.actor) where.push(sql`l.actor_id = ${want.actor}`)
  if (want.act) where.push(sql`l.act = ${want.act}`)
  if (want.request) where.push(sql`l.request_id = ${want.request}`)
  // Instants rise with the index: a span of time is a span of the log.
  if (want.from)
    where.push(
      sql`l.index >= (select f.index from log_leaves f where f.at >= ${want.from}::timestamptz order by f.at, f.index limit 1)`,
    )
  if (want.until)
    where.push(
      sql`l.index <= (select u.index from log_leaves u where u.at <= ${want.until}::timestamptz order by u.at desc, u.index desc limit 1)`,
    )
  // Places first, from the filter's own index alone; with the bytes in it the whole log would be read backwards instead.
  return rows<LeafRow>(
    tx,
    sql`select l.index, l.at, l.bytes, encode(l.hash, 'hex') as hash, l.act, l.actor_id as "actorId", l.request_id as "requestId"
      from (select l.index from log_leaves l where ${sql.join(where, sql` and `)} order by l.index ${want.after === undefined ? sql`desc` : sql`asc`} limit ${want.limit}) k
      join log_leaves l on l.index = k.index order by l.index desc`,
  )
}

/** One leaf as a page of the log has it; null: there is no such place. */
export async function leafRow(tx: Db | Tx, index: number): Promise<LeafRow | null> {
  return row(
    tx,
    sql`select index, at, bytes, encode(hash, 'hex') as hash, act, actor_id as "actorId", request_id as "requestId" from log_leaves where index = ${index}`,
  )
}

/** A list of texts as one parameter. Drizzle would spread an array into a list of parameters. */
export function textArray(values: readonly (string | null)[]) {
  return sql`${sql.param(values as unknown as string)}`
}

/** How many leaves the log held at the instant. */
export async function sizeAt(tx: Db | Tx, at: Instant): Promise<number> {
  const found = await row<{ n: number }>(
    tx,
    sql`select coalesce((select index + 1 from log_leaves where at <= ${at}::timestamptz order by at desc, index desc limit 1), 0)::int as n`,
  )
  return found?.n ?? 0
}

/** The hashes of the first `size` leaves in order, in batches. */
export async function* leafHashesBefore(tx: Db | Tx, size: number): AsyncGenerator<Buffer[]> {
  for (let from = 0; from < size; from += 5000) {
    const batch = await rows<{ hash: Buffer }>(
      tx,
      sql`select hash from log_leaves where index >= ${from} and index < ${Math.min(from + 5000, size)} order by index`,
    )
    yield batch.map((item) => item.hash)
  }
}
