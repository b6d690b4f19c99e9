import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { row, rows } from "@/db/connect"
import { known, NOT_APPLICABLE, valueOf } from "@/domain/core/answer"
import { addDays, dayIn, type Day } from "@/domain/core/day"
import { fromMillis, toMillis } from "@/domain/core/instant"
import type { Id } from "@/domain/core/id"
import type { Sharing } from "@/domain/records/sharing"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement, typedAssessment, typedSharing } from "@/testing/flow"
import { sceneFor } from "@/testing/people"
import { aCast, allAgree, inForce, must, type Cast } from "@/testing/requests"
import { tellingsOfMail } from "@/db/statements/tellings"
import { tellEnded } from "./tell-ended"
import { readEnding } from "./read-ending"
import { beginEnding, proveDeletion } from "./end-sharing"
import { listReviews } from "@/usecases/desk/list-reviews"
import { listRecords } from "@/usecases/register/list-records"
import { readRecord } from "@/usecases/register/read-record"
import { rebuildRows } from "@/usecases/register/rebuild"
import { draftRequest, saveProposal } from "@/usecases/requests/draft-request"
import { submitRequest } from "@/usecases/requests/submit-request"
import { remind } from "@/usecases/told/remind"
import { readInbox } from "@/usecases/told/inbox"
import { clockNow, newId, type Actor, type Scene } from "@/usecases/scene"

let on: TestDatabase
let cast: Cast
const today = dayIn("Europe/Berlin", clockNow())
const ago = (days: number): Day => addDays(today, -days)

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
})
afterAll(() => on.drop())

const scene = (who = cast.requester) => sceneFor(on.db, who)

/** A flow with its paper in force; the paper gives so many days after the end. */
async function aFlow(over: Partial<Sharing>, deletionDays: number | null = null) {
  const [partyId, sharingId] = [newId(scene(), "party"), newId(scene(), "sharing")]
  const between = { entityId: cast.entityId as Id<"entity">, partyId }
  const term = deletionDays === null ? {} : { deletionDays: known(deletionDays) }
  const paper = typedAgreement(between, [sharingId], { endsOn: NOT_APPLICABLE, ...term })
  const open = { endsOn: NOT_APPLICABLE, owner: known("Rita Request") } as const
  await inForce(on.db, cast, "A flow", [
    { kind: "party", recordId: partyId, body: typedParty({ legalName: `Party ${sharingId}` }) },
    { kind: "sharing", recordId: sharingId, body: typedSharing(between, { ...open, ...over }) },
    { kind: "agreement", body: paper },
    { kind: "assessment", body: typedAssessment(partyId, { validUntil: known(addDays(today, 400)) }) },
  ])
  return { partyId, sharingId, between }
}

/** Submits the draft, and everybody says yes. */
async function approved(requestId: string, more: Partial<Scene> = {}) {
  const done = must(await submitRequest({ ...scene(), ...more }, { requestId }))
  return must(await allAgree(on.db, cast, { requestId, recordIds: [], ...done }, more))
}

const bodyOf = async (id: string) => must(await readRecord(scene(), { id })).record
const reads = async (id: string) =>
  must(
    await listRecords(scene(), {
      list: "sharings",
      filters: { deletion: ["unproven", "overdue"] },
      facets: ["deletion"],
    }),
  ).rows.find((one) => one.id === id)
const proof = (recordId: string, over: object = {}) => ({
  ...{ recordId, title: "Evidence", how: "deleted", provenOn: today, confirmedBy: "Ada of the party" },
  ...{ what: "All accounts.", ...over },
})

test("an ending sets by when the data is gone: by the flow's own retention, or by the paper's term where that is shorter", async () => {
  const last = ago(3)
  const terms = [
    [null, "retention", 30],
    [12, "agreement", 12],
    [90, "retention", 30],
  ] as const
  for (const [paper, term, days] of terms) {
    const { sharingId } = await aFlow({}, paper)
    const begun = must(await beginEnding(scene(), { recordId: sharingId, title: "End", lastOn: last }))
    const draft = await row<{ body: string }>(on.db, sql`select body from proposals where request_id = ${begun.id}`)
    const body = JSON.parse(draft?.body ?? "{}") as Sharing
    expect(valueOf(body.endsOn)).toBe(last)
    expect(valueOf(body.deletionDue)).toMatchObject({ on: addDays(last, days), term })
  }
}, 60_000)

test("until the evidence is there it reads ended, deletion unproven: in lists, on the desk, in the inbox, as a finding", async () => {
  const { sharingId } = await aFlow({})
  const begun = must(await beginEnding(scene(), { recordId: sharingId, title: "End", lastOn: ago(40) }))
  // A late ending is never stopped by what it still owes.
  expect((await approved(begun.id)).state).toBe("approved")
  expect(await bodyOf(sharingId)).toMatchObject({ standing: "ended" })
  const page = must(await readRecord(scene(), { id: sharingId }))
  expect(page.findings.filter((one) => one.clause === "S-IV-1.2")).toMatchObject([
    { verdict: "broken", from: ago(9), to: null, path: "deletionProof" },
  ])
  expect(page.findings.map((one) => one.clause).filter((clause) => clause.startsWith("S-III"))).toEqual([])
  expect(await reads(sharingId)).toMatchObject({ unprovenFrom: ago(39), proofDueOn: ago(10) })
  const desk = must(await listReviews(scene(), { filters: { kind: ["deletion"] } }))
  expect(desk.rows.find((one) => one.recordId === sharingId)).toMatchObject({
    ...{ kind: "deletion", rule: "days-after-end", dueOn: ago(10), sinceOn: ago(40), length: 30 },
    ...{ when: "overdue", person: "Rita Request" },
  })
  expect(
    must(await readInbox(scene({ ...cast.requester, name: "Rita Request" } as Actor), {})).due.reviews,
  ).toBeGreaterThan(0)
  await remind({ db: on.db, now: clockNow() })
  const told = await rows<{ kind: string; clause: string; person: string }>(
    on.db,
    sql`select kind, clause, person_id as person from tellings where record_id = ${sharingId}`,
  )
  expect(told).toContainEqual({ kind: "due", clause: "deletion", person: cast.requester.id })
  // The tables made anew from the versions say the same.
  const before = await rows(
    on.db,
    sql`select unproven_from, proof_due_on from sharing_rows where record_id = ${sharingId} and until_at = 'infinity'`,
  )
  await on.db.transaction((tx) => rebuildRows(tx, clockNow()))
  const after = await rows(
    on.db,
    sql`select unproven_from, proof_due_on from sharing_rows where record_id = ${sharingId} and until_at = 'infinity'`,
  )
  expect(after).toEqual(before)

  const bring = must(await proveDeletion(scene(), proof(sharingId)))
  await approved(bring.id)
  const done = await bodyOf(sharingId)
  expect(done).toMatchObject({ standing: "ended", version: 3 })
  expect((done.body as Sharing).deletionReport).toMatchObject({
    value: { how: "deleted", confirmedBy: "Ada of the party" },
  })
  expect(await reads(sharingId)).toBeUndefined()
  const left = must(await listReviews(scene(), { filters: { kind: ["deletion"] } }))
  expect(left.rows.filter((one) => one.recordId === sharingId)).toEqual([])
  // The name of who confirmed it stands in no version in words.
  const versions = await rows<{ body: string }>(on.db, sql`select body from versions where record_id = ${sharingId}`)
  expect(versions.some((one) => one.body.includes("Ada of the party"))).toBe(false)
}, 120_000)

test("evidence is refused where it proves nothing, and says where", async () => {
  const { sharingId } = await aFlow({})
  const ask = async (over: object) => {
    const outcome = await proveDeletion(scene(), proof(sharingId, over))
    return outcome.ok ? "begun" : (outcome.fields?.[0]?.says ?? outcome.says)
  }
  expect(await ask({})).toBe("conflict.not-ended")
  const begun = must(await beginEnding(scene(), { recordId: sharingId, title: "End", lastOn: ago(5) }))
  await approved(begun.id)
  expect(await ask({ provenOn: addDays(today, 1) })).toBe("invalid.proof-ahead")
  expect(await ask({ provenOn: ago(6) })).toBe("invalid.proof-before-end")
  expect(await ask({ how: "taken-down" })).toBe("invalid.not-public")
  expect(await ask({ how: "kept" })).toBe("invalid.kept-why")
  expect(await ask({ how: "kept", why: "Tax law", keptUntil: today })).toBe("invalid.kept-until")
  expect(await ask({ confirmedBy: " " })).toBe("invalid.required")
  expect(await ask({ how: "melted" })).toBe("invalid.value")
  expect(await ask({ what: "x".repeat(1001) })).toBe("invalid.tooLong")
  expect(await ask({ fileId: newId(scene(), "file") })).toBe("invalid.no-such-file")
  expect((await beginEnding(scene(), { recordId: sharingId, title: "Again", lastOn: today })).ok).toBe(false)
  const kept = must(
    await proveDeletion(scene(), proof(sharingId, { how: "kept", why: "Tax law", keptUntil: addDays(today, 9) })),
  )
  await approved(kept.id)
  expect(await reads(sharingId)).toBeUndefined()
  // Nothing is asked while the law has it kept; what is due after that stands already.
  const desk = must(await listReviews(scene(), { filters: { kind: ["deletion"] } })).rows
  expect(desk.find((one) => one.recordId === sharingId)).toBeUndefined()
  const due = await rows(
    on.db,
    sql`select rule, due_on as "dueOn" from review_dues where record_id = ${sharingId} and kind = 'deletion' and until_at = 'infinity'`,
  )
  expect(due).toEqual([{ rule: "kept-until", dueOn: addDays(today, 39) }])
}, 60_000)

test("a last day is no day before the first, and none after the one that stands; nobody ends what they may not know of", async () => {
  const { sharingId } = await aFlow({ startsOn: known(ago(100)), endsOn: known(addDays(today, 50)) })
  const ask = async (lastOn: string) => {
    const outcome = await beginEnding(scene(), { recordId: sharingId, title: "End", lastOn })
    return outcome.ok ? "begun" : (outcome.fields?.[0]?.says ?? outcome.says)
  }
  expect(await ask(ago(101))).toBe("invalid.end-before-start")
  expect(await ask(addDays(today, 51))).toBe("invalid.end-later")
  expect(await ask("2026-02-30")).toBe("invalid.day")
  expect(await ask(ago(100))).toBe("begun")
  const { sharingId: secret } = await aFlow({})
  expect((await readEnding(scene(cast.legal), { id: newId(scene(), "sharing") })).ok).toBe(false)
  expect(must(await readEnding(scene(cast.legal), { id: secret })).state).toBe("runs")
}, 60_000)

test("an ending by the form of the record, or by HTTP, sets the same", async () => {
  const { sharingId } = await aFlow({}, 12)
  const { body } = await bodyOf(sharingId)
  const draft = must(await draftRequest(scene(), { title: "End by form" }))
  must(await saveProposal(scene(), { requestId: draft.id, recordId: sharingId, kind: "sharing", op: "end", body }))
  await approved(draft.id)
  expect((await bodyOf(sharingId)).body).toMatchObject({
    endsOn: { value: today },
    deletionDue: { value: { on: addDays(today, 12), term: "agreement" } },
  })
}, 60_000)

test("a last day that comes by itself owes the same, by the paper's own term, with nobody doing anything; and it is told once", async () => {
  const { sharingId, between } = await aFlow({ startsOn: known(ago(100)), endsOn: known(today) }, 12)
  const duty = { unprovenFrom: addDays(today, 1), proofDueOn: addDays(today, 12) }
  const standsBy = async () =>
    row(
      on.db,
      sql`select unproven_from as "unprovenFrom", proof_due_on as "proofDueOn" from sharing_rows where record_id = ${sharingId} and until_at = 'infinity'`,
    )
  expect(await standsBy()).toEqual(duty)
  const due = async () =>
    rows(
      on.db,
      sql`select rule, due_on as "dueOn", length from review_dues where record_id = ${sharingId} and kind = 'deletion' and until_at = 'infinity'`,
    )
  expect(await due()).toEqual([{ rule: "days-after-end", dueOn: duty.proofDueOn, length: 12 }])
  const tell = (day: number) => tellEnded({ db: on.db, now: fromMillis(toMillis(clockNow()) + day * 86_400_000) })
  const told = () =>
    rows<{ person: string; dueOn: string }>(
      on.db,
      sql`select person_id as person, due_on as "dueOn" from tellings where record_id = ${sharingId} and what = 'ended'`,
    )
  // On its last day it runs; the day after it is over, and whoever answers for it and procurement hear it once.
  await tell(0)
  expect(await told()).toEqual([])
  await Promise.all([tell(1), tell(1)])
  await tell(2)
  expect((await told()).map((one) => one.person).sort()).toEqual([cast.procurement.id, cast.requester.id].sort())
  expect((await told()).every((one) => one.dueOn === duty.proofDueOn)).toBe(true)
  // The mail of it says so, as long as the proof is owed by that day.
  const mailed = async () => {
    await on.db.execute(
      sql`update tellings set mail = 'put', mail_key = 'm1' where record_id = ${sharingId} and what = 'ended' and person_id = ${cast.procurement.id}`,
    )
    const mail = { key: "m1", personId: cast.procurement.id }
    const found = await tellingsOfMail(on.db, mail, { request: sql`true`, record: sql`true` }, sql`false`)
    return found.map((one) => one.what)
  }
  expect(await mailed()).toEqual(["ended"])
  const later = { now: fromMillis(toMillis(clockNow()) + 13 * 86_400_000) }
  const page = must(await readRecord({ ...scene(), ...later }, { id: sharingId }))
  expect(page.findings.filter((one) => one.clause === "S-IV-1.2" && one.path === "deletionProof")).toMatchObject([
    { verdict: "broken", from: addDays(today, 13) },
  ])
  const form = must(await readEnding({ ...scene(), ...later }, { id: sharingId }))
  expect(form).toMatchObject({ state: "overdue" })
  expect(valueOf(form.owing.deletionDue)).toMatchObject({ on: duty.proofDueOn, term: "agreement" })
  // The paper gives another term before anybody ended it: the row and the desk follow.
  const [paper] = page.related.filter((one) => one.kind === "agreement")
  const body = { ...typedAgreement(between, [sharingId], { endsOn: NOT_APPLICABLE }), deletionDays: known(5) }
  await inForce(on.db, cast, "Shorter", [{ kind: "agreement", op: "change", recordId: paper?.id ?? "", body }])
  expect(await standsBy()).toMatchObject({ proofDueOn: addDays(today, 5) })
  expect(await due()).toMatchObject([{ dueOn: addDays(today, 5), length: 5 }])
  expect(await mailed()).toEqual([])
}, 60_000)
