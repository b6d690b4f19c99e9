/** What the manifest says was left out by choice, each held against what is here. */
import { listOf, membersOf, wordOf, type Json } from "./json"
import type { Log } from "./log"
import type { Manifest } from "./open"
import type { Findings } from "./report"

type Redaction = Manifest["redactions"][number]
/** A record as it stands in the package. */
type Seen = { id: string; version: number; changed: boolean; sealed: string; value: Json }

const MANIFEST = "manifest.json"
const RECORD = /^[a-z]{3}_[0-9a-z]{26}$/
const PLACE = /^[A-Za-z0-9]+(\.[A-Za-z0-9]+)*$/

const nameOf = ({ record, path }: Redaction): string => (path === null ? record : `${path} of ${record}`)

/** Takes the records as they are read, and then says which of the redactions do not hold. */
export class Redactions {
  private readonly places = new Map<string, Redaction[]>()
  private readonly whole = new Map<string, Redaction>()
  private readonly here = new Set<Redaction>()
  private readonly manifest: Manifest
  private readonly found: Findings
  private unheld = 0

  constructor(manifest: Manifest, found: Findings) {
    this.manifest = manifest
    this.found = found
    const named = new Set<string>()
    for (const one of manifest.redactions) {
      const says = formOf(one)
      if (says) this.fault(one, says)
      if (named.has(nameOf(one))) this.fault(one, "it is named twice")
      named.add(nameOf(one))
      if (one.path === null) this.whole.set(one.record, one)
      else this.places.set(one.record, [...(this.places.get(one.record) ?? []), one])
    }
  }

  private fault(one: Redaction, says: string): void {
    this.found.fault(MANIFEST, `what it says was left out, ${nameOf(one)}: ${says}`)
  }

  /** The next record of the package. */
  see(record: Seen): void {
    const whole = this.whole.get(record.id)
    if (whole) this.fault(whole, "the record is here")
    for (const one of this.places.get(record.id) ?? []) {
      this.here.add(one)
      if (one.version !== record.version)
        this.fault(one, `it is of version ${one.version}, and version ${record.version} is here`)
      else if (record.changed ? !holds(record.sealed, one.sha256) : committedAt(record.value, one.path) !== one.sha256)
        this.fault(one, "what the record committed to there has another hash")
      // In a record whose words were changed for the taker, places in lists may have moved up.
      if (record.changed) this.unheld += 1
    }
  }

  /** What is to be said once every record was read. */
  settle(log: Log, values: ReadonlyMap<string, string>): void {
    for (const one of [...this.places.values()].flat()) {
      if (!this.here.has(one)) this.fault(one, "the record is not here, so nothing of it can have been left out")
      if (values.has(one.sha256)) this.fault(one, "its value stands in disclosures.jsonl all the same")
    }
    for (const one of this.whole.values()) {
      const said = log.replay.records.get(one.record)
      if (!said) {
        if (log.replay.complete) this.fault(one, "no entry of the log put such a record in force")
        else this.unheld += 1
      } else if (said.sha256 !== one.sha256 || said.version !== one.version)
        // An entry about a later version may be one that is not here.
        if (log.replay.complete || said.version >= one.version) this.fault(one, "the log says another hash or version")
        else this.unheld += 1
    }
    if (this.unheld > 0)
      this.found.unchecked.push(
        `Things left out by name that could not be held against the log: ${this.unheld}. They stand on the package's word.`,
      )
  }

  /** The commitments whose values were left out. */
  get left(): Set<string> {
    return new Set(this.manifest.redactions.filter((one) => one.path !== null).map((one) => one.sha256))
  }
}

function formOf({ record, version, path, sha256, reason }: Redaction): string | null {
  if (!RECORD.test(record) || (path !== null && !PLACE.test(path))) return "it names no record, or no place in one"
  if (version < 1) return "it names no version"
  if (!/^[0-9a-f]{64}$/.test(sha256)) return "its hash is none"
  return reason.trim() === "" ? "it gives no reason" : null
}

const holds = (sealed: string, commitment: string): boolean => sealed.includes(`{"$c":"${commitment}"}`)

/** The commitment at a place such as `contacts.0.name`; null where none stands. */
function committedAt(value: Json, path: string | null): string | null {
  let at: Json | undefined = value
  for (const part of (path ?? "").split(".")) at = listOf(at)?.[Number(part)] ?? membersOf(at)?.[part]
  return wordOf(membersOf(at)?.$c)
}
