import { sql } from "drizzle-orm"
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from "drizzle-orm/pg-core"
import { bytes, instant } from "./types"

/** The identity of a record: it exists once a version is in force, and for good. */
export const records = pgTable("records", { id: text("id").primaryKey(), kind: text("kind").notNull() }, (t) => [
  index("records_of_kind").on(t.kind, t.id),
  check(
    "records_kind",
    sql`${t.id} ~ '^(ent|pty|shr|agr|asm|con|ntc|dmd|chn|pck)_[0-9a-z]{26}$' and ${t.kind} = case left(${t.id}, 3)
        when 'ent' then 'entity' when 'pty' then 'party' when 'shr' then 'sharing' when 'agr' then 'agreement'
        when 'asm' then 'assessment' when 'con' then 'consent' when 'ntc' then 'notice' when 'dmd' then 'demand'
        when 'chn' then 'chain' when 'pck' then 'pack' end`,
  ),
  unique("records_id_kind").on(t.id, t.kind),
])

/**
 * What was in force for a record from `at` until its successor's `at`. Append-only. `body` is canonical JSON in
 * which personal fields and free text stand as salted commitments.
 */
export const versions = pgTable(
  "versions",
  {
    recordId: text("record_id")
      .notNull()
      .references(() => records.id),
    n: integer("n").notNull(),
    kind: text("kind").notNull(),
    at: instant("at").notNull(),
    standing: text("standing").notNull(),
    body: text("body").notNull(),
    bodyHash: bytes("body_hash").notNull(),
    requestId: text("request_id"),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.recordId, t.n] }),
    check("versions_n", sql`${t.n} >= 1`),
    check("versions_standing", sql`${t.standing} in ('approved','discovered','ended')`),
    // Invariant 1: what the register holds came by a request; only our own companies are an administrator's act.
    check("versions_request", sql`(${t.requestId} is not null) = (${t.kind} <> 'entity')`),
    uniqueIndex("versions_at").on(t.recordId, t.at),
    index("versions_request_id").on(t.requestId),
    index("versions_kind_at").on(t.kind, t.at),
    index("versions_log_index").on(t.logIndex),
    foreignKey({
      columns: [t.recordId, t.kind],
      foreignColumns: [records.id, records.kind],
      name: "versions_kind_of_record",
    }),
  ],
)

/** Every record that a version refers to: it must exist. */
export const versionRefs = pgTable(
  "version_refs",
  {
    recordId: text("record_id").notNull(),
    n: integer("n").notNull(),
    path: text("path").notNull(),
    targetId: text("target_id")
      .notNull()
      .references(() => records.id),
  },
  (t) => [
    primaryKey({ columns: [t.recordId, t.n, t.path] }),
    index("version_refs_to").on(t.targetId, t.recordId, t.n),
    // Papers of several parties are few: by the others they are found without a look at all that names a party.
    index("version_refs_further")
      .on(t.targetId, t.recordId, t.n)
      .where(sql`${t.path} like 'furtherParties.%'`),
    // What stands in the place of another: of most papers none does, and that is seen at once.
    index("version_refs_replaces")
      .on(t.targetId, t.recordId, t.n)
      .where(sql`${t.path} = 'replaces'`),
    index("version_refs_beside")
      .on(t.targetId, t.recordId, t.n)
      .where(sql`${t.path} like 'furtherEntities.%'`),
    foreignKey({ columns: [t.recordId, t.n], foreignColumns: [versions.recordId, versions.n] }),
  ],
)

/** Where an imported version came from: file, sheet and row; the import holds the column map (foundation 7). */
export const provenance = pgTable(
  "provenance",
  {
    recordId: text("record_id").notNull(),
    n: integer("n").notNull(),
    importId: text("import_id").notNull(),
    sheet: text("sheet").notNull(),
    row: integer("row").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.recordId, t.n] }),
    foreignKey({ columns: [t.recordId, t.n], foreignColumns: [versions.recordId, versions.n] }),
    index("provenance_import").on(t.importId, t.row),
  ],
)

/** Values behind the commitments. The one table of the record with DELETE: erasing removes the pair. */
export const disclosures = pgTable(
  "disclosures",
  {
    commitment: text("commitment").primaryKey(),
    ownerId: text("owner_id").notNull(),
    salt: bytes("salt").notNull(),
    value: text("value").notNull(),
  },
  (t) => [index("disclosures_owner").on(t.ownerId)],
)
