import type { MainlandTold } from "./mainland"
import type { PackageScope } from "./scope"
import { WITHHELD } from "@/domain/records/withheld"

/** What a package is about. Same five: same bytes (product, invariant 7). */
export type About = {
  formatVersion: number
  origin: string
  register: string
  /** The instant as of which it was taken, UTC. */
  asOf: string
  /** How many leaves the log held at that instant, and their root (hex). */
  logSize: number
  logRoot: string
  scope: PackageScope
  /** The scope leaves nothing out, and whoever took it reads everything but what is counted as withheld. */
  whole: boolean
  erasures: { commitment: string; at: string; index: number }[]
  /** Packs of clauses known at the instant. */
  packs: { pack: string; version: string }[]
  /** Companies whose own rule changes who decides (foundation 19). */
  seatRules: { entity: string; dpoDecides: boolean; mergeSeats: boolean }[]
  /** Who took it, where they are bound to a scope: then the bytes are theirs. */
  watermark: { person: string; name: string; role: string } | null
  /** Companies in the Chinese mainland that are in it, to whom it goes and by which approval, or why it needs none; null where there are none. */
  mainland: MainlandTold | null
  /** The file of the letter that it answers. */
  questions: string | null
}

/** What a package holds, and what of it was withheld or left out. */
export type Held = {
  records: Record<string, number>
  redactions: { record: string; version: number; path: string | null; sha256: string; reason: string }[]
  withheld: { references: number; advice: number; entries: number }
}

/** The README of a package, for somebody who has never seen the register. */
export function readmeOf(about: About, held: Held): string {
  const companies = about.scope.entities === null ? "all companies" : `${about.scope.entities.length} companies`
  const { entity: _ours, ...kinds } = held.records
  const records = Object.values(kinds).reduce((sum, n) => sum + n, 0)
  const { references, advice } = held.withheld
  return `Register of recipients of personal data

What this is
  Everything that the register ${about.origin} held in force on ${about.asOf} (UTC), for ${companies}:
  ${records} records. It was taken from the log as it stood with ${about.logSize} entries.

What lies where
  manifest.json        what this package is, and the SHA-256 and size of every other file
  json/KIND.json       the records of one kind, each with its version, since when it stands, and its content
  csv/KIND.csv         the same as a table, for reading; lists stand in one cell with semicolons
  schema/KIND.json     what the content of a kind looks like (JSON Schema)
  signatures.json      for each file of an agreement what was known of the signatures in it: by which engine, against which
                       list, on which day, and the whole report; the files themselves are named by their SHA-256
  decisions.json       who decided at which stage of the requests that brought these records, upon which content (its
                       hash), and by which version of the stage rules; people by their ids, reasons not
  packs, seatRules     in manifest.json: the clauses that were known, and companies where the DPO decides or seats are merged

How to read it
  A record that stands as "approved" was put in force by a request that people decided. "discovered" was found
  running and has not been approved. "ended" no longer runs.
  An answer is known, blank, "not known yet", or "does not apply". The four are never mixed up.
  Days are calendar days in the time zone of the company concerned, first and last day included. Instants are UTC.
  Records that are restricted to named persons are left out unless whoever took this package is one of them.
  Where a record names another that whoever took this package may not read, the word "${WITHHELD}" stands in place of its
  id: in ${references} places (withheld in manifest.json). The word says neither which record it is nor whether it is
  the same one as elsewhere.
  Comments and attached files are not part of it. Of the files that its records name, ${advice} are marked as
  legal advice and are not named (withheld in manifest.json).

How to check it
  Unpack it and compare: sha256sum of a file with its entry in manifest.json. Taken again for the same scope and
  instant, the package has the same bytes. The log's root in manifest.json is the RFC 6962 tree head over the first
  ${about.logSize} entries; whoever keeps the log can recompute it.

What it does not prove
  The log shows that nothing was altered since it was recorded. It does not show that what was recorded is true, nor
  that it was lawful.
`
}
