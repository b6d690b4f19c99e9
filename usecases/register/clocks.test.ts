import { afterAll, beforeAll, expect, test } from "vitest"
import { day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import { stateOn } from "@/domain/coverage/coverage"
import { draftRequest, saveProposal } from "@/usecases/requests/draft-request"
import { submitRequest } from "@/usecases/requests/submit-request"
import { clockNow, newId } from "@/usecases/scene"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedSharing } from "@/testing/flow"
import { sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { listRecords } from "./list-records"
import { readRecord } from "./read-record"

let on: TestDatabase
let cast: Cast
let party: string
let sharing: string
let before: string

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  ;[party] = (await inForce(on.db, cast, "Take on Found Ltd", [
    { kind: "party", body: typedParty({ legalName: "Found Ltd" }) },
  ])) as [string]
  before = clockNow()
  const scene = sceneFor(on.db, cast.requester)
  const found = must(await draftRequest(scene, { title: "Found", kind: "discovered" }))
  sharing = newId(scene, "sharing")
  must(
    await saveProposal(scene, {
      ...{ requestId: found.id, kind: "sharing", op: "create", recordId: sharing, discovered: true },
      body: typedSharing({ entityId: cast.entityId as Id<"entity">, partyId: party as Id<"party"> }),
    }),
  )
  must(await submitRequest(scene, { requestId: found.id }))
}, 60_000)
afterAll(() => on.drop())

test("what was found running later is known now about an earlier day, and was not said then", async () => {
  const scene = sceneFor(on.db, cast.requester)
  const asked = day("2026-03-01")
  const then = must(await readRecord(scene, { id: party, asOf: before, on: asked }))
  const now = must(await readRecord(scene, { id: party, on: asked }))
  expect(then.flows).toEqual([])
  expect(now.flows.map((flow) => flow.id)).toEqual([sharing])
  expect(now.today).toBe(asked)
})

test("a record answers for the day that is asked, in its list as on its page", async () => {
  const scene = sceneFor(on.db, cast.requester)
  for (const asked of [day("2001-01-01"), day("2026-03-01")]) {
    const page = must(await readRecord(scene, { id: sharing, on: asked }))
    const list = must(await listRecords(scene, { list: "sharings", facets: ["coverage"], on: asked }))
    const state = page.coverage ? stateOn(page.coverage, asked) : null
    expect(list.facets.coverage).toEqual([{ value: state === "before" ? "not-begun" : "gap", n: 1 }])
  }
})

test("a day that is none is refused, not guessed", async () => {
  expect(await readRecord(sceneFor(on.db, cast.requester), { id: party, on: "2026-02-30" })).toMatchObject({
    ok: false,
    code: "invalid",
  })
})

test("whose name leads to a list of sharings finds that party's and no other's", async () => {
  const scene = sceneFor(on.db, cast.requester)
  expect(must(await listRecords(scene, { list: "sharings", filters: { party: [party] } })).total).toBe(1)
  expect(must(await listRecords(scene, { list: "sharings", filters: { party: ["pty_none"] } })).total).toBe(0)
})
