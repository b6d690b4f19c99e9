import { sql, type SQL } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import type { Group, How, Landed, SupplierLine } from "@/domain/reconcile/reconcile"
import { textArray } from "./log"

export type ReconciliationState = "waiting" | "reading" | "done" | "failed"
export type ReconciliationRow = {
  id: string
  name: string
  byPerson: string
  at: Instant
  /** Null: it was pasted. */
  sha256: string | null
  state: ReconciliationState
  /** What reading the list left out. */
  counts: { empty: number; more: boolean }
  problem: string | null
  lookedAt: Instant | null
}

const COLUMNS = sql`r.id, r.name, r.by_person as "byPerson", r.at, r.sha256, r.state, r.counts, r.problem, r.looked_at as "lookedAt"`

/** Puts down a list; a pasted one has its lines already. */
export async function insertReconciliation(
  tx: Tx,
  what: Pick<ReconciliationRow, "id" | "name" | "byPerson" | "at" | "sha256" | "state" | "counts">,
): Promise<void> {
  await tx.execute(sql`insert into reconciliations (id, name, by_person, at, sha256, state, counts)
    values (${what.id}, ${what.name}, ${what.byPerson}, ${what.at}::timestamptz, ${what.sha256}, ${what.state}, ${JSON.stringify(what.counts)}::jsonb)`)
}

/** One list; with `lock` nobody else moves it meanwhile. */
export async function readReconciliation(
  tx: Db | Tx,
  id: string,
  who: SQL,
  lock = false,
): Promise<ReconciliationRow | null> {
  return row<ReconciliationRow>(
    tx,
    sql`select ${COLUMNS} from reconciliations r where r.id = ${id} and ${who} ${lock ? sql`for update` : sql``}`,
  )
}

export type ReconciliationTotals = ReconciliationRow & Record<Group, number> & { byName: string }

/** The newest lists with their sums, below a place in the list. */
export async function reconciliationsPage(
  tx: Db | Tx,
  who: SQL,
  before: { at: string; id: string } | null,
  limit: number,
): Promise<ReconciliationTotals[]> {
  const below = before === null ? sql`true` : sql`(r.at, r.id) < (${before.at}::timestamptz, ${before.id})`
  const sum = (group: Group): SQL =>
    sql`(select count(*)::int from reconciliation_lines l where l.reconciliation_id = r.id and l.landed = ${group})`
  return rows(
    tx,
    sql`select ${COLUMNS}, p.name as "byName", ${sum("matched")} as matched, ${sum("negative")} as negative, ${sum("undecided")} as undecided,
        ${sum("unmatched")} as unmatched
      from reconciliations r join people p on p.id = r.by_person where ${who} and ${below} order by r.at desc, r.id desc limit ${limit}`,
  )
}

/** Takes lists that wait for the worker, one at a time; of several who try, one gets it. */
export async function claimReconciliation(tx: Db | Tx): Promise<ReconciliationRow | null> {
  return row(
    tx,
    sql`update reconciliations r set state = 'reading' where r.id = (select w.id from reconciliations w where w.state = 'waiting'
        order by w.at, w.id limit 1 for update skip locked) returning ${COLUMNS}`,
  )
}

/** Lets lists wait again that a worker had taken and left when it fell. */
export async function releaseReconciliations(tx: Db | Tx): Promise<void> {
  await tx.execute(sql`update reconciliations set state = 'waiting' where state = 'reading'`)
}

/** Moves a list on. */
export async function moveReconciliation(
  tx: Db | Tx,
  id: string,
  to: {
    state: ReconciliationState
    counts?: ReconciliationRow["counts"]
    problem?: string | null
    lookedAt?: Instant | null
  },
): Promise<void> {
  const counts = to.counts === undefined ? null : JSON.stringify(to.counts)
  await tx.execute(sql`update reconciliations set state = ${to.state}, counts = coalesce(${counts}::jsonb, counts),
    problem = ${to.problem ?? null}, looked_at = coalesce(${to.lookedAt ?? null}::timestamptz, looked_at) where id = ${id}`)
}

export type LineRow = SupplierLine & {
  landed: Group
  partyId: string | null
  partyName: string | null
  how: How | null
  foundBy: string | null
  notParty: string | null
  requestId: string | null
  requestNo: number | null
  /** Whether the request that proposes it came to nothing. */
  requestOver: boolean
}

/** Lines of a list as they were read, all of them unmatched until they are looked up. */
export async function insertLines(tx: Tx, id: string, list: readonly SupplierLine[]): Promise<void> {
  if (list.length === 0) return
  await tx.execute(sql`insert into reconciliation_lines (reconciliation_id, line, name, country, numbers, hosts, landed)
    select ${id}, t.line, t.name, t.country, t.numbers, t.hosts, 'unmatched'
    from jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as t(line int, name text, country text, numbers text[], hosts text[])`)
}

/** Forgets what an earlier, broken reading left. */
export async function clearLines(tx: Tx, id: string): Promise<void> {
  await tx.execute(sql`delete from reconciliation_lines where reconciliation_id = ${id}`)
}

/** Says where lines landed. */
export async function landLines(tx: Tx, id: string, list: readonly Landed[]): Promise<void> {
  if (list.length === 0) return
  await tx.execute(sql`update reconciliation_lines l set landed = t."group", party_id = t."partyId", how = t.how, found_by = t.by
    from jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as t(line int, "group" text, "partyId" text, how text, by text)
    where l.reconciliation_id = ${id} and l.line = t.line`)
}

/** Lines of a list after a line, of one group or of all. The party is read anew, and only where all may know it. */
export async function linesPage(
  tx: Db | Tx,
  id: string,
  on: { landed: Group | null; after: number; limit: number; only?: readonly number[] },
): Promise<LineRow[]> {
  const group = on.landed === null ? sql`true` : sql`l.landed = ${on.landed}`
  const only = on.only ? sql`l.line = any(${textArray(on.only.map(String))}::int[])` : sql`true`
  return rows(
    tx,
    sql`select l.line, l.name, l.country, l.numbers, l.hosts, l.landed, p.record_id as "partyId", p.title as "partyName", l.how,
        l.found_by as "foundBy", l.not_party as "notParty", l.request_id as "requestId", q.no as "requestNo",
        coalesce(q.state in ('refused', 'withdrawn'), false) as "requestOver"
      from reconciliation_lines l
      left join party_rows p on p.record_id = l.party_id and p.until_at = 'infinity' and p.restricted_to is null
      left join requests q on q.id = l.request_id
      where l.reconciliation_id = ${id} and ${group} and ${only} and l.line > ${on.after} order by l.line limit ${on.limit}`,
  )
}

/** How many lines landed in each group, and how many of the unmatched are in a request that is under way. */
export async function lineSums(
  tx: Db | Tx,
  id: string,
): Promise<{ landed: Group; n: number; similar: number; begun: number }[]> {
  return rows(
    tx,
    sql`select l.landed, count(*)::int as n, count(*) filter (where l.how = 'similar')::int as similar,
        count(*) filter (where q.state not in ('refused', 'withdrawn'))::int as begun
      from reconciliation_lines l left join requests q on q.id = l.request_id where l.reconciliation_id = ${id} group by l.landed`,
  )
}

/** Notes the request that proposes the lines. */
export async function markBegun(tx: Tx, id: string, lines: readonly number[], requestId: string): Promise<void> {
  await tx.execute(sql`update reconciliation_lines set request_id = ${requestId} where reconciliation_id = ${id}
    and line = any(${textArray(lines.map(String))}::int[])`)
}

/** Notes that the similar party is another; the line is unmatched from then on. Says whether there was such a line. */
export async function markNotSame(tx: Tx, id: string, line: number): Promise<boolean> {
  const changed = await rows(
    tx,
    sql`update reconciliation_lines set not_party = party_id, landed = 'unmatched', party_id = null, how = null, found_by = null
      where reconciliation_id = ${id} and line = ${line} and how = 'similar' returning line`,
  )
  return changed.length > 0
}
