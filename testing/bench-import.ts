import { performance } from "node:perf_hooks"
import { Readable } from "node:stream"
import { folderStore } from "@/adapters/files/folder"
import { closeDb, openDb } from "@/db/connect"
import { receive } from "@/usecases/files/put-file"
import { doImports } from "@/usecases/imports/jobs"
import { openImport } from "@/usecases/imports/open-import"
import { proposeImport } from "@/usecases/imports/propose-import"
import { IMPORT_LIMIT } from "@/usecases/imports/read-file"
import { readImport } from "@/usecases/imports/read-import"
import { setColumns } from "@/usecases/imports/set-columns"
import { decideRequest } from "@/usecases/requests/decide-request"
import { submitRequest } from "@/usecases/requests/submit-request"
import { madeTable, tableAsCsv } from "./import-table"
import { aPerson, sceneFor } from "./people"
import { aCast, must, seatOf } from "./requests"
import { TEST_KEYS } from "./keys"

/** One step of an import: how long it took and the most memory that the process held in it. */
type Step = { task: string; seconds: number; peakMb: number }

const steps: Step[] = []

/** Runs a step and notes its time and the peak of the process's resident memory, in megabytes of a million bytes. */
async function step<T>(task: string, run: () => Promise<T>): Promise<T> {
  let peak = process.memoryUsage().rss
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 10)
  const began = performance.now()
  try {
    return await run()
  } finally {
    clearInterval(watch)
    peak = Math.max(peak, process.memoryUsage().rss)
    const done = { task, seconds: Math.round((performance.now() - began) / 10) / 100, peakMb: Math.round(peak / 1e6) }
    steps.push(done)
    process.stderr.write(`${JSON.stringify(done)}\n`)
  }
}

/** A list of so many rows from its file to the last approval, all in this one process. */
async function main(): Promise<void> {
  const count = Number(process.env.ONWARD_BENCH_ROWS ?? "10000")
  const db = openDb(process.env.ONWARD_BENCH_APP ?? "", { name: "onward-bench", max: 4, statementSeconds: 60 })
  const files = folderStore(process.env.ONWARD_BENCH_FILES ?? "", TEST_KEYS)
  const cast = await aCast(db)
  const importer = await aPerson(db, "Ines Import", ["procurement"])
  const as = (actor = importer) => sceneFor(db, actor, { files })
  const bytes = Buffer.from(tableAsCsv(madeTable(count, 0)))
  const received = must(await receive(as(), Readable.from([bytes]), IMPORT_LIMIT))
  const { id } = must(await openImport(as(), { name: "list.csv", received, entityId: cast.entityId }))
  const { view } = must(await readImport(as(), { importId: id }))
  must(await setColumns(as(), { importId: id, map: view.settings.map }))
  await step("dry run", () => doImports(as()))
  must(await proposeImport(as(), { importId: id }))
  await step("one request", () => doImports(as()))
  const requestId = must(await readImport(as(), { importId: id })).view.requestId ?? ""
  const sent = await step("submit", async () => must(await submitRequest(as(), { requestId })))
  for (const stage of sent.stages)
    await step(`${stage.seat} ${stage.stage}`, async () =>
      must(
        await decideRequest(as(seatOf(cast, stage.stage)), {
          ...{ requestId, hash: sent.hash, stage: stage.stage, entityId: stage.entityId },
          verdict: stage.seat === "decides" ? "approve" : "agree",
        }),
      ),
    )
  process.stdout.write(`${JSON.stringify({ rows: count, steps })}\n`)
  await closeDb(db)
}

await main()
