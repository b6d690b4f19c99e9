import { sql } from "drizzle-orm"
import { bigint, boolean, check, index, integer, pgTable, text } from "drizzle-orm/pg-core"
import { instant } from "./types"
import { people } from "./people"

/**
 * What was found of the signatures in a file's bytes, each time they were looked at: by which engine, against which list, as of
 * which moment. The last one holds; those before stand, for somebody decided by them. Append-only, as long as some file
 * holds the bytes.
 */
export const signatureResults = pgTable(
  "signature_results",
  {
    logIndex: bigint("log_index", { mode: "number" }).primaryKey(),
    at: instant("at").notNull(),
    sha256: text("sha256").notNull(),
    sizeBytes: bigint("size_bytes", { mode: "number" }).notNull(),
    engine: text("engine").notNull(),
    /** The list that signers were held against; null: none was loaded. */
    trustSha256: text("trust_sha256"),
    trustName: text("trust_name"),
    /** The moment as of which certificates were judged. */
    askedAt: instant("asked_at").notNull(),
    /** The one word for the file; null: it could not be looked at, and `says` is why. */
    overall: text("overall"),
    says: text("says"),
    /** The whole report, as JSON. */
    report: text("report"),
    /** Who asked for it; null: it was looked at of itself. */
    byPerson: text("by_person").references(() => people.id),
  },
  (t) => [
    index("signature_results_last").on(t.sha256, t.logIndex),
    check("signature_results_sha256", sql`${t.sha256} ~ '^[0-9a-f]{64}$'`),
    check(
      "signature_results_overall",
      sql`${t.overall} in ('passed', 'intact-untrusted', 'altered', 'failed', 'indeterminate', 'unsigned')`,
    ),
    check(
      "signature_results_whole",
      sql`(${t.overall} is null) = (${t.report} is null) and (${t.overall} is null) = (${t.says} is not null)`,
    ),
    check("signature_results_size", sql`length(${t.report}) <= 8388608 and length(${t.says}) <= 200`),
  ],
)

/** Bytes that wait to be looked at by the worker. Private: it is filled by the database itself when a PDF comes. */
export const signatureAsks = pgTable(
  "signature_asks",
  {
    sha256: text("sha256").primaryKey(),
    at: instant("at").notNull(),
    /** What somebody waits for goes before what is looked at again because a list or the engine changed. */
    rank: integer("rank").notNull().default(0),
    byPerson: text("by_person").references(() => people.id),
    takenAt: instant("taken_at"),
    tries: integer("tries").notNull().default(0),
    notBefore: instant("not_before"),
    says: text("says"),
  },
  (t) => [index("signature_asks_next").on(t.rank, t.at, t.sha256)],
)

/** How far all papers were gone through for what an engine and a list say of them; one row. */
export const signatureWalk = pgTable(
  "signature_walk",
  {
    one: boolean("one").primaryKey().default(true),
    word: text("word").notNull(),
    /** The last hash that was gone through; null: all were. */
    after: text("after"),
  },
  (t) => [check("signature_walk_one", sql`${t.one}`)],
)
