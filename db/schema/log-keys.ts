import { sql } from "drizzle-orm"
import { bigint, check, index, pgTable, text } from "drizzle-orm/pg-core"
import { people } from "./people"
import { instant } from "./types"

/** A key that somebody proposed to follow the one that signs the log: what is public of it, as it is printed. Append-only. */
export const logKeyTurns = pgTable(
  "log_key_turns",
  {
    id: text("id").primaryKey(),
    printed: text("printed").notNull(),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [check("log_key_turns_id", sql`${t.id} ~ '^ktn_[0-9a-z]{26}$'`), index("log_key_turns_order").on(t.logIndex)],
)

/** What became of it: confirmed or refused by a DPO, or taken back by whoever proposed it. Append-only. */
export const logKeyDecisions = pgTable(
  "log_key_decisions",
  {
    turnId: text("turn_id")
      .primaryKey()
      .references(() => logKeyTurns.id),
    verdict: text("verdict").notNull(),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [check("log_key_decisions_verdict", sql`${t.verdict} in ('approved','refused','withdrawn')`)],
)

/** Values that somebody proposed to erase, by their commitments, with the ground in law. Append-only. */
export const erasures = pgTable(
  "erasures",
  {
    id: text("id").primaryKey(),
    commitments: text("commitments").array().notNull(),
    ground: text("ground").notNull(),
    /** The commitment of why. */
    reason: text("reason").notNull(),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [
    check("erasures_id", sql`${t.id} ~ '^ers_[0-9a-z]{26}$'`),
    check("erasures_some", sql`cardinality(${t.commitments}) between 1 and 200`),
    index("erasures_order").on(t.logIndex),
  ],
)

/** What became of it: confirmed or refused by a second DPO, or taken back. Append-only. */
export const erasureDecisions = pgTable(
  "erasure_decisions",
  {
    erasureId: text("erasure_id")
      .primaryKey()
      .references(() => erasures.id),
    verdict: text("verdict").notNull(),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [check("erasure_decisions_verdict", sql`${t.verdict} in ('approved','refused','withdrawn')`)],
)

/** What was erased, by its commitment, with the entry that says so: after a restore it is erased again. Append-only. */
export const erased = pgTable("erased", {
  commitment: text("commitment").primaryKey(),
  at: instant("at").notNull(),
  logIndex: bigint("log_index", { mode: "number" }).notNull(),
})
