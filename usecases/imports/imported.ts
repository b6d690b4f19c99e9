import { importedIds, namersOf } from "@/db/statements/provenance"
import type { Tx } from "@/db/connect"
import { leftStanding } from "@/domain/imports/undo"
import { loadRecords, type StoredRecord } from "@/usecases/register/records"

/**
 * The records that an import brought into force, that have not ended and that can end, sharings before the parties they
 * name; and how many are left standing because somebody changed them since, or what stays names them.
 */
export async function importedRecords(tx: Tx, importId: string): Promise<{ records: StoredRecord[]; left: number }> {
  const found = await importedIds(tx, importId)
  const versions = new Map(found.map((item) => [item.id, item.n]))
  const records = (await loadRecords(tx, [...versions.keys()], null)).filter((record) => record.standing !== "ended")
  const left = leftStanding(
    records.map((record) => ({ id: record.id, changed: record.version !== versions.get(record.id) })),
    await namersOf(
      tx,
      records.map((record) => record.id),
    ),
  )
  const order = (record: StoredRecord): number => (record.kind === "party" ? 1 : 0)
  return {
    records: records.filter((record) => !left.has(record.id)).sort((a, b) => order(a) - order(b)),
    left: left.size,
  }
}
