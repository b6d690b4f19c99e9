import { sql } from "drizzle-orm"
import { bigint, check, index, pgTable, text } from "drizzle-orm/pg-core"
import { dayColumn, instant } from "./types"
import { people } from "./people"
import { records } from "./records"

/**
 * Who sees to what is not evidenced, and by when: of one record under one clause the last row holds. A row without an
 * owner lays it down again. It ends nothing: only an approved request mends a record. Append-only.
 */
export const takes = pgTable(
  "takes",
  {
    id: text("id").primaryKey(),
    recordId: text("record_id")
      .notNull()
      .references(() => records.id),
    clause: text("clause").notNull(),
    ownerId: text("owner_id").references(() => people.id),
    dueOn: dayColumn("due_on"),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [
    check("takes_id", sql`${t.id} ~ '^tak_[0-9a-z]{26}$'`),
    check("takes_whole", sql`(${t.ownerId} is null) = (${t.dueOn} is null)`),
    index("takes_last").on(t.recordId, t.clause, t.logIndex),
    index("takes_owner").on(t.ownerId, t.dueOn),
    index("takes_due").on(t.dueOn, t.id),
    index("takes_clause").on(t.clause, t.recordId, t.logIndex),
  ],
)
