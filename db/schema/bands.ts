import { sql } from "drizzle-orm"
import { bigint, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core"
import { days, dayColumn } from "./types"

/**
 * The flows in force of companies under Chinese law that take data out of the mainland: what each adds to its company's
 * sum, as turns, and by which routes on which days. Restricted ones count as well, for the law counts them.
 */
export const bandFlows = pgTable(
  "band_flows",
  {
    recordId: text("record_id").primaryKey(),
    entityId: text("entity_id").notNull(),
    restrictedTo: text("restricted_to").array(),
    turns: jsonb("turns").notNull(),
    routes: text("routes").array().notNull(),
    days: days("days").notNull(),
  },
  (t) => [
    index("band_flows_entity").on(t.entityId, t.recordId),
    index("band_flows_restricted")
      .on(t.entityId)
      .where(sql`${t.restrictedTo} is not null`),
  ],
)

/** The turns of all flows of a company, summed by day: people counted up to a day are what stands here up to it. */
export const bandSums = pgTable(
  "band_sums",
  {
    entityId: text("entity_id").notNull(),
    onDay: dayColumn("on_day").notNull(),
    ordinary: bigint("ordinary", { mode: "number" }).notNull(),
    sensitive: bigint("sensitive", { mode: "number" }).notNull(),
    unknown: integer("unknown").notNull(),
  },
  (t) => [primaryKey({ columns: [t.entityId, t.onDay] })],
)
