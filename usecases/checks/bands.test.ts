import { sql } from "drizzle-orm"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { rows } from "@/db/connect"
import { BLANK, known, unknown } from "@/domain/core/answer"
import type { Pack } from "@/domain/checks/types"
import { day, dayIn } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Entity } from "@/domain/records/evidence"
import type { Sharing } from "@/domain/records/sharing"
import type { Mechanism } from "@/domain/vocabulary/mechanisms"
import { typedEntity, typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { OPEN, typedSharing } from "@/testing/flow"
import { aPerson, sceneFor } from "@/testing/people"
import { aCast, allAgree, drafted, must, submitted, type Cast, type Proposed } from "@/testing/requests"
import { downloadPack, uploadPack } from "@/usecases/packs/pack-file"
import { tryPack } from "@/usecases/packs/try-pack"
import { putEntity } from "@/usecases/people/entities"
import { recheck } from "@/usecases/register/rebuild"
import { readBands } from "@/usecases/requests/read-bands"
import { readRequest } from "@/usecases/requests/read-request"
import { draftRequest, saveProposal } from "@/usecases/requests/draft-request"
import { submitRequest } from "@/usecases/requests/submit-request"
import { clockNow, newId, OPERATOR, type Actor } from "@/usecases/scene"
import { judgeWaiting } from "./judge-again"

let on: TestDatabase
let cast: Cast
let company: string

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
})
afterAll(() => on.drop())
// Each story has a company of its own: sums are a company's.
beforeEach(async () => {
  company = await chinese()
})

const CHINESE: Entity = {
  ...typedEntity({ legalName: "Onward (Shanghai) Ltd" }),
  ...{ country: "CN", zone: "Asia/Shanghai", regimes: [{ regime: "CN", firstOn: null, lastOn: null }] },
}
async function chinese(over: Partial<Entity> = {}): Promise<string> {
  return must(await putEntity(sceneFor(on.db, OPERATOR), { body: { ...CHINESE, ...over } })).id
}

// The year that the companies of these stories count in.
const YEAR = Number(dayIn("Asia/Shanghai", clockNow()).slice(0, 4))

function body(partyId: string, people: number | null, routes: Mechanism[], over: Partial<Sharing> = {}): Sharing {
  const between = { entityId: company as Id<"entity">, partyId: partyId as Id<"party"> }
  const line = { module: BLANK, agreementId: null, assessmentId: null, evidence: BLANK, ...OPEN }
  return typedSharing(between, {
    peopleCount: people === null ? unknown() : known(people),
    startsOn: known(day(`${YEAR}-01-01`)),
    endsOn: known(day(`${YEAR + 1}-12-31`)),
    destinations: known([
      {
        ...{ country: "US", kind: "storage" as const, ...OPEN },
        mechanisms: routes.map((mechanism) => ({ regime: "CN" as const, mechanism, ...line })),
      },
    ]),
    ...over,
  })
}

/** A flow out of the mainland, found running: what is already there. */
async function running(people: number | null, routes: Mechanism[] = ["cn-volume"], over: Partial<Sharing> = {}) {
  const scene = sceneFor(on.db, cast.requester)
  const draft = must(await draftRequest(scene, { title: "Found running", kind: "discovered" }))
  const party = newId(scene, "party")
  const sharing = newId(scene, "sharing")
  const both = { requestId: draft.id, op: "create" as const, discovered: true }
  must(
    await saveProposal(scene, {
      ...both,
      kind: "party",
      recordId: party,
      body: typedParty({ legalName: `P ${party}` }),
    }),
  )
  must(
    await saveProposal(scene, { ...both, kind: "sharing", recordId: sharing, body: body(party, people, routes, over) }),
  )
  must(await submitRequest(scene, { requestId: draft.id }))
  return { party, sharing }
}

/** A request that proposes one flow more to a new party. */
async function asks(people: number, routes: Mechanism[] = ["cn-volume"], over: Partial<Sharing> = {}) {
  const party = newId(sceneFor(on.db, cast.requester), "party")
  const proposals: Proposed[] = [
    { kind: "party", recordId: party, body: typedParty({ legalName: `Q ${party}` }) },
    { kind: "sharing", body: body(party, people, routes, over) },
  ]
  return drafted(on.db, cast, "One more", proposals)
}
const page = async (requestId: string, who: Actor = cast.requester) =>
  must(await readRequest(sceneFor(on.db, who), { id: requestId }))

async function settled(): Promise<void> {
  while ((await judgeWaiting({ db: on.db, now: clockNow() })) > 0);
}
/** What stands against the flow under the clause on the sums, by its sentence. */
async function standing(sharing: string): Promise<string[]> {
  const found = await rows<{ says: string }>(
    on.db,
    sql`select says from findings where record_id = ${sharing} and clause = 'CAC-2024' and until_at = 'infinity'
      and (until_on is null or until_on > current_date) order by says`,
  )
  return [...new Set(found.map((one) => one.says))]
}

test.each([
  [99_999, "free"],
  [100_000, "middle"],
  [100_001, "middle"],
  [999_999, "middle"],
  [1_000_000, "high"],
  [1_000_001, "high"],
])("a draft shows the sum before and after: with %i people the company stands in the band %s", async (people, band) => {
  const { requestId } = await asks(people)
  const { tips } = await page(requestId)
  expect(tips).toMatchObject([
    {
      entityId: company,
      before: { ordinary: 0, sensitive: 0, band: "free", next: { band: "middle", ordinary: 100_000 } },
      after: { ordinary: people, band },
      left: 0,
    },
  ])
  expect(tips[0]?.days.length).toBe(band === "free" ? 0 : 1)
})

test("of two requests that stand below by themselves the second shows that it tips, and whom it leaves without a route", async () => {
  const first = await running(60_000)
  const second = await asks(40_000, ["cn-contract"])
  const { tips, findings } = await page(second.requestId)
  expect(tips).toMatchObject([{ before: { ordinary: 60_000, band: "free" }, after: { ordinary: 100_000 }, left: 1 }])
  const said = findings.find((one) => one.says === "finding.CAC-2024.tips-left")
  expect(said).toMatchObject({ severity: "blocking", verdict: "broken", recordId: second.recordIds[1] })
  expect(said?.params).toMatchObject({ before: "60000", after: "100000", was: "free", band: "middle", n: "1" })
  // It stops the approval, though the flow that it proposes has a route that suffices.
  const request = await submitted(on.db, cast, "One more", [
    { kind: "sharing", body: body(first.party, 40_000, ["cn-contract"]) },
  ])
  const refused = await allAgree(on.db, cast, request)
  expect(refused).toMatchObject({ ok: false, code: "blocked" })
  expect(!refused.ok && refused.findings?.map((one) => one.says)).toContain("finding.CAC-2024.tips-left")
  expect(await standing(first.sharing)).toEqual([])
})

test("a request that gives the others a route as well tips the band, and says so as advice", async () => {
  const first = await running(60_000)
  const { requestId } = await drafted(on.db, cast, "Both", [
    { kind: "sharing", body: body(first.party, 40_000, ["cn-contract"]) },
    { kind: "sharing", op: "change", recordId: first.sharing, body: body(first.party, 60_000, ["cn-contract"]) },
  ])
  const { tips, findings } = await page(requestId)
  expect(tips).toMatchObject([{ after: { ordinary: 100_000, band: "middle" }, left: 0 }])
  const said = findings.filter((one) => one.clause === "CAC-2024")
  expect(said.map((one) => [one.says, one.severity])).toEqual([["finding.CAC-2024.tips", "advice"]])
})

test("what is in force stands as findings on each flow whose route does not suffice, and ends with the flow that tipped", async () => {
  const first = await running(60_000)
  await settled()
  expect(await standing(first.sharing)).toEqual([])
  const second = await running(40_000, ["cn-contract"])
  await settled()
  expect(await standing(first.sharing)).toEqual(["finding.CAC-2024.middle"])
  expect(await standing(second.sharing)).toEqual([])
  await running(900_000, ["cn-assessment"])
  await settled()
  expect(await standing(first.sharing)).toEqual(["finding.CAC-2024.high"])
  expect(await standing(second.sharing)).toEqual(["finding.CAC-2024.high"])
})

test("the year turns: what ended in the old year is not counted in the new one", async () => {
  await running(60_000, ["cn-volume"], { endsOn: known(day(`${YEAR}-12-31`)) })
  const next = { startsOn: known(day(`${YEAR + 1}-01-01`)) }
  const { tips } = await page((await asks(40_000, ["cn-volume"], next)).requestId)
  expect(tips).toMatchObject([
    { on: `${YEAR + 1}-01-01`, days: [], before: { ordinary: 0 }, after: { ordinary: 40_000, band: "free" } },
  ])
  const now = await page((await asks(40_000)).requestId)
  expect(now.tips).toMatchObject([{ after: { ordinary: 100_000, band: "middle" } }])
  expect(now.tips[0]?.days[0]?.to).toBe(`${YEAR + 1}-01-01`)
})

test("flows for named persons count for the band; their figures are told to nobody else", async () => {
  await running(70_000, ["cn-contract"], { restrictedTo: [cast.requester.id as Id<"person">] })
  const { requestId } = await asks(40_000, ["cn-contract"])
  must(await submitRequest(sceneFor(on.db, cast.requester), { requestId }))
  expect((await page(requestId)).tips).toMatchObject([{ before: { ordinary: 70_000 }, after: { ordinary: 110_000 } }])
  const other = await page(requestId, cast.secondLegal)
  expect(other.tips).toMatchObject([
    { before: { ordinary: 0 }, after: { ordinary: 40_000, band: "middle", next: null } },
  ])
  expect(JSON.stringify([other.tips, other.findings])).not.toMatch(/70000|110000/)
})

test("numbers that nobody knows make the answer unknown; a critical operator stands highest whatever the sum", async () => {
  const first = await running(null, [])
  await settled()
  const found = await rows<{ verdict: string }>(
    on.db,
    sql`select verdict from findings where record_id = ${first.sharing} and clause = 'CAC-2024' and until_at = 'infinity'`,
  )
  expect(found.map((one) => one.verdict)).toEqual(["unknown"])
  must(await putEntity(sceneFor(on.db, OPERATOR), { id: company, body: { ...CHINESE, criticalOperator: true } }))
  await settled()
  expect(await standing(first.sharing)).toEqual(["finding.CAC-2024.high"])
})

test("a company that Chinese law does not bind adds up nothing", async () => {
  company = cast.entityId
  const { requestId } = await asks(5_000_000)
  expect((await page(requestId)).tips).toEqual([])
  await running(5_000_000)
  await settled()
  expect(await rows(on.db, sql`select 1 from band_flows where entity_id = ${cast.entityId}`)).toEqual([])
})

test("a request of more than fifty records shows the same figures, added up from every sharing that it proposes", async () => {
  const first = await running(60_000)
  const flows: Proposed[] = Array.from({ length: 51 }, () => ({
    kind: "sharing",
    body: body(first.party, 1_000, ["cn-contract"]),
  }))
  const { requestId } = await drafted(on.db, cast, "Many", flows)
  const few = await page(requestId)
  must(await submitRequest(sceneFor(on.db, cast.requester), { requestId }))
  expect(await page(requestId)).toMatchObject({ many: true, tips: [] })
  const bands = must(await readBands(sceneFor(on.db, cast.requester), { id: requestId }))
  expect(bands).toMatchObject({
    sharings: 51,
    tips: [{ entityId: company, left: 1, after: { ordinary: 111_000, band: "middle" } }],
  })
  expect(bands.tips).toEqual(few.tips)
  const elsewhere = await aPerson(on.db, "Not Here", ["legal"], cast.entityId)
  expect(await readBands(sceneFor(on.db, elsewhere), { id: requestId })).toMatchObject({ ok: false, code: "not-found" })
})

/** The next version of the law on volumes, with other numbers or without its clause. */
async function lawTried(over: { free?: number; without?: string }) {
  const lawyer = sceneFor(on.db, cast.secondLegal)
  const file = JSON.parse(must(await downloadPack(lawyer, { pack: "cac" })).text) as Pack
  const bands = (file.facts?.bands ?? []).map((line) => ({
    ...line,
    bands: line.bands.map((band) => (band.name === "free" && over.free ? { ...band, ordinary: over.free } : band)),
  }))
  const clauses = file.clauses.filter((one) => one.id !== over.without)
  const text = JSON.stringify({
    ...file,
    clauses,
    effectiveFrom: dayIn("UTC", clockNow()),
    facts: { ...file.facts, bands },
  })
  const draft = must(await uploadPack(lawyer, { text, title: "CAC" }))
  const tried = must(await tryPack(lawyer, { requestId: draft.id, recordId: draft.recordId, asked: true }))
  const of = (id: string) => tried.lines.find((line) => line.id === id)
  return { draft, of }
}

test("a law that is tried with other thresholds says whom it leaves without a route, by the sums of all flows", async () => {
  const [first, second] = [await running(60_000), await running(30_000)]
  await settled()
  const lower = await lawTried({ free: 80_000 })
  for (const one of [first, second])
    expect(lower.of(one.sharing)?.findings.map((found) => [found.clause, found.says])).toEqual([
      ["CAC-2024", "finding.CAC-2024.middle"],
    ])
  const same = await lawTried({})
  expect(same.of(first.sharing)).toBeUndefined()
  await running(40_000, ["cn-contract"])
  await settled()
  expect(await standing(first.sharing)).toEqual(["finding.CAC-2024.middle"])
  const higher = await lawTried({ free: 200_000 })
  expect(higher.of(first.sharing)?.gone?.map((found) => found.clause)).toEqual(["CAC-2024"])
  const without = await lawTried({ without: "CAC-2024" })
  expect(without.of(first.sharing)?.gone?.map((found) => found.clause)).toEqual(["CAC-2024"])
})

test("a full recompute gives the same sums and the same findings", async () => {
  await running(70_000)
  await running(40_000, ["cn-contract"], { startsOn: known(day(`${YEAR - 1}-06-01`)) })
  await settled()
  const all = async () => ({
    sums: await rows(
      on.db,
      sql`select * from band_sums where ordinary <> 0 or sensitive <> 0 or unknown <> 0 order by entity_id, on_day`,
    ),
    flows: await rows(on.db, sql`select * from band_flows order by record_id`),
    findings: await rows(on.db, sql`select * from findings where until_at = 'infinity' order by record_id, key`),
    judged: await rows(on.db, sql`select * from judgements where until_at = 'infinity' order by record_id`),
  })
  const kept = await all()
  expect(kept.sums.length).toBeGreaterThan(1)
  expect(kept.findings.some((one) => (one as { clause: string }).clause === "CAC-2024")).toBe(true)
  await on.db.transaction((tx) => recheck(tx, clockNow()))
  expect(await all()).toEqual(kept)
})
