import { clearAnswers } from "@/usecases/asked/clear-answers"
import { remindAsked } from "@/usecases/asked/remind-asked"
import { setTimeout } from "node:timers/promises"
import { sql } from "drizzle-orm"
import { releaseImports } from "@/db/statements/imports"
import { doImports } from "@/usecases/imports/jobs"
import { releaseReconciliations } from "@/db/statements/reconciliations"
import { followAnnouncements } from "@/usecases/announcements/silence"
import { readWaitingLists } from "@/usecases/reconcile/read-waiting"
import { releaseFolderFiles, sweepFolders } from "@/db/statements/folders"
import { matchWaiting } from "@/usecases/folders/match-waiting"
import { sweepBulk } from "@/db/statements/bulk"
import { sweepMails } from "@/db/statements/mails"
import { sweepTellings } from "@/db/statements/tellings"
import { releaseRuns, sweepRuns } from "@/db/statements/whatif"
import { doRuns } from "@/usecases/whatif/runs"
import type { Help } from "@/usecases/whatif/together"
import { followPacks, judgeWaiting, turnDays, turnPapers } from "@/usecases/checks/judge-again"
import { workOffAll } from "@/usecases/requests/decide-together"
import { scanBacklog, scanWaiting } from "@/usecases/files/scan"
import { followTrust, lookAtWaiting } from "@/usecases/signatures/look-waiting"
import { nightlyScrub, resealFiles } from "@/usecases/files/scrub"
import { postCheckpoints } from "@/usecases/log/post-checkpoints"
import { signHead } from "@/usecases/log/checkpoint"
import type { ErasedList } from "@/adapters/log-key/erased-list"
import type { LogSigner } from "@/adapters/log-key/signer"
import type { Outbound } from "@/adapters/outbound/post"
import { followErasures } from "@/usecases/audit/follow-erasures"
import { doExports, sweepPackages } from "@/usecases/exports/jobs"
import { composeMails } from "@/usecases/told/compose"
import { deliverMails, type Posting } from "@/usecases/told/deliver"
import { tellBegun } from "@/usecases/told/tell-begun"
import { tellEnded } from "@/usecases/endings/tell-ended"
import { remind } from "@/usecases/told/remind"
import { tellOldTrust } from "@/usecases/trust/tell-old"
import { clockNow } from "@/usecases/scene"
import type { Scene } from "@/usecases/scene"

const PAUSE = 700
const SWEEP_EVERY = 60_000

/**
 * The worker, until told to stop: its rounds, and beside them the mails, so that neither waits for the other. `posting`:
 * where mails are handed over; null: they stay in the outbox. `help`: who takes turns at large what-if runs. `signer`: who signs the
 * log of a scene; null: nobody does here.
 */
export async function work(
  scenes: readonly Scene[],
  stop: AbortSignal,
  { posting = null, help = null, signer = null, erased = null, outbound = null, folders = [] }: Hands = {},
): Promise<void> {
  await Promise.all([
    ...[rounds(scenes, stop, help), tell(scenes, stop, posting), keepFiles(scenes, stop)],
    ...[prove(scenes, stop), matchFolders(scenes, stop)],
    ...(signer
      ? [signHeads(scenes, stop, { signer, posting, erased, outbound, folders }), makePackages(scenes, stop, signer)]
      : []),
  ])
}

type Hands = {
  posting?: Posting | null
  help?: Help | null
  signer?: ((scene: Scene) => Promise<LogSigner | null>) | null
  /** The list of what was erased, outside the database. */
  erased?: ((scene: Scene) => Promise<ErasedList | null>) | null
  /** How checkpoints go to addresses of the web, and the folders they are laid into. */
  outbound?: Outbound | null
  folders?: readonly string[]
}

const SIGN_EVERY = 60_000

/** Each minute what moved since is signed. A log that was rewritten or shrank is not, and whoever runs the machine is told each time. */
async function signHeads(
  scenes: readonly Scene[],
  stop: AbortSignal,
  { signer, erased, ...ways }: Omit<Required<Hands>, "help" | "signer"> & { signer: NonNullable<Hands["signer"]> },
): Promise<void> {
  while (!stop.aborted) {
    for (const scene of scenes) {
      await keptGoing("erasures", async () => {
        const list = await erased?.(scene)
        const done = list && (await followErasures({ ...scene, now: clockNow() }, list))
        if (done?.again)
          process.stderr.write(`A backup brought back ${done.again} erased values: they are erased again.\n`)
      })
      await keptGoing("signing the log", async () => {
        const by = await signer(scene)
        const signed = by && (await signHead({ ...scene, now: clockNow() }, by))
        if (signed && !signed.ok)
          // Verified by itself a log that was put back is whole: only what somebody kept outside tells.
          process.stderr.write(
            `The log is not signed any more (${signed.says}). After a restore move keys/log-head-*.note away; ` +
              `where the key itself is another: put the right one back, or npm run onward -- log key lost; ` +
              `otherwise: npm run onward -- log verify --checkpoint FILE, with one that was kept outside.\n`,
          )
        // The sample writes to nobody.
        if (signed?.ok && scene.register === "main") await postCheckpoints(scene, ways, clockNow)
      })
    }
    await setTimeout(SIGN_EVERY, undefined, { signal: stop }).catch(() => undefined)
  }
}

const PACKAGES_EVERY = 1_000

/** Packages that people asked for, beside all else: a large register takes minutes. They are signed, so only who signs makes them. */
async function makePackages(
  scenes: readonly Scene[],
  stop: AbortSignal,
  signer: NonNullable<Hands["signer"]>,
): Promise<void> {
  while (!stop.aborted) {
    for (const scene of scenes)
      await keptGoing("packages", async () => {
        const by = await signer(scene)
        if (by) await doExports(scene, by, stop)
      })
    await setTimeout(PACKAGES_EVERY, undefined, { signal: stop }).catch(() => undefined)
  }
}

const FILES_EVERY = 20_000
const STAGED_LASTS = 24 * 60 * 60_000

/**
 * The files, beside all else, for reading them takes long: what early landings kept is sealed, what is held is shown to the
 * virus scanner, what never came to its end is swept, and every night each is read once.
 */
async function keepFiles(scenes: readonly Scene[], stop: AbortSignal): Promise<void> {
  for (const scene of scenes) await keptGoing("sealing", async () => void (await resealFiles(scene, false, { stop })))
  while (!stop.aborted) {
    for (const scene of scenes) {
      await keptGoing("virus scanner", async () => scanRound(scene, stop))
      await keptGoing("reading the files", async () => {
        const scrub = await nightlyScrub(scene, stop)
        if (!scrub) return
        await scene.files.sweep(new Date(Date.now() - STAGED_LASTS))
        if (scrub.faults.length)
          process.stderr.write(
            `Of ${scrub.files} files ${scrub.faults.length} are not as they should be: npm run onward -- files scrub\n`,
          )
      })
    }
    await setTimeout(FILES_EVERY, undefined, { signal: stop }).catch(() => undefined)
  }
}

const TURNS = 10

/** What somebody waits for first, also between the turns at what nobody does. */
async function scanRound(scene: Scene, stop: AbortSignal): Promise<void> {
  for (let turn = 0; turn < TURNS && !stop.aborted; turn += 1) {
    await scanWaiting({ ...scene, now: clockNow() })
    if (!(await scanBacklog(scene, stop)).more) return
  }
}

const LOOK_EVERY = 1_500

/**
 * Signatures, beside all else: a PDF is looked at within seconds after it came, in a process apart. When the engine or the list
 * of trusted roots changed, every paper is looked at again, behind what somebody waits for.
 */
async function prove(scenes: readonly Scene[], stop: AbortSignal): Promise<void> {
  let followed = 0
  while (!stop.aborted) {
    for (const scene of scenes) {
      await keptGoing("signatures", async () => {
        if (Date.now() - followed > SWEEP_EVERY) while (!stop.aborted && (await followTrust(scene)));
        await lookAtWaiting(scene, { stop })
      })
    }
    if (Date.now() - followed > SWEEP_EVERY) followed = Date.now()
    await setTimeout(LOOK_EVERY, undefined, { signal: stop }).catch(() => undefined)
  }
}

const MATCH_EVERY = 1_500
/** So many days a folder of papers is kept that nobody touches. */
const FOLDER_LASTS = 30

/** Folders of papers, beside all else: reading hundreds of files takes minutes. */
async function matchFolders(scenes: readonly Scene[], stop: AbortSignal): Promise<void> {
  for (const { db } of scenes) await keptGoing("folders", () => releaseFolderFiles(db))
  while (!stop.aborted) {
    for (const scene of scenes) await keptGoing("folders", async () => void (await matchWaiting(scene, stop)))
    await setTimeout(MATCH_EVERY, undefined, { signal: stop }).catch(() => undefined)
  }
}

const TELL_EVERY = 3_000
const REMIND_EVERY = 10 * 60_000

/** What people are told goes into mails, and these out. The sample writes to nobody: its people are made up. */
async function tell(scenes: readonly Scene[], stop: AbortSignal, posting: Posting | null): Promise<void> {
  const main = scenes.find((scene) => scene.register === "main")
  let reminded = 0
  while (main && !stop.aborted) {
    if (Date.now() - reminded > REMIND_EVERY) {
      await keptGoing("reminding", async () => void (await remind({ ...main, now: clockNow() })))
      await keptGoing("standing in", async () => void (await tellBegun({ ...main, now: clockNow() })))
      await keptGoing("announcements", async () => void (await followAnnouncements({ ...main, now: clockNow() })))
      await keptGoing("endings", async () => void (await tellEnded({ ...main, now: clockNow() })))
      await keptGoing("suppliers", async () => void (await remindAsked({ ...main, now: clockNow() })))
      await keptGoing("trusted roots", async () => void (await tellOldTrust({ ...main, now: clockNow() })))
      await keptGoing("answers kept", async () => void (await clearAnswers({ ...main, now: clockNow() })))
      reminded = Date.now()
    }
    await keptGoing("mails", async () => {
      await composeMails({ ...main, now: clockNow() })
      if (posting) await deliverMails(main, posting, clockNow, stop)
    })
    await setTimeout(TELL_EVERY, undefined, { signal: stop }).catch(() => undefined)
  }
}

/**
 * The worker's round: imports that wait (files of strangers are read here, never by the server of the pages), and
 * housekeeping of private tables.
 */
async function rounds(scenes: readonly Scene[], stop: AbortSignal, help: Help | null): Promise<void> {
  let swept = 0
  for (const { db } of scenes) {
    await releaseImports(db)
    await releaseReconciliations(db)
    await releaseRuns(db)
  }
  while (!stop.aborted) {
    for (const scene of scenes) {
      await doImports(scene)
      await keptGoing("lists", async () => void (await readWaitingLists(scene)))
      await keptGoing("what if", async () => void (await doRuns(scene, help)))
      await keptGoing("decided together", async () => workOffAll(scene))
      await keptGoing("judging", async () => {
        while (!stop.aborted && (await judgeWaiting({ ...scene, now: clockNow() })) > 0);
      })
    }
    if (Date.now() - swept > SWEEP_EVERY) {
      for (const scene of scenes) {
        const now = { ...scene, now: clockNow() }
        await keptGoing("sweeping", () => sweep(scene))
        await keptGoing("packages", () => sweepPackages(scene))
        await keptGoing("judging", async () => {
          await followPacks(now)
          await turnDays(now)
          await turnPapers(now)
        })
      }
      swept = Date.now()
    }
    // An abort ends the pause at once; that is no fault.
    await setTimeout(PAUSE, undefined, { signal: stop }).catch(() => undefined)
  }
}

/** What fails this time is tried again in the next round; the trace goes to whoever runs the machine. */
async function keptGoing(what: string, does: () => Promise<void>): Promise<void> {
  try {
    await does()
  } catch (broken) {
    process.stderr.write(`${what}: ${broken instanceof Error ? (broken.stack ?? broken.message) : String(broken)}\n`)
  }
}

/** Removes what is over from private tables. The log keeps that it was. */
export async function sweep(scene: Pick<Scene, "db">): Promise<void> {
  await scene.db.execute(sql`delete from sessions where expires_at < now() - interval '30 days'`)
  await scene.db.execute(sql`delete from throttles where last_at < now() - interval '2 days'`)
  await scene.db.execute(sql`delete from logout_tokens where at < now() - interval '1 day'`)
  await scene.db.execute(sql`delete from kept where at < now() - interval '1 day'`)
  await sweepRuns(scene.db, 30)
  await sweepBulk(scene.db)
  await sweepFolders(scene.db, clockNow(), FOLDER_LASTS)
  await sweepMails(scene.db, clockNow())
  await sweepTellings(scene.db, clockNow())
}
