import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { known } from "@/domain/core/answer"
import { addDays, dayIn } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Given, PartyChoice, Value } from "@/domain/intake/question"
import type { Party } from "@/domain/records/party"
import type { Sharing } from "@/domain/records/sharing"
import { SHIPPED } from "@/domain/requests/stage-rules"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement, typedAssessment, typedSharing } from "@/testing/flow"
import { anEntity, aPerson, sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { readRequest } from "@/usecases/requests/read-request"
import { decideRules, proposeRules } from "@/usecases/requests/stage-rules"
import { submitRequest } from "@/usecases/requests/submit-request"
import { clockNow, newId, type Actor } from "@/usecases/scene"
import { makeRequest } from "./make-request"
import { readIntake } from "./read-intake"
import { beginIntake, saveAnswers } from "./save-answers"

let on: TestDatabase
let cast: Cast
const today = dayIn("Europe/Berlin", clockNow())

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
})
afterAll(() => on.drop())

const as = (who: Actor = cast.requester) => sceneFor(on.db, who)
const say = (value: Value): Given => ({ state: "known", value })

/** An intake of a requester for a supplier, as far as a request can be made of it. */
async function filled(party: PartyChoice, over: Record<string, Given> = {}) {
  const begun = must(await beginIntake(as(), { beginning: "new-supplier" }))
  const answers = {
    ...{ "1.3": say(party), "1.4": say("Answers calls of users."), "1.4b": say(["svc.support"]), "2.1": say("yes") },
    ...{ "3.1": say(["user"]), "3.2": say(["id.name"]), "4.1": say("for-us"), "6.1": say(["IE"]), "6.1a": say(["IE"]) },
    ...over,
  }
  return { id: begun.id, ...must(await saveAnswers(as(), { id: begun.id, version: 1, answers })) }
}

describe("what is about a restricted party", () => {
  const named = () => [cast.requester, cast.procurement, cast.legal].map((one) => one.id as Id<"person">)
  let quiet: Id<"party">
  let secretFlow: string
  beforeAll(async () => {
    quiet = newId(as(), "party")
    secretFlow = newId(as(), "sharing")
    const between = { entityId: cast.entityId as Id<"entity">, partyId: quiet }
    const all = [...named(), cast.dpo.id as Id<"person">, cast.secondLegal.id as Id<"person">]
    await inForce(on.db, cast, "Quiet deal", [
      {
        ...{ kind: "party", recordId: quiet },
        body: typedParty({ legalName: "Hushed Takeover AG", restrictedTo: all } as Partial<Party>),
      },
      {
        kind: "sharing",
        recordId: secretFlow,
        body: typedSharing(between, { title: "Secret plan", restrictedTo: all }),
      },
      { kind: "agreement", body: typedAgreement(between, [secretFlow as Id<"sharing">]) },
      { kind: "assessment", body: typedAssessment(quiet, { validUntil: known(addDays(today, 400)) }) },
    ])
  })

  test("is asked for among those who may know of it: request and new records are theirs alone", async () => {
    const intake = await filled({ id: quiet })
    const made = must(await makeRequest(as(), { id: intake.id }))
    const page = must(await readRequest(as(), { id: made.id }))
    expect(page.request.title).toContain("Hushed Takeover AG")
    for (const one of page.proposals)
      expect((one.body as Sharing).restrictedTo).toEqual(expect.arrayContaining([...named()]))
    must(await submitRequest(as(), { requestId: made.id }))
    const outsider = await aPerson(on.db, "Olga Outside", ["legal"])
    expect(await readRequest(as(outsider), { id: made.id })).toMatchObject({ says: "not-found" })
    expect(must(await readRequest(as(cast.legal), { id: made.id })).request.id).toBe(made.id)
  })

  test("is filled in nowhere: a flow that only some may read lends its answers to none", async () => {
    const begun = must(await beginIntake(as(), { beginning: "new-supplier", partyId: quiet }))
    const page = must(await readIntake(as(), { id: begun.id, find: "" }))
    expect(page.party?.flows.map((flow) => flow.id)).toContain(secretFlow)
    expect(JSON.stringify(page.answers)).not.toContain("Secret plan")
  })
})

test("an answer names nothing that is not there for whoever answers: consents, papers, and a company that is no longer theirs", async () => {
  const foreign = newId(as(), "consent")
  const intake = await filled({ name: "Pier Ltd" }, { "4.1": say("own-ends"), "5.1": say("consent") })
  const wrong = (answers: Record<string, Given>) =>
    saveAnswers(as(), { id: intake.id, version: intake.version, answers })
  expect(await wrong({ "5.2": say(foreign) })).toMatchObject({ fields: [{ path: "q.5.2" }] })
  expect(await wrong({ "7.1": say("existing"), "7.1a": say(newId(as(), "agreement")) })).toMatchObject({
    fields: [{ path: "q.7.1a" }],
  })
  const second = await anEntity(on.db)
  const held = cast.requester.held.map((one) => ({ ...one, entityId: second }))
  const elsewhere = { ...cast.requester, held } as Actor
  must(await wrong({ "1.2": say(cast.entityId) }))
  expect(await makeRequest(as(elsewhere), { id: intake.id })).toMatchObject({ fields: [{ path: "q.1.2" }] })
})

test("who looks at it and by when it is likely decided follow from the rules in force and this register's own figures", async () => {
  const intake = await filled(
    { name: "Figures Ltd" },
    {
      "1.2": say(cast.entityId),
      "2.1": say("no"),
      "2.3": say("It gets none."),
    },
  )
  const read = async () => must(await readIntake(as(), { id: intake.id, find: "" }))
  const before = await read()
  expect(before.likely.map((one) => one.stage)).not.toContain("second-legal")
  for (let n = 0; n < 5; n += 1)
    await inForce(on.db, cast, `Case ${n}`, [{ kind: "party", body: typedParty({ legalName: `Case ${n} Ltd` }) }])
  expect((await read()).expected).toMatchObject({ days: 0 })
  const admin = await aPerson(on.db, "Ada Admin", ["administrator"])
  const rows = Object.fromEntries(Object.keys(SHIPPED.rows).map((row) => [row, ["legal", "second-legal"]]))
  const part = { companyId: null, rows, days: SHIPPED.days, waves: SHIPPED.waves, persons: {}, reason: "Lawyers look" }
  const { version } = must(await proposeRules(as(admin), part as never))
  must(await decideRules(as(cast.dpo), { version, verdict: "approve" }))
  const after = await read()
  expect(after.likely.map((one) => one.stage)).toContain("second-legal")
  expect(after.expected).toBeNull()
})

test("an ending that is asked for here sets its duty as any other: its last day, and by when the data is gone", async () => {
  const [partyId, flow] = [newId(as(), "party"), newId(as(), "sharing")]
  const between = { entityId: cast.entityId as Id<"entity">, partyId }
  await inForce(on.db, cast, "To end", [
    { kind: "party", recordId: partyId, body: typedParty({ legalName: "To End Ltd" }) },
    { kind: "sharing", recordId: flow, body: typedSharing(between) },
    { kind: "agreement", body: typedAgreement(between, [flow]) },
    { kind: "assessment", body: typedAssessment(partyId, { validUntil: known(addDays(today, 400)) }) },
  ])
  const begun = must(await beginIntake(as(), { beginning: "end", sharingId: flow }))
  const saved = must(await saveAnswers(as(), { id: begun.id, version: 1, answers: { "9.1": say(today) } }))
  const made = must(await makeRequest(as(), { id: begun.id }))
  const proposal = async () => must(await readRequest(as(), { id: made.id })).proposals[0]
  const due = (on: string) => expect.objectContaining({ value: expect.objectContaining({ on }) })
  expect(await proposal()).toMatchObject({ op: "end" })
  expect((await proposal())?.body).toMatchObject({ endsOn: known(today), deletionDue: due(addDays(today, 30)) })
  must(
    await saveAnswers(as(), { id: begun.id, version: saved.version + 1, answers: { "9.1": say(addDays(today, -1)) } }),
  )
  must(await makeRequest(as(), { id: begun.id }))
  expect((await proposal())?.body).toMatchObject({ deletionDue: due(addDays(today, 29)) })
})
