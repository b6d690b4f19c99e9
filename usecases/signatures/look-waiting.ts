import { createHash } from "node:crypto"
import { z } from "zod"
import { FileFault } from "@/adapters/files/seal"
import {
  dropAsk,
  insertResult,
  judgePapersOf,
  lastResults,
  lastWords,
  putBackAsk,
  readablePdf,
  takeAsk,
  walkOn,
  type AskRow,
} from "@/db/statements/signatures"
import { bytesNamed } from "@/db/statements/papers"
import { fromMillis, toMillis, type Instant } from "@/domain/core/instant"
import { good, type Outcome } from "@/domain/core/outcome"
import { SIGNED_WORDS } from "@/domain/signatures/bears"
import { SIGNATURE_ENGINE, type SignatureReport } from "@/domain/signatures/report"
import { act, done } from "@/usecases/act"
import { openFile } from "@/usecases/files/read-file"
import { clockNow, OPERATOR, type Actor, type Scene } from "@/usecases/scene"
import { checkSignatures, LARGEST_PDF } from "./check-file"
import { currentTrust, type Trust } from "./current-trust"

/** The worker acts as the machine's operator, and the log says that it was a job. */
const WORKER: Actor = { kind: "operator", id: "operator", name: OPERATOR.name, held: [], via: "job", session: null }

type Found = {
  sha256: string
  sizeBytes: number
  askedAt: Instant
  trust: { sha256: string; name: string } | null
  byPerson: string | null
  /** The report, or why there is none. */
  report: SignatureReport | null
  says: string | null
}

/** Writes down what was found in a file's bytes, and has the papers that hold them judged anew where that is news. */
const noteResult = act<Found, { before: string | null | undefined }, object>({
  name: "signature.look",
  input: z.custom<Found>((value) => typeof value === "object" && value !== null && "sha256" in value),
  load: async (tx, { sha256 }) =>
    // Of a file that was cleared while it was looked at nothing is kept.
    (await bytesNamed(tx, sha256)) ? { before: (await lastWords(tx, [sha256], null)).get(sha256) } : null,
  may: () => good({}),
  run: async (_tx, { input, loaded }) => {
    const { sha256, sizeBytes, askedAt, trust, byPerson, says } = input
    const report = input.report === null ? null : JSON.stringify(input.report)
    const overall = input.report?.overall ?? null
    const reportSha256 = report === null ? null : createHash("sha256").update(report).digest("hex")
    return done({
      value: {},
      events: [
        {
          act: "signature.look",
          objects: [],
          after: {
            ...{ sha256, sizeBytes, engine: SIGNATURE_ENGINE, trust: trust?.sha256 ?? null, askedAt },
            ...{ overall, says, report: reportSha256, askedBy: byPerson },
          },
        },
      ],
      write: async (tx, place) => {
        await insertResult(tx, {
          ...{ logIndex: place.indexOf(0), at: place.at, sha256, sizeBytes, engine: SIGNATURE_ENGINE, askedAt },
          ...{ trustSha256: trust?.sha256 ?? null, trustName: trust?.name ?? null, overall, says, report, byPerson },
        })
        await dropAsk(tx, sha256, askedAt)
        // The first word is news as well: until now nobody had looked.
        if (loaded.before !== overall) await judgePapersOf(tx, sha256, ![loaded.before, overall].some(isOfSigning))
      },
    })
  },
})

/** Words that bear on papers which a person saw as well. */
const isOfSigning = (word: string | null | undefined): boolean => SIGNED_WORDS.some((one) => one === word)

type Check = typeof checkSignatures
type How = { check?: Check; stop?: AbortSignal; most?: number }

/** Longer than a look may last, with the wait for a turn. */
const LOST_AFTER = 3 * 60_000
const HOUR = 60 * 60_000
/** So often a file that ran into a limit is tried: the machine may have been busy. */
const TRIES = 3

/** What may pass by itself, and is therefore tried again and not written down. */
const PASSES: Record<string, number> = {
  "signatures.refused.no-worker": 5 * 60_000,
  "signatures.refused.no-roots": HOUR,
  "signatures.refused.damaged": HOUR,
}
const BUSY = ["signatures.refused.time", "signatures.refused.stopped", "signatures.refused.memory"]

/**
 * The worker's part: looks at the signatures of the PDFs that wait, those first that somebody waits for, and writes down what
 * was found. Gives how many it looked at.
 */
export async function lookAtWaiting(
  scene: Scene,
  { check = checkSignatures, stop, most = 20 }: How = {},
): Promise<number> {
  for (let n = 0; n < most; n += 1) {
    if (stop?.aborted) return n
    const now = clockNow()
    const ask = await takeAsk(scene.db, now, later(now, -LOST_AFTER))
    if (!ask) return n
    await lookAt(scene, ask, now, check)
  }
  return most
}

const later = (at: Instant, millis: number): Instant => fromMillis(toMillis(at) + millis)

async function lookAt(scene: Scene, ask: AskRow, now: Instant, check: Check): Promise<void> {
  const { sha256, byPerson } = ask
  const file = await readablePdf(scene.db, sha256)
  const trust = file && (await currentTrust(scene.db, now))
  // Held by the virus scanner, or gone: it comes again when it may be read.
  if (!file || (byPerson === null && (await known(scene, sha256, trust)))) return dropAsk(scene.db, sha256, now)
  const found = ask.tries > TRIES ? stopped() : await checked(scene, { sha256, ...file }, { trust, now, check })
  const says = found.ok ? null : found.says
  const again = says === null ? 0 : (PASSES[says] ?? (ask.tries < TRIES && BUSY.includes(says) ? 10_000 : 0))
  if (says !== null && again > 0)
    return putBackAsk(scene.db, sha256, {
      ...{ notBefore: later(clockNow(), again), says },
      fault: BUSY.includes(says) ? "file" : "around",
    })
  const noted = await noteResult(
    { ...scene, now: clockNow(), actor: WORKER },
    {
      ...{ sha256, sizeBytes: file.sizeBytes, askedAt: now, byPerson, says },
      trust: trust && { sha256: trust.sha256, name: trust.name },
      report: found.ok ? found.value : null,
    },
  )
  if (noted.ok || noted.code === "not-found") return dropAsk(scene.db, sha256, now)
  await putBackAsk(scene.db, sha256, { notBefore: later(clockNow(), 60_000), says: noted.says, fault: "around" })
}

/** Whether this engine was asked about the bytes already, with this list. */
async function known(scene: Scene, sha256: string, trust: Trust | null): Promise<boolean> {
  const last = (await lastResults(scene.db, [sha256], null)).get(sha256)
  return last !== undefined && last.engine === SIGNATURE_ENGINE && last.trustSha256 === (trust?.sha256 ?? null)
}

const stopped = (): Outcome<SignatureReport> => ({ ok: false, code: "invalid", says: "signatures.refused.stopped" })
const damaged = (): Outcome<SignatureReport> => ({ ok: false, code: "conflict", says: "signatures.refused.damaged" })

async function checked(
  scene: Scene,
  file: { sha256: string; sizeBytes: number },
  { trust, now, check }: { trust: Trust | null; now: Instant; check: Check },
): Promise<Outcome<SignatureReport>> {
  if (file.sizeBytes > LARGEST_PDF) return { ok: false, code: "invalid", says: "signatures.refused.too-large" }
  const bytes = await wholeFile(scene, file.sha256)
  if (bytes === null) return damaged()
  return check(bytes, { trust: trust && { bytes: trust.bytes, name: trust.name }, askedAt: now })
}

/** Null: the bytes are not there, or are not those that were kept; the scrub says so as well. */
async function wholeFile(scene: Scene, sha256: string): Promise<Buffer | null> {
  const opened = await openFile(scene, sha256)
  if (!opened.ok || !opened.value) return null
  const parts: Buffer[] = []
  try {
    for await (const part of opened.value) parts.push(part as Buffer)
  } catch (problem) {
    if (problem instanceof FileFault) return null
    throw problem
  }
  return Buffer.concat(parts)
}

const BATCH = 500

/**
 * The worker's part: when the engine or the list is another than the one that all papers were last gone through with, each is
 * asked for again, a batch at a time. Says whether there is more to go through.
 */
export async function followTrust(scene: Pick<Scene, "db">, batch = BATCH): Promise<boolean> {
  const at = clockNow()
  const trustSha256 = (await currentTrust(scene.db, at))?.sha256 ?? null
  const word = `engine ${SIGNATURE_ENGINE}, list ${trustSha256 ?? "none"}`
  return scene.db.transaction((tx) => walkOn(tx, { word, engine: SIGNATURE_ENGINE, trustSha256, at, batch }))
}
