import { confirmationsOf, type ConfirmationRow } from "@/db/statements/confirmations"
import type { Db, Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { isByHand } from "@/domain/records/by-hand"
import type { AnyRecord } from "@/domain/records/kinds"

/**
 * The records, papers signed by hand with who had looked at their files at the instant (null: now). Nothing is asked where
 * there are none, as nearly always.
 */
export async function withConfirmed<R extends Pick<AnyRecord, "id" | "kind" | "body">>(
  tx: Db | Tx,
  records: readonly R[],
  asOf: Instant | null,
): Promise<R[]> {
  const papers = records.filter((one) => one.kind === "agreement" && isByHand(one.body as never))
  if (papers.length === 0) return [...records]
  const found = await confirmationsOf(
    tx,
    papers.map((one) => one.id),
    asOf,
  )
  return records.map((record) => confirmedBeside(record, found))
}

/** The record; a paper signed by hand with those of the confirmations that are about it. */
export function confirmedBeside<R extends Pick<AnyRecord, "id" | "kind" | "body">>(
  record: R,
  found: readonly ConfirmationRow[],
): R {
  if (record.kind !== "agreement" || !isByHand(record.body as never)) return record
  return { ...record, confirmed: found.filter((one) => one.agreementId === record.id) }
}
