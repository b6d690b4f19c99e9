import { sql, type SQL } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { textArray } from "./log"
import { insertStages, PROPOSAL, type ProposalRow, type StageOf } from "./requests"

/** Proposals of a draft (revision 0) or of a submitted revision, by their records. */
export async function proposalsById(
  tx: Db | Tx,
  requestId: string,
  n: number,
  ids: readonly string[],
): Promise<ProposalRow[]> {
  const from = n === 0 ? sql`proposals p` : sql`revision_proposals p`
  const of = n === 0 ? sql`true` : sql`p.n = ${n}`
  return rows<ProposalRow>(
    tx,
    sql`select ${PROPOSAL} from ${from} where p.request_id = ${requestId} and ${of}
      and p.record_id = any(${textArray(ids)}::text[]) order by p.position, p.record_id`,
  )
}

/** The place of a draft's last proposal; 0 while it has none. */
export async function lastPosition(tx: Db | Tx, requestId: string): Promise<number> {
  const found = await rows<{ last: number }>(
    tx,
    sql`select position as last from proposals where request_id = ${requestId} order by position desc, record_id desc limit 1`,
  )
  return found[0]?.last ?? 0
}

/** The records that one row of a file became within a request: a party, its flow and its paper are looked at together. */
export async function rowFellows(tx: Db | Tx, requestId: string, recordId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select o.record_id as id from review_rows m join review_rows o on o.request_id = m.request_id
        and (o.record_id = m.record_id or (o.row = m.row and o.sheet is not distinct from m.sheet))
      where m.request_id = ${requestId} and m.record_id = ${recordId} order by o.position limit 50`,
  )
  return found.map((item) => item.id)
}

/** The hash of each row of a revision, in the order over which the revision's own hash goes. */
export async function rowHashes(
  tx: Db | Tx,
  requestId: string,
  n: number,
): Promise<{ recordId: string; hash: string }[]> {
  return rows(
    tx,
    sql`select p.record_id as "recordId", encode(p.hash, 'hex') as hash from revision_proposals p
      where p.request_id = ${requestId} and p.n = ${n} order by p.position, p.record_id`,
  )
}

/** Writes a revision that holds what an earlier one held, but for some records: the same rows, bodies and hashes. */
export async function insertRestOfRevision(
  tx: Tx,
  what: {
    requestId: string
    from: number
    n: number
    hash: string
    by: string
    at: Instant
    logIndex: number
    without: readonly string[]
    stages: StageOf[]
  },
): Promise<void> {
  await tx.execute(sql`insert into revisions (request_id, n, hash, by_person, at, log_index, rules_version)
    select ${what.requestId}, ${what.n}::int, ${what.hash}, ${what.by}, ${what.at}::timestamptz, ${what.logIndex}::bigint, v.rules_version
    from revisions v where v.request_id = ${what.requestId} and v.n = ${what.from}`)
  await tx.execute(sql`insert into revision_proposals (request_id, n, record_id, kind, op, base_version, position, body, hash, discovered, import_id, sheet, row)
    select p.request_id, ${what.n}::int, p.record_id, p.kind, p.op, p.base_version, p.position, p.body, p.hash, p.discovered, p.import_id, p.sheet, p.row
    from revision_proposals p left join unnest(${textArray(what.without)}::text[]) as gone(id) on gone.id = p.record_id
    where p.request_id = ${what.requestId} and p.n = ${what.from} and gone.id is null`)
  await insertStages(tx, what.requestId, what.n, what.stages)
}

/** Moves drafted proposals, with their rows for review, from one request into another. Set-based. */
export async function moveProposals(tx: Tx, from: string, to: string, ids: readonly string[]): Promise<void> {
  const list = sql`${textArray(ids)}::text[]`
  await tx.execute(sql`update proposals set request_id = ${to} where request_id = ${from} and record_id = any(${list})`)
  await tx.execute(
    sql`update review_rows set request_id = ${to} where request_id = ${from} and record_id = any(${list})`,
  )
}

/** Lets everybody who wrote one request count as an author of another that holds a part of it. */
export async function copyAuthors(tx: Tx, from: string, to: string): Promise<void> {
  await tx.execute(sql`insert into request_authors (request_id, person_id)
    select ${to}, a.person_id from request_authors a where a.request_id = ${from}
      and not exists (select 1 from request_authors b where b.request_id = ${to} and b.person_id = a.person_id)`)
}

/** Other requests under way that propose something for a record of this one, over the whole of it. */
export async function rivalsOf(
  tx: Db | Tx,
  requestId: string,
  scope: SQL,
): Promise<{ id: string; no: number; title: string; recordId: string }[]> {
  return rows(
    tx,
    sql`select r.id, r.no, r.title, p.record_id as "recordId" from proposals m join proposals p on p.record_id = m.record_id
      and p.request_id <> m.request_id join requests r on r.id = p.request_id
    where m.request_id = ${requestId} and r.state in ('in-review','changes-requested') and ${scope} limit 50`,
  )
}

/** The requests that hold what an import proposed, within the reader's scope, the oldest first. */
export async function requestsOfImport(
  tx: Db | Tx,
  importId: string,
  scope: SQL,
): Promise<{ id: string; no: number; title: string; state: string; n: number }[]> {
  return rows(
    tx,
    sql`select r.id, r.no, r.title, r.state, t.n from (
        select p.request_id, count(*) as n from proposals p where p.import_id = ${importId} group by p.request_id) t
      join requests r on r.id = t.request_id where ${scope} order by r.no limit 100`,
  )
}
