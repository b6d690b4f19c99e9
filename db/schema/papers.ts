import { sql } from "drizzle-orm"
import { check, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core"
import { records } from "./records"
import { requests } from "./requests"

/**
 * What was read of the text layer of a file's bytes, by which edition of the reader. The text itself lies beside the files, as they
 * do: here is its hash. Made anew from the file at any time.
 */
export const fileTexts = pgTable(
  "file_texts",
  {
    sha256: text("sha256").notNull(),
    reader: integer("reader").notNull(),
    state: text("state").notNull(),
    pages: integer("pages"),
    /** SHA-256 of the kept pages. */
    kept: text("kept"),
    /** SHA-256 of the words alone: papers that say the same have the same. Null: no page has a text layer. */
    words: text("words"),
  },
  (t) => [
    primaryKey({ columns: [t.sha256, t.reader] }),
    check(
      "file_texts_hashes",
      sql`${t.sha256} ~ '^[0-9a-f]{64}$' and coalesce(${t.kept}, repeat('0', 64)) ~ '^[0-9a-f]{64}$' and coalesce(${t.words}, repeat('0', 64)) ~ '^[0-9a-f]{64}$'`,
    ),
    check(
      "file_texts_state",
      sql`${t.state} in ('read', 'too-much', 'locked', 'not-pdf', 'too-long', 'too-large') and (${t.state} = 'read') = (${t.kept} is not null)`,
    ),
    index("file_texts_words").on(t.words),
    index("file_texts_kept").on(t.kept),
  ],
)

/** Which record named a file in any of its versions: written by the database itself beside the version. */
export const recordFiles = pgTable(
  "record_files",
  {
    fileId: text("file_id").notNull(),
    recordId: text("record_id")
      .notNull()
      .references(() => records.id),
  },
  (t) => [primaryKey({ columns: [t.fileId, t.recordId] }), index("record_files_record").on(t.recordId)],
)

/** Which request named a file in any of its revisions: written by the database itself beside the revision. */
export const requestFiles = pgTable(
  "request_files",
  {
    fileId: text("file_id").notNull(),
    requestId: text("request_id")
      .notNull()
      .references(() => requests.id),
  },
  (t) => [primaryKey({ columns: [t.fileId, t.requestId] })],
)
