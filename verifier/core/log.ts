/** The log of a package: its leaves against the checkpoint, its entries against the leaves, its keys against the entries. */
import { apart, hex, isSame, unbase64, utf8 } from "./bytes"
import { countOf, listOf, membersOf, readCanonical, wordOf, type Members } from "./json"
import { readCheckpoint, readNote, signedBy } from "./note"
import { linesOf, memberLine, piecesOf, type Package, type Pause } from "./open"
import { Replay } from "./replay"
import type { Findings } from "./report"
import { isGrown, leafOf, Tree } from "./tree"

const LEAVES = "log/leaves.bin"
const EVENTS = "log/events.jsonl"
const POINT = "log/checkpoint.txt"

/** Called with each entry that is here, once it was held against its leaf. */
export type SeesEntry = (entry: Members, line: string) => void
export type Log = {
  /** All leaves' hashes, 32 bytes each. */
  leaves: Uint8Array
  /** Roots at the sizes that were asked for. */
  roots: Map<number, string>
  replay: Replay
  /** Commitments that stand in entries. */
  mentioned: Set<string>
  told: number
}

/** Reads leaves, checkpoint, entries and keys. `sizes`: at which sizes else the root is asked for. */
export async function readLog(
  on: Package,
  found: Findings,
  pause: Pause,
  { sizes, sees, keepHistory = false }: { sizes: readonly number[]; sees?: SeesEntry; keepHistory?: boolean },
): Promise<Log> {
  const { manifest } = on
  const point = await pointOf(on, found)
  const wanted = new Set([manifest.logSize, ...(point ? [point.size] : []), ...sizes])
  let before = found.count
  const { leaves, roots } = await leavesOf(on, found, pause, wanted)
  const size = leaves.length / 32
  if (point && point.size < manifest.logSize)
    found.fault(POINT, `it covers ${point.size} entries, and the package is about ${manifest.logSize}`)
  else if (point && point.size !== size)
    found.fault(LEAVES, `it holds ${size} hashes, and the checkpoint is over ${point.size}`)
  else if (point && roots.get(point.size) !== hex(point.root))
    found.fault(LEAVES, "its hashes do not make the root that the log signed")
  if (roots.get(manifest.logSize) !== manifest.logRoot)
    found.fault(LEAVES, "its hashes do not make the root that the manifest says")
  found.check("log", `the hashes of the log's entries make the root that it signed (${size})`, before)
  before = found.count
  const entries = await entriesOf(on, found, pause, leaves, { sees, keepHistory })
  const log = { leaves, roots, ...entries }
  const { looks } = manifest.withheld
  const hidden = manifest.logSize - log.told - looks
  if (hidden !== manifest.withheld.entries)
    found.fault(
      EVENTS,
      `${hidden + looks} entries are not here, and the manifest says ${manifest.withheld.entries + looks}`,
    )
  found.check("entries", `the entries are those that the log holds at their places (${log.told})`, before, hidden > 0)
  if (hidden > 0)
    found.unchecked.push(
      `${hidden} of ${manifest.logSize} entries of the log are here by their hashes alone, for whoever took the package may not read them or left them out: what they say was not checked.`,
    )
  if (looks > 0)
    found.unchecked.push(
      `${looks} entries of the log are looks of supervisors, as the manifest says: they are sealed, and here by their hashes alone.`,
    )
  return log
}

async function pointOf(on: Package, found: Findings): Promise<{ size: number; root: Uint8Array } | null> {
  const before = found.count
  let text = ""
  for await (const line of linesOf(on, POINT, found, async () => undefined)) text += `${line}\n`
  const note = readNote(text)
  const point = note && readCheckpoint(note.text)
  if (!note || !point) {
    if (on.entries.has(POINT)) found.fault(POINT, "it is no checkpoint")
    return null
  }
  if (point.origin !== on.manifest.origin) found.fault(POINT, "it is of another log")
  // Others may stand under it too: witnesses, whose keys are not here.
  on.pointSigners = signedBy(note, on.keys)
  if (on.pointSigners.length === 0) found.fault(POINT, "no key of the register's log signed it")
  found.check("checkpoint", "the checkpoint is signed by the log's key", before)
  return point
}

async function leavesOf(on: Package, found: Findings, pause: Pause, wanted: ReadonlySet<number>) {
  const bytes = on.entries.get(LEAVES)?.bytes ?? 0
  const leaves = new Uint8Array(bytes - (bytes % 32))
  if (bytes % 32 !== 0) found.fault(LEAVES, "it is no list of hashes", "bytes")
  let at = 0
  for await (const piece of piecesOf(on, LEAVES, found, pause)) {
    leaves.set(piece.subarray(0, Math.max(0, leaves.length - at)), at)
    at += piece.length
  }
  const [tree, roots] = [new Tree(), new Map<number, string>()]
  if (wanted.has(0)) roots.set(0, hex(tree.root()))
  for (let i = 0; i < leaves.length; i += 32) {
    tree.add(leaves.subarray(i, i + 32))
    if (wanted.has(tree.size)) roots.set(tree.size, hex(tree.root()))
    if (tree.size % 4096 === 0) await pause(0)
  }
  return { leaves, roots }
}

async function entriesOf(
  on: Package,
  found: Findings,
  pause: Pause,
  leaves: Uint8Array,
  { sees, keepHistory }: { sees?: SeesEntry; keepHistory: boolean },
) {
  const { manifest } = on
  const replay = new Replay({ complete: manifest.withheld.entries === 0, found })
  replay.keepHistory = keepHistory
  const mentioned = new Set<string>()
  let [last, lastAt, told] = [-1, "", 0]
  for await (const line of linesOf(on, EVENTS, found, pause)) {
    told += 1
    const entry = memberLine(EVENTS, line, told, found)
    const index = countOf(entry?.index)
    if (!entry || index === null) continue
    const at = wordOf(entry.at) ?? ""
    if (index <= last || index >= manifest.logSize) found.fault(EVENTS, `entry ${index} does not stand in its place`)
    else if (!isSame(leafOf(utf8(line)), leaves.subarray(index * 32, index * 32 + 32)))
      found.fault(EVENTS, `entry ${index} is not the one that the log holds`)
    if (at < lastAt) found.fault(EVENTS, `entry ${index} is older than the one before it`)
    if (entry.v !== 1 || entry.origin !== manifest.origin || at > manifest.asOf)
      found.fault(EVENTS, `entry ${index} is not of this log until this instant`)
    ;[last, lastAt] = [Math.max(last, index), at]
    for (const [, commitment] of line.matchAll(/"\$c":"([0-9a-f]{64})"/g)) mentioned.add(apart(commitment as string))
    replay.take(entry, index)
    sees?.(entry, line)
    if (told % 500 === 0) await pause(0)
  }
  return { replay, mentioned, told }
}

/** The proof that the package taken before this one shows the beginning of the same log. */
export async function previousHolds(on: Package, log: Log, found: Findings): Promise<void> {
  const name = "log/previous.json"
  if (!on.entries.has(name)) return
  let text = ""
  for await (const line of linesOf(on, name, found, async () => undefined)) text += line
  const read = readCanonical(text)
  const before = found.count
  if (!read) return found.fault(name, "it is no canonical JSON")
  if (read.value === null) return
  const said = membersOf(read.value)
  const [size, root] = [countOf(said?.logSize), wordOf(said?.logRoot)]
  const proof = (listOf(said?.proof) ?? [null]).map((one) => unbase64(wordOf(one) ?? ""))
  if (size === null || root === null || proof.some((one) => one?.length !== 32))
    return found.fault(name, "it says no earlier package")
  const steps = proof.filter((one): one is Uint8Array => one !== null)
  const older = { size, root: Uint8Array.from(root.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)) }
  const roots = Uint8Array.from(on.manifest.logRoot.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  if (!isGrown(older, { size: on.manifest.logSize, root: roots }, steps))
    found.fault(name, "its proof does not show that the log of the earlier package is the beginning of this one")
  const tree = new Tree()
  if (size <= log.leaves.length / 32) for (let i = 0; i < size * 32; i += 32) tree.add(log.leaves.subarray(i, i + 32))
  if (hex(tree.root()) !== root) found.fault(name, "the root of the earlier package is not that of these entries")
  found.check("previous", `the log's own word on the package before, as of ${wordOf(said?.asOf) ?? "?"}`, before)
}
