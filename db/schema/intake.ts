import { sql } from "drizzle-orm"
import { check, index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core"
import { instant } from "./types"
import { people } from "./people"
import { requests } from "./requests"

/**
 * The answers of a guided intake. Private to who gives them until the request that they made is submitted; from then on
 * they stand with it as they were. In the register's log there is nothing of them: what counts is what they propose.
 */
export const intakes = pgTable(
  "intakes",
  {
    id: text("id").primaryKey(),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    begunAt: instant("begun_at").notNull(),
    savedAt: instant("saved_at").notNull(),
    /** Rises with each saving: whoever saves says which one they saw. */
    version: integer("version").notNull(),
    /** Answers by question, each with when it was given. */
    answers: text("answers").notNull(),
    /** The ids that its records will have. */
    ids: text("ids").notNull(),
    requestId: text("request_id").references(() => requests.id),
    /** What the request was last made of, by record: what is changed there by hand is told from it. */
    made: text("made"),
  },
  (t) => [
    check("intakes_id", sql`${t.id} ~ '^itk_[0-9a-z]{26}$'`),
    check("intakes_sizes", sql`length(${t.answers}) <= 200000 and length(${t.ids}) <= 2000`),
    check("intakes_made", sql`(${t.requestId} is null) = (${t.made} is null)`),
    uniqueIndex("intakes_request")
      .on(t.requestId)
      .where(sql`${t.requestId} is not null`),
    index("intakes_by").on(t.byPerson, t.savedAt),
  ],
)
