import { sql } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import type { Holiday } from "@/domain/core/working-days"
import { textArray } from "./log"

/** One version of the stage rules with what became of it. */
export type StageRulesRow = {
  version: number
  body: string
  byPerson: string
  byName: string
  reason: string
  at: Instant
  verdict: "approved" | "refused" | "withdrawn" | null
  decidedBy: string | null
  decidedByName: string | null
  decidedAt: Instant | null
  decidedReason: string | null
}

const ALL = sql`select s.version, s.body, s.by_person as "byPerson", p.name as "byName", s.reason, s.at, d.verdict, d.by_person as "decidedBy",
    q.name as "decidedByName", d.at as "decidedAt", d.reason as "decidedReason"
  from stage_rules s join people p on p.id = s.by_person left join stage_rule_decisions d on d.version = s.version left join people q on q.id = d.by_person`

/** Every version that was proposed, newest first; at most so many. */
export async function stageRulesRows(tx: Db | Tx, most = 200): Promise<StageRulesRow[]> {
  return rows(tx, sql`${ALL} order by s.version desc limit ${most}`)
}

/** One version; null: none was proposed under that number. */
export async function stageRulesRow(tx: Db | Tx, version: number): Promise<StageRulesRow | null> {
  return row(tx, sql`${ALL} where s.version = ${version}`)
}

/** The version that held at the instant (null: holds now); null: the shipped one. */
export async function stageRulesAt(tx: Db | Tx, at: Instant | null): Promise<StageRulesRow | null> {
  const by = at === null ? sql`true` : sql`d.at <= ${at}::timestamptz`
  return row(tx, sql`${ALL} where d.verdict = 'approved' and ${by} order by d.at desc limit 1`)
}

/**
 * Holds the rules until commit: `one` for proposing and approving, `many` for whoever works out stages by them. So each
 * revision has the rules that held at its own instant.
 */
export async function holdRules(tx: Tx, how: "one" | "many"): Promise<void> {
  await tx.execute(
    how === "one"
      ? sql`select pg_advisory_xact_lock(7304920027)`
      : sql`select pg_advisory_xact_lock_shared(7304920027)`,
  )
}

/** Writes a proposed version at the act's instant. */
export async function insertStageRules(
  tx: Tx,
  what: { version: number; body: string; byPerson: string; reason: string; at: Instant; logIndex: number },
): Promise<void> {
  await tx.execute(sql`insert into stage_rules (version, body, by_person, reason, at, log_index)
    values (${what.version}, ${what.body}, ${what.byPerson}, ${what.reason}, ${what.at}::timestamptz, ${what.logIndex})`)
}

/** Writes what became of a version, at the act's instant. */
export async function insertStageRulesDecision(
  tx: Tx,
  what: { version: number; verdict: string; byPerson: string; reason: string | null; at: Instant; logIndex: number },
): Promise<void> {
  await tx.execute(sql`insert into stage_rule_decisions (version, verdict, by_person, reason, at, log_index)
    values (${what.version}, ${what.verdict}, ${what.byPerson}, ${what.reason}, ${what.at}::timestamptz, ${what.logIndex})`)
}

export type CalendarRow = { entityId: string; n: number; weekend: number[]; holidays: Holiday[]; at: Instant }

/** How companies work at the instant (null: now); who said nothing is not among them. */
export async function calendarRows(
  tx: Db | Tx,
  entityIds: readonly string[] | null,
  at: Instant | null,
): Promise<CalendarRow[]> {
  const of = entityIds === null ? sql`true` : sql`entity_id = any(${textArray(entityIds)}::text[])`
  const by = at === null ? sql`true` : sql`at <= ${at}::timestamptz`
  return rows(
    tx,
    sql`select distinct on (entity_id) entity_id as "entityId", n, weekend, holidays, at from work_calendars
      where ${of} and ${by} order by entity_id, n desc`,
  )
}

/** Writes the next version of a company's calendar at the act's instant. */
export async function insertCalendar(
  tx: Tx,
  what: {
    entityId: string
    n: number
    weekend: readonly number[]
    holidays: readonly Holiday[]
    at: Instant
    byPerson: string | null
    logIndex: number
  },
): Promise<void> {
  await tx.execute(sql`insert into work_calendars (entity_id, n, weekend, holidays, at, by_person, log_index)
    select ${what.entityId}, ${what.n}, array(select jsonb_array_elements_text(${JSON.stringify(what.weekend)}::jsonb)::int),
      ${JSON.stringify(what.holidays)}::jsonb, ${what.at}::timestamptz, ${what.byPerson}, ${what.logIndex}`)
}
