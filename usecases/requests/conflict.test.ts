import { afterAll, beforeAll, expect, test } from "vitest"
import { known } from "@/domain/core/answer"
import type { Party } from "@/domain/records/party"
import { readRecord } from "@/usecases/register/read-record"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { sceneFor } from "@/testing/people"
import { aCast, allAgree, inForce, must, submitted, type Cast } from "@/testing/requests"
import { bringUpToDate } from "./bring-up-to-date"
import { readRequest } from "./read-request"
import { submitRequest } from "./submit-request"
import { reopenRequest } from "./talk"

let on: TestDatabase
let cast: Cast

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
})
afterAll(() => on.drop())

const change = (recordId: string, over: Partial<Party>) =>
  ({ kind: "party", op: "change", recordId, body: typedParty(over) }) as const

test("two requests on one record: the second is told, sees both sides, lays itself on top, and is decided anew", async () => {
  const [id] = (await inForce(on.db, cast, "New party", [{ kind: "party", body: typedParty() }])) as [string]
  const first = await submitted(on.db, cast, "New name", [change(id, { legalName: "Harbour Cloud plc" })])
  const second = await submitted(on.db, cast, "New country", [change(id, { country: known("FR") })])
  expect(await allAgree(on.db, cast, first)).toMatchObject({ ok: true })

  const refused = await allAgree(on.db, cast, second)
  expect(refused).toMatchObject({ ok: false, code: "conflict", says: "conflict.moved" })
  const seen = must(await readRequest(sceneFor(on.db, cast.legal), { id: second.requestId }))
  expect(seen.moved).toMatchObject([{ recordId: id, was: { version: 1, body: { legalName: "Harbour Cloud Ltd" } } }])
  expect(seen.bases).toMatchObject([{ version: 2, body: { legalName: "Harbour Cloud plc" } }])

  const scene = sceneFor(on.db, cast.requester)
  must(await reopenRequest(scene, { requestId: second.requestId }))
  const laid = must(await bringUpToDate(scene, { requestId: second.requestId, recordId: id }))
  expect(laid).toMatchObject({ both: [] })
  const again = must(await submitRequest(scene, { requestId: second.requestId }))
  expect(again.hash).not.toBe(second.hash)
  const stale = await allAgree(on.db, cast, second)
  expect(stale).toMatchObject({ ok: false, says: "conflict.other-content" })
  must(await allAgree(on.db, cast, { ...second, hash: again.hash, stages: again.stages }))
  const page = must(await readRecord(sceneFor(on.db, cast.requester), { id }))
  expect(page.record).toMatchObject({ version: 3, body: { legalName: "Harbour Cloud plc", country: known("FR") } })
})

test("a field that both changed keeps the proposal and is named", async () => {
  const [id] = (await inForce(on.db, cast, "Another party", [
    { kind: "party", body: typedParty({ legalName: "Quay Ltd" }) },
  ])) as [string]
  const first = await submitted(on.db, cast, "Quay one", [change(id, { legalName: "Quay One" })])
  const second = await submitted(on.db, cast, "Quay two", [change(id, { legalName: "Quay Two" })])
  must(await allAgree(on.db, cast, first))
  const scene = sceneFor(on.db, cast.requester)
  must(await reopenRequest(scene, { requestId: second.requestId }))
  expect(must(await bringUpToDate(scene, { requestId: second.requestId, recordId: id }))).toMatchObject({
    both: ["legalName"],
  })
  expect(await bringUpToDate(sceneFor(on.db, cast.legal), { requestId: second.requestId, recordId: id })).toMatchObject(
    {
      ok: false,
      code: "not-allowed",
    },
  )
})

test("field by field: of what both changed the requester takes what is in force", async () => {
  const [id] = (await inForce(on.db, cast, "Third party", [
    { kind: "party", body: typedParty({ legalName: "Pier Ltd" }) },
  ])) as [string]
  const first = await submitted(on.db, cast, "Pier one", [change(id, { legalName: "Pier One" })])
  const second = await submitted(on.db, cast, "Pier two", [
    change(id, { legalName: "Pier Two", website: known("https://pier.example") }),
  ])
  must(await allAgree(on.db, cast, first))
  const scene = sceneFor(on.db, cast.requester)
  must(await reopenRequest(scene, { requestId: second.requestId }))
  const { requestId } = second
  must(await bringUpToDate(scene, { requestId, recordId: id, theirs: ["legalName"] }))
  const again = must(await submitRequest(scene, { requestId }))
  must(await allAgree(on.db, cast, { ...second, hash: again.hash, stages: again.stages }))
  const page = must(await readRecord(scene, { id }))
  expect(page.record).toMatchObject({ body: { legalName: "Pier One", website: known("https://pier.example") } })
})
