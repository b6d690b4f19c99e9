import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { rows } from "@/db/connect"
import { tellingsOfMail } from "@/db/statements/tellings"
import { addDays, dayIn } from "@/domain/core/day"
import { toMillis, fromMillis, type Instant } from "@/domain/core/instant"
import { listFindings } from "@/usecases/checks/list-findings"
import { judgeWaiting } from "@/usecases/checks/judge-again"
import { clockNow, type Actor } from "@/usecases/scene"
import { remind } from "@/usecases/told/remind"
import { readRecord } from "@/usecases/register/read-record"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedSharing } from "@/testing/flow"
import { aPerson, sceneFor } from "@/testing/people"
import { aCast, inForce, must, seatOf, submitted, type Cast, type Submitted } from "@/testing/requests"
import { answerCondition, meetCondition } from "./answer-condition"
import { decideRequest } from "./decide-request"
import { readRequest } from "./read-request"

let on: TestDatabase
let cast: Cast
let buyer: Actor
const today = dayIn("Europe/Berlin", clockNow())

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  buyer = await aPerson(on.db, "Berta Buyer", ["procurement"])
})
afterAll(() => on.drop())

const party = (title: string) =>
  submitted(on.db, cast, title, [{ kind: "party", body: typedParty({ legalName: title }) }])
const decide = (request: Submitted, stage: string, verdict: string, more: object = {}) =>
  decideRequest(sceneFor(on.db, seatOf(cast, stage)), {
    requestId: request.requestId,
    hash: request.hash,
    stage,
    entityId: request.stages.find((one) => one.stage === stage)?.entityId,
    verdict,
    ...more,
  })
const asks = (over: object = {}) => ({
  conditions: [{ words: "Send the certificate.", ownerId: cast.requester.id, dueOn: today, ...over }],
})
const daysOn = (n: number): Instant => fromMillis(toMillis(clockNow()) + n * 86_400_000)
async function told(who: Actor, requestId: string): Promise<string[]> {
  const found = await rows<{ what: string | null }>(
    on.db,
    sql`select what from tellings where person_id = ${who.id} and request_id = ${requestId} and kind = 'condition' order by at, key`,
  )
  return found.map((one) => one.what ?? "made")
}

test("a condition is told, missed on its day, found on its records, met by its owner and confirmed by somebody else", async () => {
  const request = await party("Conditioned Ltd")
  must(await decide(request, "procurement", "approve-with-conditions", asks()))
  must(await decide(request, "dpo", "agree"))
  expect(await told(cast.requester, request.requestId)).toEqual(["made"])
  await judgeWaiting({ db: on.db, now: clockNow() })
  const found = async (now: Instant) => {
    const page = must(
      await listFindings(sceneFor(on.db, cast.legal, { now }), {
        severity: null,
        filters: { clause: ["H-CONDITION"] },
      }),
    )
    return JSON.stringify(page).includes(`"recordId":"${request.recordIds[0]}"`)
  }
  expect(await found(clockNow())).toBe(false)
  expect(await found(daysOn(2))).toBe(true)
  const record = must(await readRecord(sceneFor(on.db, cast.legal), { id: request.recordIds[0] }))
  expect(record.findings).toMatchObject([{ clause: "H-CONDITION", severity: "warning", from: addDays(today, 1) }])
  for (const _round of [1, 2]) await remind({ db: on.db, now: clockNow() })
  for (const _round of [1, 2]) await remind({ db: on.db, now: daysOn(2) })
  expect((await told(cast.requester, request.requestId)).sort()).toEqual(["made", "missed", "soon"])
  expect(await told(cast.procurement, request.requestId)).toEqual(["missed"])
  await on.db.execute(sql`update tellings set mail = 'put', mail_key = 'late' where kind = 'condition'`)
  const mailed = async (): Promise<string[]> => {
    const mail = { key: "late", personId: cast.requester.id }
    const found = await tellingsOfMail(on.db, mail, { request: sql`true`, record: sql`true` }, sql`false`)
    return found.map((one) => one.what ?? "made").sort()
  }
  expect(await mailed()).toEqual(["made", "missed", "soon"])

  const [condition] = must(await readRequest(sceneFor(on.db, cast.legal), { id: request.requestId })).conditions
  const named = { requestId: request.requestId, conditionId: condition?.id }
  const meet = (who: Actor, words = "It is in the folder of the party.") =>
    meetCondition(sceneFor(on.db, who), { ...named, words })
  const answer = (who: Actor, turn: string, words = "") =>
    answerCondition(sceneFor(on.db, who), { ...named, turn, words })
  expect(await meet(cast.procurement)).toMatchObject({ ok: false, says: "not-allowed.condition-owner" })
  expect(await meet(cast.requester, " ")).toMatchObject({ ok: false, code: "invalid" })
  expect(await answer(buyer, "confirmed")).toMatchObject({ ok: false, says: "conflict.condition" })
  must(await meet(cast.requester))
  expect(await told(buyer, request.requestId)).toEqual(["met"])
  expect(await answer(cast.requester, "confirmed")).toMatchObject({ ok: false, code: "not-allowed" })
  expect(await answer(cast.legal, "confirmed")).toMatchObject({ ok: false, says: "not-allowed.role" })
  expect(await answer(buyer, "sent-back")).toMatchObject({ ok: false, code: "invalid" })
  must(await answer(buyer, "sent-back", "The certificate is of last year."))
  must(await meet(cast.requester, "The new one is there."))
  const both = await Promise.all([answer(buyer, "confirmed"), answer(cast.procurement, "confirmed")])
  expect(both.filter((one) => one.ok)).toHaveLength(1)
  await judgeWaiting({ db: on.db, now: clockNow() })
  expect(await found(daysOn(2))).toBe(false)
  // Confirmed meanwhile, a mail that has not gone yet says nothing of it any more.
  expect(await mailed()).toEqual([])
  const page = must(await readRequest(sceneFor(on.db, cast.legal), { id: request.requestId }))
  expect(page.conditions).toMatchObject([{ state: "met", words: "Send the certificate." }])
  expect(page.conditionTurns.map((one) => one.turn)).toEqual(["met", "sent-back", "met", "confirmed"])
})

test.each<[string, () => object, string]>([
  ["none at all", () => ({ conditions: [] }), "invalid.form"],
  ["yesterday's day", () => asks({ dueOn: addDays(today, -1) }), "invalid.form"],
  ["nobody's", () => asks({ ownerId: "psn_01jx0000000000000000000000" }), "invalid.form"],
  ["without words", () => asks({ words: " " }), "invalid.form"],
  ["too many", () => ({ conditions: Array.from({ length: 21 }, () => asks().conditions[0]) }), "invalid.form"],
])("conditions that are %s are refused, and nothing is decided", async (name, more, says) => {
  const request = await party(`Refused ${name}`)
  expect(await decide(request, "procurement", "approve-with-conditions", more())).toMatchObject({ ok: false, says })
  expect(await decide(request, "procurement", "approve", asks())).toMatchObject({ says: "invalid.no-conditions-here" })
  const page = must(await readRequest(sceneFor(on.db, cast.legal), { id: request.requestId }))
  expect(page.decisions).toEqual([])
})

test("a condition never stands in for a blocking clause", async () => {
  const [partyId] = await inForce(on.db, cast, "Blocked", [{ kind: "party", body: typedParty() }])
  const flow = typedSharing({ entityId: cast.entityId as never, partyId: partyId as never })
  const request = await submitted(on.db, cast, "Without paper", [{ kind: "sharing", body: flow }])
  const outcome = await decide(request, "legal", "approve-with-conditions", asks())
  expect(outcome).toMatchObject({ ok: false, code: "blocked" })
})

test("the database takes a condition only with its decision, and no confirmation by its owner or an author", async () => {
  const request = await party("Defended Ltd")
  must(await decide(request, "procurement", "approve"))
  await expect(
    on.db.execute(sql`insert into conditions (id, request_id, decision_id, n, words, owner_id, due_on, at, log_index)
      select 'cnd_01jx0000000000000000000000', d.request_id, d.id, 1, 'x', d.person_id, current_date, d.at, d.log_index from decisions d where d.request_id = ${request.requestId}`),
  ).rejects.toMatchObject({ cause: { code: "ON020" } })
  const second = await party("Second Ltd")
  must(await decide(second, "procurement", "approve-with-conditions", asks({ ownerId: cast.dpo.id })))
  const put = (turn: string, who: Actor) =>
    on.db.execute(sql`insert into condition_turns (condition_id, turn, person_id, at, log_index)
      select c.id, ${turn}, ${who.id}, c.at, c.log_index from conditions c where c.request_id = ${second.requestId}`)
  for (const [turn, who] of [
    ["confirmed", cast.procurement],
    ["met", cast.procurement],
    ["sent-back", cast.dpo],
  ] as const)
    await expect(put(turn, who)).rejects.toMatchObject({ cause: { code: "ON020" } })
})
