import { Readable } from "node:stream"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { rows } from "@/db/connect"
import { conditionById } from "@/db/statements/conditions"
import { logHead } from "@/db/statements/log"
import { addDays, dayIn } from "@/domain/core/day"
import { fromMillis, toMillis, type Instant } from "@/domain/core/instant"
import { judgeWaiting } from "@/usecases/checks/judge-again"
import { FILE_LIMITS, putFile, receive } from "@/usecases/files/put-file"
import { readFile } from "@/usecases/files/read-file"
import { setAway } from "@/usecases/people/away"
import { readRecord } from "@/usecases/register/read-record"
import { clockNow, type Actor } from "@/usecases/scene"
import { remind } from "@/usecases/told/remind"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { aPerson, anEntity, sceneFor } from "@/testing/people"
import { aCast, allAgree, inForce, must, seatOf, submitted, type Cast, type Proposed } from "@/testing/requests"
import { answerCondition, giveCondition, meetCondition } from "./answer-condition"
import { decideRequest } from "./decide-request"
import { readDecisions } from "./decision-card"
import { readRequest } from "./read-request"

let on: TestDatabase
let cast: Cast
let buyer: Actor
let outsider: Actor
const today = dayIn("Europe/Berlin", clockNow())
const later = (n: number): Instant => fromMillis(toMillis(clockNow()) + n * 86_400_000)

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  buyer = await aPerson(on.db, "Berta Buyer", ["procurement"])
  outsider = await aPerson(on.db, "Otto Outsider", ["legal"], await anEntity(on.db))
})
afterAll(() => on.drop())

const as = (who: Actor, now?: Instant) => sceneFor(on.db, who, now ? { now } : {})
const says = (outcome: { ok: boolean; says?: string; fields?: readonly { says: string }[] }): string =>
  outcome.ok ? "yes" : (outcome.fields?.[0]?.says ?? outcome.says ?? "")

/** A request that its first decider approves with one condition of the requester's, due today, in force; gives what names it. */
async function conditioned(title: string, proposals: Proposed[], over: object = {}) {
  const request = await submitted(on.db, cast, title, proposals)
  const asked = [{ words: "Send the certificate.", ownerId: cast.requester.id, dueOn: today, ...over }]
  const place = request.stages.find((one) => one.seat === "decides")
  const [stage, entityId] = [place?.stage ?? "", place?.entityId]
  const word = { requestId: request.requestId, hash: request.hash, stage, entityId }
  must(await decideRequest(as(seatOf(cast, stage)), { ...word, verdict: "approve-with-conditions", conditions: asked }))
  const stages = request.stages.filter((one) => one !== place)
  if (stages.length) must(await allAgree(on.db, cast, { ...request, stages }))
  const [condition] = must(await readRequest(as(cast.requester), { id: request.requestId })).conditions
  return { request, stage, named: { requestId: request.requestId, conditionId: condition?.id ?? "" } }
}
const party = (legalName: string): Proposed => ({ kind: "party", body: typedParty({ legalName }) })

async function aFile(who: Actor, legalAdvice = false): Promise<string> {
  const received = must(await receive(as(who), Readable.from([Buffer.from("seen, and good")]), FILE_LIMITS.paper))
  return must(await putFile(as(who), { name: "seen.txt", use: "paper", received, legalAdvice })).id
}
const shown = async (who: Actor, requestId: string) => must(await readRequest(as(who), { id: requestId })).conditions[0]

test("evidence is words and files of the owner's own, read by whoever reads the words and by nobody else", async () => {
  const { named } = await conditioned("With files", [party("Files Ltd")])
  const mine = await aFile(cast.requester)
  const other = await aFile(buyer)
  const meet = (fileIds: string[]) =>
    meetCondition(as(cast.requester), { ...named, words: "It is laid here.", fileIds })
  expect(says(await meet([other]))).toBe("invalid.condition-files")
  expect(says(await meet(Array.from({ length: 11 }, () => mine)))).toBe("invalid.condition-files")
  expect(says(await meet(["fil_nothing"]))).not.toBe("yes")
  expect((await conditionById(on.db, named.conditionId))?.last).toBeNull()
  must(await meet([mine, mine]))
  expect(await shown(buyer, named.requestId)).toMatchObject({ lastFiles: [{ id: mine, name: "seen.txt" }] })
  expect(must(await readFile(as(buyer), { id: mine }))).toMatchObject({ name: "seen.txt" })
  expect(await readFile(as(outsider), { id: mine })).toMatchObject({ ok: false, code: "not-found" })
  await expect(
    on.db.execute(sql`insert into condition_turns (condition_id, turn, person_id, file_ids, at, log_index)
      select condition_id, 'sent-back', ${buyer.id}, array[${mine}], at, log_index + 1 from condition_turns where condition_id = ${named.conditionId}`),
  ).rejects.toMatchObject({ cause: { code: "ON020" } })
})

test("a condition is given to somebody else by whoever asked for it or the DPO, with a reason, and is then theirs", async () => {
  const { named } = await conditioned("Given", [party("Given Ltd")])
  const give = (who: Actor, ownerId: string, reason = "She left the team.") =>
    giveCondition(as(who), { ...named, ownerId, reason })
  expect(says(await give(buyer, cast.legal.id))).toBe("not-allowed.condition-giver")
  expect(says(await give(cast.requester, cast.legal.id))).toMatch(/^not-allowed/)
  expect(says(await give(cast.procurement, cast.legal.id, " "))).toBe("invalid.reason")
  expect(says(await give(cast.procurement, cast.requester.id))).toBe("invalid.condition-same")
  expect(says(await give(cast.procurement, "psn_01jx0000000000000000000000"))).toBe("invalid.condition-owner")
  expect(says(await giveCondition(as(outsider), { ...named, ownerId: cast.legal.id, reason: "x" }))).toBe(
    "not-allowed.condition-giver",
  )
  const before = (await logHead(on.db)).at
  must(await give(cast.procurement, cast.legal.id))
  must(await give(cast.dpo, buyer.id, "Legal has no time."))
  expect(await shown(buyer, named.requestId)).toMatchObject({ ownerId: buyer.id, mayMeet: true, mayAnswer: false })
  const told = await rows<{ person: string; what: string }>(
    on.db,
    sql`select person_id as person, what from tellings where request_id = ${named.requestId} and kind = 'condition' and what in ('given', 'taken') order by at, what`,
  )
  expect(told).toEqual([
    { person: cast.legal.id, what: "given" },
    { person: cast.requester.id, what: "taken" },
    { person: buyer.id, what: "given" },
    { person: cast.legal.id, what: "taken" },
  ])
  expect(says(await meetCondition(as(cast.requester), { ...named, words: "Done." }))).toBe(
    "not-allowed.condition-owner",
  )
  must(await meetCondition(as(buyer), { ...named, words: "Done." }))
  expect(says(await give(cast.dpo, cast.legal.id))).toBe("conflict.condition")
  expect(says(await answerCondition(as(buyer), { ...named, turn: "confirmed" }))).toBe("not-allowed.condition-own")
  must(await answerCondition(as(cast.procurement), { ...named, turn: "confirmed" }))
  const page = must(await readRequest(as(cast.dpo), { id: named.requestId }))
  expect(page.conditionTurns.map((one) => [one.turn, one.toPerson, one.words])).toEqual([
    ["given", cast.legal.id, "She left the team."],
    ["given", buyer.id, "Legal has no time."],
    ["met", null, "Done."],
    ["confirmed", null, null],
  ])
  // A card as of a day names whoever answered for it then.
  const owners = async (asOf: Instant | null) =>
    must(await readDecisions(as(cast.dpo), { requestIds: [named.requestId], asOf })).requests[0]?.stages.flatMap(
      (one) => one.decision?.conditions.map((item) => item.ownerName) ?? [],
    )
  expect([await owners(before), await owners(null)]).toEqual([["Rita Request"], ["Berta Buyer"]])
  // Of what stands nothing is rewritten, and a given one is not given to who has it.
  for (const act of [sql`update condition_owners set reason = 'x'`, sql`delete from condition_owners`])
    await expect(on.db.execute(act)).rejects.toMatchObject({ cause: { code: expect.stringMatching(/ON010|42501/) } })
})

test("who stands in confirms in their own name, never what either of the two owes or asked for in the request", async () => {
  const absent = await aPerson(on.db, "Anna Away", ["procurement"])
  const delegate = await aPerson(on.db, "Dirk Delegate", ["legal"])
  must(
    await setAway(as(absent), {
      ...{ fromOn: today, toOn: addDays(today, 9) },
      delegates: [{ role: "procurement", entityId: null, personId: delegate.id }],
    }),
  )
  const confirm = (named: object, forPerson: string | null, who = delegate) =>
    answerCondition(as(who), { ...named, turn: "confirmed", forPerson })
  const { named } = await conditioned("Stood in", [party("Stood Ltd")])
  must(await meetCondition(as(cast.requester), { ...named, words: "Done." }))
  expect(await shown(delegate, named.requestId)).toMatchObject({ mayAnswer: false, answersFor: absent.id })
  expect(says(await confirm(named, null))).toBe("not-allowed.role")
  expect(says(await confirm(named, buyer.id))).toBe("not-allowed.no-delegation")
  expect(says(await confirm(named, absent.id, cast.legal))).toBe("not-allowed.no-delegation")
  must(await confirm(named, absent.id))
  const [turn] = await rows(
    on.db,
    sql`select person_id, for_person from condition_turns where condition_id = ${named.conditionId} and turn = 'confirmed'`,
  )
  expect(turn).toEqual({ person_id: delegate.id, for_person: absent.id })
  for (const owner of [absent, delegate]) {
    const theirs = await conditioned(`Owed by ${owner.name}`, [party(`${owner.name} Ltd`)], { ownerId: owner.id })
    must(await meetCondition(as(owner), { ...theirs.named, words: "Done." }))
    expect(says(await confirm(theirs.named, absent.id))).toMatch(/condition-(absent|own)$/)
    await expect(
      on.db
        .execute(sql`insert into condition_turns (condition_id, turn, person_id, for_person, delegation_id, at, log_index)
        select ${theirs.named.conditionId}, 'confirmed', ${delegate.id}, ${absent.id}, delegation_id, at, log_index from delegations where delegate_id = ${delegate.id}`),
    ).rejects.toMatchObject({ cause: { code: "ON020" } })
  }
})

test("a condition on an ending that is missed is found on what ended, and a met one is not told to its owner any more", async () => {
  const [partyId = ""] = await inForce(on.db, cast, "To end", [party("Ending Ltd")])
  const end: Proposed = { kind: "party", op: "end", recordId: partyId, body: typedParty({ legalName: "Ending Ltd" }) }
  const { named, stage } = await conditioned("End it", [end], { words: "Send the list of what was deleted." })
  await judgeWaiting({ db: on.db, now: clockNow() })
  const found = async () =>
    must(await readRecord(as(cast.legal), { id: partyId })).findings.filter((one) => one.clause === "H-CONDITION")
  expect(must(await readRecord(as(cast.legal), { id: partyId })).record.standing).toBe("ended")
  expect(await found()).toMatchObject([{ verdict: "broken", from: addDays(today, 1), to: null }])
  const card = async (now: Instant) =>
    must(await readDecisions(as(cast.legal, now), { requestIds: [named.requestId] })).requests[0]?.stages.flatMap(
      (one) => one.decision?.conditions.map((item) => item.state) ?? [],
    )
  expect([await card(clockNow()), await card(later(3))]).toEqual([["open"], ["missed"]])
  must(await meetCondition(as(cast.requester), { ...named, words: "Here it is." }))
  await remind({ db: on.db, now: later(3) })
  const told = await rows<{ person: string }>(
    on.db,
    sql`select person_id as person from tellings where request_id = ${named.requestId} and kind = 'condition' and what in ('soon', 'missed')`,
  )
  expect(told.map((one) => one.person)).toEqual([seatOf(cast, stage).id])
  must(await answerCondition(as(stage === "legal" ? cast.secondLegal : buyer), { ...named, turn: "confirmed" }))
  await judgeWaiting({ db: on.db, now: clockNow() })
  expect(await found()).toEqual([])
  expect(await card(later(3))).toEqual(["met"])
})
