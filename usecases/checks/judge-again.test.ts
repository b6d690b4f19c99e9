import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { rows } from "@/db/connect"
import { otherwiseFound, putFindings, putJudgements } from "@/db/statements/judgements"
import { known } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Finding } from "@/domain/checks/types"
import type { Instant } from "@/domain/core/instant"
import { countsOn, type Turn } from "@/domain/promises/verdicts"
import type { Sharing } from "@/domain/records/sharing"
import { typedEntity, typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedSharing } from "@/testing/in-2026"
import { sceneFor } from "@/testing/people"
import { aCast, must, type Cast } from "@/testing/requests"
import { readRecord } from "@/usecases/register/read-record"
import { putEntity } from "@/usecases/people/entities"
import { draftRequest, saveProposal } from "@/usecases/requests/draft-request"
import { submitRequest } from "@/usecases/requests/submit-request"
import { clockNow, newId, OPERATOR } from "@/usecases/scene"
import { textOf } from "./check-all"
import { followPacks, judgeWaiting, turnDays } from "./judge-again"

let on: TestDatabase
let cast: Cast
beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
})
afterAll(() => on.drop())

/** A flow found running, from a party of its own. */
async function found(name: string, over: Partial<Sharing> = {}): Promise<string> {
  const scene = sceneFor(on.db, cast.requester)
  const draft = must(await draftRequest(scene, { title: name, kind: "discovered" }))
  const party = newId(scene, "party")
  const sharing = newId(scene, "sharing")
  const both = { requestId: draft.id, op: "create" as const, discovered: true }
  must(await saveProposal(scene, { ...both, kind: "party", recordId: party, body: typedParty({ legalName: name }) }))
  const body = { ...typedSharing({ entityId: cast.entityId as Id<"entity">, partyId: party }), ...over }
  must(await saveProposal(scene, { ...both, kind: "sharing", recordId: sharing, body }))
  must(await submitRequest(scene, { requestId: draft.id }))
  return sharing
}

type Line = { clause: string; verdict: string; n: number }
const key = ({ clause, verdict, n }: Line): string => `${clause} ${verdict} ${n}`

/** The sums as they are stored, and as they are when every judgement in force is counted one by one. */
async function sums(on_: string): Promise<{ stored: string[]; counted: string[] }> {
  const stored = await rows<Line>(
    on.db,
    sql`select clause, verdict, sum(n)::int as n from promise_counts where n <> 0 group by 1, 2 order by 1, 2`,
  )
  const judged = await rows<{ turns: Turn[] }>(on.db, sql`select turns from judgements where until_at = 'infinity'`)
  const counts = countsOn(
    judged.flatMap((one) => one.turns),
    day(on_),
  )
  const counted = [...counts].flatMap(([clause, { e, n, u }]) =>
    [
      { clause, verdict: "e", n: e },
      { clause, verdict: "n", n },
      { clause, verdict: "u", n: u },
    ].filter((line) => line.n !== 0),
  )
  return { stored: stored.map(key).sort(), counted: counted.map(key).sort() }
}

test("the sums of the board follow every act and every day, and are what counting one by one gives", async () => {
  await found("Before the sums began")
  // The fourth of March in the zone of the company; the flow runs all of 2026.
  const march = { db: on.db, now: "2026-03-04T12:00:00.000Z" as Instant }
  expect(await turnDays(march)).toBe(2)
  expect(await turnDays(march)).toBe(0)
  const first = await sums("2026-03-04")
  expect(first.stored.length).toBeGreaterThan(5)
  expect(first.stored).toEqual(first.counted)
  await found("After they began", { startsOn: known(day("2026-06-01")), endsOn: known(day("2026-06-30")) })
  expect(await sums("2026-03-04")).toMatchObject({ stored: first.stored })
  expect(await turnDays({ ...march, now: "2026-06-10T12:00:00.000Z" as Instant })).toBe(2)
  const june = await sums("2026-06-10")
  expect(june.stored).toEqual(june.counted)
  expect(june.stored).not.toEqual(first.stored)
  await turnDays({ ...march, now: "2027-02-01T12:00:00.000Z" as Instant })
  const after = await sums("2027-02-01")
  expect(after.stored).toEqual(after.counted)
})

test("a day turns once, though two instances turn it at the same instant", async () => {
  const next = { db: on.db, now: "2027-03-01T12:00:00.000Z" as Instant }
  const moved = await Promise.all([turnDays(next), turnDays(next), turnDays(next)])
  expect(moved.reduce((all, n) => all + n, 0)).toBe(2)
})

test("a company that comes under another law has all its flows judged anew, and the log says that it was done", async () => {
  const sharing = await found("Kept in Ireland")
  const covered = async (): Promise<string> =>
    (
      await rows<{ coverage: string }>(
        on.db,
        sql`select coverage from judgements where record_id = ${sharing} and until_at = 'infinity'`,
      )
    )[0]?.coverage ?? ""
  const before = await covered()
  const brazil = { ...typedEntity(), country: "BR", regimes: [{ regime: "BR" as const, firstOn: null, lastOn: null }] }
  must(await putEntity(sceneFor(on.db, OPERATOR), { id: cast.entityId, body: brazil }))
  expect(await covered()).toBe(before)
  // Its page does not wait for the worker: what is kept is known to be of before.
  const page = async () => must(await readRecord(sceneFor(on.db, cast.legal), { id: sharing }))
  const waiting = (await page()).coverage
  expect(JSON.stringify(waiting)).not.toBe(before)
  expect(await judgeWaiting({ db: on.db, now: clockNow() })).toBeGreaterThan(1)
  expect(await judgeWaiting({ db: on.db, now: clockNow() })).toBe(0)
  expect(await covered()).not.toBe(before)
  expect((await page()).coverage).toEqual(waiting)
  const [last] = await rows<{ act: string }>(on.db, sql`select act from log_leaves order by index desc limit 1`)
  expect(last?.act).toBe("checks.judged")
  const spans = await rows<{ n: number }>(on.db, sql`select count(*) as n from judgements where record_id = ${sharing}`)
  expect(spans).toEqual([{ n: 2 }])
})

test("a record's page shows what is kept of it, which is what the checks say of it anew", async () => {
  const sharing = await found("Shown as kept")
  const legal = sceneFor(on.db, cast.legal)
  const { record } = must(await readRecord(legal, { id: sharing }))
  const party = (record.body as Sharing).partyId
  for (const id of [sharing, party]) {
    const kept = must(await readRecord(legal, { id }))
    const anew = must(await readRecord(legal, { id, on: kept.today }))
    const place = (one: Finding) => JSON.stringify([one.recordId, one.clause, one.from, one.says, one.params, one.path])
    const inOrder = (list: readonly Finding[]) => list.toSorted((a, b) => (place(a) < place(b) ? -1 : 1))
    expect(kept.findings.length).toBeGreaterThan(5)
    expect(inOrder(kept.findings)).toEqual(inOrder(anew.findings))
    expect(kept.coverage).toEqual(anew.coverage)
    expect(kept.flows).toEqual(anew.flows)
  }
})

test("everything is judged anew when the packs are others, and once", async () => {
  expect(await followPacks({ db: on.db, now: clockNow() })).toBe(true)
  expect(await followPacks({ db: on.db, now: clockNow() })).toBe(false)
  const waiting = await rows<{ n: number }>(on.db, sql`select count(*) as n from to_judge`)
  expect(waiting[0]?.n).toBe(8)
  while ((await judgeWaiting({ db: on.db, now: clockNow() })) > 0);
})

test("what is found again keeps its span; what is found no longer is closed and stays for past instants", async () => {
  const record = `shr_${"7".repeat(26)}`
  const finding = (clause: string): Finding => ({
    ...{ recordId: record, recordKind: "sharing", clause, pack: "statement", packVersion: "1", severity: "blocking" },
    ...{ verdict: "broken", from: null, to: null, says: "x", params: {}, path: null, remedy: "" },
  })
  const at = (n: number): Instant => `2030-01-0${n}T00:00:00.000Z` as Instant
  await on.db.transaction((tx) => putFindings(tx, at(1), [record], [finding("A"), finding("B")]))
  await on.db.transaction((tx) => putFindings(tx, at(2), [record], [finding("B"), finding("C")]))
  await on.db.transaction((tx) => putFindings(tx, at(3), [record], []))
  const said = await rows(
    on.db,
    sql`select clause, from_at, until_at from findings where record_id = ${record} order by clause`,
  )
  expect(said).toEqual([
    { clause: "A", from_at: at(1), until_at: at(2) },
    { clause: "B", from_at: at(1), until_at: at(3) },
    { clause: "C", from_at: at(2), until_at: at(3) },
  ])
})

test("a record of which the same is found is left alone, and one in which any word differs is not", async () => {
  const [one, other] = [`shr_${"5".repeat(26)}`, `shr_${"6".repeat(26)}`]
  const plain: Finding = {
    ...{ recordId: one, recordKind: "sharing", clause: "A", pack: "statement", packVersion: "1", severity: "warning" },
    ...{ verdict: "unknown", from: day("2026-01-01"), to: null, says: "x", params: { kind: 'ü, "q" \\' } },
    ...{ path: null, remedy: "Ask (again)." },
  }
  const found = [plain, { ...plain, clause: "B", to: day("2027-02-01"), path: "grounds.0" }, { ...plain }]
  const others = (list: Finding[]) =>
    on.db.transaction(async (tx) => [...(await otherwiseFound(tx, [one, other], list))].sort())
  expect(await others([])).toEqual([])
  expect(await others(found)).toEqual([one])
  await on.db.transaction((tx) => putFindings(tx, "2030-01-05T00:00:00.000Z" as Instant, [one], found))
  expect(await others(found.toReversed())).toEqual([])
  const changes: Partial<Finding>[] = [
    ...[{ clause: "C" }, { packVersion: "2" }, { severity: "advice" as const }, { verdict: "broken" as const }],
    ...[{ from: null }, { to: day("2028-01-01") }, { says: "y" }, { params: {} }, { path: "" }, { remedy: "" }],
    { recordId: other },
  ]
  for (const change of changes)
    expect(await others([{ ...plain, ...change }, ...found.slice(1, 2)]), JSON.stringify(change)).toContain(one)
  expect(await others([...found, { ...plain, recordId: other }])).toEqual([other])
  expect(await others([plain])).toEqual([one])
})

test("turns are hashed as the text that they always were", () => {
  const turns: Turn[] = [
    ["GDPR-6.1", "e", null, 1],
    ['"A\\ü', "u", day("2026-01-01"), -1],
  ]
  for (const list of [[], turns.slice(0, 1), turns]) expect(textOf(list)).toBe(JSON.stringify(list))
})

test("a record for named persons turns no sum that others see", async () => {
  const row = {
    ...{ recordId: `shr_${"8".repeat(26)}`, recordKind: "sharing", entityId: cast.entityId, partyId: null },
    ...{ restrictedTo: [cast.legal.id], coverage: null, turns: [["SECRET-1", "n", null, 1]] as Turn[], hash: "1" },
  }
  await on.db.transaction((tx) => putJudgements(tx, "2030-02-01T00:00:00.000Z" as Instant, [row]))
  const open = { ...row, restrictedTo: null, hash: "2" }
  expect(await rows(on.db, sql`select n from promise_turns where clause = 'SECRET-1'`)).toEqual([])
  await on.db.transaction((tx) => putJudgements(tx, "2030-02-02T00:00:00.000Z" as Instant, [open]))
  expect(await rows(on.db, sql`select n from promise_turns where clause = 'SECRET-1'`)).toEqual([{ n: 1 }])
  await on.db.transaction((tx) => putJudgements(tx, "2030-02-03T00:00:00.000Z" as Instant, [{ ...row, hash: "3" }]))
  expect(await rows(on.db, sql`select n from promise_turns where clause = 'SECRET-1' order by at`)).toEqual([
    { n: 1 },
    { n: -1 },
  ])
})
