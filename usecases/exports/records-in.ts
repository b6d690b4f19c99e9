import { createHash } from "node:crypto"
import { sql } from "drizzle-orm"
import { rows } from "@/db/connect"
import { disclosed, versionsInForce, type VersionRow } from "@/db/statements/versions"
import { canonical } from "@/domain/core/canonical"
import type { Instant } from "@/domain/core/instant"
import { withoutFiles } from "@/domain/records/advice"
import { completed } from "@/domain/records/complete"
import type { BodyOf, RecordKind } from "@/domain/records/kinds"
import { titleOf } from "@/domain/records/project"
import { commitmentsOf, committedPlaces, holdsCommitment, unseal } from "@/domain/records/seal"
import { withoutIds } from "@/domain/records/withheld"
import { hiddenIds } from "@/usecases/audit/readable"
import { adviceIn } from "@/usecases/files/advice"
import { readable } from "@/usecases/register/read-record"
import { unseenIn } from "@/usecases/register/unseen"
import type { Count, PackageContext } from "./context"
import { belonging } from "./belonging"
import { KeptRecords } from "./kept-records"

/** A record of a package: as it was hashed, and opened. */
export type PackedRecord = {
  id: string
  kind: RecordKind | "entity"
  version: number
  standing: string
  at: Instant
  requestId: string | null
  /** Place of the entry of the log that put it in force. */
  index: number
  /** Hash of the text as it was put in force. */
  sha256: string
  /** Its canonical JSON with commitments, where a word stands in it for what may not be told; null: it is as it was put in force. */
  changed: string | null
  /** Opened and completed, for reading. */
  body: unknown
}

/** The same with its canonical JSON in any case. */
export type SealedRecord = PackedRecord & { sealed: string }

/** What an opened body says where whoever took the package left a value out. */
export const REDACTED = "[redacted]"

const BATCH = 1000
/** So many signs of text are held of the records of one package, all kinds together; what is more lies on the disk. */
const HELD = 4_000_000
type Kept = { room: { signs: number }; kinds: Map<string, KeptRecords> }
const remembered = new WeakMap<PackageContext, Kept>()

/**
 * The records of one kind that the package holds, in order of id, some at a time: in force at the instant, readable to whoever takes
 * it, within what they chose.
 */
export async function* recordsIn(on: PackageContext, kind: RecordKind | "entity"): AsyncGenerator<PackedRecord[]> {
  if (on.wants.kinds && !on.wants.kinds.includes(kind)) return
  // They are counted before anything else of the package is written.
  if (on.count.records[kind] === 0) return
  const kept = remembered.get(on)?.kinds.get(kind)
  if (!kept) {
    for await (const { found } of readAnew(on, kind, null)) if (found.length > 0) yield found
    return
  }
  for await (const { asked, records } of kept.read()) {
    on.step(asked)
    if (records.length > 0) yield records
  }
}

/** The same as they were hashed, which is the first time that they are read: they are counted, and kept for the parts behind. */
export async function* recordsCounted(on: PackageContext, kind: RecordKind | "entity"): AsyncGenerator<SealedRecord[]> {
  const { count } = on
  count.records[kind] = 0
  if (on.wants.kinds && !on.wants.kinds.includes(kind)) return
  const all = remembered.get(on) ?? { room: { signs: on.held ?? HELD }, kinds: new Map<string, KeptRecords>() }
  remembered.set(on, all)
  const kept = new KeptRecords(on.folder, all.room)
  try {
    for await (const { asked, found } of readAnew(on, kind, count)) {
      await kept.add(
        asked,
        found.map(({ sealed: _sealed, ...record }) => record),
      )
      if (found.length > 0) yield found
    }
    all.kinds.set(kind, kept)
  } finally {
    await kept.close()
  }
}

async function* readAnew(
  on: PackageContext,
  kind: RecordKind | "entity",
  count: Count | null,
): AsyncGenerator<{ asked: number; found: SealedRecord[] }> {
  for (let after = ""; ;) {
    const ids = await rows<{ id: string }>(
      on.tx,
      sql`select id from records where kind = ${kind} and id > ${after} order by id limit ${BATCH}`,
    )
    const last = ids[ids.length - 1]
    if (!last) return
    after = last.id
    on.step(ids.length)
    const found = await openedOf(
      on,
      kind,
      ids.map((row) => row.id),
      count,
    )
    yield { asked: ids.length, found }
    if (ids.length < BATCH) return
  }
}

/** Of these records of one kind, those that the package holds, in order of id. */
export async function recordsOf(
  on: PackageContext,
  kind: RecordKind | "entity",
  ids: readonly string[],
): Promise<PackedRecord[]> {
  if (on.wants.kinds && !on.wants.kinds.includes(kind)) return []
  const known = remembered.get(on)?.kinds.get(kind)?.atHand()
  if (!known) return openedOf(on, kind, ids, null)
  const wanted = new Set(ids)
  return known.filter(({ id }) => wanted.has(id))
}

async function openedOf(
  on: PackageContext,
  kind: RecordKind | "entity",
  ids: readonly string[],
  count: Count | null,
): Promise<SealedRecord[]> {
  const all = (await versionsInForce(on.tx, ids, on.asOf)).filter((version) => version.kind === kind)
  all.sort((a, b) => (a.recordId < b.recordId ? -1 : 1))
  const open = await opened(on, kind, await belonging(on, kind, all))
  const kept = await mayRead(on, kind, open)
  const told = kept.filter((one) => !leftOut(on, one, count))
  return kind === "entity" ? ours(told, count) : named(on, kind, told, count)
}

type Open = { version: VersionRow; body: unknown; gone: string[] }

/** With their committed values back. `gone`: the commitments that whoever takes it leaves out. */
async function opened(on: PackageContext, kind: RecordKind | "entity", found: readonly VersionRow[]): Promise<Open[]> {
  const parsed = found.map((version) => ({ version, body: JSON.parse(version.body) as unknown }))
  if (kind === "entity")
    return parsed.map(({ version, body }) => ({ version, body: completed("entity", body as never), gone: [] }))
  const values = await disclosed(
    on.tx,
    parsed.flatMap(({ version, body }) => (holdsCommitment(version.body) ? commitmentsOf(kind, body) : [])),
  )
  return parsed.map(({ version, body }) => {
    const places = on.redactions.flatMap((one) =>
      one.record === version.recordId && one.path !== null ? [one.path] : [],
    )
    const at = places.length === 0 ? new Map<string, string>() : committedPlaces(kind, body)
    const gone = places.flatMap((path) => at.get(path) ?? [])
    const text = (commitment: string): string | undefined =>
      gone.includes(commitment) ? REDACTED : values.get(commitment)
    return { version, gone, body: completed(kind, unseal(kind, body, text) as never) }
  })
}

async function mayRead(on: PackageContext, kind: RecordKind | "entity", list: readonly Open[]): Promise<Open[]> {
  const { entities, partiesByEntity } = on.scope
  if (kind === "entity") return list.filter(({ version }) => entities === null || entities.includes(version.recordId))
  const ids = list.map(({ version }) => version.recordId)
  // Parties of the group are a supervisor's own affair only where their companies give them something.
  const beyond =
    partiesByEntity && kind === "party" ? await hiddenIds(on.tx, ids, on.scope, on.asOf) : new Set<string>()
  return list.filter(
    ({ version, body }) =>
      readable({ kind, body: body as BodyOf[RecordKind] }, on.scope) && !beyond.has(version.recordId),
  )
}

/** Whether whoever takes it leaves the whole record out; the manifest names it with the hash of its text. */
function leftOut(on: PackageContext, { version }: Open, count: Count | null): boolean {
  const one = on.redactions.find((other) => other.record === version.recordId && other.path === null)
  if (one && count)
    count.redactions.push({
      ...{ record: one.record, version: version.n, path: null, sha256: hashOf(version.body), reason: one.reason },
    })
  return one !== undefined
}

function ours(list: readonly Open[], count: Count | null): SealedRecord[] {
  if (count) count.records.entity = (count.records.entity ?? 0) + list.length
  return list.map(({ version, body }) => packed(version, "entity", version.body, body))
}

/** Without what nobody takes along, and what this reader may not know of: advice of lawyers, ids of hidden records. */
async function named(
  on: PackageContext,
  kind: RecordKind,
  list: readonly Open[],
  count: Count | null,
): Promise<SealedRecord[]> {
  const held = list.map(({ body }) => ({ kind, body }))
  const advice = await adviceIn(on.tx, held, "anybody")
  const hidden = await unseenIn(on.tx, held, on.scope, on.asOf)
  const out: SealedRecord[] = []
  for (const one of list) {
    const { body, places } = withoutIds(withoutFiles(one.body, advice), hidden)
    const text = body === one.body ? one.version.body : changedText(one.version.body, advice, hidden)
    if (count) await counted(on, count, one, kind, text, places)
    out.push(packed(one.version, kind, text, body))
  }
  if (count) for (const file of advice) count.advice.add(file)
  return out
}

function changedText(text: string, advice: ReadonlySet<string>, hidden: ReadonlySet<string>): string {
  return canonical(withoutIds(withoutFiles(JSON.parse(text) as unknown, advice), hidden).body)
}

async function counted(
  on: PackageContext,
  count: Count,
  { version, gone }: Open,
  kind: RecordKind,
  text: string,
  places: number,
): Promise<void> {
  count.records[kind] = (count.records[kind] ?? 0) + 1
  count.withheld.references += places
  if (version.requestId) await count.requests.add(version.requestId)
  if (!holdsCommitment(text)) return
  const sealed = JSON.parse(text) as unknown
  for (const commitment of commitmentsOf(kind, sealed))
    if (!gone.includes(commitment)) await count.commitments.add(commitment)
  for (const [path, sha256] of gone.length === 0 ? [] : committedPlaces(kind, JSON.parse(version.body))) {
    const one = on.redactions.find((other) => other.record === version.recordId && other.path === path)
    if (one) count.redactions.push({ record: one.record, version: version.n, path, sha256, reason: one.reason })
  }
}

function packed(version: VersionRow, kind: RecordKind | "entity", sealed: string, body: unknown): SealedRecord {
  const { recordId: id, n, standing, at, requestId, logIndex: index } = version
  const changed = sealed === version.body ? null : sealed
  return { id, kind, version: n, standing, at, requestId, index, sealed, sha256: hashOf(version.body), changed, body }
}

/** What a record of a package is called. */
export function titleIn(kind: RecordKind | "entity", body: unknown): string {
  return kind === "entity" ? (body as { legalName: string }).legalName : titleOf(kind, body as BodyOf[RecordKind])
}

function hashOf(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex")
}
