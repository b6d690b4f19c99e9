import { createReadStream } from "node:fs"
import { readdir, rm, stat, unlink } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import type { LogSigner } from "@/adapters/log-key/signer"
import type { Staged } from "@/adapters/files/store"
import {
  claimExport,
  countErasures,
  countRecords,
  exportFailed,
  exportLeft,
  exportMade,
  exportReached,
  sweepExports,
  type ExportRow,
} from "@/db/statements/exports"
import { logHead } from "@/db/statements/log"
import { heldRoles } from "@/db/statements/people"
import type { Id } from "@/domain/core/id"
import { plusMillis } from "@/domain/core/instant"
import { refuse } from "@/domain/core/outcome"
import { namesOf } from "@/usecases/requests/named-by"
import { clockNow, type Actor, type Scene } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { exportRegister } from "./export-register"

/** So many seconds a worker has one without saying so anew. */
const LEASE = 60
const TELL_EVERY = 1_000
/** A package that nobody fetched lies there for a day. */
const LASTS = 24 * 60 * 60_000
/** What is being made is written to every moment, but for the minutes in which a large one is sealed. */
const LEFT = 60 * 60_000

class Stopped extends Error {}

/** Makes every package that waits, one at a time, each as the person who asked. Gives how many were taken. */
export async function doExports(scene: Scene, signer: LogSigner, stop?: AbortSignal): Promise<number> {
  for (let taken = 0; ; taken += 1) {
    const row = stop?.aborted ? null : await claimExport(scene.db, LEASE)
    if (!row) return taken
    try {
      await doExport({ ...scene, now: clockNow() }, signer, row, stop)
    } catch (broken) {
      if (broken instanceof Stopped) continue
      // One that fails must not keep the others waiting; the trace goes to whoever runs the machine.
      process.stderr.write(
        `export ${row.id}: ${broken instanceof Error ? (broken.stack ?? broken.message) : String(broken)}\n`,
      )
      await exportFailed(scene.db, row, isFull(broken) ? "exports.failed.full" : "exports.failed.broke", clockNow())
    }
  }
}

async function doExport(scene: Scene, signer: LogSigner, row: ExportRow, stop?: AbortSignal): Promise<void> {
  const actor = await askerOf(scene, row)
  const reach = await beginReach(scene, row, stop)
  let staged: Staged | null = null
  let noted = false
  try {
    const made = await exportRegister(
      { ...scene, actor },
      signer,
      { ...(JSON.parse(row.wanted) as object), asOf: row.asOf },
      {
        step: reach.step,
        // Sealed like every file that is kept; the plain one goes at once.
        ready: async ({ path }) => {
          const plain = createReadStream(path)
          // Of a store that did not begin to read nobody hears it.
          plain.on("error", () => undefined)
          staged = await scene.files.stage(plain as AsyncIterable<Uint8Array>).finally(() => plain.destroy())
          await unlink(path).catch(() => undefined)
          reach.step(0)
        },
        write: async (tx, place, { sha256, bytes, records }) => {
          const erasures = await countErasures(tx)
          const told = {
            ...{ at: place.at, sha256, bytes, records, place: (staged as Staged | null)?.place ?? "" },
            ...{ reads: JSON.stringify(scopeOf(actor)), erasures },
          }
          return (await exportMade(tx, row, told)) ? undefined : refuse("conflict", "exports.over")
        },
      },
    )
    noted = made.ok
    if (!made.ok && made.says !== "exports.over") await exportFailed(scene.db, row, made.says, clockNow())
  } finally {
    await reach.end()
    if (!noted && staged) await scene.files.discard(staged).catch(() => undefined)
  }
}

/** Says every second how far it is, and hears whether it was stopped. */
async function beginReach(scene: Scene, row: ExportRow, stop?: AbortSignal) {
  // Records are gone through as they were hashed, as JSON, as a table and for when they were learnt; most kinds three times more, for workbook
  // and report, for findings and coverage, for files and signatures.
  const total = (await countRecords(scene.db)) * 7 + (await logHead(scene.db)).size
  const over = new AbortController()
  let [done, stopped] = [0, false]
  const telling = (async () => {
    while (!over.signal.aborted) {
      const held = await exportReached(scene.db, row, { done: Math.min(done, total), total, seconds: LEASE }).catch(
        // The lease outlives a database that does not answer for a moment.
        () => true,
      )
      if (!held) stopped = true
      await setTimeout(TELL_EVERY, undefined, { signal: over.signal }).catch(() => undefined)
    }
  })()
  return {
    step: (n: number): void => {
      done += n
      if (stopped) throw new Stopped()
      if (stop?.aborted) throw new Leaving()
    },
    end: async (): Promise<void> => {
      over.abort()
      await telling
      if (stop?.aborted) await exportLeft(scene.db, row)
    },
  }
}

/** The worker is told to end: the next one begins it anew. */
class Leaving extends Stopped {}

async function askerOf(scene: Scene, row: ExportRow): Promise<Actor> {
  const names = await scene.db.transaction((tx) => namesOf(tx, [row.byPerson]))
  return {
    ...{
      kind: "person",
      id: row.byPerson as Id<"person">,
      name: names[row.byPerson] ?? "",
      via: "page",
      session: null,
    },
    held: await heldRoles(scene.db, row.byPerson, clockNow()),
  }
}

function isFull(broken: unknown): boolean {
  for (let at = broken; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown }
    if (code === "ENOSPC" || code === "EDQUOT" || code === "53100") return true
  }
  return false
}

/** Takes away what nobody needs to fetch any more: packages after a day, and what a fallen worker left of its own. */
export async function sweepPackages(scene: Pick<Scene, "db" | "files">): Promise<void> {
  for (const { place, sha256 } of await sweepExports(scene.db, plusMillis(clockNow(), -LASTS)))
    await scene.files.discard({ place, sha256, sizeBytes: 0, head: Buffer.alloc(0) })
  const folder = scene.files.temporary()
  for (const name of await readdir(folder).catch(() => [])) {
    if (!/^(package-|export-)/.test(name)) continue
    const found = await stat(join(folder, name)).catch(() => null)
    if (found && found.mtimeMs < Date.now() - LEFT) await rm(join(folder, name), { recursive: true, force: true })
  }
}
