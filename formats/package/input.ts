import type { Instant } from "@/domain/core/instant"
import type { Entity } from "@/domain/records/evidence"
import { RECORD_KINDS, type AnyRecord, type RecordKind } from "@/domain/records/kinds"

/** All that a package is made from. Same input, same bytes (foundation 17); the order of the lists says nothing. */
export type PackageInput = {
  formatVersion: number
  /** The companies of ours whose records it holds; null: all of them. */
  scope: { entityIds: string[] | null }
  asOf: Instant
  /** How many leaves the log held at that instant, and their root in hex; null where no root is kept. */
  logSize: number
  root: string | null
  erasures: number
  /** How many things within scope were left out as restricted or as legal advice. */
  withheld: number
  records: AnyRecord[]
  entities: { id: string; body: Entity }[]
  packs: { pack: string; version: string }[]
}

/** The input in its one order, the records by their kind. */
export type Ordered = Omit<PackageInput, "records"> & { records: Record<RecordKind, AnyRecord[]> }

/** Puts the input into its one order. Throws where a record, a company or a pack is given twice. */
export function ordered(input: PackageInput): Ordered {
  const records = Object.fromEntries(RECORD_KINDS.map((kind) => [kind, []])) as unknown as Ordered["records"]
  for (const record of sorted(input.records, (item) => item.id)) records[record.kind].push(record)
  return {
    ...input,
    scope: { entityIds: input.scope.entityIds && sorted(input.scope.entityIds, (id) => id) },
    records,
    entities: sorted(input.entities, (item) => item.id),
    packs: sorted(input.packs, (item) => `${item.pack}\n${item.version}`),
  }
}

/** By key in UTF-16 order, which no language setting changes. */
function sorted<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const keyed = items.map((item) => ({ item, key: keyOf(item) }))
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  const twice = keyed.find(({ key }, at) => at > 0 && keyed[at - 1]?.key === key)
  if (twice) throw new Error(`a package holds everything once, and was given twice: ${twice.key}`)
  return keyed.map(({ item }) => item)
}
