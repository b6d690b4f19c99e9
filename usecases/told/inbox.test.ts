import { afterAll, beforeAll, expect, test } from "vitest"
import { sql } from "drizzle-orm"
import { rows } from "@/db/connect"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { aPerson, sceneFor } from "@/testing/people"
import { typedParty } from "@/testing/bodies"
import { aCast, allAgree, must, submitted, type Cast } from "@/testing/requests"
import { foundRunning, wholeFlow } from "@/testing/told"
import { takeGap } from "@/usecases/promises/take-gap"
import { decideRequest } from "@/usecases/requests/decide-request"
import { commentRequest, reopenRequest } from "@/usecases/requests/talk"
import type { Instant } from "@/domain/core/instant"
import type { Actor } from "@/usecases/scene"
import { countInbox, readInbox, seeInbox } from "./inbox"

let on: TestDatabase
let cast: Cast

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
})
afterAll(() => on.drop())

const party = () => [{ kind: "party" as const, body: typedParty() }]

const inboxOf = async (actor: Actor, part: string | null = null, after = "") =>
  must(await readInbox(sceneFor(on.db, actor), { part, after }))

test("a request waits for whoever may sit at its stages, and its requester sees at whom", async () => {
  const request = await submitted(on.db, cast, "Host accounts", wholeFlow(on.db, cast))
  for (const actor of [cast.procurement, cast.legal, cast.dpo]) {
    const inbox = await inboxOf(actor)
    expect(inbox.decide.map((line) => line.id)).toEqual([request.requestId])
    expect(inbox.told).toEqual([])
    expect(await rows(on.db, sql`select kind, request_id as id from tellings where person_id = ${actor.id}`)).toEqual([
      { kind: "decide", id: request.requestId },
    ])
  }
  const mine = await inboxOf(cast.requester)
  expect(mine.decide).toEqual([])
  expect(mine.told).toEqual([])
  expect(mine.waiting).toMatchObject([
    {
      id: request.requestId,
      stages: ["dpo", "legal", "procurement"],
      withWhom: expect.arrayContaining([{ name: "Dora Protect", forName: null }]),
    },
  ])
  must(await allAgree(on.db, cast, request))
  for (const actor of [cast.procurement, cast.legal, cast.dpo]) expect((await inboxOf(actor)).decide).toEqual([])
  const after = await inboxOf(cast.requester)
  expect(after.waiting).toEqual([])
  expect(after.told).toMatchObject([{ kind: "decided", what: "approved", requestId: request.requestId }])
})

test("what was seen is counted no more, and what came after it still is", async () => {
  const before = must(await countInbox(sceneFor(on.db, cast.requester), {}))
  expect(before.unseen).toBeGreaterThan(0)
  const top = (await inboxOf(cast.requester)).told[0]
  must(await seeInbox(sceneFor(on.db, cast.requester), { upTo: top?.at }))
  expect(must(await countInbox(sceneFor(on.db, cast.requester), {})).unseen).toBe(0)
  const request = await submitted(on.db, cast, "Host more accounts", party())
  must(
    await commentRequest(sceneFor(on.db, cast.legal), { requestId: request.requestId, words: "Why these countries?" }),
  )
  expect(must(await countInbox(sceneFor(on.db, cast.requester), {})).unseen).toBe(1)
  expect((await inboxOf(cast.requester)).told[0]).toMatchObject({ kind: "commented", byName: "Lena Law" })
})

test("asked for changes, it is its requester's again and nobody else's", async () => {
  const request = await submitted(on.db, cast, "Send back", party())
  must(
    await decideRequest(sceneFor(on.db, cast.procurement), {
      ...{ requestId: request.requestId, hash: request.hash, stage: "procurement", entityId: cast.entityId },
      ...{ verdict: "ask-changes", reason: "Shorten the retention." },
    }),
  )
  const mine = await inboxOf(cast.requester)
  expect(mine.mend.map((line) => line.id)).toContain(request.requestId)
  expect(mine.told[0]).toMatchObject({ kind: "changes", byName: "Piet Procure" })
  expect((await inboxOf(cast.procurement)).decide.map((line) => line.id)).not.toContain(request.requestId)
})

test("a request taken back waits for nobody", async () => {
  const request = await submitted(on.db, cast, "Taken back", party())
  expect((await inboxOf(cast.procurement)).decide.map((line) => line.id)).toContain(request.requestId)
  must(await reopenRequest(sceneFor(on.db, cast.requester), { requestId: request.requestId }))
  expect((await inboxOf(cast.procurement)).decide.map((line) => line.id)).not.toContain(request.requestId)
})

test("what is restricted to named persons is told to no other, whatever their role", async () => {
  const outside = await aPerson(on.db, "Otto Outside", ["legal"])
  const named = [cast.requester.id, cast.procurement.id, cast.legal.id, cast.dpo.id]
  const secret = wholeFlow(on.db, cast).map((item) => ({ ...item, body: { ...item.body, restrictedTo: named } }))
  const request = await submitted(on.db, cast, "Unsigned merger", secret as never)
  const told = async (id: string) =>
    rows<{ person: string }>(
      on.db,
      sql`select person_id as person from tellings where request_id = ${request.requestId} and person_id = ${id}`,
    )
  expect(await told(cast.legal.id)).toHaveLength(1)
  expect(await told(outside.id)).toEqual([])
  expect((await inboxOf(outside)).decide.map((line) => line.id)).not.toContain(request.requestId)
  // Even a line that stands there is not shown to who may no longer know of it.
  await on.db.execute(
    sql`insert into tellings (key, person_id, kind, at, request_id, mail) values ('x', ${outside.id}, 'commented', now(), ${request.requestId}, 'none')`,
  )
  const before = await inboxOf(outside)
  expect(JSON.stringify(before)).not.toContain("Unsigned merger")
  expect(before.counts.unseen).toBe(before.told.length)
})

test("whoever made a request is not asked to decide it, in whatever role", async () => {
  const both = await aPerson(on.db, "Bo Both", ["requester", "procurement"])
  const request = await submitted(on.db, { ...cast, requester: both }, "Own request", party())
  expect((await inboxOf(both)).decide.map((line) => line.id)).not.toContain(request.requestId)
  expect((await inboxOf(both)).told).toEqual([])
})

test("a gap that is given to somebody is theirs, by its day, until they lay it down", async () => {
  const { sharing, requestId } = await foundRunning(on.db, cast)
  expect((await inboxOf(cast.dpo)).told[0]).toMatchObject({ kind: "found", requestId })
  const gap = { recordId: sharing, clause: "S-IV-4.1" }
  must(await takeGap(sceneFor(on.db, cast.legal), { ...gap, ownerId: cast.requester.id, dueOn: "2099-01-31" }))
  const inbox = await inboxOf(cast.requester)
  expect(inbox.gaps).toMatchObject([{ ...gap, dueOn: "2099-01-31", givenByName: "Lena Law" }])
  expect(inbox.told[0]).toMatchObject({ kind: "given", recordId: gap.recordId, dueOn: "2099-01-31" })
  expect(inbox.counts).toMatchObject({ gaps: 1, overdue: 0 })
  // What is overdue is counted whole, also where another part is shown; on its day it is not yet, in its company's own day.
  const overdueAt = async (now: string) =>
    must(await readInbox(sceneFor(on.db, cast.requester, { now: now as Instant }), { part: "told", after: "" })).counts
      .overdue
  expect([await overdueAt("2099-01-31T12:00:00.000Z"), await overdueAt("2099-02-01T23:59:00.000Z")]).toEqual([0, 1])
  must(await takeGap(sceneFor(on.db, cast.requester), { ...gap, ownerId: null, dueOn: null }))
  expect((await inboxOf(cast.requester)).gaps).toEqual([])
})

test("a long part goes on page by page and shows each line once", async () => {
  for (let n = 0; n < 12; n += 1) await submitted(on.db, cast, `Many ${n}`, party())
  const first = await inboxOf(cast.procurement)
  expect(first.decide).toHaveLength(10)
  expect(first.next.decide).not.toBeNull()
  const all = await inboxOf(cast.procurement, "decide")
  expect(new Set(all.decide.map((line) => line.id)).size).toBe(all.decide.length)
  const rest = await inboxOf(cast.procurement, "decide", first.next.decide ?? "")
  expect([...first.decide, ...rest.decide].map((line) => line.id)).toEqual(all.decide.map((line) => line.id))
})

test("a place to go on from that nobody was given is answered by the first page", async () => {
  const first = await inboxOf(cast.procurement, "decide")
  expect(first.decide.length).toBeGreaterThan(0)
  for (const made of ["2026-99-99~x", "2026-02-30T10:00:00.000Z~x", "nonsense", "~"])
    expect((await inboxOf(cast.procurement, "decide", made)).decide).toEqual(first.decide)
})
