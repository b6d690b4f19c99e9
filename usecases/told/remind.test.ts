import { afterAll, beforeAll, expect, test } from "vitest"
import { sql } from "drizzle-orm"
import { row, rows } from "@/db/connect"
import { known, NOT_APPLICABLE } from "@/domain/core/answer"
import { addDays, dayIn } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { USUAL_WAY } from "@/domain/told/kinds"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { aPerson, firstAdministrator, sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { foundRunning, wholeFlow } from "@/testing/told"
import { takeGap } from "@/usecases/promises/take-gap"
import { clockNow, type Actor } from "@/usecases/scene"
import { nameEscalation, readEscalations } from "./escalation"
import { readInbox } from "./inbox"
import { remind } from "./remind"
import { readWays, setWays } from "./ways"

let on: TestDatabase
let cast: Cast
let administrator: Actor
let gap: { recordId: string; clause: string }

// Days of the company, and noon of them: what is due is due there.
const dueOn = (days: number) => addDays(dayIn("Europe/Berlin", clockNow()), days)
const inDays = (days: number): Instant => `${dueOn(days)}T12:00:00.000Z` as Instant
const told = () =>
  rows<{ kind: string; personId: string }>(
    on.db,
    sql`select kind, person_id as "personId" from tellings where kind in ('due', 'escalated') order by kind desc, person_id`,
  )

beforeAll(async () => {
  on = await aDatabase()
  administrator = await firstAdministrator(on.db)
  cast = await aCast(on.db)
  gap = { recordId: (await foundRunning(on.db, cast)).sharing, clause: "S-IV-4.1" }
  must(await takeGap(sceneFor(on.db, cast.legal), { ...gap, ownerId: cast.requester.id, dueOn: dueOn(5) }))
})
afterAll(() => on.drop())

test("what comes due is told once to whoever sees to it, on its day, by however many workers", async () => {
  await remind({ db: on.db, now: inDays(3) })
  expect(await told()).toEqual([])
  await Promise.all([1, 2, 3].map(() => remind({ db: on.db, now: inDays(6) })))
  await remind({ db: on.db, now: inDays(7) })
  expect(await told()).toEqual([{ kind: "due", personId: cast.requester.id }])
  expect(must(await readInbox(sceneFor(on.db, cast.requester), {})).told[0]).toMatchObject({
    ...{ kind: "due", ...gap, dueOn: dueOn(5), seenAt: null },
  })
})

test("after a week it is told to whoever gave it, or to the person named for the company, and logged who named them", async () => {
  const name = { entityId: cast.entityId, personId: cast.dpo.id, days: 20 }
  must(await nameEscalation(sceneFor(on.db, administrator), name))
  await remind({ db: on.db, now: inDays(6 + 8) })
  expect(await told()).toHaveLength(1)
  await remind({ db: on.db, now: inDays(6 + 21) })
  expect(await told()).toEqual([
    { kind: "escalated", personId: cast.dpo.id },
    { kind: "due", personId: cast.requester.id },
  ])
  expect(must(await readInbox(sceneFor(on.db, cast.dpo), {})).told[0]).toMatchObject({ kind: "escalated", ...gap })
  const leaf = await row<{ bytes: string }>(
    on.db,
    sql`select bytes from log_leaves where act = 'escalation.name' order by index desc limit 1`,
  )
  expect(leaf?.bytes).toContain(cast.dpo.id)
  must(await nameEscalation(sceneFor(on.db, administrator), { ...name, personId: null }))
  expect(must(await readEscalations(sceneFor(on.db, administrator), {})).named).toEqual([])
  await remind({ db: on.db, now: inDays(6 + 22) })
  expect((await told()).map((one) => one.personId)).toContain(cast.legal.id)
})

test("nobody is named who may not read it", async () => {
  const stranger = await aPerson(on.db, "Rob Requester", ["requester"])
  for (const personId of [stranger.id, administrator.id])
    expect(
      await nameEscalation(sceneFor(on.db, administrator), { entityId: cast.entityId, personId, days: 3 }),
    ).toMatchObject({ ok: false, code: "invalid", fields: [{ path: "personId", says: "invalid.escalation" }] })
})

test("what was laid down is told to nobody", async () => {
  const other = (await foundRunning(on.db, cast)).sharing
  const take = { recordId: other, clause: "S-IV-4.1" }
  must(await takeGap(sceneFor(on.db, cast.legal), { ...take, ownerId: cast.procurement.id, dueOn: dueOn(1) }))
  must(await takeGap(sceneFor(on.db, cast.procurement), { ...take, ownerId: null, dueOn: null }))
  await remind({ db: on.db, now: inDays(30) })
  expect((await told()).map((one) => one.personId)).not.toContain(cast.procurement.id)
})

test("what was found running is reminded of on the day by which it was to be approved or ended", async () => {
  const flow = { dueOn: known(dueOn(3)) }
  const { sharing } = await foundRunning(on.db, cast, { flow })
  await remind({ db: on.db, now: inDays(2) })
  const toldOf = () =>
    rows(on.db, sql`select kind, what, person_id as "personId" from tellings where record_id = ${sharing}`)
  expect(await toldOf()).toEqual([])
  await remind({ db: on.db, now: inDays(4) })
  await remind({ db: on.db, now: inDays(5) })
  expect(await toldOf()).toEqual([{ kind: "due", what: "found", personId: cast.requester.id }])
})

test("a review is reminded of to whoever answers for it by name, where one account alone has that name", async () => {
  const flow = wholeFlow(on.db, cast).map((item) =>
    item.kind === "sharing"
      ? { ...item, body: { ...item.body, endsOn: NOT_APPLICABLE, owner: known("Dora Protect") } }
      : item,
  )
  await inForce(on.db, cast, "Looked at again and again", flow)
  const first = await row<{ dueOn: string }>(
    on.db,
    sql`select min(due_on) as "dueOn" from review_dues where until_at = 'infinity' and owner_sealed is not null`,
  )
  const now = `${first?.dueOn}T12:00:00.000Z` as Instant
  const reviews = () =>
    rows<{ personId: string }>(on.db, sql`select distinct person_id as "personId" from tellings where what = 'review'`)
  await remind({ db: on.db, now })
  expect(await reviews()).toEqual([{ personId: cast.dpo.id }])
  await on.db.execute(sql`delete from tellings where what = 'review'`)
  await aPerson(on.db, "Dora Protect", ["requester"])
  await remind({ db: on.db, now })
  expect(await reviews()).toEqual([])
})

test("how one is told is each one's own, and what is as it comes of itself is not kept", async () => {
  const scene = sceneFor(on.db, cast.legal)
  expect(must(await readWays(scene, {}))).toEqual({ ways: USUAL_WAY, zone: null })
  must(await setWays(scene, { ways: { decide: "digest", commented: "digest" }, zone: " Asia/Tokyo " }))
  expect(must(await readWays(scene, {}))).toEqual({ ways: { ...USUAL_WAY, decide: "digest" }, zone: "Asia/Tokyo" })
  expect(await row(on.db, sql`select ways from told_ways where person_id = ${cast.legal.id}`)).toEqual({
    ways: { decide: "digest" },
  })
  expect(await setWays(scene, { ways: {}, zone: "Mars/Base" })).toMatchObject({ ok: false, code: "invalid" })
  expect(await setWays(scene, { ways: { decide: "shout" } })).toMatchObject({ ok: false, code: "invalid" })
  expect(await setWays(scene, { ways: { everything: "off" } })).toMatchObject({ ok: false, code: "invalid" })
  expect(must(await readWays(sceneFor(on.db, cast.dpo), {})).ways).toEqual(USUAL_WAY)
})
