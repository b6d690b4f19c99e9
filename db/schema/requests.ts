import { sql } from "drizzle-orm"
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
} from "drizzle-orm/pg-core"
import { bytes, dayColumn, instant } from "./types"
import { people } from "./people"

/** A change request: the only way anything comes into force. Its state moves by acts, each with its event. */
export const requests = pgTable(
  "requests",
  {
    id: text("id").primaryKey(),
    no: bigint("no", { mode: "number" }).notNull().generatedAlwaysAsIdentity().unique(),
    title: text("title").notNull(),
    fold: text("fold").notNull(),
    kind: text("kind").notNull(),
    state: text("state").notNull(),
    revision: integer("revision").notNull().default(0),
    createdBy: text("created_by")
      .notNull()
      .references(() => people.id),
    createdAt: instant("created_at").notNull(),
    movedAt: instant("moved_at").notNull(),
    dueOn: dayColumn("due_on"),
    entityIds: text("entity_ids").array().notNull(),
    restrictedTo: text("restricted_to").array(),
    proposalCount: integer("proposal_count").notNull().default(0),
  },
  (t) => [
    check("requests_id", sql`${t.id} ~ '^req_[0-9a-z]{26}$'`),
    check("requests_kind", sql`${t.kind} in ('change','import','discovered')`),
    check(
      "requests_state",
      sql`${t.state} in ('draft','in-review','changes-requested','approved','recorded','refused','withdrawn')`,
    ),
    index("requests_moved").on(t.movedAt, t.id),
    index("requests_no").on(t.no, t.id),
    index("requests_title").on(t.fold, t.id),
    index("requests_state_moved").on(t.state, t.movedAt, t.id),
    index("requests_creator").on(t.createdBy, t.movedAt),
  ],
)

/** Everybody who made or edited any revision or its draft. An author gets no seat (invariant 2). */
export const requestAuthors = pgTable(
  "request_authors",
  {
    requestId: text("request_id")
      .notNull()
      .references(() => requests.id),
    personId: text("person_id")
      .notNull()
      .references(() => people.id),
  },
  (t) => [primaryKey({ columns: [t.requestId, t.personId] })],
)

/** The draft: a row for each record it proposes. Private to the request until submitted; changed by jots. */
export const proposals = pgTable(
  "proposals",
  {
    requestId: text("request_id")
      .notNull()
      .references(() => requests.id),
    recordId: text("record_id").notNull(),
    kind: text("kind").notNull(),
    op: text("op").notNull(),
    baseVersion: integer("base_version"),
    position: integer("position").notNull(),
    body: text("body").notNull(),
    discovered: boolean("discovered").notNull().default(false),
    importId: text("import_id"),
    sheet: text("sheet"),
    row: integer("row"),
    savedAt: instant("saved_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.requestId, t.recordId] }),
    check("proposals_op", sql`${t.op} in ('create','change','end')`),
    check("proposals_base", sql`(${t.op} = 'create') = (${t.baseVersion} is null)`),
    index("proposals_record").on(t.recordId),
    index("proposals_import").on(t.importId, t.requestId),
    index("proposals_packs")
      .on(t.requestId, t.recordId)
      .where(sql`${t.kind} = 'pack'`),
    index("proposals_position").on(t.requestId, t.position, t.recordId),
  ],
)

/**
 * What a reviewer of many proposals sees of each: one row a proposal of the draft or of the current revision, with what
 * the checks said of it then. Derived; nothing is decided on it.
 */
export const reviewRows = pgTable(
  "review_rows",
  {
    requestId: text("request_id")
      .notNull()
      .references(() => requests.id),
    recordId: text("record_id").notNull(),
    position: integer("position").notNull(),
    kind: text("kind").notNull(),
    op: text("op").notNull(),
    title: text("title").notNull(),
    fold: text("fold").notNull(),
    entityId: text("entity_id"),
    kinds: text("kinds").array().notNull(),
    country: text("country"),
    clauses: text("clauses").array().notNull(),
    enters: text("enters").notNull(),
    unknowns: integer("unknowns").notNull(),
    /** Words while it is a draft; once sealed the commitment, whose value lies in `disclosures`. */
    owner: text("owner"),
    sealed: boolean("sealed").notNull(),
    dueOn: dayColumn("due_on"),
    nearId: text("near_id"),
    sheet: text("sheet"),
    row: integer("row"),
  },
  (t) => [
    primaryKey({ columns: [t.requestId, t.recordId] }),
    index("review_rows_position").on(t.requestId, t.position, t.recordId),
  ],
)

/** A submitted revision. Its hash covers the ordered proposal rows. Append-only. */
export const revisions = pgTable(
  "revisions",
  {
    requestId: text("request_id")
      .notNull()
      .references(() => requests.id),
    n: integer("n").notNull(),
    hash: text("hash").notNull(),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
    /** The version of the stage rules by which its stages were worked out; they hold for it to the end. */
    rulesVersion: integer("rules_version").notNull().default(1),
  },
  (t) => [primaryKey({ columns: [t.requestId, t.n] })],
)

/** The proposals of a revision, sealed: personal fields as commitments. Append-only. */
export const revisionProposals = pgTable(
  "revision_proposals",
  {
    requestId: text("request_id").notNull(),
    n: integer("n").notNull(),
    recordId: text("record_id").notNull(),
    kind: text("kind").notNull(),
    op: text("op").notNull(),
    baseVersion: integer("base_version"),
    position: integer("position").notNull(),
    body: text("body").notNull(),
    hash: bytes("hash").notNull(),
    discovered: boolean("discovered").notNull(),
    importId: text("import_id"),
    sheet: text("sheet"),
    row: integer("row"),
  },
  (t) => [
    primaryKey({ columns: [t.requestId, t.n, t.recordId] }),
    foreignKey({ columns: [t.requestId, t.n], foreignColumns: [revisions.requestId, revisions.n] }),
    index("revision_proposals_position").on(t.requestId, t.n, t.position, t.recordId),
    index("revision_proposals_record").on(t.recordId),
  ],
)

/** The stages that a revision needs, and why. They follow from its content. Append-only. */
export const revisionStages = pgTable(
  "revision_stages",
  {
    requestId: text("request_id").notNull(),
    n: integer("n").notNull(),
    stage: text("stage").notNull(),
    entityId: text("entity_id").notNull(),
    seat: text("seat").notNull(),
    because: text("because").array().notNull(),
    /** Its turn: after every earlier wave of the company. */
    wave: integer("wave").notNull().default(1),
    /** Working days that it may take. */
    days: integer("days").notNull().default(3),
    /** Who alone may take it; null: whoever has its role. */
    persons: text("persons").array(),
  },
  (t) => [
    primaryKey({ columns: [t.requestId, t.n, t.stage, t.entityId] }),
    check("revision_stages_stage", sql`${t.stage} in ('procurement','legal','dpo','second-legal')`),
    check("revision_stages_seat", sql`${t.seat} in ('decides','advises')`),
    check("revision_stages_rules", sql`${t.wave} between 1 and 4 and ${t.days} between 1 and 60`),
    foreignKey({ columns: [t.requestId, t.n], foreignColumns: [revisions.requestId, revisions.n] }),
  ],
)

/** The one stage that a person may ever decide in a request, over all revisions (foundation 11). */
export const seats = pgTable(
  "seats",
  {
    requestId: text("request_id")
      .notNull()
      .references(() => requests.id),
    personId: text("person_id")
      .notNull()
      .references(() => people.id),
    stage: text("stage").notNull(),
    entityId: text("entity_id").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.requestId, t.personId] }),
    unique("seats_of_stage").on(t.requestId, t.personId, t.stage, t.entityId),
  ],
)

/** A decision on the content hash of one revision. Append-only. */
export const decisions = pgTable(
  "decisions",
  {
    id: text("id").primaryKey(),
    requestId: text("request_id").notNull(),
    revision: integer("revision").notNull(),
    stage: text("stage").notNull(),
    entityId: text("entity_id").notNull(),
    personId: text("person_id").notNull(),
    verdict: text("verdict").notNull(),
    hash: text("hash").notNull(),
    reason: text("reason"),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
    /** On whose behalf it was taken, and by which delegation; null: in the person's own right. */
    forPerson: text("for_person"),
    delegationId: text("delegation_id"),
  },
  (t) => [
    // How long stages take is read by when they were decided.
    index("decisions_at").on(t.at),
    unique("decisions_once").on(t.requestId, t.revision, t.stage, t.entityId),
    check(
      "decisions_verdict",
      sql`${t.verdict} in ('approve','approve-with-conditions','refuse','ask-changes','agree','agree-with-conditions','advise-against')`,
    ),
    foreignKey({ columns: [t.requestId, t.revision], foreignColumns: [revisions.requestId, revisions.n] }),
    foreignKey({
      columns: [t.requestId, t.personId, t.stage, t.entityId],
      foreignColumns: [seats.requestId, seats.personId, seats.stage, seats.entityId],
    }),
    check(
      "decisions_behalf",
      sql`(${t.forPerson} is null) = (${t.delegationId} is null) and ${t.forPerson} is distinct from ${t.personId}`,
    ),
    // The absent one is seated as well: nobody sits at two stages, whoever took the first for them (invariant 2).
    foreignKey({
      name: "decisions_behalf_seat",
      columns: [t.requestId, t.forPerson, t.stage, t.entityId],
      foreignColumns: [seats.requestId, seats.personId, seats.stage, seats.entityId],
    }),
    foreignKey({
      columns: [t.requestId, t.revision, t.stage, t.entityId],
      foreignColumns: [revisionStages.requestId, revisionStages.n, revisionStages.stage, revisionStages.entityId],
    }),
  ],
)

/** What people said about a request. The words are a commitment. Append-only. */
export const comments = pgTable(
  "comments",
  {
    id: text("id").primaryKey(),
    requestId: text("request_id")
      .notNull()
      .references(() => requests.id),
    personId: text("person_id")
      .notNull()
      .references(() => people.id),
    at: instant("at").notNull(),
    words: text("words").notNull(),
    /** What it is about: a record of the request, or a field of one (`record.field`); null: the request. */
    path: text("path"),
    /** The comment that it answers: the first of its thread. */
    threadId: text("thread_id").references((): AnyPgColumn => comments.id),
    /** Whom it names, of those who may read it. */
    mentions: text("mentions").array(),
    legalAdvice: boolean("legal_advice").notNull().default(false),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [index("comments_request").on(t.requestId, t.at)],
)
