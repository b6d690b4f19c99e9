import { afterAll, beforeAll, expect, test } from "vitest"
import { known } from "@/domain/core/answer"
import { day, dayIn } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import type { Sharing } from "@/domain/records/sharing"
import { readPartyCoverage } from "@/usecases/coverage/read-party-coverage"
import { readRecord } from "@/usecases/register/read-record"
import { clockNow, newId, type Actor } from "@/usecases/scene"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement, typedSharing } from "@/testing/flow"
import { aPerson, anEntity, sceneFor } from "@/testing/people"
import { aCast, allAgree, inForce, must, submitted, type Cast, type Proposed } from "@/testing/requests"
import { wholeFlow } from "@/testing/told"
import { draftRequest, saveProposal } from "./draft-request"
import { readRequest } from "./read-request"
import { submitRequest } from "./submit-request"
import { withdrawRequest } from "./talk"

let on: TestDatabase
let cast: Cast
let outsider: Actor
let elsewhere: Actor
let partyId: Id<"party">
let between: { entityId: Id<"entity">; partyId: Id<"party"> }

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  outsider = await aPerson(on.db, "Otto Outsider", ["legal"])
  elsewhere = await aPerson(on.db, "Elsa Elsewhere", ["legal"], await anEntity(on.db))
  partyId = (
    await inForce(on.db, cast, "Party", [{ kind: "party", body: typedParty({ legalName: "Touched Ltd" }) }])
  )[0] as Id<"party">
  between = { entityId: cast.entityId as Id<"entity">, partyId }
})
afterAll(() => on.drop())

async function found(over: Partial<Sharing>): Promise<Id<"sharing">> {
  const scene = sceneFor(on.db, cast.requester)
  const draft = must(
    await draftRequest(scene, { title: "Found", kind: "discovered", restrictedTo: over.restrictedTo ?? undefined }),
  )
  const recordId = newId(scene, "sharing")
  const body = typedSharing(between, over)
  must(
    await saveProposal(scene, { requestId: draft.id, kind: "sharing", op: "create", recordId, discovered: true, body }),
  )
  must(await submitRequest(scene, { requestId: draft.id }))
  return recordId
}

const page = async (who: Actor, id: string) => must(await readRequest(sceneFor(on.db, who), { id }))

test("the sharings that a paper would cover are drawn before and after, as the register then has them, and to nobody who may not know of them", async () => {
  const named = [cast.requester, cast.dpo].map((one) => one.id as Id<"person">)
  const plain = await found({ title: "A plain flow" })
  const secret = await found({ title: "Z secret flow", restrictedTo: named })
  const paper = { ...typedAgreement(between, [plain, secret]) }
  const request = await submitted(on.db, cast, "Paper for both", [{ kind: "agreement", body: paper }])
  const mine = await page(cast.requester, request.requestId)
  expect(mine.touched).toMatchObject({ n: 2 })
  expect(mine.touched?.lines.map((one) => [one.id, one.change, one.partyName])).toEqual([
    [plain, "gains", "Touched Ltd"],
    [secret, "gains", "Touched Ltd"],
  ])
  const theirs = await page(outsider, request.requestId)
  expect(theirs.touched?.n).toBe(1)
  expect(theirs.touched?.lines.map((one) => one.id)).toEqual([plain])
  expect(JSON.stringify(theirs.touched)).not.toMatch(/secret/i)
  expect((await page(elsewhere, request.requestId).catch(() => null))?.touched?.n ?? 0).toBe(0)
  const [line] = theirs.touched?.lines ?? []
  must(await allAgree(on.db, cast, request))
  // One engine: what was drawn beforehand is what the register has once it is approved.
  const kept = must(await readPartyCoverage(sceneFor(on.db, cast.dpo), { id: partyId }))
  expect(kept.lines.find((one) => one.id === plain)?.coverage).toEqual(line?.after.coverage)
  expect((await page(outsider, request.requestId)).touched).toBeNull()
})

test("a new sharing brings its recipient onto the public list until its last day, and what is kept to named persons does not", async () => {
  const [otherId] = (await inForce(on.db, cast, "Other", [
    { kind: "party", body: typedParty({ legalName: "Listed Ltd" }) },
  ])) as [Id<"party">]
  const to = { ...between, partyId: otherId }
  const flow = (over: Partial<Sharing> = {}) => typedSharing(to, { endsOn: known(day("2099-12-31")), ...over })
  const first = await submitted(on.db, cast, "First", [{ kind: "sharing", body: flow() }])
  const came = await page(outsider, first.requestId)
  expect(came.touched?.lines).toMatchObject([{ change: "new", before: null, title: "Hosting of accounts" }])
  expect(came.list).toMatchObject({ changes: [{ name: "Listed Ltd", change: "comes" }], renamed: [] })
  // Its last day is over where its company is (Berlin), when elsewhere it is not yet.
  const last = await submitted(on.db, cast, "Last", [
    { kind: "sharing", body: flow({ endsOn: known(day("2099-07-01")) }) },
  ])
  const at = async (now: string) =>
    must(await readRequest(sceneFor(on.db, outsider, { now: now as Instant }), { id: last.requestId })).list?.changes
  expect(await at("2099-07-01T21:30:00.000Z")).toHaveLength(1)
  expect(await at("2099-07-01T22:30:00.000Z")).toEqual([])
  // Kept to named persons it comes onto no list.
  const named = [cast.requester, cast.procurement, cast.legal, cast.dpo].map((one) => one.id as Id<"person">)
  const hidden = await submitted(on.db, cast, "Hidden", [{ kind: "sharing", body: flow({ restrictedTo: named }) }])
  expect((await page(cast.requester, hidden.requestId)).list).toEqual({ changes: [], renamed: [] })
  const renamed = await submitted(on.db, cast, "Renamed", [
    { kind: "party", op: "change", recordId: otherId, body: typedParty({ legalName: "Relisted Ltd" }) },
  ])
  expect((await page(outsider, renamed.requestId)).list).toEqual({ changes: [], renamed: [] })
})

test("a recipient goes from the list with its last flow, or when it is kept to named persons, and is named with what its flows say", async () => {
  const whole = wholeFlow(on.db, cast)
  const ids = await inForce(on.db, cast, "Whole", whole)
  const of = (kind: string) => ({ id: ids[whole.findIndex((one) => one.kind === kind)] ?? "", kind })
  const [whom, flow] = [of("party"), of("sharing")]
  const body = async (one: { id: string }) =>
    must(await readRecord(sceneFor(on.db, cast.requester), { id: one.id })).record.body as never as object
  const said = async (title: string, one: { id: string; kind: string }, op: "change" | "end", over: object) => {
    const proposal = { kind: one.kind, op, recordId: one.id, body: { ...(await body(one)), ...over } } as Proposed
    const request = await submitted(on.db, cast, title, [proposal])
    const found = (await page(cast.requester, request.requestId)).list
    must(await withdrawRequest(sceneFor(on.db, cast.requester), { requestId: request.requestId }))
    return found
  }
  const named = [cast.requester, cast.procurement, cast.legal, cast.dpo].map((one) => one.id)
  const partyName = ((await body(whom)) as { legalName: string }).legalName
  expect(await said("Restricted", whom, "change", { restrictedTo: named })).toMatchObject({
    changes: [{ change: "goes", name: partyName }],
    renamed: [],
  })
  expect(await said("Renamed", whom, "change", { legalName: "Otherwise Ltd" })).toEqual({
    changes: [],
    renamed: [{ partyId: whom.id, was: partyName, is: "Otherwise Ltd" }],
  })
  expect(await said("More", flow, "change", { purposes: known(["svc.support"]) })).toMatchObject({
    changes: [{ change: "named", more: [{ what: "purpose", codes: ["svc.support"] }] }],
  })
  expect(await said("Ended", flow, "end", { endsOn: known(dayIn("Europe/Berlin", clockNow())) })).toMatchObject({
    changes: [{ change: "goes", name: partyName }],
  })
})

test("a request of many records is not drawn", async () => {
  const many = Array.from({ length: 51 }, (_, i) => ({
    kind: "party" as const,
    body: typedParty({ legalName: `Many ${i} Ltd` }),
  }))
  const request = await submitted(on.db, cast, "Many", many)
  expect(await page(outsider, request.requestId)).toMatchObject({ many: true, touched: null, list: null })
})
