import { sql } from "drizzle-orm"
import { bigint, boolean, check, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core"
import { bytes, dayColumn, instant } from "./types"
import { people } from "./people"
import { requests } from "./requests"

/**
 * The bytes of each list of trusted roots that was ever proposed, by their hash, with what a reader apart found in them.
 * Certificates are public: nothing here is secret, and what the hash in the log says is what is verified against. Append-only.
 */
export const trustListFiles = pgTable(
  "trust_list_files",
  {
    sha256: text("sha256").primaryKey(),
    bytes: bytes("bytes").notNull(),
    /** JSON of `TrustFacts`. */
    facts: text("facts").notNull(),
  },
  (t) => [check("trust_list_files_sha256", sql`${t.sha256} ~ '^[0-9a-f]{64}$'`)],
)

/** What an administrator proposed: a list to be trusted from a day on, or that the one in force is withdrawn. Append-only. */
export const trustLists = pgTable(
  "trust_lists",
  {
    id: text("id").primaryKey(),
    n: integer("n").notNull().unique(),
    op: text("op").notNull(),
    name: text("name").notNull(),
    sha256: text("sha256").references(() => trustListFiles.sha256),
    issuedOn: text("issued_on"),
    nextUpdateOn: text("next_update_on"),
    roots: integer("roots").notNull(),
    unreadable: integer("unreadable").notNull(),
    /** The first day (UTC) on which it stands. */
    fromOn: dayColumn("from_on").notNull(),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    /** Where it is from, or why it goes: the commitment of the words. */
    source: text("source").notNull(),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [
    check("trust_lists_id", sql`${t.id} ~ '^tls_[0-9a-z]{26}$'`),
    check("trust_lists_op", sql`${t.op} in ('load','withdraw') and (${t.op} = 'load') = (${t.sha256} is not null)`),
  ],
)

/** What became of each: confirmed or refused by another person, or taken back by whoever proposed it. Append-only. */
export const trustListDecisions = pgTable(
  "trust_list_decisions",
  {
    listId: text("list_id")
      .primaryKey()
      .references(() => trustLists.id),
    verdict: text("verdict").notNull(),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    reason: text("reason"),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [check("trust_list_decisions_verdict", sql`${t.verdict} in ('approved','refused','withdrawn')`)],
)

/**
 * Who looked at a paper that was signed by hand, and at what: a file of the paper by its hash, so that another file has to be
 * looked at anew. The paper may stand in a request alone and be no record yet. Append-only.
 */
export const paperConfirmations = pgTable(
  "paper_confirmations",
  {
    agreementId: text("agreement_id").notNull(),
    sha256: text("sha256").notNull(),
    personId: text("person_id")
      .notNull()
      .references(() => people.id),
    saw: text("saw").notNull(),
    /** Whether the person wrote in a request that brought this file, because too few others could look at it. */
    author: boolean("author").notNull(),
    /** The request in which they saw it; null: it was in force. */
    requestId: text("request_id").references(() => requests.id),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.agreementId, t.sha256, t.personId] }),
    check("paper_confirmations_agreement", sql`${t.agreementId} ~ '^agr_[0-9a-z]{26}$'`),
    check("paper_confirmations_sha256", sql`${t.sha256} ~ '^[0-9a-f]{64}$'`),
    check("paper_confirmations_saw", sql`${t.saw} in ('original','scan')`),
    index("paper_confirmations_person").on(t.personId),
  ],
)
