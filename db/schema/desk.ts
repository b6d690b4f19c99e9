import { sql } from "drizzle-orm"
import { check, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core"
import { dayColumn, instant } from "./types"
import { people } from "./people"

/** A row that follows from one version of a record, with the span of instants in which the register said so. */
const said = {
  recordId: text("record_id").notNull(),
  path: text("path").notNull(),
  fromAt: instant("from_at").notNull(),
  untilAt: instant("until_at").notNull(),
  /** Hash of what the row says: the same thing said again keeps its span. */
  key: text("key").notNull(),
  recordKind: text("record_kind").notNull(),
  title: text("title").notNull(),
  entityId: text("entity_id"),
  partyId: text("party_id"),
  restrictedTo: text("restricted_to").array(),
}

/**
 * Every answer that is *not known yet* in what is in force. Whom it was asked of stands by its commitment; in words only
 * where the version itself holds it so. Derived; the head is rebuildable. No due day: infinity.
 */
export const openAnswers = pgTable(
  "open_answers",
  {
    ...said,
    asked: text("asked"),
    askedSealed: text("asked_sealed"),
    dueOn: dayColumn("due_on").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.recordId, t.path, t.fromAt] }),
    index("open_answers_due_now")
      .on(t.dueOn, t.recordId, t.path)
      .where(sql`${t.untilAt} = 'infinity'`),
    index("open_answers_entity_now")
      .on(t.entityId, t.dueOn, t.recordId, t.path)
      .where(sql`${t.untilAt} = 'infinity'`),
    index("open_answers_said").on(t.fromAt, t.untilAt),
    index("open_answers_restricted")
      .on(t.entityId)
      .where(sql`${t.untilAt} = 'infinity' and ${t.restrictedTo} is not null`),
  ],
)

/**
 * How many answers are open in each company ('': in none), by the day on which they are due, of records that everybody may
 * know of. Moved in the statement that writes them, so that the board reads a sum and counts nothing.
 */
export const answerCounts = pgTable(
  "answer_counts",
  {
    entityId: text("entity_id").notNull(),
    dueOn: dayColumn("due_on").notNull(),
    n: integer("n").notNull(),
  },
  (t) => [primaryKey({ columns: [t.entityId, t.dueOn] })],
)

/** What is to be looked at again, by when and why. Derived; the head is rebuildable. Never given a day: -infinity. */
export const reviewDues = pgTable(
  "review_dues",
  {
    ...said,
    kind: text("kind").notNull(),
    subject: text("subject").notNull(),
    rule: text("rule").notNull(),
    sinceOn: dayColumn("since_on"),
    length: integer("length"),
    dueOn: dayColumn("due_on").notNull(),
    about: text("about"),
    owner: text("owner"),
    ownerSealed: text("owner_sealed"),
  },
  (t) => [
    primaryKey({ columns: [t.recordId, t.kind, t.path, t.fromAt] }),
    index("review_dues_due_now")
      .on(t.dueOn, t.recordId, t.path)
      .where(sql`${t.untilAt} = 'infinity'`),
    index("review_dues_entity_now")
      .on(t.entityId, t.dueOn, t.recordId, t.path)
      .where(sql`${t.untilAt} = 'infinity'`),
    index("review_dues_papers_now")
      .on(t.dueOn, t.recordId, t.path)
      .where(sql`${t.untilAt} = 'infinity' and ${t.recordKind} = 'agreement'`),
    index("review_dues_subject_now")
      .on(t.kind, t.subject, t.dueOn)
      .where(sql`${t.untilAt} = 'infinity'`),
  ],
)

/** By what a party in force is known: numbers, names, hosts, folded. Derived from its head alone. */
export const partyKeys = pgTable(
  "party_keys",
  { recordId: text("record_id").notNull(), kind: text("kind").notNull(), key: text("key").notNull() },
  (t) => [
    primaryKey({ columns: [t.recordId, t.kind, t.key] }),
    index("party_keys_key").on(t.kind, t.key, t.recordId),
    index("party_keys_like")
      .using("gin", sql`${t.key} gin_trgm_ops`)
      .where(sql`${t.kind} = 'core'`),
  ],
)

/** A list of suppliers held against the register: private to who works on it, no part of the register. */
export const reconciliations = pgTable(
  "reconciliations",
  {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    at: instant("at").notNull(),
    /** Null: it was pasted. */
    sha256: text("sha256"),
    state: text("state").notNull(),
    counts: jsonb("counts").notNull(),
    problem: text("problem"),
    lookedAt: instant("looked_at"),
  },
  (t) => [
    check("reconciliations_id", sql`${t.id} ~ '^rcn_[0-9a-z]{26}$'`),
    check("reconciliations_state", sql`${t.state} in ('waiting','reading','done','failed')`),
    index("reconciliations_by").on(t.byPerson, t.at, t.id),
    index("reconciliations_at").on(t.at, t.id),
    index("reconciliations_waiting")
      .on(t.at, t.id)
      .where(sql`${t.state} = 'waiting'`),
  ],
)

/** One supplier of such a list, as it was named there, and where it landed. */
export const reconciliationLines = pgTable(
  "reconciliation_lines",
  {
    reconciliationId: text("reconciliation_id")
      .notNull()
      .references(() => reconciliations.id),
    line: integer("line").notNull(),
    name: text("name").notNull(),
    country: text("country"),
    numbers: text("numbers").array().notNull(),
    hosts: text("hosts").array().notNull(),
    landed: text("landed").notNull(),
    partyId: text("party_id"),
    how: text("how"),
    foundBy: text("found_by"),
    /** A similar party that a person said is another: it is not guessed again. */
    notParty: text("not_party"),
    requestId: text("request_id"),
  },
  (t) => [
    primaryKey({ columns: [t.reconciliationId, t.line] }),
    check("reconciliation_lines_landed", sql`${t.landed} in ('matched','negative','undecided','unmatched')`),
    check("reconciliation_lines_party", sql`(${t.landed} = 'unmatched') = (${t.partyId} is null)`),
    index("reconciliation_lines_landed_at").on(t.reconciliationId, t.landed, t.line),
  ],
)
