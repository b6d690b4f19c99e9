import { sql } from "drizzle-orm"
import { check, index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core"
import { bytes, dayColumn, instant } from "./types"
import { people } from "./people"
import { records } from "./records"
import { requests } from "./requests"

/**
 * One thing that one person is told: what happened and about what, by ids alone. Names and titles are looked up when it
 * is shown or mailed, through that person's scope of that moment. Written in the transaction of its event.
 */
export const tellings = pgTable(
  "tellings",
  {
    /** The occasion and the person: the same thing is told once. */
    key: text("key").primaryKey(),
    personId: text("person_id")
      .notNull()
      .references(() => people.id),
    kind: text("kind").notNull(),
    at: instant("at").notNull(),
    requestId: text("request_id").references(() => requests.id),
    recordId: text("record_id").references(() => records.id),
    clause: text("clause"),
    byPerson: text("by_person").references(() => people.id),
    /** What came of it, where the kind leaves that open: approved, refused. */
    what: text("what"),
    dueOn: dayColumn("due_on"),
    seenAt: instant("seen_at"),
    /** Whether it still waits for a mail, is in one, or goes without. */
    mail: text("mail").notNull(),
    mailKey: text("mail_key"),
  },
  (t) => [
    check(
      "tellings_kind",
      sql`${t.kind} in ('decide','changes','found','given','due','escalated','decided','commented','nobody','mentioned','condition','answered','unanswered','file','trust','question','log')`,
    ),
    check(
      "tellings_mail",
      sql`${t.mail} in ('waiting','put','none') and (${t.mail} = 'put') = (${t.mailKey} is not null)`,
    ),
    // What is told of files names one by `clause`, or concerns all of them; trusted roots are the whole register's.
    check(
      "tellings_about",
      sql`${t.kind} in ('file', 'trust', 'log') or ${t.requestId} is not null or ${t.recordId} is not null`,
    ),
    // What waits for a decision is listed by what is open; it is told by mail alone.
    index("tellings_person")
      .on(t.personId, t.at, t.key)
      .where(sql`${t.kind} <> 'decide'`),
    index("tellings_unseen")
      .on(t.personId, t.at, t.key)
      .where(sql`${t.seenAt} is null`),
    index("tellings_waiting")
      .on(t.personId, t.at)
      .where(sql`${t.mail} = 'waiting'`),
    index("tellings_mail_key")
      .on(t.mailKey)
      .where(sql`${t.mailKey} is not null`),
    index("tellings_at").on(t.at),
  ],
)

/** The outbox: a mail to be sent to one person, whatever is told in it. No address, no name, no word of it is kept. */
export const mails = pgTable(
  "mails",
  {
    key: text("key").primaryKey(),
    personId: text("person_id")
      .notNull()
      .references(() => people.id),
    kind: text("kind").notNull(),
    at: instant("at").notNull(),
    state: text("state").notNull(),
    tries: integer("tries").notNull().default(0),
    nextAt: instant("next_at").notNull(),
    /** Until when one worker has it; after that another may. */
    leasedUntil: instant("leased_until"),
    endedAt: instant("ended_at"),
    /** The reply code of the mail server, or how the line broke; never its words. */
    problem: text("problem"),
  },
  (t) => [
    check("mails_kind", sql`${t.kind} in ('at-once','digest')`),
    check("mails_state", sql`${t.state} in ('waiting','sent','failed','empty','stale')`),
    check("mails_ended", sql`(${t.state} = 'waiting') = (${t.endedAt} is null)`),
    index("mails_waiting")
      .on(t.nextAt, t.key)
      .where(sql`${t.state} = 'waiting'`),
    index("mails_at").on(t.at, t.key),
    index("mails_ended_at").on(t.endedAt),
  ],
)

/** How a person wants to be told, by kind, where it differs from what comes of itself. */
export const toldWays = pgTable("told_ways", {
  personId: text("person_id")
    .primaryKey()
    .references(() => people.id),
  ways: jsonb("ways").notNull(),
  zone: text("zone"),
  /** The day, where the person is, whose digest was made last. */
  digestOn: dayColumn("digest_on"),
})

/** Who hears of what is overdue in a company, and after how many days. The log has who named them. */
export const escalations = pgTable(
  "escalations",
  {
    entityId: text("entity_id")
      .primaryKey()
      .references(() => records.id),
    personId: text("person_id")
      .notNull()
      .references(() => people.id),
    days: integer("days").notNull(),
    at: instant("at").notNull(),
  },
  (t) => [check("escalations_days", sql`${t.days} between 1 and 90`)],
)

/** The private address of a person's calendar: the hash of its secret. Each person has one that opens at most. */
export const calendarLinks = pgTable(
  "calendar_links",
  {
    hash: bytes("hash").primaryKey(),
    personId: text("person_id")
      .notNull()
      .references(() => people.id),
    createdAt: instant("created_at").notNull(),
    revokedAt: instant("revoked_at"),
  },
  (t) => [
    uniqueIndex("calendar_links_living")
      .on(t.personId)
      .where(sql`${t.revokedAt} is null`),
  ],
)
