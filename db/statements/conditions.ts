import { sql, type SQL } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { textArray } from "./log"

export type ConditionTurn = "met" | "confirmed" | "sent-back"
export type ConditionTurnRow = {
  conditionId: string
  turn: ConditionTurn
  personId: string
  /** On whose behalf it was confirmed or sent back. */
  forPerson: string | null
  at: Instant
  words: string | null
  fileIds: string[]
}
export type ConditionGiving = { conditionId: string; ownerId: string; personId: string; reason: string; at: Instant }

export type ConditionRow = {
  id: string
  requestId: string
  decisionId: string
  stage: string
  entityId: string
  deciderId: string
  n: number
  words: string
  /** Who answers for it now, and whom its decision named. */
  ownerId: string
  askedOf: string
  dueOn: Day
  at: Instant
  /** On whose behalf its decision was taken, if on anybody's. */
  deciderForId: string | null
  /** Whether the decision that asks for it counts on the request's current revision. */
  counts: boolean
  last: ConditionTurn | null
  lastBy: string | null
  lastAt: Instant | null
  lastWords: string | null
  lastFiles: string[]
}

// A decision counts where it was taken on the current revision, or kept for it.
export const COUNTS = sql`(d.revision = r.revision or exists (select 1 from carried k where k.request_id = r.id and k.revision = r.revision
  and k.decision_id = d.id and k.fate = 'kept'))`
/** Who answers for the condition `c` now: whom its decision named, or to whom it was given last. */
export const OWNER = sql`coalesce((select o.owner_id from condition_owners o where o.condition_id = c.id order by o.log_index desc limit 1), c.owner_id)`
/** Whether its owner says of the condition `c` that it is met, or it is confirmed: nobody is asked to meet it. */
export const SAID_MET = sql`coalesce((select w.turn from condition_turns w where w.condition_id = c.id order by w.log_index desc limit 1) in ('met', 'confirmed'), false)`
const LAST = sql`lateral (select turn, person_id, at, words, file_ids from condition_turns w where w.condition_id = c.id order by w.log_index desc limit 1) t on true`
const COLUMNS = sql`c.id, c.request_id as "requestId", c.decision_id as "decisionId", d.stage, d.entity_id as "entityId", d.person_id as "deciderId", d.for_person as "deciderForId",
  c.n, c.words, ${OWNER} as "ownerId", c.owner_id as "askedOf", c.due_on as "dueOn", c.at, ${COUNTS} as counts, t.turn as last, t.person_id as "lastBy", t.at as "lastAt", t.words as "lastWords",
  coalesce(t.file_ids, '{}') as "lastFiles"
  from conditions c join decisions d on d.id = c.decision_id join requests r on r.id = c.request_id left join ${LAST}`

/** The conditions of a request, in the order in which they were made. */
export async function conditionsOf(tx: Db | Tx, requestId: string): Promise<ConditionRow[]> {
  return rows<ConditionRow>(tx, sql`select ${COLUMNS} where c.request_id = ${requestId} order by c.log_index, c.n`)
}

/** One condition. */
export async function conditionById(tx: Db | Tx, id: string): Promise<ConditionRow | null> {
  return row<ConditionRow>(tx, sql`select ${COLUMNS} where c.id = ${id}`)
}

/** What has happened to the conditions of a request, oldest first. */
export async function conditionTurnsOf(tx: Db | Tx, requestId: string): Promise<ConditionTurnRow[]> {
  return rows(
    tx,
    sql`select t.condition_id as "conditionId", t.turn, t.person_id as "personId", t.for_person as "forPerson", t.at, t.words, t.file_ids as "fileIds"
      from condition_turns t join conditions c on c.id = t.condition_id where c.request_id = ${requestId} order by t.log_index`,
  )
}

/** Who was given a condition of the request, by whom and why, oldest first. */
export async function conditionGivings(tx: Db | Tx, requestId: string): Promise<ConditionGiving[]> {
  return rows(
    tx,
    sql`select o.condition_id as "conditionId", o.owner_id as "ownerId", o.person_id as "personId", o.reason, o.at from condition_owners o
      join conditions c on c.id = o.condition_id where c.request_id = ${requestId} order by o.log_index`,
  )
}

/** Writes who answers for a condition from now on, in its act. */
export async function insertConditionOwner(
  tx: Tx,
  what: { conditionId: string; ownerId: string; personId: string; reason: string; at: Instant; logIndex: number },
): Promise<void> {
  await tx.execute(sql`insert into condition_owners (condition_id, owner_id, person_id, reason, at, log_index)
    values (${what.conditionId}, ${what.ownerId}, ${what.personId}, ${what.reason}, ${what.at}::timestamptz, ${what.logIndex})`)
}

/** The conditions whose evidence holds the file, by id, after one of them; at most so many. */
export async function conditionsWithFile(
  tx: Db | Tx,
  fileId: string,
  page: { after: string; most: number },
): Promise<ConditionRow[]> {
  return rows<ConditionRow>(
    tx,
    sql`select ${COLUMNS} where c.id in (select w.condition_id from condition_turns w where w.file_ids @> ${textArray([fileId])}::text[])
      and c.id > ${page.after} order by c.id limit ${page.most}`,
  )
}

/** Writes a condition, in the act of its decision. */
export async function insertCondition(
  tx: Tx,
  what: Pick<ConditionRow, "id" | "requestId" | "decisionId" | "n" | "words" | "ownerId" | "dueOn" | "at"> & {
    logIndex: number
  },
): Promise<void> {
  await tx.execute(sql`insert into conditions (id, request_id, decision_id, n, words, owner_id, due_on, at, log_index)
    values (${what.id}, ${what.requestId}, ${what.decisionId}, ${what.n}, ${what.words}, ${what.ownerId}, ${what.dueOn}::date, ${what.at}::timestamptz, ${what.logIndex})`)
}

/** Writes what became of a condition, in its act. */
export async function insertConditionTurn(
  tx: Tx,
  what: {
    conditionId: string
    turn: ConditionTurn
    personId: string
    words: string | null
    fileIds: readonly string[]
    forPerson: string | null
    delegationId: string | null
    at: Instant
    logIndex: number
  },
): Promise<void> {
  await tx.execute(sql`insert into condition_turns (condition_id, turn, person_id, words, file_ids, for_person, delegation_id, at, log_index)
    values (${what.conditionId}, ${what.turn}, ${what.personId}, ${what.words}, ${textArray(what.fileIds)}::text[], ${what.forPerson}, ${what.delegationId},
      ${what.at}::timestamptz, ${what.logIndex})`)
}

export type ConditionOn = { recordId: string; dueOn: Day; at: Instant; confirmedAt: Instant | null; entityId: string }

// The records that a request put in force; a look at a party as a whole is shown on the party.
const ABOUT = sql`case p.kind when 'assessment' then p.body::jsonb->>'partyId' when 'chain' then p.body::jsonb->>'sharingId' else p.record_id end`

/** The conditions under which these records came into force, as known at the instant (null: now). */
export async function conditionsOn(
  tx: Db | Tx,
  recordIds: readonly string[],
  asOf: Instant | null,
): Promise<ConditionOn[]> {
  if (recordIds.length === 0 || !(await row(tx, sql`select 1 from conditions limit 1`))) return []
  const known = (column: SQL): SQL => (asOf === null ? sql`true` : sql`${column} <= ${asOf}::timestamptz`)
  return rows<ConditionOn>(
    tx,
    sql`select distinct ${ABOUT} as "recordId", c.id, c.due_on as "dueOn", c.at, d.entity_id as "entityId",
        (select w.at from condition_turns w where w.condition_id = c.id and w.turn = 'confirmed' and ${known(sql`w.at`)} limit 1) as "confirmedAt"
      from conditions c join decisions d on d.id = c.decision_id join requests r on r.id = c.request_id
        join revision_proposals p on p.request_id = r.id and p.n = r.revision
      where r.state = 'approved' and ${COUNTS} and ${known(sql`r.moved_at`)} and p.kind in ('party', 'sharing', 'agreement', 'assessment', 'chain')
        and ${ABOUT} = any(${textArray(recordIds)}::text[]) order by c.due_on, c.id`,
  )
}

/** Conditions that this person answers for and did not say to be met, due within the days, of requests that the condition lets them know of (as `r`). */
export async function conditionsOwned(
  tx: Db | Tx,
  on: { personId: string; from: Day; until: Day; known: SQL; most: number },
): Promise<{ id: string; requestId: string; title: string; dueOn: Day }[]> {
  return rows(
    tx,
    sql`select c.id, c.request_id as "requestId", r.title, c.due_on as "dueOn"
      from conditions c join decisions d on d.id = c.decision_id join requests r on r.id = c.request_id
      where (c.owner_id = ${on.personId} or c.id in (select o.condition_id from condition_owners o where o.owner_id = ${on.personId}))
        and ${OWNER} = ${on.personId} and r.state = 'approved' and ${COUNTS} and c.due_on between ${on.from}::date and ${on.until}::date and ${on.known}
        and not ${SAID_MET} order by c.due_on, c.id limit ${on.most}`,
  )
}

/** The records of a request are judged anew: what was asked for with its approval came due, or is done. */
export async function judgeConditioned(tx: Tx, requestId: string): Promise<void> {
  await tx.execute(sql`insert into to_judge (record_id) select distinct ${ABOUT} from requests r
      join revision_proposals p on p.request_id = r.id and p.n = r.revision
    where r.id = ${requestId} and p.kind in ('party', 'sharing', 'agreement', 'assessment', 'chain') on conflict do nothing`)
}

/** The same where any condition was made at all. */
export async function judgeIfConditioned(tx: Tx, requestId: string): Promise<void> {
  if (await row(tx, sql`select 1 from conditions where request_id = ${requestId} limit 1`))
    await judgeConditioned(tx, requestId)
}

export type ConditionDue = {
  id: string
  requestId: string
  dueOn: Day
  ownerId: string
  deciderId: string
  entityId: string
  /** Its owner says that it is met, and nobody confirmed it yet. */
  said: boolean
}

/** Conditions of approved requests that nobody confirmed, due between the days, by keyset. */
export async function conditionsDue(
  tx: Db | Tx,
  on: { from: Day; until: Day; after: { dueOn: string; id: string } | null; most: number },
): Promise<ConditionDue[]> {
  const beyond = on.after ? sql`and (c.due_on, c.id) > (${on.after.dueOn}::date, ${on.after.id})` : sql``
  return rows<ConditionDue>(
    tx,
    sql`select c.id, c.request_id as "requestId", c.due_on as "dueOn", ${OWNER} as "ownerId", d.person_id as "deciderId", d.entity_id as "entityId", ${SAID_MET} as said
      from conditions c join decisions d on d.id = c.decision_id join requests r on r.id = c.request_id
      where r.state = 'approved' and ${COUNTS} and c.due_on between ${on.from}::date and ${on.until}::date
        and not exists (select 1 from condition_turns w where w.condition_id = c.id and w.turn = 'confirmed') ${beyond}
      order by c.due_on, c.id limit ${on.most}`,
  )
}
