import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { folderStore } from "@/adapters/files/folder"
import { BATCH } from "@/db/batches"
import { rows } from "@/db/connect"
import { fold } from "@/domain/core/fold"
import { coreName, COMPANY_WORDS, figuresOf } from "@/domain/imports/similar"
import { say } from "@/components/words/catalogue"
import { receive } from "@/usecases/files/put-file"
import type { Party } from "@/domain/records/party"
import { listRecords } from "@/usecases/register/list-records"
import { readRecord } from "@/usecases/register/read-record"
import { reviewOfRequest } from "@/usecases/requests/review-request"
import { submitRequest } from "@/usecases/requests/submit-request"
import type { Actor, Scene } from "@/usecases/scene"
import { madeVendor, madeVendorList } from "@/testing/vendor-list"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { madeTable, tableAsCsv } from "@/testing/import-table"
import { anEntity, aPerson, sceneFor } from "@/testing/people"
import { aCast, allAgree, inForce, must, type Cast } from "@/testing/requests"
import { doImports } from "./jobs"
import { mendRows } from "./mend-rows"
import { openImport } from "./open-import"
import { proposeImport, undoImport } from "./propose-import"
import { badRowsCsv, readImport } from "./read-import"
import { IMPORT_LIMIT } from "./read-file"
import { setColumns } from "./set-columns"
import { TEST_KEYS } from "@/testing/keys"

let on: TestDatabase
let cast: Cast
let importer: Actor
const files = folderStore(join(mkdtempSync(join(tmpdir(), "onward-import-")), "files"), TEST_KEYS)

const as = (actor: Actor): Scene => sceneFor(on.db, actor, { files })

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  importer = await aPerson(on.db, "Ines Import", ["procurement"])
})
afterAll(() => on.drop())

async function sent(name: string, bytes: Buffer) {
  const received = await receive(as(importer), Readable.from([bytes]), IMPORT_LIMIT)
  return received.ok ? openImport(as(importer), { name, received: received.value, entityId: cast.entityId }) : received
}

/** The import tried with its recognised columns, and what else is set. */
async function tried(id: string, more: Record<string, unknown> = {}) {
  const { view } = must(await readImport(as(importer), { importId: id }))
  must(await setColumns(as(importer), { importId: id, map: view.settings.map, ...more }))
  await doImports(as(importer))
  return must(await readImport(as(importer), { importId: id }))
}

/** The import as one request that everybody agreed to. */
async function approved(id: string): Promise<string> {
  must(await proposeImport(as(importer), { importId: id }))
  await doImports(as(importer))
  const { view } = must(await readImport(as(importer), { importId: id }))
  const requestId = view.requestId ?? ""
  const submitted = must(await submitRequest(as(importer), { requestId }))
  // What is found is counted whole, and the first of it said.
  expect(submitted.findings.length).toBe(Math.min(submitted.found, 1000))
  must(await allAgree(on.db, cast, { requestId, recordIds: [], hash: submitted.hash, stages: submitted.stages }))
  return requestId
}

test("a table with 37 broken rows among 1,200: exactly those are told, the others become one request", async () => {
  const { id } = must(await sent("suppliers.csv", Buffer.from(tableAsCsv(madeTable(1200, 37)))))
  const { view, bad } = await tried(id)
  expect(view).toMatchObject({ state: "tried", counts: { rows: 1200, valid: 1163, invalid: 37 } })
  expect(bad.length).toBe(37)
  for (const one of bad)
    for (const problem of one.problems) expect(say(problem.says, problem.params)).not.toBe(problem.says)
  const { csv } = must(
    await badRowsCsv(as(importer), {
      importId: id,
      words: (one: { says: string; params?: Record<string, string | number> }) => say(one.says, one.params),
    }),
  )
  expect(csv.split("\r\n").filter((line) => /^\d+,/.test(line)).length).toBe(37)

  const requestId = await approved(id)
  const made = await rows<{ kind: string; n: number }>(
    on.db,
    sql`select kind, count(*)::int as n from versions where request_id = ${requestId} group by kind`,
  )
  expect(made.find((one) => one.kind === "party")?.n).toBe(1163)
  // More than one part of what is read and written at a time: each record once, with the body that was decided on.
  const [same] = await rows<{ all: number; same: number; known: number }>(
    on.db,
    sql`select count(*)::int as all, (count(*) filter (where v.body = p.body and v.body_hash = sha256(convert_to(p.body, 'UTF8'))))::int as same,
      (select count(distinct k.record_id)::int from party_keys k join versions w using (record_id) where w.request_id = ${requestId}) as known
      from revision_proposals p left join versions v on v.record_id = p.record_id and v.request_id = p.request_id where p.request_id = ${requestId}`,
  )
  expect(same?.all).toBeGreaterThan(BATCH)
  expect(same?.same).toBe(same?.all)
  expect(same?.known).toBe(1163)
  const [cell] = await rows<{ sheet: string; row: number; import: string }>(
    on.db,
    sql`select sheet, row, import_id as import from provenance order by row desc limit 1`,
  )
  expect(cell).toMatchObject({ import: id })
  const found = must(await listRecords(as(cast.legal), { list: "sharings", filters: { standing: ["discovered"] } }))
  expect(found.total).toBeGreaterThan(0)
  const page = must(await readRecord(as(cast.legal), { id: String(found.rows[0]?.id) }))
  expect(page.record.body).toMatchObject({ owner: { state: "known" }, dueOn: { state: "known" } })
  expect(page.findings.some((finding) => finding.severity === "blocking")).toBe(true)
}, 120_000)

test("a wrong cell is typed over, the file is tried again with it, and the value is told as typed by whom", async () => {
  const csv = "Name,Country\nMendable One Ltd,XX\nMendable Two Ltd,IE\nMendable Three Ltd,Narnia\n"
  const { id } = must(await sent("mend.csv", Buffer.from(csv)))
  const first = await tried(id)
  expect(first.bad.map((one) => [one.row, one.problems[0]?.column])).toEqual([
    [2, "Country"],
    [4, "Country"],
  ])
  expect(await mendRows(as(importer), { importId: id, cells: [{ row: 2, place: 1, value: "XX" }] })).toMatchObject({
    ok: false,
    says: "import.nothing-typed",
  })
  const stranger = await aPerson(on.db, "Stan Stranger", ["procurement"], await anEntity(on.db))
  const cells = [
    { row: 2, place: 1, value: "GB" },
    { row: 3, place: 1, value: "FR" },
  ]
  expect(await mendRows(as(stranger), { importId: id, cells })).toMatchObject({ ok: false, code: "not-found" })
  // A row that nobody said is wrong is not typed over.
  expect(must(await mendRows(as(importer), { importId: id, cells })).changed).toBe(1)
  expect(await mendRows(as(importer), { importId: id, cells })).toMatchObject({ ok: false, code: "conflict" })
  await doImports(as(importer))
  const second = must(await readImport(as(importer), { importId: id }))
  expect(second.view).toMatchObject({ state: "tried", counts: { rows: 3, valid: 2, invalid: 1 } })
  expect(second.bad.map((one) => one.row)).toEqual([4])
  expect(second.names[importer.id]).toBe("Ines Import")
  // Tried again with other columns, what was typed stays.
  expect((await tried(id)).view.counts.valid).toBe(2)
  await approved(id)
  const found = must(await listRecords(as(cast.legal), { list: "parties", q: "mendable" }))
  expect(found.rows.map((row) => [row.title, row.country])).toEqual([
    ["Mendable One Ltd", "GB"],
    ["Mendable Two Ltd", "IE"],
  ])
  const origin = async (at: number) =>
    must(await readRecord(as(cast.legal), { id: String(found.rows[at]?.id) })).origins[0]?.file
  expect(await origin(0)).toMatchObject({
    typedBy: "Ines Import",
    cells: [
      { field: "legalName", cell: "A2" },
      { field: "country", cell: "B2", typed: true },
    ],
  })
  expect((await origin(0))?.cells[0]).not.toHaveProperty("typed")
  expect((await origin(1))?.cells.some((cell) => "typed" in cell)).toBe(false)
})

test("a row that is wrong as a whole is typed anew or left out by choice, and a double of what is left out is none", async () => {
  const csv = "Name,Country\nWhole, Inc,IE\nDouble Ltd,FR\nDouble Ltd,FR\nDouble Ltd,FR\nBroken Ltd,Narnia\n"
  const { id } = must(await sent("whole.csv", Buffer.from(csv)))
  const first = await tried(id)
  expect(first.bad.map((one) => [one.row, one.problems[0]?.says])).toEqual([
    [2, "import.too-many-cells"],
    [4, "import.duplicate"],
    [5, "import.duplicate"],
    [6, "import.no-country"],
  ])
  const mend = async (sentIn: object) => {
    must(await mendRows(as(importer), { importId: id, ...sentIn }))
    await doImports(as(importer))
    return must(await readImport(as(importer), { importId: id }))
  }
  const anew = ["Whole, Inc", "IE", ""].map((value, place) => ({ row: 2, place, value }))
  const second = await mend({ cells: [...anew, { row: 5, place: 1, value: "NL" }], leave: [4, 6, 3] })
  expect(second.view.counts).toMatchObject({ rows: 5, valid: 3, invalid: 0, leftOut: 2 })
  expect(Object.keys(second.view.settings.leftOut ?? {})).toEqual(["4", "6"])
  expect(second.names[importer.id]).toBe("Ines Import")
  const third = await mend({ back: [6] })
  expect(third.view.counts).toMatchObject({ rows: 5, valid: 3, invalid: 1, leftOut: 1 })
  expect(await mendRows(as(importer), { importId: id, leave: [4] })).toMatchObject({ says: "import.nothing-typed" })
  await approved(id)
  const found = must(await listRecords(as(cast.legal), { list: "parties", q: "double ltd" }))
  expect(found.rows.map((row) => row.country)).toEqual(expect.arrayContaining(["FR", "NL"]))
  expect(found.total).toBe(2)
  expect(must(await listRecords(as(cast.legal), { list: "parties", q: "whole inc" })).rows).toMatchObject([
    { title: "Whole, Inc", country: "IE" },
  ])
}, 60_000)

test("a vendor of the advertising list is mended like a row of a table, and the record says by whom", async () => {
  const vendors = [madeVendor(1), madeVendor(2, { name: "", purposes: [1, 99] }), madeVendor(3, { purposes: [98] })]
  const { id } = must(await sent("vendors.json", Buffer.from(madeVendorList(vendors))))
  const { bad, view } = await tried(id)
  expect(bad.map((one) => [one.row, one.problems.map((problem) => problem.column)])).toEqual([
    [2, ["name", "purposes"]],
    [3, ["purposes"]],
  ])
  const place = (column: string): number => view.settings.header.indexOf(column)
  const cells = [
    { row: 2, place: place("name"), value: "Mended Ads Ltd" },
    { row: 2, place: place("purposes"), value: "1" },
  ]
  must(await mendRows(as(importer), { importId: id, cells, leave: [3] }))
  await doImports(as(importer))
  const after = must(await readImport(as(importer), { importId: id }))
  expect(after.view.counts).toMatchObject({ rows: 3, valid: 2, invalid: 0, leftOut: 1 })
  await approved(id)
  const [row] = must(await listRecords(as(cast.legal), { list: "parties", q: "mended ads" })).rows
  const origin = must(await readRecord(as(cast.legal), { id: String(row?.id) })).origins[0]
  expect(origin).toMatchObject({ row: 2, file: { typedBy: "Ines Import" } })
  expect(origin?.file?.cells.map((cell) => [cell.column, cell.typed])).toEqual(
    expect.arrayContaining([
      ["name", true],
      ["purposes", true],
    ]),
  )
}, 60_000)

test("the whole of an import is undone by one request, and stands in the past", async () => {
  const csv = "Name,Country\nAlpha Undo Ltd,IE\nBeta Undo Ltd,FR\n"
  const { id } = must(await sent("two.csv", Buffer.from(csv)))
  await tried(id)
  await approved(id)
  const before = must(await listRecords(as(cast.legal), { list: "parties", q: "undo ltd" }))
  expect(before.total).toBe(2)
  const undone = must(await undoImport(as(importer), { importId: id, title: "Undo two.csv" }))
  expect(undone.records).toBe(2)
  const submitted = must(await submitRequest(as(importer), { requestId: undone.requestId }))
  must(await allAgree(on.db, cast, { requestId: undone.requestId, recordIds: [], ...submitted }))
  const after = must(
    await listRecords(as(cast.legal), { list: "parties", q: "undo ltd", filters: { standing: ["ended"] } }),
  )
  expect(after.total).toBe(2)
  expect(await undoImport(as(importer), { importId: id, title: "Again" })).toMatchObject({ ok: false })
})

test("undoing leaves what somebody changed since, and what a later record names, and says how many", async () => {
  const csv = "Name,Country,Purpose,Mode\nEpsilon Kept Ltd,IE,order.deliver,entrust\nZeta Kept Ltd,FR,,\n"
  const { id } = must(await sent("kept.csv", Buffer.from(csv)))
  await tried(id)
  await approved(id)
  const found = must(await listRecords(as(cast.legal), { list: "parties", q: "kept ltd" }))
  const zeta = String(found.rows.find((row) => String(row.title).startsWith("Zeta"))?.id)
  const before = must(await readRecord(as(cast.legal), { id: zeta }))
  await inForce(on.db, cast, "Zeta changes", [
    { kind: "party", op: "change", recordId: zeta, body: { ...(before.record.body as Party), tags: ["looked at"] } },
  ])
  const undone = must(await undoImport(as(importer), { importId: id, title: "Undo kept.csv" }))
  expect(undone).toMatchObject({ records: 2, left: 1 })
  const submitted = must(await submitRequest(as(importer), { requestId: undone.requestId }))
  must(await allAgree(on.db, cast, { requestId: undone.requestId, recordIds: [], ...submitted }))
  const after = must(
    await listRecords(as(cast.legal), { list: "parties", q: "kept ltd", filters: { standing: ["approved"] } }),
  )
  expect(after.rows.map((row) => row.title)).toEqual(["Zeta Kept Ltd"])
})

test("equal names are proposed for joining and joined only when chosen", async () => {
  const csv = "Name,Country,Purpose,Mode\nGamma Ltd,IE,order.deliver,entrust\nGAMMA LTD,IE,svc.infra,entrust\n"
  const { id } = must(await sent("twice.csv", Buffer.from(csv)))
  const first = await tried(id)
  expect(first.view.counts.joins.map((join) => join.rows.map((row) => row.name))).toEqual([["Gamma Ltd", "GAMMA LTD"]])
  const folded = first.view.counts.joins[0]?.folded ?? ""
  await tried(id, { joins: [folded] })
  await approved(id)
  const parties = must(await listRecords(as(cast.legal), { list: "parties", q: "gamma" }))
  const sharings = await rows<{ n: number }>(
    on.db,
    sql`select count(*)::int as n from sharing_rows where party_id = ${String(parties.rows[0]?.id)}`,
  )
  expect(parties.total).toBe(1)
  expect(sharings[0]?.n).toBe(2)
})

test("similar names are proposed apart from equal ones, none joined by itself, and one of the register takes what is joined", async () => {
  const first = must(await sent("first.csv", Buffer.from("Name,Country\nSilverbrook Analytics Ltd,IE\n")))
  await tried(first.id)
  await approved(first.id)
  const csv = [
    "Name,Country,Purpose,Mode",
    "Silverbrook Analytics GmbH,DE,ana.usage,entrust",
    "Copperfield Freight Ltd,IE,order.deliver,entrust",
    "Copperfeld Freight Inc,US,order.deliver,entrust",
    "Unlike Anything,FR,order.deliver,entrust",
  ].join("\n")
  const { id } = must(await sent("second.csv", Buffer.from(csv)))
  const { joins } = (await tried(id)).view.counts
  const told = joins.map((join) => [join.near !== undefined, join.rows.map((row) => row.row), join.known.length])
  expect(told.toSorted()).toEqual([
    [true, [2], 1],
    [true, [3, 4], 0],
  ])
  const register = joins.find((join) => join.known.length > 0)
  expect(register?.near).toBe(100)
  await tried(id, { joins: joins.map((join) => join.folded) })
  const requestId = await approved(id)
  const made = await rows<{ kind: string; title: string }>(
    on.db,
    sql`select v.kind, v.body::jsonb->>'legalName' as title from versions v where v.request_id = ${requestId} and v.kind = 'party' order by 2`,
  )
  expect(made.map((one) => one.title)).toEqual(["Copperfield Freight Ltd", "Unlike Anything"])
  const found = must(await listRecords(as(cast.legal), { list: "parties", q: "silverbrook" }))
  expect(found.rows.map((one) => one.sharingCount)).toEqual([1])
})

test("a name near one of the register is an exception that the reviewer finds by a count", async () => {
  const first = must(await sent("near-1.csv", Buffer.from("Name,Country\nTallowmere Hosting Ltd,IE\n")))
  await tried(first.id)
  await approved(first.id)
  const second = must(
    await sent("near-2.csv", Buffer.from("Name,Country\nTallowmere Hosting SARL,FR\nQuite Other,FR\n")),
  )
  await tried(second.id)
  must(await proposeImport(as(importer), { importId: second.id }))
  await doImports(as(importer))
  const requestId = must(await readImport(as(importer), { importId: second.id })).view.requestId ?? ""
  const near = { id: requestId, filters: { near: ["near"] } }
  const draft = must(await reviewOfRequest(as(importer), near))
  expect(draft.rows.map((row) => row.title)).toEqual(["Tallowmere Hosting SARL"])
  expect(Object.values(draft.near)).toEqual(["Tallowmere Hosting Ltd"])
  must(await submitRequest(as(importer), { requestId }))
  expect(must(await reviewOfRequest(as(cast.legal), near)).total).toBe(1)
})

test("what the database leaves off a name is what the rules leave off", async () => {
  const names = ["Harbour Ltd", "Harbour Pty Ltd", "Harbour S.à r.l.", "Harbour GmbH & Co. KG", "Limited", "A 12 Ltd 7"]
  const found = await rows<{ core: string; figures: string }>(
    on.db,
    sql`select name_core(f) as core, name_figures(f) as figures from jsonb_array_elements_text(${JSON.stringify(names.map(fold))}::jsonb) as t(f)`,
  )
  expect(found).toEqual(names.map(fold).map((name) => ({ core: coreName(name), figures: figuresOf(name) })))
  const words = COMPANY_WORDS.split("|").map((word) => `harbour ${word}`)
  const cut = await rows<{ core: string }>(
    on.db,
    sql`select distinct name_core(f) as core from jsonb_array_elements_text(${JSON.stringify(words)}::jsonb) as t(f)`,
  )
  expect(cut).toEqual([{ core: "harbour" }])
})

test("every imported value is told with its file, sheet and cell, and a file of another company is not named", async () => {
  const csv = "Name,Country,Purpose,Mode,Cost centre\nOriginal Ltd,IE,order.deliver,entrust,CC-7\n"
  const { id } = must(await sent("origin.csv", Buffer.from(csv)))
  await tried(id)
  await approved(id)
  const found = must(await listRecords(as(cast.legal), { list: "parties", q: "original", filters: { import: [id] } }))
  const partyId = String(found.rows[0]?.id)
  const party = must(await readRecord(as(cast.legal), { id: partyId }))
  expect(party.origins).toMatchObject([{ version: 1, row: 2, file: { importId: id, name: "origin.csv" } }])
  expect(party.origins[0]?.file?.cells.map((one) => `${one.field} ${one.cell}`)).toEqual(["legalName A2", "country B2"])
  const flow = must(await readRecord(as(cast.legal), { id: party.related.find((one) => one.kind === "sharing")?.id }))
  expect(flow.origins[0]?.file?.cells.map((one) => `${one.field} ${one.cell}`)).toContain("extra E2")
  const stranger = await aPerson(on.db, "Sten Stranger", ["legal"], await anEntity(on.db))
  expect(must(await readRecord(as(stranger), { id: partyId })).origins).toEqual([{ version: 1, row: 2, file: null }])
})

describe("a file that cannot be read leaves nothing behind", () => {
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("Name\nÄrger\n", "utf16le")])
  test.each([
    ["empty.csv", Buffer.alloc(0)],
    ["utf16.csv", utf16],
    ["windows.csv", Buffer.from([0x4e, 0x61, 0x6d, 0x65, 0x0a, 0xc4, 0x72, 0x67, 0x65, 0x72, 0x0a])],
    ["notes.xlsx", Buffer.from("PK\u0003\u0004 no workbook at all")],
    ["picture.csv", Buffer.from([0, 1, 2, 3, 4, 5])],
    ["header-only.csv", Buffer.from("Name,Country\n")],
  ])("%s", async (name, bytes) => {
    const before = await rows<{ n: number }>(on.db, sql`select count(*)::int as n from files`)
    const outcome = await sent(name, bytes)
    expect(outcome).toMatchObject({ ok: false, code: "invalid" })
    if (!outcome.ok) expect(say(outcome.says, outcome.params)).toMatch(/\.$/)
    expect(await rows(on.db, sql`select count(*)::int as n from files`)).toEqual(before)
  })
  test("a file over the limit is refused while it arrives", async () => {
    const piece = Buffer.alloc(1024 * 1024, 65)
    const much = Readable.from(
      (function* () {
        for (let i = 0; i < 25; i += 1) yield piece
      })(),
    )
    expect(await receive(as(importer), much, IMPORT_LIMIT)).toMatchObject({ ok: false, says: "invalid.file-too-large" })
  })
})

test("who has no part in the company does not know of its imports", async () => {
  const { id } = must(await sent("mine.csv", Buffer.from("Name\nDelta Ltd\n")))
  const stranger = await aPerson(on.db, "Stella Stranger", ["procurement"], await anEntity(on.db))
  expect(await readImport(as(stranger), { importId: id })).toMatchObject({ ok: false, code: "not-found" })
  expect(await setColumns(as(stranger), { importId: id, map: {} })).toMatchObject({ ok: false, code: "not-found" })
  expect(await setColumns(as(cast.requester), { importId: id, map: {} })).toMatchObject({
    ok: false,
    code: "not-allowed",
  })
})
