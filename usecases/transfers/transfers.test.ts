import { afterAll, beforeAll, expect, test } from "vitest"
import { known, NOT_APPLICABLE } from "@/domain/core/answer"
import { addDays, dayIn } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Sharing } from "@/domain/records/sharing"
import { setsOf } from "@/domain/transfers/transfer-set"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement, typedAssessment, typedSharing } from "@/testing/flow"
import { sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { readRequest } from "@/usecases/requests/read-request"
import { clockNow, newId } from "@/usecases/scene"
import { beginTransfer } from "./begin-transfer"

let on: TestDatabase
let cast: Cast
const today = dayIn("Europe/Berlin", clockNow())
const scene = () => sceneFor(on.db, cast.requester)

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
})
afterAll(() => on.drop())

test("a transfer of control is begun as one request that holds the set", async () => {
  const [party, successor] = [newId(scene(), "party"), newId(scene(), "party")]
  const flows = [newId(scene(), "sharing"), newId(scene(), "sharing")]
  const between = { entityId: cast.entityId as Id<"entity">, partyId: party }
  await inForce(on.db, cast, "Flows", [
    { kind: "party", recordId: party, body: typedParty() },
    { kind: "party", recordId: successor, body: typedParty({ legalName: "Buyer Ltd" }) },
    ...flows.map((recordId, i) => ({
      ...{ kind: "sharing" as const, recordId },
      body: typedSharing(between, { title: `Flow ${i}`, endsOn: NOT_APPLICABLE }),
    })),
    { kind: "agreement", body: typedAgreement(between, flows, { endsOn: NOT_APPLICABLE }) },
    { kind: "assessment", body: typedAssessment(party, { validUntil: known(addDays(today, 400)) }) },
  ])
  const ask = {
    ...{ partyId: successor, flows, name: "Sale of cameras", closingOn: addDays(today, 60), title: "Transfer" },
    ...{ noticeOn: addDays(today, 5), objectionWeeks: 6, reconsentOn: addDays(today, 59), endFlows: true },
  }
  const says = async (over: object) => {
    const outcome = await beginTransfer(scene(), { ...ask, ...over })
    return outcome.ok ? "begun" : (outcome.fields?.[0]?.says ?? outcome.says)
  }
  expect(await says({ flows: [] })).toBe("invalid.no-flows")
  expect(await says({ closingOn: addDays(today, 4) })).toBe("invalid.closing-before-notice")
  expect(await says({ name: "" })).toBe("invalid.required")
  expect(await says({ flows: [newId(scene(), "sharing")] })).toBe("not-found")
  expect(await says({ objectionWeeks: 521 })).toBe("invalid.value")

  const begun = must(await beginTransfer(scene(), ask))
  const page = must(await readRequest(scene(), { id: begun.id }))
  expect(page.proposals.map((one) => one.op).sort()).toEqual(["create", "create", "end", "end"])
  const made = page.proposals.flatMap((one) =>
    one.op === "create" ? [{ id: one.recordId, body: one.body as Sharing }] : [],
  )
  expect(setsOf(made)).toMatchObject([
    {
      ...{ name: "Sale of cameras", closingOn: ask.closingOn, noticeOn: ask.noticeOn, objectionWeeks: 6 },
      ...{ reconsentOn: ask.reconsentOn, flows: [{ title: "Flow 0" }, { title: "Flow 1" }] },
    },
  ])
}, 60_000)
