import { sql, type SQL } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import { forNames, toDecide, type InboxReader } from "@/db/statements/inbox"
import type { Instant } from "@/domain/core/instant"
import { MOST_TOGETHER, type Alike } from "@/domain/requests/alike"
import { textArray } from "./log"

const OF = sql`p.request_id = r.id and p.n = r.revision`

/** What `r` does, by the rule that the domain has (`alikeOf`): null is decided by itself. */
const ALIKE_AS = sql`case when r.kind <> 'change' or not exists (select 1 from revision_stages s where s.request_id = r.id and s.n = r.revision) then null
  when not exists (select 1 from revision_proposals p where ${OF} and p.op <> 'end') then 'ending'
  when not exists (select 1 from revision_proposals p where ${OF} and (p.kind <> 'agreement' or p.op <> 'change' or p.base_version is null))
    and not exists (select 1 from revision_stages s where s.request_id = r.id and s.n = r.revision and (cardinality(s.because) = 0 or not s.because <@ array['agreement-renewed']))
    then 'renewal' end`

export type TogetherRow = {
  id: string
  no: number
  title: string
  byName: string
  movedAt: Instant
  alike: Alike
  hash: string
  proposalCount: number
  forNames: string[]
}

export type TogetherQuery = { alike: Alike | null; fold: string }

function matching(reader: InboxReader, of: TogetherQuery): SQL {
  const word = of.fold.replace(/[\\%_]/g, (sign) => `\\${sign}`)
  return sql`${toDecide(reader)} and ${of.fold === "" ? sql`true` : sql`r.fold like ${`%${word}%`}`}
    and ${of.alike === null ? sql`${ALIKE_AS} is not null` : sql`${ALIKE_AS} = ${of.alike}`}`
}

/** Requests that wait for the reader and may be decided together, the longest waiting first; at most 500. */
export async function togetherPage(tx: Db | Tx, reader: InboxReader, of: TogetherQuery): Promise<TogetherRow[]> {
  if (reader.seats.length === 0) return []
  return rows(
    tx,
    sql`select r.id, r.no, r.title, p.name as "byName", r.moved_at as "movedAt", ${ALIKE_AS} as alike, v.hash, r.proposal_count as "proposalCount",
        ${forNames(reader)} as "forNames"
      from requests r join people p on p.id = r.created_by join revisions v on v.request_id = r.id and v.n = r.revision
      where ${matching(reader, of)} order by r.moved_at, r.id limit ${MOST_TOGETHER}`,
  )
}

/** How many match, of renewals and endings. */
export async function togetherCounts(
  tx: Db | Tx,
  reader: InboxReader,
  of: TogetherQuery,
): Promise<Record<Alike, number>> {
  const found =
    reader.seats.length === 0
      ? []
      : await rows<{ alike: Alike; n: number }>(
          tx,
          sql`select a.alike, count(*)::int as n from (select ${ALIKE_AS} as alike from requests r where ${matching(reader, of)}) a group by 1`,
        )
  return { renewal: 0, ending: 0, ...Object.fromEntries(found.map((one) => [one.alike, one.n])) }
}

/** Of these requests those that the reader may know of, each with what it does. */
export async function alikeAmong(tx: Tx, ids: readonly string[], scope: SQL): Promise<Map<string, Alike | null>> {
  const found = await rows<{ id: string; alike: Alike | null }>(
    tx,
    sql`select r.id, ${ALIKE_AS} as alike from requests r where r.id = any(${textArray(ids)}::text[]) and r.revision > 0 and ${scope}`,
  )
  return new Map(found.map((one) => [one.id, one.alike]))
}

export type BulkRow = {
  id: string
  personId: string
  verdict: string
  reason: string | null
  via: "page" | "token"
  at: Instant
  doneAt: Instant | null
}
export type BulkLine = {
  position: number
  requestId: string
  stage: string
  entityId: string
  forPerson: string | null
  hash: string
  state: "waiting" | "taken" | "refused"
  says: string | null
}

const BULK = sql`b.id, b.person_id as "personId", b.verdict, b.reason, b.via, b.at, b.done_at as "doneAt"`

/** Puts one word on many requests, to be worked off. */
export async function insertBulk(tx: Tx, what: Omit<BulkRow, "doneAt">, lines: readonly BulkLine[]): Promise<void> {
  await tx.execute(sql`insert into bulk_decisions (id, person_id, verdict, reason, via, at)
    values (${what.id}, ${what.personId}, ${what.verdict}, ${what.reason}, ${what.via}, ${what.at}::timestamptz)`)
  await tx.execute(sql`insert into bulk_lines (bulk_id, position, request_id, stage, entity_id, for_person, hash, state, says, tried_at)
    select ${what.id}, t.position, t."requestId", t.stage, t."entityId", t."forPerson", t.hash, t.state, t.says, case when t.state <> 'waiting' then ${what.at}::timestamptz end
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as t(position int, "requestId" text, stage text, "entityId" text, "forPerson" text, hash text, state text, says text)`)
}

/** Takes one that nobody works at: that one, or the oldest. It is let go of itself a minute after its last line. */
export async function claimBulk(db: Db, id: string | null): Promise<BulkRow | null> {
  return row(
    db,
    sql`update bulk_decisions b set leased_until = now() + interval '1 minute' where b.id = (
        select c.id from bulk_decisions c where c.done_at is null and (c.leased_until is null or c.leased_until < now())
          and ${id === null ? sql`true` : sql`c.id = ${id}`} order by c.at limit 1 for update skip locked)
      returning ${BULK}`,
  )
}

/**
 * The next line that waits, noted as begun; null: all are tried. One that was begun and never ended (its process fell) comes
 * after those that nobody tried yet, so that it stands in nobody's way.
 */
export async function nextLine(db: Db, id: string): Promise<BulkLine | null> {
  return row(
    db,
    sql`update bulk_lines l set says = 'conflict.line-broke' where l.bulk_id = ${id} and l.position = (select w.position from bulk_lines w
        where w.bulk_id = ${id} and w.state = 'waiting' order by w.says is not null, w.position limit 1)
      returning l.position, l.request_id as "requestId", l.stage, l.entity_id as "entityId", l.for_person as "forPerson", l.hash, l.state, l.says`,
  )
}

/** Notes what came of a line, and that somebody is still at it. */
export async function endLine(
  db: Db,
  of: { bulkId: string; position: number },
  came: { state: "taken" | "refused"; says: string | null; at: Instant },
): Promise<void> {
  await db.execute(sql`with at_it as (update bulk_decisions set leased_until = now() + interval '1 minute' where id = ${of.bulkId})
    update bulk_lines set state = ${came.state}, says = ${came.says}, tried_at = ${came.at}::timestamptz
    where bulk_id = ${of.bulkId} and position = ${of.position} and state = 'waiting'`)
}

/** Lets it go: done, and its reason with it, or for whoever comes next. */
export async function leaveBulk(db: Db, id: string, at: Instant): Promise<void> {
  await db.execute(sql`update bulk_decisions b set leased_until = null, done_at = case when d.done then ${at}::timestamptz end,
      reason = case when d.done then null else b.reason end
    from (select not exists (select 1 from bulk_lines l where l.bulk_id = ${id} and l.state = 'waiting') as done) d where b.id = ${id}`)
}

/** Whether this very word of this person on this content stands there: it was taken before its line could be noted. */
export async function isTaken(db: Db, of: Pick<BulkRow, "personId" | "verdict">, line: BulkLine): Promise<boolean> {
  const found = await row(
    db,
    sql`select 1 from decisions d where d.request_id = ${line.requestId} and d.stage = ${line.stage} and d.entity_id = ${line.entityId}
      and d.person_id = ${of.personId} and d.for_person is not distinct from ${line.forPerson} and d.verdict = ${of.verdict} and d.hash = ${line.hash}`,
  )
  return found !== null
}

/** One of this person's own. */
export async function ownBulk(tx: Tx, id: string, personId: string): Promise<BulkRow | null> {
  return row(tx, sql`select ${BULK} from bulk_decisions b where b.id = ${id} and b.person_id = ${personId}`)
}

export type BulkResult = BulkLine & {
  no: number | null
  title: string | null
  requestState: string | null
  absentName: string | null
}

/** What came of each line, with the titles that the reader may (still) know. */
export async function bulkResults(tx: Tx, id: string, scope: SQL): Promise<BulkResult[]> {
  return rows(
    tx,
    sql`select l.position, l.request_id as "requestId", l.stage, l.entity_id as "entityId", l.for_person as "forPerson", l.hash, l.state, case when l.state <> 'waiting' then l.says end as says,
        k.no, k.title, k.state as "requestState", q.name as "absentName"
      from bulk_lines l left join lateral (select r.no, r.title, r.state from requests r where r.id = l.request_id and ${scope}) k on true
        left join people q on q.id = l.for_person
      where l.bulk_id = ${id} order by l.position`,
  )
}

/** Lets go what was decided together a year ago; the decisions themselves stand in the log. */
export async function sweepBulk(db: Db): Promise<void> {
  await db.execute(
    sql`delete from bulk_lines l using bulk_decisions b where b.id = l.bulk_id and b.at < now() - interval '365 days'`,
  )
  await db.execute(
    sql`delete from bulk_decisions b where b.at < now() - interval '365 days' and not exists (select 1 from bulk_lines l where l.bulk_id = b.id)`,
  )
}
