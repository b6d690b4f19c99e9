import { sql } from "drizzle-orm"
import { performance } from "node:perf_hooks"
import { unlink } from "node:fs/promises"
import { folderStore } from "@/adapters/files/folder"
import { closeDb, openDb, type Db } from "@/db/connect"
import { logHead } from "@/db/statements/log"
import type { Id } from "@/domain/core/id"
import { exported as packageOf } from "@/testing/log-key"
import { listRecords } from "@/usecases/register/list-records"
import { readRecord } from "@/usecases/register/read-record"
import { decideRequest } from "@/usecases/requests/decide-request"
import { dayIn } from "@/domain/core/day"
import { listRenewals } from "@/usecases/renewals/list-renewals"
import { makeFacets } from "@/usecases/register/facet-cache"
import { clockNow, OPERATOR, type Actor } from "@/usecases/scene"
import { typedParty } from "./bodies"
import { fillDesk } from "./bench-desk"
import { loadBench, SIZES } from "./bench-load"
import { anEntity, aPerson, sceneFor } from "./people"
import { aCast, inForce, must, submitted } from "./requests"
import { TEST_KEYS } from "./keys"

/** One measured task: milliseconds at the use case, one client but for T8. */
type Solo = { task: string; p50: number; p95: number; perSecond: number; peakMb: number }

const files = folderStore(process.env.ONWARD_BENCH_FILES ?? "", TEST_KEYS)

async function main(): Promise<void> {
  const size = SIZES[process.env.ONWARD_BENCH_SIZE ?? "small"]
  if (!size) throw new Error("the size is small or big")
  const db = openDb(process.env.ONWARD_BENCH_APP ?? "", { name: "onward-bench", max: 34, statementSeconds: 600 })
  const cast = await aCast(db)
  const [anchor] = await inForce(db, cast, "Anchor", [{ kind: "party", body: typedParty() }])
  const began = performance.now()
  const requestId = must(await readRecord(sceneFor(db, cast.legal), { id: anchor })).record.requestId ?? ""
  const before = (await logHead(db)).at
  const entityIds = [cast.entityId as Id<"entity">, await anEntity(db), await anEntity(db), await anEntity(db)]
  if (!process.env.ONWARD_BENCH_LOADED)
    await loadBench(process.env.ONWARD_BENCH_OWNER ?? "", size, { entityIds, requestId })
  if (!process.env.ONWARD_BENCH_LOADED) await fillDesk(db, clockNow())
  await db.execute(sql`analyze review_dues`).catch(() => undefined)
  const loadSeconds = (performance.now() - began) / 1000
  const reader = await aPerson(db, "Bench Reader", ["legal", "supervisor"])
  const page = must(await listRecords(sceneFor(db, cast.legal), { list: "parties" }))
  const someParty = String(page.rows[7]?.id)
  const asOf = (await logHead(db)).at
  const tasks = [
    await timed("T1", 200, () => listRecords(sceneFor(db, cast.legal), { list: "sharings" })),
    await timed("T4", 100, () => readRecord(sceneFor(db, cast.legal), { id: someParty })),
    await timed("T5 list", 200, () => listRecords(sceneFor(db, cast.legal), { list: "sharings", asOf })),
    await timed("T5 party", 100, () => readRecord(sceneFor(db, cast.legal), { id: someParty, asOf })),
    await timed("T5 count", 200, () => listRecords(sceneFor(db, cast.legal), { list: "agreements", asOf, size: 25 })),
    ...(await desk(db, cast)),
    await timed("T7", 1, () => exported(db)),
    await approvals(db, cast),
    ...(await facets(db, cast)),
  ]
  const email = `bench.${reader.id}@example.test`
  process.stdout.write(
    `${JSON.stringify({ loadSeconds, tasks, party: someParty, asOf, before, email, records: await counts(db) })}\n`,
  )
  await closeDb(db)
}

const FACETS = ["coverage", "findings", "standing", "mode", "destination", "ground", "entity"]

/** T2: a page with all its facets, once their index is made; how long that takes and what it holds is told as well. */
async function facets(db: Db, cast: Awaited<ReturnType<typeof aCast>>): Promise<Solo[]> {
  const page = (filters: Record<string, string[]>) => () =>
    listRecords(sceneFor(db, cast.legal), { list: "sharings", facets: FACETS, filters })
  const made = await timed("T2 index made", 1, async () => {
    await makeFacets(db, "sharings", dayIn("UTC", clockNow()))
    return { ok: true }
  })
  return [made, await timed("T2", 100, page({})), await timed("T2 by date", 100, page({ coverage: ["expiring"] }))]
}

/** The renewal desk as it opens, its second page, by a filter, and of one company alone. */
async function desk(db: Db, cast: Awaited<ReturnType<typeof aCast>>): Promise<Solo[]> {
  const ofOne = await aPerson(db, "Bench Buyer", ["procurement"], cast.entityId)
  const first = must(await listRenewals(sceneFor(db, cast.legal), {}))
  const page =
    (input: object, who = cast.legal) =>
    () =>
      listRenewals(sceneFor(db, who), input)
  return [
    await timed("T11 desk", 20, page({})),
    await timed("T11 desk, next page", 20, page({ after: first.next ?? "" })),
    await timed("T11 desk, overdue", 20, page({ filters: { when: ["overdue"] } })),
    await timed("T11 desk, one company", 20, page({}, ofOne)),
  ]
}

async function counts(db: Db): Promise<{ events: number }> {
  return { events: (await logHead(db)).size }
}

async function exported(db: Db) {
  const made = await packageOf(sceneFor(db, OPERATOR, { files }), { asOf: null })
  if (made.ok) await unlink(made.value.path)
  return made
}

async function timed(task: string, times: number, run: () => Promise<{ ok: boolean }>): Promise<Solo> {
  const took: number[] = []
  let peak = 0
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20)
  if (times > 1) for (let i = 0; i < 10; i += 1) await run()
  const began = performance.now()
  for (let i = 0; i < times; i += 1) {
    const start = performance.now()
    const outcome = await run()
    if (!outcome.ok) throw new Error(`${task}: ${JSON.stringify(outcome)}`)
    took.push(performance.now() - start)
  }
  const seconds = (performance.now() - began) / 1000
  clearInterval(watch)
  return { task, ...spread(took), perSecond: times / seconds, peakMb: Math.max(peak, process.memoryUsage().rss) / 1e6 }
}

function spread(took: number[]): { p50: number; p95: number } {
  took.sort((a, b) => a - b)
  const at = (part: number): number => took[Math.min(took.length - 1, Math.floor(took.length * part))] ?? 0
  return { p50: at(0.5), p95: at(0.95) }
}

/** T8: 32 clients approve, each another request; the one stage that each decides is the same act as anybody's. */
async function approvals(db: Db, cast: Awaited<ReturnType<typeof aCast>>): Promise<Solo> {
  const count = 320
  const requests = []
  for (let i = 0; i < count; i += 1)
    requests.push(
      await submitted(db, cast, `Bench ${i}`, [{ kind: "party", body: typedParty({ legalName: `T8 ${i} Ltd` }) }]),
    )
  const took: number[] = []
  const queue = [...requests]
  const decider: Actor = cast.procurement
  const began = performance.now()
  await Promise.all(
    Array.from({ length: 32 }, async () => {
      for (let request = queue.pop(); request; request = queue.pop()) {
        const stage = request.stages.find((one) => one.stage === "procurement")
        const start = performance.now()
        must(
          await decideRequest(sceneFor(db, decider), {
            ...{ requestId: request.requestId, hash: request.hash, stage: "procurement", entityId: stage?.entityId },
            verdict: "approve",
          }),
        )
        took.push(performance.now() - start)
      }
    }),
  )
  const seconds = (performance.now() - began) / 1000
  return { task: "T8", ...spread(took), perSecond: count / seconds, peakMb: process.memoryUsage().rss / 1e6 }
}

await main()
