import { sql } from "drizzle-orm"
import { check, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core"
import { instant } from "./types"
import { people } from "./people"

/** Scenarios that a person keeps and gives on by their address. Private tables: nothing here is in the register. */
export const scenarios = pgTable(
  "scenarios",
  {
    id: text("id").primaryKey(),
    title: text("title").notNull(),
    /** The scenario as JSON: ids and codes, or a pack as data. No result is kept with it. */
    scenario: text("scenario").notNull(),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    at: instant("at").notNull(),
  },
  (t) => [index("scenarios_by").on(t.byPerson, t.at)],
)

/** A scenario that the worker works out for one person, within what they may read. */
export const scenarioRuns = pgTable(
  "scenario_runs",
  {
    id: text("id").primaryKey(),
    scenario: text("scenario").notNull(),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    at: instant("at").notNull(),
    state: text("state").notNull(),
    done: integer("done").notNull().default(0),
    total: integer("total").notNull().default(0),
    summary: text("summary"),
  },
  (t) => [
    index("scenario_runs_by").on(t.byPerson, t.at),
    index("scenario_runs_waiting")
      .on(t.at, t.id)
      .where(sql`${t.state} in ('waiting', 'running')`),
    check("scenario_runs_state", sql`${t.state} in ('waiting','running','done','cancelled','failed')`),
  ],
)

/** The sharings that a run found, in the order in which they are read. */
export const scenarioLines = pgTable(
  "scenario_lines",
  {
    runId: text("run_id")
      .notNull()
      .references(() => scenarioRuns.id, { onDelete: "cascade" }),
    place: integer("place").notNull(),
    change: text("change").notNull(),
    body: text("body").notNull(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.place] }), index("scenario_lines_change").on(t.runId, t.change, t.place)],
)
