import { afterAll, beforeAll, expect, test } from "vitest"
import { logHead } from "@/db/statements/log"
import { movedSince } from "@/db/statements/versions"
import { known } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Agreement } from "@/domain/records/agreement"
import type { Sharing } from "@/domain/records/sharing"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement, typedAssessment, typedNotice, typedSharing } from "@/testing/flow"
import { sceneFor } from "@/testing/people"
import { aCast, inForce, must, seatOf, submitted, type Cast } from "@/testing/requests"
import { readRecord } from "@/usecases/register/read-record"
import { newId } from "@/usecases/scene"
import { decideRequest } from "./decide-request"

let on: TestDatabase
let cast: Cast
beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
})
afterAll(() => on.drop())

/** A covered flow in force, with its party and the paper that covers it. */
async function aFlow(): Promise<{ party: string; sharing: string; agreement: string }> {
  const scene = sceneFor(on.db, cast.requester)
  const [party, sharing, agreement] = [newId(scene, "party"), newId(scene, "sharing"), newId(scene, "agreement")]
  const notice = newId(scene, "notice")
  const between = { entityId: cast.entityId as Id<"entity">, partyId: party }
  await inForce(on.db, cast, "A flow", [
    { kind: "party", recordId: party, body: typedParty() },
    { kind: "sharing", recordId: sharing, body: typedSharing(between, { noticeId: notice }) },
    { kind: "notice", recordId: notice, body: typedNotice(between.entityId, { recipientKinds: known(["processor"]) }) },
    { kind: "assessment", body: typedAssessment(party, { kind: "appraisal" }) },
    { kind: "assessment", body: typedAssessment(party, { validUntil: known(day("2099-12-31")) }) },
    { kind: "agreement", recordId: agreement, body: { ...typedAgreement(between, [sharing]) } },
  ])
  return { party, sharing, agreement }
}

async function bodyOf<T>(id: string): Promise<T> {
  return must(await readRecord(sceneFor(on.db, cast.legal), { id })).record.body as T
}

/** The last approval of a change of the flow, with an act of others between its checks and the log. */
async function lastApproval(sharing: string, between: () => Promise<unknown>) {
  const body = { ...(await bodyOf<Sharing>(sharing)), tags: [`t${Date.now()}`] }
  const request = await submitted(on.db, cast, "Change the flow", [
    { kind: "sharing", op: "change", recordId: sharing, body },
  ])
  for (const [i, stage] of request.stages.entries()) {
    const last = i === request.stages.length - 1
    const done = await decideRequest(
      sceneFor(on.db, seatOf(cast, stage.stage), last ? { pause: async () => void (await between()) } : {}),
      {
        ...{ requestId: request.requestId, hash: request.hash, stage: stage.stage, entityId: stage.entityId },
        verdict: stage.seat === "decides" ? "approve" : "agree",
      },
    )
    if (last) return done
    must(done)
  }
  throw new Error("the request has no stage")
}

test("a paper that ends between the checks of a last approval and the log stops it", async () => {
  const { sharing, agreement } = await aFlow()
  const body = { ...(await bodyOf<Agreement>(agreement)), terminatedOn: known(day("2026-03-01")) }
  const done = await lastApproval(sharing, () =>
    inForce(on.db, cast, "End the paper", [{ kind: "agreement", op: "change", recordId: agreement, body }]),
  )
  expect(done).toMatchObject({ ok: false, code: "blocked" })
  expect(must(await readRecord(sceneFor(on.db, cast.legal), { id: sharing })).record.version).toBe(1)
})

test("what comes into force elsewhere meanwhile stops nothing", async () => {
  const { sharing } = await aFlow()
  const done = await lastApproval(sharing, () =>
    inForce(on.db, cast, "Somebody else", [{ kind: "party", body: typedParty({ legalName: "Far Away Ltd" }) }]),
  )
  expect(must(done).state).toBe("approved")
})

test("near is what a record is, and whatever names it; nothing else", async () => {
  const { party, sharing } = await aFlow()
  const partyId = party as Id<"party">
  const near = async (place: number) => on.db.transaction((tx) => movedSince(tx, place, [party, sharing]))
  const start = (await logHead(on.db)).size
  await inForce(on.db, cast, "Elsewhere", [{ kind: "party", body: typedParty({ legalName: "Far Off Ltd" }) }])
  expect(await near(start)).toBe(false)
  await inForce(on.db, cast, "Vetted again", [
    { kind: "assessment", body: typedAssessment(partyId, { validUntil: known(day("2099-12-31")) }) },
  ])
  expect(await near(start)).toBe(true)
  const then = (await logHead(on.db)).size
  const body = await bodyOf<Sharing>(sharing)
  await inForce(on.db, cast, "Changed", [
    { kind: "sharing", op: "change", recordId: sharing, body: { ...body, tags: ["x"] } },
  ])
  expect(await near(then)).toBe(true)
  expect(await near((await logHead(on.db)).size)).toBe(false)
})
