import { performance } from "node:perf_hooks"
import { sql } from "drizzle-orm"
import { closeDb, openDb, row } from "@/db/connect"
import type { Role } from "@/domain/people/roles"
import { decideRequest } from "@/usecases/requests/decide-request"
import type { Actor } from "@/usecases/scene"
import { typedParty } from "./bodies"
import { aPerson, sceneFor } from "./people"
import { aCast, submitted, type Submitted } from "./requests"

const REVIEWERS = 50
const REQUESTS = 40
const LIMIT_MS = 4 * 60_000
const STAGES: Record<string, Role> = { procurement: "procurement", dpo: "dpo" }

/** Reviewers who decide at once, each every request of their stage: so each stage is wanted by half of them, and given once. */
async function main(): Promise<void> {
  const db = openDb(process.env.ONWARD_BENCH_APP ?? "", { name: "onward-bench", max: REVIEWERS, statementSeconds: 60 })
  const cast = await aCast(db)
  const reviewers: { actor: Actor; stage: string }[] = []
  for (let i = 0; i < REVIEWERS; i += 1) {
    const stage = i % 2 === 0 ? "procurement" : "dpo"
    reviewers.push({ stage, actor: await aPerson(db, `Reviewer ${i}`, [STAGES[stage] as Role]) })
  }
  const requests: Submitted[] = []
  for (let i = 0; i < REQUESTS; i += 1)
    requests.push(
      await submitted(db, cast, `Bench ${i}`, [{ kind: "party", body: typedParty({ legalName: `Bench ${i} Ltd` }) }]),
    )
  const took: number[] = []
  const refused: Record<string, number> = {}
  let taken = 0
  let next = 0
  const began = performance.now()
  await Promise.all(
    reviewers.map(async ({ actor, stage }, i) => {
      // Each begins elsewhere, so that they meet at some requests and pass each other at others.
      for (let step = 0; step < REQUESTS && performance.now() - began < LIMIT_MS; step += 1) {
        const request = requests[(step + (i >> 1)) % REQUESTS] as Submitted
        const seat = request.stages.find((one) => one.stage === stage)
        const start = performance.now()
        const outcome = await decideRequest(sceneFor(db, actor), {
          ...{ requestId: request.requestId, hash: request.hash, stage, entityId: seat?.entityId },
          verdict: seat?.seat === "decides" ? "approve" : "agree",
        })
        took.push(performance.now() - start)
        if (outcome.ok) taken += 1
        else refused[outcome.says] = (refused[outcome.says] ?? 0) + 1
        next += 1
      }
    }),
  )
  const seconds = (performance.now() - began) / 1000
  const stands = await row<{ decisions: number; twice: number; people: number; approved: number; versions: number }>(
    db,
    sql`select (select count(*)::int from decisions) as decisions,
      (select count(*)::int from (select 1 from decisions group by request_id, revision, stage, entity_id having count(*) > 1) d) as twice,
      (select count(*)::int from (select 1 from decisions group by request_id, person_id having count(distinct stage) > 1) d) as people,
      (select count(*)::int from requests where state = 'approved') as approved,
      (select count(*)::int from versions v join requests r on r.id = v.request_id) as versions`,
  )
  took.sort((a, b) => a - b)
  const at = (part: number): number => took[Math.min(took.length - 1, Math.floor(took.length * part))] ?? 0
  const wanted = REQUESTS * Object.keys(STAGES).length
  process.stdout.write(
    `${JSON.stringify({ reviewers: REVIEWERS, requests: REQUESTS, tries: next, taken, wanted, refused, seconds, decisionsPerSecond: taken / seconds, triesPerSecond: next / seconds, p50: at(0.5), p95: at(0.95), ...stands })}\n`,
  )
  await closeDb(db)
  const sound = taken === wanted && stands?.decisions === wanted && stands.twice === 0 && stands.people === 0
  // Each approved request brought its one version into force, and every try was answered with a yes or a reason.
  const told = taken + Object.values(refused).reduce((sum, n) => sum + n, 0) === next
  if (!sound || !told || stands.approved !== REQUESTS || stands.versions !== REQUESTS)
    throw new Error("a stage was not decided exactly once")
}

await main()
