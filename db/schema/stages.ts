import { sql } from "drizzle-orm"
import { bigint, check, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core"
import { instant } from "./types"
import { people } from "./people"
import { records } from "./records"

/** Versions of the stage rules as they were proposed, from the second on: the first is shipped. Append-only. */
export const stageRules = pgTable(
  "stage_rules",
  {
    version: integer("version").primaryKey(),
    /** Canonical JSON. */
    body: text("body").notNull(),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    reason: text("reason").notNull(),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [check("stage_rules_version", sql`${t.version} >= 2`)],
)

/** What became of each: approved or refused by another person, or withdrawn by whoever proposed it. Append-only. */
export const stageRuleDecisions = pgTable(
  "stage_rule_decisions",
  {
    version: integer("version")
      .primaryKey()
      .references(() => stageRules.version),
    verdict: text("verdict").notNull(),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    reason: text("reason"),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [check("stage_rule_decisions_verdict", sql`${t.verdict} in ('approved','refused','withdrawn')`)],
)

/** When a company works: the days of the week on which it does not, and its holidays. Versions, never updated. */
export const workCalendars = pgTable(
  "work_calendars",
  {
    entityId: text("entity_id")
      .notNull()
      .references(() => records.id),
    n: integer("n").notNull(),
    weekend: integer("weekend").array().notNull(),
    holidays: jsonb("holidays").notNull(),
    at: instant("at").notNull(),
    byPerson: text("by_person"),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.entityId, t.n] }), check("work_calendars_n", sql`${t.n} >= 1`)],
)
