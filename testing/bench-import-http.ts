import { readdirSync } from "node:fs"
import { performance } from "node:perf_hooks"
import { sql } from "drizzle-orm"
import { closeDb, openDb, row } from "@/db/connect"
import { childrenOf, megabytesOf } from "./bench-processes"
import { typedEntity } from "./bodies"
import { madeTable, tableAsCsv } from "./import-table"

/** Someone of the bench: a role, and the way in. */
type Somebody = { email: string; link: string }

const ORIGIN = process.env.ONWARD_BENCH_ORIGIN ?? ""
const ROWS = Number(process.env.ONWARD_BENCH_ROWS ?? "10000")
const LISTS = Number(process.env.ONWARD_BENCH_LISTS ?? "1")
const PEOPLE = JSON.parse(process.env.ONWARD_BENCH_PEOPLE ?? "{}") as Record<string, Somebody>
const PASSWORD = "harbour kettle ninety moss"
const db = openDb(process.env.ONWARD_BENCH_APP ?? "", { name: "onward-bench", max: 2, statementSeconds: 60 })
const steps: { task: string; seconds: number; webMb: number; workerMb: number; togetherMb: number }[] = []

async function post<T>(path: string, who: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
  const cookie = who === "" ? "" : await signedIn(who)
  const raw = body instanceof Buffer
  const answer = await fetch(`${ORIGIN}${path}`, {
    method: "POST",
    headers: { origin: ORIGIN, cookie, ...(raw ? headers : { "content-type": "application/json" }) },
    body: raw ? new Uint8Array(body) : JSON.stringify(body),
    signal: AbortSignal.timeout(300_000),
  })
  if (answer.ok) return (await answer.json()) as T
  const said = await answer.text()
  // Large requests take turns, and nobody waits longer than a minute for theirs: then one asks again, as the sentence says.
  if (!said.includes("conflict.in-turn")) throw new Error(`${path} answered ${answer.status}: ${said.slice(0, 300)}`)
  process.stderr.write("asked again after a minute in turn\n")
  return post(path, who, body, headers)
}

/** The cookie of a session that was proved just now: what decides asks for a password not older than five minutes. */
async function signedIn(who: string): Promise<string> {
  const session = await fetch(`${ORIGIN}/api/v1/sessions`, {
    method: "POST",
    headers: { origin: ORIGIN, "content-type": "application/json" },
    body: JSON.stringify({ email: PEOPLE[who]?.email, password: PASSWORD }),
  })
  if (!session.ok) throw new Error(`signing in as ${who} answered ${session.status}: ${await session.text()}`)
  return session.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ")
}

/** Runs a step; notes its time, and the peak of both processes' resident memory in megabytes of a million bytes. */
async function step<T>(task: string, run: () => Promise<T>): Promise<T> {
  const pids = childrenOf(process.env.ONWARD_BENCH_START)
  const peak = { web: 0, worker: 0, together: 0 }
  const look = (): void => {
    const [web, worker] = [megabytesOf(pids.web), megabytesOf(pids.worker)]
    peak.web = Math.max(peak.web, web)
    peak.worker = Math.max(peak.worker, worker)
    peak.together = Math.max(peak.together, web + worker)
  }
  const watch = setInterval(look, 20)
  const began = performance.now()
  try {
    look()
    return await run()
  } finally {
    clearInterval(watch)
    const seconds = Math.round((performance.now() - began) / 10) / 100
    const [webMb, workerMb, togetherMb] = [peak.web, peak.worker, peak.together].map(Math.round) as [
      number,
      number,
      number,
    ]
    const done = { task, seconds, webMb, workerMb, togetherMb }
    steps.push(done)
    const now = childrenOf(process.env.ONWARD_BENCH_START)
    const fell = now.web === pids.web && now.worker === pids.worker ? {} : { fell: true }
    process.stderr.write(`${JSON.stringify({ ...done, ...fell })}\n`)
  }
}

/** Waits for the worker: until the import is in this state. */
async function until(id: string, state: string): Promise<string> {
  for (;;) {
    const found = await row<{ state: string; requestId: string | null }>(
      db,
      sql`select state, request_id as "requestId" from imports where id = ${id}`,
    )
    if (found?.state === state) return found.requestId ?? ""
    if (found?.state === "failed") throw new Error(`the import ${id} failed`)
    await new Promise((go) => setTimeout(go, 100))
  }
}

/** Opens every page and every address that is read, with an id that nobody has where it asks for one: their code stays in the process. */
async function everyPage(): Promise<void> {
  const cookie = await signedIn("administrator")
  const walk = (folder: string): string[] =>
    readdirSync(`app${folder}`, { withFileTypes: true }).flatMap((one) => {
      if (one.isDirectory()) return walk(`${folder}/${one.name}`)
      return /^(page\.tsx|route\.ts)$/.test(one.name) ? [folder || "/"] : []
    })
  for (const path of walk("").filter((one) => !/sign-out|sessions/.test(one))) {
    const answer = await fetch(`${ORIGIN}${path.replace(/\[[^\]]+\]/g, `x_${"0".repeat(26)}`)}`, {
      headers: { cookie },
      redirect: "manual",
    })
    await answer.arrayBuffer()
  }
}

type Sent = { hash: string; stages: { seat: string; stage: string; entityId: string }[] }

/** Lists of so many rows, side by side, from their files to the last approval through the running server. */
async function main(): Promise<void> {
  for (const { link } of Object.values(PEOPLE)) await post("/api/v1/invitations", "", { link, password: PASSWORD })
  const entity = await post<{ id: string }>("/api/v1/entities", "administrator", { id: null, body: typedEntity() })
  await step("every page opened", everyPage)
  const lists = Array.from({ length: LISTS }, (_one, i) => i)
  const all = <T>(run: (list: number) => Promise<T>): Promise<T[]> => Promise.all(lists.map(run))
  const text = tableAsCsv(madeTable(ROWS, 0))
  const ids = await step("dry run", () =>
    all(async (list) => {
      const bytes = Buffer.from(text.replaceAll("Invented", `Invented${list || ""}`))
      const head = {
        "content-type": "application/octet-stream",
        "x-file-name": `list${list}.csv`,
        "x-entity-id": entity.id,
      }
      const { id } = await post<{ id: string }>("/api/v1/imports", "procurement", bytes, head)
      const map = (await row<{ map: unknown }>(db, sql`select settings->'map' as map from imports where id = ${id}`))
        ?.map
      await post(`/api/v1/imports/${id}/columns`, "procurement", { map })
      await until(id, "tried")
      return id
    }),
  )
  const requests = await step("one request", () =>
    all(async (list) => {
      const id = ids[list] ?? ""
      await post(`/api/v1/imports/${id}/request`, "procurement", {})
      return until(id, "proposed")
    }),
  )
  const sent = await step("submit", () =>
    all((list) => post<Sent>(`/api/v1/requests/${requests[list]}/submissions`, "procurement", {})),
  )
  for (const [i, { stage, seat }] of (sent[0]?.stages ?? []).entries())
    await step(`${seat} ${stage}`, () =>
      all((list) =>
        post(`/api/v1/requests/${requests[list]}/decisions`, stage === "procurement" ? "decider" : stage, {
          ...{ hash: sent[list]?.hash, stage, entityId: sent[list]?.stages[i]?.entityId },
          verdict: seat === "decides" ? "approve" : "agree",
        }),
      ),
    )
  process.stdout.write(`${JSON.stringify({ rows: ROWS, lists: LISTS, steps })}\n`)
}

await main().finally(() => closeDb(db))
