import { sql } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import type { ToldKind } from "@/domain/told/kinds"
import { textArray } from "./log"

export type MailState = "waiting" | "sent" | "failed" | "empty" | "stale"
export type MailKind = "at-once" | "digest"

export type WaitingTelling = { key: string; kind: ToldKind; at: Instant }
export type PersonWaiting = { personId: string; ways: unknown; zone: string | null; digestOn: Day | null }

/** One composer at a time, of however many workers: the others find the lock held and go on. */
export async function holdComposing(tx: Tx): Promise<boolean> {
  return (await row<{ held: boolean }>(tx, sql`select pg_try_advisory_xact_lock(7206120) as held`))?.held ?? false
}

/** People who have something to be told that is in no mail yet, with how they want to be told. */
export async function peopleWaiting(tx: Tx, after: string, most: number): Promise<PersonWaiting[]> {
  return rows(
    tx,
    sql`select p.id as "personId", coalesce(w.ways, '{}') as ways, w.zone, w.digest_on as "digestOn" from people p left join told_ways w on w.person_id = p.id
      where p.id > ${after} and exists (select 1 from tellings t where t.person_id = p.id and t.mail = 'waiting') order by p.id limit ${most}`,
  )
}

/** What of it a person is to be told, oldest first, at most so much at once. */
export async function waitingOf(tx: Tx, personId: string, most: number): Promise<WaitingTelling[]> {
  return rows(
    tx,
    sql`select key, kind, at from tellings where person_id = ${personId} and mail = 'waiting' order by at, key limit ${most}`,
  )
}

/** Puts what is told into a mail of the outbox; a mail that is there already is not made again. */
export async function putMail(
  tx: Tx,
  mail: { key: string; personId: string; kind: MailKind; at: Instant },
  tellings: readonly string[],
): Promise<void> {
  await tx.execute(sql`insert into mails (key, person_id, kind, at, state, next_at)
    values (${mail.key}, ${mail.personId}, ${mail.kind}, ${mail.at}::timestamptz, 'waiting', ${mail.at}::timestamptz) on conflict (key) do nothing`)
  await tx.execute(
    sql`update tellings set mail = 'put', mail_key = ${mail.key} where key = any(${textArray(tellings)}::text[]) and mail = 'waiting'`,
  )
}

/** What goes without a mail. */
export async function leaveUnmailed(tx: Tx, tellings: readonly string[]): Promise<void> {
  if (tellings.length > 0)
    await tx.execute(
      sql`update tellings set mail = 'none' where key = any(${textArray(tellings)}::text[]) and mail = 'waiting'`,
    )
}

/** Notes the day of a person's last digest. */
export async function digestMade(tx: Tx, personId: string, on: Day): Promise<void> {
  await tx.execute(sql`insert into told_ways (person_id, ways, digest_on) values (${personId}, '{}', ${on}::date)
    on conflict (person_id) do update set digest_on = excluded.digest_on`)
}

export type Claimed = {
  key: string
  personId: string
  kind: MailKind
  at: Instant
  tries: number
  leasedUntil: Instant
}

/**
 * Takes the next mail that is due, for as long as the lease; null: none. Of several workers each gets another one, and a
 * mail whose worker fell is taken again when its lease is over.
 */
export async function claimMail(db: Db, now: Instant, lease: Instant): Promise<Claimed | null> {
  return row<Claimed>(
    db,
    sql`update mails set leased_until = ${lease}::timestamptz, tries = tries + 1 where key = (
        select key from mails where state = 'waiting' and next_at <= ${now}::timestamptz and (leased_until is null or leased_until <= ${now}::timestamptz)
        order by next_at, key limit 1 for update skip locked)
      returning key, person_id as "personId", kind, at, tries, leased_until as "leasedUntil"`,
  )
}

/** Ends the mail, if this lease still holds it. */
export async function endMail(
  db: Db,
  mail: Pick<Claimed, "key" | "leasedUntil">,
  to: { state: Exclude<MailState, "waiting">; at: Instant; problem: string | null },
): Promise<void> {
  await db.execute(sql`update mails set state = ${to.state}, ended_at = ${to.at}::timestamptz, problem = ${to.problem}, leased_until = null
    where key = ${mail.key} and state = 'waiting' and leased_until = ${mail.leasedUntil}::timestamptz`)
}

/** Lays the mail back until it is tried again, if this lease still holds it. `counts`: the try was its own. */
export async function layBack(
  db: Db,
  mail: Pick<Claimed, "key" | "leasedUntil">,
  to: { nextAt: Instant; problem: string },
): Promise<void> {
  await db.execute(sql`update mails set next_at = ${to.nextAt}::timestamptz, problem = ${to.problem}, leased_until = null
    where key = ${mail.key} and state = 'waiting' and leased_until = ${mail.leasedUntil}::timestamptz`)
}

export type MailLine = {
  key: string
  name: string
  kind: MailKind
  at: Instant
  state: MailState
  tries: number
  nextAt: Instant
  problem: string | null
}

/** A page of the outbox, newest first, by keyset; one more than asked for. */
export async function mailsPage(
  tx: Db | Tx,
  after: { at: string; key: string } | null,
  size: number,
): Promise<MailLine[]> {
  const before = after ? sql`(m.at, m.key) < (${after.at}::timestamptz, ${after.key})` : sql`true`
  return rows(
    tx,
    sql`select m.key, p.name, m.kind, m.at, m.state, m.tries, m.next_at as "nextAt", m.problem from mails m join people p on p.id = m.person_id
      where ${before} order by m.at desc, m.key desc limit ${size + 1}`,
  )
}

/** Lets mails go: what ended a month ago, and what waited a month for a server that nobody named. */
export async function sweepMails(db: Db, now: Instant): Promise<void> {
  await db.execute(sql`delete from mails where ended_at < ${now}::timestamptz - interval '30 days'`)
  await db.execute(
    sql`delete from mails where state = 'waiting' and next_at < ${now}::timestamptz - interval '30 days'`,
  )
}
