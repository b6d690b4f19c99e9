import { afterAll, beforeAll, expect, test } from "vitest"
import { logHead } from "@/db/statements/log"
import { addDays, dayIn } from "@/domain/core/day"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { anEntity, aPerson, sceneFor } from "@/testing/people"
import { aCast, drafted, must, submitted, type Cast } from "@/testing/requests"
import { setAway } from "@/usecases/people/away"
import { clockNow } from "@/usecases/scene"
import { decideRequest } from "./decide-request"
import { readDecisions } from "./decision-card"
import { readRequestTitles } from "./request-titles"
import { draftRequest, saveProposal } from "./draft-request"
import { submitRequest } from "./submit-request"

let on: TestDatabase
let cast: Cast
beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
})
afterAll(() => on.drop())

const party = (legalName: string) => ({ kind: "party", body: typedParty({ legalName }) }) as const

test("the card says who decided, for whom, why, upon which content, and as of an instant no more than was known then", async () => {
  const absent = await aPerson(on.db, "Ada Card", ["procurement"])
  const delegate = await aPerson(on.db, "Del Card", ["legal"])
  const today = dayIn("Europe/Berlin", clockNow())
  const stretch = { fromOn: today, toOn: addDays(today, 9) }
  must(
    await setAway(sceneFor(on.db, absent), { ...stretch, delegates: [{ role: "procurement", personId: delegate.id }] }),
  )
  const request = await submitted(on.db, cast, "Card", [party("Card Ltd")])
  const before = (await logHead(on.db)).at
  const seat = (stage: string) => request.stages.find((one) => one.stage === stage)
  const word = {
    requestId: request.requestId,
    hash: request.hash,
    stage: "procurement",
    entityId: seat("procurement")?.entityId,
  }
  must(
    await decideRequest(sceneFor(on.db, delegate), {
      ...{ ...word, verdict: "approve", reason: "Cheapest of three.", forPerson: absent.id },
    }),
  )
  const ask = { requestIds: [request.requestId] }
  const { requests, origin } = must(await readDecisions(sceneFor(on.db, cast.dpo), ask))
  expect(origin).toBe("onward/test")
  expect(requests[0]).toMatchObject({
    title: "Card",
    hash: request.hash,
    revision: 1,
    rulesVersion: 1,
    state: "in-review",
    elsewhere: 0,
  })
  expect(requests[0]?.records).toEqual([expect.objectContaining({ title: "Card Ltd", op: "create" })])
  expect(requests[0]?.stages.find((one) => one.stage === "procurement")?.decision).toMatchObject({
    ...{ personName: "Del Card", forName: "Ada Card", verdict: "approve", reasonText: "Cheapest of three." },
  })
  const then = must(await readDecisions(sceneFor(on.db, cast.dpo), { ...ask, asOf: before })).requests[0]
  expect(then?.stages.every((one) => one.decision === null)).toBe(true)
})

test("of earlier requests their names alone are read: those that are known and were submitted by then, in the order asked", async () => {
  const before = (await logHead(on.db)).at
  const one = await submitted(on.db, cast, "First of two", [party("One Ltd")])
  const two = await submitted(on.db, cast, "Second of two", [party("Two Ltd")])
  const draft = await drafted(on.db, cast, "Not submitted", [party("Three Ltd")])
  const requestIds = [two.requestId, draft.requestId, one.requestId]
  const named = must(await readRequestTitles(sceneFor(on.db, cast.legal), { requestIds }))
  expect(named.map((request) => request.title)).toEqual(["Second of two", "First of two"])
  expect(must(await readRequestTitles(sceneFor(on.db, cast.legal), { requestIds, asOf: before }))).toEqual([])
  const stranger = await aPerson(on.db, "Sid Stranger", ["procurement"], await anEntity(on.db))
  expect(must(await readRequestTitles(sceneFor(on.db, stranger), { requestIds }))).toEqual([])
})

test("what is restricted and what is a draft have no card for whom they are not", async () => {
  const draft = await drafted(on.db, cast, "Draft", [party("Draft Ltd")])
  expect(await readDecisions(sceneFor(on.db, cast.legal), { requestIds: [draft.requestId] })).toMatchObject({
    ok: false,
  })
  const by = sceneFor(on.db, cast.requester)
  const { id } = must(await draftRequest(by, { title: "Restricted" }))
  const body = typedParty({ legalName: "Secret Ltd", restrictedTo: [cast.requester.id as never, cast.dpo.id as never] })
  must(await saveProposal(by, { requestId: id, op: "create", kind: "party", body }))
  must(await submitRequest(by, { requestId: id }))
  expect(await readDecisions(sceneFor(on.db, cast.legal), { requestIds: [id] })).toMatchObject({ code: "not-found" })
  expect((await readDecisions(sceneFor(on.db, cast.dpo), { requestIds: [id] })).ok).toBe(true)
})
