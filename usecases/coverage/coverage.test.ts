import { readdirSync, readFileSync } from "node:fs"
import { sql } from "drizzle-orm"
import pg from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { rows } from "@/db/connect"
import { known } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import type { Sharing } from "@/domain/records/sharing"
import { typedParty } from "@/testing/bodies"
import { goingTo, mechanism } from "@/testing/covered"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedSharing } from "@/testing/flow"
import { anEntity, aPerson, sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { readFlows } from "@/usecases/flows/read-flows"
import { listRecords } from "@/usecases/register/list-records"
import { rebuildRows } from "@/usecases/register/rebuild"
import { draftRequest, saveProposal } from "@/usecases/requests/draft-request"
import { submitRequest } from "@/usecases/requests/submit-request"
import { clockNow, newId, type Actor } from "@/usecases/scene"
import { listGaps } from "./list-gaps"
import { readPartyCoverage } from "./read-party-coverage"

let on: TestDatabase
let cast: Cast
let party: string
let plain: string
let abroad: string
let secret: string
let before: Instant
let elsewhere: Actor
let outsider: Actor

/** A flow found running to the party. */
async function found(over: Partial<Sharing>): Promise<string> {
  const scene = sceneFor(on.db, cast.requester)
  const restrictedTo = over.restrictedTo ?? undefined
  const draft = must(await draftRequest(scene, { title: "Found", kind: "discovered", restrictedTo }))
  const recordId = newId(scene, "sharing")
  const body = typedSharing({ entityId: cast.entityId as Id<"entity">, partyId: party as Id<"party"> }, over)
  const one = { requestId: draft.id, kind: "sharing", op: "create", recordId, discovered: true, body }
  must(await saveProposal(scene, one))
  must(await submitRequest(scene, { requestId: draft.id }))
  return recordId
}

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  outsider = await aPerson(on.db, "Otto Outsider", ["legal"])
  elsewhere = await aPerson(on.db, "Elsa Elsewhere", ["legal"], await anEntity(on.db))
  ;[party] = (await inForce(on.db, cast, "Party", [
    { kind: "party", body: typedParty({ legalName: "Gapless Ltd" }) },
  ])) as [string]
  plain = await found({ title: "A plain flow", peopleCount: known(100) })
  before = clockNow()
  const running = { startsOn: known(day("2025-03-01")), endsOn: known(day("2099-12-31")) }
  const us = goingTo("US", [mechanism("scc-2021"), mechanism("adequacy")])
  const both = known([...(us.destinations?.state === "known" ? us.destinations.value : []), ...irish()])
  abroad = await found({ title: "B flow abroad", ...running, destinations: both })
  const named = [cast.requester, cast.dpo].map((one) => one.id as Id<"person">)
  secret = await found({ title: "C secret flow", ...running, restrictedTo: named })
}, 120_000)
afterAll(() => on.drop())

const irish = () => {
  const { destinations } = goingTo("IE")
  return destinations?.state === "known" ? destinations.value : []
}
const as = (actor: Actor) => sceneFor(on.db, actor)
const ON = "2026-06-15"

describe("the list of gaps", () => {
  test("holds what nothing covers on the day, the longest gap first, a page at a time", async () => {
    const all = must(await listGaps(as(cast.dpo), { on: ON }))
    expect(all.gaps.map((gap) => [gap.id, gap.sinceOn])).toEqual([
      [abroad, "2025-03-01"],
      [secret, "2025-03-01"],
      [plain, "2026-01-01"],
    ])
    expect(all.total).toBe(3)
    const first = must(await listGaps(as(cast.dpo), { on: ON, size: 2 }))
    const second = must(await listGaps(as(cast.dpo), { on: ON, size: 2, after: first.next ?? "" }))
    expect([...first.gaps, ...second.gaps].map((gap) => gap.id)).toEqual(all.gaps.map((gap) => gap.id))
    expect(second.next).toBeNull()
    expect(must(await listGaps(as(cast.dpo), { on: "2024-06-15" }))).toMatchObject({ gaps: [], total: 0 })
  })
  test("is narrowed by cause and by company, and counts both", async () => {
    const all = must(await listGaps(as(cast.dpo), { on: ON }))
    expect(all.causes).toEqual(expect.arrayContaining([{ value: "paper.processing", n: 3 }]))
    expect(all.causes).toEqual(expect.arrayContaining([{ value: "mechanism.US", n: 1 }]))
    const us = must(await listGaps(as(cast.dpo), { on: ON, causes: ["mechanism.US"] }))
    expect(us.gaps.map((gap) => gap.id)).toEqual([abroad])
    expect(us.causes).toEqual(all.causes)
    expect(must(await listGaps(as(cast.dpo), { on: ON, entities: ["ent_none"] })).gaps).toEqual([])
  })
  test("neither shows nor counts what is restricted to others, or is another company's", async () => {
    const page = must(await listGaps(as(outsider), { on: ON }))
    expect(page).toMatchObject({ total: 2, entities: [{ value: cast.entityId, n: 2 }] })
    expect(JSON.stringify(page)).not.toMatch(/secret/i)
    expect(must(await listGaps(as(elsewhere), { on: ON }))).toMatchObject({
      total: 0,
      gaps: [],
      entities: [],
      causes: [],
    })
  })
  test("says of an earlier instant what the register said then", async () => {
    const page = must(await listGaps(as(cast.dpo), { on: ON, asOf: before }))
    expect(page.gaps.map((gap) => gap.id)).toEqual([plain])
  })
  test("is what the stored coverage says, also where an older register is brought up to date", async () => {
    const all = () => rows(on.db, sql`select * from gaps order by record_id, from_at, from_on`)
    const said = await all()
    const [file] = readdirSync("db/migrations").filter((name) => name.endsWith("_pictures.sql"))
    const [fill] = readFileSync(`db/migrations/${file}`, "utf8").split("--> statement-breakpoint").slice(-1)
    const owner = new pg.Client({ connectionString: on.ownerUrl })
    await owner.connect()
    await owner.query("delete from gaps")
    await owner.query(fill ?? "")
    await owner.end()
    expect(said.length).toBeGreaterThan(2)
    expect(await all()).toEqual(said)
    await on.db.transaction((tx) => rebuildRows(tx, clockNow()))
    expect(await all()).toEqual(said)
  })
})

describe("a party's coverage over time", () => {
  test("has a row for each sharing that one may read, by name, a page at a time", async () => {
    const page = must(await readPartyCoverage(as(cast.dpo), { id: party, on: ON }))
    expect(page.lines.map((line) => line.title)).toEqual(["A plain flow", "B flow abroad", "C secret flow"])
    expect(page.counts).toEqual({ all: 3, gap: 3, unjudged: 0 })
    expect(page.lines[1]?.coverage?.gaps[0]).toMatchObject({ from: "2025-03-01" })
    expect(page.lines[1]?.approval.approved).toEqual([])
    const first = must(await readPartyCoverage(as(outsider), { id: party, size: 1 }))
    const second = must(await readPartyCoverage(as(outsider), { id: party, size: 1, after: first.next ?? "" }))
    expect([first, second].map((one) => one.lines[0]?.id)).toEqual([plain, abroad])
    expect(second).toMatchObject({ next: null, counts: { all: 2, gap: 2, unjudged: 0 } })
  })
  test("is empty for whoever reads another company, and there for nobody before the party was on record", async () => {
    expect(must(await readPartyCoverage(as(elsewhere), { id: party }))).toMatchObject({ lines: [], counts: { all: 0 } })
    const long = "2020-01-01T00:00:00.000Z"
    expect(await readPartyCoverage(as(cast.dpo), { id: party, asOf: long })).toMatchObject({ code: "not-found" })
    const then = must(await readPartyCoverage(as(cast.dpo), { id: party, asOf: before, on: ON }))
    expect(then.lines.map((line) => line.id)).toEqual([plain])
  })
  test("says where nothing had been judged at the instant", async () => {
    const at = clockNow()
    await on.db.execute(
      sql`update judgements set from_at = ${at}::timestamptz where record_id = ${plain} and until_at = 'infinity'`,
    )
    const then = must(await readPartyCoverage(as(cast.dpo), { id: party, asOf: before }))
    expect(then.lines).toMatchObject([{ id: plain, coverage: null }])
    expect(then.counts).toMatchObject({ all: 1, unjudged: 1 })
  })
})

describe("the flow picture", () => {
  test("adds up to the sharings of the table, each shared out over its routes", async () => {
    const flows = must(await readFlows(as(cast.dpo), { on: ON }))
    expect(flows).toMatchObject({ total: 3, people: 100, unknownPeople: 2 })
    for (const step of [0, 1, 2]) {
      const bands = flows.bands.filter((band) => band.step === step)
      expect(bands.reduce((sum, band) => sum + band.weight, 0)).toBeCloseTo(3, 9)
    }
    const us = flows.bands.filter((band) => band.step === 1 && band.to === "US")
    expect(us).toMatchObject([{ from: party, n: 1, state: "gap", routes: ["US:adequacy", "US:scc-2021"] }])
    expect(us[0]?.weight).toBeCloseTo(2 / 3, 9)
    expect(
      must(await readFlows(as(cast.dpo), { on: ON, by: "people" })).bands.find((one) => one.step === 0),
    ).toMatchObject({
      weight: 100,
    })
  })
  test("asks what the table asks, and each stroke has as many sharings as the table that it leads to", async () => {
    const flows = must(await readFlows(as(cast.dpo), { on: ON, filters: { destination: ["US"] } }))
    expect(flows.total).toBe(1)
    const route = flows.bands.find((band) => band.step === 2 && band.to === "scc-2021")?.routes ?? []
    const table = must(await listRecords(as(cast.dpo), { list: "sharings", on: ON, filters: { route } }))
    expect(table.rows.map((row) => row.id)).toEqual([abroad])
  })
  test("counts nothing that is restricted to others, or is another company's", async () => {
    const flows = must(await readFlows(as(outsider), { on: ON }))
    expect(flows.total).toBe(2)
    expect(must(await readFlows(as(elsewhere), {}))).toMatchObject({ total: 0, bands: [], named: [] })
  })
})
