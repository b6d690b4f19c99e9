import { sql } from "drizzle-orm"
import { bigint, check, foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core"
import { dayColumn, instant } from "./types"
import { people } from "./people"
import { comments, decisions, requests, revisions } from "./requests"

/**
 * What a new revision keeps of the decisions taken before, and what it withdraws, each with its reasons as codes. A kept
 * decision counts on that revision like one taken on it. Append-only.
 */
export const carried = pgTable(
  "carried",
  {
    requestId: text("request_id").notNull(),
    revision: integer("revision").notNull(),
    decisionId: text("decision_id")
      .notNull()
      .references(() => decisions.id),
    stage: text("stage").notNull(),
    entityId: text("entity_id").notNull(),
    fate: text("fate").notNull(),
    because: text("because").array().notNull(),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.requestId, t.revision, t.decisionId] }),
    foreignKey({ columns: [t.requestId, t.revision], foreignColumns: [revisions.requestId, revisions.n] }),
    check("carried_fate", sql`${t.fate} in ('kept','withdrawn')`),
    check("carried_why", sql`${t.fate} = 'kept' or cardinality(${t.because}) > 0`),
    uniqueIndex("carried_once")
      .on(t.requestId, t.revision, t.stage, t.entityId)
      .where(sql`${t.fate} = 'kept'`),
    index("carried_decision").on(t.decisionId),
  ],
)

/** A thread under a comment is settled, or taken up again: the last row holds. Append-only. */
export const commentTurns = pgTable(
  "comment_turns",
  {
    commentId: text("comment_id")
      .notNull()
      .references(() => comments.id),
    turn: text("turn").notNull(),
    personId: text("person_id")
      .notNull()
      .references(() => people.id),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.commentId, t.logIndex] }),
    check("comment_turns_turn", sql`${t.turn} in ('resolved','reopened')`),
  ],
)

/** What must be done by whom and by when, as a decision asks for it. The words are a commitment. Append-only. */
export const conditions = pgTable(
  "conditions",
  {
    id: text("id").primaryKey(),
    requestId: text("request_id")
      .notNull()
      .references(() => requests.id),
    decisionId: text("decision_id")
      .notNull()
      .references(() => decisions.id),
    n: integer("n").notNull(),
    words: text("words").notNull(),
    ownerId: text("owner_id")
      .notNull()
      .references(() => people.id),
    dueOn: dayColumn("due_on").notNull(),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [
    check("conditions_id", sql`${t.id} ~ '^cnd_[0-9a-z]{26}$'`),
    index("conditions_request").on(t.requestId, t.logIndex, t.n),
    index("conditions_decision").on(t.decisionId),
    index("conditions_owner").on(t.ownerId, t.dueOn),
    index("conditions_due").on(t.dueOn, t.id),
  ],
)

/** A condition is said to be met, confirmed, or sent back as not met: the last row holds. Append-only. */
export const conditionTurns = pgTable(
  "condition_turns",
  {
    conditionId: text("condition_id")
      .notNull()
      .references(() => conditions.id),
    turn: text("turn").notNull(),
    personId: text("person_id")
      .notNull()
      .references(() => people.id),
    words: text("words"),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
    /** Evidence that is laid beside the words; files that the person sent. */
    fileIds: text("file_ids").array().notNull().default([]),
    /** On whose behalf it was confirmed or sent back, and by which delegation; null: in the person's own right. */
    forPerson: text("for_person").references(() => people.id),
    delegationId: text("delegation_id"),
  },
  (t) => [
    primaryKey({ columns: [t.conditionId, t.logIndex] }),
    check("condition_turns_turn", sql`${t.turn} in ('met','confirmed','sent-back')`),
    check(
      "condition_turns_behalf",
      sql`(${t.forPerson} is null) = (${t.delegationId} is null) and ${t.forPerson} is distinct from ${t.personId} and (${t.forPerson} is null or ${t.turn} <> 'met')`,
    ),
    check(
      "condition_turns_files",
      sql`cardinality(${t.fileIds}) <= 10 and (${t.turn} = 'met' or cardinality(${t.fileIds}) = 0)`,
    ),
    index("condition_turns_file").using("gin", t.fileIds),
  ],
)

/** Somebody else answers for a condition from now on, and why: the last row holds. Append-only. */
export const conditionOwners = pgTable(
  "condition_owners",
  {
    conditionId: text("condition_id")
      .notNull()
      .references(() => conditions.id),
    ownerId: text("owner_id")
      .notNull()
      .references(() => people.id),
    personId: text("person_id")
      .notNull()
      .references(() => people.id),
    reason: text("reason").notNull(),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.conditionId, t.logIndex] }), index("condition_owners_owner").on(t.ownerId)],
)

/** When a person looked at a request last, and since when what they see is new to them. Private to them. */
export const requestLooks = pgTable(
  "request_looks",
  {
    personId: text("person_id")
      .notNull()
      .references(() => people.id),
    requestId: text("request_id")
      .notNull()
      .references(() => requests.id),
    since: instant("since"),
    at: instant("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.requestId] })],
)
