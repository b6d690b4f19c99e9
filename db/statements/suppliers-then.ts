import { sql, type SQL } from "drizzle-orm"
import { rows, type Tx } from "@/db/connect"
import { fold } from "@/domain/core/fold"
import type { Instant } from "@/domain/core/instant"
import { inSpan } from "./lists"
import { textArray } from "./log"

/**
 * Parties that were in force at the instant and may be one of these suppliers: by their keys of today, by the name that they had
 * then, and by a number, host or other name that they had then. The rule decides (domain/reconcile); this only narrows down.
 */
export async function partiesMayBe(
  tx: Tx,
  asked: { keys: readonly { kind: string; key: string }[]; at: Instant | null },
  known: SQL,
): Promise<string[]> {
  if (asked.keys.length === 0) return []
  const among = sql`join party_rows r on r.record_id = k.record_id and ${inSpan(asked.at)} and r.standing <> 'ended' and ${known}`
  const now = sql`select k.record_id as id from jsonb_to_recordset(${JSON.stringify(asked.keys)}::jsonb) as t(kind text, key text)
    join party_keys k on k.kind = t.kind and k.key = t.key ${among}`
  if (asked.at === null) return ids(tx, now)
  const names = asked.keys.filter((one) => one.kind === "name").map((one) => one.key)
  const then = sql`select r.record_id from party_rows r where r.fold = any(${textArray(names)}::text[]) and ${inSpan(asked.at)}
    and r.standing <> 'ended' and ${known}`
  // What it was called besides, and its hosts, stand among the words of its row of then.
  const patterns = asked.keys
    .filter((one) => (one.kind === "other-name" || one.kind === "host") && one.key.length > 3)
    .map((one) => `%${fold(one.key).replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`)
  const words = sql`select h.record_id from unnest(${textArray([...new Set(patterns)])}::text[]) as w(p) cross join lateral (
    select r.record_id from party_rows r where r.search like w.p and ${inSpan(asked.at)} and r.standing <> 'ended' and ${known} limit 20) h`
  return ids(tx, sql`${now} union ${then} union ${words}`)
}

/** Of these parties, those that meet the condition at the instant. */
export async function partiesThat(
  tx: Tx,
  asked: { ids: readonly string[]; at: Instant | null },
  known: SQL,
): Promise<Set<string>> {
  const found = await ids(
    tx,
    sql`select r.record_id as id from party_rows r where r.record_id = any(${textArray(asked.ids)}::text[]) and ${inSpan(asked.at)} and ${known}`,
  )
  return new Set(found)
}

/** Parties whose core name is like one of these, the five likest of each, that were in force at the instant. */
export async function partiesAlike(
  tx: Tx,
  asked: { cores: readonly string[]; at: Instant | null },
  known: SQL,
): Promise<string[]> {
  if (asked.cores.length === 0) return []
  await tx.execute(sql`set local pg_trgm.similarity_threshold = 0.3`)
  return ids(
    tx,
    sql`select distinct h.id from unnest(${textArray(asked.cores)}::text[]) as want(core) cross join lateral (
        select k.record_id as id from party_keys k
        join party_rows r on r.record_id = k.record_id and ${inSpan(asked.at)} and r.standing <> 'ended' and ${known}
        where k.kind = 'core' and k.key % want.core order by similarity(k.key, want.core) desc, k.record_id limit 5) h`,
  )
}

async function ids(tx: Tx, statement: SQL): Promise<string[]> {
  return (await rows<{ id: string }>(tx, statement)).map((one) => one.id)
}
