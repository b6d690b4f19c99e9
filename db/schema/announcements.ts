import { sql } from "drizzle-orm"
import { bigint, check, index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core"
import { dayColumn, instant } from "./types"
import { people } from "./people"
import { records } from "./records"
import { requests } from "./requests"

/**
 * A change of sub-processors that a party announced to one of our companies, with the last day to object by the paper's own
 * term. It is what came in, not what is in force: that is the chain, which a request changes. Append-only.
 */
export const announcements = pgTable(
  "announcements",
  {
    id: text("id").primaryKey(),
    entityId: text("entity_id")
      .notNull()
      .references(() => records.id),
    partyId: text("party_id")
      .notNull()
      .references(() => records.id),
    change: text("change").notNull(),
    /** Who comes, by name or as a party of the register; null where one only goes. */
    subName: text("sub_name"),
    subPartyId: text("sub_party_id").references(() => records.id),
    /** Who goes. */
    oldName: text("old_name"),
    oldPartyId: text("old_party_id").references(() => records.id),
    task: text("task").notNull(),
    countries: text("countries").array().notNull(),
    announcedOn: dayColumn("announced_on").notNull(),
    effectOn: dayColumn("effect_on").notNull(),
    /** The last day to object, by whose term, and how many days that is. */
    objectUntil: dayColumn("object_until").notNull(),
    term: text("term").notNull(),
    termDays: integer("term_days").notNull(),
    agreementId: text("agreement_id").references(() => records.id),
    fileId: text("file_id"),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [
    check("announcements_id", sql`${t.id} ~ '^ann_[0-9a-z]{26}$'`),
    check("announcements_change", sql`${t.change} in ('new','replaced','gone')`),
    check("announcements_term", sql`${t.term} in ('agreement','default')`),
    check("announcements_agreement", sql`(${t.term} = 'agreement') = (${t.agreementId} is not null)`),
    check(
      "announcements_who",
      sql`(${t.change} = 'gone') = (${t.subName} is null) and (${t.change} = 'new') = (${t.oldName} is null)`,
    ),
    check("announcements_days", sql`${t.objectUntil} >= ${t.announcedOn}`),
    index("announcements_until").on(t.objectUntil, t.id),
    index("announcements_party").on(t.partyId, t.objectUntil, t.id),
  ],
)

/**
 * What was answered: accepted, objected to, asked; or nothing until the last day, which the clause takes for acceptance and
 * the worker notes. All but a question are the last word. Append-only.
 */
export const announcementAnswers = pgTable(
  "announcement_answers",
  {
    id: text("id").primaryKey(),
    announcementId: text("announcement_id")
      .notNull()
      .references(() => announcements.id),
    answer: text("answer").notNull(),
    /** The reason, by its commitment. */
    reason: text("reason"),
    fileId: text("file_id"),
    /** The request that an acceptance began. */
    requestId: text("request_id").references(() => requests.id),
    byPerson: text("by_person").references(() => people.id),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [
    check("announcement_answers_id", sql`${t.id} ~ '^ans_[0-9a-z]{26}$'`),
    check("announcement_answers_answer", sql`${t.answer} in ('accepted','objected','asked','silence')`),
    check("announcement_answers_who", sql`(${t.answer} = 'silence') = (${t.byPerson} is null)`),
    check("announcement_answers_reason", sql`(${t.answer} = 'silence') = (${t.reason} is null)`),
    check("announcement_answers_letter", sql`${t.answer} <> 'objected' or ${t.fileId} is not null`),
    uniqueIndex("announcement_answers_last")
      .on(t.announcementId)
      .where(sql`${t.answer} <> 'asked'`),
    index("announcement_answers_of").on(t.announcementId, t.logIndex),
  ],
)
