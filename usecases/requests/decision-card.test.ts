import { afterAll, beforeAll, expect, test } from "vitest"
import { logHead } from "@/db/statements/log"
import { addDays, day } from "@/domain/core/day"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { anEntity, aPerson, sceneFor } from "@/testing/people"
import { aCast, drafted, must, submitted, type Cast } from "@/testing/requests"
import { setAway } from "@/usecases/people/away"
import { clockNow } from "@/usecases/scene"
import { decideRequest } from "./decide-request"
import { readDecisions } from "./decision-card"
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
  const today = day(clockNow().slice(0, 10))
  const stretch = { fromOn: addDays(today, 1), toOn: addDays(today, 9) }
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
  const later = `${addDays(today, 3)}T12:00:00.000Z` as never
  must(
    await decideRequest(sceneFor(on.db, delegate, { now: later }), {
      ...{ ...word, verdict: "approve", reason: "Cheapest of three.", forPerson: absent.id },
    }),
  )
  const ask = { requestIds: [request.requestId] }
  const { requests, origin } = must(await readDecisions(sceneFor(on.db, cast.dpo, { now: later }), ask))
  expect(origin).toBe("onward/test")
  expect(requests[0]).toMatchObject({
    title: "Card",
    hash: request.hash,
    revision: 1,
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

test("what is restricted, a draft and another company's request have no card for whom they are not", async () => {
  const other = await anEntity(on.db)
  const elsewhere = await aPerson(on.db, "Else Where", ["legal"], other)
  const request = await submitted(on.db, cast, "Not theirs", [party("Theirs Ltd")])
  expect(await readDecisions(sceneFor(on.db, elsewhere), { requestIds: [request.requestId] })).toMatchObject({
    code: "not-found",
  })
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
