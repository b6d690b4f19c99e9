import { mayAct } from "@/domain/people/permissions"
import { removeOrphans } from "@/usecases/files/orphans"
import { leftToScan, rescanFiles, scanBacklog } from "@/usecases/files/scan"
import { resealFiles, scrubFiles } from "@/usecases/files/scrub"
import type { Call } from "./commands"
import { must, print, Refused } from "./say"
import { addKey, commandScene, findPlace, type Place } from "./wiring"

const PARTS = ["scrub", "scan", "orphans", "seal", "rekey"]

/**
 * `files scrub`: reads every file and says what is missing, altered, truncated, swapped or named by nothing; exit code 1 if
 * anything is. `files scan`: shows every file to the virus scanner once more; exit code 1 where it finds something or does
 * not answer for all. `files orphans [--dry-run]`: takes out of the store what nothing names for a day. `files seal`: seals what early landings kept unsealed, and finishes a rekey that was cut off. `files rekey`:
 * lays down a new key (in the data folder; of a variable the first is it) and seals everything with it.
 */
export async function files(call: Call): Promise<number> {
  const [part = ""] = call.words
  if (!PARTS.includes(part)) throw new Refused(`Say what to do with the files: files ${PARTS.join(", files ")}.`)
  const place = findPlace(call.options.sample ? "sample" : "main")
  try {
    if (part === "rekey" && place.keys.ONWARD_FILE_KEYS_AT) addKey(place.keys.ONWARD_FILE_KEYS_AT)
    const { scene, close } = await commandScene(place)
    try {
      if (!scene.actor) throw new Refused("The token in ONWARD_TOKEN is not known.")
      must(mayAct("files.keep", scene.actor))
      if (part === "scrub") return await scrub(call, scene)
      if (part === "scan") return await scan(call, scene)
      return await (part === "orphans" ? orphans(call, scene) : reseal(call, place, scene))
    } finally {
      await close()
    }
  } finally {
    place.leave()
  }
}

type There = Awaited<ReturnType<typeof commandScene>>["scene"]

const progress = (call: Call) =>
  call.json ? undefined : (n: number) => n % 100 === 0 && process.stderr.write(`${n} files …\n`)

async function scrub(call: Call, scene: There): Promise<number> {
  const found = await scrubFiles(scene, { progress: progress(call) })
  if (!found) throw new Refused("The files could not be read.")
  const lines = found.faults.map(
    ({ kind, sha256, files: named }) => `${kind}  ${sha256}${named.length ? `  ${named.join(" ")}` : ""}`,
  )
  const end =
    `${found.files} files of ${Math.round(found.bytes / 1024 / 1024)} MB were read; ${found.faults.length === 0 ? "nothing is wrong with them" : `${found.faults.length} faults`}.` +
    (found.plain ? ` ${found.plain} are not sealed yet: npm run onward -- files seal.` : "")
  const { id: _id, ...rest } = found
  print(call.json, rest, [...lines, end].join("\n"))
  return found.faults.length === 0 ? 0 : 1
}

async function scan(call: Call, scene: There): Promise<number> {
  const { files: all } = must(await rescanFiles(scene, {}))
  const done = { answered: 0, infected: 0 }
  for (let turn = await scanBacklog(scene); ; turn = await scanBacklog(scene)) {
    done.answered += turn.answered
    done.infected += turn.infected
    progress(call)?.(done.answered)
    if (turn.more) continue
    const left = await leftToScan(scene)
    const end =
      `Of ${all} files the virus scanner answered for all but ${left}; ${done.infected} contents were found infected and are held back.` +
      (turn.away ? ` It does not answer (${turn.away}). A running server goes on when it does.` : "")
    print(call.json, { files: all, ...done, left, away: turn.away }, end)
    return done.infected > 0 || left > 0 || turn.away !== null ? 1 : 0
  }
}

async function orphans(call: Call, scene: There): Promise<number> {
  const dryRun = call.options["dry-run"] ?? false
  const { removed, young } = await removeOrphans(scene, { dryRun })
  const end =
    `${removed.length} contents that nothing names ${dryRun ? "would be removed" : "were removed"}.` +
    (young.length ? ` ${young.length} were laid down within a day and stay for now.` : "")
  print(call.json, { dryRun, removed, young }, [...removed, end].join("\n"))
  return 0
}

async function reseal(call: Call, place: Place, scene: There): Promise<number> {
  const result = await resealFiles(scene, true, { progress: progress(call) })
  const keysLie = place.keys.ONWARD_FILE_KEYS_AT || "ONWARD_FILE_KEYS"
  const lines = result.damaged.map(({ kind, sha256 }) => `${kind}  ${sha256}`)
  const end =
    `${result.done} files were sealed with the current key, ${result.stood} were already.` +
    (result.damaged.length ? ` ${result.damaged.length} do not open and stay as they are.` : "") +
    ` Earlier keys stay in ${keysLie}: backups made before need them.`
  print(call.json, result, [...lines, end].join("\n"))
  return result.damaged.length === 0 ? 0 : 1
}
