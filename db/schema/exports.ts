import { sql } from "drizzle-orm"
import { bigint, check, index, integer, pgTable, text } from "drizzle-orm/pg-core"
import { instant } from "./types"
import { people } from "./people"

/**
 * Packages that people asked for, made by the worker. Private tables: what was given out stands in the log. The bytes lie staged in the
 * store of the files, sealed, for a day.
 */
export const exports = pgTable(
  "exports",
  {
    id: text("id").primaryKey(),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    at: instant("at").notNull(),
    /** The instant that it is about, settled when it was asked for: begun anew it is the same package. */
    asOf: instant("as_of").notNull(),
    /** What was asked for, as JSON. */
    wanted: text("wanted").notNull(),
    state: text("state").notNull(),
    done: bigint("done", { mode: "number" }).notNull().default(0),
    total: bigint("total", { mode: "number" }).notNull().default(0),
    /** A worker that has it says so every few seconds; one that fell says nothing more. */
    leasedUntil: instant("leased_until"),
    /** How often a worker took it: what one says that had it before counts for nothing. */
    takes: integer("takes").notNull().default(0),
    endedAt: instant("ended_at"),
    sha256: text("sha256"),
    bytes: bigint("bytes", { mode: "number" }),
    records: bigint("records", { mode: "number" }),
    /** Where the store has it staged; null before it is made and once it is swept. */
    place: text("place"),
    /** What its maker could read then, as JSON, and how many erasures there were: it is given out while both hold. */
    reads: text("reads"),
    erasures: bigint("erasures", { mode: "number" }),
    says: text("says"),
  },
  (t) => [
    check("exports_id", sql`${t.id} ~ '^exp_[0-9a-z]{26}$'`),
    check("exports_state", sql`${t.state} in ('waiting','running','done','stopped','failed','swept')`),
    check("exports_made", sql`(${t.state} in ('done','swept')) = (${t.sha256} is not null)`),
    check("exports_place", sql`(${t.state} = 'done') = (${t.place} is not null)`),
    index("exports_by").on(t.byPerson, t.at, t.id),
    index("exports_order").on(t.at, t.id),
    index("exports_open")
      .on(t.at, t.id)
      .where(sql`${t.state} in ('waiting','running','done')`),
  ],
)
