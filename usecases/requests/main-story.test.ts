import { afterAll, beforeAll, expect, test } from "vitest"
import { BLANK, known } from "@/domain/core/answer"
import { newId } from "@/usecases/scene"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement, typedAssessment, typedNotice, typedSharing } from "@/testing/flow"
import { sceneFor } from "@/testing/people"
import { aCast, allAgree, must, submitted, type Cast, type Proposed } from "@/testing/requests"
import type { Id } from "@/domain/core/id"
import { readRecord } from "@/usecases/register/read-record"
import { readRequest } from "./read-request"

let on: TestDatabase
let cast: Cast

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
})
afterAll(() => on.drop())

/** A party, what it gets, the paper and the vetting: one request, refer to each other by ids made beforehand. */
function whole(over: { agreement?: boolean; vetted?: boolean } = {}): Proposed[] {
  const scene = sceneFor(on.db, cast.requester)
  const ids = {
    party: newId(scene, "party"),
    sharing: newId(scene, "sharing"),
    agreement: newId(scene, "agreement"),
    assessment: newId(scene, "assessment"),
    appraisal: newId(scene, "assessment"),
    notice: newId(scene, "notice"),
  }
  const between = { entityId: cast.entityId as Id<"entity">, partyId: ids.party }
  return [
    { kind: "party", recordId: ids.party, body: typedParty() },
    { kind: "sharing", recordId: ids.sharing, body: typedSharing(between, { noticeId: ids.notice }) },
    {
      kind: "notice",
      recordId: ids.notice,
      body: typedNotice(between.entityId, { recipientKinds: known(["processor"]) }),
    },
    { kind: "assessment", recordId: ids.appraisal, body: typedAssessment(ids.party, { kind: "appraisal" }) },
    ...(over.agreement === false
      ? []
      : [
          {
            kind: "agreement" as const,
            recordId: ids.agreement,
            body: { ...typedAgreement(between, [ids.sharing]) },
          },
        ]),
    ...(over.vetted === false
      ? []
      : [{ kind: "assessment" as const, recordId: ids.assessment, body: typedAssessment(ids.party) }]),
  ]
}

test("party, sharing, agreement and vetting come into force by one request, in one instant", async () => {
  const request = await submitted(on.db, cast, "Host accounts at Harbour Cloud", whole())
  expect(request.stages.map((stage) => stage.stage).sort()).toEqual(["dpo", "legal", "procurement"])
  const last = must(await allAgree(on.db, cast, request))
  expect(last).toMatchObject({ state: "approved" })
  const pages = await Promise.all(
    request.recordIds.map(async (id) => must(await readRecord(sceneFor(on.db, cast.requester), { id }))),
  )
  expect(new Set(pages.map((page) => page.record.at)).size).toBe(1)
  expect(pages.map((page) => page.record.standing)).toEqual(pages.map(() => "approved"))
  expect(pages).toHaveLength(6)
  expect(
    pages[1]?.findings.filter((finding) => finding.from !== null && finding.from <= (pages[1]?.today ?? "")),
  ).toEqual([])
})

test("what is missing is said at once with its clause, and stops the approval", async () => {
  const request = await submitted(
    on.db,
    cast,
    "Host accounts without paper",
    whole({ agreement: false, vetted: false }),
  )
  const page = must(await readRequest(sceneFor(on.db, cast.legal), { id: request.requestId }))
  const clauses = page.findings.filter((finding) => finding.severity === "blocking").map((finding) => finding.clause)
  expect(clauses).toEqual(expect.arrayContaining(["S-III.A-2", "S-IV-4.1"]))
  const last = await allAgree(on.db, cast, request)
  expect(last).toMatchObject({ ok: false, code: "blocked" })
  const after = must(await readRequest(sceneFor(on.db, cast.legal), { id: request.requestId }))
  expect(after.request.state).toBe("in-review")
})

test("a question that nobody answered blocks as well", async () => {
  const proposals = whole().map((item) =>
    item.kind === "sharing"
      ? { ...item, body: { ...item.body, destinations: BLANK, ownPurpose: known("no" as const) } }
      : item,
  )
  const request = await submitted(on.db, cast, "No country", proposals as Proposed[])
  expect(await allAgree(on.db, cast, request)).toMatchObject({ ok: false, code: "blocked" })
})
