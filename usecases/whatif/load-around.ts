import { versionsInForce } from "@/db/statements/versions"
import { neighbours } from "@/db/statements/neighbours"
import type { Tx } from "@/db/connect"
import { completed } from "@/domain/records/complete"
import type { AnyRecord, RecordKind } from "@/domain/records/kinds"
import { holdsCommitment, veiled } from "@/domain/records/seal"
import { withConfirmed } from "@/usecases/register/confirmed"
import { isRecordKind } from "@/usecases/register/records"
import { withWords } from "@/usecases/signatures/paper-words"

/**
 * The records in force around the sharings, by which coverage and checks judge them. What is committed (names, reasons)
 * stays veiled: it is not shown, and only asked whether it is there.
 */
export async function loadAround(
  tx: Tx,
  sharings: readonly string[],
  kept: Map<string, AnyRecord>,
): Promise<AnyRecord[]> {
  const ids = await neighbours(tx, { parties: [], sharings, allSharings: false }, null)
  const fresh = ids.filter((id) => !kept.has(id))
  const records: AnyRecord[] = []
  for (const version of await versionsInForce(tx, fresh, null)) {
    if (!isRecordKind(version.kind)) continue
    const kind: RecordKind = version.kind
    const parsed = JSON.parse(version.body) as unknown
    const body = completed(kind, holdsCommitment(version.body) ? veiled(kind, parsed) : parsed)
    records.push({ id: version.recordId, kind, version: version.n, standing: version.standing, body } as AnyRecord)
  }
  for (const record of await withWords(tx, await withConfirmed(tx, records, null), null)) kept.set(record.id, record)
  return ids.flatMap((id) => kept.get(id) ?? [])
}
