import type { Id, IdKind } from "@/domain/core/id"
import type { PartyKind } from "@/domain/vocabulary/parties"
import type { Mode } from "@/domain/vocabulary/sharings"
import type { ColumnMap } from "./columns"

/** What is the same for every row of an import. */
export type RowGiven = {
  header: readonly string[]
  map: ColumnMap
  /** Whether `'` before a formula's first sign is a guard to take off (`Table.guarded`). */
  guarded: boolean
  entityId: Id<"entity">
  newId: <K extends IdKind>(kind: K) => Id<K>
  /** What a row means that does not say it; it makes no flow where the row has none. */
  defaults?: { mode?: Mode; kind?: PartyKind }
}
