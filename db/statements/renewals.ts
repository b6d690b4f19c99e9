import { sql, type SQL } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import type { Day } from "@/domain/core/day"
import { waitsForTwoIn } from "./confirmations"
import { entitiesOfRow } from "./sides"

export type OpenRequest = {
  id: string
  no: number | null
  title: string
  state: string
  createdBy: string
  /** What it proposes: of the record itself, or a new one in its place. */
  recordId: string
  op: string
}

/** Holds everybody else off who begins something of the record, until the transaction is over. */
export async function lockBegun(tx: Tx, recordId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${recordId}, 5))`)
}

/** Requests under way that propose something of the record or in its place, of those that the reader may know (as `r`). */
export async function openRequestsOf(tx: Db | Tx, recordId: string, scope: SQL): Promise<OpenRequest[]> {
  return rows(
    tx,
    sql`select r.id, r.no, r.title, r.state, r.created_by as "createdBy", w.record_id as "recordId", w.op from requests r
      join lateral (select p.record_id, p.op from proposals p where p.request_id = r.id and (p.record_id = ${recordId}
        or (p.kind = 'agreement' and p.op = 'create' and p.body like ${`%"replaces":"${recordId}"%`}))
        order by p.record_id = ${recordId} desc, p.position limit 1) w on true
      where r.state in ('draft', 'in-review', 'changes-requested') and ${scope}
      order by r.moved_at desc, r.id limit 20`,
  )
}

/** One day of a paper, with whom it is told to: who is named for it, where one active account alone has the name. */
export type PaperDay = {
  id: string
  recordId: string
  kind: string
  dueOn: Day
  title: string
  /** Its companies, the first one before the others. */
  entityIds: string[]
  ownerId: string | null
  restrictedTo: string[] | null
}

/** Days of papers between two, at most so many, soonest first, by keyset. */
export async function paperDays(
  tx: Db | Tx,
  on: { from: Day; until: Day; after: { dueOn: string; id: string } | null; most: number; readable?: SQL },
): Promise<PaperDay[]> {
  const beyond = on.after ? sql`where (t."dueOn", t.id) > (${on.after.dueOn}::date, ${on.after.id})` : sql``
  return rows(
    tx,
    sql`select * from (select concat_ws(':', r.record_id, r.kind, left(md5(r.path), 8), r.due_on) as id, r.record_id as "recordId", r.kind,
        r.due_on as "dueOn", r.title, ${entitiesOfRow("r", null)} as "entityIds", r.restricted_to as "restrictedTo",
        (select min(p.id) from people p where p.name = coalesce(d.value, r.owner) and p.state = 'active' having count(*) = 1) as "ownerId"
      from review_dues r left join disclosures d on d.commitment = r.owner_sealed
      where r.until_at = 'infinity' and r.record_kind = 'agreement' and r.due_on between ${on.from}::date and ${on.until}::date
        and ${on.readable ?? sql`true`} and ${STANDS}) t ${beyond} order by t."dueOn", t.id limit ${on.most}`,
  )
}

// Of a paper in whose place a signed one stands, on which one can rely, nobody is told any more.
const STANDS = sql`not exists (select 1 from version_refs f join agreement_rows a on a.record_id = f.record_id and a.n = f.n and a.until_at = 'infinity'
  where f.target_id = r.record_id and f.path = 'replaces' and a.signed and a.standing <> 'ended' and a.effect_on <= r.due_on
    and not ${waitsForTwoIn("a", null)})`
