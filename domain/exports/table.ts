import type { RecordKind } from "@/domain/records/kinds"
import { cellsOf, columnsOf } from "./columns"

/** A record as a package holds it. */
export type Packed = {
  id: string
  kind: RecordKind | "entity"
  version: number
  standing: string
  at: string
  requestId: string | null
  body: unknown
}

/** The head of the table of a kind: what every record has, then its own fields by their paths. */
export function headOf(kind: RecordKind | "entity"): string[] {
  return ["id", "recordVersion", "standing", "inForceSince", "request", ...columnsOf(kind)]
}

/** A record as a row of its kind's table. */
export function rowOf(record: Packed): string[] {
  const { id, version, standing, at, requestId } = record
  return [id, String(version), standing, at, requestId ?? "", ...cellsOf(record.kind, record.body)]
}
