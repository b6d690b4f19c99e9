import { z } from "zod"
import type { Staged } from "@/adapters/files/store"
import type { Verdict } from "@/adapters/scan/clamd"
import { insertTellings } from "@/db/statements/tellings"
import {
  isSuppliers,
  administratorsNow,
  noteScanner,
  putBack,
  scanCounts,
  setScan,
  waitingFiles,
  type WaitingFile,
} from "@/db/statements/scans"
import { dayIn } from "@/domain/core/day"
import { toMillis } from "@/domain/core/instant"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { act, done } from "@/usecases/act"
import { clockNow, OPERATOR, type Actor, type Scene } from "@/usecases/scene"

/** What is known of a file when it is kept: not looked at (no scanner is named), clean, or held until it is. */
export type ScanState = "none" | "clean" | "waiting"

/** The worker acts as the machine's operator, and the log says that it was a job. */
const WORKER: Actor = { kind: "operator", id: "operator", name: OPERATOR.name, held: [], via: "job", session: null }

type Infected = { sha256: string; says: string; by: string | null; file: string | null }

/** Writes into the log that a file was refused for what the scanner found in it; one that was held is shut for good. */
const noteInfected = act<Infected, { fromSupplier: boolean }, object>({
  name: "file.infected",
  input: z.strictObject({
    sha256: z.string().length(64),
    says: z.string().max(200),
    by: z.string().max(40).nullable(),
    file: z.string().max(40).nullable(),
  }),
  load: async (tx, { file, says }, scene) => {
    const still = file === null || (await setScan(tx, file, { state: "infected", says, at: scene.now }))
    return still ? { fromSupplier: file !== null && (await isSuppliers(tx, file)) } : null
  },
  may: () => good({}),
  run: async (_tx, { input: { sha256, says, by, file }, loaded: { fromSupplier } }) =>
    done({
      value: {},
      events: [
        {
          act: "file.infected",
          objects: file === null ? [] : [{ type: "file", id: file }],
          after: { sha256, says, by },
        },
      ],
      // What a supplier laid beside its answers is in the keeping of whoever asked, and they did not send it.
      tell:
        file === null || by === null
          ? []
          : [{ kind: "file", to: [by], clause: file, what: fromSupplier ? "infected-supplier" : "infected" }],
    }),
})

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
  await noteInfected({ ...scene, actor: WORKER }, { sha256: staged.sha256, says: verdict.says, by, file: null })
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
    const verdict = await verdictOn(scene, file)
    // One that is too large for the scanner, or damaged, waits; the others need not wait for it.
    if (verdict === null || (verdict.state === "away" && verdict.says === "too-large")) {
      await putBack(scene.db, file.id, clockNow())
      if (verdict !== null) await noteAnswer(scene, verdict)
      continue
    }
    await noteAnswer(scene, verdict)
    if (verdict.state === "away") break
    answered += 1
    if (verdict.state === "clean") await setScan(scene.db, file.id, { ...verdict, says: null, at: clockNow() })
    else
      await noteInfected(
        { ...scene, now: clockNow(), actor: WORKER },
        { sha256: file.sha256, says: verdict.says, by: file.byPerson, file: file.id },
      )
  }
  await tellAway(scene)
  return answered
}

/** Null: the bytes are not there or do not open, which is the scrub's to say. */
async function verdictOn(scene: Scene, file: WaitingFile): Promise<Verdict | null> {
  try {
    const stream = await scene.files.read(file.sha256)
    return stream && scene.scanner ? await scene.scanner.scan(stream) : null
  } catch {
    return null
  }
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
