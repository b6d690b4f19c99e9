import { sql } from "drizzle-orm"
import { bigint, boolean, check, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core"
import { bytes, instant } from "./types"
import { people } from "./people"

/**
 * Files by content. The bytes lie sealed in the data folder, or in `file_blobs` and `file_chunks` where several instances
 * must read them. `scan`: what the virus scanner said; a file that waits for it, or was found infected, is read by nobody.
 */
export const files = pgTable(
  "files",
  {
    id: text("id").primaryKey(),
    sha256: text("sha256").notNull(),
    sizeBytes: bigint("size_bytes", { mode: "number" }).notNull(),
    type: text("type").notNull(),
    name: text("name").notNull(),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    at: instant("at").notNull(),
    legalAdvice: boolean("legal_advice").notNull().default(false),
    scan: text("scan").notNull().default("none"),
    scanAt: instant("scan_at"),
    scanSays: text("scan_says"),
    /** When the scanner was last asked about it in vain, of a file that nobody waits for. */
    scanTriedAt: instant("scan_tried_at"),
  },
  (t) => [
    check("files_scan", sql`${t.scan} in ('none', 'waiting', 'clean', 'infected')`),
    index("files_waiting")
      .on(t.at, t.id)
      .where(sql`${t.scan} = 'waiting'`),
    index("files_unscanned")
      .on(t.sha256)
      .where(sql`${t.scan} = 'none'`),
    index("files_scanned")
      .on(t.scanAt, t.sha256)
      .where(sql`${t.scan} = 'clean'`),
    index("files_infected")
      .on(t.sha256)
      .where(sql`${t.scan} = 'infected'`),
    check("files_sha256", sql`${t.sha256} ~ '^[0-9a-f]{64}$'`),
    index("files_sha").on(t.sha256),
    index("files_by").on(t.byPerson, t.at),
    index("files_advice")
      .on(t.id)
      .where(sql`${t.legalAdvice}`),
  ],
)

/** Bytes of files of early landings, not sealed; each goes into `file_chunks`. */
export const fileBytes = pgTable("file_bytes", { sha256: text("sha256").primaryKey(), bytes: bytes("bytes").notNull() })

/** Sealed files where the register lives on a PostgreSQL of one's own: which records stand in the place of which hash. */
export const fileBlobs = pgTable(
  "file_blobs",
  {
    sha256: text("sha256").primaryKey(),
    blob: text("blob").notNull().unique(),
    keyId: text("key_id").notNull(),
    header: bytes("header").notNull(),
  },
  (t) => [check("file_blobs_sha256", sql`${t.sha256} ~ '^[0-9a-f]{64}$'`), index("file_blobs_key").on(t.keyId)],
)

/** The sealed records, also of uploads on their way. */
export const fileChunks = pgTable(
  "file_chunks",
  {
    blob: text("blob").notNull(),
    n: integer("n").notNull(),
    bytes: bytes("bytes").notNull(),
    at: instant("at")
      .notNull()
      .default(sql`now()`),
  },
  (t) => [primaryKey({ columns: [t.blob, t.n] })],
)

/** Each reading of all files: what was read and what was wrong with it. */
export const fileScrubs = pgTable(
  "file_scrubs",
  {
    id: text("id").primaryKey(),
    beganAt: instant("began_at").notNull(),
    endedAt: instant("ended_at"),
    files: integer("files").notNull().default(0),
    bytes: bigint("bytes", { mode: "number" }).notNull().default(0),
    plain: integer("plain").notNull().default(0),
    faults: jsonb("faults").notNull().default([]),
  },
  (t) => [index("file_scrubs_began").on(t.beganAt)],
)

/** What the virus scanner last said of itself; one row. */
export const fileScanner = pgTable(
  "file_scanner",
  {
    one: boolean("one").primaryKey().default(true),
    at: instant("at").notNull(),
    state: text("state").notNull(),
    says: text("says").notNull(),
  },
  (t) => [check("file_scanner_one", sql`${t.one}`)],
)

/** Since when every file is to be shown to the virus scanner once more; one row, none before anybody asked. */
export const fileRescan = pgTable(
  "file_rescan",
  { one: boolean("one").primaryKey().default(true), askedAt: instant("asked_at").notNull() },
  (t) => [check("file_rescan_one", sql`${t.one}`)],
)

/** An upload on its way into a request. */
export const imports = pgTable(
  "imports",
  {
    id: text("id").primaryKey(),
    fileId: text("file_id")
      .notNull()
      .references(() => files.id),
    name: text("name").notNull(),
    sha256: text("sha256").notNull(),
    format: text("format").notNull(),
    entityId: text("entity_id"),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    at: instant("at").notNull(),
    state: text("state").notNull(),
    settings: jsonb("settings").notNull(),
    counts: jsonb("counts").notNull(),
    requestId: text("request_id"),
    problem: text("problem"),
  },
  (t) => [index("imports_at").on(t.at, t.id), index("imports_by").on(t.byPerson, t.at)],
)

/** Each row of the file as read, with what is wrong with it. */
export const importRows = pgTable(
  "import_rows",
  {
    importId: text("import_id")
      .notNull()
      .references(() => imports.id),
    row: integer("row").notNull(),
    good: boolean("good").notNull(),
    cells: text("cells").notNull(),
    problems: text("problems").notNull(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.row] }), index("import_rows_bad").on(t.importId, t.good, t.row)],
)

/** What one person's form held when it was refused, so that nothing typed is lost without script. */
export const kept = pgTable(
  "kept",
  {
    sessionHash: bytes("session_hash").notNull(),
    path: text("path").notNull(),
    body: text("body").notNull(),
    at: instant("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.sessionHash, t.path] })],
)

/** Stored totals, so that no page counts rows. */
export const tallies = pgTable(
  "tallies",
  { key: text("key").notNull(), at: instant("at").notNull(), n: bigint("n", { mode: "number" }).notNull() },
  (t) => [primaryKey({ columns: [t.key, t.at] })],
)
