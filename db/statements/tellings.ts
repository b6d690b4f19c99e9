import { sql, type SQL } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import type { HeldRole, Role } from "@/domain/people/roles"
import type { ToldKind } from "@/domain/told/kinds"
import type { Told } from "@/domain/told/sentence"
import type { Holder } from "@/domain/told/who"
import { COUNTS, OWNER, SAID_MET } from "./conditions"
import { textArray } from "./log"
import { OPEN } from "./open-stages"
import { stillStands } from "./takes"

/** What people are to be told of one thing that happened. */
export type Telling = {
  kind: ToldKind
  to: readonly string[]
  requestId?: string
  recordId?: string
  clause?: string
  what?: string
  dueOn?: Day
  /** What happened, where the telling is of something else than what all of them are told of. */
  occasion?: string
}

/**
 * Writes what people are told, one row for each, in one statement. `occasion` names what happened: the same is told
 * once. Nobody is told of what they did themselves.
 */
export async function insertTellings(
  tx: Db | Tx,
  on: { occasion: string; at: Instant; byPerson: string | null; mails: boolean },
  list: readonly Telling[],
): Promise<void> {
  const lines = list.flatMap((one) =>
    [...new Set(one.to)]
      .filter((personId) => personId !== on.byPerson)
      .map((personId) => ({
        key: `${one.occasion ?? on.occasion}:${one.kind}:${personId}`,
        person_id: personId,
        kind: one.kind,
        request_id: one.requestId ?? null,
        record_id: one.recordId ?? null,
        clause: one.clause ?? null,
        what: one.what ?? null,
        due_on: one.dueOn ?? null,
      })),
  )
  if (lines.length === 0) return
  await tx.execute(sql`insert into tellings (key, person_id, kind, at, request_id, record_id, clause, by_person, what, due_on, seen_at, mail)
    select t.key, t.person_id, t.kind, ${on.at}::timestamptz, t.request_id, t.record_id, t.clause, ${on.byPerson}, t.what, t.due_on, case when t.kind = 'decide' then ${on.at}::timestamptz end, ${on.mails ? "waiting" : "none"}
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as t(key text, person_id text, kind text, request_id text, record_id text, clause text, what text, due_on date)
    on conflict (key) do nothing`)
}

type Granted = { personId: string; grantId: string; role: Role; entityId: string | null; state: string }

const DECIDE: readonly Role[] = ["procurement", "legal", "dpo"]
const TAKE_PART: readonly Role[] = ["requester", ...DECIDE]

/** Everybody who decides in some company now, with the roles in which they do. */
export async function decidersNow(tx: Db | Tx, at: Instant): Promise<Holder[]> {
  return holdersNow(tx, at, DECIDE)
}

/** Everybody who asks or decides in some company now: who is named for a thing and is not among them is nobody any more. */
export async function takersNow(tx: Db | Tx, at: Instant): Promise<Holder[]> {
  return holdersNow(tx, at, TAKE_PART)
}

async function holdersNow(tx: Db | Tx, at: Instant, roles: readonly Role[]): Promise<Holder[]> {
  const found = await rows<Granted>(
    tx,
    sql`select g.* from (select distinct on (grant_id) grant_id as "grantId", person_id as "personId", role, entity_id as "entityId", state, until_at
        from role_grants where role = any(${textArray(roles)}::text[]) and at <= ${at}::timestamptz order by grant_id, n desc) g
      join people p on p.id = g."personId" where p.state = 'active' and g.state in ('granted', 'unconfirmed', 'confirmed')
        and (g.until_at is null or g.until_at > ${at}::timestamptz) order by g."personId"`,
  )
  const by = new Map<string, HeldRole[]>()
  for (const { personId, grantId, role, entityId, state } of found)
    by.set(personId, [...(by.get(personId) ?? []), { grantId, role, entityId, confirmed: state !== "unconfirmed" }])
  return [...by].map(([id, held]) => ({ id, held }))
}

/** One thing that a person is told, with the names and titles that they may read now. */
export type ToldRow = Told & { key: string; at: Instant; seenAt: Instant | null }

/** What a reader may know: requests and records by their own conditions, as `r` and `x`. */
export type ToldScope = {
  request: SQL
  record: SQL
  /** Letters of authorities, as `i`; left out: none. */ letter?: SQL
}

const head = (table: string, kinds: SQL, entity: string): SQL =>
  sql`select h.record_id, h.title, ${sql.raw(entity)} as entity_id, h.restricted_to, ${sql.raw(table === "party_rows" ? "true" : "false")} as is_party
    from ${sql.raw(table)} h where ${kinds} and h.record_id = t.record_id and h.until_at = 'infinity'`

/** The record of `t` as it stands now, if it does. */
export const RECORD = sql`(
  ${head("party_rows", sql`left(t.record_id, 3) = 'pty'`, "null::text")}
  union all ${head("sharing_rows", sql`left(t.record_id, 3) = 'shr'`, "h.entity_id")}
  union all ${head("agreement_rows", sql`left(t.record_id, 3) = 'agr'`, "h.entity_id")}
  union all ${head("other_rows", sql`left(t.record_id, 3) not in ('pty', 'shr', 'agr')`, "h.entity_id")})`

// Of an authority's letter it is told by `clause`, beside one of its companies.
const OF_LETTER = sql`t.kind = 'question' and t.what like 'letter%'`

const FROM = sql`tellings t left join requests r on r.id = t.request_id left join lateral ${RECORD} x on t.record_id is not null
  left join people b on b.id = t.by_person`
const COLUMNS = sql`t.key, t.kind, t.at, t.request_id as "requestId", r.no as "requestNo", t.record_id as "recordId", case t.kind when 'nobody' then '' when 'log' then coalesce(t.clause, '') when 'trust' then coalesce((select l.name from trust_lists l where l.id = t.clause), '') when 'file' then coalesce((select f.name from files f where f.id = t.clause and f.by_person = t.person_id), r.title, '')
    when 'question' then coalesce(r.title, (select d.value from inquiries i join disclosures d on d.commitment = i.authority where i.id = t.clause), x.title, '')
    else coalesce(r.title, x.title) end as title,
  t.clause, b.name as "byName", t.what, t.due_on as "dueOn", t.seen_at as "seenAt"`

/**
 * What is told of a request or a record that the person may not know of (any more) is not told. That nobody is left who may
 * decide is told to whoever gives roles: by number, and of nothing that is restricted.
 */
function knowable(scope: ToldScope): SQL {
  return sql`(t.request_id is null or (r.id is not null and (${scope.request} or t.kind = 'nobody' and r.restricted_to is null))) and (t.record_id is null
    or case when ${OF_LETTER} then exists (select 1 from inquiries i where i.id = t.clause and ${scope.letter ?? sql`false`}) else x.title is not null and ${scope.record} end)`
}

/**
 * A page of what a person is told, newest first, by keyset; one more than asked for. What waits for their decision is not
 * among it: that is listed by what is open, and told by mail.
 */
export async function tellingsPage(
  tx: Db | Tx,
  personId: string,
  scope: ToldScope,
  page: { after: { at: string; key: string } | null; size: number },
): Promise<ToldRow[]> {
  const before = page.after ? sql`(t.at, t.key) < (${page.after.at}::timestamptz, ${page.after.key})` : sql`true`
  return rows<ToldRow>(
    tx,
    sql`select ${COLUMNS} from ${FROM} where t.person_id = ${personId} and t.kind <> 'decide' and ${before} and ${knowable(scope)}
      order by t.at desc, t.key desc limit ${page.size + 1}`,
  )
}

/** How much a person has not seen yet, up to a hundred. */
export async function unseenCount(tx: Db | Tx, personId: string, scope: ToldScope): Promise<number> {
  const found = await row<{ n: number }>(
    tx,
    sql`select count(*)::int as n from (select 1 from ${FROM} where t.person_id = ${personId} and t.seen_at is null and ${knowable(scope)} limit 100) c`,
  )
  return found?.n ?? 0
}

/** What stands in a mail, as its reader may know it now and as far as it still holds, oldest first; `waits`: `r` waits for them. */
export async function tellingsOfMail(
  tx: Db | Tx,
  mail: { key: string; personId: string },
  scope: ToldScope,
  waits: SQL,
): Promise<ToldRow[]> {
  return rows<ToldRow>(
    tx,
    sql`select ${COLUMNS} from ${FROM} where t.mail_key = ${mail.key} and t.person_id = ${mail.personId} and ${knowable(scope)} and ${still(waits)}
      order by t.at, t.key limit 500`,
  )
}

// A review on that day that is not done, an announcement that nobody answered for good, a flow that ended by itself and
// whose proof is still owed by that day, or what was found running and still is, by that day.
const STILL_DUE = sql`case when t.what = 'review' or t.what like 'paper%' then exists (select 1 from review_dues v where v.record_id = t.record_id and v.until_at = 'infinity' and v.due_on = t.due_on)
  when t.what = 'objection' then exists (select 1 from announcements a where a.party_id = t.record_id and a.object_until = t.due_on
    and not exists (select 1 from announcement_answers w where w.announcement_id = a.id and w.answer <> 'asked'))
  when t.what = 'ended' then exists (select 1 from sharing_rows s where s.record_id = t.record_id and s.until_at = 'infinity' and s.unproven_from is not null and s.proof_due_on = t.due_on)
  else exists (select 1 from sharing_rows s where s.record_id = t.record_id and s.until_at = 'infinity' and s.standing = 'discovered' and s.due_on = t.due_on) end`

// A condition on that day that its decision still asks for, and nobody confirmed: of a request on its way, or in force.
// Whoever answers for it is asked to meet it until they say that they did; whoever asked for it hears when it is missed.
const ASKED = sql`r.state in ('in-review', 'changes-requested', 'approved') and exists (select 1 from conditions c join decisions d on d.id = c.decision_id
  where c.request_id = r.id and c.due_on = t.due_on and ${COUNTS} and (t.what = 'met' or ${OWNER} = t.person_id and not ${SAID_MET} or d.person_id = t.person_id and t.what in ('soon', 'missed'))
    and not exists (select 1 from condition_turns w where w.condition_id = c.id and w.turn = 'confirmed'))`

// What was asked for and is done, by whomever, is asked for no more.
const still = (waits: SQL): SQL => sql`case t.kind
  when 'condition' then coalesce(t.what, 'made') in ('confirmed', 'taken') or ${ASKED}
  when 'decide' then ${waits}
  when 'nobody' then r.state = 'in-review' and exists (select 1 ${OPEN} and s.stage = t.clause)
  when 'changes' then r.state = 'changes-requested'
  when 'given' then ${ownedBy(sql`t.person_id`)}
  when 'due' then case when t.what like 'stage%' then r.state = 'in-review' and ${waits} when t.what is null then ${ownedBy(sql`t.person_id`)} else ${STILL_DUE} end
  when 'escalated' then case when t.what = 'stage' then r.state = 'in-review' and exists (select 1 ${OPEN} and s.stage = t.clause) when t.what is null then ${stillStands("t")}
    else ${STILL_DUE} end
  when 'unanswered' then exists (select 1 from supplier_links l where l.id = split_part(t.key, ':', 1) and l.sent_at is null and l.revoked_at is null)
  else true end`

function ownedBy(person: SQL): SQL {
  return sql`(select k.owner_id from takes k where k.record_id = t.record_id and k.clause = t.clause order by k.log_index desc limit 1) = ${person} and ${stillStands("t")}`
}

/** Notes what a person has seen: everything up to this one, or up to now. */
export async function seeTellings(tx: Tx, personId: string, at: Instant, upTo: Instant): Promise<void> {
  await tx.execute(
    sql`update tellings set seen_at = ${at}::timestamptz where person_id = ${personId} and seen_at is null and at <= ${upTo}::timestamptz`,
  )
}

/** Lets go what was told long ago: seen a quarter of a year, unseen a year. */
export async function sweepTellings(db: Db, now: Instant): Promise<void> {
  await db.execute(sql`delete from tellings where at < ${now}::timestamptz - interval '365 days'`)
  await db.execute(
    sql`delete from tellings where at < ${now}::timestamptz - interval '90 days' and seen_at is not null and mail <> 'waiting'`,
  )
}
