import { sql } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import type { HeldRole, Role } from "@/domain/people/roles"
import { textArray } from "./log"
import { PROPOSAL, type ProposalRow } from "./requests"

export type ThreadHead = {
  id: string
  requestId: string
  personId: string
  path: string | null
  legalAdvice: boolean
  at: Instant
}

/** The first comment of a thread; null where the comment is none. */
export async function threadHead(tx: Db | Tx, id: string): Promise<ThreadHead | null> {
  return row<ThreadHead>(
    tx,
    sql`select id, request_id as "requestId", person_id as "personId", path, legal_advice as "legalAdvice", at from comments
      where id = ${id} and thread_id is null`,
  )
}

/** Everybody who spoke in a thread. */
export async function speakersOf(tx: Db | Tx, id: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select distinct person_id as id from comments where id = ${id} or thread_id = ${id}`,
  )
  return found.map((one) => one.id)
}

export type ThreadTurn = { commentId: string; turn: "resolved" | "reopened"; personId: string; at: Instant }

/** How the threads of a request were settled and taken up again, oldest first. */
export async function threadTurns(tx: Db | Tx, requestId: string): Promise<ThreadTurn[]> {
  return rows(
    tx,
    sql`select t.comment_id as "commentId", t.turn, t.person_id as "personId", t.at from comment_turns t
      join comments c on c.id = t.comment_id where c.request_id = ${requestId} order by t.log_index`,
  )
}

/** The last turn of a thread; null while nobody settled it. */
export async function lastTurn(tx: Db | Tx, commentId: string): Promise<ThreadTurn["turn"] | null> {
  const found = await row<{ turn: ThreadTurn["turn"] }>(
    tx,
    sql`select turn from comment_turns where comment_id = ${commentId} order by log_index desc limit 1`,
  )
  return found?.turn ?? null
}

/** Writes a turn of a thread, in its act. */
export async function insertThreadTurn(tx: Tx, what: ThreadTurn & { logIndex: number }): Promise<void> {
  await tx.execute(sql`insert into comment_turns (comment_id, turn, person_id, at, log_index)
    values (${what.commentId}, ${what.turn}, ${what.personId}, ${what.at}::timestamptz, ${what.logIndex})`)
}

/** What a request proposes or ever proposed for these records: in its draft, and in the last revision that had them. */
export async function everProposed(tx: Db | Tx, requestId: string, ids: readonly string[]): Promise<ProposalRow[]> {
  if (ids.length === 0) return []
  return rows<ProposalRow>(
    tx,
    sql`select distinct on (p.record_id) ${PROPOSAL} from revision_proposals p where p.request_id = ${requestId}
      and p.record_id = any(${textArray(ids)}::text[]) order by p.record_id, p.n desc`,
  )
}

/** What every revision proposed for these records, oldest first, each with when it was brought. */
export async function proposedOverTime(
  tx: Db | Tx,
  requestId: string,
  ids: readonly string[],
): Promise<(ProposalRow & { at: Instant })[]> {
  if (ids.length === 0) return []
  return rows(
    tx,
    sql`select ${PROPOSAL}, v.at from revision_proposals p join revisions v on v.request_id = p.request_id and v.n = p.n
      where p.request_id = ${requestId} and p.record_id = any(${textArray(ids)}::text[]) order by p.n`,
  )
}

export type Worker = { id: string; name: string; held: HeldRole[] }
type Granted = { personId: string; name: string; grantId: string; role: Role; entityId: string | null; state: string }

/** Everybody with an active account who asks or decides, with the roles in which they do, by name. */
export async function workersNow(tx: Db | Tx, at: Instant): Promise<Worker[]> {
  const found = await rows<Granted>(
    tx,
    sql`select g.*, p.name from (select distinct on (grant_id) grant_id as "grantId", person_id as "personId", role, entity_id as "entityId", state, until_at
        from role_grants where role in ('requester', 'procurement', 'legal', 'dpo') and at <= ${at}::timestamptz order by grant_id, n desc) g
      join people p on p.id = g."personId" where p.state = 'active' and g.state in ('granted', 'unconfirmed', 'confirmed')
        and (g.until_at is null or g.until_at > ${at}::timestamptz) order by p.name, p.id`,
  )
  const by = new Map<string, Worker>()
  for (const { personId, name, grantId, role, entityId, state } of found) {
    const worker = by.get(personId) ?? { id: personId, name, held: [] }
    worker.held.push({ grantId, role, entityId, confirmed: state !== "unconfirmed" })
    by.set(personId, worker)
  }
  return [...by.values()]
}
