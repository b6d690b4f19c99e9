import { afterAll, beforeAll, expect, test } from "vitest"
import { sql } from "drizzle-orm"
import { row, rows } from "@/db/connect"
import { say } from "@/components/words/catalogue"
import { known } from "@/domain/core/answer"
import { addDays, dayIn } from "@/domain/core/day"
import type { CalendarEntry } from "@/domain/told/calendar"
import { plusMillis } from "@/domain/core/instant"
import { GET } from "./[file]/route"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { openDoors, shutDoors } from "@/testing/doors"
import { aPerson, firstAdministrator, sceneFor } from "@/testing/people"
import { aCast, inForce, must, seatOf, submitted, type Cast } from "@/testing/requests"
import { foundRunning, wholeFlow } from "@/testing/told"
import { takeGap } from "@/usecases/promises/take-gap"
import { disablePerson } from "@/usecases/people/accounts"
import { decideRequest } from "@/usecases/requests/decide-request"
import { clockNow, type Actor } from "@/usecases/scene"
import {
  actorOfCalendar,
  closeCalendarLink,
  makeCalendarLink,
  readCalendar,
  readCalendarLink,
} from "@/usecases/told/calendar"
import { calendarFile } from "@/usecases/told/calendar-file"

let on: TestDatabase
let cast: Cast
let administrator: Actor
let gap: { recordId: string; clause: string }
const inDays = (n: number) => addDays(dayIn("UTC", clockNow()), n)

beforeAll(async () => {
  on = await aDatabase()
  administrator = await firstAdministrator(on.db)
  cast = await aCast(on.db)
  openDoors(on)
  gap = {
    recordId: (await foundRunning(on.db, cast, { flow: { dueOn: known(inDays(20)) } })).sharing,
    clause: "S-IV-4.1",
  }
  must(await takeGap(sceneFor(on.db, cast.legal), { ...gap, ownerId: cast.requester.id, dueOn: inDays(5) }))
})
afterAll(async () => {
  await shutDoors()
  await on.drop()
})

const kindsOf = async (actor: Actor) =>
  must(await readCalendar(sceneFor(on.db, actor), {})).entries.map((one) => [one.kind, one.on, one.recordId])
const open = (file: string) =>
  GET(new Request(`http://127.0.0.1/calendar/${file}`), { params: Promise.resolve({ file }) })

test("holds what its person took and found running, and nothing of what others did", async () => {
  expect(await kindsOf(cast.requester)).toEqual([
    ["gap", inDays(5), gap.recordId],
    ["found", inDays(20), gap.recordId],
  ])
  expect(await kindsOf(cast.legal)).toEqual([])
})

test("whoever keeps papers is told until when notice can be given, of what renews of itself, and so does not end", async () => {
  const flow = wholeFlow(on.db, cast).map((one) =>
    one.kind === "agreement"
      ? {
          ...one,
          body: {
            ...(one.body as object),
            endsOn: known(inDays(200)),
            renewal: known({ way: "tacit", months: 12, noticeMonths: 3 }),
          },
        }
      : one,
  )
  await inForce(on.db, cast, "A paper that ends", flow as never)
  for (const actor of [cast.procurement, cast.legal]) {
    const kinds = (await kindsOf(actor)).map(([kind]) => kind)
    expect(kinds.filter((kind) => kind === "ends" || kind === "notice")).toEqual(["notice"])
  }
  expect((await kindsOf(cast.requester)).map(([kind]) => kind)).not.toContain("notice")
})

test("what waits for a decision stands on the day on which its stage is due, until it is decided; a condition until it is confirmed", async () => {
  const request = await submitted(on.db, cast, "Waits", [
    { kind: "party", body: typedParty({ legalName: "Waits Ltd" }) },
  ])
  const waiting = async (actor: Actor) =>
    must(await readCalendar(sceneFor(on.db, actor), {})).entries.filter((one) => one.requestId === request.requestId)
  const [mine] = await waiting(cast.procurement)
  expect(mine).toMatchObject({ kind: "decide", title: "Waits", recordId: null })
  expect(mine && mine.on > inDays(0)).toBe(true)
  expect(await waiting(cast.requester)).toEqual([])
  const decide = (actor: Actor, stage: string, more: object) =>
    decideRequest(sceneFor(on.db, actor), {
      ...{ requestId: request.requestId, hash: request.hash, stage, entityId: request.stages[0]?.entityId },
      ...more,
    })
  const conditions = [{ words: "Send the certificate.", ownerId: cast.requester.id, dueOn: inDays(30) }]
  must(await decide(cast.procurement, "procurement", { verdict: "approve-with-conditions", reason: "So.", conditions }))
  expect(await waiting(cast.procurement)).toEqual([])
  for (const { stage, seat } of request.stages)
    if (stage !== "procurement")
      must(await decide(seatOf(cast, stage), stage, { verdict: seat === "decides" ? "approve" : "agree" }))
  expect(await waiting(cast.requester)).toMatchObject([{ kind: "condition", on: inDays(30) }])
})

test("an address opens one calendar until it is made anew or closed, and is kept by its hash alone", async () => {
  const scene = sceneFor(on.db, cast.requester)
  expect(must(await readCalendarLink(scene, {})).since).toBeNull()
  const { secret } = must(await makeCalendarLink(scene, {}))
  expect(must(await readCalendarLink(scene, {})).since).not.toBeNull()
  expect((await actorOfCalendar(on.db, secret, clockNow()))?.id).toBe(cast.requester.id)
  const answer = await open(`${secret}.ics`)
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/calendar; charset=utf-8"])
  expect(answer.headers.get("cache-control")).toBe("private, no-store")
  const text = await answer.text()
  expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(3)
  const held = await rows<{ text: string }>(
    on.db,
    sql`select c::text as text from calendar_links c union all select bytes from log_leaves`,
  )
  expect(held.some((one) => one.text.includes(secret))).toBe(false)

  const again = must(await makeCalendarLink(scene, {}))
  const shut = await open(`${secret}.ics`)
  expect(shut.status).toBe(404)
  expect((await open(`${again.secret}.ics`)).status).toBe(200)
  for (const file of [
    `${again.secret}`,
    `${again.secret}x.ics`,
    "owc_.ics",
    `${"owc_".padEnd(5000, "a")}.ics`,
    ".ics",
  ]) {
    const answered = await open(file)
    expect([file.slice(0, 20), answered.status, await answered.text()]).toEqual([file.slice(0, 20), 404, ""])
  }
  must(await closeCalendarLink(scene, {}))
  expect((await open(`${again.secret}.ics`)).status).toBe(404)
  expect(await closeCalendarLink(scene, {})).toMatchObject({ ok: false, code: "not-found" })
  const acts = await rows<{ act: string }>(
    on.db,
    sql`select act from log_leaves where act like 'calendar.%' order by index`,
  )
  expect(acts.map((one) => one.act)).toEqual(["calendar.make", "calendar.make", "calendar.revoke"])
})

test("two addresses made at once leave one that opens", async () => {
  const scene = sceneFor(on.db, cast.legal)
  const made = await Promise.all([1, 2, 3].map(() => makeCalendarLink(scene, {})))
  const opens = await Promise.all(
    made.map((one) => (one.ok ? actorOfCalendar(on.db, one.value.secret, clockNow()) : null)),
  )
  expect(opens.filter(Boolean)).toHaveLength(1)
  const living = await row<{ n: number }>(
    on.db,
    sql`select count(*)::int as n from calendar_links where person_id = ${cast.legal.id} and revoked_at is null`,
  )
  expect(living?.n).toBe(1)
})

test("what its person may not know of any more is gone from it, and a shut account opens nothing", async () => {
  const other = await aPerson(on.db, "Rita Request", ["requester"])
  const secretFlow = await foundRunning(on.db, { ...cast, requester: other }, { restrictedTo: [cast.dpo.id as never] })
  expect((await kindsOf(other)).some(([, , id]) => id === secretFlow.sharing)).toBe(false)
  const { secret } = must(await makeCalendarLink(sceneFor(on.db, other), {}))
  expect((await open(`${secret}.ics`)).status).toBe(200)
  must(await disablePerson(sceneFor(on.db, administrator), { person: other.id }))
  expect((await open(`${secret}.ics`)).status).toBe(404)
})

test("a calendar that holds more than it shows says so", () => {
  const entry: CalendarEntry = {
    ...{ key: "gap-1", kind: "gap", on: inDays(1), recordKind: "sharing", recordId: gap.recordId, title: "T" },
  }
  const file = calendarFile(
    { entries: [entry], left: 7 },
    { say, url: "https://register.test", now: plusMillis(clockNow(), 0), origin: "onward/x" },
  )
  expect(file).toContain("7 more days are not shown")
  expect(file.replaceAll("\r\n ", "")).toContain(`https://register.test/sharings/${gap.recordId}`)
})
