import { sql } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { openPost } from "@/adapters/mail/smtp"
import { row, rows } from "@/db/connect"
import type { Id } from "@/domain/core/id"
import { addDays, dayIn, type Day } from "@/domain/core/day"
import { plusMillis, type Instant } from "@/domain/core/instant"
import { SHIPPED, type RulesPart } from "@/domain/requests/stage-rules"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { aMailServer } from "@/testing/mail-server"
import { anEntity, aPerson, firstAdministrator, sceneFor } from "@/testing/people"
import { aCast, allAgree, must, submitted, type Cast, type Submitted } from "@/testing/requests"
import { readLog } from "@/usecases/audit/read-log"
import { putCalendar, readCalendars } from "@/usecases/people/calendar"
import { endAway, setAway } from "@/usecases/people/away"
import { revokeRole } from "@/usecases/people/grant-roles"
import { clockNow, OPERATOR, type Actor, type Scene } from "@/usecases/scene"
import { nameEscalation } from "@/usecases/told/escalation"
import { readInbox } from "@/usecases/told/inbox"
import { composeMails } from "@/usecases/told/compose"
import { deliverMails } from "@/usecases/told/deliver"
import { remind } from "@/usecases/told/remind"
import { decideRequest } from "./decide-request"
import { expectedDays } from "./expected"
import { listRequests } from "./list-requests"
import { previewRules } from "./preview-rules"
import { readRequest } from "./read-request"
import { decideRules, proposeRules, readRules, withdrawRules } from "./stage-rules"
import { readStageTimes } from "./stage-times"
import { readUnseated } from "./unseated"

let on: TestDatabase
let cast: Cast
let administrator: Actor

beforeAll(async () => {
  on = await aDatabase()
  administrator = await firstAdministrator(on.db)
  cast = await aCast(on.db)
})
const closing: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const close of closing) await close()
  await on.drop()
})

const as = (actor: Actor, more: Partial<Scene> = {}) => sceneFor(on.db, actor, more)
const part = (over: Partial<RulesPart> = {}) => ({
  ...{ companyId: null, rows: SHIPPED.rows, days: SHIPPED.days, waves: SHIPPED.waves, persons: {} },
  ...{ reason: "Buyers look first", ...over },
})
const propose = (over: Partial<RulesPart>) => proposeRules(as(administrator), part(over))
const approve = (version: number) => decideRules(as(cast.dpo), { version, verdict: "approve" })
let parties = 0
const newParty = () =>
  submitted(on.db, cast, `Party ${(parties += 1)}`, [
    { kind: "party", body: typedParty({ legalName: `Rules Party ${parties} Ltd` }) },
  ])
const decide = (actor: Actor, request: Submitted, stage: string, forPerson: string | null = null) =>
  decideRequest(as(actor), {
    requestId: request.requestId,
    hash: request.hash,
    stage,
    entityId: cast.entityId,
    verdict: stage === "dpo" ? "agree" : "approve",
    forPerson,
  })
const DAY = 24 * 60 * 60_000

describe("rules of stages", () => {
  let before: Submitted
  let proposedAt: Instant
  test("are proposed by an administrator and hold nowhere until a DPO approved them, for what is submitted from then on", async () => {
    before = await newParty()
    expect(before.stages.map((one) => one.stage)).toEqual(["procurement", "dpo"])
    const rows = { ...SHIPPED.rows, "party-identity": ["procurement", "legal", "dpo"] as const }
    const waves = { procurement: 1, legal: 2, dpo: 3, "second-legal": 3 }
    const { version } = must(await propose({ rows, waves }))
    expect(version).toBe(2)
    expect((await newParty()).stages.map((one) => one.stage)).toEqual(["procurement", "dpo"])
    proposedAt = clockNow()
    expect(await propose({ rows })).toMatchObject({ ok: false, says: "conflict.rules-wait" })

    const preview = must(await previewRules(as(cast.dpo), { version }))
    expect([preview.open, preview.changed]).toEqual([2, 2])
    expect(preview.differs.map((one) => one.path).sort()).toEqual(
      ["rows.party-identity", "waves.dpo", "waves.legal", "waves.second-legal"].sort(),
    )
    expect(preview.lines[0]?.after.map((one) => one.stage)).toEqual(["procurement", "legal", "dpo"])
    expect(preview.lines[0]).toMatchObject({ requestId: before.requestId, title: "Party 1" })
    // Whoever keeps roles reads no request: the number alone.
    const theirs = must(await previewRules(as(administrator), { version }))
    expect(theirs.changed).toBe(2)
    expect(theirs.lines.every((one) => one.requestId === null && one.title === null)).toBe(true)

    must(await approve(version))
    expect(await approve(version)).toMatchObject({ ok: false, says: "conflict.rules-decided" })
    const page = must(await readRequest(as(cast.procurement), { id: before.requestId }))
    expect(page.stages.map((one) => one.stage)).toEqual(["procurement", "dpo"])
    expect(page.revisions.map((one) => one.rulesVersion)).toEqual([1])
  })

  test("which ones held at an instant has an answer, on page and command line", async () => {
    const then = must(await readRules(as(OPERATOR), { asOf: proposedAt }))
    expect([then.inForce.version, then.waiting?.version]).toEqual([1, 2])
    const now = must(await readRules(as(cast.requester), { asOf: null }))
    expect([now.inForce.version, now.waiting, now.versions[0]?.reason]).toEqual([2, null, "Buyers look first"])
    expect(now.versions[0]).toMatchObject({
      byName: "First Admin",
      decidedByName: "Dora Protect",
      verdict: "approved",
    })
    const acts = must(await readLog(as(cast.dpo), {})).lines.map((one) => one.act)
    expect(acts).toEqual(expect.arrayContaining(["stages.propose", "stages.decide"]))
  })

  test("a later turn is not open before the earlier ones are decided: refused, not shown, not told; advice may come first", async () => {
    const request = await newParty()
    expect(request.stages.map((one) => one.stage)).toEqual(["procurement", "legal", "dpo"])
    expect(await decide(cast.legal, request, "legal")).toMatchObject({ ok: false, says: "conflict.earlier-stage" })
    const shown = async (actor: Actor) =>
      must(await readInbox(as(actor), { part: "decide" })).decide.some((one) => one.id === request.requestId)
    expect(await shown(cast.legal)).toBe(false)
    expect(await shown(cast.procurement)).toBe(true)
    const told = () =>
      rows<{ id: string }>(
        on.db,
        sql`select person_id as id from tellings where kind = 'decide' and request_id = ${request.requestId}`,
      )
    expect((await told()).map((one) => one.id)).not.toContain(cast.legal.id)
    const page = must(await readRequest(as(cast.legal), { id: request.requestId }))
    expect(page.stages.find((one) => one.stage === "legal")).toMatchObject({
      ...{ mayDecide: false, whyNot: "conflict.earlier-stage" },
      state: { openedAt: null, dueOn: null, after: ["procurement"] },
    })
    must(await decide(cast.dpo, request, "dpo"))
    must(await decide(cast.procurement, request, "procurement"))
    expect((await told()).map((one) => one.id)).toContain(cast.legal.id)
    expect(await shown(cast.legal)).toBe(true)
    must(await decide(cast.legal, request, "legal"))
  })

  test("what cannot be configured away is refused at its place", async () => {
    const wrong = async (over: Partial<RulesPart>) => {
      const outcome = await propose(over)
      return outcome.ok ? [] : (outcome.fields ?? []).map((one) => one.says)
    }
    expect(await wrong({ rows: { ...SHIPPED.rows, less: [] } })).toEqual(["invalid.rules-no-stage"])
    expect(await wrong({ companyId: cast.entityId, persons: { legal: [cast.procurement.id] } })).toEqual([
      "invalid.rules-person",
    ])
    expect(
      await wrong({ companyId: cast.entityId, persons: { legal: [cast.legal.id], "second-legal": [cast.legal.id] } }),
    ).toEqual(["invalid.rules-too-few"])
    expect(await propose({ rows: { ...SHIPPED.rows, mine: ["legal"] } as never })).toMatchObject({ code: "invalid" })
    expect(await proposeRules(as(administrator), { ...part({}), reason: " " })).toMatchObject({ code: "invalid" })
    expect(await proposeRules(as(administrator), [])).toMatchObject({ code: "invalid" })
  })

  test("nobody decides on their own, an administrator on none, and a DPO of one company not for all", async () => {
    const { version } = must(await propose({ days: { ...SHIPPED.days, legal: 5 } }))
    const other = await anEntity(on.db)
    const there = await aPerson(on.db, "Dina There", ["dpo"], other)
    expect(await decideRules(as(administrator), { version, verdict: "approve" })).toMatchObject({ code: "not-allowed" })
    expect(await decideRules(as(there), { version, verdict: "approve" })).toMatchObject({
      says: "not-allowed.rules-dpo",
    })
    expect(await decideRules(as(cast.dpo), { version, verdict: "refuse" })).toMatchObject({
      fields: [{ path: "reason", says: "invalid.reason" }],
    })
    must(await decideRules(as(cast.dpo), { version, verdict: "refuse", reason: "Five days are long" }))
    // The database keeps them apart as well, and what stands is not rewritten.
    await expect(
      on.db.execute(
        sql`insert into stage_rule_decisions (version, verdict, by_person, at, log_index) values (${version}, 'approved', ${administrator.id}, now(), 0)`,
      ),
    ).rejects.toMatchObject({ cause: { code: "ON013" } })
    await expect(on.db.execute(sql`update stage_rules set body = '{}'`)).rejects.toThrow()
    const taken = must(await propose({ days: { ...SHIPPED.days, legal: 4 } }))
    must(await withdrawRules(as(administrator), taken))
    expect(await approve(taken.version)).toMatchObject({ says: "conflict.rules-decided" })
    expect(must(await readRules(as(cast.dpo), {})).inForce.version).toBe(2)
  })

  test("two proposals at once make one, and a submission beside an approval has the rules of its own instant", async () => {
    const both = await Promise.all([1, 2].map((n) => propose({ days: { ...SHIPPED.days, legal: 10 + n } })))
    expect(both.filter((one) => one.ok)).toHaveLength(1)
    expect(both.find((one) => !one.ok)).toMatchObject({ code: "conflict" })
    const version = both.flatMap((one) => (one.ok ? [one.value.version] : []))[0] ?? 0
    const [, ...requests] = await Promise.all([approve(version), newParty(), newParty(), newParty()])
    for (const { requestId } of requests) {
      const found = await row<{ version: number; held: number }>(
        on.db,
        sql`select v.rules_version as version, (select max(d.version) from stage_rule_decisions d where d.verdict = 'approved' and d.at < v.at) as held
          from revisions v where v.request_id = ${requestId}`,
      )
      expect(found?.version).toBe(found?.held)
    }
  })
})

describe("persons of a stage", () => {
  test("are the only ones who may take it, whatever role others hold; when they are gone it goes to the administrator", async () => {
    const second = await aPerson(on.db, "Nele Named", ["legal"])
    const rows_ = { ...SHIPPED.rows, "party-identity": ["legal"] as const }
    const named = part({ companyId: cast.entityId, rows: rows_, persons: { legal: [second.id] } })
    must(await approve(must(await proposeRules(as(administrator), named)).version))
    const request = await newParty()
    expect(await decide(cast.legal, request, "legal")).toMatchObject({ says: "not-allowed.not-named" })
    expect(must(await readInbox(as(cast.legal), { part: "decide" })).decide.map((one) => one.id)).not.toContain(
      request.requestId,
    )
    const state = async () =>
      must(await readRequest(as(cast.requester), { id: request.requestId })).stages.find((one) => one.stage === "legal")
        ?.state
    expect(await state()).toMatchObject({ sitters: [second.id], nobody: false })
    expect(must(await readUnseated(as(administrator), {}))).toEqual([])

    // Whoever stands in for the named one takes that place, and only so; the requester sees it.
    const today = dayIn("Europe/Berlin", clockNow())
    const delegates = [{ role: "legal", personId: cast.legal.id }]
    const away = must(await setAway(as(second), { fromOn: today, toOn: addDays(today, 9), delegates }))
    const other = await newParty()
    const waiting = must(await readInbox(as(cast.requester), { part: "waiting" })).waiting
    expect(waiting.find((one) => one.id === other.requestId)?.withWhom).toContainEqual({
      ...{ name: "Lena Law", forName: "Nele Named" },
    })
    const mine = must(await readInbox(as(cast.legal), { part: "decide" })).decide
    expect(mine.find((one) => one.id === other.requestId)).toMatchObject({
      stages: ["legal"],
      forNames: ["Nele Named"],
    })
    expect(await decide(cast.legal, other, "legal")).toMatchObject({ says: "not-allowed.not-named" })
    // The page offers it on whose behalf it may be, though they hold the role themselves.
    const offered = must(await readRequest(as(cast.legal), { id: other.requestId }))
    expect(offered.stages.find((one) => one.stage === "legal")).toMatchObject({
      ...{ mayDecide: true, forPerson: second.id },
    })
    must(await decide(cast.legal, other, "legal", second.id))
    must(await endAway(as(second), away))

    const grant = await row<{ id: string }>(
      on.db,
      sql`select grant_id as id from role_grants where person_id = ${second.id}`,
    )
    const heldThen = clockNow()
    must(await revokeRole(as(administrator), { grantId: grant?.id }))
    // Who was entitled to decide at an instant has an answer, also when they are not any more.
    const entitled = async (asOf: Instant | null) =>
      must(await readRules(as(OPERATOR), { asOf })).people.some((one) => one.id === second.id)
    expect([await entitled(heldThen), await entitled(null)]).toEqual([true, false])
    expect(await state()).toMatchObject({ sitters: [], nobody: true })
    const page = must(await readRequest(as(cast.requester), { id: request.requestId }))
    expect(page.administrators.map((one) => one.name)).toEqual(["First Admin"])
    expect(must(await readUnseated(as(administrator), {}))).toMatchObject([{ stage: "legal", named: true }])
    await remind({ db: on.db, now: clockNow() })
    await remind({ db: on.db, now: clockNow() })
    const told = await rows(
      on.db,
      sql`select person_id as id, request_id as "requestId" from tellings where kind = 'nobody'`,
    )
    expect(told).toEqual([{ id: administrator.id, requestId: request.requestId }])
    // By mail it is the request's number and no word more.
    const { mails, posting } = await aPosting()
    await composeMails({ db: on.db, now: plusMillis(clockNow(), 60_000) })
    await deliverMails({ db: on.db }, posting, () => plusMillis(clockNow(), 60_000))
    const theirs = mails().find((mail) => mail.to.includes("first@example.test"))
    expect(theirs?.body).toContain(`R-${page.request.no}`)
    expect(theirs?.body).toContain("/admin/stages#nobody")
    expect(theirs?.body).not.toContain(page.request.title)
    must(await approve(must(await proposeRules(as(administrator), part({ companyId: cast.entityId }))).version))
  })

  test("the database lets nobody else decide it either", async () => {
    const found = await row<{ requestId: string; n: number }>(
      on.db,
      sql`select request_id as "requestId", n from revision_stages where persons is not null limit 1`,
    )
    await expect(
      on.db.transaction(async (tx) => {
        await tx.execute(
          sql`insert into seats (request_id, person_id, stage, entity_id) values (${found?.requestId}, ${cast.legal.id}, 'legal', ${cast.entityId})`,
        )
        await tx.execute(sql`insert into decisions (id, request_id, revision, stage, entity_id, person_id, verdict, hash, at, log_index)
          values (${`dec_${"0".repeat(26)}`}, ${found?.requestId}, ${found?.n}, 'legal', ${cast.entityId}, ${cast.legal.id}, 'approve', '', now(), 0)`)
      }),
    ).rejects.toMatchObject({ cause: { code: "ON017" } })
  })
})

/** Where mails go to be looked at: a real mail server in this process. */
async function aPosting() {
  const server = await aMailServer()
  const post = openPost({
    ...{ host: "127.0.0.1", port: server.port, secure: false, loopback: true },
    ...{ user: "", password: "", from: "onward@onward.example" },
  })
  closing.push(async () => {
    post.close()
    await server.stop()
  })
  const posting = { post, say: (key: string) => key, day: (day: string) => day, url: "https://onward.example" }
  return {
    posting,
    mails: () => server.got.map((mail) => ({ to: mail.to, body: mail.headers.subject + mail.text + mail.html })),
  }
}

describe("days of stages", () => {
  test("are working days of the company: shown, listed, reminded of, and escalated to the person named", async () => {
    const today = dayIn("Europe/Amsterdam", clockNow())
    const free = Array.from({ length: 20 }, (_, i) => addDays(today, i + 1))
    const zone = await row<{ body: string }>(
      on.db,
      sql`select body from versions where record_id = ${cast.entityId} order by n desc limit 1`,
    )
    expect(JSON.parse(zone?.body ?? "{}").zone).toBeTruthy()
    const put = (holidays: string, weekend: number[] = []) =>
      putCalendar(as(administrator), { entityId: cast.entityId, weekend, holidays })
    expect(await put("2026-02-30 Nothing\n2026-05-01 Labour Day\nx")).toMatchObject({
      ...{ code: "invalid", fields: [{ params: { line: 1 } }, { params: { line: 3 } }] },
    })
    expect(await put("", [1, 2, 3, 4, 5, 6, 7])).toMatchObject({ code: "invalid" })
    must(await put(free.map((on) => `${on} Works holiday`).join("\n")))
    const request = await newParty()
    const page = must(await readRequest(as(cast.procurement), { id: request.requestId }))
    const stage = page.stages.find((one) => one.stage === "procurement")
    const days = stage?.days ?? 0
    const dueOn = stage?.state.dueOn as Day
    const last = dayIn(JSON.parse(zone?.body ?? "{}").zone, stage?.state.openedAt as Instant)
    expect([addDays(last, 20 + days), addDays(last, 21 + days)]).toContain(dueOn)
    const line = must(await listRequests(as(cast.requester), {})).rows.find((one) => one.id === request.requestId)
    expect(line).toMatchObject({ dueOn, mark: null })
    const mine = must(await readInbox(as(cast.procurement), { part: "decide" })).decide
    expect(mine.find((one) => one.id === request.requestId)?.dueOn).toBe(dueOn)

    must(await nameEscalation(as(administrator), { entityId: cast.entityId, personId: cast.dpo.id, days: 3 }))
    const noon = (on: Day): Instant => `${on}T12:00:00.000Z` as Instant
    const told = () =>
      rows<{ what: string }>(
        on.db,
        sql`select kind || ':' || what as what from tellings where request_id = ${request.requestId} and clause = 'procurement'
          and person_id in (${cast.procurement.id}, ${cast.dpo.id}) and kind in ('due', 'escalated') order by at`,
      ).then((list) => list.map((one) => one.what))
    await remind({ db: on.db, now: noon(addDays(dueOn, -2)) })
    expect(await told()).toEqual([])
    for (const ahead of [-1, -1, 0, 1, 2, 3]) await remind({ db: on.db, now: noon(addDays(dueOn, ahead)) })
    expect(await told()).toEqual(["due:stage-near", "due:stage", "due:stage-late", "escalated:stage"])
    expect(must(await readCalendars(as(OPERATOR), {}))).toMatchObject([{ entityId: cast.entityId, n: 1, weekend: [] }])
    must(await put("", [6, 7]))
  })
})

describe("how long stages take", () => {
  test("is read from the decisions, and the expected day from five of them on", async () => {
    const rowsAsked = { entityId: cast.entityId, rows: ["details" as const] }
    const many = await Promise.all(Array.from({ length: 5 }, () => newParty()))
    for (const request of many) must(await allAgree(on.db, cast, request))
    const expected = await expectedDays(on.db, rowsAsked, clockNow())
    expect(expected).toMatchObject({ days: 0 })
    expect(expected?.cases).toBeGreaterThanOrEqual(5)
    expect(await expectedDays(on.db, { ...rowsAsked, rows: ["control-or-public"] }, clockNow())).toBeNull()
    const page = must(await readStageTimes(as(cast.requester), {}))
    expect(page.months).toHaveLength(12)
    const whole = page.times.find((one) => one.stage === "procurement" && one.month === null)
    expect(whole).toMatchObject({ entityId: cast.entityId as Id<"entity">, median: 0 })
    const later = must(await readStageTimes(as(cast.requester, { now: plusMillis(clockNow(), 800 * DAY) }), {}))
    expect(later.times).toEqual([])
  })
})
