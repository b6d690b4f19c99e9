import { sql, type SQL } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { textArray } from "./log"
import { OPEN } from "./open-stages"
import { stillStands } from "./takes"
import { RECORD } from "./tellings"

/** Who looks into their inbox: where they may sit, what they may know of, and what they have their own condition on. */
export type InboxReader = {
  personId: string
  /** Stage and company (null: every one) at which their roles sit. */
  seats: readonly { stage: string; entityId: string | null; forPerson?: string }[]
  requests: SQL
  /** The same of a record, as `x`. */
  records: SQL
}

export type InboxRequest = {
  id: string
  no: number
  title: string
  state: string
  byName: string
  movedAt: Instant
  stages: string[]
  /** On whose behalf alone the reader may take them: names; empty where they may in their own right. */
  forNames: string[]
}

/** When the nearest of a request's open stages is due, and how near that is; null: none is open. */
export type InboxDue = { dueOn: Day | null; mark: "near" | "today" | "late" | null }

export type InboxPage = { after: { at: string; key: string } | null; size: number }

const COLUMNS = sql`r.id, r.no, r.title, r.state, p.name as "byName", r.moved_at as "movedAt"`

// In one's own right one is named where the stage names persons. On behalf of another it is the absent one who could sit
// there: named there and where it is restricted, no author, in no other seat.
const neither = (
  reader: InboxReader,
): SQL => sql`(m.absent = '' and (s.persons is null or ${reader.personId} = any(s.persons)) or m.absent <> '' and ((r.restricted_to is null or m.absent = any(r.restricted_to)) and (s.persons is null or m.absent = any(s.persons))
  and not exists (select 1 from request_authors a where a.request_id = r.id and a.person_id = m.absent)
  and not exists (select 1 from seats e where e.request_id = r.id and e.person_id = m.absent and (e.stage, e.entity_id) <> (s.stage, s.entity_id))))`

/**
 * The open stages at which this reader may sit: by role and company, no author, in no other seat (invariant 2). `whose`:
 * only by seats on behalf of that person, as `m.absent` (empty: in their own right).
 */
function mine(reader: InboxReader, whose: SQL = sql`true`): SQL {
  const stages = textArray(reader.seats.map((seat) => seat.stage))
  const entities = textArray(reader.seats.map((seat) => seat.entityId ?? ""))
  const absent = textArray(reader.seats.map((seat) => seat.forPerson ?? ""))
  // The stages' names first: they leave out most before anything is looked up.
  return sql`${OPEN} and s.stage = any(${stages}::text[]) and exists (select 1 from unnest(${stages}::text[], ${entities}::text[], ${absent}::text[]) as m(stage, entity_id, absent)
      where m.stage = s.stage and m.entity_id in ('', s.entity_id) and ${neither(reader)} and ${whose})
    and not exists (select 1 from seats e where e.request_id = r.id and e.person_id = ${reader.personId} and (e.stage, e.entity_id) <> (s.stage, s.entity_id))`
}

/** The names of those on whose behalf alone the reader may sit; most stand in for nobody, and are asked nothing more. */
export function forNames(reader: InboxReader): SQL {
  const absent = [...new Set(reader.seats.flatMap((seat) => seat.forPerson ?? []))]
  if (absent.length === 0) return sql`'{}'::text[]`
  return sql`case when exists (select 1 ${mine(reader, sql`m.absent = ''`)}) then '{}'::text[]
    else array(select q.name from people q where q.id = any(${textArray(absent)}::text[]) and exists (select 1 ${mine(reader, sql`m.absent = q.id`)}) order by 1) end`
}

/** The request `r` waits for this reader. */
export function toDecide(reader: InboxReader): SQL {
  return sql`r.state = 'in-review' and ${reader.requests} and exists (select 1 ${mine(reader)})
    and not exists (select 1 from request_authors a where a.request_id = r.id and a.person_id = ${reader.personId})`
}

function beyond(page: InboxPage): SQL {
  return page.after ? sql`(r.moved_at, r.id) > (${page.after.at}::timestamptz, ${page.after.key})` : sql`true`
}

/** Requests that wait for this reader's decision or advice, the longest waiting first; one more than asked for. */
export async function waitsForMe(tx: Db | Tx, reader: InboxReader, page: InboxPage): Promise<InboxRequest[]> {
  if (reader.seats.length === 0) return []
  return rows(
    tx,
    sql`select ${COLUMNS}, array(select distinct s.stage ${mine(reader)} order by 1) as stages,
        ${forNames(reader)} as "forNames"
      from requests r join people p on p.id = r.created_by where ${toDecide(reader)} and ${beyond(page)} order by r.moved_at, r.id limit ${page.size + 1}`,
  )
}

/** The reader's own requests in this state, the longest waiting first, with at whom they stand. */
export async function myRequests(
  tx: Db | Tx,
  reader: InboxReader,
  state: "draft" | "in-review" | "changes-requested",
  page: InboxPage,
): Promise<InboxRequest[]> {
  return rows(
    tx,
    sql`select ${COLUMNS}, case when r.state = 'in-review' then array(select distinct s.stage ${OPEN} order by 1) else '{}' end as stages,
        '{}'::text[] as "forNames"
      from requests r join people p on p.id = r.created_by where r.created_by = ${reader.personId} and r.state = ${state} and ${reader.requests} and ${beyond(page)}
      order by r.moved_at, r.id limit ${page.size + 1}`,
  )
}

export type InboxGap = {
  id: string
  recordId: string
  clause: string
  dueOn: Day
  byPerson: string
  givenByName: string
  at: Instant
}

/** The last word on a record and clause, taken by somebody, and the clause still not evidenced: as `t`. */
export const HELD = sql`t.owner_id is not null and not exists (select 1 from takes n where n.record_id = t.record_id and n.clause = t.clause and n.log_index > t.log_index)
  and ${stillStands("t")}`

/** What this person sees to, what is due first on top; one more than asked for. */
export async function myGaps(
  tx: Db | Tx,
  reader: InboxReader,
  page: { after: { at: string; key: string } | null; size: number },
): Promise<InboxGap[]> {
  const beyondGap = page.after ? sql`(t.due_on, t.id) > (${page.after.at}::date, ${page.after.key})` : sql`true`
  return rows(
    tx,
    sql`select t.id, t.record_id as "recordId", t.clause, t.due_on as "dueOn", t.by_person as "byPerson", g.name as "givenByName", t.at from takes t join people g on g.id = t.by_person cross join lateral ${RECORD} x
      where t.owner_id = ${reader.personId} and ${beyondGap} and ${HELD} and ${reader.records} order by t.due_on, t.id limit ${page.size + 1}`,
  )
}

/** What day it is: in each company, and where none is meant. */
export type Todays = { of: readonly { entityId: string; day: Day }[]; elsewhere: Day }

/** How much waits for this reader, each up to a hundred: to decide, to mend, to see to; and how much of the last is overdue. */
export async function waitingCounts(
  tx: Db | Tx,
  reader: InboxReader,
  today: Todays,
): Promise<{ decide: number; mend: number; gaps: number; overdue: number }> {
  const decide =
    reader.seats.length === 0
      ? sql`0`
      : sql`(select count(*) from (select 1 from requests r where ${toDecide(reader)} limit 100) c)`
  const days = sql`unnest(${textArray(today.of.map((one) => one.entityId))}::text[], ${textArray(today.of.map((one) => one.day))}::text[]::date[])`
  const found = await row<{ decide: number; mend: number; gaps: number; overdue: number }>(
    tx,
    sql`select ${decide}::int as decide, held.gaps, held.overdue,
      (select count(*) from (select 1 from requests r where r.created_by = ${reader.personId} and r.state = 'changes-requested' and ${reader.requests} limit 100) c)::int as mend
      from (select count(*)::int as gaps, (count(*) filter (where due_on < today))::int as overdue from (
        select t.due_on, coalesce(d.day, ${today.elsewhere}::date) as today from takes t cross join lateral ${RECORD} x
          left join ${days} as d(entity_id, day) on d.entity_id = x.entity_id
          where t.owner_id = ${reader.personId} and ${HELD} and ${reader.records} order by t.due_on limit 100) c) held`,
  )
  return found ?? { decide: 0, mend: 0, gaps: 0, overdue: 0 }
}
