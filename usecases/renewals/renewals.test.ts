import { afterAll, beforeAll, expect, test } from "vitest"
import { sql } from "drizzle-orm"
import { row, rows } from "@/db/connect"
import { paperDays } from "@/db/statements/renewals"
import { known, NOT_APPLICABLE } from "@/domain/core/answer"
import { addDays, dayIn, monthsBefore, type Day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import { plusMillis, type Instant } from "@/domain/core/instant"
import type { Agreement } from "@/domain/records/agreement"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement, typedAssessment, typedSharing } from "@/testing/flow"
import { anEntity, aPerson, sceneFor } from "@/testing/people"
import { allAgree, aCast, inForce, must, type Cast } from "@/testing/requests"
import { judgeWaiting, turnPapers } from "@/usecases/checks/judge-again"
import { readRecord } from "@/usecases/register/read-record"
import { submitRequest } from "@/usecases/requests/submit-request"
import { clockNow, newId } from "@/usecases/scene"
import { readCalendar } from "@/usecases/told/calendar"
import { readInbox } from "@/usecases/told/inbox"
import { remindPapers } from "@/usecases/told/remind-papers"
import { readWhatIf } from "@/usecases/whatif/read-what-if"
import { confirmPaper } from "@/usecases/papers/confirm-paper"
import { beginRenewal } from "./begin-renewal"
import { listRenewals } from "./list-renewals"
import { readPaperCover } from "./read-cover"
import { readRenewal } from "./read-renewal"

let on: TestDatabase
let cast: Cast
// Where the company is: an hour before midnight in UTC it is the next day there.
const today = dayIn("Europe/Berlin", clockNow())
const inDays = (days: number): Instant => plusMillis(clockNow(), days * 86_400_000)
const scene = (who = cast.procurement) => sceneFor(on.db, who)
const express = known({ way: "express" as const, months: 12, noticeMonths: 1 })
const tacit = known({ way: "tacit" as const, months: 12, noticeMonths: 1 })

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
})
afterAll(() => on.drop())

/** A flow with its party and this paper, in force; gives the ids of the paper and the sharing. */
async function aPaper(over: Partial<Agreement>, title = "Processing clauses") {
  const at = sceneFor(on.db, cast.requester)
  const [partyId, sharingId] = [newId(at, "party"), newId(at, "sharing")]
  const between = { entityId: cast.entityId as Id<"entity">, partyId }
  const [, , paperId] = await inForce(on.db, cast, title, [
    { kind: "party", recordId: partyId, body: typedParty() },
    { kind: "sharing", recordId: sharingId, body: typedSharing(between, { endsOn: NOT_APPLICABLE }) },
    { kind: "agreement", body: typedAgreement(between, [sharingId], { title, ...over }) },
    { kind: "assessment", body: typedAssessment(partyId, { validUntil: known(addDays(today, 2000)) }) },
  ])
  return { paperId: paperId as string, sharingId: sharingId as string, partyId: partyId as string }
}

const linesOf = async (paperId: string, who = cast.procurement) =>
  must(await listRenewals(scene(who), { size: 200 })).rows.filter((line) => line.recordId === paperId)

test("a paper that comes to its end is on the desk, in its owner's inbox and calendar; renewed by one request it goes on", async () => {
  const last = addDays(today, 60)
  const { paperId, sharingId } = await aPaper({ endsOn: known(last), renewal: express, owner: known("Piet Procure") })
  const by = monthsBefore(last, 1)
  expect((await linesOf(paperId)).map((line) => [line.kind, line.dueOn, line.person])).toEqual([
    ["renewal", by, "Piet Procure"],
    ["ends", last, "Piet Procure"],
  ])
  const page = must(await listRenewals(scene(), {}))
  expect(page.months.reduce((sum, one) => sum + one.n, 0)).toBeGreaterThanOrEqual(2)
  const piet = { ...cast.procurement, name: "Piet Procure" }
  expect(must(await readInbox(scene(piet), {})).due.renewals).toBe(2)
  const calendar = must(await readCalendar(scene(piet), {})).entries.filter((one) => one.recordId === paperId)
  expect(calendar.map((one) => [one.kind, one.on])).toEqual([
    ["renewal", by],
    ["ends", last],
  ])

  const renewal = must(await readRenewal(scene(cast.requester), { id: paperId }))
  const to = renewal.renewedTo as Day
  expect(renewal).toMatchObject({ last, standing: { is: "ends" } })
  const scenario = { kind: "agreement-ends", agreementId: paperId, on: last }
  const without = must(await readWhatIf(scene(), { scenario, change: "uncovered" }))
  expect(without.lines.map((line) => line.id)).toEqual([sharingId])

  const ask = { agreementId: paperId, way: "renew", title: "Renew it" }
  const begun = must(await beginRenewal(scene(cast.requester), ask))
  // Pressed twice it is one request; begun anew under another name, it is said what is under way.
  expect(must(await beginRenewal(scene(cast.requester), ask))).toEqual(begun)
  const other = { ...ask, title: "Renew it for good" }
  const open = { ok: false, says: "conflict.renewal-open", params: { title: "R-2 Renew it" } }
  expect(await beginRenewal(scene(cast.requester), other)).toMatchObject(open)
  // What came after the page was shown was not seen: it is not gone past.
  const past = { ...other, anyway: true, seen: [] as string[] }
  expect(await beginRenewal(scene(cast.requester), past)).toMatchObject(open)
  const sent = must(await submitRequest(scene(cast.requester), { requestId: begun.id }))
  expect(sent.stages.map((one) => one.stage)).toEqual(["procurement"])
  must(await allAgree(on.db, cast, { requestId: begun.id, recordIds: [paperId], ...sent }))
  expect((await linesOf(paperId)).map((line) => [line.kind, line.dueOn])).toEqual([
    ["renewal", monthsBefore(to, 1)],
    ["ends", to],
  ])
  const flow = must(await readRecord(scene(), { id: sharingId }))
  expect(flow.coverage?.gaps[0]?.from).toBe(addDays(to, 1))
})

test("a paper that renews of itself comes by its next day for notice once one is over, and never loses its cover", async () => {
  const last = addDays(today, 200)
  const { paperId, sharingId } = await aPaper({ endsOn: known(last), renewal: tacit })
  const first = monthsBefore(last, 1)
  expect((await linesOf(paperId)).map((line) => [line.kind, line.dueOn, line.sinceOn])).toEqual([
    ["notice", first, last],
  ])
  const later = inDays(200)
  await turnPapers({ db: on.db, now: later })
  await turnPapers({ db: on.db, now: later })
  while ((await judgeWaiting({ db: on.db, now: later })) > 0);
  const due = await row<{ dueOn: string }>(
    on.db,
    sql`select due_on as "dueOn" from review_dues where record_id = ${paperId} and until_at = 'infinity'`,
  )
  expect(due?.dueOn.slice(0, 4)).toBe(String(Number(first.slice(0, 4)) + 1))
  expect(must(await readRecord(scene(), { id: sharingId })).coverage?.gaps).toEqual([])
})

test("let lapse, it ends with the term for which notice was in time; in its place another holds", async () => {
  const last = addDays(today, 100)
  const { paperId, partyId, sharingId } = await aPaper({ endsOn: known(last), renewal: tacit })
  const ask = { agreementId: paperId, way: "lapse", title: "Let it lapse" }
  expect(must(await readRenewal(scene(), { id: paperId }))).toMatchObject({ needsNotice: true, noticeOn: null })
  for (const [noticeOn, says] of [
    [null, "invalid.notice-day"],
    [addDays(today, 1), "invalid.notice-future"],
  ])
    expect(await beginRenewal(scene(cast.requester), { ...ask, noticeOn })).toMatchObject({
      ...{ ok: false, code: "invalid", fields: [{ path: "noticeOn", says }] },
    })
  const given = { ...ask, noticeOn: addDays(today, -2) }
  const [begun, twice] = await Promise.all(
    [1, 2].map(async () => must(await beginRenewal(scene(cast.requester), given))),
  )
  if (!begun) throw new Error("nothing was begun")
  expect(twice).toEqual(begun)
  const proposed = await row<{ body: Agreement }>(
    on.db,
    sql`select body::jsonb as body from proposals where request_id = ${begun.id}`,
  )
  expect(proposed?.body.noticeGivenOn).toEqual(known(addDays(today, -2)))
  const sent = must(await submitRequest(scene(cast.requester), { requestId: begun.id }))
  must(await allAgree(on.db, cast, { requestId: begun.id, recordIds: [paperId], ...sent }))
  expect((await linesOf(paperId)).map((line) => [line.kind, line.rule, line.dueOn])).toEqual([
    ["ends", "ends-notice", last],
  ])
  expect(await beginRenewal(scene(cast.requester), given)).toMatchObject({ says: "conflict.renewal-settled" })
  const anew = must(await beginRenewal(scene(cast.requester), { ...ask, way: "renegotiate" }))
  const body = await row<{ body: Agreement }>(
    on.db,
    sql`select body::jsonb as body from proposals where request_id = ${anew.id}`,
  )
  expect(body?.body).toMatchObject({ replaces: paperId, effectOn: known(addDays(last, 1)), signatories: [], files: [] })
  const between = { entityId: cast.entityId as Id<"entity">, partyId: partyId as Id<"party"> }
  await inForce(on.db, cast, "In its place", [
    {
      kind: "agreement",
      body: typedAgreement(between, [sharingId as Id<"sharing">], {
        ...{ replaces: paperId as Id<"agreement">, effectOn: known(addDays(today, -1)), endsOn: NOT_APPLICABLE },
      }),
    },
  ])
  expect(await linesOf(paperId)).toEqual([])
  expect(must(await readRecord(scene(), { id: sharingId })).coverage?.gaps).toEqual([])
})

test("a paper in its place that two people have still to confirm silences nothing", async () => {
  const { paperId, partyId } = await aPaper({ endsOn: known(addDays(today, 50)), renewal: tacit }, "Waits for two")
  const before = await linesOf(paperId)
  expect(before.length).toBeGreaterThan(0)
  const between = { entityId: cast.entityId as Id<"entity">, partyId: partyId as Id<"party"> }
  const byHand = typedAgreement(between, [], {
    ...{ kind: "confidentiality", signing: known("by-hand"), replaces: paperId as Id<"agreement"> },
    ...{ effectOn: known(addDays(today, -1)), endsOn: NOT_APPLICABLE },
  })
  const [newer] = await inForce(on.db, cast, "In its place, by hand", [{ kind: "agreement", body: byHand }])
  const files = byHand.files.map(({ sha256 }) => sha256)
  const told = async (): Promise<string[]> => {
    const span = { from: addDays(today, -400), until: addDays(today, 400), after: null, most: 1000 }
    return (await paperDays(on.db, span)).flatMap((one) => (one.recordId === paperId ? [one.kind] : []))
  }
  for (const actor of [cast.procurement, cast.legal]) {
    expect(await linesOf(paperId)).toEqual(before)
    expect(await told()).not.toEqual([])
    must(await confirmPaper(scene(actor), { agreementId: newer as string, saw: "original", files }))
  }
  expect(await linesOf(paperId)).toEqual([])
  expect(await told()).toEqual([])
})

test("what ran out asks what becomes of it until it is ended", async () => {
  const { paperId } = await aPaper({ endsOn: NOT_APPLICABLE }, "Runs out")
  const stored = must(await readRecord(scene(), { id: paperId })).record.body as Agreement
  const out = { ...stored, endsOn: known(addDays(today, -5)), renewal: express, restrictedTo: null }
  await inForce(on.db, cast, "Ran out", [{ kind: "agreement", op: "change", recordId: paperId, body: out }])
  expect((await linesOf(paperId)).map((line) => [line.kind, line.rule, line.when])).toEqual([
    ["ends", "ends-over", "overdue"],
  ])
  const begun = must(
    await beginRenewal(scene(cast.requester), { agreementId: paperId, way: "lapse", title: "It is over" }),
  )
  const sent = must(await submitRequest(scene(cast.requester), { requestId: begun.id }))
  must(await allAgree(on.db, cast, { requestId: begun.id, recordIds: [paperId], ...sent }))
  expect(await linesOf(paperId)).toEqual([])
})

test("is told ninety days before, a fortnight before and on the day, once each: to its owner, else to procurement", async () => {
  const told = (id: string) =>
    rows<{ what: string; personId: string }>(
      on.db,
      sql`select what, person_id as "personId" from tellings where record_id = ${id} and clause = 'notice' order by at, what`,
    )
  const last = addDays(today, 400)
  const due = monthsBefore(last, 1)
  const own = await aPaper({ endsOn: known(last), renewal: tacit, owner: known("Dora Protect") }, "Owned")
  const none = await aPaper({ endsOn: known(last), renewal: tacit }, "Nobody's")
  const at = (before: number): Instant => `${addDays(due, -before)}T12:00:00.000Z` as Instant
  for (const before of [95, 90, 89, 10, 9, 0]) await remindPapers({ db: on.db, now: at(before) })
  const thrice = (personId: string) => ["paper-ahead", "paper-near", "paper"].map((what) => ({ what, personId }))
  expect(await told(own.paperId)).toEqual(thrice(cast.dpo.id))
  expect(await told(none.paperId)).toEqual(thrice(cast.procurement.id))
})

test("what is kept to named persons, or is another company's, is on nobody else's desk and told to nobody else", async () => {
  const other = await anEntity(on.db)
  const stranger = await aPerson(on.db, "Else Where", ["procurement"], other)
  const last = addDays(today, 50)
  const { paperId } = await aPaper({ endsOn: known(last), renewal: tacit })
  expect(await linesOf(paperId, stranger)).toEqual([])
  expect(await readRenewal(scene(stranger), { id: paperId })).toMatchObject({ ok: false, code: "not-found" })
  expect(await beginRenewal(scene(stranger), { agreementId: paperId, way: "renew", title: "x" })).toMatchObject({
    ...{ ok: false, code: "not-found" },
  })
  await on.db.execute(
    sql`update review_dues set restricted_to = array[${cast.legal.id}] where record_id = ${paperId} and until_at = 'infinity'`,
  )
  expect(await linesOf(paperId)).toEqual([])
  await remindPapers({ db: on.db, now: inDays(1) })
  expect(await rows(on.db, sql`select 1 from tellings where record_id = ${paperId}`)).toEqual([])
})

test("of a paper that its named owner may not know, procurement is told", async () => {
  const { paperId } = await aPaper({ endsOn: known(addDays(today, 80)), owner: known("Dora Protect") }, "Kept quiet")
  await on.db.execute(
    sql`update review_dues set restricted_to = array[${cast.procurement.id}] where record_id = ${paperId} and until_at = 'infinity'`,
  )
  await remindPapers({ db: on.db, now: inDays(1) })
  expect(
    await rows(on.db, sql`select distinct person_id as "personId" from tellings where record_id = ${paperId}`),
  ).toEqual([{ personId: cast.procurement.id }])
})

test("a paper that names a further party covers what flows to that one, and its page says so", async () => {
  const at = sceneFor(on.db, cast.requester)
  const { paperId, partyId } = await aPaper({ endsOn: NOT_APPLICABLE }, "Of two parties")
  const [secondId, sharingId] = [newId(at, "party"), newId(at, "sharing")]
  const between = { entityId: cast.entityId as Id<"entity">, partyId: secondId }
  await inForce(on.db, cast, "The second", [{ kind: "party", recordId: secondId, body: typedParty() }])
  const named = { ...between, partyId: partyId as Id<"party"> }
  await inForce(on.db, cast, "And its flow", [
    { kind: "sharing", recordId: sharingId, body: typedSharing(between, { endsOn: NOT_APPLICABLE }) },
    { kind: "assessment", body: typedAssessment(secondId, { validUntil: known(addDays(today, 2000)) }) },
    {
      kind: "agreement",
      op: "change",
      recordId: paperId,
      body: typedAgreement(named, [sharingId], { endsOn: NOT_APPLICABLE, furtherParties: [secondId] }),
    },
  ])
  expect(must(await readRecord(scene(), { id: sharingId })).coverage?.gaps).toEqual([])
  const cover = must(await readPaperCover(scene(), { id: paperId }))
  expect(cover.lines.map((line) => [line.id, line.uncovered !== null, line.clauses.includes("S-III.A-2")])).toEqual([
    [sharingId, true, true],
  ])
})

test("what a clause obliges to has its day, its words, and comes again after it was done", async () => {
  const line = {
    ...{ what: "certificate" as const, who: "party" as const, says: "ISO certificate of the year" },
    ...{ firstOn: known(addDays(today, 20)), everyMonths: known(12), doneOn: { state: "blank" as const } },
  }
  const { paperId } = await aPaper({ endsOn: NOT_APPLICABLE, obligations: [line] })
  const [due] = await linesOf(paperId)
  expect(due).toMatchObject({ kind: "obligation", about: "certificate", says: line.says, dueOn: addDays(today, 20) })
  expect(due?.path).toBe("obligations.0.doneOn")
  const stored = await row<{ body: string }>(
    on.db,
    sql`select body from versions where record_id = ${paperId} order by n desc limit 1`,
  )
  expect(stored?.body).not.toContain(line.says)
})

test.each(["", "nothing", "agr_x"])("no such paper: %j", async (id) => {
  expect(await readRenewal(scene(), { id })).toMatchObject({ ok: false })
  expect(await beginRenewal(scene(), { agreementId: id, way: "burn", title: "" })).toMatchObject({ code: "invalid" })
})
