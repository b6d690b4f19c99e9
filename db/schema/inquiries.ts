import { sql } from "drizzle-orm"
import { bigint, check, date, index, integer, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core"
import { people } from "./people"
import { instant } from "./types"

/** A letter of an authority: who asks which companies, by when, and as of which instant it is answered. Append-only. */
export const inquiries = pgTable(
  "inquiries",
  {
    id: text("id").primaryKey(),
    /** Commitments of who asks, of how they call it, and of what stands before the first question. */
    authority: text("authority").notNull(),
    reference: text("reference"),
    before: text("before"),
    receivedOn: date("received_on", { mode: "string" }).notNull(),
    dueOn: date("due_on", { mode: "string" }),
    entityIds: text("entity_ids").array().notNull(),
    instant: instant("instant").notNull(),
    responsible: text("responsible")
      .notNull()
      .references(() => people.id),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [
    check("inquiries_id", sql`${t.id} ~ '^inq_[0-9a-z]{26}$'`),
    check("inquiries_some", sql`cardinality(${t.entityIds}) > 0`),
    check("inquiries_past", sql`${t.instant} <= ${t.at}`),
    index("inquiries_order").on(t.logIndex),
  ],
)

/** A question of the letter, and what is answered to it: version by version. Append-only. */
export const inquiryQuestions = pgTable(
  "inquiry_questions",
  {
    inquiryId: text("inquiry_id")
      .notNull()
      .references(() => inquiries.id),
    /** Its place in the letter, from 0. */
    place: integer("place").notNull(),
    n: integer("n").notNull(),
    number: text("number").notNull(),
    depth: smallint("depth").notNull(),
    /** Commitments of what is asked and of what is answered. */
    text: text("text").notNull(),
    prose: text("prose"),
    /** What the register is asked, as JSON. */
    query: text("query"),
    fileIds: text("file_ids").array().notNull(),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.inquiryId, t.place, t.n] })],
)

/** The answers as they stood were released by a person who wrote none of them. Append-only. */
export const inquiryReleases = pgTable(
  "inquiry_releases",
  {
    inquiryId: text("inquiry_id")
      .notNull()
      .references(() => inquiries.id),
    n: integer("n").notNull(),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.inquiryId, t.n] })],
)
