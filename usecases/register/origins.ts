import { provenanceOf } from "@/db/statements/provenance"
import type { Tx } from "@/db/connect"
import type { ColumnMap } from "@/domain/imports/columns"
import { originsOf, type Origin } from "@/domain/imports/origin"
import type { Scope } from "@/usecases/scope"
import type { StoredRecord } from "./records"

/** Where one version of a record came from. The file of a company that the reader does not read is not named. */
export type OriginOfVersion = {
  version: number
  row: number
  file: { importId: string; name: string; sha256: string; sheet: string; cells: Origin[] } | null
}

/** File, sheet and cells of every imported version of a record. */
export async function originsOfRecord(
  tx: Tx,
  versions: readonly StoredRecord[],
  scope: Scope,
): Promise<OriginOfVersion[]> {
  const [first] = versions
  if (!first) return []
  return (await provenanceOf(tx, first.id)).flatMap((item) => {
    const version = versions.find((one) => one.version === item.n)
    if (!version) return []
    const known = scope.entities === null || scope.entities.includes(item.entityId)
    const { header, map } = item.settings as { header: string[]; map: ColumnMap }
    const extra = version.body.extra.map((one) => one.column)
    // A vendor list has no cells: its row is the vendor's own number.
    const cells = item.format === "vendor-list" ? [] : originsOf(version.kind, { header, map, row: item.row, extra })
    const { importId, name, sha256, sheet } = item
    return [{ version: item.n, row: item.row, file: known ? { importId, name, sha256, sheet, cells } : null }]
  })
}
