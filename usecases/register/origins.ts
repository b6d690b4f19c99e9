import { provenanceOf } from "@/db/statements/provenance"
import type { Tx } from "@/db/connect"
import type { ColumnMap } from "@/domain/imports/columns"
import type { Correction, Corrections } from "@/domain/imports/corrections"
import { originsOf, type Origin } from "@/domain/imports/origin"
import { namesOf } from "@/usecases/requests/named-by"
import type { Scope } from "@/usecases/scope"
import type { StoredRecord } from "./records"

/** Where one version of a record came from. The file of a company that the reader does not read is not named. */
export type OriginOfVersion = {
  version: number
  row: number
  file: { importId: string; name: string; sha256: string; sheet: string; cells: Origin[]; typedBy: string } | null
}

/** File, sheet and cells of every imported version of a record. */
export async function originsOfRecord(
  tx: Tx,
  versions: readonly StoredRecord[],
  scope: Scope,
): Promise<OriginOfVersion[]> {
  const [first] = versions
  if (!first) return []
  const found = await provenanceOf(tx, first.id)
  const typists = found.flatMap((item) => correctionOf(item)?.by ?? [])
  const names = typists.length ? await namesOf(tx, typists) : {}
  return found.flatMap((item) => {
    const version = versions.find((one) => one.version === item.n)
    if (!version) return []
    const known = scope.entities === null || scope.entities.includes(item.entityId)
    const { header, map } = item.settings as { header: string[]; map: ColumnMap }
    const typed = correctionOf(item)
    const extra = version.body.extra.map((one) => one.column)
    // A vendor list has no cells, its row is the vendor's own number; what was typed over is told all the same.
    const cells =
      item.format === "vendor-list"
        ? Object.keys(typed?.cells ?? {}).map((place): Origin => {
            const column = header[Number(place)] ?? ""
            return { field: "extra", column, cell: column, typed: true }
          })
        : originsOf(version.kind, { header, map, row: item.row, extra, ...(typed ? { typed: typed.cells } : {}) })
    const { importId, name, sha256, sheet } = item
    return [
      {
        version: item.n,
        row: item.row,
        file: known
          ? { importId, name, sha256, sheet, cells, typedBy: typed ? (names[typed.by] ?? typed.by) : "" }
          : null,
      },
    ]
  })
}

/** What was typed over the row that a version came from, by whom. */
function correctionOf({ settings, row }: { settings: unknown; row: number }): Correction | undefined {
  return (settings as { corrections?: Corrections }).corrections?.[String(row)]
}
