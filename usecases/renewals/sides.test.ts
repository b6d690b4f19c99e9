import { afterAll, beforeAll, expect, test } from "vitest"
import { sql } from "drizzle-orm"
import { rows } from "@/db/connect"
import { known } from "@/domain/core/answer"
import { addDays, dayIn, monthsBefore } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import { plusMillis } from "@/domain/core/instant"
import type { Agreement } from "@/domain/records/agreement"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement } from "@/testing/flow"
import { anEntity, aPerson, sceneFor } from "@/testing/people"
import { aCast, inForce, must, seatOf, submitted, type Cast, type Submitted } from "@/testing/requests"
import { betweenIds } from "@/db/statements/announcements"
import { makeFacets } from "@/usecases/register/facet-cache"
import { listRecords } from "@/usecases/register/list-records"
import { decideRequest } from "@/usecases/requests/decide-request"
import { readRequest } from "@/usecases/requests/read-request"
import { clockNow, newId, type Actor } from "@/usecases/scene"
import { readCalendar } from "@/usecases/told/calendar"
import { readInbox } from "@/usecases/told/inbox"
import { remindPapers } from "@/usecases/told/remind-papers"
import { listRenewals } from "./list-renewals"
import { readRenewal } from "./read-renewal"

let on: TestDatabase
let cast: Cast
let second: string
let third: string
let there: Record<"procurement" | "legal" | "stranger", Actor>
let body: Agreement
let paperId: string
let partyId: string
let otherParty: string
// Where the company is: an hour before midnight in UTC it is the next day there.
const today = dayIn("Europe/Berlin", clockNow())
const last = addDays(today, 100)
const scene = (who: Actor) => sceneFor(on.db, who)

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  second = await anEntity(on.db)
  third = await anEntity(on.db)
  there = {
    procurement: await aPerson(on.db, "Sven Second", ["procurement"], second),
    legal: await aPerson(on.db, "Sara Second", ["legal"], second),
    stranger: await aPerson(on.db, "Tom Third", ["procurement", "legal"], third),
  }
  const at = scene(cast.requester)
  partyId = newId(at, "party")
  otherParty = newId(at, "party")
  body = typedAgreement({ entityId: cast.entityId as Id<"entity">, partyId: partyId as Id<"party"> }, [], {
    ...{ title: "Of two companies", endsOn: known(last) },
    renewal: known({ way: "tacit", months: 12, noticeMonths: 1 }),
    furtherEntities: [second as Id<"entity">],
    furtherParties: [otherParty as Id<"party">],
  })
  const parties = [partyId, otherParty].map((id, i) => ({
    ...{ kind: "party" as const, recordId: id, body: { ...typedParty(), legalName: `Party ${i} Ltd` } },
  }))
  await inForce(on.db, cast, "Two parties", parties)
  const two = await submitted(on.db, cast, "A paper of two", [{ kind: "agreement", body }])
  await agreedByAll(two)
  paperId = two.recordIds[0] as string
  const alone = { ...body, title: "Of one", furtherEntities: [], furtherParties: [] }
  await inForce(on.db, cast, "A paper of one", [{ kind: "agreement", body: alone }])
})
afterAll(() => on.drop())

/** Each company's own people say yes. */
async function agreedByAll(request: Submitted): Promise<void> {
  for (const { stage, seat, entityId } of request.stages) {
    const who = entityId === second ? there[stage as "procurement" | "legal"] : seatOf(cast, stage)
    const { requestId, hash } = request
    const verdict = seat === "decides" ? "approve" : "agree"
    must(await decideRequest(scene(who), { requestId, hash, stage, entityId, verdict }))
  }
}

test("whoever reads a further company has the paper on their desk, in their calendar, inbox and list; nobody else's", async () => {
  const { procurement, stranger } = there
  const desk = must(await listRenewals(scene(procurement), {}))
  expect(desk.rows.map((one) => [one.recordId, one.kind, one.dueOn])).toEqual([
    [paperId, "notice", monthsBefore(last, 1)],
  ])
  expect([desk.total, desk.months.reduce((sum, one) => sum + one.n, 0)]).toEqual([1, 1])
  expect(desk.facets.entity?.map((one) => [one.value, one.n])).toEqual(
    [cast.entityId, second].sort().map((id) => [id, 1]),
  )
  const here = must(await listRenewals(scene(cast.procurement), { filters: { entity: [second] } }))
  expect(here.rows.map((one) => one.recordId)).toEqual([paperId])
  const excluded = must(await listRenewals(scene(cast.procurement), { excluded: { entity: [second] } }))
  expect(excluded.rows.map((one) => one.title)).toEqual(["Of one"])
  expect(must(await readInbox(scene(procurement), {})).due.renewals).toBe(1)
  const calendar = must(await readCalendar(scene(procurement), {})).entries
  expect(calendar.map((one) => [one.recordId, one.kind])).toEqual([[paperId, "notice"]])
  expect(must(await readRenewal(scene(procurement), { id: paperId })).title).toBe(body.title)

  expect(must(await listRenewals(scene(stranger), {})).total).toBe(0)
  expect(must(await readCalendar(scene(stranger), {})).entries).toEqual([])
  expect(await readRenewal(scene(stranger), { id: paperId })).toMatchObject({ ok: false, code: "not-found" })
})

test.each(["asked of the database", "by the index"])("lists, totals and facets know every side, %s", async (way) => {
  if (way === "by the index") await makeFacets(on.db, "agreements", today)
  const list = async (who: Actor, over: object = {}) =>
    must(await listRecords(scene(who), { list: "agreements", facets: ["entity", "kind"], ...over }))
  const asOf = clockNow()
  for (const over of [{}, { asOf }]) {
    const mine = await list(there.procurement, over)
    expect([mine.rows.map((one) => one.id), mine.total]).toEqual([[paperId], 1])
    expect(mine.facets.entity?.map((one) => [one.value, one.n])).toEqual(
      [cast.entityId, second].sort().map((id) => [id, 1]),
    )
    expect((await list(there.stranger, over)).total).toBe(0)
    const of = async (filters: object) => (await list(cast.legal, { ...over, filters })).rows.map((one) => one.title)
    expect(await of({ entity: [second] })).toEqual(["Of two companies"])
    expect(await of({ entity: [cast.entityId] })).toEqual(["Of one", "Of two companies"])
    expect(await of({ party: [otherParty] })).toEqual(["Of two companies"])
    expect(await of({ entity: [third] })).toEqual([])
    const all = await list(cast.legal, { ...over, filters: { entity: [second] } })
    expect(all.total).toBe(1)
    expect(all.facets.entity?.map((one) => [one.value, one.n])).toEqual([
      [cast.entityId, 2],
      [second, 1],
    ])
  }
})

test("nobody is named: procurement of each of its companies is told, and the mail names it", async () => {
  await remindPapers({ db: on.db, now: clockNow() })
  const told = await rows<{ personId: string }>(
    on.db,
    sql`select person_id as "personId" from tellings where record_id = ${paperId} order by 1`,
  )
  expect(told.map((one) => one.personId)).toEqual([cast.procurement.id, there.procurement.id].sort())
  const inbox = must(await readInbox(sceneFor(on.db, there.procurement, { now: plusMillis(clockNow(), 1000) }), {}))
  expect(inbox.told.map((one) => [one.recordId, one.title])).toEqual([[paperId, body.title]])
})

test("what a party announces to a further company finds the paper", async () => {
  const found = await on.db.transaction((tx) => betweenIds(tx, second, otherParty))
  expect(found.papers).toEqual([paperId])
})

test("a company that a paper leaves decides that, sees what is proposed, and only then loses sight of it", async () => {
  const alone = { ...body, furtherEntities: [] }
  const request = await submitted(on.db, cast, "Without the second", [
    { kind: "agreement", op: "change", recordId: paperId, body: alone },
  ])
  expect([...new Set(request.stages.map((one) => one.entityId))].sort()).toEqual([cast.entityId, second].sort())
  const theirs = must(await readRequest(scene(there.legal), { id: request.requestId }))
  expect(theirs.proposals.map((one) => one.recordId)).toEqual([paperId])
  expect(await readRequest(scene(there.stranger), { id: request.requestId })).toMatchObject({ ok: false })
  await agreedByAll(request)
  expect(must(await listRenewals(scene(there.procurement), {})).total).toBe(0)
  expect(await readRenewal(scene(there.procurement), { id: paperId })).toMatchObject({ ok: false })
})
