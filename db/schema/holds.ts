import { sql } from "drizzle-orm"
import { bigint, check, index, integer, pgTable, text, unique } from "drizzle-orm/pg-core"
import { people } from "./people"
import { instant } from "./types"

/** An instant that is frozen: what stood then, of these companies, is erased by nobody while the hold stands. Append-only. */
export const holds = pgTable(
  "holds",
  {
    id: text("id").primaryKey(),
    no: integer("no").notNull(),
    /** Null: every company. */
    entityIds: text("entity_ids").array(),
    instant: instant("instant").notNull(),
    /** The commitment of why. */
    reason: text("reason").notNull(),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [
    check("holds_id", sql`${t.id} ~ '^hld_[0-9a-z]{26}$'`),
    check("holds_some", sql`cardinality(${t.entityIds}) > 0`),
    check("holds_past", sql`${t.instant} <= ${t.at}`),
    unique("holds_no").on(t.no),
    index("holds_order").on(t.logIndex),
  ],
)

/** A hold ended by another person than placed it, with the commitment of why. Append-only. */
export const holdEnds = pgTable("hold_ends", {
  holdId: text("hold_id")
    .primaryKey()
    .references(() => holds.id),
  reason: text("reason").notNull(),
  byPerson: text("by_person")
    .notNull()
    .references(() => people.id),
  at: instant("at").notNull(),
  logIndex: bigint("log_index", { mode: "number" }).notNull(),
})
