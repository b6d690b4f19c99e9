import { canonical } from "@/domain/core/canonical"
import { CSV_BEGINS, csvLine } from "@/domain/exports/cell"
import { cellsOf, columnsOf } from "@/domain/exports/columns"
import { RECORD_KINDS, type RecordKind } from "@/domain/records/kinds"
import type { Ordered } from "./input"
import { readmeOf } from "./readme"
import { entitiesSchema, schemaOf } from "./schema"

/** A file of a package. Its text can be had again and again, in pieces, so that it never lies in memory whole. */
export type PackageFile = { name: string; text: () => Iterable<string> }

/** Every file of a package but its manifest, in order of name. */
export function filesOf(input: Ordered): PackageFile[] {
  const files: PackageFile[] = [
    { name: "README.txt", text: () => [readmeOf(input)] },
    { name: "json/entities.json", text: () => jsonOf(input.entities, ({ id, body }) => ({ id, body })) },
    {
      name: "csv/entities.csv",
      text: () =>
        csvOf(["id", ...columnsOf("entity")], input.entities, ({ id, body }) => [id, ...cellsOf("entity", body)]),
    },
    { name: "schema/entities.schema.json", text: () => [entitiesSchema()] },
    ...RECORD_KINDS.flatMap((kind) => filesOfKind(kind, input)),
  ]
  return files.sort((a, b) => (a.name < b.name ? -1 : 1))
}

function filesOfKind(kind: RecordKind, { records }: Ordered): PackageFile[] {
  return [
    {
      name: `json/${kind}.json`,
      text: () => jsonOf(records[kind], ({ id, version, standing, body }) => ({ id, kind, version, standing, body })),
    },
    {
      name: `csv/${kind}.csv`,
      text: () =>
        csvOf(["id", "recordVersion", "standing", ...columnsOf(kind)], records[kind], (record) => [
          record.id,
          String(record.version),
          record.standing,
          ...cellsOf(kind, record.body),
        ]),
    },
    { name: `schema/${kind}.schema.json`, text: () => [schemaOf(kind)] },
  ]
}

function* jsonOf<T>(items: readonly T[], shown: (item: T) => unknown): Generator<string> {
  let before = "["
  for (const item of items) {
    yield before + canonical(shown(item))
    before = ","
  }
  yield items.length === 0 ? "[]" : "]"
}

function* csvOf<T>(header: readonly string[], items: readonly T[], cells: (item: T) => string[]): Generator<string> {
  yield CSV_BEGINS + csvLine(header)
  for (const item of items) yield csvLine(cells(item))
}
