import { sql } from "drizzle-orm"
import { rows, type Tx } from "@/db/connect"
import { textArray } from "@/db/statements/log"
import { versionsInForce } from "@/db/statements/versions"
import type { Instant } from "@/domain/core/instant"
import type { RecordKind } from "@/domain/records/kinds"
import { openVersions, type StoredRecord } from "@/usecases/register/records"
import { hiddenIds } from "@/usecases/audit/readable"
import { readable } from "@/usecases/register/read-record"
import type { Scope } from "@/usecases/scope"

const BATCH = 2000

/** Everything of one kind that was in force at the instant and lies in the reader's scope, in order of id, in batches. */
export async function* recordsAsOf(
  tx: Tx,
  kind: RecordKind,
  at: Instant,
  scope: Scope,
): AsyncGenerator<StoredRecord[]> {
  let after = ""
  for (;;) {
    const ids = (
      await rows<{ id: string }>(
        tx,
        sql`select id from records where kind = ${kind} and id > ${after} order by id limit ${BATCH}`,
      )
    ).map((row) => row.id)
    const last = ids[ids.length - 1]
    if (!last) return
    after = last
    const found = await versionsInForce(tx, ids, at)
    found.sort((a, b) => (a.recordId < b.recordId ? -1 : 1))
    // Parties of the group are a supervisor's own affair only where their companies give them something.
    const beyond = scope.partiesByEntity && kind === "party" ? await hiddenIds(tx, ids, scope, at) : new Set<string>()
    yield (await openVersions(tx, found)).filter((record) => readable(record, scope) && !beyond.has(record.id))
  }
}

/** Our own companies as of the instant. */
export async function entitiesAsOf(
  tx: Tx,
  at: Instant,
  scope: Scope,
): Promise<{ id: string; version: number; at: Instant; body: unknown }[]> {
  const within = scope.entities === null ? sql`true` : sql`r.id = any(${textArray(scope.entities)}::text[])`
  const found = await rows<{ id: string; version: number; at: Instant; body: string }>(
    tx,
    sql`select r.id, v.n as version, v.at, v.body from records r cross join lateral (
      select * from versions w where w.record_id = r.id and w.at <= ${at}::timestamptz order by w.n desc limit 1) v
      where r.kind = 'entity' and ${within} order by r.id`,
  )
  return found.map((item) => ({ ...item, body: JSON.parse(item.body) as unknown }))
}
