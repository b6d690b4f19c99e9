import { sql } from "drizzle-orm"
import { bigint, check, index, pgTable, text } from "drizzle-orm/pg-core"
import { dayColumn, instant } from "./types"
import { people } from "./people"
import { records } from "./records"

/**
 * Letters that went out under an agreement, each with the proof that it did, and the day from which it takes effect by the
 * agreement's terms as they stood. What it changes in the register, a request does. Append-only.
 */
export const letters = pgTable(
  "letters",
  {
    id: text("id").primaryKey(),
    agreementId: text("agreement_id")
      .notNull()
      .references(() => records.id),
    kind: text("kind").notNull(),
    way: text("way").notNull(),
    /** The commitment of its text. */
    text: text("text").notNull(),
    sentOn: dayColumn("sent_on").notNull(),
    receivedOn: dayColumn("received_on"),
    effectOn: dayColumn("effect_on"),
    rule: text("rule").notNull(),
    fileId: text("file_id").notNull(),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [
    check("letters_id", sql`${t.id} ~ '^ltr_[0-9a-z]{26}$'`),
    check("letters_kind", sql`${t.kind} in ('termination','objection','instruction')`),
    check("letters_way", sql`${t.way} in ('registered','post','email','portal','hand')`),
    check("letters_rule", sql`${t.rule} in ('term','open-notice','counted','not-received','no-terms')`),
    check("letters_effect", sql`(${t.effectOn} is null) = (${t.rule} in ('not-received','no-terms'))`),
    check("letters_received", sql`${t.receivedOn} is null or ${t.receivedOn} >= ${t.sentOn}`),
    index("letters_agreement").on(t.agreementId, t.logIndex),
    index("letters_file").on(t.fileId),
  ],
)
