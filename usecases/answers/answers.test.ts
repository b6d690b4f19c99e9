import { createHmac } from "node:crypto"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { row, rows } from "@/db/connect"
import { draw } from "@/domain/answers/sample"
import { known } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import type { Sharing } from "@/domain/records/sharing"
import { typedParty } from "@/testing/bodies"
import { goingTo, mechanism } from "@/testing/covered"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { aLine, typedAgreement, typedAssessment, typedSharing } from "@/testing/flow"
import { anEntity, aPerson, sceneFor } from "@/testing/people"
import { aCast, inForce, must, submitted, type Cast } from "@/testing/requests"
import { listRefusals } from "@/usecases/audit/list-refusals"
import { revokeRole } from "@/usecases/people/grant-roles"
import { decideRequest } from "@/usecases/requests/decide-request"
import { draftRequest, saveProposal } from "@/usecases/requests/draft-request"
import { submitRequest } from "@/usecases/requests/submit-request"
import { withdrawRequest } from "@/usecases/requests/talk"
import { clockNow, newId, OPERATOR, type Actor } from "@/usecases/scene"
import { checkCompleteness } from "./check-completeness"
import { readHistory } from "./decision-history"
import { drawSample } from "./draw-sample"
import { readPartyStory } from "./party-story"
import { allRecipients, readRecipients } from "./recipients"
import { closedRequests } from "./requests-then"
import { rolesOn } from "./roles-on"

let on: TestDatabase
let cast: Cast
let party: string
let covered: string
let foreign: string
let requestId: string
let began: Instant
/** Before anybody was decided to receive nothing. */
let early: Instant
let supervisor: Actor
let elsewhere: Actor
let other: string

const as = (actor: Actor) => sceneFor(on.db, actor)
const ON = "2026-06-15"

/** A flow found running to the party. */
async function found(over: Partial<Sharing>): Promise<string> {
  const scene = as(cast.requester)
  const restrictedTo = over.restrictedTo ?? undefined
  const draft = must(await draftRequest(scene, { title: "Found", kind: "discovered", restrictedTo }))
  const recordId = newId(scene, "sharing")
  const body = typedSharing({ entityId: cast.entityId as Id<"entity">, partyId: party as Id<"party"> }, over)
  const one = { requestId: draft.id, kind: "sharing", op: "create", recordId, discovered: true, body }
  must(await saveProposal(scene, one))
  must(await submitRequest(scene, { requestId: draft.id }))
  return recordId
}

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  other = await anEntity(on.db)
  supervisor = await aPerson(on.db, "Vera Visit", ["supervisor"], cast.entityId)
  elsewhere = await aPerson(on.db, "Elsa Else", ["supervisor"], other)
  began = clockNow()
  ;[party] = (await inForce(on.db, cast, "Party", [
    {
      kind: "party",
      body: typedParty({ legalName: "Harbour Cloud Ltd", hosts: ["harbour.example"], country: known("IE") }),
    },
  ])) as [string]
  const between = { entityId: cast.entityId as Id<"entity">, partyId: party as Id<"party"> }
  covered = newId(as(cast.requester), "sharing")
  const flow = { dataLines: known([aLine("contact.email"), aLine("fin.card", { firstOn: day("2026-07-01") })]) }
  const request = await submitted(on.db, cast, "A covered flow", [
    { kind: "sharing", recordId: covered, body: typedSharing(between, { title: "A covered flow", ...flow }) },
    { kind: "assessment", body: typedAssessment(party as Id<"party">) },
    { kind: "agreement", body: typedAgreement(between, [covered as Id<"sharing">], { title: "Harbour DPA" }) },
  ])
  requestId = request.requestId
  for (const stage of request.stages)
    must(
      await decideRequest(
        as(stage.stage === "procurement" ? cast.procurement : stage.stage === "dpo" ? cast.dpo : cast.legal),
        {
          ...{ requestId, hash: request.hash, stage: stage.stage, entityId: stage.entityId, reason: "It is needed." },
          verdict: stage.seat === "decides" ? "approve" : "agree",
        },
      ),
    )
  await found({ title: "B found flow", ...goingTo("US", [mechanism("scc-2021")]), subjects: known(["child"]) })
  const named = [cast.requester, cast.dpo].map((one) => one.id as Id<"person">)
  await found({ title: "C secret flow", restrictedTo: named })
  foreign = must(
    await saveProposal(as(cast.requester), {
      requestId: must(await draftRequest(as(cast.requester), { title: "Foreign", kind: "discovered" })).id,
      ...{ kind: "sharing", op: "create", recordId: newId(as(cast.requester), "sharing"), discovered: true },
      body: typedSharing({ entityId: other as Id<"entity">, partyId: party as Id<"party"> }, { title: "D foreign" }),
    }),
  ).recordId
  const of = await row<{ id: string }>(on.db, sql`select request_id as id from proposals where record_id = ${foreign}`)
  must(await submitRequest(as(cast.requester), { requestId: of?.id }))
  early = clockNow()
  await inForce(on.db, cast, "Nothing", [
    { kind: "party", body: typedParty({ legalName: "Stationer's Corner", dataDecision: "no-personal-data" }) },
    { kind: "party", body: typedParty({ legalName: "Otter Analytics", dataDecision: "undecided" }) },
  ])
}, 120_000)
afterAll(() => on.drop())

const ask = (over: object = {}) => ({ query: { ...over }, on: ON })

describe("who receives data", () => {
  test("names each flow with paper, places and why it was covered on the day", async () => {
    const page = must(await readRecipients(as(cast.dpo), ask()))
    expect(page.lines.map((line) => [line.title, line.state])).toEqual([
      ["A covered flow", "covered"],
      ["B found flow", "gap"],
      ["C secret flow", "gap"],
      ["D foreign", "gap"],
    ])
    expect(page).toMatchObject({ flows: 4, recipients: 1, more: false, day: ON })
    expect(page.lines[0]).toMatchObject({
      ...{ partyName: "Harbour Cloud Ltd", partyCountry: "IE", mode: "entrust", role: "processor" },
      papers: [{ title: "Harbour DPA", kind: "processing", days: { from: "2026-01-01" } }],
      flow: { data: ["contact.email"], people: ["user"], places: [{ country: "IE" }] },
      causes: [],
    })
    expect(page.lines[1]?.causes.length).toBeGreaterThan(0)
  })
  test("asks for what held on the day: a kind that comes later, a country, a family", async () => {
    const titles = async (over: object, when = ON) =>
      must(await readRecipients(as(cast.dpo), { query: over, on: when })).lines.map((line) => line.title)
    expect(await titles({ data: ["fin.*"] })).toEqual([])
    expect(await titles({ data: ["fin.*"] }, "2026-07-01")).toEqual(["A covered flow"])
    expect(await titles({ data: ["contact.*"] })).toEqual(["A covered flow"])
    expect(await titles({ people: ["child"], countries: ["US"] })).toEqual(["B found flow"])
    expect(await titles({ countries: ["US"], entities: [other] })).toEqual([])
    expect(await titles({}, "2025-06-15")).toEqual([])
    expect(await readRecipients(as(cast.dpo), { query: { data: ["shoes"] } })).toMatchObject({ code: "invalid" })
  })
  test("says of an earlier instant what the register said then", async () => {
    const page = must(await readRecipients(as(cast.dpo), { ...ask(), asOf: began }))
    expect([page.flows, page.lines]).toEqual([0, []])
    expect(must(await readRecipients(as(cast.dpo), { ...ask(), asOf: early })).flows).toBe(4)
  })
  test("neither shows nor counts what is another company's or restricted, a page at a time and as a file", async () => {
    const mine = must(await readRecipients(as(supervisor), ask()))
    expect([mine.flows, mine.lines.map((line) => line.title)]).toEqual([2, ["A covered flow", "B found flow"]])
    expect(Object.keys(mine.entities)).toEqual([cast.entityId])
    expect(must(await readRecipients(as(elsewhere), ask())).lines.map((line) => line.title)).toEqual(["D foreign"])
    const first = must(await readRecipients(as(cast.legal), { ...ask(), size: 1 }))
    const next = must(await readRecipients(as(cast.legal), { ...ask(), size: 2, after: first.next ?? "" }))
    expect([...first.lines, ...next.lines].map((line) => line.id)).toEqual(
      must(await allRecipients(as(cast.legal), ask())).lines.map((line) => line.id),
    )
    expect(next.next).toBeNull()
    expect(await readRecipients(as(cast.requester), ask())).toMatchObject({ code: "not-allowed" })
  })
})

describe("a sample", () => {
  const query = { seed: "visit of 15 June", by: "mode", how: "each", n: 2 }
  test("is what the rule draws from the same records, and the same again", async () => {
    const page = must(await drawSample(as(cast.dpo), { query, on: ON }))
    const members = await rows<{ id: string; stratum: string }>(
      on.db,
      sql`select record_id as id, mode as stratum from sharing_rows where until_at = 'infinity'`,
    )
    const rank = (id: string) => createHmac("sha256", query.seed).update(id).digest("hex")
    const drawn = draw(members, { n: 2, how: "each", least: 0 }, rank)
    expect(page.lines.map(({ id, stratum, rank: said }) => ({ id, stratum, rank: said }))).toEqual(drawn)
    expect(page).toMatchObject({ population: 4, strata: [{ name: "entrust", size: 4, taken: 2 }] })
    expect(must(await drawSample(as(cast.dpo), { query, on: ON })).lines).toEqual(page.lines)
  })
  test("is drawn by every kind of group, from what the reader may read, as of then", async () => {
    for (const by of ["entity", "party-kind", "country", "standing", "coverage"])
      for (const asOf of [null, early])
        expect([
          by,
          must(await drawSample(as(supervisor), { query: { ...query, by }, on: ON, asOf })).population,
        ]).toEqual([by, 2])
    const standing = must(await drawSample(as(cast.dpo), { query: { ...query, by: "standing" }, on: ON }))
    expect(standing.strata.map((one) => [one.name, one.size])).toEqual([
      ["approved", 1],
      ["discovered", 3],
    ])
    expect(must(await drawSample(as(cast.dpo), { query, asOf: began })).lines).toEqual([])
    expect(await drawSample(as(cast.dpo), { query: { ...query, seed: "x".repeat(65) } })).toMatchObject({
      code: "invalid",
    })
  })
})

describe("completeness", () => {
  const list =
    "Harbour Cloud Ltd\nhttps://app.harbour.example/x\nStationers Corner\nStationer's Corner\nOtter Analytics\n;;\nCopper Parcel AG"
  const said = async (who: Actor, asOf: Instant | null = null) =>
    must(await checkCompleteness(as(who), { list, asOf })).lines.map((line) => line.verdict)
  test("says of each line whether it is registered, decided to be none, undecided or unknown", async () => {
    const page = must(await checkCompleteness(as(cast.dpo), { list }))
    expect(page.lines.map((line) => [line.line, line.verdict, line.how, line.partyName])).toEqual([
      [1, "registered", "name", "Harbour Cloud Ltd"],
      [2, "registered", "host", "Harbour Cloud Ltd"],
      [3, "unknown", "similar", "Stationer's Corner"],
      [4, "no-personal-data", "name", "Stationer's Corner"],
      [5, "undecided", "name", "Otter Analytics"],
      [7, "unknown", null, null],
    ])
    expect(page).toMatchObject({ counts: { registered: 2, unknown: 2 }, empty: 1 })
  })
  test("as of an earlier instant the decision was not there yet", async () => {
    expect(await said(cast.dpo, early)).toEqual([
      "registered",
      "registered",
      "unknown",
      "unknown",
      "unknown",
      "unknown",
    ])
  })
  test("tells a supervisor of a decision of the group by its name, and of no party that their company gives nothing to", async () => {
    const page = must(await checkCompleteness(as(supervisor), { list }))
    expect(page.lines.map((line) => [line.verdict, line.opens])).toEqual([
      ...[
        ["registered", true],
        ["registered", true],
        ["unknown", false],
        ["no-personal-data", false],
      ],
      ...[
        ["unknown", false],
        ["unknown", false],
      ],
    ])
    const nobody = await aPerson(on.db, "Nora None", ["supervisor"], await anEntity(on.db))
    expect((await said(nobody)).slice(0, 2)).toEqual(["unknown", "unknown"])
  })
  test("writes nothing down but that a supervisor looked", async () => {
    const tables = ["reconciliations", "kept", "log_leaves"] as const
    const count = async () => {
      const of = async (table: string) =>
        (await row<{ n: number }>(on.db, sql`select count(*) as n from ${sql.raw(table)}`))?.n
      return Promise.all(tables.map(of))
    }
    const before = await count()
    must(await checkCompleteness(as(cast.dpo), { list: "Zebra Secret" }))
    expect(await count()).toEqual(before)
    must(await checkCompleteness(as(supervisor), { list: "Zebra Secret" }))
    expect(await count()).toEqual([before[0], before[1], (before[2] ?? 0) + 1])
    const leaf = await row<{ bytes: string }>(on.db, sql`select bytes from log_leaves order by index desc limit 1`)
    expect(leaf?.bytes).toContain("look.answers.read")
    expect(leaf?.bytes).toContain(`"id":"completeness"`)
    expect(leaf?.bytes).not.toContain("Zebra")
  })
  test.each(["", ";;;", Array.from({ length: 501 }, (_, i) => `Supplier ${i}`).join("\n"), "x".repeat(100_001)])(
    "refuses a list of nobody and one too long (%#)",
    async (text) => expect(await checkCompleteness(as(cast.dpo), { list: text })).toMatchObject({ code: "invalid" }),
  )
})

describe("the history of a decision", () => {
  test("says who was entitled at that instant, by whom, and what stands in its place since", async () => {
    const page = must(await readHistory(as(cast.dpo), { requestId }))
    expect(page).toMatchObject({ request: { title: "A covered flow", state: "approved" }, next: null, more: false })
    expect(page.revisions[0]).toMatchObject({ n: 1, rulesVersion: 1, byPerson: cast.requester.id })
    expect(page.authors[1]).toEqual([cast.requester.id])
    expect(page.decisions.length).toBe(page.revisions[0]?.stages.length)
    for (const one of page.decisions) {
      expect(one.reasonText).toBe("It is needed.")
      expect(one.entitled.grant).toMatchObject({ entityId: null, state: expect.stringMatching(/granted|confirmed/) })
    }
    expect(page.brought.map((one) => [one.kind, one.n, one.laterN])).toEqual([
      ["sharing", 1, null],
      ["assessment", 1, null],
      ["agreement", 1, null],
    ])
    expect(page.events.map((one) => one.act)).toEqual(["request.submit", ...page.decisions.map(() => "request.decide")])
  })
  test("ends at the instant, and is there for nobody who may not know the request", async () => {
    const first = must(await readHistory(as(cast.dpo), { requestId })).revisions[0]
    const then = must(await readHistory(as(cast.dpo), { requestId, asOf: first?.at }))
    expect(then).toMatchObject({ decisions: [], brought: [], request: { state: "in-review" } })
    expect(await readHistory(as(cast.dpo), { requestId, asOf: began })).toMatchObject({ code: "not-found" })
    expect(await readHistory(as(elsewhere), { requestId })).toMatchObject({ code: "not-found" })
    expect(must(await readHistory(as(supervisor), { requestId })).brought).toHaveLength(3)
  })
})

describe("the story of a party", () => {
  test("holds everything that the reader may know, and no more", async () => {
    const story = must(await readPartyStory(as(cast.dpo), { id: party, on: ON }))
    expect(story.flows.map(({ record }) => record.body.title)).toEqual([
      ...["A covered flow", "B found flow", "C secret flow", "D foreign"],
    ])
    expect(story.papers.map((paper) => paper.body.title)).toEqual(["Harbour DPA"])
    expect(story.requests.some((one) => one.id === requestId)).toBe(true)
    expect(story.decisions.filter((one) => one.requestId === requestId).length).toBeGreaterThan(1)
    expect(story.findings.length).toBeGreaterThan(0)
    expect(story).toMatchObject({ cut: [], next: null, mergedInto: null, merged: [], letters: [] })
    const mine = must(await readPartyStory(as(supervisor), { id: party, on: ON }))
    expect(mine.flows.map(({ record }) => record.body.title)).toEqual(["A covered flow", "B found flow"])
    expect(JSON.stringify(mine)).not.toMatch(/secret|foreign/i)
    const theirs = must(await readPartyStory(as(elsewhere), { id: party, on: ON }))
    expect(JSON.stringify(theirs)).not.toMatch(/covered flow|Harbour DPA|secret/i)
  })
  test("is as it was then, and there for nobody who may not know the party", async () => {
    expect(await readPartyStory(as(cast.dpo), { id: party, asOf: began })).toMatchObject({ code: "not-found" })
    const nobody = await aPerson(on.db, "Nils None", ["supervisor"], await anEntity(on.db))
    expect(await readPartyStory(as(nobody), { id: party })).toMatchObject({ code: "not-found" })
  })
})

test("refused and withdrawn requests stand on their lists from when they were closed, for who may know them", async () => {
  const before = clockNow()
  const refused = await submitted(on.db, cast, "Refuse me", [
    { kind: "party", body: typedParty({ legalName: "No Ltd" }) },
  ])
  const [stage] = refused.stages
  const word = { requestId: refused.requestId, hash: refused.hash, stage: stage?.stage, entityId: stage?.entityId }
  must(await decideRequest(as(cast.procurement), { ...word, verdict: "refuse", reason: "Not needed." }))
  const back = await submitted(on.db, cast, "Take back", [
    { kind: "party", body: typedParty({ legalName: "Back Ltd" }) },
  ])
  must(await withdrawRequest(as(cast.requester), { requestId: back.requestId, reason: "A mistake." }))
  const page = must(await closedRequests(as(cast.dpo), { state: "refused" }))
  expect(page.lines).toMatchObject([{ title: "Refuse me", refusedBy: "Piet Procure", stage: "procurement" }])
  expect(must(await closedRequests(as(cast.dpo), { state: "withdrawn" })).lines).toMatchObject([{ title: "Take back" }])
  expect(must(await closedRequests(as(cast.dpo), { state: "refused", asOf: before })).lines).toEqual([])
})

test("a role that was taken back stands on the list of the day before, in the reader's companies alone", async () => {
  const gone = await aPerson(on.db, "Gus Gone", ["legal"], other)
  const before = clockNow()
  must(await revokeRole(sceneFor(on.db, OPERATOR), { grantId: gone.held[0]?.grantId }))
  const names = async (who: Actor, asOf: Instant | null = null) =>
    must(await rolesOn(as(who), { asOf, size: 500 })).lines.map((line) => line.name)
  expect(await names(cast.dpo)).not.toContain("Gus Gone")
  expect(await names(cast.dpo, before)).toContain("Gus Gone")
  expect(await names(elsewhere, before)).toContain("Gus Gone")
  expect(await names(supervisor, before)).not.toContain("Gus Gone")
  expect(await names(supervisor, before)).toContain("Lena Law")
  const first = must(await rolesOn(as(cast.dpo), { size: 2 }))
  const next = must(await rolesOn(as(cast.dpo), { size: 500, after: first.next ?? "" }))
  expect([...first.lines, ...next.lines].map((line) => line.name)).toEqual(await names(cast.dpo))
  expect(await rolesOn(as(cast.procurement), {})).toMatchObject({ code: "not-allowed" })
})

test("refused attempts are shown to a supervisor of the whole group, and to none of a part of it", async () => {
  const whole = await aPerson(on.db, "Wim Whole", ["supervisor"])
  expect((await listRefusals(as(whole), {})).ok).toBe(true)
  expect(await listRefusals(as(supervisor), {})).toMatchObject({ code: "not-found" })
  expect(must(await listRefusals(as(cast.dpo), { asOf: began })).lines).toEqual([])
})
