import { sql, type SQL } from "drizzle-orm"
import { BATCH, batches } from "@/db/batches"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { textArray } from "./log"

export type RequestRow = {
  id: string
  no: number
  title: string
  kind: "change" | "import" | "discovered"
  state: "draft" | "in-review" | "changes-requested" | "approved" | "recorded" | "refused" | "withdrawn"
  revision: number
  createdBy: string
  createdAt: Instant
  movedAt: Instant
  dueOn: Day | null
  entityIds: string[]
  restrictedTo: string[] | null
  proposalCount: number
}

const COLUMNS = sql`r.id, r.no, r.title, r.kind, r.state, r.revision, r.created_by as "createdBy", r.created_at as "createdAt",
  r.moved_at as "movedAt", r.due_on as "dueOn", r.entity_ids as "entityIds", r.restricted_to as "restrictedTo", r.proposal_count as "proposalCount"`

/** The request, not locked. */
export async function readRequestRow(tx: Db | Tx, id: string): Promise<RequestRow | null> {
  return row<RequestRow>(tx, sql`select ${COLUMNS} from requests r where r.id = ${id}`)
}

/** The request, locked against every other act on it until commit. */
export async function lockRequest(tx: Tx, id: string): Promise<RequestRow | null> {
  return row<RequestRow>(tx, sql`select ${COLUMNS} from requests r where r.id = ${id} for no key update`)
}

/** Makes the draft and its first author. */
export async function insertRequest(
  tx: Tx,
  what: {
    id: string
    title: string
    fold: string
    kind: string
    by: string
    at: Instant
    restrictedTo: string[] | null
  },
): Promise<void> {
  await tx.execute(sql`insert into requests (id, title, fold, kind, state, created_by, created_at, moved_at, entity_ids, restricted_to)
    values (${what.id}, ${what.title}, ${what.fold}, ${what.kind}, 'draft', ${what.by}, ${what.at}::timestamptz, ${what.at}::timestamptz, '{}', ${textArrayOrNull(what.restrictedTo)}::text[])`)
  await addAuthor(tx, what.id, what.by)
}

function textArrayOrNull(list: string[] | null) {
  return list === null ? sql`null` : textArray(list)
}

/** Whoever edits becomes an author, once and for good. */
export async function addAuthor(tx: Tx, requestId: string, personId: string): Promise<void> {
  const held = await row(
    tx,
    sql`select 1 from request_authors where request_id = ${requestId} and person_id = ${personId}`,
  )
  if (!held)
    await tx.execute(sql`insert into request_authors (request_id, person_id) values (${requestId}, ${personId})`)
}

/** Everybody who made or edited any revision or draft of it. */
export async function authorsOf(tx: Db | Tx, requestId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select person_id as id from request_authors where request_id = ${requestId}`,
  )
  return found.map((item) => item.id)
}

/** Moves the request on. */
export async function moveRequest(
  tx: Tx,
  id: string,
  to: {
    state: RequestRow["state"]
    at: Instant
    revision?: number
    entityIds?: string[]
    restrictedTo?: string[] | null
    proposalCount?: number
  },
): Promise<void> {
  const set = [sql`state = ${to.state}`, sql`moved_at = ${to.at}::timestamptz`]
  if (to.revision !== undefined) set.push(sql`revision = ${to.revision}`)
  if (to.entityIds) set.push(sql`entity_ids = ${textArray(to.entityIds)}::text[]`)
  if (to.restrictedTo !== undefined) set.push(sql`restricted_to = ${textArrayOrNull(to.restrictedTo)}::text[]`)
  if (to.proposalCount !== undefined) set.push(sql`proposal_count = ${to.proposalCount}`)
  await tx.execute(sql`update requests set ${sql.join(set, sql`, `)} where id = ${id}`)
}

export type ProposalRow = {
  recordId: string
  kind: string
  op: "create" | "change" | "end"
  baseVersion: number | null
  position: number
  body: string
  discovered: boolean
  importId: string | null
  sheet: string | null
  row: number | null
}

/** The columns of a proposal, of a draft or of a revision, as `p`. */
export const PROPOSAL = sql`p.record_id as "recordId", p.kind, p.op, p.base_version as "baseVersion", p.position, p.body, p.discovered,
  p.import_id as "importId", p.sheet, p.row`

/** The place in a request's order after which a part begins. */
type After = { position: number; recordId: string }

function behind(after: After | undefined): SQL {
  return after ? sql`and (p.position, p.record_id) > (${after.position}, ${after.recordId})` : sql``
}

/** Whether a page is asked for, or all: then part by part, so that no single statement waits while thousands are taken in. */
async function inOrder(
  page: { after: number; limit: number } | undefined,
  read: (after: SQL, limit: number) => Promise<ProposalRow[]>,
): Promise<ProposalRow[]> {
  if (page) return read(sql`and p.position > ${page.after}`, page.limit)
  const all: ProposalRow[] = []
  for (let after: After | undefined; ; after = all[all.length - 1]) {
    const part = await read(behind(after), BATCH)
    for (const one of part) all.push(one)
    if (part.length < BATCH) return all
  }
}

/** The draft's proposals in their order: all, or a page of them (`after`: the last position before it). */
export async function draftProposals(
  tx: Db | Tx,
  requestId: string,
  page?: { after: number; limit: number },
): Promise<ProposalRow[]> {
  return inOrder(page, (after, limit) =>
    rows<ProposalRow>(
      tx,
      sql`select ${PROPOSAL} from proposals p where p.request_id = ${requestId} ${after}
        order by p.position, p.record_id limit ${limit}`,
    ),
  )
}

/** The proposals of a submitted revision, sealed, in their order: all, or a page of them. */
export async function revisionProposals(
  tx: Db | Tx,
  requestId: string,
  n: number,
  page?: { after: number; limit: number },
): Promise<ProposalRow[]> {
  return inOrder(page, (after, limit) => revisionPart(tx, requestId, n, after, limit))
}

/** The same part by part, so that whoever opens them need not hold all of them sealed as well. */
export async function* revisionParts(tx: Db | Tx, requestId: string, n: number): AsyncGenerator<ProposalRow[]> {
  for (let after: After | undefined; ;) {
    const part = await revisionPart(tx, requestId, n, behind(after), BATCH)
    if (part.length > 0) yield part
    after = part[BATCH - 1]
    if (!after) return
  }
}

function revisionPart(tx: Db | Tx, requestId: string, n: number, after: SQL, limit: number): Promise<ProposalRow[]> {
  return rows<ProposalRow>(
    tx,
    sql`select ${PROPOSAL} from revision_proposals p where p.request_id = ${requestId} and p.n = ${n} ${after}
      order by p.position, p.record_id limit ${limit}`,
  )
}

/** The sealed bodies of some of a revision's proposals, by record. */
export async function sealedBodies(
  tx: Tx,
  of: { requestId: string; revision: number },
  recordIds: readonly string[],
): Promise<Map<string, string>> {
  const found = await rows<{ id: string; body: string }>(
    tx,
    sql`select p.record_id as id, p.body from unnest(${textArray(recordIds)}::text[]) as t(id) cross join lateral (
      select record_id, body from revision_proposals where request_id = ${of.requestId} and n = ${of.revision} and record_id = t.id offset 0) p`,
  )
  return new Map(found.map((one) => [one.id, one.body]))
}

/** Whether the request proposes more records than that; it is looked at no further. */
export async function proposesMore(tx: Db | Tx, requestId: string, than: number): Promise<boolean> {
  const found = await row<{ n: number }>(
    tx,
    sql`select count(*) as n from (select 1 from proposals where request_id = ${requestId} limit ${than + 1}) p`,
  )
  return (found?.n ?? 0) > than
}

/** Saves draft proposals, set-based; a row that is there is replaced. */
export async function saveProposals(
  tx: Tx,
  requestId: string,
  at: Instant,
  list: readonly ProposalRow[],
): Promise<void> {
  for (const part of batches(list)) await saveSome(tx, requestId, at, part)
}

async function saveSome(tx: Tx, requestId: string, at: Instant, list: readonly ProposalRow[]): Promise<void> {
  const payload = JSON.stringify(list)
  await tx.execute(sql`insert into proposals (request_id, record_id, kind, op, base_version, position, body, discovered, import_id, sheet, row, saved_at)
    select ${requestId}, t."recordId", t.kind, t.op, t."baseVersion", t.position, t.body, t.discovered, t."importId", t.sheet, t.row, ${at}::timestamptz
    from jsonb_to_recordset(${payload}::jsonb) as t("recordId" text, kind text, op text, "baseVersion" int, position int, body text, discovered boolean,
      "importId" text, sheet text, row int)
    on conflict (request_id, record_id) do update set op = excluded.op, base_version = excluded.base_version, body = excluded.body,
      discovered = excluded.discovered, position = excluded.position, saved_at = excluded.saved_at`)
}

/** Takes a proposal out of the draft; says whether it was there. */
export async function deleteProposal(tx: Tx, requestId: string, recordId: string): Promise<boolean> {
  const gone = await rows(
    tx,
    sql`delete from proposals where request_id = ${requestId} and record_id = ${recordId} returning record_id`,
  )
  return gone.length > 0
}

/** Writes a revision with its proposals and stages, at the act's instant. */
export async function insertRevision(
  tx: Tx,
  what: {
    requestId: string
    n: number
    hash: string
    by: string
    at: Instant
    logIndex: number
    proposals: (ProposalRow & { hash: string })[]
    stages: StageOf[]
    /** The version of the stage rules that they came from. */
    rulesVersion: number
  },
): Promise<void> {
  await tx.execute(sql`insert into revisions (request_id, n, hash, by_person, at, log_index, rules_version)
    values (${what.requestId}, ${what.n}, ${what.hash}, ${what.by}, ${what.at}::timestamptz, ${what.logIndex}, ${what.rulesVersion})`)
  for (const part of batches(what.proposals))
    await tx.execute(sql`insert into revision_proposals (request_id, n, record_id, kind, op, base_version, position, body, hash, discovered, import_id, sheet, row)
    select ${what.requestId}, ${what.n}, t."recordId", t.kind, t.op, t."baseVersion", t.position, t.body, decode(t.hash, 'hex'), t.discovered, t."importId", t.sheet, t.row
    from jsonb_to_recordset(${JSON.stringify(part)}::jsonb) as t("recordId" text, kind text, op text, "baseVersion" int, position int, body text,
      hash text, discovered boolean, "importId" text, sheet text, row int)`)
  await insertStages(tx, what.requestId, what.n, what.stages)
}

/** A stage as a revision needs it, by the rules of its day. */
export type StageOf = {
  stage: string
  entityId: string
  seat: string
  because: string[]
  wave: number
  days: number
  persons: string[] | null
}

/** Writes the stages of a revision. */
export async function insertStages(tx: Tx, requestId: string, n: number, stages: readonly StageOf[]): Promise<void> {
  if (stages.length === 0) return
  await tx.execute(sql`insert into revision_stages (request_id, n, stage, entity_id, seat, because, wave, days, persons)
    select ${requestId}, ${n}::int, t.stage, t."entityId", t.seat, t.because, t.wave, t.days, t.persons
    from jsonb_to_recordset(${JSON.stringify(stages)}::jsonb) as t(stage text, "entityId" text, seat text, because text[], wave int, days int, persons text[])`)
}

export type RevisionRow = {
  n: number
  /** The version of the stage rules that holds for it. */
  rulesVersion: number
  hash: string
  byPerson: string
  at: Instant
  logIndex: number
  /** The act that made it and who did that: submitting, or sending a part back. */
  act: string
  actorId: string
}

/** The submitted revisions, oldest first. */
export async function revisionsOf(tx: Db | Tx, requestId: string): Promise<RevisionRow[]> {
  return rows(
    tx,
    sql`select v.n, v.hash, v.by_person as "byPerson", v.at, v.log_index as "logIndex", v.rules_version as "rulesVersion", l.act, l.actor_id as "actorId"
      from revisions v join log_leaves l on l.index = v.log_index where v.request_id = ${requestId} order by v.n`,
  )
}

export type StageRow = Omit<StageOf, "seat"> & { n: number; seat: "decides" | "advises" }

/** The stages that a revision needs. */
export async function stagesOf(tx: Db | Tx, requestId: string, n: number): Promise<StageRow[]> {
  return rows(
    tx,
    sql`select n, stage, entity_id as "entityId", seat, because, wave, days, persons from revision_stages where request_id = ${requestId} and n = ${n}
    order by wave, case stage when 'procurement' then 1 when 'legal' then 2 when 'dpo' then 3 else 4 end, entity_id`,
  )
}

export type DecisionRow = {
  id: string
  revision: number
  stage: string
  entityId: string
  personId: string
  verdict: string
  hash: string
  reason: string | null
  at: Instant
  logIndex: number
  /** On whose behalf, and by which delegation; null: in the person's own right. */
  forPerson: string | null
  delegationId: string | null
}

/** All decisions on a request over all revisions, oldest first. */
export async function decisionsOf(tx: Db | Tx, requestId: string): Promise<DecisionRow[]> {
  return rows(
    tx,
    sql`select id, revision, stage, entity_id as "entityId", person_id as "personId", verdict, hash, reason, at, log_index as "logIndex",
      for_person as "forPerson", delegation_id as "delegationId"
    from decisions where request_id = ${requestId} order by at`,
  )
}

/** The one seat that a person has in a request, or null. */
export async function seatOf(
  tx: Db | Tx,
  requestId: string,
  personId: string,
): Promise<{ stage: string; entityId: string } | null> {
  return row(
    tx,
    sql`select stage, entity_id as "entityId" from seats where request_id = ${requestId} and person_id = ${personId}`,
  )
}

/** All seats taken in a request. */
export async function seatsOf(
  tx: Db | Tx,
  requestId: string,
): Promise<{ personId: string; stage: string; entityId: string }[]> {
  return rows(
    tx,
    sql`select person_id as "personId", stage, entity_id as "entityId" from seats where request_id = ${requestId}`,
  )
}

/** Seats the person for good; the database refuses an author and a second seat. */
export async function takeSeat(
  tx: Tx,
  requestId: string,
  personId: string,
  stage: string,
  entityId: string,
): Promise<void> {
  await tx.execute(
    sql`insert into seats (request_id, person_id, stage, entity_id) values (${requestId}, ${personId}, ${stage}, ${entityId})`,
  )
}

/** Writes a decision at the act's instant. */
export async function insertDecision(tx: Tx, requestId: string, what: DecisionRow): Promise<void> {
  await tx.execute(sql`insert into decisions (id, request_id, revision, stage, entity_id, person_id, verdict, hash, reason, at, log_index, for_person, delegation_id)
    values (${what.id}, ${requestId}, ${what.revision}, ${what.stage}, ${what.entityId}, ${what.personId}, ${what.verdict}, ${what.hash}, ${what.reason}, ${what.at}::timestamptz, ${what.logIndex}, ${what.forPerson}, ${what.delegationId})`)
}

/** From so many records on an act takes its time. */
const MANY = 1000

/**
 * Gives an act of thousands of records the time that its few large statements take (foundation 15 keeps them few), and
 * the checks between them; others keep the limits of a page.
 */
export async function takeTime(tx: Tx, records: number): Promise<void> {
  if (records < MANY) return
  await tx.execute(sql`select set_config('statement_timeout', '60000', true),
    set_config('idle_in_transaction_session_timeout', '60000', true)`)
}
