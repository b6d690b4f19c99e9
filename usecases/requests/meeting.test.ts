import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { rows } from "@/db/connect"
import { logHead } from "@/db/statements/log"
import { tellingsOfMail } from "@/db/statements/tellings"
import { known } from "@/domain/core/answer"
import { addDays, dayIn } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import { plusMillis, type Instant } from "@/domain/core/instant"
import { SHIPPED } from "@/domain/requests/stage-rules"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement, typedSharing } from "@/testing/flow"
import { aPerson, firstAdministrator, sceneFor } from "@/testing/people"
import { aCast, allAgree, inForce, must, seatOf, submitted, type Cast, type Submitted } from "@/testing/requests"
import { readAway } from "@/usecases/people/read-away"
import { disablePerson } from "@/usecases/people/accounts"
import { setAway } from "@/usecases/people/away"
import { clockNow, type Actor } from "@/usecases/scene"
import { remind } from "@/usecases/told/remind"
import { bringUpToDate } from "./bring-up-to-date"
import { answerCondition, meetCondition } from "./answer-condition"
import { decideRequest } from "./decide-request"
import { decideTogether, listTogether, readTogether, workOff } from "./decide-together"
import { readDecisions } from "./decision-card"
import { draftRequest, saveProposal } from "./draft-request"
import { readRequest } from "./read-request"
import { decideRules, proposeRules, readRules } from "./stage-rules"
import { submitRequest } from "./submit-request"
import { reopenRequest } from "./talk"

let on: TestDatabase
let cast: Cast
let administrator: Actor
const today = dayIn("Europe/Berlin", clockNow())

beforeAll(async () => {
  on = await aDatabase()
  administrator = await firstAdministrator(on.db)
  cast = await aCast(on.db)
})
afterAll(() => on.drop())

const scene = () => sceneFor(on.db, cast.requester)
const party = (legalName: string, over: Parameters<typeof typedParty>[0] = {}) =>
  ({ kind: "party", body: typedParty({ legalName, ...over }) }) as const
const decide = (request: Submitted, stage: string, verdict: string, more: object = {}, who = seatOf(cast, stage)) =>
  decideRequest(sceneFor(on.db, who), {
    ...{ requestId: request.requestId, hash: request.hash, stage, verdict },
    entityId: request.stages.find((one) => one.stage === stage)?.entityId,
    ...more,
  })
async function again(request: Submitted): Promise<Submitted & { carried: { fate: string; because: string[] }[] }> {
  const { hash, stages, carried } = must(await submitRequest(scene(), { requestId: request.requestId }))
  return { ...request, hash, stages, carried }
}
const card = async (who: Actor, request: Submitted) =>
  must(await readDecisions(sceneFor(on.db, who), { requestIds: [request.requestId] })).requests[0]

test("the card of what came into force with a kept decision says who gave it, upon which content, and what it asked for", async () => {
  const request = await submitted(on.db, cast, "Kept Card", [party("Kept Card Ltd")])
  const conditions = [{ words: "Send the certificate.", ownerId: cast.requester.id, dueOn: today }]
  must(await decide(request, "dpo", "agree-with-conditions", { conditions }))
  must(await decide(request, "procurement", "ask-changes", { reason: "Tag it." }))
  const recordId = request.recordIds[0]
  const body = typedParty({ legalName: "Kept Card Ltd", tags: ["x"] })
  must(await saveProposal(scene(), { requestId: request.requestId, recordId, op: "create", kind: "party", body }))
  const next = await again(request)
  expect(must(await decide(next, "procurement", "approve"))).toMatchObject({ state: "approved" })
  const shown = await card(cast.dpo, request)
  expect(shown?.stages.map((one) => [one.stage, one.decision?.verdict, one.decision?.hash])).toEqual([
    ["procurement", "approve", next.hash],
    ["dpo", "agree-with-conditions", request.hash],
  ])
  expect(shown?.earlier.map((one) => one.verdict)).toEqual(["ask-changes"])
  const asked = async (who: Actor) => (await card(who, request))?.stages[1]?.decision?.conditions
  expect(await asked(cast.procurement)).toMatchObject([
    { words: "Send the certificate.", ownerName: "Rita Request", dueOn: today, metAt: null },
  ])
  const [made] = must(await readRequest(scene(), { id: request.requestId })).conditions
  const named = { requestId: request.requestId, conditionId: made?.id }
  must(await meetCondition(scene(), { ...named, words: "It is there." }))
  const officer = await aPerson(on.db, "Olga Officer", ["dpo"])
  must(await answerCondition(sceneFor(on.db, officer), { ...named, turn: "confirmed" }))
  expect((await asked(cast.procurement))?.[0]?.metAt).toEqual(expect.any(String))
})

test("whoever advises may advise against what a clause blocks: that is no approval of it", async () => {
  const [partyId] = await inForce(on.db, cast, "Advised", [party("Advised Ltd")])
  const flow = typedSharing({ entityId: cast.entityId as never, partyId: partyId as never })
  const request = await submitted(on.db, cast, "Without paper", [{ kind: "sharing", body: flow }])
  expect(await decide(request, "legal", "approve")).toMatchObject({ ok: false, code: "blocked" })
  expect(must(await decide(request, "dpo", "advise-against", { reason: "No paper." }))).toMatchObject({
    state: "in-review",
  })
})

test("a record that narrows who may know of the request withdraws what those others decided", async () => {
  const request = await submitted(on.db, cast, "Narrows", [party("Narrows Ltd")])
  must(await decide(request, "dpo", "agree"))
  must(await reopenRequest(scene(), { requestId: request.requestId }))
  const paper = typedAgreement({ entityId: cast.entityId as never, partyId: request.recordIds[0] as never }, [], {
    ...{ kind: "confidentiality", signatories: [] },
    restrictedTo: [cast.requester.id, cast.procurement.id, cast.legal.id] as never,
  })
  must(await saveProposal(scene(), { requestId: request.requestId, op: "create", kind: "agreement", body: paper }))
  expect((await again(request)).carried).toMatchObject([{ fate: "withdrawn", because: ["fewer-know"] }])
})

test("what was restricted since is laid over no draft of somebody who may not know of it", async () => {
  const [id] = await inForce(on.db, cast, "Opens", [party("Opens Ltd")])
  const mine = must(await draftRequest(scene(), { title: "Mine" }))
  const change = { op: "change", kind: "party", recordId: id } as const
  const restrictedTo = [cast.requester.id, cast.dpo.id] as never
  must(
    await saveProposal(scene(), {
      ...{ requestId: mine.id, ...change },
      body: typedParty({ legalName: "Opens Ltd", tags: ["mine"], restrictedTo }),
    }),
  )
  const other = { ...cast, requester: await aPerson(on.db, "Rolf Other", ["requester"]) }
  const named = [other.requester.id, cast.procurement.id, cast.dpo.id, cast.legal.id] as never
  const secret = await submitted(on.db, other, "Secret", [
    {
      ...change,
      recordId: id ?? "",
      body: typedParty({ legalName: "Opens Ltd", tags: ["secret-tag"], restrictedTo: named }),
    },
  ])
  must(await allAgree(on.db, cast, secret))
  const outcome = await bringUpToDate(scene(), { requestId: mine.id, recordId: id })
  expect(outcome).toMatchObject({ ok: false, code: "not-found" })
  expect(JSON.stringify(must(await readRequest(scene(), { id: mine.id })))).not.toContain("secret-tag")
})

test("whoever stands in is reminded of what is late, as the absent one is", async () => {
  const absent = await aPerson(on.db, "Ute Away", ["procurement"])
  const delegate = await aPerson(on.db, "Lou Law", ["legal"])
  const delegates = [{ role: "procurement", personId: delegate.id }]
  must(await setAway(sceneFor(on.db, absent), { fromOn: today, toOn: addDays(today, 60), delegates }))
  const request = await submitted(on.db, cast, "Late", [party("Late Ltd")])
  await remind({ db: on.db, now: plusMillis(clockNow(), 20 * 86_400_000) })
  const told = await rows<{ person: string }>(
    on.db,
    sql`select distinct person_id as person from tellings where request_id = ${request.requestId} and kind = 'due' and clause = 'procurement'`,
  )
  const ids = told.map((one) => one.person)
  expect(ids).toEqual(expect.arrayContaining([absent.id, delegate.id]))
  expect(ids).not.toContain(cast.legal.id)
})

test("the place that is offered for many is one that is open to the reader: its turn came, and it names them", async () => {
  const both = await aPerson(on.db, "Bea Both", ["procurement", "legal"])
  const lender = await aPerson(on.db, "Lia Lender", ["procurement"])
  const [partyId] = (await inForce(on.db, cast, "Placed", [party("Placed Ltd")])) as [Id<"party">]
  const between = { entityId: cast.entityId as Id<"entity">, partyId }
  const paper = (n: number) =>
    typedAgreement(between, [], { title: `Placed ${n}`, signatories: [], kind: "confidentiality" })
  const papers = await inForce(
    on.db,
    cast,
    "Papers",
    [0, 1].map((n) => ({ kind: "agreement" as const, body: paper(n) })),
  )
  const ending = (n: number) =>
    submitted(on.db, cast, `Ends ${n}`, [{ kind: "agreement", op: "end", recordId: papers[n] ?? "", body: paper(n) }])
  const rule = async (over: object) => {
    const { version } = must(
      await proposeRules(sceneFor(on.db, administrator), {
        ...{ companyId: cast.entityId, rows: SHIPPED.rows, days: SHIPPED.days, waves: SHIPPED.waves, persons: {} },
        ...{ reason: "Otherwise", ...over },
      }),
    )
    must(await decideRules(sceneFor(on.db, cast.dpo), { version, verdict: "approve" }))
  }
  await rule({ waves: { procurement: 2, legal: 1, dpo: 1, "second-legal": 1 } })
  const turned = await ending(0)
  await rule({ persons: { procurement: [cast.procurement.id] } })
  const named = await ending(1)
  const listed = must(await listTogether(sceneFor(on.db, both), {}))
  const place = (request: Submitted) => listed.rows.find((one) => one.id === request.requestId)?.place
  expect(place(turned)).toEqual({ stage: "legal", entityId: cast.entityId, seat: "decides", forPerson: null })
  expect(place(named)).toEqual({ stage: "legal", entityId: cast.entityId, seat: "decides", forPerson: null })
  // A delegate takes the place of the one whom the rules name: nothing stands against it.
  const { lendable } = must(await readAway(sceneFor(on.db, cast.procurement), {}))
  const candidate = lendable[0]?.candidates.find((one) => one.personId === lender.id)
  expect(candidate?.conflicts.map((one) => one.requestId)).not.toContain(named.requestId)
})

test("a line is taken only by the word that was sent, not by another one given by hand meanwhile", async () => {
  const [partyId] = (await inForce(on.db, cast, "By hand", [party("By hand Ltd")])) as [Id<"party">]
  const paper = typedAgreement({ entityId: cast.entityId as Id<"entity">, partyId }, [], {
    ...{ title: "By hand", signatories: [], kind: "confidentiality" },
  })
  const [id = ""] = await inForce(on.db, cast, "Paper by hand", [{ kind: "agreement", body: paper }])
  const request = await submitted(on.db, cast, "Renewed by hand", [
    { kind: "agreement", op: "change", recordId: id, body: { ...paper, endsOn: known(addDays(today, 400)) } },
  ])
  const chosen = [{ requestId: request.requestId, hash: request.hash, stage: "procurement", entityId: cast.entityId }]
  const sent = must(await decideTogether(sceneFor(on.db, cast.procurement), { verdict: "approve", chosen }))
  must(await decideTogether(sceneFor(on.db, cast.procurement), { verdict: "refuse", reason: "No.", chosen }))
  const refused = await rows<{ id: string }>(on.db, sql`select id from bulk_decisions where verdict = 'refuse'`)
  const lines = async (of: string) =>
    must(await readTogether(sceneFor(on.db, cast.procurement), { id: of })).lines.map((one) => one.state)
  expect(await lines(sent.id)).toEqual(["taken"])
  expect(await lines(refused[0]?.id ?? "")).toEqual(["refused"])
  expect(await workOff(sceneFor(on.db, cast.procurement), sent.id, 0)).toBe(false)
})

test("who was shut out by an instant was entitled to nothing then, and whom rules name keeps a name", async () => {
  const shut = await aPerson(on.db, "Sam Shut", ["procurement"])
  const part = { companyId: cast.entityId, rows: SHIPPED.rows, days: SHIPPED.days, waves: SHIPPED.waves }
  const persons = { procurement: [shut.id, cast.procurement.id] }
  const { version } = must(
    await proposeRules(sceneFor(on.db, administrator), { ...part, persons, reason: "These two" }),
  )
  must(await decideRules(sceneFor(on.db, cast.dpo), { version, verdict: "approve" }))
  const before = (await logHead(on.db)).at
  must(await disablePerson(sceneFor(on.db, administrator), { person: shut.id }))
  const after = (await logHead(on.db)).at
  const page = async (asOf: Instant | null) => must(await readRules(sceneFor(on.db, cast.dpo), { asOf }))
  const entitled = async (asOf: Instant | null) => (await page(asOf)).people.some((one) => one.id === shut.id)
  expect([await entitled(before), await entitled(after), await entitled(null)]).toEqual([true, false, false])
  expect((await page(null)).names[shut.id]).toBe("Sam Shut")
  const back = must(await proposeRules(sceneFor(on.db, administrator), { ...part, persons: {}, reason: "Anybody" }))
  must(await decideRules(sceneFor(on.db, cast.dpo), { version: back.version, verdict: "approve" }))
})

test("a condition of a request that was refused or withdrawn is asked of nobody: on its page, and in no mail", async () => {
  const request = await submitted(on.db, cast, "Lapses", [party("Lapses Ltd")])
  const owner = await aPerson(on.db, "Omar Owner", ["requester"])
  const conditions = [{ words: "Send it.", ownerId: owner.id, dueOn: today }]
  must(await decide(request, "dpo", "agree-with-conditions", { conditions }))
  const mailed = async () => {
    const mail = { key: "a mail", personId: owner.id as string }
    await on.db.execute(sql`update tellings set mail = 'put', mail_key = ${mail.key} where person_id = ${owner.id}`)
    const scope = { request: sql`true`, record: sql`true` }
    return (await tellingsOfMail(on.db, mail, scope, sql`false`)).map((one) => one.kind)
  }
  expect(await mailed()).toEqual(["condition"])
  must(await decide(request, "procurement", "refuse", { reason: "No." }))
  expect(must(await readRequest(scene(), { id: request.requestId })).conditions).toMatchObject([{ state: "lapsed" }])
  expect(await mailed()).toEqual([])
})
