import { sql } from "drizzle-orm"
import { bigint, boolean, check, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core"
import { dayColumn, days, instant } from "./types"

/**
 * Rows for lists: one for each version, with the span in which it was in force. Derived from `versions`,
 * rebuildable, tested equal to a rebuild. The head is the row whose `until_at` is infinity.
 */
const spanned = {
  recordId: text("record_id").notNull(),
  n: integer("n").notNull(),
  fromAt: instant("from_at").notNull(),
  untilAt: instant("until_at").notNull(),
  standing: text("standing").notNull(),
  title: text("title").notNull(),
  fold: text("fold").notNull(),
  search: text("search").notNull(),
  restrictedTo: text("restricted_to").array(),
}

export const partyRows = pgTable(
  "party_rows",
  {
    ...spanned,
    kinds: text("kinds").array().notNull(),
    subKind: text("sub_kind"),
    country: text("country"),
    dataDecision: text("data_decision").notNull(),
    risk: text("risk"),
    sharingCount: integer("sharing_count").notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.recordId, t.n] }),
    index("party_rows_name_now")
      .on(t.fold, t.recordId)
      .where(sql`${t.untilAt} = 'infinity'`),
    index("party_rows_from_now")
      .on(t.fromAt, t.recordId)
      .where(sql`${t.untilAt} = 'infinity'`),
    index("party_rows_country_now")
      .on(t.country, t.recordId)
      .where(sql`${t.untilAt} = 'infinity'`),
    index("party_rows_decision_now")
      .on(t.dataDecision, t.fold, t.recordId)
      .where(sql`${t.untilAt} = 'infinity'`),
    index("party_rows_name").on(t.fold, t.recordId, t.fromAt, t.untilAt),
    index("party_rows_from").on(t.fromAt, t.recordId, t.untilAt),
    index("party_rows_restricted")
      .on(t.untilAt, t.recordId)
      .where(sql`${t.restrictedTo} is not null`),
    index("party_rows_search").using("gin", sql`${t.search} gin_trgm_ops`),
  ],
)

export const sharingRows = pgTable(
  "sharing_rows",
  {
    ...spanned,
    entityId: text("entity_id").notNull(),
    partyId: text("party_id").notNull(),
    mode: text("mode").notNull(),
    role: text("role"),
    grounds: text("grounds").array().notNull(),
    purposes: text("purposes").array().notNull(),
    dataKinds: text("data_kinds").array().notNull(),
    subjects: text("subjects").array().notNull(),
    countries: text("countries").array().notNull(),
    mechanisms: text("mechanisms").array().notNull(),
    startsOn: dayColumn("starts_on"),
    endsOn: dayColumn("ends_on"),
    dueOn: dayColumn("due_on"),
    unknowns: integer("unknowns").notNull().default(0),
    /** Each country with each mechanism named for it, `US:scc`; without one `DE:none`. */
    routes: text("routes").array().notNull().default([]),
    /** How many people it concerns, where that is known. */
    people: bigint("people", { mode: "number" }),
    /** Stretches of days; no today in them (invariant 4). Null until checked. */
    coverage: days("coverage"),
    papered: days("papered"),
    blocking: days("blocking"),
    warning: days("warning"),
    /** From which day the end of the flow reads *deletion unproven*, and by when the proof is due; null: nothing is owed. */
    unprovenFrom: dayColumn("unproven_from"),
    proofDueOn: dayColumn("proof_due_on"),
    /** Instant of the act that last wrote the six above: what follows the register reads what changed since. */
    checkedAt: instant("checked_at"),
  },
  (t) => [
    primaryKey({ columns: [t.recordId, t.n] }),
    index("sharing_rows_name_now")
      .on(t.fold, t.recordId)
      .where(sql`${t.untilAt} = 'infinity'`),
    index("sharing_rows_from_now")
      .on(t.fromAt, t.recordId)
      .where(sql`${t.untilAt} = 'infinity'`),
    index("sharing_rows_due_now")
      .on(t.dueOn, t.recordId)
      .where(sql`${t.untilAt} = 'infinity' and ${t.standing} = 'discovered'`),
    index("sharing_rows_starts_now")
      .on(t.startsOn, t.recordId)
      .where(sql`${t.untilAt} = 'infinity'`),
    index("sharing_rows_checked_now")
      .on(t.checkedAt)
      .where(sql`${t.untilAt} = 'infinity'`),
    index("sharing_rows_party").on(t.partyId, t.fromAt),
    index("sharing_rows_countries_now")
      .using("gin", t.countries)
      .where(sql`${t.untilAt} = 'infinity'`),
    index("sharing_rows_purposes_now")
      .using("gin", t.purposes)
      .where(sql`${t.untilAt} = 'infinity'`),
    index("sharing_rows_entity_now")
      .on(t.entityId, t.fold, t.recordId)
      .where(sql`${t.untilAt} = 'infinity'`),
    index("sharing_rows_entity_from_now")
      .on(t.entityId, t.fromAt, t.recordId)
      .where(sql`${t.untilAt} = 'infinity'`),
    index("sharing_rows_name").on(t.fold, t.recordId, t.fromAt, t.untilAt),
    index("sharing_rows_from").on(t.fromAt, t.recordId, t.untilAt),
    index("sharing_rows_restricted")
      .on(t.untilAt, t.recordId)
      .where(sql`${t.restrictedTo} is not null`),
    index("sharing_rows_search").using("gin", sql`${t.search} gin_trgm_ops`),
  ],
)

export const agreementRows = pgTable(
  "agreement_rows",
  {
    ...spanned,
    entityId: text("entity_id").notNull(),
    partyId: text("party_id").notNull(),
    kind: text("kind").notNull(),
    knownHow: text("known_how").notNull(),
    effectOn: dayColumn("effect_on"),
    endsOn: dayColumn("ends_on"),
    coverCount: integer("cover_count").notNull().default(0),
    hasFile: boolean("has_file").notNull(),
    signed: boolean("signed").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.recordId, t.n] }),
    index("agreement_rows_name_now")
      .on(t.fold, t.recordId)
      .where(sql`${t.untilAt} = 'infinity'`),
    index("agreement_rows_from_now")
      .on(t.fromAt, t.recordId)
      .where(sql`${t.untilAt} = 'infinity'`),
    index("agreement_rows_entity_now")
      .on(t.entityId, t.fold, t.recordId)
      .where(sql`${t.untilAt} = 'infinity'`),
    index("agreement_rows_ends_now")
      .on(t.endsOn, t.recordId)
      .where(sql`${t.untilAt} = 'infinity'`),
    index("agreement_rows_pair").on(t.partyId, t.entityId, t.fromAt),
    index("agreement_rows_entity_from_now")
      .on(t.entityId, t.fromAt, t.recordId)
      .where(sql`${t.untilAt} = 'infinity'`),
    index("agreement_rows_name").on(t.fold, t.recordId, t.fromAt, t.untilAt),
    index("agreement_rows_from").on(t.fromAt, t.recordId, t.untilAt),
    index("agreement_rows_restricted")
      .on(t.untilAt, t.recordId)
      .where(sql`${t.restrictedTo} is not null`),
    index("agreement_rows_search").using("gin", sql`${t.search} gin_trgm_ops`),
  ],
)

/** Assessments, consents, notices, demands, chains: one table, for they are asked for in the same way. */
export const otherRows = pgTable(
  "other_rows",
  {
    ...spanned,
    recordKind: text("record_kind").notNull(),
    kind: text("kind"),
    entityId: text("entity_id"),
    partyId: text("party_id"),
    sharingId: text("sharing_id"),
    outcome: text("outcome"),
    firstOn: dayColumn("first_on"),
    lastOn: dayColumn("last_on"),
  },
  (t) => [
    primaryKey({ columns: [t.recordId, t.n] }),
    index("other_rows_name_now")
      .on(t.recordKind, t.fold, t.recordId)
      .where(sql`${t.untilAt} = 'infinity'`),
    index("other_rows_title_now")
      .on(t.fold, t.recordId)
      .where(sql`${t.untilAt} = 'infinity'`),
    index("other_rows_from_now")
      .on(t.fromAt, t.recordId)
      .where(sql`${t.untilAt} = 'infinity'`),
    index("other_rows_title").on(t.fold, t.recordId, t.fromAt, t.untilAt),
    index("other_rows_name").on(t.recordKind, t.fold, t.recordId, t.fromAt, t.untilAt),
    index("other_rows_party").on(t.partyId, t.recordKind),
    index("other_rows_sharing").on(t.sharingId, t.recordKind),
    index("other_rows_from").on(t.fromAt, t.recordId, t.untilAt),
    index("other_rows_restricted")
      .on(t.untilAt, t.recordId)
      .where(sql`${t.restrictedTo} is not null`),
    index("other_rows_search").using("gin", sql`${t.search} gin_trgm_ops`),
  ],
)

/**
 * The tally: how many records of a kind, company and standing are in force from the instant until the next one. What is
 * restricted to named persons is not in it: it is counted by name. Derived, rebuildable.
 */
export const recordCounts = pgTable(
  "record_counts",
  {
    kind: text("kind").notNull(),
    /** Empty where a record is of no company: parties, and evidence that none is named in. */
    entityId: text("entity_id").notNull(),
    standing: text("standing").notNull(),
    at: instant("at").notNull(),
    n: bigint("n", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.entityId, t.standing, t.at] })],
)

/**
 * Findings, each with its days and with the span in which the register said so: closed when it no longer does, never
 * rewritten, so that a past instant finds what was found then. Derived; the head (`until_at` infinity) is rebuildable.
 */
export const findings = pgTable(
  "findings",
  {
    recordId: text("record_id").notNull(),
    /** Hash of what the finding says: the same finding of a record has the same key. */
    key: text("key").notNull(),
    fromAt: instant("from_at").notNull(),
    untilAt: instant("until_at").notNull(),
    recordKind: text("record_kind").notNull(),
    clause: text("clause").notNull(),
    pack: text("pack").notNull(),
    packVersion: text("pack_version").notNull(),
    severity: text("severity").notNull(),
    verdict: text("verdict").notNull(),
    firstOn: dayColumn("first_on"),
    untilOn: dayColumn("until_on"),
    says: text("says").notNull(),
    params: text("params").notNull(),
    path: text("path"),
    remedy: text("remedy").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.recordId, t.key, t.fromAt], name: "findings_said" }),
    index("findings_clause_now")
      .on(t.severity, t.clause, t.recordId, t.key)
      .where(sql`${t.untilAt} = 'infinity'`),
    index("findings_since_now")
      .on(t.clause, t.firstOn)
      .where(sql`${t.untilAt} = 'infinity'`),
    index("findings_clause_at").on(t.clause, t.recordId, t.fromAt, t.untilAt),
    // What came and what went since an instant. What stood at one is looked up by its record: the condition keeps this index from that.
    index("findings_came")
      .on(t.fromAt)
      .where(sql`${t.fromAt} > '-infinity'`),
    index("findings_went")
      .on(t.untilAt)
      .where(sql`${t.untilAt} <> 'infinity'`),
  ],
)

/** What the checks said of a record, with the span in which they said it. Derived; the head is rebuildable. */
export const judgements = pgTable(
  "judgements",
  {
    recordId: text("record_id").notNull(),
    fromAt: instant("from_at").notNull(),
    untilAt: instant("until_at").notNull(),
    recordKind: text("record_kind").notNull(),
    entityId: text("entity_id"),
    partyId: text("party_id"),
    restrictedTo: text("restricted_to").array(),
    /** Of a sharing: on which days each strand of its coverage held, and its gaps with their causes. */
    coverage: text("coverage"),
    /** On which days each clause is evidenced, not evidenced, unknown: as turns (domain/promises/verdicts). */
    turns: jsonb("turns").notNull(),
    hash: text("hash").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.recordId, t.fromAt] }),
    index("judgements_party_now")
      .on(t.partyId, t.recordId)
      .where(sql`${t.untilAt} = 'infinity'`),
    index("judgements_restricted")
      .on(t.recordId)
      .where(sql`${t.restrictedTo} is not null`),
  ],
)

/**
 * The gaps of sharings, each piece with its causes and with the first day of the uncovered stretch that it belongs to;
 * with the span in which the register said so. What a judgement's coverage says, where it can be asked for by day.
 */
export const gaps = pgTable(
  "gaps",
  {
    recordId: text("record_id").notNull(),
    fromAt: instant("from_at").notNull(),
    untilAt: instant("until_at").notNull(),
    entityId: text("entity_id").notNull(),
    sinceOn: dayColumn("since_on").notNull(),
    fromOn: dayColumn("from_on").notNull(),
    untilOn: dayColumn("until_on").notNull(),
    causes: text("causes").array().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.recordId, t.fromAt, t.fromOn] }),
    index("gaps_since_now")
      .on(t.sinceOn, t.recordId)
      .where(sql`${t.untilAt} = 'infinity'`),
    index("gaps_entity_now")
      .on(t.entityId, t.sinceOn, t.recordId)
      .where(sql`${t.untilAt} = 'infinity'`),
    index("gaps_until_now")
      .on(t.untilOn)
      .where(sql`${t.untilAt} = 'infinity'`),
    index("gaps_since").on(t.sinceOn, t.recordId, t.fromAt, t.untilAt),
  ],
)

/**
 * The turns of all records that everybody may know of, summed by company and day, with the instant at which they were
 * written: known at T about day D is the sum of what was written by T and turned by D. Append-only. Records without a
 * company (parties) stand under ''.
 */
export const promiseTurns = pgTable(
  "promise_turns",
  {
    entityId: text("entity_id").notNull(),
    clause: text("clause").notNull(),
    verdict: text("verdict").notNull(),
    onDay: dayColumn("on_day").notNull(),
    at: instant("at").notNull(),
    n: integer("n").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.entityId, t.clause, t.verdict, t.onDay, t.at] }),
    index("promise_turns_day").on(t.entityId, t.onDay),
    check("promise_turns_verdict", sql`${t.verdict} in ('e','n','u')`),
  ],
)

/** The day of each company up to which `promise_counts` has summed the turns; moved on when the day is over. */
export const promiseDays = pgTable("promise_days", {
  entityId: text("entity_id").primaryKey(),
  onDay: dayColumn("on_day").notNull(),
})

/** The sums of the turns up to the company's day, so that today's board is read and not counted. */
export const promiseCounts = pgTable(
  "promise_counts",
  {
    entityId: text("entity_id").notNull(),
    clause: text("clause").notNull(),
    verdict: text("verdict").notNull(),
    n: integer("n").notNull(),
  },
  (t) => [primaryKey({ columns: [t.entityId, t.clause, t.verdict] })],
)

/** Records that the worker judges anew: their company's rules changed, or a pack did. */
export const toJudge = pgTable(
  "to_judge",
  {
    recordId: text("record_id").primaryKey(),
    n: bigint("n", { mode: "number" }).notNull().generatedByDefaultAsIdentity(),
  },
  (t) => [index("to_judge_turn").on(t.n)],
)

/** What the derived tables were last made with; another word there means: make them anew. */
export const derivedBy = pgTable("derived_by", {
  one: boolean("one").primaryKey().default(true),
  word: text("word").notNull(),
})
