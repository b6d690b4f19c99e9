import { sql } from "drizzle-orm"
import { bigint, check, foreignKey, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core"
import { instant } from "./types"
import { people } from "./people"
import { requests } from "./requests"

/** Versions of our own templates of papers as they were proposed. Append-only. */
export const templates = pgTable(
  "templates",
  {
    id: text("id").notNull(),
    n: integer("n").notNull(),
    kind: text("kind").notNull(),
    title: text("title").notNull(),
    /** Canonical JSON. */
    body: text("body").notNull(),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.id, t.n] }),
    check("templates_id", sql`${t.id} ~ '^tpl_[0-9a-z]{26}$'`),
    check("templates_n", sql`${t.n} >= 1`),
    index("templates_kind").on(t.kind),
  ],
)

/** What became of each version: approved or refused by another person, or withdrawn by whoever proposed it. Append-only. */
export const templateDecisions = pgTable(
  "template_decisions",
  {
    id: text("id").notNull(),
    n: integer("n").notNull(),
    verdict: text("verdict").notNull(),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    /** The commitment of the reason. */
    reason: text("reason"),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.id, t.n] }),
    foreignKey({
      columns: [t.id, t.n],
      foreignColumns: [templates.id, templates.n],
      name: "template_decisions_version",
    }),
    check("template_decisions_verdict", sql`${t.verdict} in ('approved','refused','withdrawn')`),
  ],
)

/**
 * Papers made from a template, to be sent and signed: for which agreement (it may be in a draft alone), from which version, the file,
 * and the hash of its text. With what its fields were filled is committed. Append-only.
 */
export const papersSent = pgTable(
  "papers_sent",
  {
    id: text("id").primaryKey(),
    recordId: text("record_id").notNull(),
    /** The draft or request it was made from; null: from the agreement in force. */
    requestId: text("request_id").references(() => requests.id),
    templateId: text("template_id").notNull(),
    templateN: integer("template_n").notNull(),
    fileId: text("file_id").notNull(),
    /** Of the words of the paper, a line for each part. */
    textSha256: text("text_sha256").notNull(),
    /** The commitment of what the fields gave and of the sides. */
    values: text("values").notNull(),
    missing: integer("missing").notNull(),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [
    check("papers_sent_id", sql`${t.id} ~ '^ppr_[0-9a-z]{26}$'`),
    check("papers_sent_text", sql`${t.textSha256} ~ '^[0-9a-f]{64}$'`),
    foreignKey({
      columns: [t.templateId, t.templateN],
      foreignColumns: [templates.id, templates.n],
      name: "papers_sent_version",
    }),
    index("papers_sent_record").on(t.recordId, t.logIndex),
    index("papers_sent_file").on(t.fileId),
    index("papers_sent_request").on(t.requestId),
  ],
)
