/** The records of a package against the log, and what stands for reading against the records. */
import { canonical, countOf, membersOf, readCanonical, wordOf, type Json, type Members } from "./json"
import { apart, hex, unbase64, utf8 } from "./bytes"
import { itemsOf, linesOf, memberLine, type Package, type Pause } from "./open"
import type { Log } from "./log"
import { Redactions } from "./redactions"
import type { InForce } from "./replay"
import type { Faults, Findings } from "./report"
import { hmac, sha256 } from "./sha256"

const DISCLOSED = "disclosures.jsonl"

export type OpenRecord = Omit<InForce, "sha256"> & { body: Json; changed: boolean }
/** What is made of the records as they are read: a page shows them. */
export type SeesRecord = (record: OpenRecord) => void
export type Read = { seen: Map<string, InForce>; requests: Set<string> }

/** The values behind commitments, each held against its own. */
export async function readDisclosures(on: Package, found: Findings, pause: Pause): Promise<Map<string, string>> {
  const values = new Map<string, string>()
  const before = found.count
  let [last, at] = ["", 0]
  for await (const line of linesOf(on, DISCLOSED, found, pause)) {
    at += 1
    const one = memberLine(DISCLOSED, line, at, found)
    const [commitment, salt, value] = [wordOf(one?.commitment), unbase64(wordOf(one?.salt) ?? ""), one?.value]
    if (!one) continue
    if (commitment === null || salt?.length !== 32 || typeof value !== "string" || commitment <= last) {
      found.fault(DISCLOSED, `line ${at} is no value behind a commitment, or not in its place`)
      continue
    }
    last = commitment
    if (hex(hmac(salt, utf8(canonical(value)))) !== commitment)
      found.fault(DISCLOSED, `line ${at}: the value is not the one that was committed to`)
    values.set(commitment, value)
    if (at % 500 === 0) await pause(0)
  }
  found.check("disclosures", `personal and free texts are those that were committed to (${values.size})`, before)
  return values
}

/** Reads the records of every kind: each is the one that the log's newest entry about it says. */
export async function readRecords(
  on: Package,
  log: Log,
  values: ReadonlyMap<string, string>,
  { found, pause, sees }: { found: Findings; pause: Pause; sees?: SeesRecord },
): Promise<Read> {
  const read: Read = { seen: new Map(), requests: new Set() }
  const before = found.count
  const used = new Set<string>()
  const redactions = new Redactions(on.manifest, found)
  const counts = { changed: 0, unheld: 0 }
  for (const kind of Object.keys(on.manifest.records)) {
    const name = `records/${kind}.jsonl`
    if (!on.manifest.files.has(name) && on.manifest.records[kind] !== 0) found.fault(name, "it is missing")
    let [at, last] = [0, ""]
    for await (const line of linesOf(on, name, found, pause)) {
      at += 1
      const one = memberLine(name, line, at, found)
      const record = one && recordOf(one)
      if (!record || record.kind !== kind || record.id <= last) {
        if (one) found.fault(name, `line ${at} is no record of this kind, or not in its place`)
        continue
      }
      last = record.id
      const said = holdRecord(log, record, { name, found, counts })
      if (record.changed && on.manifest.withheld.references + on.manifest.withheld.advice === 0)
        found.fault(name, `the text of ${record.id} was changed, and the manifest says that nothing was withheld`)
      for (const [, commitment] of record.sealed.matchAll(/"\$c":"([0-9a-f]{64})"/g))
        used.add(apart(commitment as string))
      redactions.see(record)
      // Without its text, and where the log says the same, as it stands there: all of it twice is too much to hold.
      const { sealed: _sealed, value: _value, changed: _changed, ...kept } = record
      read.seen.set((said ?? kept).id, said ?? kept)
      if (record.request) read.requests.add((said ?? kept).request as string)
      sees?.({ ...record, body: opened(record.value, (one) => values.get(one) ?? "[not told]") })
      if (at % 200 === 0) await pause(0)
    }
    if (at !== on.manifest.records[kind])
      found.fault(name, `it holds ${at} records, and the manifest says ${on.manifest.records[kind]}`)
  }
  missing(on, log, read, found)
  const inPart = counts.changed + counts.unheld > 0
  found.check("records", `the records are what the entries of the log say (${read.seen.size})`, before, inPart)
  toldInPart(counts, found)
  const leaving = found.count
  redactions.settle(log, values)
  if (on.manifest.redactions.length > 0)
    found.check(
      "redactions",
      `what was left out by name is what the records and the log say (${on.manifest.redactions.length})`,
      leaving,
    )
  commitments(on, log, values, { used, left: redactions.left }, found)
  return read
}

function toldInPart({ changed, unheld }: { changed: number; unheld: number }, found: Findings): void {
  if (changed > 0)
    found.unchecked.push(
      `Records in which a word stands for what whoever took the package may not read: ${changed}. Their text could not be held against its hash.`,
    )
  if (unheld > 0)
    found.unchecked.push(
      `Records of which the entry that put them in force is not here: ${unheld}. They stand on the package's word.`,
    )
}

type Record = InForce & { sealed: string; value: Json; changed: boolean }

function recordOf(one: Members): Record | null {
  const [id, kind, standing, at] = [one.id, one.kind, one.standing, one.at].map(wordOf)
  const [version, index, sum, sealed] = [
    countOf(one.version),
    countOf(one.index),
    wordOf(one.sha256),
    wordOf(one.sealed),
  ]
  const read = sealed === null ? null : readCanonical(sealed)
  if (!id || !kind || !standing || !at || version === null || index === null || !sum || sealed === null || !read)
    return null
  if (typeof one.changed !== "boolean" || (one.request !== null && wordOf(one.request) === null)) return null
  const request = wordOf(one.request)
  return {
    id,
    kind,
    version,
    standing,
    at,
    request,
    index,
    sha256: sum,
    sealed,
    value: read.value,
    changed: one.changed,
  }
}

/** What the log says of the record, where it is the same; null where it is not, or nothing is said here. */
function holdRecord(
  log: Log,
  record: Record,
  { name, found, counts }: { name: string; found: Findings; counts: { changed: number; unheld: number } },
): InForce | null {
  if (record.changed) counts.changed += 1
  else if (hex(sha256(utf8(record.sealed))) !== record.sha256)
    found.fault(name, `the text of ${record.id} is not the one that its hash is of`)
  const said = log.replay.records.get(record.id)
  if (!said) {
    if (log.replay.complete) found.fault(name, `no entry of the log put ${record.id} in force`)
    counts.unheld += 1
    return null
  }
  const same = (["kind", "version", "standing", "sha256", "index", "at", "request"] as const).every(
    (key) => said[key] === record[key],
  )
  if (same) return said
  // An entry about a later version that is here cannot be told away; one about an earlier version that is here can.
  if (!log.replay.complete && said.version < record.version) counts.unheld += 1
  else found.fault(name, `${record.id} is not what the log says of it (entry ${said.index})`)
  return null
}

/** What the entries put in force and is not here: left out with its name, or by the scope. */
function missing(on: Package, log: Log, read: Read, found: Findings): void {
  const { manifest } = on
  const redacted = new Set(manifest.redactions.filter((one) => one.path === null).map((one) => one.record))
  let out = 0
  for (const record of log.replay.records.values()) {
    if (read.seen.has(record.id)) continue
    // Whether what is said of it holds, Redactions says.
    if (redacted.has(record.id)) continue
    out += 1
    if (manifest.whole)
      found.fault(`records/${record.kind}.jsonl`, `${record.id} is missing: entry ${record.index} put it in force`)
  }
  if (!manifest.whole)
    found.unchecked.push(
      `The package is about a part of the register. ${out} records that its entries name are not in it; whether that is right for its scope cannot be told from here.`,
    )
}

/** Every commitment has its value, or was erased or left out by name; and no value stands here that nothing asks for. */
function commitments(
  on: Package,
  log: Log,
  values: ReadonlyMap<string, string>,
  { used, left }: { used: ReadonlySet<string>; left: ReadonlySet<string> },
  found: Findings,
): void {
  const before = found.count
  const { erasures, redactions, logSize } = on.manifest
  const erased = new Map(erasures.map((one) => [one.commitment, one]))
  let [later, unheld] = [0, 0]
  for (const one of used) {
    if (values.has(one)) continue
    if (!erased.has(one) && !left.has(one))
      found.fault(DISCLOSED, `a value is missing that was neither erased nor left out (${one.slice(0, 16)}…)`)
  }
  for (const one of values.keys()) {
    if (!used.has(one) && !log.mentioned.has(one))
      found.fault(DISCLOSED, `a value stands here that belongs to nothing in the package (${one.slice(0, 16)}…)`)
    if (erased.has(one)) found.fault(DISCLOSED, `a value stands here that was erased (${one.slice(0, 16)}…)`)
  }
  for (const { commitment, index } of erasures) {
    if (index >= logSize) later += 1
    else if (log.replay.erased.get(commitment) !== index && log.replay.complete)
      found.fault("manifest.json", `no entry of the log erased ${commitment.slice(0, 16)}…`)
    else if (!log.replay.erased.has(commitment)) unheld += 1
  }
  for (const [commitment, index] of log.replay.erased)
    if (erased.get(commitment)?.index !== index && ![...erasures].some((one) => one.commitment === commitment))
      found.fault("manifest.json", `an erasure is not named: entry ${index}`)
  if (erasures.length > 0)
    found.notes.push(
      `Texts that were erased: ${erasures.length}. The manifest names each, and the entry that erased it.`,
    )
  if (unheld > 0)
    found.unchecked.push(`Erasures of which the entry is not here: ${unheld}. They stand on the package's word.`)
  for (const { record, path, reason } of redactions)
    found.notes.push(`Left out: ${path === null ? record : `${path} of ${record}`}. Reason given: ${reason}`)
  if (later > 0)
    found.unchecked.push(`Erasures that came after the instant of this package: ${later}. Their entries are not in it.`)
  found.check("erasures", "what is not told was erased or left out by name", before)
}

/** The value with what stands behind each commitment. */
export function opened(value: Json, told: (commitment: string) => string): Json {
  if (Array.isArray(value)) return value.map((one) => opened(one, told))
  const members = membersOf(value)
  if (!members) return value
  const keys = Object.keys(members)
  const commitment = keys.length === 1 ? wordOf(members.$c) : null
  if (commitment !== null) return told(commitment)
  return Object.fromEntries(keys.map((key) => [key, opened(members[key] as Json, told)]))
}

/** The files for reading: json/KIND.json says of each record what the record says, and fields that came later stand unanswered. */
export async function readingHolds(
  on: Package,
  values: ReadonlyMap<string, string>,
  found: Findings,
  pause: Pause,
): Promise<void> {
  const before = found.count
  const erased = new Set(on.manifest.erasures.map((one) => one.commitment))
  const left = new Set(on.manifest.redactions.filter((one) => one.path !== null).map((one) => one.sha256))
  const told = (one: string): string =>
    values.get(one) ?? (erased.has(one) && !left.has(one) ? "[erased]" : "[redacted]")
  let n = 0
  for (const kind of Object.keys(on.manifest.records)) {
    const [name, of] = [`json/${kind}.json`, `records/${kind}.jsonl`]
    if (!on.manifest.files.has(name)) {
      if (on.manifest.records[kind] !== 0) found.fault(name, "it is missing")
      continue
    }
    // Read once more beside it, and what is wrong with the records themselves was told before.
    const records = linesOf(on, of, TOLD, async () => undefined)
    for await (const item of itemsOf(on, name, found, pause)) {
      const line = (await records.next()).value
      const [shown, record] = [readCanonical(item), line ? readCanonical(line) : null]
      const [a, b] = [membersOf(shown?.value), membersOf(record?.value)]
      n += 1
      if (!a || !b || !isReading(a, b, told)) found.fault(name, `item ${n}: it does not say what the record says`)
      if (n % 200 === 0) await pause(0)
    }
    if (!(await records.next()).done) found.fault(name, "it holds fewer records than there are")
  }
  found.check("reading", "the JSON for reading says what the records say", before)
}

/** For a file whose faults were told before. */
const TOLD: Faults = { fault: () => undefined }

function isReading(shown: Members, record: Members, told: (commitment: string) => string): boolean {
  if (shown.requestId !== record.request) return false
  for (const key of ["id", "kind", "version", "standing", "at"]) if (shown[key] !== record[key]) return false
  if (Object.keys(shown).sort().join() !== "at,body,id,kind,requestId,standing,version") return false
  const sealed = readCanonical(wordOf(record.sealed) ?? "")
  const [body, wanted] = [membersOf(shown.body), sealed && membersOf(opened(sealed.value, told))]
  if (!body || !wanted) return false
  for (const key of Object.keys(wanted))
    if (!(key in body) || canonical(body[key] as Json) !== canonical(wanted[key] as Json)) return false
  return Object.keys(body).every((key) => key in wanted || isUnanswered(body[key] as Json))
}

/** Whether a value says nothing: blank, an empty list or text, no. */
function isUnanswered(value: Json): boolean {
  if (value === null || value === false || value === "") return true
  if (Array.isArray(value)) return value.length === 0
  const members = membersOf(value)
  if (!members) return false
  if ("state" in members) return members.state === "blank"
  return Object.values(members).every(isUnanswered)
}
