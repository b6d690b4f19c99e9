import { sql, type SQL } from "drizzle-orm"
import { batches } from "@/db/batches"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { textArray } from "./log"

export type LinkRow = {
  id: string
  no: number
  entityId: string
  partyId: string
  partyName: string
  requestId: string | null
  campaignId: string | null
  byPerson: string
  at: Instant
  dueOn: Day
  expiresAt: Instant
  revokedAt: Instant | null
  openedAt: Instant | null
  sentAt: Instant | null
  remindedAt: Instant | null
  /** What was answered by it was cleared; by nobody: by its day. */
  clearedAt: Instant | null
  clearedBy: string | null
  clearedReason: string | null
}

const LINK = sql`l.id, l.no, l.entity_id as "entityId", l.party_id as "partyId", l.party_name as "partyName", l.request_id as "requestId",
  l.campaign_id as "campaignId", l.by_person as "byPerson", l.at, l.due_on as "dueOn", l.expires_at as "expiresAt", l.revoked_at as "revokedAt",
  l.opened_at as "openedAt", l.sent_at as "sentAt", l.reminded_at as "remindedAt",
  l.cleared_at as "clearedAt", l.cleared_by as "clearedBy", (select d.value from disclosures d where d.commitment = l.cleared_reason) as "clearedReason"`

/** The link with this secret's hash; locked where something is written by it. */
export async function linkByHash(tx: Db | Tx, hash: Buffer, lock = false): Promise<LinkRow | null> {
  return row(
    tx,
    sql`select ${LINK} from supplier_links l where l.hash = ${hash} ${lock ? sql`for no key update` : sql``}`,
  )
}

/** The link; locked where it is changed. */
export async function linkById(tx: Db | Tx, id: string, lock = false): Promise<LinkRow | null> {
  return row(tx, sql`select ${LINK} from supplier_links l where l.id = ${id} ${lock ? sql`for no key update` : sql``}`)
}

/** The links of a party, a request or a campaign, newest first (of a campaign by the party's name): at most `most`. */
export async function linksOf(
  tx: Db | Tx,
  of: { partyId: string } | { requestId: string } | { campaignId: string },
  most: number,
): Promise<LinkRow[]> {
  const [which, order]: [SQL, SQL] =
    "partyId" in of
      ? [sql`l.party_id = ${of.partyId}`, sql`l.at desc, l.id desc`]
      : "requestId" in of
        ? [sql`l.request_id = ${of.requestId}`, sql`l.at desc, l.id desc`]
        : [sql`l.campaign_id = ${of.campaignId}`, sql`l.party_name, l.id`]
  return rows(tx, sql`select ${LINK} from supplier_links l where ${which} order by ${order} limit ${most}`)
}

/** The links that one person asked by themselves, newest first. */
export async function linksBy(tx: Db | Tx, personId: string, most: number): Promise<LinkRow[]> {
  return rows(
    tx,
    sql`select ${LINK} from supplier_links l where l.by_person = ${personId} and l.campaign_id is null order by l.at desc, l.id desc limit ${most}`,
  )
}

export type NewLink = Pick<
  LinkRow,
  "id" | "entityId" | "partyId" | "partyName" | "requestId" | "campaignId" | "byPerson" | "dueOn" | "expiresAt"
> & { hash: Buffer }

/** Makes links, set-based, at the act's instant and place. */
export async function insertLinks(
  tx: Tx,
  place: { at: Instant; logIndex: number },
  list: readonly NewLink[],
): Promise<void> {
  for (const part of batches(list)) {
    const payload = JSON.stringify(part.map((one) => ({ ...one, hash: one.hash.toString("hex") })))
    await tx.execute(sql`insert into supplier_links (id, hash, entity_id, party_id, party_name, request_id, campaign_id, by_person, at, due_on, expires_at, log_index)
      select t.id, decode(t.hash, 'hex'), t."entityId", t."partyId", t."partyName", t."requestId", t."campaignId", t."byPerson", ${place.at}::timestamptz, t."dueOn", t."expiresAt", ${place.logIndex}
      from jsonb_to_recordset(${payload}::jsonb) as t(id text, hash text, "entityId" text, "partyId" text, "partyName" text, "requestId" text, "campaignId" text,
        "byPerson" text, "dueOn" date, "expiresAt" timestamptz)`)
  }
}

/** Revokes a link, or those of a campaign that are still open; gives how many. */
export async function revokeLinks(tx: Tx, of: { id: string } | { campaignId: string }, at: Instant): Promise<number> {
  const which = "id" in of ? sql`id = ${of.id}` : sql`campaign_id = ${of.campaignId}`
  const gone = await rows(
    tx,
    sql`update supplier_links set revoked_at = ${at}::timestamptz where ${which} and revoked_at is null and sent_at is null returning id`,
  )
  return gone.length
}

/** Whether another link by which this supplier is asked the same stands open: in the same campaign, or for the same draft. */
export async function openBeside(tx: Tx, link: LinkRow, at: Instant): Promise<boolean> {
  const found = await row(
    tx,
    sql`select 1 from supplier_links l where l.id <> ${link.id} and l.party_id = ${link.partyId} and l.entity_id = ${link.entityId}
      and l.campaign_id is not distinct from ${link.campaignId} and l.request_id is not distinct from ${link.requestId}
      and l.revoked_at is null and l.sent_at is null and l.expires_at > ${at}::timestamptz limit 1`,
  )
  return found !== null
}

/** Notes that the link's page was first opened, or that its answers were sent. */
export async function markLink(tx: Db | Tx, id: string, what: "opened" | "sent", at: Instant): Promise<void> {
  await tx.execute(
    what === "opened"
      ? sql`update supplier_links set opened_at = ${at}::timestamptz where id = ${id} and opened_at is null`
      : sql`update supplier_links set sent_at = ${at}::timestamptz where id = ${id}`,
  )
}

export type AnswerRow = { body: string; n: number; savedAt: Instant }

/** What was typed on a link's page. */
export async function answersOf(tx: Db | Tx, linkId: string): Promise<AnswerRow | null> {
  return row(tx, sql`select body, n, saved_at as "savedAt" from supplier_answers where link_id = ${linkId}`)
}

/** What was typed by these links, in one reading. */
export async function answersOfAll(tx: Db | Tx, linkIds: readonly string[]): Promise<Map<string, AnswerRow>> {
  if (linkIds.length === 0) return new Map()
  const found = await rows<AnswerRow & { linkId: string }>(
    tx,
    sql`select link_id as "linkId", body, n, saved_at as "savedAt" from supplier_answers where link_id = any(${textArray(linkIds)}::text[])`,
  )
  return new Map(found.map(({ linkId, ...answer }) => [linkId, answer]))
}

/** Keeps what was typed; the database refuses it once it was sent. */
export async function saveAnswers(tx: Tx, linkId: string, what: AnswerRow): Promise<void> {
  await tx.execute(sql`insert into supplier_answers (link_id, body, n, saved_at) values (${linkId}, ${what.body}, ${what.n}, ${what.savedAt}::timestamptz)
    on conflict (link_id) do update set body = excluded.body, n = excluded.n, saved_at = excluded.saved_at`)
}

export type LinkFile = {
  id: string
  name: string
  type: string
  sizeBytes: number
  sha256: string
  /** Why nobody may read it now. */
  held: "waiting" | "infected" | null
}

/** The files that a party laid beside its answers, in the order in which they came. */
export async function filesOfLink(tx: Db | Tx, linkId: string): Promise<LinkFile[]> {
  return rows(
    tx,
    sql`select f.id, f.name, f.type, f.size_bytes as "sizeBytes", f.sha256,
        case when f.scan in ('waiting', 'infected') then f.scan end as held from supplier_files s join files f on f.id = s.file_id
      where s.link_id = ${linkId} order by s.at, f.id`,
  )
}

/** Lays a file beside the answers, or takes it away again. */
export async function putLinkFile(tx: Tx, linkId: string, fileId: string, at: Instant): Promise<void> {
  await tx.execute(
    sql`insert into supplier_files (link_id, file_id, at) values (${linkId}, ${fileId}, ${at}::timestamptz)`,
  )
}

/** Takes a file away from beside the answers; says whether it was there. */
export async function dropLinkFile(tx: Tx, linkId: string, fileId: string): Promise<boolean> {
  const gone = await rows(
    tx,
    sql`delete from supplier_files where link_id = ${linkId} and file_id = ${fileId} returning file_id`,
  )
  return gone.length > 0
}

/** The links beside whose answers a file lies. */
export async function linksOfFile(tx: Tx, fileId: string): Promise<LinkRow[]> {
  return rows(
    tx,
    sql`select ${LINK} from supplier_files s join supplier_links l on l.id = s.link_id where s.file_id = ${fileId} limit 20`,
  )
}

export type TakingRow = {
  requestId: string
  recordId: string
  field: string
  linkId: string
  linkNo: number
  partyName: string
  question: string
  hash: string
  byPerson: string
  byName: string
  at: Instant
  sentAt: Instant
}

/**
 * What was taken over into fields of a record or of the records of a request, the last of each field; `known`: of which
 * requests (`r`) the reader may know, for what lies in a draft of somebody else's is not theirs to read.
 */
export async function takingsOf(
  tx: Db | Tx,
  of: { recordId?: string; requestId?: string; known?: SQL },
): Promise<TakingRow[]> {
  const which = [
    ...(of.recordId ? [sql`t.record_id = ${of.recordId}`] : []),
    ...(of.requestId ? [sql`t.request_id = ${of.requestId}`] : []),
    ...(of.known ? [sql`exists (select 1 from requests r where r.id = t.request_id and ${of.known})`] : []),
  ]
  return rows(
    tx,
    sql`select distinct on (t.record_id, t.field) t.request_id as "requestId", t.record_id as "recordId", t.field, t.link_id as "linkId", l.no as "linkNo",
      l.party_name as "partyName", t.question, t.hash, t.by_person as "byPerson", p.name as "byName", t.at, l.sent_at as "sentAt"
      from supplier_takings t join supplier_links l on l.id = t.link_id join people p on p.id = t.by_person
      where ${which.length ? sql.join(which, sql` and `) : sql`false`} order by t.record_id, t.field, t.at desc limit 1000`,
  )
}

/** Notes which field was taken over from which answer; of a field the last counts. */
export async function noteTaking(
  tx: Tx,
  what: Pick<TakingRow, "requestId" | "recordId" | "field" | "linkId" | "question" | "hash" | "byPerson" | "at">,
): Promise<void> {
  await tx.execute(sql`insert into supplier_takings (request_id, record_id, field, link_id, question, hash, by_person, at)
    values (${what.requestId}, ${what.recordId}, ${what.field}, ${what.linkId}, ${what.question}, ${what.hash}, ${what.byPerson}, ${what.at}::timestamptz)
    on conflict (request_id, record_id, field) do update set link_id = excluded.link_id, question = excluded.question, hash = excluded.hash,
      by_person = excluded.by_person, at = excluded.at`)
}

/** Links whose day has passed, not answered and not reminded of; the first `most` by day. */
export async function linksLate(tx: Tx, before: Day, most: number): Promise<LinkRow[]> {
  return rows(
    tx,
    sql`select ${LINK} from supplier_links l where l.due_on < ${before} and l.sent_at is null and l.revoked_at is null and l.reminded_at is null
      order by l.due_on, l.id limit ${most} for no key update skip locked`,
  )
}

/** Notes that whoever asked was reminded. */
export async function markReminded(tx: Tx, ids: readonly string[], at: Instant): Promise<void> {
  await tx.execute(
    sql`update supplier_links set reminded_at = ${at}::timestamptz where id = any(${textArray(ids)}::text[])`,
  )
}

export type CampaignRow = {
  id: string
  no: number
  title: string
  entityId: string
  byPerson: string
  at: Instant
  dueOn: Day
  expiresAt: Instant
  revokedAt: Instant | null
}

const CAMPAIGN = sql`c.id, c.no, c.title, c.entity_id as "entityId", c.by_person as "byPerson", c.at, c.due_on as "dueOn",
  c.expires_at as "expiresAt", c.revoked_at as "revokedAt"`

/** The campaign; locked where it is changed. */
export async function campaignById(tx: Db | Tx, id: string, lock = false): Promise<CampaignRow | null> {
  return row(tx, sql`select ${CAMPAIGN} from campaigns c where c.id = ${id} ${lock ? sql`for no key update` : sql``}`)
}

/**
 * The campaigns of these companies (null: all), newest first, with how many were asked and how many answered; `party` is the
 * condition on the party `p` in force that the reader may know of.
 */
export async function campaignsOf(
  tx: Db | Tx,
  entities: readonly string[] | null,
  party: SQL,
  most: number,
): Promise<(CampaignRow & { asked: number; answered: number })[]> {
  const within = entities === null ? sql`true` : sql`c.entity_id = any(${textArray(entities)}::text[])`
  return rows(
    tx,
    sql`select ${CAMPAIGN}, n.asked, n.answered from campaigns c, lateral (select count(distinct l.party_id)::int as asked,
      count(distinct l.party_id) filter (where l.sent_at is not null)::int as answered
      from supplier_links l left join party_rows p on p.record_id = l.party_id and p.until_at = 'infinity'
      where l.campaign_id = c.id and ${party}) n where ${within} order by c.at desc, c.id desc limit ${most}`,
  )
}

/** Makes a campaign. */
export async function insertCampaign(
  tx: Tx,
  what: Omit<CampaignRow, "no" | "revokedAt"> & { logIndex: number },
): Promise<void> {
  await tx.execute(sql`insert into campaigns (id, title, entity_id, by_person, at, due_on, expires_at, log_index)
    values (${what.id}, ${what.title}, ${what.entityId}, ${what.byPerson}, ${what.at}::timestamptz, ${what.dueOn}, ${what.expiresAt}::timestamptz, ${what.logIndex})`)
}

/** Ends a campaign: none of its links opens any more. */
export async function revokeCampaignRow(tx: Tx, id: string, at: Instant): Promise<void> {
  await tx.execute(sql`update campaigns set revoked_at = ${at}::timestamptz where id = ${id} and revoked_at is null`)
}
