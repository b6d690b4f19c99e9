import { readFileSync } from "node:fs"
import { performance } from "node:perf_hooks"
import { sql } from "drizzle-orm"
import { threadHelp } from "@/cli/what-if-help"
import { closeDb, openDb, row, type Db, type Tx } from "@/db/connect"
import { factsOfSharing } from "@/domain/checks/facts"
import { lawFactsOf } from "@/domain/checks/law"
import { makeRegister } from "@/domain/checks/register"
import { findingsOf } from "@/domain/checks/run"
import { day, dayIn } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import { coverageOf } from "@/domain/coverage/coverage"
import { packsKnownAt } from "@/domain/packs/all"
import type { Scenario } from "@/domain/whatif/scenario"
import { turnDays } from "@/usecases/checks/judge-again"
import { listGaps } from "@/usecases/coverage/list-gaps"
import { readPartyCoverage } from "@/usecases/coverage/read-party-coverage"
import { readFlows } from "@/usecases/flows/read-flows"
import { unknownCounts } from "@/usecases/desk/list-unknowns"
import { readBoard } from "@/usecases/promises/read-board"
import { makeFacets } from "@/usecases/register/facet-cache"
import { recheck } from "@/usecases/register/rebuild"
import { loadEntities, loadRecords } from "@/usecases/register/records"
import { clockNow, type Scene } from "@/usecases/scene"
import { loadAround } from "@/usecases/whatif/load-around"
import { readWhatIf } from "@/usecases/whatif/read-what-if"
import { beginWhatIf, doRuns, readRun } from "@/usecases/whatif/runs"
import { gapEach, HEAVY, heaviest, loadFlows, noGapEach, vacuum } from "./bench-flows"
import { sceneFor } from "./people"
import { aCast, must, type Cast } from "./requests"

/** One measured task: milliseconds (p50, p95) or seconds, and what else is told of it. */
export type CheckTask = { task: string; ms?: number; p95?: number; seconds?: number; more?: Record<string, number> }

/** What a run measures, in this order; some of them alone while one of them is worked on. */
const STAGES = ["load", "record", "written", "nothing", "looks", "what-if", "gaps"] as const
type Stage = (typeof STAGES)[number]

async function main(): Promise<void> {
  const sharings = Number(process.env.ONWARD_BENCH_SHARINGS)
  const owner = process.env.ONWARD_BENCH_OWNER ?? ""
  const wanted = (process.env.ONWARD_BENCH_STAGES || STAGES.join(",")).split(",")
  const does = (stage: Stage): boolean => wanted.includes(stage)
  const db = openDb(process.env.ONWARD_BENCH_APP ?? "", { name: "onward-bench", statementSeconds: 900 })
  const cast = await aCast(db)
  const tasks: CheckTask[] = []
  // A run takes minutes: what is measured is told as it comes.
  const note = (...list: CheckTask[]): void => {
    tasks.push(...list)
    for (const one of list) process.stderr.write(`${JSON.stringify(one)}\n`)
  }
  if (does("load")) note(await took("loaded", () => loadFlows(db, owner, sharings, cast)))
  const party = await heaviest(db)
  if (does("record")) note(await oneRecord(db))
  if (does("written")) note(await recomputed(db, "full recompute, everything written"))
  if (does("nothing")) note(await recomputed(db, "full recompute, nothing new"))
  if (does("looks") || does("what-if") || does("gaps")) {
    await turnDays({ db, now: clockNow() })
    await vacuum(owner)
  }
  if (does("looks")) await looks(db, cast, party, note)
  if (does("what-if")) note(...(await whatIf(db, cast, party)))
  if (does("gaps")) {
    await gapEach(owner)
    note(await timed("gaps with facets, where every flow has one", 20, () => listGaps(sceneFor(db, cast.legal), {})))
    await noGapEach(owner)
  }
  process.stdout.write(`${JSON.stringify({ sharings, party, tasks })}\n`)
  await closeDb(db)
}

async function looks(db: Db, cast: Cast, party: Id<"party">, note: (task: CheckTask) => void): Promise<void> {
  const scene = (): Scene => sceneFor(db, cast.legal)
  note(await took("bit sets of sharings made", () => makeFacets(db, "sharings", dayIn("UTC", clockNow()))))
  note(await timed("promise board, first", 1, () => readBoard(scene(), {})))
  note(await timed("promise board", 20, () => readBoard(scene(), {})))
  note(await timed(`timeline of a party with ${HEAVY}`, 20, () => readPartyCoverage(scene(), { id: party })))
  note(await timed("answers not known yet, counted for the board", 20, () => unknownCounts(scene(), {})))
  note(await timed("gaps with facets", 20, () => listGaps(scene(), {})))
  note(await timed("flow picture", 20, () => readFlows(scene(), {})))
}

async function took(task: string, run: () => Promise<unknown>): Promise<CheckTask> {
  const began = performance.now()
  const cpu = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(cpu)
  return { task, seconds: (performance.now() - began) / 1000, more: { cpuSeconds: (user + system) / 1e6 } }
}

/** Coverage and every clause of every pack over single flows, already in memory. */
async function oneRecord(db: Db): Promise<CheckTask> {
  const ids = await db.execute(
    sql`select record_id as id from sharing_rows where until_at = 'infinity' order by party_id limit 2000`,
  )
  const wanted = ids.rows.map((one) => String(one.id))
  const { records, entities } = await db.transaction(async (tx) => {
    const around = await loadAround(tx, wanted)
    const names = [...new Set(around.flatMap((one) => ("entityId" in one.body ? [one.body.entityId as string] : [])))]
    return {
      records: await loadRecords(
        tx,
        around.map((one) => one.id),
        null,
      ),
      entities: await loadEntities(tx, names, null),
    }
  })
  const packs = packsKnownAt(clockNow())
  const law = lawFactsOf(packs)
  const register = makeRegister(records, entities)
  const took: number[] = []
  for (const turn of [0, 1])
    for (const id of wanted) {
      const start = performance.now()
      const facts = factsOfSharing(register, id as Id<"sharing">)
      if (!facts) continue
      findingsOf(facts, packs, law)
      coverageOf(facts, law)
      if (turn === 1) took.push(performance.now() - start)
    }
  return { task: "one record's checks and coverage", ...spread(took) }
}

/** Everything judged anew, in one process: how long, with how much work, and how memory stands at its quarters. */
async function recomputed(db: Db, task: string): Promise<CheckTask> {
  const rss: number[] = []
  const watch = setInterval(() => rss.push(process.memoryUsage().rss / 1e6), 50)
  const cpu = process.cpuUsage()
  const began = performance.now()
  const { records, dbCpuSeconds } = await db.transaction(async (tx) => {
    const before = await workOfDatabase(tx)
    const done = await recheck(tx, clockNow())
    return { records: done, dbCpuSeconds: (await workOfDatabase(tx)) - before }
  })
  const seconds = (performance.now() - began) / 1000
  clearInterval(watch)
  const { user, system } = process.cpuUsage(cpu)
  const quarter = (n: number): number =>
    Math.round(Math.max(0, ...rss.slice(Math.floor((rss.length * (n - 1)) / 4), Math.floor((rss.length * n) / 4))))
  const more = {
    records,
    cpuSeconds: (user + system) / 1e6,
    dbCpuSeconds,
    mbQuarter1: quarter(1),
    mbQuarter2: quarter(2),
  }
  return { task, seconds, more: { ...more, mbQuarter3: quarter(3), mbQuarter4: quarter(4) } }
}

/** Seconds of work of the server's process behind the transaction, where it runs beside us and the system tells; else 0. */
async function workOfDatabase(tx: Tx): Promise<number> {
  const found = await row<{ pid: number }>(tx, sql`select pg_backend_pid() as pid`)
  try {
    const told = readFileSync(`/proc/${found?.pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? []
    return (Number(told[11]) + Number(told[12])) / 100
  } catch {
    return 0
  }
}

async function whatIf(db: Db, cast: Cast, party: Id<"party">): Promise<CheckTask[]> {
  const on = day("2026-03-01")
  const scenarios: Scenario[] = [
    { kind: "loses-adequacy", regime: "EU", country: "US", on },
    { kind: "loses-adequacy", regime: "EU", country: "JP", on },
    { kind: "party-insolvent", partyId: party, on },
    { kind: "purpose-withdrawn", purpose: "svc.infra", on },
    // Once more: the threads that helped the first time wait for a while, and need not begin anew.
    { kind: "loses-adequacy", regime: "EU", country: "US", on },
  ]
  const scene = sceneFor(db, cast.legal)
  const out: CheckTask[] = []
  for (const scenario of scenarios) {
    const began = performance.now()
    const cpu = process.cpuUsage()
    const { runId } = must(await beginWhatIf(scene, { scenario }))
    if (runId) await doRuns(scene, threadHelp())
    const { summary } = runId ? must(await readRun(scene, { runId })) : must(await readWhatIf(scene, { scenario }))
    const { user, system } = process.cpuUsage(cpu)
    out.push({
      task: `what if: ${scenario.kind}${"country" in scenario ? ` ${scenario.country}` : ""}`,
      seconds: (performance.now() - began) / 1000,
      more: {
        cpuSeconds: (user + system) / 1e6,
        looked: summary?.candidates ?? 0,
        uncovered: summary?.parts.uncovered.tally.sharings ?? 0,
      },
    })
  }
  return out
}

async function timed(task: string, times: number, run: () => Promise<{ ok: boolean }>): Promise<CheckTask> {
  const took: number[] = []
  if (times > 1) for (let i = 0; i < 3; i += 1) await run()
  for (let i = 0; i < times; i += 1) {
    const start = performance.now()
    const outcome = await run()
    if (!outcome.ok) throw new Error(`${task}: ${JSON.stringify(outcome)}`)
    took.push(performance.now() - start)
  }
  return { task, ...spread(took) }
}

function spread(took: number[]): { ms: number; p95: number } {
  took.sort((a, b) => a - b)
  const at = (part: number): number => took[Math.min(took.length - 1, Math.floor(took.length * part))] ?? 0
  return { ms: at(0.5), p95: at(0.95) }
}

await main()
