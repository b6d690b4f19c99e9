import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { sql } from "drizzle-orm"
import { row, rows } from "@/db/connect"
import { known } from "@/domain/core/answer"
import { addDays, dayIn } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Given, Value } from "@/domain/intake/question"
import type { Party } from "@/domain/records/party"
import type { Sharing } from "@/domain/records/sharing"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement, typedAssessment, typedSharing } from "@/testing/flow"
import { aPerson, sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { readInbox } from "@/usecases/told/inbox"
import { readRecord } from "@/usecases/register/read-record"
import { readRequest } from "@/usecases/requests/read-request"
import { saveProposal } from "@/usecases/requests/draft-request"
import { submitRequest } from "@/usecases/requests/submit-request"
import { clockNow, newId, type Actor } from "@/usecases/scene"
import { findParty } from "./find-party"
import { foundByUnit } from "./found-by-unit"
import { makeRequest } from "./make-request"
import { intakeOfRequest } from "./of-request"
import { readIntake, startIntake } from "./read-intake"
import { beginIntake, dropIntake, saveAnswers } from "./save-answers"

let on: TestDatabase
let cast: Cast
let harbour: string
let hosting: string
const today = dayIn("Europe/Berlin", clockNow())

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  const at = sceneFor(on.db, cast.requester)
  const [partyId, sharingId] = [newId(at, "party"), newId(at, "sharing")]
  const between = { entityId: cast.entityId as Id<"entity">, partyId }
  const party = typedParty({
    website: known("https://www.harbour.example"),
    identifiers: [{ kind: "registration", value: "HRB 4711" }],
  })
  await inForce(on.db, cast, "Hosting", [
    { kind: "party", recordId: partyId, body: party },
    { kind: "sharing", recordId: sharingId, body: typedSharing(between, { endsOn: known(addDays(today, 300)) }) },
    { kind: "agreement", body: typedAgreement(between, [sharingId], { endsOn: known(addDays(today, 300)) }) },
    { kind: "assessment", body: typedAssessment(partyId, { validUntil: known(addDays(today, 400)) }) },
  ])
  harbour = partyId
  hosting = sharingId
})
afterAll(() => on.drop())

const as = (who: Actor = cast.requester) => sceneFor(on.db, who)
const say = (value: Value): Given => ({ state: "known", value })

/** A complete intake of a requester for a supplier that the register lacks, up to what others know. */
async function filled(name: string, over: Record<string, Given | null> = {}) {
  const begun = must(await beginIntake(as(), { beginning: "new-supplier" }))
  const saved = must(
    await saveAnswers(as(), {
      ...{ id: begun.id, version: 1 },
      answers: {
        ...{ "1.3": say({ name }), "1.4": say("Answers calls of users."), "1.4a": say(addDays(today, 20)) },
        ...{ "1.4b": say(["svc.support"]), "1.5": say("no"), "2.1": say("yes"), "3.1": say(["user"]) },
        ...{
          "3.2": say(["id.name", "contact.phone"]),
          "3.4": say("10000"),
          "3.4a": say("often"),
          "3.4b": say("access"),
        },
        "3.2n": say({ "svc.support~contact": "They call people back by name." }),
        "3.2l": say("A number alone would not do: they greet people by name."),
        ...{
          "4.1": say("for-us"),
          "4.3": say("support"),
          "6.1": say(["IE"]),
          "6.1a": { state: "unknown", of: "supplier" },
        },
        ...{ "9.1": { state: "not-applicable" }, "9.1a": say("90") },
        ...over,
      },
    }),
  )
  return { id: begun.id, ...saved }
}

describe("an intake", () => {
  test("becomes a draft request with records in the product's shapes, and says what is missing and who has it", async () => {
    const intake = await filled("Lighthouse Calls Ltd")
    expect(intake.steps.filter((step) => step.state === "not-started")).toEqual([])
    expect(intake.missing.filter((one) => one.who === "requester")).toEqual([])
    expect(intake.missing.filter((one) => one.how === "supplier").map((one) => one.id)).toEqual(["6.1a"])
    expect(intake.missing.find((one) => one.id === "7.1")).toMatchObject({ how: "blocks", who: "procurement" })
    const made = must(await makeRequest(as(), { id: intake.id }))
    const page = must(await readRequest(as(), { id: made.id }))
    expect(page.proposals.map((one) => one.kind)).toEqual(["party", "sharing"])
    const sharing = page.proposals[1]?.body as Sharing
    expect(sharing.whyNotLess).toEqual(known("A number alone would not do: they greet people by name."))
    expect(sharing).toMatchObject({ mode: "entrust", role: known("processor"), entityId: cast.entityId })
    expect(sharing.dataLines).toMatchObject({
      value: [
        { kind: "id.name", necessity: known("They call people back by name.") },
        { kind: "contact.phone", necessity: known("They call people back by name.") },
      ],
    })
    expect(sharing.owner).toEqual(known(cast.requester.name))
    expect(page.request.title).toBe("Use Lighthouse Calls Ltd: Answers calls of users.")
    must(await submitRequest(as(), { requestId: made.id }))
    const read = must(await intakeOfRequest(as(cast.legal), { id: made.id }))
    expect(read.answers.find((one) => one.id === "6.1a")?.given).toEqual({ state: "unknown", of: "supplier" })
    expect(read.answers.find((one) => one.id === "1.4")?.at).toMatch(/^20/)
    expect(read.answers.find((one) => one.id === "9.2")).toMatchObject({ at: null })
    expect((await saveAnswers(as(), { id: intake.id, version: 3, answers: {} })).ok).toBe(false)
    await expect(
      on.db.execute(sql`update intakes set answers = '{}', version = version + 1 where id = ${intake.id}`),
    ).rejects.toThrow()
    await expect(on.db.execute(sql`delete from intakes where id = ${intake.id}`)).rejects.toThrow()
  })

  test("is nobody else's until its request is submitted: not read, saved, made or dropped by another", async () => {
    const intake = await filled("Secret Works Ltd")
    for (const who of [cast.legal, cast.dpo, await aPerson(on.db, "Rolf Request", ["requester"])]) {
      for (const outcome of [
        await readIntake(as(who), { id: intake.id }),
        await saveAnswers(as(who), { id: intake.id, version: intake.version, answers: {} }),
        await makeRequest(as(who), { id: intake.id }),
        await dropIntake(as(who), { id: intake.id }),
      ])
        expect(outcome).toMatchObject({ ok: false, code: "not-found" })
    }
    const made = must(await makeRequest(as(), { id: intake.id }))
    expect(await intakeOfRequest(as(cast.legal), { id: made.id })).toMatchObject({ ok: false, code: "not-found" })
  })

  test("saved in two tabs is never overwritten: the second is told, whichever of two at once came first", async () => {
    const intake = await filled("Two Tabs Ltd")
    const save = (text: string) =>
      saveAnswers(as(), { id: intake.id, version: intake.version, answers: { "1.4": say(text) } })
    const outcomes = await Promise.all([save("The first."), save("The second.")])
    expect(outcomes.map((outcome) => outcome.ok).sort()).toEqual([false, true])
    expect(outcomes.find((outcome) => !outcome.ok)).toMatchObject({ code: "conflict", says: "conflict.intake-moved" })
    const page = must(await readIntake(as(), { id: intake.id }))
    expect(page.answers["1.4"]).toEqual(say(outcomes[0]?.ok ? "The first." : "The second."))
    const same = must(await saveAnswers(as(), { id: intake.id, version: page.version, answers: {} }))
    expect(same.version).toBe(page.version)
  })

  test("made again follows its answers and leaves what was typed by hand, and what was taken out", async () => {
    const intake = await filled("Handmade Ltd")
    const made = must(await makeRequest(as(), { id: intake.id }))
    const [, flow] = must(await readRequest(as(), { id: made.id })).proposals
    const body = { ...(flow?.body as Sharing), notes: known("By hand."), title: "My own title" }
    must(
      await saveProposal(as(), { requestId: made.id, recordId: flow?.recordId, kind: "sharing", op: "create", body }),
    )
    const page = must(await readIntake(as(), { id: intake.id }))
    must(await saveAnswers(as(), { id: intake.id, version: page.version, answers: { "9.1a": say("365") } }))
    expect(must(await makeRequest(as(), { id: intake.id })).id).toBe(made.id)
    const again = must(await readRequest(as(), { id: made.id })).proposals[1]?.body as Sharing
    expect([again.title, again.notes]).toEqual(["My own title", known("By hand.")])
    expect(again.retention).toMatchObject({ value: { days: known(365) } })
  })

  test("without personal data becomes the negative decision; with nobody sure it is the DPO's", async () => {
    const no = await filled("Lawn Mowers Ltd", { "2.1": say("no"), "2.3": say("They mow the lawn.") })
    const request = must(await makeRequest(as(), { id: no.id }))
    const [party, ...rest] = must(await readRequest(as(), { id: request.id })).proposals
    expect(rest).toEqual([])
    expect(party?.body).toMatchObject({ dataDecision: "no-personal-data", noDataReason: known("They mow the lawn.") })
    const unsure = await filled("Who Knows Ltd", { "2.1": { state: "unknown" } })
    const left = must(await makeRequest(as(), { id: unsure.id }))
    expect(must(await readRequest(as(), { id: left.id })).proposals[0]?.body).toMatchObject({
      dataDecision: "undecided",
    })
    const sent = must(await submitRequest(as(), { requestId: left.id }))
    expect(sent.stages.map((stage) => stage.stage)).toContain("dpo")
    const decided = await filled("x", { "1.3": say({ id: harbour }), "2.1": say("no"), "2.3": say("No.") })
    expect(await makeRequest(as(), { id: decided.id })).toMatchObject({ ok: false, says: "invalid.intake-decided" })
  })

  test("refuses what does not fit, with the place, and half of nothing is saved", async () => {
    const begun = must(await beginIntake(as(), { beginning: "running" }))
    const wrong = await saveAnswers(as(), {
      ...{ id: begun.id, version: 1 },
      answers: {
        "1.6": say(addDays(today, 2)),
        "1.7": say("In a log."),
        "1.3": { state: "unknown" },
        "1.2": say("ent_x"),
      },
    })
    expect(wrong).toMatchObject({ ok: false, code: "invalid" })
    expect(wrong.ok ? [] : wrong.fields).toEqual([
      { path: "q.1.6", says: "invalid.intake-after-today" },
      { path: "q.1.3", says: "invalid.intake-firm" },
      { path: "q.1.2", says: "invalid.id" },
    ])
    for (const answers of [
      { "1.7": say("x".repeat(2001)) },
      { "1.3": say({ id: "pty_00000000000000000000000000" }) },
      { nope: say("x") },
      { "1.4b": say(Array.from({ length: 50 }, () => "svc.support")) },
      { "1.4": "words" },
    ])
      expect(await saveAnswers(as(), { id: begun.id, version: 1, answers })).toMatchObject({
        ok: false,
        code: "invalid",
      })
    expect(await makeRequest(as(), { id: begun.id })).toMatchObject({ ok: false, says: "invalid.intake-nothing" })
    const kept = await row<{ answers: string }>(on.db, sql`select answers from intakes where id = ${begun.id}`)
    expect(Object.keys(JSON.parse(kept?.answers ?? "{}") as object)).toEqual(["1.1"])
    must(await dropIntake(as(), { id: begun.id }))
    expect((await readIntake(as(), { id: begun.id })).ok).toBe(false)
  })
})

test("finds the party by a name with a slip, its site, its number; shows what it gets, and warns of names that are near", async () => {
  for (const q of [
    "Harbour Cloud",
    "Harbuor Cloud",
    "https://harbour.example/pricing",
    "www.harbour.example",
    "HRB 4711",
  ]) {
    const hits = must(await findParty(as(), { q }))
    expect([q, hits.map((hit) => [hit.id, hit.flows.map((flow) => flow.id)])]).toEqual([q, [[harbour, [hosting]]]])
  }
  const [near] = must(await findParty(as(), { q: "Harbour Clouds GmbH" }))
  expect(near).toMatchObject({ id: harbour, how: "near" })
  expect(must(await findParty(as(), { q: " " }))).toEqual([])
})

test("shows who is approved for a purpose and kinds of data already, and begins the smaller request from there", async () => {
  const wanted = { purposes: ["svc.infra"], kinds: ["acct.identifier"] }
  expect(must(await startIntake(as(), wanted)).approved.map((flow) => flow.id)).toEqual([hosting])
  expect(must(await startIntake(as(), { ...wanted, kinds: ["spec.health"] })).approved).toEqual([])
  expect(must(await startIntake(as(), { purposes: [] })).approved).toEqual([])
  const begun = must(await beginIntake(as(), { beginning: "more-data", sharingId: hosting, kinds: ["contact.email"] }))
  const page = must(await readIntake(as(), { id: begun.id }))
  expect(page.questions.map((one) => one.id)).toEqual(["1.1", "1.3a", "1.4", "1.4a", "1.4b", "3.2", "3.2n", "3.2l"])
  must(
    await saveAnswers(as(), {
      ...{ id: begun.id, version: 1 },
      answers: {
        "1.4": say("Also mails."),
        "3.2n": say({ "*~contact": "To write to users." }),
        "3.2l": say("Letters come too late."),
        "1.4b": say(["svc.comms"]),
      },
    }),
  )
  const made = must(await makeRequest(as(), { id: begun.id }))
  const { proposals } = must(await readRequest(as(), { id: made.id }))
  expect(proposals.map((one) => [one.op, one.recordId])).toEqual([["change", hosting]])
  expect(proposals[0]?.body).toMatchObject({ purposes: known(["svc.infra", "svc.comms"]) })
  expect(proposals[0]?.body).toMatchObject({ whyNotLess: known("Letters come too late.") })
  const after = proposals[0]?.body as Sharing
  expect(after.dataLines).toMatchObject({
    value: [{ kind: "acct.identifier" }, { kind: "device.id" }, { kind: "contact.email" }],
  })
})

test("what the register knows of a party is filled in with whence, and is asked of nobody", async () => {
  const begun = must(await beginIntake(as(), { beginning: "new-supplier", partyId: harbour }))
  must(await saveAnswers(as(), { id: begun.id, version: 1, answers: { "2.1": say("yes"), "4.1": say("for-us") } }))
  const page = must(await readIntake(as(), { id: begun.id }))
  expect(page.answers["6.1"]).toEqual({ ...say(["IE"]), from: { of: "sharing", title: "Hosting of accounts" } })
  expect(page.answers["1.2"]).toMatchObject({ from: { of: "entity" } })
  expect(page.party).toMatchObject({ id: harbour, flows: [{ id: hosting }] })
  expect(page.missing.map((one) => one.id)).not.toContain("6.1")
  const kept = await row<{ answers: string }>(on.db, sql`select answers from intakes where id = ${begun.id}`)
  // Left as it was filled in, it is no answer of theirs.
  expect(kept?.answers).not.toContain('"4.1"')
})

test("what is found running is recorded at once, told to the DPO, counted by unit, and never approved", async () => {
  const begun = must(await beginIntake(as(), { beginning: "running" }))
  must(
    await saveAnswers(as(), {
      ...{ id: begun.id, version: 1 },
      answers: {
        ...{ "1.3": say({ name: "Shadow Forms SA" }), "1.4": say("Holds sign-up lists."), "1.4b": say(["mkt.direct"]) },
        ...{ "1.6": say("2025-03-01"), "1.7": say("In a bill."), "1.8": say("The events team") },
        ...{ "3.1": say(["customer"]), "3.2": say(["contact.email"]), "4.1": say("for-us") },
      },
    }),
  )
  const made = must(await makeRequest(as(), { id: begun.id }))
  must(await submitRequest(as(), { requestId: made.id }))
  const page = must(await readRequest(as(cast.dpo), { id: made.id }))
  expect(page.request).toMatchObject({ kind: "discovered", state: "recorded" })
  const flow = page.proposals.find((one) => one.kind === "sharing")
  const { record } = must(await readRecord(as(cast.dpo), { id: flow?.recordId, asOf: null, on: null }))
  expect(record).toMatchObject({ standing: "discovered" })
  expect(record.body).toMatchObject({
    ...{ startsOn: known("2025-03-01"), foundHow: known("In a bill."), foundAllowedBy: known("The events team") },
    dueOn: known(addDays(today, 30)),
  })
  const told = await rows<{ kind: string }>(
    on.db,
    sql`select kind from tellings where person_id = ${cast.dpo.id} and request_id = ${made.id}`,
  )
  expect(told.map((one) => one.kind)).toEqual(["found"])
  expect(must(await startIntake(as(), { purposes: ["mkt.direct"] })).approved).toEqual([])
  expect(must(await foundByUnit(as(), {}))).toEqual([
    expect.objectContaining({ entityId: cast.entityId, open: 1, overdue: 0, demanded: 0, oldest: "2025-03-01" }),
  ])
  const sealed = await row<{ body: string }>(
    on.db,
    sql`select body from versions where record_id = ${flow?.recordId ?? ""}`,
  )
  expect(sealed?.body).not.toContain("The events team")
})

test("an authority's demand with a deadline runs under the demand and is looked at afterwards", async () => {
  const begun = must(await beginIntake(as(), { beginning: "authority" }))
  const answers = {
    ...{ "1.3": say({ name: "Court of Lübeck" }), "1.4": say("Names the account holder."), "2.1": say("yes") },
    ...{ "3.1": say(["user"]), "3.2": say(["id.name"]), "3.2n": say({ "law.comply~contact": "The order names it." }) },
    ...{
      "3.4": say("100"),
      "3.4b": say("paper"),
      "5.3a": say("Judge Weber"),
      "5.3b": say("yes"),
      "5.3c": say("One name."),
    },
    ...{
      "5.3d": say("secret"),
      "5.3e": say(addDays(today, 3)),
      "5.3f": say("yes"),
      "6.1": say(["DE"]),
      "9.1a": say("0"),
    },
  }
  must(await saveAnswers(as(), { id: begun.id, version: 1, answers }))
  const made = must(await makeRequest(as(), { id: begun.id }))
  must(await submitRequest(as(), { requestId: made.id }))
  const { proposals, request } = must(await readRequest(as(cast.legal), { id: made.id }))
  expect(request.state).toBe("recorded")
  expect(proposals.map((one) => one.kind)).toEqual(["party", "demand", "sharing"])
  expect(proposals[1]?.body).toMatchObject({
    ...{
      askedBy: known("Judge Weber"),
      powerChecked: known("yes"),
      given: known("One name."),
      secrecy: known("secret"),
    },
    answerOn: known(addDays(today, 3)),
  })
  expect(must(await foundByUnit(as(), {}))[0]).toMatchObject({ demanded: 1 })
  // Afterwards it is looked at as any flow is: by a request that four eyes decide.
  const inbox = must(await readInbox(as(cast.dpo), {}))
  expect(JSON.stringify(inbox)).toContain(made.id)
})

test("nobody reads by it what they may not: a restricted party is not found, not chosen, not counted", async () => {
  const at = as()
  const partyId = newId(at, "party")
  await inForce(on.db, cast, "Quiet", [
    {
      ...{ kind: "party", recordId: partyId },
      body: typedParty({
        legalName: "Undisclosed Merger AG",
        restrictedTo: [cast.requester, cast.procurement, cast.legal, cast.dpo, cast.secondLegal].map(
          (one) => one.id as Id<"person">,
        ),
      } as Partial<Party>),
    },
  ])
  const outsider = await aPerson(on.db, "Otto Outside", ["requester", "legal"])
  expect(must(await findParty(at, { q: "Undisclosed Merger" })).length).toBe(1)
  expect(must(await findParty(as(outsider), { q: "Undisclosed Merger" }))).toEqual([])
  expect(await beginIntake(as(outsider), { beginning: "new-supplier", partyId })).toMatchObject({ ok: false })
})
