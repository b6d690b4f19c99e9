import { sql, type SQL } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { textArray } from "./log"

/** What a scenario can touch, as the list rows know it: each of these has its index. */
export type Reach =
  /** `mechanism`: only sharings that name it somewhere. */
  | { by: "country"; country: string; mechanism: string | null }
  | { by: "party"; partyId: string }
  /** Sharings for a purpose that name consent as a ground, or one of these legal bases. */
  | { by: "purpose"; purpose: string; bases: readonly string[] }
  /** Sharings that refer to one of the records, or that one of them covers. */
  | { by: "records"; ids: readonly string[] }
  /** Sharings of companies; null: of all. */
  | { by: "entities"; ids: readonly string[] | null }

function reached(reach: Reach): SQL {
  switch (reach.by) {
    case "country":
      return sql`r.countries @> ${textArray([reach.country])}::text[]
        and ${reach.mechanism === null ? sql`true` : sql`r.mechanisms @> ${textArray([reach.mechanism])}::text[]`}`
    case "party":
      return sql`r.party_id = ${reach.partyId}`
    case "purpose":
      // A basis stands in the body alone: whoever has its code anywhere in it is looked at.
      return sql`r.purposes @> ${textArray([reach.purpose])}::text[] and (r.grounds @> '{consent}' or exists (
        select 1 from versions v where v.record_id = r.record_id and v.n = r.n and v.kind = 'sharing' and (false${sql.join(
          reach.bases.map((code) => sql` or strpos(v.body, ${`"${code}"`}) > 0`),
        )})))`
    case "entities":
      return reach.ids === null ? sql`true` : sql`r.entity_id = any(${textArray(reach.ids)}::text[])`
    default: {
      const ids = sql`${textArray(reach.ids)}::text[]`
      return sql`r.record_id in (
        select f.record_id from version_refs f where f.target_id = any(${ids})
        union all select f.target_id from version_refs f where f.record_id = any(${ids}))`
    }
  }
}

/** The sharings in force that a scenario can touch, those of one party together; at most `limit`. */
export async function reachedSharings(tx: Db | Tx, reach: Reach, scope: SQL, limit: number | null): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select r.record_id as id from sharing_rows r
      where r.until_at = 'infinity' and r.standing <> 'ended' and ${reached(reach)} and ${scope}
      order by r.party_id, r.record_id ${limit === null ? sql`` : sql`limit ${limit}`}`,
  )
  return found.map((item) => item.id)
}

/** How many sharings in force a scenario can touch. */
export async function countReached(tx: Db | Tx, reach: Reach, scope: SQL): Promise<number> {
  const found = await row<{ n: number }>(
    tx,
    sql`select count(*) as n from sharing_rows r where r.until_at = 'infinity' and r.standing <> 'ended' and ${reached(reach)} and ${scope}`,
  )
  return found?.n ?? 0
}

/** The agreement, what it amends and what amends it, over amendments of amendments. */
export async function paperFamily(tx: Db | Tx, id: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`with recursive family(id) as (
        select ${id}::text
        union
        select case when f.target_id = m.id then f.record_id else f.target_id end from family m
          join version_refs f on f.path = 'amends' and (f.target_id = m.id or f.record_id = m.id))
      select id from family`,
  )
  return found.map((item) => item.id)
}

export type ScenarioRow = { id: string; title: string; scenario: string; byPerson: string; at: Instant }

const SAVED = sql`id, title, scenario, by_person as "byPerson", at`

/** Keeps a scenario under a name. */
export async function insertScenario(tx: Tx, what: ScenarioRow): Promise<void> {
  await tx.execute(sql`insert into scenarios (id, title, scenario, by_person, at)
    values (${what.id}, ${what.title}, ${what.scenario}, ${what.byPerson}, ${what.at}::timestamptz)`)
}

/** One kept scenario, whoever keeps it. */
export async function scenarioRow(tx: Db | Tx, id: string): Promise<ScenarioRow | null> {
  return row<ScenarioRow>(tx, sql`select ${SAVED} from scenarios where id = ${id}`)
}

/** The scenarios that a person keeps, newest first; at most 200. */
export async function scenariosOf(tx: Db | Tx, personId: string): Promise<ScenarioRow[]> {
  return rows<ScenarioRow>(
    tx,
    sql`select ${SAVED} from scenarios where by_person = ${personId} order by at desc, id desc limit 200`,
  )
}

/** Lets a person's own scenario go; says whether it was there. */
export async function deleteScenario(tx: Tx, id: string, personId: string): Promise<boolean> {
  return (
    (await rows(tx, sql`delete from scenarios where id = ${id} and by_person = ${personId} returning id`)).length > 0
  )
}

export type RunState = "waiting" | "running" | "done" | "cancelled" | "failed"
export type RunRow = {
  id: string
  scenario: string
  byPerson: string
  at: Instant
  state: RunState
  done: number
  total: number
  summary: string | null
}

const RUN = sql`id, scenario, by_person as "byPerson", at, state, done, total, summary`

/** Puts down a run that waits for the worker. */
export async function insertRun(
  tx: Tx,
  what: Pick<RunRow, "id" | "scenario" | "byPerson" | "at" | "total">,
): Promise<void> {
  await tx.execute(sql`insert into scenario_runs (id, scenario, by_person, at, state, total)
    values (${what.id}, ${what.scenario}, ${what.byPerson}, ${what.at}::timestamptz, 'waiting', ${what.total})`)
}

/** One run. */
export async function runRow(tx: Db | Tx, id: string): Promise<RunRow | null> {
  return row<RunRow>(tx, sql`select ${RUN} from scenario_runs where id = ${id}`)
}

/** The newest runs of a person; at most 20. */
export async function runsOf(tx: Db | Tx, personId: string): Promise<RunRow[]> {
  return rows<RunRow>(
    tx,
    sql`select ${RUN} from scenario_runs where by_person = ${personId} order by at desc, id desc limit 20`,
  )
}

/** Takes the oldest run that waits; of several workers one gets it. */
export async function claimRun(db: Db): Promise<RunRow | null> {
  return row<RunRow>(
    db,
    sql`update scenario_runs set state = 'running' where id = (
      select id from scenario_runs where state = 'waiting' order by at, id limit 1 for update skip locked) returning ${RUN}`,
  )
}

/** Lets runs wait again that a worker had taken and left when it fell. */
export async function releaseRuns(db: Db): Promise<void> {
  await db.execute(sql`update scenario_runs set state = 'waiting', done = 0 where state = 'running'`)
}

/** How far a run has come; false: it was cancelled meanwhile. */
export async function runReached(db: Db | Tx, id: string, done: number, total: number): Promise<boolean> {
  const found = await rows(
    db,
    sql`update scenario_runs set done = ${done}, total = ${total} where id = ${id} and state = 'running' returning id`,
  )
  return found.length > 0
}

/** Ends a run in a state; one that was cancelled stays so. */
export async function endRun(db: Db | Tx, id: string, state: "done" | "failed", summary: string | null): Promise<void> {
  await db.execute(
    sql`update scenario_runs set state = ${state}, summary = ${summary} where id = ${id} and state = 'running'`,
  )
}

/** Cancels a person's own run that is not over; says whether there was one. */
export async function cancelRun(tx: Tx, id: string, personId: string): Promise<boolean> {
  const found = await rows(
    tx,
    sql`update scenario_runs set state = 'cancelled' where id = ${id} and by_person = ${personId}
      and state in ('waiting', 'running') returning id`,
  )
  return found.length > 0
}

export type LineRow = { place: number; change: string; body: string }

/** Stands between lines on their way; in a line's own text JSON writes it otherwise. */
const BETWEEN = "\u001e"

/** Takes away what an earlier try of a run left. */
export async function dropLines(on: Db | Tx, runId: string): Promise<void> {
  await on.execute(sql`delete from scenario_lines where run_id = ${runId}`)
}

/** Writes lines of a run behind the place, in this order, set-based. */
export async function putLines(
  tx: Tx,
  runId: string,
  list: readonly Omit<LineRow, "place">[],
  behind: number,
): Promise<void> {
  // One text for all: as a list each line would be gone through letter by letter for what has to be escaped.
  const bodies = list.map((line) => line.body).join(BETWEEN)
  const changes = list.map((line) => line.change)
  await tx.execute(sql`insert into scenario_lines (run_id, place, change, body)
    select ${runId}, ${behind} + t.place, t.change, t.body
    from rows from (string_to_table(${bodies}::text, ${BETWEEN}::text), unnest(${textArray(changes)}::text[]))
      with ordinality as t(body, change, place)`)
}

/** Lines of a run after a place, of one change where it is named. */
export async function runLines(
  tx: Db | Tx,
  runId: string,
  of: { change: string | null; after: number; limit: number },
): Promise<LineRow[]> {
  const only = of.change === null ? sql`true` : sql`change = ${of.change}`
  return rows<LineRow>(
    tx,
    sql`select place, change, body from scenario_lines where run_id = ${runId} and ${only} and place > ${of.after}
      order by place limit ${of.limit}`,
  )
}

/** Which of the sharings a run found uncovered. */
export async function amongLines(tx: Tx, runId: string, ids: readonly string[]): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select body::jsonb->>'id' as id from scenario_lines where run_id = ${runId} and change = 'uncovered'
      and body::jsonb->>'id' = any(${textArray(ids)}::text[])`,
  )
  return found.map((item) => item.id)
}

/**
 * Uncovered lines of a run after a place: those that another run, or a list of sharings, holds as well (`both`), or those
 * that it does not hold.
 */
export async function linesAgainst(
  tx: Tx,
  runId: string,
  other: { runId: string } | { ids: readonly string[] },
  of: { both: boolean; after: number; limit: number },
): Promise<LineRow[]> {
  const held =
    "ids" in other
      ? sql`select unnest(${textArray(other.ids)}::text[])`
      : sql`select body::jsonb->>'id' from scenario_lines where run_id = ${other.runId} and change = 'uncovered'`
  return rows<LineRow>(
    tx,
    sql`with held(id) as materialized (${held})
      select place, change, body from scenario_lines l where run_id = ${runId} and change = 'uncovered' and place > ${of.after}
        and ${of.both ? sql`` : sql`not`} exists (select 1 from held where held.id = l.body::jsonb->>'id')
      order by place limit ${of.limit}`,
  )
}

/** Forgets runs that were begun before so many days, with what they found. */
export async function sweepRuns(db: Db, days: number): Promise<void> {
  await db.execute(sql`delete from scenario_runs where at < now() - make_interval(days => ${days})`)
}
