import { sql } from "drizzle-orm"
import { rows, type Tx } from "@/db/connect"
import { textArray } from "@/db/statements/log"
import { versionsInForce } from "@/db/statements/versions"
import type { Instant } from "@/domain/core/instant"
import type { RecordKind } from "@/domain/records/kinds"
import { openVersions, type StoredRecord } from "@/usecases/register/records"
import { hiddenIds } from "@/usecases/audit/readable"
import { readable } from "@/usecases/register/read-record"
import { unrestricted, type Scope } from "@/usecases/scope"

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

/** A decision as a package names it: where, by whom, upon what, and by which version of the stage rules. */
export type PackedDecision = {
  request: string
  no: number
  revision: number
  hash: string
  stageRules: number
  stage: string
  entity: string
  seat: string
  verdict: string
  person: string
  forPerson: string | null
  at: Instant
  /** Place of its entry in the log. */
  index: number
  /** Later revisions that kept it. */
  keptFor: number[]
}

/** The decisions until the instant on these requests, of the reader's companies, in order of request and log. */
export async function* decisionsFor(
  tx: Tx,
  requests: AsyncIterable<readonly string[]>,
  at: Instant,
  scope: Scope,
): AsyncGenerator<PackedDecision[]> {
  const within = scope.entities === null ? sql`true` : sql`d.entity_id = any(${textArray(scope.entities)}::text[])`
  for await (const ids of requests)
    yield await rows<PackedDecision>(
      tx,
      sql`select d.request_id as request, r.no, d.revision, d.hash, v.rules_version as "stageRules", d.stage, d.entity_id as entity, s.seat,
          d.verdict, d.person_id as person, d.for_person as "forPerson", d.at, d.log_index as index,
          array(select k.revision from carried k where k.decision_id = d.id and k.fate = 'kept' and k.at <= ${at}::timestamptz order by 1) as "keptFor"
        from decisions d join requests r on r.id = d.request_id join revisions v on v.request_id = d.request_id and v.n = d.revision
          join revision_stages s on s.request_id = d.request_id and s.n = d.revision and s.stage = d.stage and s.entity_id = d.entity_id
        where d.request_id = any(${textArray(ids)}::text[]) and d.at <= ${at}::timestamptz and ${within}
          and ${unrestricted(scope, sql`r.restricted_to`)}
        order by d.request_id, d.log_index`,
    )
}
