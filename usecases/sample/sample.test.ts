import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { wordless } from "@/components/audit/member-words"
import { row, rows } from "@/db/connect"
import { memberDifference } from "@/domain/audit/members"
import type { Json } from "@/domain/core/canonical"
import { MECHANISMS } from "@/domain/vocabulary/mechanisms"
import { GROUNDS } from "@/domain/vocabulary/grounds"
import { MODES } from "@/domain/vocabulary/sharings"
import { addDays, dayIn } from "@/domain/core/day"
import type { SampleSeat } from "@/domain/sample/seats"
import { beginPack } from "@/usecases/packs/draft-pack"
import { decideRequest } from "@/usecases/requests/decide-request"
import { submitRequest } from "@/usecases/requests/submit-request"
import { listInquiries, readInquiry } from "@/usecases/inquiries/read-inquiries"
import { actorOfSample } from "@/usecases/people/sample-people"
import { readStageTimes } from "@/usecases/requests/stage-times"
import { listRecords } from "@/usecases/register/list-records"
import { readInbox } from "@/usecases/told/inbox"
import { clockNow, OPERATOR } from "@/usecases/scene"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { sceneFor } from "@/testing/people"
import { must } from "@/testing/requests"
import { loadSample } from "./load-sample"

let on: TestDatabase

beforeAll(async () => {
  on = await aDatabase({ register: "sample" })
}, 60_000)
afterAll(() => on.drop())

test("the sample company is told through the same doors as everything, and once", async () => {
  const scene = sceneFor(on.db, OPERATOR, { register: "sample" })
  const loaded = must(await loadSample(scene))
  expect(loaded.parties).toBeGreaterThanOrEqual(55)
  expect(loaded.sharings).toBeGreaterThanOrEqual(180)
  expect(loaded.sharings).toBeLessThanOrEqual(240)
  expect(must(await loadSample(scene))).toEqual(loaded)
  // A visitor finds the notices of the last days new, and not those of two years.
  for (const seat of ["requester", "dpo"] as const) {
    const actor = await actorOfSample(on.db, seat, "0".repeat(32), clockNow())
    const { counts, told } = must(await readInbox(sceneFor(on.db, actor, { register: "sample" }), {}))
    expect(told.length).toBeGreaterThan(0)
    expect(counts.unseen).toBeLessThan(10)
  }
}, 180_000)

test("its stages took days, so the picture of times has something to show", async () => {
  const dpo = await actorOfSample(on.db, "dpo", "0".repeat(32), clockNow())
  const { times } = must(await readStageTimes(sceneFor(on.db, dpo, { register: "sample" }), {}))
  const whole = times.filter((one) => one.month === null)
  expect(new Set(whole.map((one) => one.stage)).size).toBeGreaterThanOrEqual(3)
  expect(whole.some((one) => one.median >= 1)).toBe(true)
  expect(whole.some((one) => one.p90 >= 3)).toBe(true)
  expect(new Set(times.map((one) => one.month)).size).toBeGreaterThan(6)
  // Everything that happened lies in the past, and nothing was decided before it was brought.
  const [wrong] = await rows<{ n: number }>(
    on.db,
    sql`select count(*)::int as n from decisions d join revisions v on v.request_id = d.request_id and v.n = d.revision where d.at <= v.at or d.at > now()`,
  )
  expect(wrong?.n).toBe(0)
})

test("it shows every state there is", async () => {
  const legal = await actorOfSample(on.db, "legal", "0".repeat(32), clockNow())
  const scene = sceneFor(on.db, legal, { register: "sample" })
  const facets = ["mode", "ground", "mechanism", "coverage", "standing", "findings", "subjects"]
  const page = must(await listRecords(scene, { list: "sharings", facets }))
  const values = (facet: string): string[] => (page.facets[facet] ?? []).map((one) => one.value)
  expect(values("mode").sort()).toEqual(MODES.map((mode) => mode.code).sort())
  expect(values("ground").sort()).toEqual(GROUNDS.map((ground) => ground.code).sort())
  expect(values("mechanism").sort()).toEqual(MECHANISMS.map((one) => one.code as string).sort())
  expect(values("coverage")).toEqual(expect.arrayContaining(["covered", "gap", "expiring", "ended"]))
  expect(values("standing").sort()).toEqual(["approved", "discovered", "ended"])
  expect(values("findings")).toEqual(expect.arrayContaining(["blocking", "none"]))
  expect(values("subjects")).toContain("child")
  // What is found running ran before it was found, and is to be approved or ended by a day.
  const found = await rows(
    on.db,
    sql`select title from sharing_rows where until_at = 'infinity' and standing = 'discovered' and (starts_on > from_at::date or due_on is null)`,
  )
  expect(found).toEqual([])
  const states = await rows<{ state: string }>(on.db, sql`select distinct state from requests order by 1`)
  expect(states.map((one) => one.state)).toEqual(["approved", "draft", "in-review", "recorded", "refused"])
})

test("no flow has a gap of which no finding tells: checks and coverage do not disagree", async () => {
  const silent = await rows<{ title: string; causes: string[]; from: string; until: string }>(
    on.db,
    sql`select s.title, g.causes, g.from_on::text as "from", g.until_on::text as until from gaps g
      join sharing_rows s on s.record_id = g.record_id and s.until_at = 'infinity' and s.standing <> 'ended'
      where g.until_at = 'infinity' and not (s.blocking + s.warning) @> daterange(nullif(g.from_on, '-infinity'), nullif(g.until_on, 'infinity'))
        and not exists (select 1 from unnest(g.causes) c where c like 'rules.%')
      order by 1`,
  )
  expect(silent).toEqual([])
})

test("the register of two years ago, as the sample tells it, is smaller", async () => {
  const legal = await actorOfSample(on.db, "legal", "0".repeat(32), clockNow())
  const scene = sceneFor(on.db, legal, { register: "sample" })
  const year = new Date(Date.now() - 400 * 86_400_000).toISOString()
  const then = must(await listRecords(scene, { list: "parties", asOf: year }))
  const now = must(await listRecords(scene, { list: "parties" }))
  expect(then.total).toBeGreaterThan(5)
  expect(then.total).toBeLessThan(now.total - 5)
})

test("a statement that legal writes goes to its end: the second lawyer approves, and nobody decides what they wrote", async () => {
  const sit = async (seat: SampleSeat) =>
    sceneFor(on.db, await actorOfSample(on.db, seat, "0".repeat(32), clockNow()), { register: "sample" })
  const author = await sit("legal")
  const scope = { entities: null, products: null, subjects: null }
  const from = addDays(dayIn("UTC", clockNow()), 30)
  const draft = must(await beginPack(author, { title: "Our own statement", effectiveFrom: from, ...scope }))
  const { hash, stages } = must(await submitRequest(author, { requestId: draft.id }))
  expect(stages.map((one) => one.stage)).toEqual(["legal", "dpo"])
  const decide = async (seat: SampleSeat, place: 0 | 1, verdict: "approve" | "agree") => {
    const { stage, entityId } = stages[place] ?? { stage: "", entityId: "" }
    return decideRequest(await sit(seat), { requestId: draft.id, hash, stage, entityId, verdict })
  }
  expect(await decide("legal", 0, "approve")).toMatchObject({ ok: false, code: "not-allowed" })
  must(await decide("second-legal", 0, "approve"))
  expect(must(await decide("dpo", 1, "agree"))).toMatchObject({ state: "approved" })
})

test("whatever an entry of its log says has a name in words", async () => {
  const said = await rows<{ act: string; bytes: string }>(on.db, sql`select act, bytes from log_leaves`)
  const none = new Set<string>()
  for (const { act, bytes } of said) {
    const { before, after } = JSON.parse(bytes) as { before?: Json; after?: Json }
    for (const side of [before, after])
      for (const { path } of memberDifference(undefined, side))
        for (const part of wordless(act, path)) none.add(`${act}: ${part}`)
  }
  expect([...none].sort()).toEqual([])
  expect(said.length).toBeGreaterThan(500)
})

test("it has letters of an authority: one answered and released, one whose last question waits for its answer", async () => {
  const sit = async (seat: SampleSeat) =>
    sceneFor(on.db, await actorOfSample(on.db, seat, "0".repeat(32), clockNow()), { register: "sample" })
  const { lines } = must(await listInquiries(await sit("legal"), { before: null }))
  expect(lines.map((one) => [one.questions, one.answered, one.released])).toEqual([
    [3, 2, false],
    [2, 2, true],
  ])
  // What the register is asked for an answer finds something.
  for (const line of lines) {
    const page = must(await readInquiry(await sit("dpo"), { id: line.id, from: 0 }))
    for (const one of page.lines.filter(({ query }) => query !== null)) expect(one.result?.count).toBeGreaterThan(0)
  }
})

test("a real register never takes it", async () => {
  const real = await aDatabase()
  try {
    expect(await loadSample(sceneFor(real.db, OPERATOR))).toMatchObject({ ok: false, code: "not-allowed" })
    expect((await row<{ n: number }>(real.db, sql`select count(*)::int as n from people`))?.n).toBe(0)
  } finally {
    await real.drop()
  }
})
