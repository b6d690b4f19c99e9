import { randomBytes } from "node:crypto"
import { FileFault } from "@/adapters/files/seal"
import type { Laying } from "@/adapters/files/store"
import { beginScrub, endScrub, hashesAfter, unnamedAmong, type Scrub, type ScrubFault } from "@/db/statements/scrubs"
import { administratorsNow } from "@/db/statements/scans"
import { insertTellings } from "@/db/statements/tellings"
import { fromMillis, toMillis, type Instant } from "@/domain/core/instant"
import { lockBytes } from "@/db/statements/answer-keeping"
import { clockNow, type Scene } from "@/usecases/scene"
import { graceSince, removeOne } from "./orphans"

const BATCH = 500
/** More faults than this are counted by the machine's operator: the first thousand say enough. */
const MOST_FAULTS = 1_000

type Watching = { progress?: (files: number) => unknown; stop?: AbortSignal }
/** `removeSince`: bytes that nothing names are taken out of the store, but for those that were laid down since then. */
type Reading = Watching & { removeSince?: Date }

/**
 * Reads every file of the register to its end and holds it against its hash, and looks for bytes that no file names. Null:
 * it was told to stop. Nothing is changed, but for orphans where they are to be removed.
 */
export async function readAllFiles(
  scene: Pick<Scene, "db" | "files">,
  { progress, stop, removeSince }: Reading = {},
): Promise<Pick<Scrub, "files" | "bytes" | "plain" | "faults"> | null> {
  const found = { files: 0, bytes: 0, plain: 0, faults: [] as ScrubFault[] }
  for (let after = ""; ;) {
    const batch = await hashesAfter(scene.db, after, BATCH)
    for (const { sha256, bytes, files } of batch) {
      if (stop?.aborted) return null
      const fault = await scene.files.check(sha256)
      found.files += 1
      found.bytes += bytes
      if (fault && found.faults.length < MOST_FAULTS) found.faults.push({ sha256, kind: fault.kind, files })
      if (found.files % 100 === 0) progress?.(found.files)
    }
    if (batch.length < BATCH) break
    after = batch.at(-1)?.sha256 ?? ""
  }
  for (const { sha256 } of await orphans(scene, found, stop)) {
    const gone = removeSince ? await removeOne(scene, sha256, { since: removeSince }) : "young"
    if (gone === "young") found.faults.push({ sha256, kind: "orphaned", files: [] })
  }
  return found
}

async function orphans(
  scene: Pick<Scene, "db" | "files">,
  found: { plain: number },
  stop: AbortSignal | undefined,
): Promise<{ sha256: string }[]> {
  const unnamed: string[] = []
  let held: string[] = []
  const ask = async (): Promise<void> => {
    if (unnamed.length < MOST_FAULTS) unnamed.push(...(await unnamedAmong(scene.db, held)))
    held = []
  }
  for await (const { sha256, sealed } of scene.files.list()) {
    if (stop?.aborted) return []
    if (!sealed) found.plain += 1
    held.push(sha256)
    if (held.length >= BATCH) await ask()
  }
  await ask()
  // Bytes are laid down a moment before the register names them: what is named by now is none.
  const still = await unnamedAmong(scene.db, unnamed)
  return still.map((sha256) => ({ sha256 }))
}

/** Reads all files now and keeps what was found. */
export async function scrubFiles(
  scene: Pick<Scene, "db" | "files" | "register">,
  watching: Reading = {},
  unless: Parameters<typeof beginScrub>[3] = null,
): Promise<Scrub | null> {
  const beganAt = clockNow()
  const id = await beginScrub(scene.db, randomBytes(12).toString("hex"), beganAt, unless)
  const found = id ? await readAllFiles(scene, watching) : null
  if (!id || !found) return null
  const scrub: Scrub = { id, beganAt, endedAt: clockNow(), ...found }
  await endScrub(scene.db, scrub)
  await tellFaults(scene, scrub)
  return scrub
}

/** Administrators are told of what is wrong. What is orphaned alone is nobody's loss, and stands on their page. */
async function tellFaults(scene: Pick<Scene, "db" | "register">, scrub: Scrub): Promise<void> {
  if (scrub.faults.every((fault) => fault.kind === "orphaned")) return
  const at = clockNow()
  const on = { occasion: `scrub:${scrub.id}`, at, byPerson: null, mails: scene.register === "main" }
  await insertTellings(scene.db, on, [{ kind: "file", to: await administratorsNow(scene.db, at), what: "faults" }])
}

const HOUR = 60 * 60_000
const before = (at: Instant, hours: number): Instant => fromMillis(toMillis(at) - hours * HOUR)

/**
 * The worker's part: every night all files are read once, by one of all instances, and what nothing names for a day goes; one
 * that stood still at night reads by day. Null: it is not time.
 */
export async function nightlyScrub(
  scene: Pick<Scene, "db" | "files" | "register">,
  stop: AbortSignal,
): Promise<Scrub | null> {
  const now = clockNow()
  const night = new Date(toMillis(now)).getUTCHours() < 5
  return scrubFiles(
    scene,
    { stop, removeSince: graceSince() },
    { endedSince: before(now, night ? 18 : 30), begunSince: before(now, 12) },
  )
}

/** What a walk over all files did: how many were sealed anew, and which could not be, for they do not open. */
export type Resealed = { done: number; stood: number; damaged: { sha256: string; kind: FileFault["kind"] }[] }

/**
 * Seals every file that is not sealed with the current key (`every`), or only those that are not sealed at all. It can be
 * cut off anywhere and begun again: a file is as it was, or as it shall be. Whoever keeps or drops the same bytes at that
 * moment waits: what was dropped does not come back.
 */
export async function resealFiles(
  scene: Pick<Scene, "db" | "files">,
  every: boolean,
  { progress, stop }: Watching = {},
): Promise<Resealed> {
  const result: Resealed = { done: 0, stood: 0, damaged: [] }
  for await (const { sha256, sealed } of scene.files.list()) {
    if (stop?.aborted) break
    if (sealed && !every) {
      result.stood += 1
      continue
    }
    try {
      if (await scene.files.reseal(sha256, layingFor(scene, sha256))) result.done += 1
      else result.stood += 1
    } catch (problem) {
      if (!(problem instanceof FileFault)) throw problem
      // Dropped since it was listed.
      if (problem.kind === "missing" && (await unnamedAmong(scene.db, [sha256])).length > 0) continue
      result.damaged.push({ sha256, kind: problem.kind })
    }
    progress?.(result.done + result.stood)
  }
  return result
}

/** Lays down what was sealed anew while nobody else keeps or drops these bytes, if they are still there: reading and sealing them took its time. */
function layingFor({ db, files }: Pick<Scene, "db" | "files">, sha256: string): Laying {
  return (lay) =>
    db.transaction(async (tx) => {
      await lockBytes(tx, sha256)
      if (!(await files.has(sha256))) return false
      await lay()
      return true
    })
}
