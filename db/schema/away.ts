import { sql } from "drizzle-orm"
import { bigint, check, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core"
import { people } from "./people"
import { records } from "./records"
import { requests } from "./requests"
import { dayColumn, instant } from "./types"

/** Who was away when: versions, never updated. `to_on` null: until it is ended. Days are of the zone, instants what they meant. */
export const absences = pgTable(
  "absences",
  {
    absenceId: text("absence_id").notNull(),
    n: integer("n").notNull(),
    personId: text("person_id")
      .notNull()
      .references(() => people.id),
    fromOn: dayColumn("from_on").notNull(),
    toOn: dayColumn("to_on"),
    zone: text("zone").notNull(),
    fromAt: instant("from_at").notNull(),
    untilAt: instant("until_at"),
    state: text("state").notNull(),
    at: instant("at").notNull(),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.absenceId, t.n] }),
    check("absences_id", sql`${t.absenceId} ~ '^abs_[0-9a-z]{26}$'`),
    check("absences_state", sql`${t.state} in ('set','ended')`),
    check("absences_order", sql`${t.toOn} >= ${t.fromOn} and ${t.untilAt} > ${t.fromAt}`),
    check("absences_end", sql`(${t.toOn} is null) = (${t.untilAt} is null)`),
    index("absences_person").on(t.personId),
  ],
)

/** Who stood in for whom, in which role and company (null: wherever the absent one held it): versions, never updated. */
export const delegations = pgTable(
  "delegations",
  {
    delegationId: text("delegation_id").notNull(),
    n: integer("n").notNull(),
    absenceId: text("absence_id").notNull(),
    personId: text("person_id")
      .notNull()
      .references(() => people.id),
    delegateId: text("delegate_id")
      .notNull()
      .references(() => people.id),
    role: text("role").notNull(),
    entityId: text("entity_id").references(() => records.id),
    fromAt: instant("from_at").notNull(),
    untilAt: instant("until_at").notNull(),
    state: text("state").notNull(),
    at: instant("at").notNull(),
    byPerson: text("by_person")
      .notNull()
      .references(() => people.id),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.delegationId, t.n] }),
    check("delegations_id", sql`${t.delegationId} ~ '^dlg_[0-9a-z]{26}$'`),
    check("delegations_role", sql`${t.role} in ('procurement','legal','dpo')`),
    check("delegations_state", sql`${t.state} in ('given','ended')`),
    check("delegations_not_self", sql`${t.delegateId} <> ${t.personId}`),
    check("delegations_order", sql`${t.untilAt} > ${t.fromAt}`),
    // Nobody lends what another holds.
    check("delegations_own", sql`${t.byPerson} = ${t.personId}`),
    index("delegations_delegate").on(t.delegateId),
    index("delegations_person").on(t.personId),
  ],
)

/** One word on many requests, on its way: private to who gave it. The reason is here until the last one was tried. */
export const bulkDecisions = pgTable(
  "bulk_decisions",
  {
    id: text("id").primaryKey(),
    personId: text("person_id")
      .notNull()
      .references(() => people.id),
    verdict: text("verdict").notNull(),
    reason: text("reason"),
    /** By page or by token: so each decision says it came. */
    via: text("via").notNull(),
    at: instant("at").notNull(),
    doneAt: instant("done_at"),
    leasedUntil: instant("leased_until"),
  },
  (t) => [
    check("bulk_decisions_via", sql`${t.via} in ('page','token')`),
    check("bulk_decisions_id", sql`${t.id} ~ '^tgt_[0-9a-z]{26}$'`),
    index("bulk_decisions_open")
      .on(t.at)
      .where(sql`${t.doneAt} is null`),
    index("bulk_decisions_person").on(t.personId, t.at),
  ],
)

/** Each request of it: where it is decided, on which content, and what came of it. */
export const bulkLines = pgTable(
  "bulk_lines",
  {
    bulkId: text("bulk_id")
      .notNull()
      .references(() => bulkDecisions.id),
    position: integer("position").notNull(),
    requestId: text("request_id")
      .notNull()
      .references(() => requests.id),
    stage: text("stage").notNull(),
    entityId: text("entity_id").notNull(),
    forPerson: text("for_person"),
    hash: text("hash").notNull(),
    state: text("state").notNull(),
    says: text("says"),
    triedAt: instant("tried_at"),
  },
  (t) => [
    primaryKey({ columns: [t.bulkId, t.position] }),
    check("bulk_lines_state", sql`${t.state} in ('waiting','taken','refused')`),
    check("bulk_lines_tried", sql`(${t.state} = 'waiting') = (${t.triedAt} is null)`),
  ],
)
