import { sql } from "drizzle-orm"
import { check, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core"
import { instant } from "./types"
import { people } from "./people"

/** Views of lists that a person keeps: a name, and the address that holds the whole view. Private; not in the register. */
export const views = pgTable(
  "views",
  {
    id: text("id").primaryKey(),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    /** The path of the list. */
    list: text("list").notNull(),
    name: text("name").notNull(),
    /** Path and words of the address, in their one order. */
    address: text("address").notNull(),
    at: instant("at").notNull(),
  },
  (t) => [
    uniqueIndex("views_by").on(t.byPerson, t.list, t.name),
    check("views_list", sql`${t.list} ~ '^/[a-z/-]{1,40}$' and starts_with(${t.address}, ${t.list})`),
    check("views_sizes", sql`length(${t.name}) between 1 and 80 and length(${t.address}) <= 2000`),
  ],
)
