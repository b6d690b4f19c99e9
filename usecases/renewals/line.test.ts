import { afterAll, beforeAll, expect, test } from "vitest"
import { sql } from "drizzle-orm"
import { rows } from "@/db/connect"
import { known } from "@/domain/core/answer"
import { addDays, day, dayIn, monthsBefore, type Day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import type { Agreement } from "@/domain/records/agreement"
import { typedEntity, typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement } from "@/testing/flow"
import { actorById, aPerson, sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { putEntity } from "@/usecases/people/entities"
import { revokeRole } from "@/usecases/people/grant-roles"
import { clockNow, newId, OPERATOR, type Actor } from "@/usecases/scene"
import { composeMails } from "@/usecases/told/compose"
import { readCalendar } from "@/usecases/told/calendar"
import { readInbox } from "@/usecases/told/inbox"
import { remindPapers } from "@/usecases/told/remind-papers"
import { listRenewals } from "./list-renewals"

/** A last day of May that is more than a year off: three months of notice before it clamp to the end of February. */
const last = day(`${Number(dayIn("UTC", clockNow()).slice(0, 4)) + 2}-05-31`)
const due = monthsBefore(last, 3)
const ZONES = { auckland: "Pacific/Auckland", york: "America/New_York" }

let on: TestDatabase
let cast: Cast
let owner: Actor
const at: Record<string, { entityId: Id<"entity">; procurement: Actor }> = {}
const papers: Record<string, string> = {}
const instant = (on_: Day, time: string): Instant => `${on_}T${time}:00.000Z` as Instant
const scene = (who: Actor, now: Instant = clockNow()) => sceneFor(on.db, who, { now })

async function aPaper(entityId: Id<"entity">, over: Partial<Agreement>): Promise<string> {
  const partyId = newId(scene(cast.requester), "party")
  const [, paperId] = await inForce(on.db, cast, "A paper", [
    { kind: "party", recordId: partyId, body: typedParty() },
    {
      kind: "agreement",
      body: typedAgreement({ entityId, partyId }, [], {
        ...{ endsOn: known(last), renewal: known({ way: "tacit", months: 12, noticeMonths: 3 }), ...over },
      }),
    },
  ])
  return paperId as string
}

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  owner = { ...(await aPerson(on.db, "Olga Owner", ["requester"])), name: "Olga Owner" }
  for (const [name, zone] of Object.entries(ZONES)) {
    const made = must(await putEntity(sceneFor(on.db, OPERATOR), { body: { ...typedEntity(), zone } }))
    const entityId = made.id as Id<"entity">
    at[name] = { entityId, procurement: await aPerson(on.db, `Pat ${name}`, ["procurement"], entityId) }
  }
  const { auckland, york } = at as Record<keyof typeof ZONES, { entityId: Id<"entity"> }>
  papers.owned = await aPaper(auckland.entityId, { owner: known("Olga Owner") })
  papers.nobodys = await aPaper(york.entityId, {})
  const line = (what: "audit" | "certificate" | "report", n: number) => ({
    ...{ what, who: "party" as const, says: `The ${what}`, firstOn: known(addDays(due, n)) },
    ...{ everyMonths: known(12), doneOn: { state: "blank" as const } },
  })
  papers.obliged = await aPaper(york.entityId, {
    owner: known("Olga Owner"),
    obligations: [line("audit", 1), line("certificate", 2), line("report", 3)],
  })
})
afterAll(() => on.drop())

const told = async (paperId: string, kind = "notice"): Promise<[string, string][]> =>
  (
    await rows<{ what: string; personId: string }>(
      on.db,
      sql`select what, person_id as "personId" from tellings where record_id = ${paperId} and clause = ${kind} and kind = 'due' order by at, what, person_id`,
    )
  ).map((one) => [one.what, one.personId])

/** Everybody whom no company keeps to its own: the cast's procurement reads both. */
const ours = (name: keyof typeof ZONES): string[] =>
  [cast.procurement.id as string, at[name]?.procurement.id as string].sort()

test("notice before a May that ends on the 31st is due on the last of February", () => {
  expect(due.slice(5)).toMatch(/^02-(28|29)$/)
  expect(addDays(due, 1).slice(5)).toBe("03-01")
})

test("it is told when the ninetieth day before begins where the company is, to whoever is named for it", async () => {
  // In Auckland a day begins half a day before the same day in UTC, in New York hours after it.
  const before = addDays(due, -91)
  await remindPapers({ db: on.db, now: instant(before, "10:30") })
  expect(await told(papers.owned as string)).toEqual([])
  await remindPapers({ db: on.db, now: instant(before, "11:30") })
  expect(await told(papers.owned as string)).toEqual([["paper-ahead", owner.id]])
  await remindPapers({ db: on.db, now: instant(addDays(due, -90), "04:30") })
  expect(await told(papers.nobodys as string)).toEqual([])
})

test("nobody is named: procurement of the company is told", async () => {
  await remindPapers({ db: on.db, now: instant(addDays(due, -90), "05:30") })
  expect(await told(papers.nobodys as string)).toEqual(ours("york").map((id) => ["paper-ahead", id]))
  // Another company's procurement hears nothing.
  expect(ours("york")).not.toContain(at.auckland?.procurement.id)
})

test("it is on their desk, in their inbox, in their calendar, and a mail is made of it", async () => {
  const now = instant(addDays(due, -89), "12:00")
  const list = must(await listRenewals(scene(owner, now), { filters: { kind: ["notice"] } })).rows
  expect(list.filter((one) => one.recordId === papers.owned)).toMatchObject([{ dueOn: due, person: "Olga Owner" }])
  expect(must(await readInbox(scene(owner, now), {})).due.renewals).toBe(3)
  const days = must(await readCalendar(scene(owner, now), {})).entries.filter((one) => one.recordId === papers.owned)
  expect(days.map((one) => [one.kind, one.on])).toEqual([["notice", due]])
  expect(await composeMails({ db: on.db, now })).toBeGreaterThan(0)
  const mailed = await rows<{ n: number }>(
    on.db,
    sql`select count(*)::int as n from tellings where mail_key is not null and record_id in (${papers.owned}, ${papers.nobodys})`,
  )
  expect(mailed[0]?.n).toBe(3)
})

test("what its clauses oblige to stands in the same calendar, and is told alike", async () => {
  const now = instant(addDays(due, -80), "12:00")
  await remindPapers({ db: on.db, now })
  expect(await told(papers.obliged as string, "obligation")).toEqual([1, 2, 3].map(() => ["paper-ahead", owner.id]))
  const pat = at.york?.procurement as Actor
  const days = must(await readCalendar(scene(pat, now), {})).entries.filter((one) => one.recordId === papers.obliged)
  expect(days.map((one) => [one.kind, one.on])).toEqual([
    ["notice", due],
    ...[1, 2, 3].map((n) => ["obligation", addDays(due, n)]),
  ])
})

test("whoever is named and has no role any more counts as nobody: procurement has it on its list and is told", async () => {
  const pat = { ...(at.auckland?.procurement as Actor), name: "Pat auckland" }
  const mine = async () => must(await readInbox(scene(pat, instant(addDays(due, -20), "12:00")), {})).due.renewals
  expect(await mine()).toBe(0)
  must(await revokeRole(sceneFor(on.db, OPERATOR), { grantId: owner.held[0]?.grantId }))
  expect((await actorById(on.db, owner.id)).held).toEqual([])
  expect(await mine()).toBe(1)
  const desk = must(await listRenewals(scene(pat), { filters: { owner: ["nobody"] } }))
  expect(desk.rows.map((one) => [one.recordId, one.person])).toEqual([[papers.owned, "Olga Owner"]])
  await remindPapers({ db: on.db, now: instant(addDays(due, -14), "12:00") })
  expect(await told(papers.owned as string)).toEqual([
    ["paper-ahead", owner.id],
    ...ours("auckland").map((id) => ["paper-near", id]),
  ])
})
