import { sql } from "drizzle-orm"
import { bigint, check, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core"
import { bytes, dayColumn, instant } from "./types"
import { people } from "./people"
import { records } from "./records"
import { requests } from "./requests"
import { files } from "./work"

/** One question set that goes to many parties at once. */
export const campaigns = pgTable(
  "campaigns",
  {
    id: text("id").primaryKey(),
    no: bigint("no", { mode: "number" }).notNull().generatedAlwaysAsIdentity().unique(),
    title: text("title").notNull(),
    entityId: text("entity_id")
      .notNull()
      .references(() => records.id),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    at: instant("at").notNull(),
    dueOn: dayColumn("due_on").notNull(),
    expiresAt: instant("expires_at").notNull(),
    revokedAt: instant("revoked_at"),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [check("campaigns_id", sql`${t.id} ~ '^cmp_[0-9a-z]{26}$'`), index("campaigns_at").on(t.at, t.id)],
)

/** A one-time link by which a party answers: only the hash of its secret is kept. */
export const supplierLinks = pgTable(
  "supplier_links",
  {
    id: text("id").primaryKey(),
    no: bigint("no", { mode: "number" }).notNull().generatedAlwaysAsIdentity().unique(),
    hash: bytes("hash").notNull().unique(),
    entityId: text("entity_id")
      .notNull()
      .references(() => records.id),
    /** The party that is asked: in force, or proposed by the draft that asks. */
    partyId: text("party_id").notNull(),
    /** What it was called when it was asked: the one word about it that the link's page shows. */
    partyName: text("party_name").notNull(),
    requestId: text("request_id").references(() => requests.id),
    campaignId: text("campaign_id").references(() => campaigns.id),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    at: instant("at").notNull(),
    dueOn: dayColumn("due_on").notNull(),
    expiresAt: instant("expires_at").notNull(),
    revokedAt: instant("revoked_at"),
    openedAt: instant("opened_at"),
    sentAt: instant("sent_at"),
    remindedAt: instant("reminded_at"),
    /** What was answered by it was cleared: by its day (nobody), or by somebody with a reason (committed). */
    clearedAt: instant("cleared_at"),
    clearedBy: text("cleared_by").references(() => people.id),
    clearedReason: text("cleared_reason"),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [
    check("supplier_links_id", sql`${t.id} ~ '^slk_[0-9a-z]{26}$'`),
    index("supplier_links_party").on(t.partyId, t.at),
    index("supplier_links_request").on(t.requestId),
    index("supplier_links_campaign").on(t.campaignId, t.partyName, t.id),
    index("supplier_links_kept")
      .on(t.at, t.id)
      .where(sql`${t.clearedAt} is null`),
    index("supplier_links_due")
      .on(t.dueOn, t.id)
      .where(sql`${t.sentAt} is null and ${t.revokedAt} is null and ${t.remindedAt} is null`),
  ],
)

/** What a party typed, as it typed it: words and no more. Once sent it stands; `n` counts the savings. */
export const supplierAnswers = pgTable(
  "supplier_answers",
  {
    linkId: text("link_id")
      .primaryKey()
      .references(() => supplierLinks.id),
    body: text("body").notNull(),
    n: integer("n").notNull(),
    savedAt: instant("saved_at").notNull(),
  },
  (t) => [check("supplier_answers_size", sql`length(${t.body}) <= 200000`)],
)

/** Files that a party laid beside its answers. They are in the keeping of whoever asked. */
export const supplierFiles = pgTable(
  "supplier_files",
  {
    linkId: text("link_id")
      .notNull()
      .references(() => supplierLinks.id),
    fileId: text("file_id")
      .notNull()
      .references(() => files.id),
    at: instant("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.linkId, t.fileId] }), index("supplier_files_file").on(t.fileId)],
)

/** Bytes of files that nothing holds any more, until the worker has taken them out of their store. */
export const fileDrops = pgTable("file_drops", { sha256: text("sha256").primaryKey(), at: instant("at").notNull() })

/** For how many months answers of suppliers are kept: the last row holds. Append-only. */
export const answerKeepings = pgTable(
  "answer_keepings",
  {
    n: integer("n").primaryKey(),
    months: integer("months").notNull(),
    byPerson: text("by_person").references(() => people.id),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [check("answer_keepings_months", sql`${t.months} between 1 and 120`)],
)

/** Which field of a proposal was taken over from which answer, and the hash of what it then held. */
export const supplierTakings = pgTable(
  "supplier_takings",
  {
    requestId: text("request_id")
      .notNull()
      .references(() => requests.id),
    recordId: text("record_id").notNull(),
    field: text("field").notNull(),
    linkId: text("link_id")
      .notNull()
      .references(() => supplierLinks.id),
    question: text("question").notNull(),
    hash: text("hash").notNull(),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    at: instant("at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.requestId, t.recordId, t.field] }),
    index("supplier_takings_record").on(t.recordId, t.field),
  ],
)
