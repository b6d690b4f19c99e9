import { sql, type SQL } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import { underDemand } from "./list-specs"
import type { Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"

/** Since when the person's calendar has an address that opens; null: it has none. */
export async function calendarSince(tx: Db | Tx, personId: string): Promise<Instant | null> {
  const found = await row<{ at: Instant }>(
    tx,
    sql`select created_at as at from calendar_links where person_id = ${personId} and revoked_at is null`,
  )
  return found?.at ?? null
}

/** Closes the address of the person's calendar, where it has one. */
export async function closeCalendar(tx: Tx, personId: string, at: Instant): Promise<void> {
  await tx.execute(
    sql`update calendar_links set revoked_at = ${at}::timestamptz where person_id = ${personId} and revoked_at is null`,
  )
}

/** Opens an address; the one before is to be closed first. */
export async function openCalendar(tx: Tx, link: { hash: Buffer; personId: string; at: Instant }): Promise<void> {
  await tx.execute(
    sql`insert into calendar_links (hash, person_id, created_at) values (${link.hash}, ${link.personId}, ${link.at}::timestamptz)`,
  )
}

/** Whose calendar the address opens; null when it was closed or its person was shut out. */
export async function personOfCalendar(db: Db, hash: Buffer): Promise<{ id: string; name: string } | null> {
  return row(
    db,
    sql`select p.id, p.name from calendar_links c join people p on p.id = c.person_id
      where c.hash = ${hash} and c.revoked_at is null and p.state = 'active'`,
  )
}

/** What runs without approval, was recorded by this person and is to be approved or ended within these days. */
export async function foundBy(
  tx: Db | Tx,
  on: { personId: string; from: Day; until: Day; readable: SQL; most: number },
): Promise<{ id: string; title: string; dueOn: Day; underDemand: boolean }[]> {
  return rows(
    tx,
    sql`select r.record_id as id, r.title, r.due_on as "dueOn", coalesce(${underDemand(sql`r`)}, false) as "underDemand" from sharing_rows r
      join versions v on v.record_id = r.record_id and v.n = r.n join requests q on q.id = v.request_id
      where r.until_at = 'infinity' and r.standing = 'discovered' and q.created_by = ${on.personId}
        and r.due_on between ${on.from}::date and ${on.until}::date and ${on.readable} order by r.due_on, r.record_id limit ${on.most}`,
  )
}
