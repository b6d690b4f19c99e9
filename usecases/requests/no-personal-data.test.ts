import { afterAll, beforeAll, expect, test } from "vitest"
import { known } from "@/domain/core/answer"
import { addDays, dayIn, type Day } from "@/domain/core/day"
import type { Party } from "@/domain/records/party"
import { listRecords } from "@/usecases/register/list-records"
import { readRecord } from "@/usecases/register/read-record"
import { clockNow } from "@/usecases/scene"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { sceneFor } from "@/testing/people"
import { aCast, allAgree, inForce, must, type Cast } from "@/testing/requests"
import { proposeNoPersonalData, suppliersChosen } from "./no-personal-data"
import { readRequest } from "./read-request"
import { submitRequest } from "./submit-request"

let on: TestDatabase
let cast: Cast
let suppliers: string[]
let receiver: string
let restricted: string
const today = dayIn("UTC", clockNow())

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  const party = (legalName: string, more: Partial<Party> = {}) => ({
    kind: "party" as const,
    body: { ...typedParty(), legalName, dataDecision: "undecided" as const, ...more },
  })
  suppliers = await inForce(
    on.db,
    cast,
    "Suppliers of the ledger",
    ["Gravel", "Hinges", "Inks", "Jute"].map((name) => party(`${name} and Sons Ltd`)),
  )
  const decided = party("Keys and Sons Ltd", { dataDecision: "receives-data" })
  ;[receiver = ""] = await inForce(on.db, cast, "A party that receives", [decided])
  const secret = party("Lace and Sons Ltd", {
    restrictedTo: [cast.requester.id, cast.procurement.id, cast.legal.id, cast.dpo.id] as never,
  })
  ;[restricted = ""] = await inForce(on.db, cast, "A secret one", [secret])
})
afterAll(() => on.drop())

const asked = (more: Record<string, unknown>) => ({
  title: "No personal data found",
  reason: "Goods only; the buyers were asked.",
  reviewOn: addDays(today, 365),
  ...more,
})

test("a selection is counted anew, and what is decided, restricted or out of reach is left out with its reason", async () => {
  const all = { all: true, q: "and sons", filters: { standing: ["approved"] } }
  expect(must(await suppliersChosen(sceneFor(on.db, cast.requester), all))).toMatchObject({
    eligible: 4,
    leftOut: { decided: 1, restricted: 1, receives: 0, "under-way": 0 },
    reviewOn: addDays(today, 365),
  })
  // Who may not know of the restricted one learns of no such thing from a count either.
  expect(must(await suppliersChosen(sceneFor(on.db, cast.secondLegal), all)).leftOut.restricted).toBe(0)
  const but = { all: true, q: "and sons", excluded: { decision: ["receives-data"] } }
  expect(must(await suppliersChosen(sceneFor(on.db, cast.requester), but)).leftOut.decided).toBe(0)
})

test.each([
  ["no reason", { reason: " " }, "invalid.form"],
  ["a day of review that is past", { reviewOn: today }, "invalid.form"],
  ["a count that is no longer so", { count: 9 }, "conflict.selection-moved"],
  ["nobody who is undecided", { records: [] }, "invalid.no-suppliers"],
])("%s begins nothing", async (_says, more, says) => {
  const outcome = await proposeNoPersonalData(sceneFor(on.db, cast.requester), asked({ records: suppliers, ...more }))
  expect(outcome).toMatchObject({ ok: false, says })
})

test("one request proposes it for those ticked, and with the last decision it is on record with reason and day", async () => {
  const ticked = [...suppliers.slice(0, 3), receiver, restricted]
  const begun = must(await proposeNoPersonalData(sceneFor(on.db, cast.requester), asked({ records: ticked, count: 3 })))
  expect(begun.records).toBe(3)
  const page = must(await readRequest(sceneFor(on.db, cast.requester), { id: begun.id }))
  expect(page.proposals.map((one) => [one.op, one.recordId]).toSorted()).toEqual(
    suppliers
      .slice(0, 3)
      .map((id) => ["change", id])
      .toSorted(),
  )
  const submitted = must(await submitRequest(sceneFor(on.db, cast.requester), { requestId: begun.id }))
  const again = must(await suppliersChosen(sceneFor(on.db, cast.legal), { records: suppliers }))
  expect(again).toMatchObject({ eligible: 1, leftOut: { "under-way": 3 } })
  must(await allAgree(on.db, cast, { requestId: begun.id, recordIds: [], ...submitted }))
  const found = must(
    await listRecords(sceneFor(on.db, cast.legal), { list: "parties", filters: { decision: ["no-personal-data"] } }),
  )
  expect(found.total).toBe(3)
  const record = must(await readRecord(sceneFor(on.db, cast.legal), { id: suppliers[0] ?? "" }))
  expect(record.record.body).toMatchObject({
    noDataReason: known("Goods only; the buyers were asked."),
    noDataReviewOn: known(addDays(today, 365) as Day),
  })
  const rest = must(await suppliersChosen(sceneFor(on.db, cast.legal), { records: suppliers }))
  expect(rest).toMatchObject({ eligible: 1, leftOut: { decided: 3, "under-way": 0 } })
})
