import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { rows } from "@/db/connect"
import { logHead } from "@/db/statements/log"
import type { Actor } from "@/usecases/scene"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { aPerson, sceneFor } from "@/testing/people"
import { startRace, type Race } from "@/testing/race"
import type { Came } from "@/testing/racer"
import { aCast, inForce, must, submitted, type Cast, type Submitted } from "@/testing/requests"
import { volume } from "@/testing/volume"
import { decideRequest } from "./decide-request"

const ROUNDS = volume(200)
let on: TestDatabase
let cast: Cast
let otherProcurement: Actor
let everybody: Actor
let race: Race

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  otherProcurement = await aPerson(on.db, "Petra Procure", ["procurement"])
  everybody = await aPerson(on.db, "Emil Every", ["procurement", "legal", "dpo"])
  race = await startRace(on.appUrl)
})
afterAll(async () => {
  await race.end()
  await on.drop()
})

const decision = (request: Submitted, stage: string) => {
  const seat = request.stages.find((one) => one.stage === stage)
  return {
    requestId: request.requestId,
    hash: request.hash,
    stage,
    entityId: seat?.entityId,
    verdict: seat?.seat === "decides" ? "approve" : "agree",
  }
}
const newParty = (round: number) => ({ kind: "party", body: typedParty({ legalName: `Round ${round} Ltd` }) }) as const

async function counted(
  request: string,
): Promise<{ decisions: number; people: number; versions: number; state: string }> {
  const [row] = await rows<{ decisions: number; people: number; versions: number; state: string }>(
    on.db,
    sql`select (select count(*) from decisions where request_id = ${request})::int as decisions,
      (select count(distinct person_id) from decisions where request_id = ${request})::int as people,
      (select count(*) from versions where request_id = ${request})::int as versions,
      (select state from requests where id = ${request}) as state`,
  )
  if (!row) throw new Error("no such request")
  return row
}

const winners = (came: [Came, Came]): number => came.filter((one) => one.ok).length

test(`two people approve the same stage at the same instant, ${ROUNDS} times: one decides, the other is told`, async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const request = await submitted(on.db, cast, `Same stage ${round}`, [newParty(round)])
    const input = decision(request, "procurement")
    const came = await race.both([
      { round, personId: cast.procurement.id, call: "decide", input },
      { round, personId: otherProcurement.id, call: "decide", input },
    ])
    expect(winners(came)).toBe(1)
    expect(came.find((one) => !one.ok)).toMatchObject({ code: "conflict" })
    expect(await counted(request.requestId)).toMatchObject({ decisions: 1, versions: 0, state: "in-review" })
  }
}, 240_000)

test(`one person decides two stages at the same instant, ${ROUNDS} times: nobody sits twice`, async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const request = await submitted(on.db, cast, `Two seats ${round}`, [newParty(round)])
    const came = await race.both([
      { round, personId: everybody.id, call: "decide", input: decision(request, "procurement") },
      { round, personId: everybody.id, call: "decide", input: decision(request, "dpo") },
    ])
    expect(winners(came)).toBe(1)
    expect(await counted(request.requestId)).toMatchObject({ decisions: 1, people: 1, versions: 0, state: "in-review" })
  }
}, 240_000)

test(`the last approval races the author's edit, ${ROUNDS} times: in force or back in the draft, never both`, async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const request = await submitted(on.db, cast, `Edit ${round}`, [newParty(round)])
    must(await decideRequest(sceneFor(on.db, cast.procurement), decision(request, "procurement")))
    const came = await race.both([
      { round, personId: cast.dpo.id, call: "decide", input: decision(request, "dpo") },
      { round, personId: cast.requester.id, call: "reopen", input: { requestId: request.requestId } },
    ])
    expect(winners(came)).toBe(1)
    const after = await counted(request.requestId)
    if (came[0].ok) expect(after).toMatchObject({ decisions: 2, versions: 1, state: "approved" })
    else expect(after).toMatchObject({ decisions: 1, versions: 0, state: "changes-requested" })
  }
}, 240_000)

test(`two requests on one record get their last approval at the same instant, ${ROUNDS} times: one comes into force`, async () => {
  const [id] = (await inForce(on.db, cast, "Contested", [newParty(-1)])) as [string]
  for (let round = 0; round < ROUNDS; round += 1) {
    const pair = await Promise.all(
      ["A", "B"].map(async (side) => {
        const body = typedParty({ legalName: `Contested ${round} ${side}` })
        const request = await submitted(on.db, cast, `${side} ${round}`, [
          { kind: "party", op: "change", recordId: id, body },
        ])
        must(await decideRequest(sceneFor(on.db, cast.procurement), decision(request, "procurement")))
        return request
      }),
    )
    const [a, b] = pair as [Submitted, Submitted]
    const came = await race.both([
      { round, personId: cast.dpo.id, call: "decide", input: decision(a, "dpo") },
      { round, personId: cast.dpo.id, call: "decide", input: decision(b, "dpo") },
    ])
    expect(winners(came)).toBe(1)
    expect(came.find((one) => !one.ok)).toMatchObject({ code: "conflict", says: "conflict.moved" })
  }
  const [versions] = await rows<{ n: number }>(
    on.db,
    sql`select max(n)::int as n from versions where record_id = ${id}`,
  )
  expect(versions?.n).toBe(ROUNDS + 1)
}, 240_000)

test("after all races the log has no hole and every instant is later than the one before", async () => {
  const head = await logHead(on.db)
  const [holes] = await rows<{ n: number; odd: number }>(
    on.db,
    sql`select count(*)::int as n, (count(*) filter (where at < before))::int as odd from
      (select at, lag(at) over (order by index) as before from log_leaves) t`,
  )
  expect(holes).toEqual({ n: head.size, odd: 0 })
})
