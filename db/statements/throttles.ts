import { sql } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"

/** The counts of failed tries under these keys, locked in one order, so that of many tries at once each sees the last. */
export async function lockThrottles(
  tx: Tx,
  keys: readonly string[],
  at: Instant,
): Promise<{ key: string; failures: number; lastAt: Instant }[]> {
  const wanted = sql`${sql.param(keys as unknown as string)}::text[]`
  await tx.execute(
    sql`insert into throttles (key, failures, last_at) select k, 0, ${at}::timestamptz from unnest(${wanted}) k order by k on conflict (key) do nothing`,
  )
  return rows(
    tx,
    sql`select key, failures, last_at as "lastAt" from throttles where key = any(${wanted}) order by key for no key update`,
  )
}

/** The count of failed tries under a key, looked at and not locked. */
export async function throttleOf(tx: Db | Tx, key: string): Promise<{ failures: number; lastAt: Instant } | null> {
  return row(tx, sql`select failures, last_at as "lastAt" from throttles where key = ${key}`)
}

/** Counts a try under each key. A day without one begins anew. */
export async function countTry(tx: Tx, keys: readonly string[], at: Instant): Promise<void> {
  await tx.execute(sql`update throttles set failures = case when last_at < ${at}::timestamptz - interval '1 day' then 1 else failures + 1 end, last_at = ${at}::timestamptz
    where key = any(${sql.param(keys as unknown as string)}::text[])`)
}

/** After a good try: the account's failures are forgotten; the caller only gets this one try back, for others may share the address. */
export async function forgiveTry(tx: Db | Tx, account: string, caller: string): Promise<void> {
  await tx.execute(sql`delete from throttles where key = ${account}`)
  await tx.execute(sql`update throttles set failures = greatest(failures - 1, 0) where key = ${caller}`)
}
