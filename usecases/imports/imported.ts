import { sql } from "drizzle-orm"
import { rows, type Tx } from "@/db/connect"
import { loadRecords, type StoredRecord } from "@/usecases/register/records"

/** The records that an import brought into force and that have not ended, sharings before the parties they name. */
export async function importedRecords(tx: Tx, importId: string): Promise<StoredRecord[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select distinct record_id as id from provenance where import_id = ${importId} order by record_id desc`,
  )
  const records = await loadRecords(
    tx,
    found.map((item) => item.id),
    null,
  )
  const order = (record: StoredRecord): number => (record.kind === "party" ? 1 : 0)
  return records.filter((record) => record.standing !== "ended").sort((a, b) => order(a) - order(b))
}
