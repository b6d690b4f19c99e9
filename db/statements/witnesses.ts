import { sql } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { textArray } from "./log"

export type WitnessRow = {
  id: string
  /** Null: it was erased. */
  name: string | null
  address: string | null
  key: string | null
  /** What sendings to an address of the web are signed with, as it is kept; null: none are sent to one. */
  secret: string | null
  byPerson: string
  at: Instant
  endedAt: Instant | null
  endedBy: string | null
  /** The last checkpoint that went out to them: its size, and when. */
  sentSize: number | null
  sentAt: Instant | null
  /** Whether one waits that could not be handed over, or will not be tried again. */
  problem: string | null
}

const COLUMNS = sql`w.id, n.value as name, a.value as address, w.key, w.secret, w.by_person as "byPerson", w.at, e.at as "endedAt", e.by_person as "endedBy",
  s.size as "sentSize", s.ended_at as "sentAt", p.problem`
const FROM = sql`log_witnesses w left join disclosures n on n.commitment = w.name left join disclosures a on a.commitment = w.address
  left join log_witness_ends e on e.witness_id = w.id
  left join lateral (select size, ended_at from log_postings where witness_id = w.id and state = 'sent' order by size desc limit 1) s on true
  left join lateral (select problem from log_postings where witness_id = w.id order by size desc limit 1) p on true`

/** Everybody who is or was sent checkpoints, the newest first; there are few. */
export async function witnessRows(tx: Db | Tx): Promise<WitnessRow[]> {
  return rows(tx, sql`select ${COLUMNS} from ${FROM} order by w.log_index desc limit 200`)
}

/** Names a witness; name and address by their commitments. */
export async function insertWitness(
  tx: Tx,
  one: {
    id: string
    name: string
    address: string
    key: string | null
    secret: string | null
    byPerson: string
    at: Instant
    logIndex: number
  },
): Promise<void> {
  await tx.execute(sql`insert into log_witnesses (id, name, address, key, secret, by_person, at, log_index)
    values (${one.id}, ${one.name}, ${one.address}, ${one.key}, ${one.secret}, ${one.byPerson}, ${one.at}::timestamptz, ${one.logIndex})`)
}

/** Ends a witness; gives false where somebody did before. */
export async function insertWitnessEnd(
  tx: Tx,
  one: { witnessId: string; byPerson: string; at: Instant; logIndex: number },
): Promise<boolean> {
  const put = await row(
    tx,
    sql`insert into log_witness_ends (witness_id, by_person, at, log_index)
      values (${one.witnessId}, ${one.byPerson}, ${one.at}::timestamptz, ${one.logIndex}) on conflict do nothing returning witness_id`,
  )
  return put !== null
}

/**
 * Lays the checkpoint of that size down for every standing witness who was sent none since `before`; the last of them waits no
 * longer, for the newer one says all that it said. Where nothing came but what witnesses signed nobody is sent anything: their
 * signatures are entries too, and would be sent out for ever.
 */
export async function putPostings(db: Db, size: number, now: Instant, before: Instant): Promise<number> {
  const put = await rows(
    db,
    sql`insert into log_postings (witness_id, size, at, state, next_at)
      select w.id, ${size}, ${now}::timestamptz, 'waiting', ${now}::timestamptz from log_witnesses w
      where not exists (select 1 from log_witness_ends e where e.witness_id = w.id)
        and not exists (select 1 from log_postings p where p.witness_id = w.id and (p.at > ${before}::timestamptz or p.size >= ${size}))
        and exists (select 1 from log_leaves l where l.act <> 'log.cosign' and l.index < ${size}
          and l.index >= coalesce((select max(q.size) from log_postings q where q.witness_id = w.id), 0))
      on conflict do nothing returning witness_id`,
  )
  await db.execute(sql`update log_postings p set state = 'failed', ended_at = ${now}::timestamptz, problem = coalesce(p.problem, 'newer')
    where p.state = 'waiting' and exists (select 1 from log_postings q where q.witness_id = p.witness_id and q.size > p.size)`)
  return put.length
}

export type Posting = {
  witnessId: string
  /** By which they sign what they saw, as it is printed. */
  key: string | null
  /** The size of the checkpoint that went out to them last. */
  sentSize: number | null
  size: number
  note: string
  name: string | null
  address: string | null
  secret: string | null
  tries: number
}

/** By which ways this instance can send: mails, addresses of the web, folders of this machine. */
export type Ways = { mail: boolean; web: boolean; folders: readonly string[] }

/**
 * Takes the next posting that is due and that this instance can send, and lays it back until `again`, should we fall meanwhile. Null:
 * none. What waits for a mail server, or for a folder of another machine, holds up nothing else.
 */
export async function claimPosting(db: Db, now: Instant, again: Instant, ways: Ways): Promise<Posting | null> {
  return row(
    db,
    sql`with taken as (update log_postings set next_at = ${again}::timestamptz, tries = tries + 1 where (witness_id, size) = (
        select p.witness_id, p.size from log_postings p join log_witnesses v on v.id = p.witness_id left join disclosures b on b.commitment = v.address
          where p.state = 'waiting' and p.next_at <= ${now}::timestamptz and (b.value is null
            or case when b.value like 'https:%' then ${ways.web} when b.value like 'folder:%' then b.value = any(${textArray(ways.folders)}::text[]) else ${ways.mail} end)
          order by p.next_at limit 1 for update of p skip locked)
      returning witness_id, size, tries)
      select t.witness_id as "witnessId", t.size, c.note, n.value as name, a.value as address, w.key, w.secret, t.tries,
        (select max(q.size) from log_postings q where q.witness_id = t.witness_id and q.state = 'sent') as "sentSize" from taken t
        join log_checkpoints c on c.size = t.size join log_witnesses w on w.id = t.witness_id
        left join disclosures n on n.commitment = w.name left join disclosures a on a.commitment = w.address`,
  )
}

/** Whether somebody at that address is or was a witness, by the value itself. */
export async function isKnownAddress(tx: Db | Tx, address: string): Promise<boolean> {
  return (
    (await row(
      tx,
      sql`select 1 as one from log_witnesses w join disclosures a on a.commitment = w.address where a.value = ${address} limit 1`,
    )) !== null
  )
}

/** Ends a posting, or says why it waits. */
export async function endPosting(
  db: Db,
  one: { witnessId: string; size: number },
  to:
    | { state: "sent" | "failed"; at: Instant; problem: string | null }
    | { state: "waiting"; nextAt: Instant; problem: string },
): Promise<void> {
  await db.execute(
    to.state === "waiting"
      ? sql`update log_postings set next_at = ${to.nextAt}::timestamptz, problem = ${to.problem}
          where witness_id = ${one.witnessId} and size = ${one.size} and state = 'waiting'`
      : sql`update log_postings set state = ${to.state}, ended_at = ${to.at}::timestamptz, problem = ${to.problem}
          where witness_id = ${one.witnessId} and size = ${one.size} and state = 'waiting'`,
  )
}

export type CosignatureRow = {
  size: number
  name: string
  keyId: string
  signature: string
  seenAt: Instant | null
  at: Instant
}

/** Signatures of witnesses that were brought back, of the newest checkpoints first. */
export async function cosignatures(tx: Db | Tx, limit: number): Promise<CosignatureRow[]> {
  return rows(
    tx,
    sql`select size, name, key_id as "keyId", signature, seen_at as "seenAt", at from log_cosignatures order by size desc, name limit ${limit}`,
  )
}

/** Keeps what came back; gives false where the same stands already. */
export async function insertCosignature(
  tx: Tx,
  one: CosignatureRow & { byPerson: string; logIndex: number },
): Promise<boolean> {
  const put = await row(
    tx,
    sql`insert into log_cosignatures (size, name, key_id, signature, seen_at, by_person, at, log_index) values (${one.size}, ${one.name}, ${one.keyId},
      ${one.signature}, ${one.seenAt}::timestamptz, ${one.byPerson}, ${one.at}::timestamptz, ${one.logIndex}) on conflict do nothing returning size`,
  )
  return put !== null
}
