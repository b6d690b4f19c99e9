import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { known, NOT_APPLICABLE } from "@/domain/core/answer"
import { addDays, dayIn } from "@/domain/core/day"
import { covers } from "@/domain/core/stretch"
import type { Id } from "@/domain/core/id"
import type { RecordOf } from "@/domain/records/kinds"
import type { Sharing } from "@/domain/records/sharing"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement, typedAssessment, typedSharing } from "@/testing/flow"
import { anEntity, aPerson, sceneFor } from "@/testing/people"
import { aCast, allAgree, inForce, must, submitted, type Cast } from "@/testing/requests"
import { listRecords } from "@/usecases/register/list-records"
import { readRecord } from "@/usecases/register/read-record"
import { draftOfRecord, draftRequest, saveProposal } from "@/usecases/requests/draft-request"
import { submitRequest } from "@/usecases/requests/submit-request"
import { clockNow, newId } from "@/usecases/scene"
import { beginMerge } from "./merge-parties"
import { undoMerge } from "./undo-merge"

let on: TestDatabase
let cast: Cast
const today = dayIn("Europe/Berlin", clockNow())

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
})
afterAll(() => on.drop())

const scene = (who = cast.requester) => sceneFor(on.db, who)
const read = async (id: string) => must(await readRecord(scene(), { id }))

async function approved(requestId: string) {
  const done = must(await submitRequest(scene(), { requestId }))
  return must(await allAgree(on.db, cast, { requestId, recordIds: [], ...done }))
}

async function aParty(legalName: string) {
  return (await inForce(on.db, cast, legalName, [{ kind: "party", body: typedParty({ legalName }) }]))[0] as Id<"party">
}

test("two parties merge by a request and stand apart again by another; old names lead on, and the past reads as it was", async () => {
  const at = scene()
  const [from, into] = [newId(at, "party"), await aParty("New Ocean Ltd")]
  const flow = newId(at, "sharing")
  const between = { entityId: cast.entityId as Id<"entity">, partyId: from }
  await inForce(on.db, cast, "Old", [
    { kind: "party", recordId: from, body: typedParty({ legalName: "Old Pond Ltd" }) },
    { kind: "sharing", recordId: flow, body: typedSharing(between, { endsOn: NOT_APPLICABLE }) },
    { kind: "agreement", body: typedAgreement(between, [flow], { endsOn: NOT_APPLICABLE }) },
    { kind: "assessment", body: typedAssessment(from, { validUntil: known(addDays(today, 400)) }) },
  ])
  const begun = must(await beginMerge(scene(), { fromId: from, intoId: into, on: today, title: "Merge" }))
  expect((await approved(begun.id)).state).toBe("approved")

  const old = await read(from)
  expect(old.record).toMatchObject({ standing: "ended", body: { mergedInto: into, legalName: "Old Pond Ltd" } })
  expect(old.related.map((one) => one.id)).toContain(into)
  const found = must(await listRecords(scene(), { list: "parties", q: "old pond", excluded: { standing: ["ended"] } }))
  expect(found.rows.map((row) => row.id)).toEqual([into])
  const stays = await read(into)
  const next = stays.related.find((one) => one.kind === "sharing")
  expect(next?.body as Sharing).toMatchObject({ succeeds: flow, partyId: into, startsOn: known(today) })
  // The successor is covered by the paper that was carried over, and the old flow on its own days as before.
  const covered = (page: Awaited<ReturnType<typeof read>>, day: typeof today) =>
    covers(page.coverage?.covered ?? [], day)
  expect(covered(await read(next?.id ?? ""), today)).toBe(true)
  const ended = await read(flow)
  expect(ended.record.standing).toBe("ended")
  expect(covered(ended, addDays(today, -30))).toBe(true)
  expect(ended.findings.filter((one) => one.clause === "S-IV-1.2")).toEqual([])

  const undo = must(await undoMerge(scene(), { recordId: from, title: "Undo" }))
  expect((await approved(undo.id)).state).toBe("approved")
  expect((await read(from)).record).toMatchObject({ standing: "approved", body: { mergedInto: null } })
  expect((await read(flow)).record).toMatchObject({ standing: "approved", body: { endsOn: NOT_APPLICABLE } })
  expect((await read(next?.id ?? "")).record.standing).toBe("ended")
  const again = must(await listRecords(scene(), { list: "parties", q: "old pond", excluded: { standing: ["ended"] } }))
  expect(again.rows.map((row) => row.id)).toEqual([from])
  expect(await undoMerge(scene(), { recordId: from, title: "Undo" })).toMatchObject({ says: "conflict.not-merged" })
}, 120_000)

test("a party that went in a merge is changed no more, by nobody and not past us; one is led to where it went", async () => {
  const [from, into] = [await aParty("Went Ltd"), await aParty("Stays Ltd")]
  const waits = must(await draftRequest(scene(), { title: "A flow that waits" }))
  const between = { entityId: cast.entityId as Id<"entity">, partyId: from }
  const flow = { kind: "sharing", op: "create", body: typedSharing(between, {}) } as const
  must(await saveProposal(scene(), { requestId: waits.id, ...flow }))
  const begun = must(await beginMerge(scene(), { fromId: from, intoId: into, on: today, title: "Merge" }))
  await approved(begun.id)
  const { body, version } = (await read(from)).record as RecordOf<"party">
  const refused = { code: "conflict", says: "conflict.merged-away", leadsTo: `/parties/${into}` }
  expect(await draftOfRecord(scene(), { recordId: from, title: "Mend" })).toMatchObject(refused)
  const draft = must(await draftRequest(scene(), { title: "Mend" }))
  for (const op of ["change", "end"] as const)
    expect(await saveProposal(scene(), { requestId: draft.id, recordId: from, kind: "party", op, body })).toMatchObject(
      refused,
    )
  expect(await saveProposal(scene(), { requestId: draft.id, ...flow })).toMatchObject(refused)
  // What was begun before is refused when it is sent.
  expect(await submitRequest(scene(), { requestId: waits.id })).toMatchObject(refused)
  // A merge by hand leads nowhere: neither to itself nor to what is over, nor without its end.
  const [other] = [await aParty("By hand Ltd")]
  const hand = (op: string, mergedInto: string) =>
    saveProposal(scene(), {
      ...{ requestId: draft.id, recordId: other, kind: "party", op, body: { ...typedParty(), mergedInto } },
    })
  for (const [op, target] of [
    ["end", other],
    ["end", from],
    ["change", into],
  ] as const)
    expect(await hand(op, target)).toMatchObject({ says: "conflict.merge-target" })
  // The database holds it whoever writes.
  await expect(
    on.db.execute(sql`insert into versions (record_id, n, kind, at, standing, body, body_hash, request_id, log_index)
      select record_id, n + 1, kind, now(), 'approved', body, body_hash, request_id, log_index from versions where record_id = ${from} and n = ${version}`),
  ).rejects.toMatchObject({ cause: { code: "ON024" } })

  // What was mended in the one that stays since stays when the merge is undone.
  const stays = (await read(into)).record as RecordOf<"party">
  await inForce(on.db, cast, "Mend", [
    {
      kind: "party",
      recordId: into,
      op: "change",
      body: { ...stays.body, otherNames: [...stays.body.otherNames, "Newer Ltd"] },
    },
  ])
  const undo = must(await undoMerge(scene(), { recordId: from, title: "Undo" }))
  expect(undo.records).toBe(2)
  await approved(undo.id)
  expect((await read(from)).record.body).toMatchObject({ mergedInto: null })
  expect(((await read(into)).record as RecordOf<"party">).body.otherNames).toEqual([
    ...typedParty().otherNames,
    "Newer Ltd",
  ])
  must(await draftOfRecord(scene(), { recordId: from, title: "Mend" }))
}, 60_000)

test("a merge and a new flow to the party that goes, decided at once: one of them comes into force, and the flow goes to nobody who left", async () => {
  const [from, into] = [await aParty("Racing Ltd"), await aParty("Steady Ltd")]
  const between = { entityId: cast.entityId as Id<"entity">, partyId: from }
  const flow = newId(scene(), "sharing")
  const begun = must(await beginMerge(scene(), { fromId: from, intoId: into, on: today, title: "Merge" }))
  const merge = must(await submitRequest(scene(), { requestId: begun.id }))
  const paper = typedAgreement(between, [flow], { endsOn: NOT_APPLICABLE })
  const look = typedAssessment(from, { validUntil: known(addDays(today, 400)) })
  const joins = await submitted(on.db, cast, "A flow", [
    { kind: "sharing", recordId: flow, body: typedSharing(between, { endsOn: NOT_APPLICABLE }) },
    { kind: "agreement", body: paper },
    { kind: "assessment", body: look },
  ])
  await Promise.allSettled([
    allAgree(on.db, cast, { requestId: begun.id, recordIds: [], ...merge }),
    allAgree(on.db, cast, joins),
  ])
  const went = (await read(from)).record.standing === "ended"
  const flows = await readRecord(scene(), { id: flow })
  // Either it ran before the merge took it along, or it never came: it does not run to the one that went.
  if (went && flows.ok) expect(flows.value.record.standing).toBe("ended")
  else expect(went !== flows.ok).toBe(true)
}, 60_000)

test("what cannot be one is refused with why", async () => {
  const [a, b] = [await aParty("A Ltd"), await aParty("B Ltd")]
  const says = async (over: object, who = cast.requester) => {
    const outcome = await beginMerge(scene(who), { fromId: a, intoId: b, on: today, title: "Merge", ...over })
    return outcome.ok ? "begun" : (outcome.fields?.[0]?.says ?? outcome.says)
  }
  expect(await says({ intoId: a })).toBe("invalid.merge-self")
  expect(await says({ on: "tomorrow" })).toBe("invalid.day")
  expect(await says({ intoId: newId(scene(), "party") })).toBe("not-found")
  const few = await aPerson(on.db, "Lars Few", ["legal"], await anEntity(on.db))
  expect(await says({}, few)).toBe("not-allowed.merge-all")
  expect(await says({})).toBe("begun")
}, 60_000)
