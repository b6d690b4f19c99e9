import { performance } from "node:perf_hooks"
import { sql } from "drizzle-orm"
import { closeDb, openDb, row, type Db } from "@/db/connect"
import { factsOfSharing } from "@/domain/checks/facts"
import { lawFactsOf } from "@/domain/checks/law"
import { makeRegister } from "@/domain/checks/register"
import { findingsOf } from "@/domain/checks/run"
import { BLANK, known } from "@/domain/core/answer"
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
import { putEntity } from "@/usecases/people/entities"
import { readBoard } from "@/usecases/promises/read-board"
import { makeFacets } from "@/usecases/register/facet-cache"
import { recheck } from "@/usecases/register/rebuild"
import { loadEntities, loadRecords } from "@/usecases/register/records"
import { clockNow, OPERATOR } from "@/usecases/scene"
import { loadAround } from "@/usecases/whatif/load-around"
import { readWhatIf } from "@/usecases/whatif/read-what-if"
import { beginWhatIf, doRuns, readRun } from "@/usecases/whatif/runs"
import { idMaker, loadBench, PLAIN, type Made } from "./bench-load"
import { typedEntity, typedParty } from "./bodies"
import { mechanism } from "./covered"
import { OPEN, typedAgreement, typedSharing } from "./flow"
import { anEntity, sceneFor } from "./people"
import { aCast, must, submitted } from "./requests"

/** One measured task: milliseconds (p50, p95) or seconds, and what else is told of it. */
export type CheckTask = { task: string; ms?: number; p95?: number; seconds?: number; more?: Record<string, number> }

const EACH = 5
/** So many flows does the heaviest party have. */
const HEAVY = 500

type Companies = { union: readonly Id<"entity">[]; mainland: Id<"entity"> }

/**
 * Flows of four companies of the Union and one of the mainland: a quarter goes to the US and a twentieth to Japan, both on
 * adequacy alone; one in a hundred papers is the mainland's. The first party has 500 of them.
 */
function* flows(sharings: number, { union, mainland }: Companies): Generator<Made> {
  const newId = idMaker()
  const conditions = (["dpf", "appi"] as const).map((condition) => ({ condition, evidence: BLANK, ...OPEN }))
  const parties = Array.from({ length: Math.max(2, sharings / 10) }, () => newId("party"))
  for (const [i, id] of parties.entries())
    yield { kind: "party", id, ...PLAIN, body: typedParty({ legalName: `Party ${i}`, conditions }) }
  for (let n = 0; n < sharings / EACH; n += 1) {
    const partyId = parties[n < HEAVY / EACH ? 0 : 1 + (n % (parties.length - 1))] as Id<"party">
    const chinese = n % 100 === 99
    const entityId = chinese ? mainland : (union[n % union.length] as Id<"entity">)
    const between = { entityId, partyId }
    const mine: Id<"sharing">[] = []
    for (let i = n * EACH; i < (n + 1) * EACH; i += 1) {
      const id = newId("sharing")
      yield { kind: "sharing", id, ...PLAIN, body: aFlow(i, between, chinese) }
      mine.push(id)
    }
    yield { kind: "agreement", id: newId("agreement"), ...PLAIN, body: typedAgreement(between, mine) }
  }
}

function aFlow(i: number, between: { entityId: Id<"entity">; partyId: Id<"party"> }, chinese: boolean) {
  const country = chinese || i % 4 === 0 ? "US" : i % 20 === 1 ? "JP" : "DE"
  const route = chinese ? mechanism("cn-contract", { regime: "CN" }) : mechanism("adequacy")
  const mechanisms = country === "DE" ? [] : [route]
  return typedSharing(between, {
    ...{ title: `Flow ${i}`, peopleCount: known(10 + (i % 90)) },
    ...(i % 50 === 7 ? { dataLines: { state: "unknown" as const } } : {}),
    destinations: known([{ country, kind: "storage" as const, mechanisms, ...OPEN }]),
  })
}

async function main(): Promise<void> {
  const sharings = Number(process.env.ONWARD_BENCH_SHARINGS)
  const owner = process.env.ONWARD_BENCH_OWNER ?? ""
  const db = openDb(process.env.ONWARD_BENCH_APP ?? "", { name: "onward-bench", statementSeconds: 900 })
  const cast = await aCast(db)
  const began = performance.now()
  if (!process.env.ONWARD_BENCH_LOADED) await load(db, owner, sharings, cast)
  const loadSeconds = (performance.now() - began) / 1000
  const heavy = await row<{ id: string }>(
    db,
    sql`select party_id as id from sharing_rows group by 1 order by count(*) desc limit 1`,
  )
  const party = heavy?.id ?? ""
  const tasks: CheckTask[] = []
  // A run takes minutes: what is measured is told as it comes.
  const note = (...list: CheckTask[]): void => {
    tasks.push(...list)
    for (const one of list) process.stderr.write(`${JSON.stringify(one)}\n`)
  }
  note(await oneRecord(db))
  if (!process.env.ONWARD_BENCH_LOADED) note(await recomputed(db, "full recompute, everything written"))
  note(await recomputed(db, "full recompute, nothing new"))
  await turnDays({ db, now: clockNow() })
  await vacuum(owner)
  const scene = () => sceneFor(db, cast.legal)
  await makeFacets(db, "sharings", dayIn("UTC", clockNow()))
  note(
    await timed("promise board, first", 1, () => readBoard(scene(), {})),
    await timed("promise board", 20, () => readBoard(scene(), {})),
    await timed(`timeline of a party with ${HEAVY}`, 20, () => readPartyCoverage(scene(), { id: party })),
    await timed("answers not known yet, counted for the board", 20, () => unknownCounts(scene(), {})),
    await timed("gaps with facets", 20, () => listGaps(scene(), {})),
    await timed("flow picture", 20, () => readFlows(scene(), {})),
    ...(await whatIf(db, cast, party)),
  )
  process.stdout.write(`${JSON.stringify({ loadSeconds, sharings, party, tasks })}\n`)
  await closeDb(db)
}

async function load(db: Db, owner: string, sharings: number, cast: Awaited<ReturnType<typeof aCast>>): Promise<void> {
  const { requestId } = await submitted(db, cast, "Load", [{ kind: "party", body: typedParty() }])
  const union = [cast.entityId as Id<"entity">, await anEntity(db), await anEntity(db), await anEntity(db)]
  const regimes = [{ regime: "CN" as const, ...OPEN }]
  const body = { ...typedEntity({ legalName: "Mainland Ltd" }), country: "CN", zone: "Asia/Shanghai", regimes }
  const mainland = must(await putEntity(sceneFor(db, OPERATOR), { body })).id as Id<"entity">
  await loadBench(
    owner,
    { parties: 0, sharings, agreements: 0, events: 0 },
    { entityIds: union, requestId },
    flows(sharings, { union, mainland }),
  )
}

async function vacuum(owner: string): Promise<void> {
  const db = openDb(owner, { name: "onward-bench-owner", max: 1, statementSeconds: 900 })
  await db.execute(sql`vacuum analyze`)
  await closeDb(db)
}

/** Coverage and every clause of every pack over single flows, already in memory. */
async function oneRecord(db: Db): Promise<CheckTask> {
  const ids = await db.execute(
    sql`select record_id as id from sharing_rows where until_at = 'infinity' order by party_id limit 2000`,
  )
  const wanted = ids.rows.map((one) => String(one.id))
  const { records, entities } = await db.transaction(async (tx) => {
    const around = await loadAround(tx, wanted, new Map())
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
  const records = await db.transaction((tx) => recheck(tx, clockNow()))
  const seconds = (performance.now() - began) / 1000
  clearInterval(watch)
  const { user, system } = process.cpuUsage(cpu)
  const quarter = (n: number): number =>
    Math.round(Math.max(0, ...rss.slice(Math.floor((rss.length * (n - 1)) / 4), Math.floor((rss.length * n) / 4))))
  const more = { records, cpuSeconds: (user + system) / 1e6, mbQuarter1: quarter(1), mbQuarter2: quarter(2) }
  return { task, seconds, more: { ...more, mbQuarter3: quarter(3), mbQuarter4: quarter(4) } }
}

async function whatIf(db: Db, cast: Awaited<ReturnType<typeof aCast>>, party: string): Promise<CheckTask[]> {
  const on = day("2026-03-01")
  const scenarios: Scenario[] = [
    { kind: "loses-adequacy", regime: "EU", country: "US", on },
    { kind: "loses-adequacy", regime: "EU", country: "JP", on },
    { kind: "party-insolvent", partyId: party as Id<"party">, on },
  ]
  const scene = sceneFor(db, cast.legal)
  const out: CheckTask[] = []
  for (const scenario of scenarios) {
    const began = performance.now()
    const cpu = process.cpuUsage()
    const { runId } = must(await beginWhatIf(scene, { scenario }))
    if (runId) await doRuns(scene)
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
