import { z } from "zod"
import { canonical } from "@/domain/core/canonical"
import { once as madeOnce } from "@/domain/core/once"
import { CSV_BEGINS, csvLine } from "@/domain/exports/cell"
import { headOf, rowOf } from "@/domain/exports/table"
import { entityShape } from "@/domain/records/evidence"
import { RECORD_KINDS, SHAPES, type RecordKind } from "@/domain/records/kinds"
import { once, type PackageContext, type PackagePart } from "./context"
import { lineText, listText } from "./lines"
import { recordsCounted, recordsIn, type PackedRecord, type SealedRecord } from "./records-in"

const KINDS = ["entity", ...RECORD_KINDS] as const

/** The records: as they were hashed, and opened, as JSON and as a table, with the schema of each kind. */
export const recordsPart: PackagePart = async function* (on) {
  // Those as they were hashed are read first of all kinds, for they are counted.
  for (const kind of KINDS) yield { name: `records/${kind}.jsonl`, text: lineText(sealedOf(recordsCounted(on, kind))) }
  for (const kind of KINDS) {
    yield { name: `json/${kind}.json`, text: listText(openOf(recordsIn(on, kind))) }
    yield { name: `csv/${kind}.csv`, text: asCsv(on, kind) }
    yield { name: `schema/${kind}.json`, text: once(schemaText(kind === "entity" ? entityShape : SHAPES[kind])) }
  }
}

async function* sealedOf(batches: AsyncIterable<SealedRecord[]>): AsyncGenerator<unknown[]> {
  for await (const batch of batches)
    yield batch.map(({ id, kind, version, standing, at, requestId, index, sha256, sealed, changed }) => ({
      ...{ id, kind, version, standing, at, request: requestId, index, sha256, sealed, changed: changed !== null },
    }))
}

async function* openOf(batches: AsyncIterable<PackedRecord[]>): AsyncGenerator<unknown[]> {
  for await (const batch of batches)
    yield batch.map(({ id, kind, version, standing, at, requestId, body }) => ({
      ...{ id, kind, version, standing, at, requestId, body },
    }))
}

async function* asCsv(on: PackageContext, kind: RecordKind | "entity"): AsyncGenerator<string> {
  yield CSV_BEGINS + csvLine(headOf(kind))
  for await (const batch of recordsIn(on, kind)) yield batch.map((record) => csvLine(rowOf(record))).join("")
}

/** A schema never changes while we run, and each takes longer to write than the records of a small register. */
const schemaText = madeOnce(
  (schema: z.ZodType): string => `${canonical(z.toJSONSchema(schema, { unrepresentable: "any", io: "input" }))}\n`,
)
