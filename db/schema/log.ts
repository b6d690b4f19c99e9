import { sql } from "drizzle-orm"
import { bigint, boolean, check, index, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core"
import { bytes, instant } from "./types"

/** The one row that orders all acts: size, last instant, right edge and root of the tree. */
export const logHead = pgTable(
  "log_head",
  {
    one: boolean("one").primaryKey().default(true),
    origin: text("origin").notNull(),
    register: text("register").notNull(),
    size: bigint("size", { mode: "number" }).notNull().default(0),
    at: instant("at").notNull(),
    root: bytes("root").notNull(),
    frontier: bytes("frontier").array().notNull(),
    openXid: bigint("open_xid", { mode: "bigint" }),
    openAt: instant("open_at"),
  },
  (t) => [check("log_head_one", sql`${t.one}`), check("log_head_register", sql`${t.register} in ('main','sample')`)],
)

/** One leaf: the canonical JSON exactly as hashed. The other columns are read out of it by the database. */
export const logLeaves = pgTable(
  "log_leaves",
  {
    index: bigint("index", { mode: "number" }).primaryKey(),
    at: instant("at").notNull(),
    bytes: text("bytes").notNull(),
    hash: bytes("hash").notNull(),
    act: text("act").notNull(),
    actorId: text("actor_id").notNull(),
    requestId: text("request_id"),
  },
  (t) => [
    index("log_leaves_at").on(t.at, t.index),
    index("log_leaves_actor").on(t.actorId, t.index),
    index("log_leaves_act").on(t.act, t.index),
    // Both together: without it a person's acts that are none would be looked for through the whole log.
    index("log_leaves_actor_act").on(t.actorId, t.act, t.index),
    index("log_leaves_request").on(t.requestId, t.index),
  ],
)

/** Which leaves speak of which record. */
export const logObjects = pgTable(
  "log_objects",
  { objectId: text("object_id").notNull(), index: bigint("index", { mode: "number" }).notNull() },
  (t) => [primaryKey({ columns: [t.objectId, t.index] })],
)

/** Every complete subtree above the leaves (level 1 joins two leaves), so that proofs and tiles are look-ups. */
export const logNodes = pgTable(
  "log_nodes",
  { level: smallint("level").notNull(), n: bigint("n", { mode: "number" }).notNull(), hash: bytes("hash").notNull() },
  (t) => [primaryKey({ columns: [t.level, t.n] })],
)

/** The keys by which the log signs, each from the event that named it. What is public of them; append-only. */
export const logKeys = pgTable(
  "log_keys",
  {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    key: bytes("key").notNull(),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [
    check("log_keys_id", sql`${t.id} ~ '^[0-9a-f]{8}$'`),
    check("log_keys_key", sql`octet_length(${t.key}) = 32`),
    index("log_keys_order").on(t.logIndex),
  ],
)

/** What the log signed, once for each size: the note exactly as it went out. Append-only. */
export const logCheckpoints = pgTable(
  "log_checkpoints",
  {
    size: bigint("size", { mode: "number" }).primaryKey(),
    root: bytes("root").notNull(),
    note: text("note").notNull(),
    at: instant("at").notNull(),
  },
  (t) => [
    check("log_checkpoints_size", sql`${t.size} > 0`),
    check("log_checkpoints_root", sql`octet_length(${t.root}) = 32`),
  ],
)

/**
 * Who is sent the log's checkpoints, outside the reach of whoever runs this machine. Name and address are committed; with a key, what
 * comes back from them counts as seen by them. Append-only: what ends it is a row of its own.
 */
export const logWitnesses = pgTable(
  "log_witnesses",
  {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    address: text("address").notNull(),
    /** The key by which they sign, as it is printed. */
    key: text("key"),
    /** What sendings to a witness's own address of the web are signed with, sealed; of early witnesses as it is. */
    secret: text("secret"),
    byPerson: text("by_person").notNull(),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [
    check("log_witnesses_id", sql`${t.id} ~ '^wit_[0-9a-z]{26}$'`),
    check("log_witnesses_secret", sql`${t.secret} ~ '^([A-Za-z0-9_-]{43}|1[.][0-9a-f]{16}[.][A-Za-z0-9_-]{122})$'`),
    index("log_witnesses_order").on(t.logIndex),
  ],
)

/** That somebody is sent nothing any more. Append-only. */
export const logWitnessEnds = pgTable("log_witness_ends", {
  witnessId: text("witness_id")
    .primaryKey()
    .references(() => logWitnesses.id),
  byPerson: text("by_person").notNull(),
  at: instant("at").notNull(),
  logIndex: bigint("log_index", { mode: "number" }).notNull(),
})

/** Checkpoints on their way to witnesses: an outbox of their own, for whoever they go to has no account. */
export const logPostings = pgTable(
  "log_postings",
  {
    witnessId: text("witness_id")
      .notNull()
      .references(() => logWitnesses.id),
    size: bigint("size", { mode: "number" }).notNull(),
    at: instant("at").notNull(),
    state: text("state").notNull(),
    tries: smallint("tries").notNull().default(0),
    nextAt: instant("next_at").notNull(),
    endedAt: instant("ended_at"),
    problem: text("problem"),
  },
  (t) => [
    primaryKey({ columns: [t.witnessId, t.size] }),
    check("log_postings_state", sql`${t.state} in ('waiting','sent','failed')`),
    check("log_postings_ended", sql`(${t.state} = 'waiting') = (${t.endedAt} is null)`),
    index("log_postings_waiting")
      .on(t.nextAt)
      .where(sql`${t.state} = 'waiting'`),
    index("log_postings_last").on(t.witnessId, t.at),
  ],
)

/** Signatures of witnesses that were brought back under a checkpoint of ours. Append-only. */
export const logCosignatures = pgTable(
  "log_cosignatures",
  {
    size: bigint("size", { mode: "number" })
      .notNull()
      .references(() => logCheckpoints.size),
    name: text("name").notNull(),
    keyId: text("key_id").notNull(),
    signature: text("signature").notNull(),
    /** When the witness says that it saw it, where it says so. */
    seenAt: instant("seen_at"),
    byPerson: text("by_person").notNull(),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.size, t.name, t.keyId] })],
)
