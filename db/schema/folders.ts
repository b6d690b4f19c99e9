import { sql } from "drizzle-orm"
import { bigint, check, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core"
import { instant } from "./types"
import { people } from "./people"
import { records } from "./records"
import { files } from "./work"

/** A folder of papers that a person dropped to be matched to agreements: theirs alone, no part of the register. */
export const folders = pgTable(
  "folders",
  {
    id: text("id").primaryKey(),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    at: instant("at").notNull(),
    /** When the person last did something in it: from then on it is kept for a time. */
    touchedAt: instant("touched_at").notNull(),
  },
  (t) => [
    check("folders_id", sql`${t.id} ~ '^fld_[0-9a-z]{26}$'`),
    index("folders_by").on(t.byPerson, t.touchedAt),
    index("folders_touched").on(t.touchedAt),
  ],
)

/**
 * Each file of a folder: what was read of it, to which agreements it may belong and why, and what the person said. `candidates`
 * hold ids and signs; whether the reader may know an agreement is asked each time they are shown.
 */
export const folderFiles = pgTable(
  "folder_files",
  {
    folderId: text("folder_id")
      .notNull()
      .references(() => folders.id, { onDelete: "cascade" }),
    line: integer("line").notNull(),
    name: text("name").notNull(),
    /** Null: it was refused, and nothing of it is kept. */
    fileId: text("file_id").references(() => files.id),
    sha256: text("sha256"),
    /** waiting: to be read. reading: a worker has it. read: looked up. refused, twice: it is no line to confirm. */
    state: text("state").notNull(),
    triedAt: instant("tried_at"),
    /** Why it was refused, or why it has no text. */
    says: text("says"),
    pages: integer("pages"),
    verdict: text("verdict"),
    candidates: jsonb("candidates").notNull().default([]),
    /** The best candidate: two files that have the same are told of each other. */
    bestId: text("best_id"),
    choice: text("choice").notNull().default("open"),
    agreementId: text("agreement_id"),
    /** The draft that attaches it. */
    requestId: text("request_id"),
  },
  (t) => [
    primaryKey({ columns: [t.folderId, t.line] }),
    check("folder_files_state", sql`${t.state} in ('waiting', 'reading', 'read', 'refused', 'twice')`),
    check("folder_files_choice", sql`${t.choice} in ('open', 'confirmed', 'aside')`),
    check(
      "folder_files_verdict",
      sql`(${t.state} = 'read') = (${t.verdict} is not null) and coalesce(${t.verdict}, 'sure') in ('sure', 'likely', 'nothing')`,
    ),
    check("folder_files_confirmed", sql`(${t.choice} = 'confirmed') = (${t.agreementId} is not null)`),
    check("folder_files_file", sql`(${t.state} in ('refused', 'twice')) = (${t.fileId} is null)`),
    uniqueIndex("folder_files_bytes")
      .on(t.folderId, t.sha256)
      .where(sql`${t.fileId} is not null`),
    index("folder_files_waiting")
      .on(t.folderId, t.line)
      .where(sql`${t.state} in ('waiting', 'reading')`),
    index("folder_files_file_id").on(t.fileId),
  ],
)

/**
 * Copies of a file in which pages are withheld from outsiders: which, why, by whom, and the hash of the original, so that the
 * copy can be held against it. Append-only.
 */
export const redactions = pgTable(
  "redactions",
  {
    id: text("id").primaryKey(),
    agreementId: text("agreement_id")
      .notNull()
      .references(() => records.id),
    fileId: text("file_id")
      .notNull()
      .references(() => files.id),
    sha256: text("sha256").notNull(),
    copyFileId: text("copy_file_id")
      .notNull()
      .references(() => files.id),
    copySha256: text("copy_sha256").notNull(),
    /** Pages of the original. */
    pages: integer("pages").notNull(),
    /** Each withheld page with its reason, and the commitment of the words beside it. */
    withheld: jsonb("withheld").notNull(),
    /** What the maker is called on the copy. */
    role: text("role").notNull(),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [
    check("redactions_id", sql`${t.id} ~ '^rdc_[0-9a-z]{26}$'`),
    check("redactions_role", sql`${t.role} in ('legal', 'dpo')`),
    check("redactions_other", sql`${t.sha256} <> ${t.copySha256} and ${t.fileId} <> ${t.copyFileId}`),
    check(
      "redactions_withheld",
      sql`jsonb_typeof(${t.withheld}) = 'array' and jsonb_array_length(${t.withheld}) between 1 and ${t.pages}`,
    ),
    index("redactions_agreement").on(t.agreementId, t.logIndex),
    index("redactions_file").on(t.fileId),
    index("redactions_copy").on(t.copyFileId),
  ],
)
