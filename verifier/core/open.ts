/** Opens a package: the archive, what it says it is, and who signed that. */
import { hex, isSame, textOf, unbase64 } from "./bytes"
import { countOf, listOf, membersOf, readCanonical, wordOf, type Json, type Members } from "./json"
import { keyOf, keyPrint, readNote, readPackageNote, signedBy, type Key } from "./note"
import type { About, Faults, Findings } from "./report"
import { crc32, readArchive, type Entry, type Source } from "./zip"
import { Sha256, sha256 } from "./sha256"

/** The one form that this verifier knows. */
export const FORM = 6
/** Larger is no small file of ours. */
const SMALL = 64 * 1024 * 1024

export type NamedKey = Key & {
  from: string | null
  until: string | null
  index: number | null
  by: string | null
  signature: string | null
}
export type Manifest = About & {
  members: Members
  erasures: { commitment: string; at: string; index: number }[]
  redactions: { record: string; version: number; path: string | null; sha256: string; reason: string }[]
  withheld: { references: number; advice: number; entries: number; looks: number }
  questions: string | null
  files: Map<string, { sha256: string; bytes: number }>
}
export type Package = {
  source: Source
  entries: Map<string, Entry>
  manifest: Manifest
  keys: NamedKey[]
  /** Who signed the note of the package. */
  signers: Key[]
  /** Who signed the checkpoint; known once the log was read. */
  pointSigners: Key[]
}
/** What is called as work goes on, so that a page stays alive. */
export type Pause = (bytes: number) => Promise<void>

/** The bytes of a small entry, held against the archive's own sum. */
async function bytesOf(source: Source, entry: Entry, on: Findings): Promise<Uint8Array | null> {
  if (entry.bytes > SMALL) return null
  const bytes = await source.read(entry.begins, entry.bytes)
  if (crc32(bytes) !== entry.crc) on.fault(entry.name, "its bytes were changed", "bytes")
  return bytes
}

/** The package, or in a sentence why nothing more can be said; what is wrong stands in the findings. */
export async function openPackage(source: Source, on: Findings): Promise<Package | { cannot: string } | null> {
  const archive = await readArchive(source)
  if ("none" in archive) return { cannot: archive.none }
  if ("broken" in archive) {
    on.fault("the archive", archive.broken, "bytes")
    return null
  }
  const entries = new Map(archive.entries.map((entry) => [entry.name, entry]))
  const [said, noted] = [entries.get("manifest.json"), entries.get("manifest.note")]
  if (!said && !noted && !entries.has("log/leaves.bin")) return { cannot: "this archive is no package of a register" }
  if (!said) on.fault("manifest.json", "it is missing", "bytes")
  if (!noted) on.fault("manifest.note", "it is missing", "bytes")
  if (!said) return null
  const raw = await bytesOf(source, said, on)
  const text = raw && textOf(raw)
  const read = text?.endsWith("\n") ? readCanonical(text.slice(0, -1)) : null
  const members = read && membersOf(read.value)
  if (!raw || !members) {
    on.fault("manifest.json", "it cannot be read", "bytes")
    return null
  }
  if (members.formatVersion !== FORM && !on.count)
    return { cannot: `it has form ${String(members.formatVersion).slice(0, 20)}, and this verifier knows form ${FORM}` }
  const manifest = manifestOf(members)
  if (!manifest) {
    on.fault("manifest.json", "it does not say what a package must say", "bytes")
    return null
  }
  const names = archive.entries.slice(-2).map((entry) => entry.name)
  if (noted && (names[0] !== "manifest.json" || names[1] !== "manifest.note"))
    on.fault("the archive", "manifest.json and manifest.note are not its last files", "bytes")
  present(entries, manifest, on)
  const keys = await keysOf(source, entries, manifest, on)
  const signers = noted ? await signersOf(source, noted, { manifest, keys, sum: sha256(raw) }, on) : []
  manifest.prints = signers.map((key) => keyPrint(key.key))
  return { source, entries, manifest, keys, signers, pointSigners: [] }
}

/** Nothing is there that the manifest does not name, and nothing that it names is missing. */
function present(entries: ReadonlyMap<string, Entry>, manifest: Manifest, on: Findings): void {
  const inside = [...entries.keys()].filter((name) => name !== "manifest.json" && name !== "manifest.note")
  for (const name of inside)
    if (!manifest.files.has(name)) on.fault(name, "it is in the archive and the manifest does not name it", "bytes")
  for (const name of manifest.files.keys()) if (!entries.has(name)) on.fault(name, "it is missing", "bytes")
  const named = [...manifest.files.keys()]
  if (inside.length === named.length && inside.some((name, i) => name !== named[i]))
    if (inside.every((name) => manifest.files.has(name)))
      on.fault("the archive", "its files are in another order than the manifest says", "bytes")
  for (const name of NEEDED) if (!manifest.files.has(name)) on.fault(name, "it is missing")
}

const NEEDED = [
  ...["log/events.jsonl", "log/leaves.bin", "log/checkpoint.txt", "log/keys.json", "log/previous.json"],
  ...["disclosures.jsonl", "requests.jsonl", "decisions.json", "README.txt"],
]

async function signersOf(
  source: Source,
  entry: Entry,
  by: { manifest: Manifest; keys: readonly NamedKey[]; sum: Uint8Array },
  on: Findings,
): Promise<Key[]> {
  const raw = await bytesOf(source, entry, on)
  const note = raw && readNote(textOf(raw) ?? "")
  const said = note && readPackageNote(note.text)
  if (!note || !said) {
    on.fault(entry.name, "it is no note of a package", "bytes")
    return []
  }
  if (!isSame(said.manifest, by.sum)) on.fault("manifest.json", "it is not the one that manifest.note signed", "bytes")
  if (said.origin !== by.manifest.origin) on.fault(entry.name, "it is signed for another register")
  if (said.version !== FORM) on.fault(entry.name, "it says another form than the manifest")
  const signers = signedBy(note, by.keys)
  if (signers.length === 0) on.fault(entry.name, "no key of the register's log signed it")
  if (note.signatures.length !== signers.length)
    on.fault(entry.name, "a signature under it does not hold, or is of no key that the package names")
  return signers
}

async function keysOf(
  source: Source,
  entries: ReadonlyMap<string, Entry>,
  manifest: Manifest,
  on: Findings,
): Promise<NamedKey[]> {
  const entry = entries.get("log/keys.json")
  const sum = manifest.files.get("log/keys.json")
  if (!entry || !sum) return []
  const raw = await bytesOf(source, entry, on)
  if (!raw || raw.length !== sum.bytes || hex(sha256(raw)) !== sum.sha256) {
    on.fault(entry.name, "it is not the file that the manifest names", "bytes")
    return []
  }
  const read = readCanonical((textOf(raw) ?? "").replace(/\n$/, ""))
  const keys = (listOf(read?.value) ?? []).map(namedKey)
  if (keys.length === 0 || keys.some((key) => key === null)) on.fault(entry.name, "it does not name the log's keys")
  const good = keys.filter((key): key is NamedKey => key !== null)
  for (const key of good) if (key.name !== manifest.origin) on.fault(entry.name, "it names a key of another register")
  return good
}

function namedKey(value: Json): NamedKey | null {
  const one = membersOf(value)
  const raw = unbase64(wordOf(one?.key) ?? "")
  const key = one && raw ? keyOf(wordOf(one.name) ?? "", raw) : null
  if (!one || !key || key.id !== one.id) return null
  const { from, until, by, signature } = one
  return {
    ...{ ...key, from: wordOf(from), until: wordOf(until), index: countOf(one.index) },
    ...{ by: wordOf(by), signature: wordOf(signature) },
  }
}

function manifestOf(members: Members): Manifest | null {
  const withheld = membersOf(members.withheld)
  const records = membersOf(members.records)
  const [size, root, asOf] = [countOf(members.logSize), wordOf(members.logRoot), wordOf(members.asOf)]
  const [origin, register] = [wordOf(members.origin), wordOf(members.register)]
  const counts = [withheld?.references, withheld?.advice, withheld?.entries, withheld?.looks].map(countOf)
  const [references, advice, hidden, looks] = counts
  const files = new Map<string, { sha256: string; bytes: number }>()
  for (const item of listOf(members.files) ?? []) {
    const [name, sum, bytes] = fileOf(item)
    if (name === null || sum === null || bytes === null || files.has(name)) return null
    files.set(name, { sha256: sum, bytes })
  }
  const numbers = records && Object.values(records).every((n) => countOf(n) !== null)
  if (size === null || !root || !/^[0-9a-f]{64}$/.test(root) || !asOf || !origin || !register || !numbers) return null
  if (references == null || advice == null || hidden == null || looks == null || files.size === 0) return null
  const [erasures, redactions] = [erasuresOf(members.erasures), redactionsOf(members.redactions)]
  if (!erasures || !redactions || typeof members.whole !== "boolean") return null
  const mark = membersOf(members.watermark)
  return {
    ...{ members, origin, register, asOf, logSize: size, logRoot: root, whole: members.whole, prints: [] },
    ...{ records: records as { [kind: string]: number }, erasures, redactions, files },
    withheld: { references, advice, entries: hidden, looks },
    watermark: mark ? [mark.name, mark.role].map((one) => wordOf(one) ?? "").join(", ") : null,
    questions: wordOf(members.questions),
  }
}

function fileOf(item: Json): [string | null, string | null, number | null] {
  const one = membersOf(item)
  const sum = wordOf(one?.sha256)
  return [wordOf(one?.name), sum && /^[0-9a-f]{64}$/.test(sum) ? sum : null, countOf(one?.bytes)]
}

function erasuresOf(value: Json | undefined): Manifest["erasures"] | null {
  const list = (listOf(value) ?? [null]).map((item) => {
    const one = membersOf(item)
    const [commitment, at, index] = [wordOf(one?.commitment), wordOf(one?.at), countOf(one?.index)]
    return commitment === null || at === null || index === null ? null : { commitment, at, index }
  })
  return list.every((one) => one !== null) ? list : null
}

function redactionsOf(value: Json | undefined): Manifest["redactions"] | null {
  const list = (listOf(value) ?? [null]).map((item) => {
    const one = membersOf(item)
    const [record, version, sum, reason] = [
      ...[wordOf(one?.record), countOf(one?.version), wordOf(one?.sha256), wordOf(one?.reason)],
    ] as [string | null, number | null, string | null, string | null]
    if (record === null || version === null || sum === null || reason === null) return null
    return { record, version, path: wordOf(one?.path), sha256: sum, reason }
  })
  return list.every((one) => one !== null) ? list : null
}

const PIECE = 1024 * 1024

/**
 * The bytes of an entry piece by piece. Once all are read, they are held against the archive's sum and the manifest's hash: whoever
 * reads on has a file whose bytes are those that were packed, or a fault that says otherwise.
 */
export async function* piecesOf(on: Package, name: string, found: Faults, pause: Pause): AsyncGenerator<Uint8Array> {
  const entry = on.entries.get(name)
  const sum = on.manifest.files.get(name)
  if (!entry || !sum) return
  const hash = new Sha256()
  let crc = 0
  for (let at = 0; at < entry.bytes; at += PIECE) {
    const piece = await on.source.read(entry.begins + at, Math.min(PIECE, entry.bytes - at))
    hash.update(piece)
    crc = crc32(piece, crc)
    yield piece
    await pause(piece.length)
  }
  const same = crc === entry.crc && entry.bytes === sum.bytes && hex(hash.digest()) === sum.sha256
  if (!same) found.fault(name, "it is not the file that the manifest names", "bytes")
}

/** The lines of an entry, without their line feeds; a last line without one is a fault. Longer than 64 MB is no line. */
export async function* linesOf(on: Package, name: string, found: Faults, pause: Pause): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
  let rest = ""
  try {
    for await (const piece of piecesOf(on, name, found, pause)) {
      const lines = (rest + decoder.decode(piece, { stream: true })).split("\n")
      rest = lines.pop() ?? ""
      if (rest.length > SMALL) throw new Error("a line without an end")
      for (const line of lines) yield line
    }
    rest += decoder.decode()
  } catch (problem) {
    if (problem instanceof TypeError) return found.fault(name, "it is no text", "bytes")
    throw problem
  }
  if (rest !== "") found.fault(name, "its last line does not end")
}

/** The items of a list that stands one item on a line. */
export async function* itemsOf(on: Package, name: string, found: Faults, pause: Pause): AsyncGenerator<string> {
  let [at, ended] = [0, false]
  let waiting: string | null = null
  for await (const line of linesOf(on, name, found, pause)) {
    at += 1
    if (at === 1 && line === "[]") ended = true
    else if (at === 1 ? line !== "[" : ended) return found.fault(name, "it is no list as packages hold them")
    else if (at > 1 && line === "]") {
      if (waiting !== null) yield waiting
      waiting = null
      ended = true
    } else if (at > 1) {
      if (waiting !== null) {
        if (!waiting.endsWith(",")) return found.fault(name, "it is no list as packages hold them")
        yield waiting.slice(0, -1)
      }
      waiting = line
    }
  }
  if (!ended) found.fault(name, "its list does not end")
}

/** Reads a canonical object of a line, or notes that it is none. */
export function memberLine(name: string, line: string, at: number, found: Faults): Members | null {
  const read = readCanonical(line)
  const members = read && membersOf(read.value)
  if (!members) found.fault(name, `line ${at} is no canonical JSON`)
  return members
}
