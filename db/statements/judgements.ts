import { hash } from "node:crypto"
import { sql, type SQL } from "drizzle-orm"
import { batchesOf } from "@/db/batches"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Finding } from "@/domain/checks/types"
import type { Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import type { Coverage } from "@/domain/coverage/coverage"
import { gapLinesOf } from "@/domain/coverage/gap-lines"
import type { Turn } from "@/domain/promises/verdicts"
import { textArray } from "./log"

/**
 * Says from the instant on that these are the findings of the records: what is found no longer is closed, what is new
 * is opened, what stands is left alone. A statement for every batch of records.
 */
export async function putFindings(
  tx: Tx,
  at: Instant,
  recordIds: readonly string[],
  list: readonly Finding[],
): Promise<void> {
  for (const part of batchesOf(recordIds, list, (line) => line.recordId))
    await putSomeFindings(tx, at, part.recordIds, part.lines)
}

async function putSomeFindings(
  tx: Tx,
  at: Instant,
  recordIds: readonly string[],
  list: readonly Finding[],
): Promise<void> {
  const { sorts, lines } = bySort(list)
  // What stood is looked up record by record: with numbers that are out of date the planner reads the whole table instead.
  await tx.execute(sql`with said as (
      select distinct on (t.record_id, md5(t::text)) t.*, md5(t::text) as key from (
        select l.r as record_id, s.record_kind, s.clause, s.pack, s.pack_version, s.severity, s.verdict, l.f as first_on, l.u as until_on, s.says,
          s.params, s.path, s.remedy
        from jsonb_to_recordset(${lines}::jsonb) as l(r text, s int, f date, u date)
        join jsonb_to_recordset(${sorts}::jsonb) as s(n int, record_kind text, clause text, pack text, pack_version text, severity text,
          verdict text, says text, params text, path text, remedy text) on s.n = l.s) t),
    stood as (select f.record_id, f.key, f.from_at from unnest(${sql.param(recordIds as unknown as string)}::text[]) as w(id)
      cross join lateral (select o.record_id, o.key, o.from_at, o.until_at from findings o
        where o.record_id = w.id offset 0) f where f.until_at = 'infinity'),
    gone as (select f.* from stood f where not exists (select 1 from said s where s.record_id = f.record_id and s.key = f.key)),
    closed as (update findings f set until_at = ${at}::timestamptz from gone g
      where f.record_id = g.record_id and f.key = g.key and f.from_at = g.from_at)
    insert into findings (record_id, key, from_at, until_at, record_kind, clause, pack, pack_version, severity, verdict, first_on, until_on,
        says, params, path, remedy)
      select record_id, key, ${at}::timestamptz, 'infinity', record_kind, clause, pack, pack_version, severity, verdict, first_on, until_on,
        says, params, path, remedy from said s
      where not exists (select 1 from stood f where f.record_id = s.record_id and f.key = s.key)`)
}

/** Between the words of a line, and between lines; and for what is not there. None of them stands in a word of ours. */
const [BETWEEN_WORDS, BETWEEN_LINES, NOTHING] = ["\u001f", "\u001e", "\u001d"]

/**
 * The records of which something else is found than stands: each is compared as one hash over all that is found of it, so
 * that a recompute that finds nothing new sends nothing. What is doubtful counts as different.
 */
export async function otherwiseFound(
  tx: Tx,
  recordIds: readonly string[],
  list: readonly Finding[],
): Promise<Set<string>> {
  const lines = new Map<string, string[]>(recordIds.map((id) => [id, []]))
  for (const f of list) lines.get(f.recordId)?.push(lineOf(f))
  const hashes = [...lines.values()].map((of) => hash("md5", [...new Set(of)].sort().join(BETWEEN_LINES)))
  const word = (column: string): string => `coalesce(${column}::text, '${NOTHING}')`
  const columns = [
    "record_kind",
    "clause",
    "pack",
    "pack_version",
    "severity",
    "verdict",
    "first_on",
    "until_on",
    "says",
  ]
  const line = sql.raw([...columns, "params", "path", "remedy"].map(word).join(` || '${BETWEEN_WORDS}' || `))
  const found = await rows<{ id: string }>(
    tx,
    sql`select t.id from unnest(${textArray([...lines.keys()])}::text[], ${textArray(hashes)}::text[]) as t(id, hash)
      cross join lateral (select md5(coalesce(string_agg(${line}, ${BETWEEN_LINES}::text order by (${line}) collate "C"), '')) as hash
        from findings f where f.record_id = t.id and f.until_at = 'infinity') stood
      where stood.hash <> t.hash`,
  )
  return new Set(found.map((one) => one.id))
}

function lineOf(f: Finding): string {
  const days = [f.from ?? NOTHING, f.to ?? NOTHING]
  const what = [f.recordKind, f.clause, f.pack, f.packVersion, f.severity, f.verdict, ...days, f.says]
  return [...what, JSON.stringify(f.params), f.path ?? NOTHING, f.remedy].join(BETWEEN_WORDS)
}

/** Findings as few sorts and many short lines: an import of thousands of flows finds the same few things in each. */
function bySort(list: readonly Finding[]): { sorts: string; lines: string } {
  const sorts = new Map<string, number>()
  const lines = list.map((f) => {
    const sort = JSON.stringify({
      record_kind: f.recordKind,
      clause: f.clause,
      pack: f.pack,
      pack_version: f.packVersion,
      severity: f.severity,
      verdict: f.verdict,
      says: f.says,
      params: JSON.stringify(f.params),
      path: f.path,
      remedy: f.remedy,
    })
    const n = sorts.get(sort) ?? sorts.size
    sorts.set(sort, n)
    return { r: f.recordId, s: n, f: f.from, u: f.to }
  })
  return {
    sorts: `[${[...sorts].map(([sort, n]) => `{"n":${n},${sort.slice(1)}`).join(",")}]`,
    lines: JSON.stringify(lines),
  }
}

/** What the checks said of one record: coverage of a sharing, and the turns of its clauses. */
export type JudgementRow = {
  recordId: string
  recordKind: string
  entityId: string | null
  partyId: string | null
  restrictedTo: string[] | null
  coverage: string | null
  turns: readonly Turn[]
  hash: string
}

/**
 * Writes judgements that differ from what stood, from the instant on, and the turns by which the sums of the board
 * change; counts up to the day that each company's sums have reached. One statement, under the log's lock.
 */
export async function putJudgements(tx: Tx, at: Instant, list: readonly JudgementRow[]): Promise<void> {
  if (list.length === 0) return
  await tx.execute(sql`with ${judged(at, list)}, ${summed(at)}`)
}

/** How many turns more or fewer a company's sum of a clause has on a day. */
export type NetTurn = { entity_id: string; clause: string; verdict: string; on_day: string; n: number }

/** The same without the sums, for a part of many: gives the turns, which are put once, when all parts are written. */
export async function putJudgementsOfPart(tx: Tx, at: Instant, list: readonly JudgementRow[]): Promise<NetTurn[]> {
  const news = await otherwiseJudged(tx, list)
  if (news.length === 0) return []
  return rows<NetTurn>(
    tx,
    sql`with ${judged(at, news)} select entity_id, clause, verdict, on_day::text as on_day, n from net`,
  )
}

/** The judgements that are others than those that stand. */
async function otherwiseJudged(tx: Tx, list: readonly JudgementRow[]): Promise<readonly JudgementRow[]> {
  if (list.length === 0) return list
  const said = sql`unnest(${textArray(list.map((j) => j.recordId))}::text[], ${textArray(list.map((j) => j.hash))}::text[]) as s(id, hash)`
  const found = await rows<{ id: string }>(
    tx,
    // Each is looked up by its key: with numbers that are out of date the planner reads the whole table for every part, or,
    // where the span is named inside, the whole of an index that has the record behind.
    sql`select s.id from ${said} left join lateral (
        select j.hash, j.until_at from judgements j where j.record_id = s.id offset 0) stood on stood.until_at = 'infinity'
      where stood.hash is distinct from s.hash`,
  )
  const others = new Set(found.map((one) => one.id))
  return others.size === list.length ? list : list.filter((j) => others.has(j.recordId))
}

/** Writes the turns of all parts, summed. */
export async function putTurns(tx: Tx, at: Instant, turns: readonly NetTurn[]): Promise<void> {
  await tx.execute(sql`with net as (select t.entity_id, t.clause, t.verdict, t.on_day, sum(t.n)::int as n
      from jsonb_to_recordset(${JSON.stringify(turns)}::jsonb) as t(entity_id text, clause text, verdict text, on_day date, n int)
      group by 1, 2, 3, 4 having sum(t.n) <> 0), ${summed(at)}`)
}

/** Judgements, gaps, and as `net` the turns that they make. */
function judged(at: Instant, list: readonly JudgementRow[]): SQL {
  const sets = new Map<JudgementRow["turns"], number>()
  for (const j of list) if (!sets.has(j.turns)) sets.set(j.turns, sets.size)
  const turns = JSON.stringify([...sets].map(([set, n]) => ({ n, turns: set })))
  const payload = JSON.stringify(
    list.map((j) => ({
      record_id: j.recordId,
      record_kind: j.recordKind,
      entity_id: j.entityId,
      party_id: j.partyId,
      restricted_to: j.restrictedTo,
      coverage: j.coverage,
      gaps: gapsIn(j.coverage),
      set: sets.get(j.turns),
      hash: j.hash,
    })),
  )
  return sql`said as (
      select t.*, s.turns from jsonb_to_recordset(${payload}::jsonb) as t(record_id text, record_kind text, entity_id text, party_id text,
        restricted_to text[], coverage text, gaps jsonb, set int, hash text)
      join jsonb_to_recordset(${turns}::jsonb) as s(n int, turns jsonb) on s.n = t.set),
    news as (select s.* from said s left join lateral (
        select j.hash, j.until_at from judgements j where j.record_id = s.record_id offset 0) stood on stood.until_at = 'infinity'
      where stood.hash is distinct from s.hash),
    closed as (update judgements j set until_at = ${at}::timestamptz from news s where j.record_id = s.record_id and j.until_at = 'infinity'
      returning j.entity_id, j.restricted_to, j.turns),
    opened as (insert into judgements (record_id, from_at, until_at, record_kind, entity_id, party_id, restricted_to, coverage, turns, hash)
      select record_id, ${at}::timestamptz, 'infinity', record_kind, entity_id, party_id, restricted_to, coverage, turns, hash from news),
    mended as (update gaps g set until_at = ${at}::timestamptz from news s where g.record_id = s.record_id and g.until_at = 'infinity'),
    lacking as (insert into gaps (record_id, from_at, until_at, entity_id, since_on, from_on, until_on, causes)
      select s.record_id, ${at}::timestamptz, 'infinity', s.entity_id, g.since_on, g.from_on, g.until_on, g.causes
      from news s, jsonb_to_recordset(s.gaps) as g(since_on date, from_on date, until_on date, causes text[])),
    alike as (
      select entity_id, turns, count(*)::int as way from news where restricted_to is null group by entity_id, turns
      union all
      select entity_id, turns, -count(*)::int from closed where restricted_to is null group by entity_id, turns),
    turned as (select coalesce(entity_id, '') as entity_id, t, way from alike, jsonb_array_elements(turns) t),
    net as (select entity_id, t->>0 as clause, t->>1 as verdict, coalesce((t->>2)::date, '-infinity') as on_day, sum((t->>3)::int * way)::int as n
      from turned group by 1, 2, 3, 4 having sum((t->>3)::int * way) <> 0)`
}

/** The turns in `net` are put down, and counted up to the day that each company's sums have reached. */
function summed(at: Instant): SQL {
  return sql`written as (insert into promise_turns (entity_id, clause, verdict, on_day, at, n)
      select entity_id, clause, verdict, on_day, ${at}::timestamptz, n from net),
    reached as (select entity_id, on_day from promise_days where entity_id in (select entity_id from net) order by entity_id for share)
    insert into promise_counts (entity_id, clause, verdict, n)
      select net.entity_id, clause, verdict, sum(n)::int from net join reached using (entity_id)
      where net.on_day <= reached.on_day and reached.on_day > '-infinity'
      group by 1, 2, 3 order by 1, 2, 3
      on conflict (entity_id, clause, verdict) do update set n = promise_counts.n + excluded.n`
}

/** The gaps that a stored coverage holds, as rows. */
function gapsIn(coverage: string | null): object[] {
  if (coverage === null) return []
  return gapLinesOf(JSON.parse(coverage) as Coverage).map((gap) => ({
    since_on: gap.sinceOn ?? "-infinity",
    from_on: gap.fromOn ?? "-infinity",
    until_on: gap.untilOn ?? "infinity",
    causes: gap.causes,
  }))
}

/** Begins the sums of a new company, before any record of it can be judged. */
export async function beginSums(tx: Tx, entityId: string): Promise<void> {
  await tx.execute(
    sql`insert into promise_days (entity_id, on_day) values (${entityId}, '-infinity') on conflict do nothing`,
  )
}

/** Asks the worker to judge the flows and papers of a company anew; null: every record there is. */
export async function judgeAgain(tx: Db | Tx, entityId: string | null): Promise<void> {
  const of = entityId === null ? sql`true` : sql`r.entity_id = ${entityId}`
  await tx.execute(sql`insert into to_judge (record_id)
    select r.record_id from sharing_rows r where r.until_at = 'infinity' and ${of}
    union all select r.record_id from agreement_rows r where r.until_at = 'infinity' and ${of}
    ${entityId === null ? sql`union all select r.record_id from party_rows r where r.until_at = 'infinity'` : sql``}
    on conflict do nothing`)
}

/**
 * Has papers looked at anew whose next day went by: the last day for notice of a term, or the end that was to come. `before`:
 * the first day that is still today somewhere.
 */
export async function rollPapers(tx: Db | Tx, before: string): Promise<void> {
  await tx.execute(sql`insert into to_judge (record_id) select distinct r.record_id from review_dues r
    where r.until_at = 'infinity' and r.record_kind = 'agreement' and r.due_on < ${before}::date
      and (r.kind = 'notice' or (r.kind = 'ends' and r.rule <> 'ends-over')) on conflict do nothing`)
}

/** Takes up to `limit` records off the list of those to be judged anew, the longest waiting first. */
export async function takeToJudge(tx: Tx, limit: number): Promise<string[]> {
  const taken = await rows<{ id: string }>(
    tx,
    sql`delete from to_judge where record_id in (select record_id from to_judge order by n limit ${limit} for update skip locked)
      returning record_id as id`,
  )
  return taken.map((item) => item.id)
}

/** Whether anything waits to be judged anew. */
export async function anyToJudge(tx: Db | Tx): Promise<boolean> {
  return (await row(tx, sql`select 1 from to_judge limit 1`)) !== null
}

/** Notes what the derived tables are made with; says whether that is news. */
export async function derivedWith(tx: Tx, word: string): Promise<boolean> {
  const changed = await row(
    tx,
    sql`insert into derived_by (one, word) values (true, ${word}) on conflict (one) do update set word = excluded.word
      where derived_by.word <> excluded.word returning 1`,
  )
  return changed !== null
}

/**
 * Moves a company's sums on to a day: what turned since is added. Of several instances that do it at once one does; a
 * day before the one that was reached changes nothing. Says whether anything was moved.
 */
export async function reachDay(tx: Tx, entityId: string, on: Day): Promise<boolean> {
  const held = await tx.execute(
    sql`select 1 from promise_days where entity_id = ${entityId} and on_day < ${on}::date for update`,
  )
  if (!held.rowCount) return false
  await tx.execute(sql`insert into promise_counts (entity_id, clause, verdict, n)
    select t.entity_id, t.clause, t.verdict, sum(t.n)::int from promise_turns t join promise_days d using (entity_id)
      where t.entity_id = ${entityId} and (t.on_day > d.on_day or d.on_day = '-infinity') and t.on_day <= ${on}::date
      group by 1, 2, 3 order by 1, 2, 3
    on conflict (entity_id, clause, verdict) do update set n = promise_counts.n + excluded.n`)
  await tx.execute(sql`update promise_days set on_day = ${on}::date where entity_id = ${entityId}`)
  return true
}
