import { completed } from "@/domain/records/complete"
import type { Db, Tx } from "@/db/connect"
import { disclosed, versionsInForce, type VersionRow } from "@/db/statements/versions"
import type { Id } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import type { Entity } from "@/domain/records/evidence"
import { RECORD_KINDS, type AnyRecord, type RecordKind } from "@/domain/records/kinds"
import { withConfirmed } from "./confirmed"
import { commitmentsOf, ERASED, holdsCommitment, unseal } from "@/domain/records/seal"

/** A record in force with the place it has in the log. */
export type StoredRecord = AnyRecord & { at: Instant; requestId: string | null; logIndex: number }

/** The records in force at the instant (null: now), with their committed values back. Entities are left out. */
export async function loadRecords(tx: Db | Tx, ids: readonly string[], asOf: Instant | null): Promise<StoredRecord[]> {
  const found = (await versionsInForce(tx, ids, asOf)).filter((version) => isRecordKind(version.kind))
  return withConfirmed(tx, await openVersions(tx, found), asOf)
}

/**
 * Versions with their committed values back; what was erased reads so. `apart`: with its commitment behind, so that two erased texts
 * are not taken for one when versions are compared.
 */
export async function openVersions(tx: Db | Tx, found: readonly VersionRow[], apart = false): Promise<StoredRecord[]> {
  const parsed = found.map((version) => ({
    version,
    kind: version.kind as RecordKind,
    body: JSON.parse(version.body) as unknown,
  }))
  const values = await disclosed(
    tx,
    parsed.flatMap(({ version, kind, body }) => (holdsCommitment(version.body) ? commitmentsOf(kind, body) : [])),
  )
  return parsed.map(({ version, kind, body }) => ({
    id: version.recordId,
    kind,
    version: version.n,
    standing: version.standing,
    body: completed(
      kind,
      holdsCommitment(version.body)
        ? unseal(kind, body, (one) => values.get(one) ?? (apart ? `${ERASED} ${one}` : undefined))
        : body,
    ),
    at: version.at,
    requestId: version.requestId,
    logIndex: version.logIndex,
  })) as StoredRecord[]
}

/** Our own companies as they stood at the instant. */
export async function loadEntities(
  tx: Db | Tx,
  ids: readonly string[],
  asOf: Instant | null,
): Promise<Map<Id<"entity">, Entity>> {
  const found = await versionsInForce(tx, ids, asOf)
  return new Map(
    found
      .filter((version) => version.kind === "entity")
      .map((version) => [version.recordId as Id<"entity">, completed("entity", JSON.parse(version.body) as Entity)]),
  )
}

/** Whether the word names a kind of record that only a request puts in force. */
export function isRecordKind(kind: string): kind is RecordKind {
  return (RECORD_KINDS as readonly string[]).includes(kind)
}
