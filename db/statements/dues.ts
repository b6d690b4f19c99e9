import { sql, type SQL } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import type { Day } from "@/domain/core/day"
import { HELD } from "./inbox"
import { FOUND_RUNNING } from "./takes"

/** One thing that came due and still stands, with whose it is. `id` is the thing with its day: another day is another. */
export type DueRow = {
  id: string
  recordId: string
  clause: string
  ownerId: string
  givenBy: string | null
  dueOn: Day
  entityId: string | null
  what: string | null
}

export type DueAsked = { from: Day; until: Day; after: { dueOn: string; id: string } | null; most: number }

const ENTITY = sql`coalesce((select entity_id from sharing_rows x where x.record_id = t.record_id and x.until_at = 'infinity'),
  (select entity_id from agreement_rows x where x.record_id = t.record_id and x.until_at = 'infinity'),
  (select entity_id from other_rows x where x.record_id = t.record_id and x.until_at = 'infinity'))`

// What somebody took under a clause, and did not lay down again.
const TAKEN = (
  on: DueAsked,
): SQL => sql`select t.id, t.record_id as "recordId", t.clause, t.owner_id as "ownerId", t.by_person as "givenBy",
    t.due_on as "dueOn", ${ENTITY} as "entityId", null as what
  from takes t where t.due_on between ${on.from}::date and ${on.until}::date and ${HELD}`

// Reviews by who answers for them: a name that one active account alone has.
const REVIEWS = (
  on: DueAsked,
): SQL => sql`select concat_ws(':', r.record_id, r.kind, left(md5(r.path), 8), r.due_on) as id, r.record_id as "recordId",
    r.kind as clause, p.id as "ownerId", null as "givenBy", r.due_on as "dueOn", r.entity_id as "entityId", 'review' as what
  from review_dues r left join disclosures d on d.commitment = r.owner_sealed join people p on p.name = coalesce(d.value, r.owner) and p.state = 'active'
  where r.until_at = 'infinity' and r.record_kind <> 'agreement' and r.due_on between ${on.from}::date and ${on.until}::date
    and not exists (select 1 from people o where o.name = p.name and o.state = 'active' and o.id <> p.id)
    and (r.record_kind <> 'assessment' or not exists (select 1 from review_dues x where x.kind = r.kind and x.subject = r.subject and x.until_at = 'infinity'
      and (x.due_on, x.record_id, x.path) > (r.due_on, r.record_id, r.path)))`

// What runs without approval and was to be approved or ended by a day: whoever recorded it, until somebody takes it.
const FOUND = (
  on: DueAsked,
): SQL => sql`select concat_ws(':', s.record_id, s.due_on) as id, s.record_id as "recordId", 'found-running' as clause,
    q.created_by as "ownerId", null as "givenBy", s.due_on as "dueOn", s.entity_id as "entityId", 'found' as what
  from sharing_rows s join versions v on v.record_id = s.record_id and v.n = s.n join requests q on q.id = v.request_id
  where s.until_at = 'infinity' and s.standing = 'discovered' and s.due_on between ${on.from}::date and ${on.until}::date
    and not exists (select 1 from takes t where t.record_id = s.record_id and t.clause = ${FOUND_RUNNING} and ${HELD})`

const SOURCES = { taken: TAKEN, reviews: REVIEWS, found: FOUND }
export type DueSource = keyof typeof SOURCES

/** What came due up to the day, since `from`, and still stands; at most so many, oldest first, by keyset. */
export async function dueThings(tx: Db | Tx, source: DueSource, on: DueAsked): Promise<DueRow[]> {
  const beyond = on.after ? sql`where (t."dueOn", t.id) > (${on.after.dueOn}::date, ${on.after.id})` : sql``
  return rows(tx, sql`select * from (${SOURCES[source](on)}) t ${beyond} order by t."dueOn", t.id limit ${on.most}`)
}

/** A flow whose last day is known and that nobody ended: from which day it owes its deletion, by when, and who answers for it. */
export type Ended = {
  recordId: string
  entityId: string
  from: Day
  dueOn: Day
  /** The one active account with the owner's name; null: none has it, or several. */
  owner: string | null
  restrictedTo: string[] | null
}

/** Flows that nobody ended and that owe their deletion from a day within the days on, by keyset. */
export async function endedUnasked(
  tx: Tx,
  on: { from: Day; until: Day; after: Ended | null; most: number },
): Promise<Ended[]> {
  const beyond = on.after
    ? sql`(s.unproven_from, s.record_id) > (${on.after.from}::date, ${on.after.recordId})`
    : sql`true`
  return rows(
    tx,
    sql`select s.record_id as "recordId", s.entity_id as "entityId", s.unproven_from as "from", s.proof_due_on as "dueOn",
        s.restricted_to as "restrictedTo", (select case when count(*) = 1 then min(p.id) end from review_dues r
          left join disclosures d on d.commitment = r.owner_sealed join people p on p.name = coalesce(d.value, r.owner) and p.state = 'active'
          where r.record_id = s.record_id and r.kind = 'deletion' and r.until_at = 'infinity') as owner
      from sharing_rows s where s.until_at = 'infinity' and s.standing <> 'ended' and s.unproven_from between ${on.from}::date and ${on.until}::date
        and ${beyond} order by s.unproven_from, s.record_id limit ${on.most}`,
  )
}
