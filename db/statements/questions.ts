import { sql, type SQL } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { textArray } from "./log"

export type QuestionRow = {
  id: string
  subjectId: string
  entityIds: string[]
  /** Null: it was erased. */
  words: string | null
  dueOn: Day | null
  byPerson: string
  at: Instant
  answered: boolean
  replies: number
  lastAt: Instant
}
export type ReplyRow = {
  id: string
  questionId: string
  side: "company" | "supervisor"
  words: string | null
  recordIds: string[]
  fileIds: string[]
  byPerson: string
  at: Instant
}

const COLUMNS = sql`q.id, q.subject_id as "subjectId", q.entity_ids as "entityIds", d.value as words, q.due_on as "dueOn", q.by_person as "byPerson", q.at,
  exists (select 1 from question_replies a where a.question_id = q.id and a.side = 'company') as answered,
  (select count(*)::int from question_replies a where a.question_id = q.id) as replies,
  greatest(q.at, (select max(a.at) from question_replies a where a.question_id = q.id)) as "lastAt"`
const OPEN = sql`not exists (select 1 from question_replies a where a.question_id = q.id and a.side = 'company')`

/** Which questions are asked for: all, those without an answer of the company, those with one. */
export type QuestionState = "all" | "open" | "answered"

const inState = (state: QuestionState): SQL =>
  state === "open" ? OPEN : state === "answered" ? sql`not (${OPEN})` : sql`true`

/** A page of questions, newest first, through the reader's condition on `q`; one more than asked for. */
export async function questionsPage(
  tx: Db | Tx,
  of: {
    state: QuestionState
    subjectId: string | null
    after: { at: Instant; id: string } | null
    limit: number
    scope: SQL
  },
): Promise<QuestionRow[]> {
  const where = [of.scope, inState(of.state)]
  if (of.subjectId !== null) where.push(sql`q.subject_id = ${of.subjectId}`)
  if (of.after) where.push(sql`(q.at, q.id) < (${of.after.at}::timestamptz, ${of.after.id})`)
  return rows<QuestionRow>(
    tx,
    sql`select ${COLUMNS} from questions q left join disclosures d on d.commitment = q.words where ${sql.join(where, sql` and `)}
      order by q.at desc, q.id desc limit ${of.limit}`,
  )
}

/** One question, through the reader's condition. */
export async function questionById(tx: Db | Tx, id: string, scope: SQL): Promise<QuestionRow | null> {
  return row<QuestionRow>(
    tx,
    sql`select ${COLUMNS} from questions q left join disclosures d on d.commitment = q.words where q.id = ${id} and ${scope}`,
  )
}

/** How many questions have no answer, and how many of those are past their day. */
export async function countOpenQuestions(
  tx: Db | Tx,
  scope: SQL,
  today: string,
): Promise<{ open: number; late: number }> {
  const found = await row<{ open: number; late: number }>(
    tx,
    sql`select count(*)::int as open, (count(*) filter (where q.due_on < ${today}::date))::int as late from questions q where ${scope} and ${OPEN}`,
  )
  return found ?? { open: 0, late: 0 }
}

/** What was said to these questions, oldest first. */
export async function repliesTo(tx: Db | Tx, questionIds: readonly string[]): Promise<ReplyRow[]> {
  if (questionIds.length === 0) return []
  return rows<ReplyRow>(
    tx,
    sql`select a.id, a.question_id as "questionId", a.side, d.value as words, a.record_ids as "recordIds", a.file_ids as "fileIds", a.by_person as "byPerson", a.at
      from question_replies a left join disclosures d on d.commitment = a.words where a.question_id = any(${textArray(questionIds)}::text[]) order by a.at, a.id`,
  )
}

/** Writes a question. */
export async function insertQuestion(
  tx: Tx,
  what: Omit<QuestionRow, "answered" | "replies" | "lastAt" | "words"> & { words: string; logIndex: number },
): Promise<void> {
  await tx.execute(sql`insert into questions (id, subject_id, entity_ids, words, due_on, by_person, at, log_index)
    values (${what.id}, ${what.subjectId}, ${textArray(what.entityIds)}::text[], ${what.words}, ${what.dueOn}::date, ${what.byPerson}, ${what.at}::timestamptz, ${what.logIndex})`)
}

/** Writes what was said to a question. */
export async function insertReply(
  tx: Tx,
  what: Omit<ReplyRow, "words"> & { words: string; logIndex: number },
): Promise<void> {
  await tx.execute(sql`insert into question_replies (id, question_id, side, words, record_ids, file_ids, by_person, at, log_index)
    values (${what.id}, ${what.questionId}, ${what.side}, ${what.words}, ${textArray(what.recordIds)}::text[], ${textArray(what.fileIds)}::text[],
      ${what.byPerson}, ${what.at}::timestamptz, ${what.logIndex})`)
}
