import { sql, type SQL } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import type { Announcement, AnnouncementAnswer, AnnouncementRow } from "@/domain/announcements/line"
import { textArray } from "./log"
import { ofEntities, ofParties } from "./sides"

export type { Announcement, AnnouncementAnswer } from "@/domain/announcements/line"

type Placed = { at: Instant; logIndex: number }

const COLUMNS = sql`a.id, a.entity_id as "entityId", a.party_id as "partyId", a.change, a.sub_name as "subName", a.sub_party_id as "subPartyId",
  a.old_name as "oldName", a.old_party_id as "oldPartyId", a.task, a.countries, a.announced_on as "announcedOn", a.effect_on as "effectOn",
  a.object_until as "objectUntil", a.term, a.term_days as "termDays", a.agreement_id as "agreementId", a.file_id as "fileId"`

/** Writes what was announced. */
export async function insertAnnouncement(tx: Tx, one: Announcement & Placed & { byPerson: string }): Promise<void> {
  await tx.execute(sql`insert into announcements (id, entity_id, party_id, change, sub_name, sub_party_id, old_name, old_party_id, task, countries,
      announced_on, effect_on, object_until, term, term_days, agreement_id, file_id, by_person, at, log_index)
    values (${one.id}, ${one.entityId}, ${one.partyId}, ${one.change}, ${one.subName}, ${one.subPartyId}, ${one.oldName}, ${one.oldPartyId}, ${one.task},
      ${textArray(one.countries)}::text[], ${one.announcedOn}::date, ${one.effectOn}::date, ${one.objectUntil}::date, ${one.term}, ${one.termDays},
      ${one.agreementId}, ${one.fileId}, ${one.byPerson}, ${one.at}::timestamptz, ${one.logIndex})`)
}

/** What the party announced to the company on the day, of the same kind. */
export async function announcedThat(
  tx: Tx,
  on: Pick<Announcement, "entityId" | "partyId" | "change" | "announcedOn">,
): Promise<Announcement[]> {
  return rows(
    tx,
    sql`select ${COLUMNS} from announcements a where a.entity_id = ${on.entityId} and a.party_id = ${on.partyId}
      and a.change = ${on.change} and a.announced_on = ${on.announcedOn}::date order by a.id limit 200`,
  )
}

/** Writes an answer; a second last word is refused by the database. */
export async function insertAnnouncementAnswer(tx: Tx, one: AnnouncementAnswer & Placed): Promise<void> {
  await tx.execute(sql`insert into announcement_answers (id, announcement_id, answer, reason, file_id, request_id, by_person, at, log_index)
    values (${one.id}, ${one.announcementId}, ${one.answer}, ${one.reason}, ${one.fileId}, ${one.requestId}, ${one.byPerson},
      ${one.at}::timestamptz, ${one.logIndex})`)
}

/** One announcement, locked against a second answer at once, with its last word. */
export async function lockAnnouncement(
  tx: Tx,
  id: string,
): Promise<(Announcement & { answer: AnnouncementAnswer["answer"] | null }) | null> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${id}))`)
  return row(
    tx,
    sql`select ${COLUMNS}, (select r.answer from announcement_answers r where r.announcement_id = a.id and r.answer <> 'asked') as answer
      from announcements a where a.id = ${id}`,
  )
}

export type AnnouncementsAsked = {
  open: boolean | null
  partyId: string | null
  id: string | null
  after: { on: string; id: string } | null
  size: number
  /** As of this instant; null: now. */
  asOf: Instant | null
  /** The reader's own conditions, on the announcement `a` and its party `p`. */
  scope: SQL
}

/** Whether the row was written by the instant. */
const saidBy = (row: SQL, asOf: Instant | null): SQL =>
  asOf === null ? sql`true` : sql`${row}.at <= ${asOf}::timestamptz`
/** The party's row `p` as it stood at the instant. */
const partyThen = (asOf: Instant | null): SQL =>
  asOf === null
    ? sql`p.until_at = 'infinity'`
    : sql`p.from_at <= ${asOf}::timestamptz and p.until_at > ${asOf}::timestamptz`

/** What parties announced, by its last day to object, one more than asked for: those still open, or those answered, or all. */
export async function announcementLines(tx: Tx, on: AnnouncementsAsked): Promise<AnnouncementRow[]> {
  const { asOf } = on
  const open = on.open === null ? sql`true` : on.open ? sql`w.id is null` : sql`w.id is not null`
  // What is open stands by what is due first, what is answered by what came last.
  const down = on.open === false
  const beyond = on.after
    ? down
      ? sql`(a.object_until, a.id) < (${on.after.on}::date, ${on.after.id})`
      : sql`(a.object_until, a.id) > (${on.after.on}::date, ${on.after.id})`
    : sql`true`
  return rows(
    tx,
    sql`select ${COLUMNS}, p.title as "partyName", a.at, b.name as "byName", w.answer, w.at as "answeredAt", o.name as "answeredBy", d.value as reason,
        w.file_id as "letterId", w.request_id as "requestId", q.n as asked, q.value as question
      from announcements a join party_rows p on p.record_id = a.party_id and ${partyThen(asOf)}
      join people b on b.id = a.by_person
      left join announcement_answers w on w.announcement_id = a.id and w.answer <> 'asked' and ${saidBy(sql`w`, asOf)}
      left join people o on o.id = w.by_person left join disclosures d on d.commitment = w.reason
      left join lateral (select count(*)::int as n, (array_agg(e.value order by r.log_index desc))[1] as value from announcement_answers r
        left join disclosures e on e.commitment = r.reason where r.announcement_id = a.id and r.answer = 'asked' and ${saidBy(sql`r`, asOf)}) q on true
      where ${saidBy(sql`a`, asOf)} and ${on.scope} and ${open} and ${beyond}
        and ${on.partyId === null ? sql`true` : sql`a.party_id = ${on.partyId}`} and ${on.id === null ? sql`true` : sql`a.id = ${on.id}`}
      order by ${down ? sql`a.object_until desc, a.id desc` : sql`a.object_until, a.id`} limit ${on.size + 1}`,
  )
}

/** What is still open with its last day up to the day, oldest first: what is reminded of, and what silence decides. */
export async function openUntil(db: Db | Tx, until: Day, most: number): Promise<Announcement[]> {
  return rows(
    db,
    sql`select ${COLUMNS} from announcements a where a.object_until <= ${until}::date
      and not exists (select 1 from announcement_answers w where w.announcement_id = a.id and w.answer <> 'asked')
      order by a.object_until, a.id limit ${most}`,
  )
}

/** What is open with its last day within the days, in these companies (null: every one), as far as the reader may know; soonest first. */
export async function openBetween(
  tx: Db | Tx,
  on: { from: Day; until: Day; entities: readonly string[] | null; scope: SQL; most: number },
): Promise<{ id: string; partyId: string; title: string; objectUntil: Day }[]> {
  const here = on.entities === null ? sql`true` : sql`a.entity_id = any(${textArray(on.entities)}::text[])`
  return rows(
    tx,
    sql`select a.id, a.party_id as "partyId", p.title, a.object_until as "objectUntil" from announcements a
      join party_rows p on p.record_id = a.party_id and p.until_at = 'infinity'
      where a.object_until between ${on.from}::date and ${on.until}::date and ${here} and ${on.scope}
        and not exists (select 1 from announcement_answers w where w.announcement_id = a.id and w.answer <> 'asked')
      order by a.object_until, a.id limit ${on.most}`,
  )
}

/** How many wait for an answer, as far as the reader may know. */
export async function countOpenAnnouncements(tx: Tx, scope: SQL, asOf: Instant | null): Promise<number> {
  const found = await row<{ n: number }>(
    tx,
    sql`select count(*)::int as n from announcements a join party_rows p on p.record_id = a.party_id and ${partyThen(asOf)}
      where ${saidBy(sql`a`, asOf)} and ${scope} and not exists (select 1 from announcement_answers w
        where w.announcement_id = a.id and w.answer <> 'asked' and ${saidBy(sql`w`, asOf)})`,
  )
  return found?.n ?? 0
}

/** The papers in force between a company and a party, and the flows from the one to the other that have not ended. */
export async function betweenIds(
  tx: Tx,
  entityId: string,
  partyId: string,
): Promise<{ papers: string[]; flows: string[] }> {
  const of = async (table: string, more: SQL): Promise<string[]> =>
    (
      await rows<{ id: string }>(
        tx,
        sql`select r.record_id as id from ${sql.raw(table)} r where r.until_at = 'infinity' and r.standing <> 'ended' and ${more}
          order by r.record_id limit 500`,
      )
    ).map((one) => one.id)
  return {
    papers: await of(
      "agreement_rows",
      sql`${ofEntities("r", [entityId], null)} and ${ofParties("r", [partyId], null)}`,
    ),
    flows: await of("sharing_rows", sql`r.entity_id = ${entityId} and r.party_id = ${partyId} and r.mode = 'entrust'`),
  }
}

/** The links of these flows' chains through the party, in force. */
export async function chainsThrough(tx: Tx, flows: readonly string[], partyId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select record_id as id from other_rows where until_at = 'infinity' and standing <> 'ended' and record_kind = 'chain'
      and sharing_id = any(${textArray(flows)}::text[]) and party_id = ${partyId} order by record_id limit 500`,
  )
  return found.map((one) => one.id)
}
