import { Readable } from "node:stream"
import { afterAll, beforeAll, expect, test } from "vitest"
import { sql } from "drizzle-orm"
import { rows } from "@/db/connect"
import { known } from "@/domain/core/answer"
import type { Id } from "@/domain/core/id"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { anEntity, aPerson, sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { receive } from "@/usecases/files/put-file"
import { readRequest } from "@/usecases/requests/read-request"
import { submitRequest } from "@/usecases/requests/submit-request"
import { readWaitingLists } from "./read-waiting"
import {
  beginUnmatched,
  listCsv,
  listReconciliations,
  notTheSame,
  openList,
  pasteList,
  readList,
  reconcileAgain,
} from "./reconciliations"

let on: TestDatabase
let cast: Cast
beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  await inForce(on.db, cast, "Known", [
    {
      kind: "party",
      body: typedParty({ legalName: "Harbour Cloud Ltd", identifiers: [{ kind: "vat", value: "IE1234567T" }] }),
    },
    {
      kind: "party",
      body: typedParty({ legalName: "Meadow Mail B.V.", otherNames: ["Meadowpost"], hosts: ["meadow.example"] }),
    },
    { kind: "party", body: typedParty({ legalName: "Stationer's Corner", dataDecision: "no-personal-data" }) },
    { kind: "party", body: typedParty({ legalName: "Otter Analytics", dataDecision: "undecided" }) },
    {
      kind: "party",
      body: typedParty({
        legalName: "Secret Merger Ltd",
        restrictedTo: [cast.requester, cast.procurement, cast.legal, cast.dpo].map((who) => who.id as Id<"person">),
      }),
    },
  ])
})
afterAll(() => on.drop())

const scene = (who = cast.procurement) => sceneFor(on.db, who)
const LIST = [
  "Vendor name\tVAT\tWebsite",
  "HARBOUR CLOUD LTD\t\t",
  "HC Hosting\tIE 1234567 T\t",
  "Meadowpost\t\t",
  "Bulk mail\t\thttps://app.meadow.example/login",
  "Harbor Clouds Limited\t\t",
  "Stationers Corner\t\t",
  "Otter Analytics\t\t",
  "Copper Parcel AG\tDE811234567\t",
  "copper parcel, ag\t\t",
  "=cmd|'/c calc'!A1\t\t",
  "Secret Merger Ltd\t\t",
].join("\n")

test("a pasted ledger lands line by line, and what everybody may not know is not found", async () => {
  const { id } = must(await pasteList(scene(), { name: "Ledger", list: LIST }))
  const page = must(await readList(scene(), { id }))
  expect(page.lines.map((line) => [line.line, line.landed, line.how, line.partyName])).toEqual([
    [2, "matched", "name", "Harbour Cloud Ltd"],
    [3, "matched", "number", "Harbour Cloud Ltd"],
    [4, "matched", "other-name", "Meadow Mail B.V."],
    [5, "matched", "host", "Meadow Mail B.V."],
    [6, "matched", "similar", "Harbour Cloud Ltd"],
    [7, "negative", "similar", "Stationer's Corner"],
    [8, "undecided", "name", "Otter Analytics"],
    [9, "unmatched", null, null],
    [10, "unmatched", null, null],
    [11, "unmatched", null, null],
    [12, "unmatched", null, null],
  ])
  expect(page.sums).toEqual({ matched: 5, negative: 1, undecided: 1, unmatched: 4 })
  const { csv } = must(await listCsv(scene(), { id }))
  expect(csv.split("\r\n")).toHaveLength(13)
  expect(csv).toContain(",'=cmd|'")
})

test("a similar name that is another company is said to be one, and not guessed again", async () => {
  const { id } = must(await pasteList(scene(), { name: "Guess", list: "Harbor Clouds Limited" }))
  must(await notTheSame(scene(), { id, line: 1 }))
  expect(must(await readList(scene(), { id })).sums.unmatched).toBe(1)
  must(await reconcileAgain(scene(), { id }))
  expect(must(await readList(scene(), { id })).lines[0]).toMatchObject({ landed: "unmatched", partyId: null })
  expect(await notTheSame(scene(), { id, line: 1 })).toMatchObject({ ok: false, code: "not-found" })
})

test("the unmatched begin their way by one request, each once, until nothing is unknown", async () => {
  const { id } = must(
    await pasteList(scene(), { name: "Way", list: "Lantern Works\nLANTERN WORKS\nBrass Bell\nTin Whistle" }),
  )
  const some = must(await beginUnmatched(scene(), { id, title: "Some suppliers", lines: ["1", "2"] }))
  expect(some.suppliers).toBe(1)
  expect(must(await readList(scene(), { id })).begun).toBe(2)
  const rest = must(await beginUnmatched(scene(), { id, title: "The others" }))
  expect(rest.suppliers).toBe(2)
  expect(await beginUnmatched(scene(), { id, title: "Again" })).toMatchObject({ says: "reconcile.none-left" })
  const page = must(await readRequest(scene(), { id: rest.id }))
  expect(JSON.stringify(page)).toContain("Tin Whistle")
  // Nothing blocks a supplier of whom nothing is decided yet.
  must(await submitRequest(scene(), { requestId: rest.id }))
})

test("once they are in the register, looking again leaves fewer unknown", async () => {
  const { id } = must(await pasteList(scene(), { name: "Later", list: "Newcomer One\nNewcomer Two" }))
  await inForce(on.db, cast, "New", [
    { kind: "party", body: typedParty({ legalName: "Newcomer One", dataDecision: "undecided" }) },
    {
      kind: "party",
      body: typedParty({ legalName: "Newcomer Two", dataDecision: "no-personal-data", country: known("IE") }),
    },
  ])
  must(await reconcileAgain(scene(), { id }))
  expect(must(await readList(scene(), { id })).sums).toEqual({ matched: 0, negative: 1, undecided: 1, unmatched: 0 })
})

async function sent(name: string, bytes: string) {
  const at = scene()
  const received = must(await receive(at, Readable.from([Buffer.from(bytes)]), 1_000_000))
  return must(await openList(at, { name, received }))
}

test("a file is read by the worker; one without a column for the name is refused with what to do", async () => {
  const good = await sent("ledger.csv", "Kreditor;Land\nOtter Analytics;Irland\nNobody Known;DE\n")
  const bad = await sent("odd.csv", "Betrag;Datum\n1;2\n")
  expect(must(await readList(scene(), { id: good.id })).list.state).toBe("waiting")
  expect(await readWaitingLists(scene())).toBe(2)
  const page = must(await readList(scene(), { id: good.id }))
  expect([page.list.state, page.lines.map((line) => line.landed)]).toEqual(["done", ["undecided", "unmatched"]])
  expect(page.lines[1]?.country).toBe("DE")
  const refused = must(await readList(scene(), { id: bad.id })).list
  expect([refused.state, JSON.parse(refused.problem ?? "{}")]).toEqual([
    "failed",
    { says: "reconcile.no-name-column", params: { columns: "Betrag, Datum" } },
  ])
})

test("a long pasted list is the worker's as well, and every line lands once", async () => {
  const list = Array.from({ length: 1_200 }, (_, i) =>
    i % 3 === 0 ? "Harbour Cloud Ltd" : `Stranger number ${i}`,
  ).join("\n")
  const { id } = must(await pasteList(scene(), { name: "Long", list }))
  expect(must(await readList(scene(), { id })).list.state).toBe("waiting")
  await readWaitingLists(scene())
  const { sums } = must(await readList(scene(), { id }))
  expect(sums).toMatchObject({ matched: 400, unmatched: 800 })
})

test("a list is known to its maker and to who works for the whole group, and to nobody else", async () => {
  const maker = await aPerson(on.db, "Only Here", ["procurement"], cast.entityId)
  const other = await aPerson(on.db, "Else Where", ["procurement"], await anEntity(on.db))
  const { id } = must(await pasteList(scene(maker), { name: "Private", list: "Acme" }))
  expect((await readList(scene(maker), { id })).ok).toBe(true)
  expect((await readList(scene(cast.legal), { id })).ok).toBe(true)
  for (const call of [readList, listCsv, reconcileAgain])
    expect(await call(scene(other), { id })).toMatchObject({ ok: false, code: "not-found" })
  expect(await beginUnmatched(scene(other), { id, title: "x" })).toMatchObject({ code: "not-found" })
  expect(await beginUnmatched(scene(cast.requester), { id, title: "x" })).toMatchObject({ code: "not-allowed" })
  expect(must(await listReconciliations(scene(other), {})).lists).toEqual([])
  expect(must(await listReconciliations(scene(maker), {})).lists).toMatchObject([{ id, unmatched: 1 }])
  const log = await rows<{ n: number }>(
    on.db,
    sql`select count(*)::int as n from log_leaves where bytes like ${`%${id}%`}`,
  )
  expect(log[0]?.n).toBe(0)
})
