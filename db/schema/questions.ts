import { sql } from "drizzle-orm"
import { bigint, check, index, pgTable, text } from "drizzle-orm/pg-core"
import { people } from "./people"
import { dayColumn, instant } from "./types"

/**
 * What a supervisor asked of a record or a request. The words are a commitment. Append-only. `entity_ids`: the companies that it is
 * asked of, whose legal and DPO answer.
 */
export const questions = pgTable(
  "questions",
  {
    id: text("id").primaryKey(),
    subjectId: text("subject_id").notNull(),
    entityIds: text("entity_ids").array().notNull(),
    words: text("words").notNull(),
    dueOn: dayColumn("due_on"),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [
    check("questions_id", sql`${t.id} ~ '^qst_[0-9a-z]{26}$'`),
    check("questions_subject", sql`${t.subjectId} ~ '^(pty|shr|agr|asm|con|ntc|dmd|chn|req)_[0-9a-z]{26}$'`),
    index("questions_order").on(t.at, t.id),
    index("questions_subject").on(t.subjectId),
    index("questions_person").on(t.byPerson, t.at),
  ],
)

/** What the company answered, or the supervisor added: prose (a commitment), and the records and files that it points at. Append-only. */
export const questionReplies = pgTable(
  "question_replies",
  {
    id: text("id").primaryKey(),
    questionId: text("question_id")
      .notNull()
      .references(() => questions.id),
    /** Whether it answers on the company's side; else the one who asked adds to it. */
    side: text("side").notNull(),
    words: text("words").notNull(),
    recordIds: text("record_ids").array().notNull(),
    fileIds: text("file_ids").array().notNull(),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [
    check("question_replies_id", sql`${t.id} ~ '^rpl_[0-9a-z]{26}$'`),
    check("question_replies_side", sql`${t.side} in ('company','supervisor')`),
    check("question_replies_size", sql`cardinality(${t.recordIds}) <= 50 and cardinality(${t.fileIds}) <= 50`),
    index("question_replies_question").on(t.questionId, t.at),
  ],
)
