import { expect, test } from "vitest"
import { makeId, type Id, type IdKind } from "@/domain/core/id"
import { openTable } from "@/formats/open-table"
import { eachRow } from "@/formats/table"
import { madeTable, tableAsCsv, type MadeTable } from "@/testing/import-table"
import { madeWorkbook } from "@/testing/workbook"
import { recogniseColumns } from "./columns"
import { duplicateFinder } from "./duplicates"
import type { RowRead } from "./proposal"
import { readRow } from "./read-row"
import { BASIS_WORDS, DATA_KIND_WORDS, PURPOSE_WORDS } from "./vocabulary-words"

let made = 0
const newId = <K extends IdKind>(kind: K): Id<K> => makeId(kind, (made += 1), new Uint8Array(10))
const entityId = newId("entity")

async function readAll(bytes: Uint8Array, name: string): Promise<RowRead[]> {
  const table = await openTable({ bytes }, name)
  if (!table.ok) throw new Error(table.says)
  const { header, guarded } = table.value
  const map = recogniseColumns(header)
  const duplicate = duplicateFinder()
  const read: RowRead[] = []
  const done = await eachRow(table.value, (row) => {
    const twin = duplicate(row)
    if (twin) read.push({ row: row.row, proposals: [], problems: [twin] })
    else read.push(readRow(row, { header, map, guarded, entityId, newId }))
  })
  if (!done.ok) throw new Error(done.says)
  return read
}

const written: [string, string, (table: MadeTable) => Promise<Uint8Array> | Uint8Array][] = [
  ["CSV", "list.csv", (table) => Buffer.from(tableAsCsv(table))],
  ["CSV with semicolons", "list.csv", (table) => Buffer.from(tableAsCsv(table, ";"))],
  ["XLSX", "list.xlsx", ({ header, rows }) => madeWorkbook([{ name: "Suppliers", rows: [header, ...rows] }])],
]

test.each(written)(
  "of 1,200 rows with 37 broken ones, as %s, exactly the broken ones are told",
  async (_kind, name, write) => {
    const table = madeTable(1200, 37)
    const read = await readAll(await write(table), name)
    expect(read).toHaveLength(1200)
    const problems = read.flatMap((row) => row.problems.map(({ row, column, says }) => ({ row, column, says })))
    expect(problems).toEqual(table.broken)
    expect(read.filter(({ proposals }) => proposals.length > 0)).toHaveLength(1163)
  },
)

test("a row that stands twice counts once, in JSON as well", async () => {
  const { header, rows } = madeTable(3, 0)
  const items = [...rows, rows[1] ?? []].map((cells) => Object.fromEntries(header.map((key, at) => [key, cells[at]])))
  const read = await readAll(Buffer.from(JSON.stringify(items)), "list.json")
  expect(read.map(({ problems }) => problems[0]?.says ?? null)).toEqual([null, null, null, "import.duplicate"])
})

test.each([
  ["Art. 6(1)(a) GDPR", ["eu.6.1.a"]],
  ["Art. 6 Abs. 1 lit. f DSGVO", ["eu.6.1.f"]],
  ["6.1.b", ["eu.6.1.b"]],
  ["Consent; Legitimate interests", ["eu.6.1.a", "eu.6.1.f"]],
  ["uk.6.1.ea, Vertrag", ["uk.6.1.ea", "eu.6.1.b"]],
])("the legal basis %j is read as %j", (cell, codes) => {
  expect(BASIS_WORDS.list(cell)).toEqual({ found: codes, strange: [] })
})

test("words of a vocabulary are known by code, label and common words, and by nothing else", () => {
  expect(PURPOSE_WORDS.list("Register and activate, Store, synchronise, share uploads; ana.usage")).toEqual({
    found: ["acct.register", "svc.storage", "ana.usage"],
    strange: [],
  })
  expect(DATA_KIND_WORDS.list("Model, system version, activation and Region, language, time zone, aura")).toEqual({
    found: ["device.model", "device.settings"],
    strange: ["aura"],
  })
})
