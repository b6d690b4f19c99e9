/** Whether an older package, or a checkpoint that was kept, shows the beginning of the same log and the same register. */
import { hex, isSame, textOf, utf8 } from "./bytes"
import { countOf, wordOf } from "./json"
import type { Log } from "./log"
import { readCheckpoint, readNote, signedBy, type Note } from "./note"
import { linesOf, memberLine, piecesOf, type Package, type Pause } from "./open"
import type { Read } from "./records"
import type { Faults, Findings, Report } from "./report"
import { leafOf } from "./tree"
import type { Source } from "./zip"

const OLDER = "the older package"
type Held = { log: Log; read: Read; found: Findings; pause: Pause }

/** A checkpoint as somebody kept it: as a file of its own, or out of a mail. */
export type Point = { note: Note; origin: string; size: number; root: Uint8Array }

/** The checkpoint that a file holds; null where it holds something else. */
export async function readPoint(source: Source): Promise<Point | null> {
  if (source.size === 0 || source.size > 16_384) return null
  const said = (textOf(await source.read(0, source.size)) ?? "").replace(/\r\n/g, "\n")
  const note = readNote(said.endsWith("\n") ? said : `${said}\n`)
  const point = note && readCheckpoint(note.text)
  return note && point ? { note, ...point } : null
}

/** Holds a kept checkpoint against the log of the package: the root over as many entries is the one that was signed then. */
export function holdPoint(on: Package, point: Point, { log, found }: Held): { cannot: string } | null {
  const before = found.count
  if (point.origin !== on.manifest.origin) return { cannot: "the checkpoint is of another log" }
  // Anybody can write a note without a signature: it says nothing for or against the package.
  if (signedBy(point.note, on.keys).length === 0)
    return { cannot: "the checkpoint is signed by no key of the log that the package names" }
  const held = log.leaves.length / 32
  if (point.size > held)
    return {
      cannot: `the checkpoint covers ${point.size} entries, and the package shows ${held}: it is newer, or the log was cut. Hold it against a newer package`,
    }
  if (log.roots.get(point.size) !== hex(point.root))
    found.fault(
      "log/leaves.bin",
      `the first ${point.size} entries are not those of the checkpoint that was given: the log was rewritten`,
    )
  found.check("older", `the log begins with the ${point.size} entries that the checkpoint was signed over`, before)
  found.unchecked.push(
    "A checkpoint was given and no older package: which records changed since is not told, for a checkpoint holds none.",
  )
  return null
}

/** Holds the older package, whose own bytes were opened by now, against the newer one. */
export async function holdOlder(
  on: Package,
  older: Package,
  { log, read, found, pause }: Held,
  byNewer = false,
): Promise<Report["since"] | { cannot: string }> {
  const before = found.count
  const [a, b] = [older.manifest, on.manifest]
  // The wrong file was given: that says nothing against the package.
  if (a.origin !== b.origin || a.register !== b.register) return { cannot: `${OLDER} is of another register` }
  // A newer one is given where the letter is about its key: then it showed that this one is its beginning.
  if (byNewer && a.logSize >= b.logSize && a.asOf >= b.asOf) return null
  if (a.logSize > b.logSize && a.asOf > b.asOf)
    return { cannot: `${OLDER} is newer than this package: change the two about` }
  if (a.logSize > b.logSize) {
    found.fault("log/leaves.bin", "the log is shorter than at the older package, which is about an earlier instant")
    return null
  }
  if (a.logSize < b.logSize && a.asOf > b.asOf)
    found.fault("log/leaves.bin", "the log is longer than at the older package, which is about a later instant")
  // Every one of its files, once more against its own manifest, so that what is compared is what was taken then.
  for (const name of a.files.keys()) for await (const piece of piecesOf(older, name, ofOlder(found), pause)) void piece
  if (log.roots.get(a.logSize) !== a.logRoot)
    found.fault(
      "log/leaves.bin",
      `the first ${a.logSize} entries are not those of the older package: the log was rewritten`,
    )
  for (const key of older.keys)
    if (!on.keys.some((one) => one.id === key.id && isSame(one.key, key.key)))
      found.fault("log/keys.json", `the key ${key.id} of the older package is gone`)
  await sameLeaves(older, log, found, pause)
  const since = await records(older, { log, read, found, pause })
  for (const one of a.erasures)
    if (!b.erasures.some((other) => other.commitment === one.commitment))
      found.fault("manifest.json", `an erasure that the older package names is gone (${one.commitment.slice(0, 16)}…)`)
  found.check("older", `nothing that the package as of ${a.asOf} showed was rewritten since`, before)
  return { asOf: a.asOf, ...since }
}

/** What is wrong with the older package itself is said of it. */
function ofOlder(on: Findings): Faults {
  return { fault: (file, says) => on.fault(OLDER, `${file} in it: ${says}`, "bytes") }
}

/** The leaves both hold, and the older one's entries, each at its place in the newer log. */
async function sameLeaves(older: Package, log: Log, found: Findings, pause: Pause): Promise<void> {
  let at = 0
  for await (const piece of piecesOf(older, "log/leaves.bin", ofOlder(found), pause)) {
    const end = Math.min(at + piece.length, log.leaves.length)
    if (at < end && !isSame(piece.subarray(0, end - at), log.leaves.subarray(at, end)))
      found.fault("log/leaves.bin", "its hashes are not those of the older package")
    at += piece.length
  }
  let n = 0
  for await (const line of linesOf(older, "log/events.jsonl", ofOlder(found), pause)) {
    n += 1
    const entry = memberLine("log/events.jsonl", line, n, ofOlder(found))
    const index = countOf(entry?.index)
    if (index === null || !isSame(leafOf(utf8(line)), log.leaves.subarray(index * 32, index * 32 + 32)))
      found.fault("log/events.jsonl", `entry ${index ?? n} is not the one that the older package holds`)
    if (n % 500 === 0) await pause(0)
  }
}

async function records(
  older: Package,
  { log, read, found, pause }: Held,
): Promise<{ added: number; changed: number; same: number }> {
  let [changed, same, unheld, gone] = [0, 0, 0, 0]
  const seen = new Set<string>()
  for (const kind of Object.keys(older.manifest.records)) {
    const name = `records/${kind}.jsonl`
    let at = 0
    for await (const line of linesOf(older, name, ofOlder(found), pause)) {
      at += 1
      const one = memberLine(name, line, at, ofOlder(found))
      const [id, version, index] = [wordOf(one?.id), countOf(one?.version), countOf(one?.index)]
      if (!one || id === null || version === null || index === null) continue
      seen.add(id)
      const said = log.replay.history.get(index)
      if (said === undefined) unheld += 1
      else if (said !== `${id} ${version} ${wordOf(one.sha256)}`)
        found.fault(name, `${id} was another in the older package: entry ${index}`)
      const now = read.seen.get(id)
      if (!now) gone += 1
      else if (now.version < version) found.fault(name, `${id} has an older version than the older package shows`)
      else if (now.version > version) changed += 1
      else if (now.sha256 !== one.sha256) found.fault(name, `${id} was rewritten: same version, other content`)
      else same += 1
      if (at % 500 === 0) await pause(0)
    }
  }
  if (unheld > 0)
    found.unchecked.push(
      `Records of the older package of which the entry is not here: ${unheld}. Only what both packages hold was compared.`,
    )
  if (gone > 0)
    found.unchecked.push(
      `Records of the older package that are not in this one: ${gone}. They were left out, or its scope is another.`,
    )
  return { added: [...read.seen.keys()].filter((id) => !seen.has(id)).length, changed, same }
}
