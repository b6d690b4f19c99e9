import { performance } from "node:perf_hooks"
import { unlink } from "node:fs/promises"
import { folderStore } from "@/adapters/files/folder"
import { closeDb, openDb, type Db } from "@/db/connect"
import { ensureDatabase, migrateDatabase } from "@/db/migrate"
import { logHead } from "@/db/statements/log"
import type { Id } from "@/domain/core/id"
import { readRecord } from "@/usecases/register/read-record"
import { OPERATOR } from "@/usecases/scene"
import { loadBench, SIZES } from "./bench-load"
import { typedParty } from "./bodies"
import { TEST_KEYS } from "./keys"
import { exported } from "./log-key"
import { anEntity, sceneFor } from "./people"
import { aCast, inForce, must } from "./requests"

const env = (name: string): string => process.env[name] ?? ""
const files = folderStore(env("ONWARD_BENCH_FILES"), TEST_KEYS)

/** A register of the size, in a database of its own. */
async function fill(db: Db): Promise<void> {
  const size = SIZES[env("ONWARD_BENCH_SIZE")]
  if (!size) throw new Error("the size is small, mid or big")
  const cast = await aCast(db)
  const [anchor = ""] = await inForce(db, cast, "Anchor", [{ kind: "party", body: typedParty() }])
  const requestId = must(await readRecord(sceneFor(db, cast.legal), { id: anchor })).record.requestId ?? ""
  const entityIds = [cast.entityId as Id<"entity">, await anEntity(db), await anEntity(db), await anEntity(db)]
  await loadBench(env("ONWARD_BENCH_OWNER"), size, { entityIds, requestId })
}

/** Its package, with what it took. */
async function make(db: Db): Promise<void> {
  const rss = (): number => process.memoryUsage().rss / 1e6
  const idleMb = rss()
  let peakMb = idleMb
  const watch = setInterval(() => (peakMb = Math.max(peakMb, rss())), 20)
  const began = performance.now()
  const made = must(await exported(sceneFor(db, OPERATOR, { files })))
  const seconds = (performance.now() - began) / 1000
  clearInterval(watch)
  await unlink(made.path)
  const { records, bytes } = made
  const megabytes = bytes / 1e6
  process.stdout.write(
    JSON.stringify({
      ...{ records, events: (await logHead(db)).size, megabytes, seconds, idleMb, peakMb },
      ...{ recordsPerSecond: records / seconds, megabytesPerSecond: megabytes / seconds },
    }),
  )
}

const filling = env("ONWARD_BENCH_PART") === "fill"
if (filling) {
  await ensureDatabase(env("ONWARD_BENCH_SERVER"), "onward")
  await migrateDatabase(env("ONWARD_BENCH_OWNER"), {
    ...{ folder: "db/migrations", register: "main", origin: "onward/bench" },
  })
}
const db = openDb(env("ONWARD_BENCH_APP"), { name: "onward-bench", max: 4, statementSeconds: 600 })
await (filling ? fill(db) : make(db))
await closeDb(db)
