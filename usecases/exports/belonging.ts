import type { VersionRow } from "@/db/statements/versions"
import type { RecordKind } from "@/domain/records/kinds"
import type { PackageContext } from "./context"

/** Of these versions of one kind, those that belong to what whoever takes the package chose. */
export async function belonging(
  _on: PackageContext,
  _kind: RecordKind | "entity",
  found: readonly VersionRow[],
): Promise<readonly VersionRow[]> {
  return found
}
