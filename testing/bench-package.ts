import { createWriteStream, mkdirSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { performance } from "node:perf_hooks"
import { pipeline } from "node:stream/promises"
import { sql } from "drizzle-orm"
import { folderStore } from "@/adapters/files/folder"
import { closeDb, openDb, row, rows, type Db } from "@/db/connect"
import { ensureDatabase, migrateDatabase } from "@/db/migrate"
import { exportRow } from "@/db/statements/exports"
import { logHead } from "@/db/statements/log"
import { versionsInForce } from "@/db/statements/versions"
import type { Id } from "@/domain/core/id"
import { doExports } from "@/usecases/exports/jobs"
import { orderExport, takeExport } from "@/usecases/exports/ordered"
import { readRecord } from "@/usecases/register/read-record"
import { OPERATOR } from "@/usecases/scene"
import { withFiles } from "./bench-files"
import { loadBench, SIZES } from "./bench-load"
import { typedParty } from "./bodies"
import { TEST_KEYS } from "./keys"
import { testSigner } from "./log-key"
import { actorById, anEntity, sceneFor } from "./people"
import { aCast, inForce, must } from "./requests"

const env = (name: string): string => process.env[name] ?? ""
const folder = env("ONWARD_BENCH_FILES")
const files = folderStore(folder, TEST_KEYS)
const tell = (told: object): void => void process.stdout.write(`${JSON.stringify(told)}\n`)

/** A register of the size, in a database of its own; with files, so many of a megabyte each, named by agreements. */
async function fill(db: Db): Promise<void> {
  const size = SIZES[env("ONWARD_BENCH_SIZE")]
  if (!size) throw new Error("the size is small, mid, third or big")
  const cast = await aCast(db)
  const [anchor = ""] = await inForce(db, cast, "Anchor", [{ kind: "party", body: typedParty() }])
  const requestId = must(await readRecord(sceneFor(db, cast.legal), { id: anchor })).record.requestId ?? ""
  const entityIds = [cast.entityId as Id<"entity">, await anEntity(db), await anEntity(db), await anEntity(db)]
  await withFiles(sceneFor(db, cast.requester, { files }), cast, anchor, Number(env("ONWARD_BENCH_COUNT")))
  await loadBench(env("ONWARD_BENCH_OWNER"), size, {
    ...{ entityIds, requestId },
    askers: { requester: cast.requester.id, legal: cast.legal.id, entityId: cast.entityId },
  })
}

/** Every record in force once, as text, and nothing made of it: what no package can be quicker than. */
async function read(db: Db): Promise<void> {
  const { at } = await logHead(db)
  const began = performance.now()
  let [records, signs] = [0, 0]
  await db.transaction(
    async (tx) => {
      for (let after = ""; ;) {
        const ids = await rows<{ id: string }>(
          tx,
          sql`select id from records where id > ${after} order by id limit 1000`,
        )
        if (ids.length === 0) return
        after = ids.at(-1)?.id ?? ""
        const found = await versionsInForce(
          tx,
          ids.map(({ id }) => id),
          at,
        )
        records += found.length
        signs += found.reduce((sum, { body }) => sum + body.length, 0)
      }
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  )
  tell({ records, megabytes: signs / 1e6, seconds: (performance.now() - began) / 1000 })
}

/** Orders a package, makes it as the worker does, and says what it took; the quarters are of the time that it took. */
async function make(db: Db): Promise<void> {
  const who = await row<{ id: string }>(
    db,
    sql`select person_id as id from role_grants where role = 'dpo' order by person_id limit 1`,
  )
  const actor = await actorById(db, who?.id ?? "")
  const choice = env("ONWARD_BENCH_COUNT") === "0" ? "none" : "all"
  const waiting = await row<{ id: string }>(
    db,
    sql`select id from exports where state in ('waiting', 'running') order by at limit 1`,
  )
  const asOf = env("ONWARD_BENCH_AS_OF") || null
  const order = { asOf, files: choice, mainland: { reasons: "A bench goes to nobody." } }
  const id = waiting?.id ?? must(await orderExport(sceneFor(db, actor, { files }), order)).id
  const rss = (): number => process.memoryUsage().rss / 1e6
  const idleMb = rss()
  const seen: number[] = []
  const watch = setInterval(() => seen.push(rss()), 50)
  const slow = setInterval(() => void told(), 15_000)
  const [began, work] = [performance.now(), process.cpuUsage()]
  const told = async (): Promise<void> => {
    const at = await exportRow(db, id)
    const { heapUsed, external } = process.memoryUsage()
    const mb = [rss(), heapUsed / 1e6, external / 1e6].map((one) => one.toFixed(0)).join(" ")
    process.stderr.write(`${((performance.now() - began) / 1000).toFixed(0)} s  ${at?.done}/${at?.total}  MB ${mb}\n`)
  }
  const signer = await testSigner(db)
  // What a fallen worker left is taken once its minute is over.
  while ((await doExports(sceneFor(db, OPERATOR, { files }), signer)) === 0)
    await new Promise((done) => setTimeout(done, 1000))
  const seconds = (performance.now() - began) / 1000
  for (const one of [watch, slow]) clearInterval(one)
  const { user, system } = process.cpuUsage(work)
  const made = await exportRow(db, id)
  if (made?.state !== "done") throw new Error(`the package is ${made?.state}: ${made?.says}`)
  const quarter = Math.ceil(seen.length / 4)
  const quarters = [0, 1, 2, 3].map((n) => Math.round(Math.max(0, ...seen.slice(n * quarter, (n + 1) * quarter))))
  const { bytes, records, sha256 } = made
  const left = readdirSync(files.temporary()).filter((name) => /^(package-|export-)/.test(name)).length
  tell({
    ...{
      records,
      events: (await logHead(db)).size,
      megabytes: (bytes ?? 0) / 1e6,
      seconds,
      idleMb,
      quarters,
      sha256,
      left,
    },
    ...{ peakMb: process.resourceUsage().maxRSS / 1024, asOf: made.asOf, workSeconds: (user + system) / 1e6 },
  })
}

/** Lays the last package that was made where it is to be checked. */
async function fetchIt(db: Db): Promise<void> {
  const last = await row<{ id: string; by: string }>(
    db,
    sql`select id, by_person as by from exports where state = 'done' order by at desc limit 1`,
  )
  const taken = must(await takeExport(sceneFor(db, await actorById(db, last?.by ?? ""), { files }), { id: last?.id }))
  mkdirSync(folder, { recursive: true })
  await pipeline(taken.stream, createWriteStream(join(folder, "package.zip")))
  tell({ path: join(folder, "package.zip"), peakMb: process.resourceUsage().maxRSS / 1024 })
}

const part = env("ONWARD_BENCH_PART")
if (part === "fill") {
  await ensureDatabase(env("ONWARD_BENCH_SERVER"), "onward")
  await migrateDatabase(env("ONWARD_BENCH_OWNER"), {
    ...{ folder: "db/migrations", register: "main", origin: "onward/bench" },
  })
}
const db = openDb(env("ONWARD_BENCH_APP"), { name: "onward-bench", max: 4, statementSeconds: 600 })
await ({ fill, read, make, fetch: fetchIt }[part] ?? fill)(db)
await closeDb(db)
