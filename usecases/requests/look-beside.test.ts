import { afterAll, beforeAll, expect, test } from "vitest"
import { fromMillis, toMillis, type Instant } from "@/domain/core/instant"
import { clockNow } from "@/usecases/scene"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement, typedAssessment, typedSharing } from "@/testing/flow"
import { anEntity, aPerson, sceneFor } from "@/testing/people"
import { aCast, inForce, must, submitted, type Cast } from "@/testing/requests"
import { draftRequest, saveProposal } from "./draft-request"
import { besideRequest, lookAtRequest } from "./look-beside"
import { readRequest } from "./read-request"
import { submitRequest } from "./submit-request"

let on: TestDatabase
let cast: Cast

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
})
afterAll(() => on.drop())

const minutes = (n: number): Instant => fromMillis(toMillis(clockNow()) + n * 60_000)

test("what is new to somebody is what came since their look before, and stays so while they read", async () => {
  const { requestId: id } = await submitted(on.db, cast, "Looked at", [{ kind: "party", body: typedParty() }])
  const looks = async (at: number) =>
    must(await lookAtRequest(sceneFor(on.db, cast.legal, { now: minutes(at) }), { id })).since
  expect(await looks(0)).toBeNull()
  expect(await looks(10)).toBeNull()
  const since = await looks(60)
  expect(since).not.toBeNull()
  expect(await looks(61)).toBe(since)
  // Another's looks are their own, and who may not know of the request looks at nothing.
  expect(must(await lookAtRequest(sceneFor(on.db, cast.dpo, { now: minutes(61) }), { id })).since).toBeNull()
})

test("beside a request stand other sharings of its party that the reader sees, and what it cures", async () => {
  const [partyId] = (await inForce(on.db, cast, "Beside", [{ kind: "party", body: typedParty() }])) as [string]
  const between = { entityId: cast.entityId as never, partyId: partyId as never }
  const scene = sceneFor(on.db, cast.requester)
  const start = must(await draftRequest(scene, { title: "Found", kind: "discovered" }))
  const saved = must(
    await saveProposal(scene, {
      ...{ requestId: start.id, kind: "sharing", op: "create", discovered: true },
      body: typedSharing(between, { title: "Running already" }),
    }),
  )
  must(await submitRequest(scene, { requestId: start.id }))
  const request = await submitted(on.db, cast, "Look at the party", [
    { kind: "assessment", body: typedAssessment(partyId as never) },
    { kind: "agreement", body: typedAgreement(between, [saved.recordId as never]) },
  ])
  const beside = must(await besideRequest(sceneFor(on.db, cast.legal), { id: request.requestId }))
  expect(beside).toMatchObject({ n: 1, sharings: [{ id: saved.recordId, title: "Running already" }] })
  const page = must(await readRequest(sceneFor(on.db, cast.legal), { id: request.requestId }))
  // What is drawn before and after is not named a second time.
  const drawn = (page.touched?.lines ?? []).map((one) => one.id)
  expect(drawn).toContain(saved.recordId)
  const rest = must(await besideRequest(sceneFor(on.db, cast.legal), { id: request.requestId, without: drawn }))
  expect(rest).toEqual({ n: 0, sharings: [] })
  const before = (page.before ?? []).filter((one) => one.recordId === saved.recordId).map((one) => one.clause)
  const after = page.findings.filter((one) => one.recordId === saved.recordId).map((one) => one.clause)
  expect(before.some((clause) => !after.includes(clause))).toBe(true)

  const elsewhere = await aPerson(on.db, "Elsa Where", ["legal"], await anEntity(on.db))
  expect(await besideRequest(sceneFor(on.db, elsewhere), { id: request.requestId })).toMatchObject({
    code: "not-found",
  })
})
