import { sql, type SQL } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { BY_ACCEPTANCE } from "@/domain/records/acceptance"
import { textArray } from "./log"

export type ConfirmationRow = {
  agreementId: string
  sha256: string
  personId: string
  byName: string
  saw: "original" | "scan"
  author: boolean
  at: Instant
}

/** Who confirmed papers signed by hand, file by file, as known at the instant (null: now). */
export async function confirmationsOf(
  tx: Db | Tx,
  agreementIds: readonly string[],
  asOf: Instant | null,
): Promise<ConfirmationRow[]> {
  if (agreementIds.length === 0) return []
  const by = asOf === null ? sql`true` : sql`c.at <= ${asOf}::timestamptz`
  return rows(
    tx,
    sql`select c.agreement_id as "agreementId", c.sha256, c.person_id as "personId", p.name as "byName", c.saw, c.author, c.at
      from paper_confirmations c join people p on p.id = c.person_id
      where c.agreement_id = any(${textArray(agreementIds)}::text[]) and ${by} order by c.at, c.person_id, c.sha256`,
  )
}

/** Whether each of the people wrote in a request that brought one of the files of a paper, or in the request it stands in now. */
export async function paperAuthors(
  tx: Tx,
  on: { agreementId: string; hashes: readonly string[]; people: readonly string[]; requestId: string | null },
): Promise<Set<string>> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select p as id from unnest(${textArray(on.people)}::text[]) p where exists (
      select 1 from unnest(${textArray(on.hashes)}::text[]) h where paper_author(${on.agreementId}, h, p, ${on.requestId}))`,
  )
  return new Set(found.map((one) => one.id))
}

/** Waits until nobody else confirms this paper: two who confirm at once are counted one after another. */
export async function holdPaper(tx: Tx, agreementId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${agreementId}, 43))`)
}

/** Writes that somebody looked at files of a paper, at the act's instant. */
export async function insertConfirmations(
  tx: Tx,
  what: {
    agreementId: string
    hashes: readonly string[]
    personId: string
    saw: string
    author: boolean
    requestId: string | null
    at: Instant
    logIndex: number
  },
): Promise<void> {
  await tx.execute(sql`insert into paper_confirmations (agreement_id, sha256, person_id, saw, author, request_id, at, log_index)
    select ${what.agreementId}, h, ${what.personId}, ${what.saw}, ${what.author}, ${what.requestId}, ${what.at}::timestamptz, ${what.logIndex}
    from unnest(${textArray(what.hashes)}::text[]) h`)
}

/** The papers in force that were signed by hand: few, and found by an index of their own. */
export async function papersByHand(tx: Tx): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select distinct v.record_id as id from versions v where v.record_id like 'agr\\_%'
      and (strpos(v.body, '"signing":{"state":"known","value":"by-hand"}') > 0 or strpos(v.body, '"signing":{"state":"known","value":"by-seal"}') > 0) limit 2000`,
  )
  return found.map((one) => one.id)
}

/** Has a paper in force and the flows to its parties judged anew; one that only stands in a request changes nothing yet. */
export async function judgePaperAgain(tx: Tx, agreementId: string, parties: readonly string[]): Promise<void> {
  await tx.execute(sql`insert into to_judge (record_id)
    select x.id from (select ${agreementId} as id
      union select s.record_id from sharing_rows s where s.until_at = 'infinity' and s.party_id = any(${textArray(parties)}::text[])) x
    where exists (select 1 from agreement_rows r where r.record_id = ${agreementId} and r.until_at = 'infinity') on conflict do nothing`)
}

/** How a paper stands in a request that is in review: its body there; null: it does not. */
export async function proposedPaper(
  tx: Tx,
  on: { requestId: string; agreementId: string },
): Promise<{ body: string } | null> {
  return row(
    tx,
    sql`select p.body from proposals p join requests r on r.id = p.request_id
      where p.request_id = ${on.requestId} and p.record_id = ${on.agreementId} and p.op <> 'end' and r.state = 'in-review'`,
  )
}

/** The papers signed by hand in requests that are in review; `requestId`: in that one alone. */
export async function proposedByHand(
  tx: Tx,
  requestId: string | null,
): Promise<{ requestId: string; agreementId: string; body: string }[]> {
  const of = requestId === null ? sql`true` : sql`p.request_id = ${requestId}`
  return rows(
    tx,
    sql`select p.request_id as "requestId", p.record_id as "agreementId", p.body from proposals p join requests r on r.id = p.request_id
      where p.record_id like 'agr\\_%' and p.op <> 'end' and r.state = 'in-review' and ${of}
      and (strpos(p.body, '"signing":{"state":"known","value":"by-hand"}') > 0 or strpos(p.body, '"signing":{"state":"known","value":"by-seal"}') > 0)
      order by p.request_id, p.record_id limit 200`,
  )
}

/**
 * Whether nobody can rely yet on the paper of the list row `a` (an alias that the code gives): signed by hand, of a kind that two people
 * confirm, and fewer than two looked at every file of it by the instant (null: now). The rule is `waitsForTwo` of the domain; a test holds both together.
 */
export function waitsForTwoIn(a: string, asOf: Instant | null): SQL {
  const row = sql.raw(a)
  const by = asOf === null ? sql`true` : sql`c.at <= ${asOf}::timestamptz`
  return sql`exists (select 1 from versions v cross join lateral
      (select array_agg(distinct f ->> 'sha256') as hashes from jsonb_array_elements(v.body::jsonb -> 'files') f) h
    where v.record_id = ${row}.record_id and v.n = ${row}.n and not (${row}.kind = any(${textArray(BY_ACCEPTANCE)}::text[]))
      and v.body::jsonb #>> '{signing,state}' = 'known' and v.body::jsonb #>> '{signing,value}' <> 'digitally'
      and (select count(*) from (select c.person_id from paper_confirmations c where c.agreement_id = v.record_id and c.sha256 = any(h.hashes) and ${by}
        group by c.person_id having count(distinct c.sha256) = cardinality(h.hashes)) seen) < 2)`
}
