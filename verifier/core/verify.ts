/** The whole check of a package, in the order in which one thing rests on another. */
import type { Members } from "./json"
import { keyOfLetter } from "./key-letter"
import { keysHold } from "./keys"
import { LETTER_FILES, readLetter } from "./letter"
import { letterLogHolds } from "./letter-log"
import { previousHolds, readLog, type Log, type SeesEntry } from "./log"
import { keyPrint } from "./note"
import { openPackage, piecesOf, type Package, type Pause } from "./open"
import { readDecisions, readRequests } from "./requests"
import { readDisclosures, readingHolds, readRecords, type SeesRecord } from "./records"
import { Findings, verdictOf, type About, type Report } from "./report"
import { holdOlder, holdPoint, readPoint, type Point } from "./since"
import type { Source } from "./zip"

export type Ask = {
  source: Source
  /** A package of the same register that was taken before, or a checkpoint of its log that was kept elsewhere. */
  older?: Source | null
  /** The key print of the letter, as somebody typed it. */
  key?: string | null
  /** Told how far it is, from 0 to 1; what it awaits lets a page live. */
  progress?: (part: number) => Promise<void>
  sees?: { record?: SeesRecord; entry?: SeesEntry; decision?: (decision: Members) => void }
}

/** Checks the package. Never throws for what stands in it. */
export async function verifyPackage(ask: Ask): Promise<Report> {
  const on = new Findings()
  let opened: Package | { cannot: string } | null = null
  try {
    opened = await openPackage(ask.source, on)
  } catch (problem) {
    return verdictOf(on, null, null, unread(problem))
  }
  if (opened === null || "cannot" in opened) return verdictOf(on, null, null, opened?.cannot ?? null)
  try {
    const { since, cannot } = await all(opened, ask, on)
    return verdictOf(on, aboutOf(opened), since, cannot)
  } catch (problem) {
    return verdictOf(on, aboutOf(opened), null, unread(problem))
  }
}

const unread = (problem: unknown): string =>
  `the check could not go on: ${problem instanceof Error ? problem.message : "no reason given"}`

async function all(on: Package, ask: Ask, found: Findings): Promise<{ since: Report["since"]; cannot: string | null }> {
  const pause = pauseOf(on, ask)
  const given = ask.older ? await olderOf(ask.older, found) : {}
  const { older = null, point = null } = given
  found.check(
    "package",
    `the archive holds ${on.entries.size} files, and what lists them is signed by the log's key`,
    0,
  )
  const letter = await keyOfLetter(on, { said: ask.key ?? null, other: older }, found)
  const log = await logOf(on, given, { ask, found, pause })
  keysHold(on, log, found)
  await previousHolds(on, log, found)
  const values = await readDisclosures(on, found, pause)
  const read = await readRecords(on, log, values, { found, pause, sees: ask.sees?.record })
  await readingHolds(on, values, found, pause)
  const requests = await readRequests(on, log, read, found, pause)
  await readDecisions(on, log, requests, { found, pause, sees: ask.sees?.decision })
  found.letter = await readLetter(on, read, found, pause)
  if (found.letter) await letterLogHolds(on, log, found.letter, found, pause)
  await restHolds(on, found, pause)
  const by = { log, read, found, pause }
  const held = older ? await holdOlder(on, older, by, letter.byNewer) : point ? holdPoint(on, point, by) : null
  const [since, unlike] = held && "cannot" in held ? [null, held.cannot] : [held, null]
  if (!ask.older)
    found.unchecked.push(
      "No older package was given: whoever holds the log's key and the database could have written another history. Only an older package, or a checkpoint that was kept elsewhere, shows that.",
    )
  const { references, advice } = on.manifest.withheld
  if (references > 0)
    found.unchecked.push(
      `Places where a word stands for a record that whoever took the package may not read: ${references}.`,
    )
  if (advice > 0)
    found.unchecked.push(`Files that are advice of lawyers: ${advice}. They are not named, and not in the package.`)
  found.unchecked.push(
    "Whether what was recorded is true, and whether it was lawful: the log shows that nothing was altered since it was recorded, no more.",
  )
  return { since, cannot: letter.cannot ?? unlike }
}

/** How many bytes there are to read: records are read a second time beside what stands for reading. */
function pauseOf(on: Package, ask: Ask): Pause {
  const total = Math.max(1, on.source.size)
  let done = 0
  return async (bytes) => {
    done += bytes
    await ask.progress?.(Math.min(1, done / total))
  }
}

/** Reads the log; with an older package, each version that came into force is kept, to be held against what it showed. */
async function logOf(
  on: Package,
  { older, point }: Given,
  { ask, found, pause }: { ask: Ask; found: Findings; pause: Pause },
): Promise<Log> {
  const log = await readLog(on, found, pause, {
    sizes: [...(older ? [older.manifest.logSize] : []), ...(point ? [point.size] : [])],
    ...{ sees: ask.sees?.entry, keepHistory: older !== undefined },
  })
  const { replay } = log
  const rules = [...replay.requests.values()].filter((request) => request.inForce.length > 0)
  found.check(
    "rules",
    `nobody decided what they edited, no stage was decided twice, nothing is in force without a request (${rules.length})`,
    found.count - replay.broken,
    rules.some((request) => request.partial),
  )
  return log
}

/** What the package is held against. */
type Given = { older?: Package; point?: Point }

/** The older package or checkpoint, opened; what is wrong with it is said of it, and not of the newer. */
async function olderOf(source: Source, found: Findings): Promise<Given> {
  const point = await readPoint(source)
  if (point) return { point }
  const own = new Findings()
  const opened = await openPackage(source, own)
  for (const { file, says } of own.faults) found.fault("the older package", `${file} in it: ${says}`, "bytes")
  if (opened !== null && "cannot" in opened) found.fault("the older package", opened.cannot, "bytes")
  return opened !== null && !("cannot" in opened) ? { older: opened } : {}
}

/** Files of whose content nothing is known here but the hash. */
async function restHolds(on: Package, found: Findings, pause: Pause): Promise<void> {
  const before = found.count
  const read = /^(records\/|json\/|log\/|disclosures\.jsonl$|requests\.jsonl$|decisions\.json$)/
  const kinds = Object.keys(on.manifest.records)
  const held = new Set(kinds.flatMap((kind) => [`records/${kind}.jsonl`, `json/${kind}.json`]))
  let [n, files] = [0, 0]
  for (const [name, sum] of on.manifest.files) {
    if (on.manifest.questions !== null && LETTER_FILES.includes(name)) continue
    if (
      read.test(name) &&
      (held.has(name) || !/^(records|json)\//.test(name)) &&
      !/^log\/(?!events|leaves|checkpoint|keys|previous)/.test(name)
    )
      continue
    if (/^(records|json)\//.test(name)) found.fault(name, "it is of no kind that the manifest counts")
    for await (const piece of piecesOf(on, name, found, pause)) void piece
    n += 1
    if (!name.startsWith("files/")) continue
    files += 1
    if (!/^files\/[0-9a-f]{64}(\.[a-z0-9]{1,5})?$/.test(name) || name.slice(6, 70) !== sum.sha256)
      found.fault(name, "its content is not what its name says")
  }
  found.check("files", `the other files have the bytes that were packed (${n})`, before)
  found.unchecked.push(
    "What tables, reports and other files for reading say was not held against the records, only that their bytes are those that were signed.",
  )
  if (files === 0)
    found.unchecked.push("Files of agreements are not in the package: only their hashes stand in the records.")
}

function aboutOf({ manifest, signers }: Package): About {
  const { origin, register, asOf, logSize, logRoot, whole, records, watermark } = manifest
  const prints = signers.map((key) => keyPrint(key.key))
  return { origin, register, asOf, logSize, logRoot, whole, records, watermark, prints }
}
