import { z } from "zod"
import type { Staged } from "@/adapters/files/store"
import type { Verdict } from "@/adapters/scan/clamd"
import type { Tx } from "@/db/connect"
import { lockBytes } from "@/db/statements/answer-keeping"
import { insertTellings, type Telling } from "@/db/statements/tellings"
import { judgePapersOf } from "@/db/statements/signatures"
import {
  isSuppliers,
  administratorsNow,
  askRescan,
  bytesToScan,
  clearBytes,
  countToScan,
  makersNaming,
  noteScanner,
  putBack,
  scanCounts,
  shutBytes,
  triedInVain,
  waitingFiles,
  type Shut,
} from "@/db/statements/scans"
import { dayIn } from "@/domain/core/day"
import { fromMillis, toMillis, type Instant } from "@/domain/core/instant"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { act, done } from "@/usecases/act"
import { jot } from "@/usecases/jot"
import { clockNow, OPERATOR, type Actor, type Scene } from "@/usecases/scene"

/** What is known of a file when it is kept: not looked at (no scanner is named), clean, or held until it is. */
export type ScanState = "none" | "clean" | "waiting"

/** The worker acts as the machine's operator, and the log says that it was a job. */
const WORKER: Actor = { kind: "operator", id: "operator", name: OPERATOR.name, held: [], via: "job", session: null }

type Infected = { sha256: string; says: string; by: string | null; kept: boolean }

/**
 * Writes into the log that the scanner found something: in a file that was refused for it, or in bytes that are kept, of
 * which then every file is shut for good. Null: nothing that was open holds them.
 */
const noteInfected = act<Infected, { shut: Shut[] }, object>({
  name: "file.infected",
  input: z.strictObject({
    sha256: z.string().length(64),
    says: z.string().max(200),
    by: z.string().max(40).nullable(),
    kept: z.boolean(),
  }),
  load: async (tx, { sha256, kept, says }, scene) => {
    if (!kept) return { shut: [] }
    // Whoever sends the same bytes at this moment is shut with them, or comes behind and is refused.
    await lockBytes(tx, sha256)
    const shut = await shutBytes(tx, sha256, { says, at: scene.now })
    return shut.length ? { shut } : null
  },
  may: () => good({}),
  run: async (tx, { input: { sha256, says, by }, loaded: { shut }, scene }) => {
    // What was read of its signatures counts no longer: papers that rest on it are judged without it.
    if (shut.length > 0) await judgePapersOf(tx, sha256, false)
    return done({
      value: {},
      events: [
        {
          act: "file.infected",
          objects: shut.slice(0, 200).map(({ id }) => ({ type: "file", id })),
          after: { sha256, says, by: shut[0]?.byPerson ?? by },
        },
      ],
      tell: await whoHears(tx, sha256, shut, scene.now),
    })
  },
})

/**
 * Whoever sent the file, whoever made a request that names it, and, where it could be read until now, the administrators.
 * Of a request nobody hears but its maker: it may be restricted.
 */
async function whoHears(tx: Tx, sha256: string, shut: readonly Shut[], now: Instant): Promise<Telling[]> {
  if (shut.length === 0) return []
  const senders = new Map(shut.map((file) => [file.byPerson, file.id]))
  const told: Telling[] = []
  for (const [person, file] of senders) {
    // What a supplier laid beside its answers is in the keeping of whoever asked, and they did not send it.
    const what = (await isSuppliers(tx, file)) ? "infected-supplier" : "infected"
    told.push({ kind: "file", to: [person], clause: file, what })
  }
  const ids = shut.map((file) => file.id)
  for (const { requestId, personId, fileId } of await makersNaming(tx, ids)) {
    if (senders.get(personId) === fileId) continue
    const occasion = `infected:${sha256}:${requestId}`
    told.push({ kind: "file", to: [personId], requestId, clause: fileId, what: "infected-named", occasion })
  }
  if (shut.every((file) => file.was === "waiting")) return told
  const to = await administratorsNow(tx, now)
  return [...told, { kind: "file", to, what: "infected-kept", occasion: `infected:${sha256}` }]
}

/**
 * Has a staged file looked at, where a scanner is named. Infected: refused, and the log says so. No answer: it may be
 * kept, and is held.
 */
export async function examine(scene: Scene, staged: Staged): Promise<Outcome<ScanState>> {
  if (!scene.scanner) return good("none")
  const verdict = await scene.scanner.scan(scene.files.staged(staged))
  await noteAnswer(scene, verdict)
  if (verdict.state === "away") return good("waiting")
  if (verdict.state === "clean") return good("clean")
  const by = scene.actor?.kind === "person" ? scene.actor.id : null
  await noteInfected({ ...scene, actor: WORKER }, { sha256: staged.sha256, says: verdict.says, by, kept: false })
  return refuse("invalid", "invalid.file-infected", { params: { found: verdict.says } })
}

async function noteAnswer(scene: Pick<Scene, "db">, verdict: Verdict): Promise<void> {
  const away = verdict.state === "away"
  await noteScanner(scene.db, { at: clockNow(), state: away ? "away" : "answers", says: away ? verdict.says : "" })
}

const MANY = 50

/**
 * The worker's part: files that are held are looked at again, oldest first, until the scanner does not answer. Gives how
 * many were answered for.
 */
export async function scanWaiting(scene: Scene): Promise<number> {
  if (!scene.scanner) return 0
  const waiting = await waitingFiles(scene.db, MANY)
  let answered = 0
  for (const file of waiting) {
    const verdict = await verdictOn(scene, file.sha256)
    // One that is too large for the scanner, or damaged, waits; the others need not wait for it.
    if (verdict === null || (verdict.state === "away" && verdict.says === "too-large")) {
      await putBack(scene.db, file.id, clockNow())
      if (verdict !== null) await noteAnswer(scene, verdict)
      continue
    }
    await noteAnswer(scene, verdict)
    if (verdict.state === "away") break
    answered += 1
    await noteKept(scene, file.sha256, verdict)
  }
  await tellAway(scene)
  return answered
}

/** Writes what the scanner said of bytes that are kept, of every file that holds them. */
async function noteKept(scene: Scene, sha256: string, verdict: Exclude<Verdict, { state: "away" }>): Promise<void> {
  const now = clockNow()
  if (verdict.state === "clean") await clearBytes(scene.db, sha256, now)
  else await noteInfected({ ...scene, now, actor: WORKER }, { sha256, says: verdict.says, by: null, kept: true })
}

/** Null: the bytes are not there or do not open, which is the scrub's to say. */
async function verdictOn(scene: Scene, sha256: string): Promise<Verdict | null> {
  try {
    const stream = await scene.files.read(sha256)
    return stream && scene.scanner ? await scene.scanner.scan(stream) : null
  } catch {
    return null
  }
}

/** What a turn at the backlog did: bytes that were answered for, files that were shut, and why it broke off, if it did. */
export type Backlog = { answered: number; infected: number; more: boolean; away: string | null }

const DAY_MS = 24 * 60 * 60_000
const triedBefore = (): Instant => fromMillis(toMillis(clockNow()) - DAY_MS)

/**
 * A turn at what nobody waits for: files from before a scanner was named, and all of them once that was asked for. What is
 * answered for says so itself, so a turn that broke off is gone on with by whoever comes next.
 */
export async function scanBacklog(scene: Scene, stop?: AbortSignal): Promise<Backlog> {
  const turn: Backlog = { answered: 0, infected: 0, more: false, away: null }
  if (!scene.scanner) return turn
  const hashes = await bytesToScan(scene.db, triedBefore(), MANY)
  for (const sha256 of hashes) {
    if (stop?.aborted) break
    const verdict = await verdictOn(scene, sha256)
    if (verdict !== null) await noteAnswer(scene, verdict)
    if (verdict === null || (verdict.state === "away" && verdict.says === "too-large")) {
      await triedInVain(scene.db, sha256, clockNow())
      continue
    }
    if (verdict.state === "away") return { ...turn, away: verdict.says }
    await noteKept(scene, sha256, verdict)
    turn.answered += 1
    if (verdict.state === "infected") turn.infected += 1
  }
  return { ...turn, more: hashes.length === MANY && !stop?.aborted }
}

/** Asks that every file is shown to the scanner once more: at once by whoever asks, or by the worker. */
export const rescanFiles = jot<object, { files: number }>({
  name: "files.keep",
  input: z.strictObject({}),
  run: async (tx, { scene }) => {
    if (!scene.scanner) return refuse("conflict", "conflict.no-scanner")
    // Also of what was answered for in this very moment.
    await askRescan(tx, clockNow())
    return good({ files: await countToScan(tx, triedBefore()) })
  },
})

/** How many files the scanner has still to be shown. */
export function leftToScan(scene: Pick<Scene, "db">): Promise<number> {
  return countToScan(scene.db, triedBefore())
}

const PATIENCE_MS = 15 * 60_000

/** Once a day administrators are told that files wait for a scanner which does not answer. */
async function tellAway(scene: Scene): Promise<void> {
  const { waiting, since } = await scanCounts(scene.db)
  const now = clockNow()
  if (waiting === 0 || since === null || toMillis(now) - toMillis(since) < PATIENCE_MS) return
  const on = { occasion: `scanner:${dayIn("UTC", now)}`, at: now, byPerson: null, mails: scene.register === "main" }
  await insertTellings(scene.db, on, [{ kind: "file", to: await administratorsNow(scene.db, now), what: "scanner" }])
}
