import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { rows } from "@/db/connect"
import { known, NOT_APPLICABLE } from "@/domain/core/answer"
import { addDays, dayIn, type Day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import { toMillis, fromMillis, type Instant } from "@/domain/core/instant"
import type { Chain } from "@/domain/records/evidence"
import { typedParty } from "@/testing/bodies"
import { readCalendar } from "@/usecases/told/calendar"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement, typedAssessment, typedSharing } from "@/testing/flow"
import { aPerson, anEntity, sceneFor } from "@/testing/people"
import { aCast, allAgree, inForce, must, type Cast } from "@/testing/requests"
import { readLog } from "@/usecases/audit/read-log"
import { readInbox } from "@/usecases/told/inbox"
import { submitRequest } from "@/usecases/requests/submit-request"
import { readRecord } from "@/usecases/register/read-record"
import { clockNow, newId, type Actor } from "@/usecases/scene"
import { answerAnnouncement, proposeChain } from "./answer-announcement"
import { listAnnouncements } from "./list-announcements"
import { recordAnnouncement } from "./record-announcement"
import { followAnnouncements } from "./silence"

let on: TestDatabase
let cast: Cast
let partyId: Id<"party">
let sharingId: string
let fileId: string
const today = dayIn("Europe/Berlin", clockNow())
const ago = (days: number): Day => addDays(today, -days)
const scene = (who: Actor = cast.procurement) => sceneFor(on.db, who)

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  const at = scene(cast.requester)
  partyId = newId(at, "party")
  const flow = newId(at, "sharing")
  sharingId = flow
  const between = { entityId: cast.entityId as Id<"entity">, partyId }
  await inForce(on.db, cast, "A flow", [
    { kind: "party", recordId: partyId, body: typedParty() },
    { kind: "sharing", recordId: flow, body: typedSharing(between, { endsOn: NOT_APPLICABLE }) },
    {
      kind: "agreement",
      body: typedAgreement(between, [flow], { endsOn: NOT_APPLICABLE, objectionDays: known(14) }),
    },
    { kind: "assessment", body: typedAssessment(partyId, { validUntil: known(addDays(today, 400)) }) },
  ])
  fileId = newId(at, "file")
  await on.db.execute(sql`insert into files (id, sha256, name, type, size_bytes, by_person, at, legal_advice)
    values (${fileId}, ${"a".repeat(64)}, 'letter.pdf', 'application/pdf', 1, ${cast.procurement.id}, now(), false)`)
})
afterAll(() => on.drop())

const announce = (over: object = {}) => ({
  ...{ entityId: cast.entityId, partyId, change: "new", subName: "Cloud Below Ltd", task: "Backups" },
  ...{ countries: ["IE"], announcedOn: ago(1), effectOn: addDays(today, 40), ...over },
})
const answer = (id: string, over: object) => ({ id, reason: "Looked at it.", title: "Chain", ...over })
const told = async (who: Actor, what: string) =>
  must(await readInbox(scene(who), {})).told.filter((one) => one.what === what)

test("what a party announces has the clock of the paper's own term, and procurement and the DPO are told", async () => {
  const made = must(await recordAnnouncement(scene(cast.requester), announce()))
  expect(made.objectUntil).toBe(addDays(ago(1), 14))
  const page = must(await listAnnouncements(scene(), { partyId }))
  expect(page.lines[0]).toMatchObject({
    state: "open",
    term: "agreement",
    termDays: 14,
    mayAnswer: true,
    countries: ["IE"],
  })
  expect(must(await listAnnouncements(scene(cast.requester), { partyId })).lines[0]?.mayAnswer).toBe(false)
  for (const who of [cast.procurement, cast.dpo])
    expect(await told(who, "objection")).toMatchObject([{ kind: "due", dueOn: made.objectUntil, recordId: partyId }])

  const due = { kind: "objection", on: made.objectUntil, recordId: partyId }
  expect(must(await readCalendar(scene(), {})).entries).toContainEqual(expect.objectContaining(due))
  expect(must(await readCalendar(scene(cast.requester), {})).entries.map((one) => one.kind)).not.toContain("objection")

  const asked = must(await answerAnnouncement(scene(), answer(made.id, { answer: "asked", reason: "Where exactly?" })))
  expect(asked.requestId).toBeNull()
  expect(must(await listAnnouncements(scene(), { partyId })).lines[0]).toMatchObject({
    ...{ state: "open", asked: 1, question: "Where exactly?" },
  })

  // Accepting begins a request; only its approval changes the chain.
  const accepted = must(await answerAnnouncement(scene(), answer(made.id, { answer: "accepted" })))
  const again = await answerAnnouncement(scene(cast.dpo), answer(made.id, { answer: "objected", fileId }))
  expect(again).toMatchObject({ ok: false, says: "conflict.announcement-answered" })
  const requestId = accepted.requestId as string
  const asks = { ...cast, requester: cast.procurement, procurement: cast.requester }
  const done = must(await submitRequest(scene(), { requestId }))
  expect(done.stages.map((stage) => stage.stage)).toEqual(["procurement", "legal", "dpo"])
  const second = await aPerson(on.db, "Paula Procure", ["procurement"])
  must(await allAgree(on.db, { ...asks, procurement: second }, { requestId, recordIds: [], ...done }))
  const page2 = must(await readRecord(scene(), { id: sharingId }))
  const chain = page2.related.find((one) => one.kind === "chain")?.body as Chain
  expect(chain).toMatchObject({
    ...{ sharingId, engagedBy: partyId, title: "Cloud Below Ltd", answer: known("accepted"), task: known("Backups") },
    ...{ firstOn: known(addDays(today, 40)), announcedOn: known(ago(1)), objectUntil: known(made.objectUntil) },
  })

  // It is gone again: the link that stands gets its last day.
  const gone = must(
    await recordAnnouncement(
      scene(),
      announce({ change: "gone", subName: "", oldPartyId: chain.partyId, effectOn: addDays(today, 90) }),
    ),
  )
  const ends = must(await answerAnnouncement(scene(), answer(gone.id, { answer: "accepted" })))
  const kept = await rows<{ op: string; body: string }>(
    on.db,
    sql`select op, body from proposals where request_id = ${ends.requestId}`,
  )
  expect(kept.map((one) => [one.op, (JSON.parse(one.body) as Chain).lastOn])).toEqual([
    ["change", known(addDays(today, 89))],
  ])
}, 60_000)

test("whoever objects keeps the letter, and who may not answer is told why", async () => {
  const made = must(await recordAnnouncement(scene(), announce({ subName: "Other Ltd" })))
  const says = async (who: Actor, over: object) => {
    const outcome = await answerAnnouncement(scene(who), answer(made.id, over))
    return outcome.ok ? "done" : (outcome.fields?.[0]?.says ?? outcome.says)
  }
  expect(await says(cast.requester, { answer: "accepted" })).toBe("not-allowed.role")
  const elsewhere = await aPerson(on.db, "Else Where", ["legal"], await anEntity(on.db))
  expect(await says(elsewhere, { answer: "accepted" })).toBe("not-found")
  expect(await says(cast.procurement, { answer: "objected" })).toBe("invalid.objection-letter")
  expect(await says(cast.dpo, { answer: "objected", fileId })).toBe("invalid.no-such-file")
  expect(await says(cast.procurement, { answer: "objected", fileId, reason: " " })).toBe("invalid.reason")
  // Two at once: one is the last word.
  const both = await Promise.all([
    says(cast.procurement, { answer: "objected", fileId }),
    says(cast.dpo, { answer: "accepted" }),
  ])
  expect(both.filter((one) => one === "done")).toHaveLength(1)
  expect(both.filter((one) => one === "conflict.announcement-answered")).toHaveLength(1)
  expect(await told(cast.dpo, "silence")).toEqual([])
}, 60_000)

test("silence until the last day is noted by the worker as acceptance by the clause, once, in the company's own zone", async () => {
  const made = must(await recordAnnouncement(scene(), announce({ subName: "Silent Ltd", announcedOn: ago(14) })))
  expect(made.objectUntil).toBe(today)
  const worker = (now: Instant) => ({ ...scene(), now })
  // On the last day it is reminded of and still open; the day after, where the company is, it is over.
  expect(await followAnnouncements(worker(clockNow()))).toBe(0)
  expect((await told(cast.procurement, "objection")).filter((one) => one.dueOn === today)).toHaveLength(1)
  expect(must(await listAnnouncements(scene(), { partyId })).lines[0]).toMatchObject({ state: "last-days" })
  const next = fromMillis(toMillis(clockNow()) + 86_400_000)
  const late = await answerAnnouncement({ ...scene(), now: next }, answer(made.id, { answer: "accepted" }))
  expect(late).toMatchObject({ ok: false, says: "conflict.objection-over" })
  const both = await Promise.all([followAnnouncements(worker(next)), followAnnouncements(worker(next))])
  expect(both.reduce((sum, n) => sum + n, 0)).toBe(1)
  const lines = must(await listAnnouncements(scene(), { partyId, show: "answered" })).lines
  expect(lines.find((line) => line.id === made.id)).toMatchObject({ state: "silence", answeredBy: null, reason: null })
  const [event] = await rows<{ bytes: string }>(
    on.db,
    sql`select bytes from log_leaves where bytes like '%announcement.lapse%'`,
  )
  expect(JSON.parse(event?.bytes ?? "{}")).toMatchObject({
    ...{ act: "announcement.lapse", actor: { id: "operator", via: "job" } },
    after: { answer: "silence", clause: "GDPR-28.2", objectUntil: today, days: 14, term: "agreement" },
  })
  for (const who of [cast.procurement, cast.dpo]) expect(await told(who, "silence")).toHaveLength(1)
  // The register follows by a request.
  expect((await proposeChain(scene(), { id: made.id, title: "Chain" })).ok).toBe(true)
}, 60_000)

test("the same announcement sent twice is one: who sends it again is led to the one that stands, also two at once", async () => {
  const twice = await Promise.all([
    recordAnnouncement(scene(), announce({ subName: "Twice Ltd" })),
    recordAnnouncement(scene(cast.dpo), announce({ subName: " twice  LTD", task: "The same, in other words" })),
  ])
  expect(twice.filter((one) => one.ok)).toHaveLength(1)
  expect(twice.find((one) => !one.ok)).toMatchObject({ code: "conflict", says: "conflict.announcement-stands" })
  const id = twice.flatMap((one) => (one.ok ? [one.value.id] : []))[0]
  const again = await recordAnnouncement(scene(), announce({ subName: "Twice Ltd" }))
  expect(again).toMatchObject({ leadsTo: `/announcements?party=${partyId}#${id}` })
  // Another day, another change and another company are others.
  expect((await recordAnnouncement(scene(), announce({ subName: "Twice Ltd", announcedOn: today }))).ok).toBe(true)
  const gone = announce({ change: "gone", subName: "", oldName: "Twice Ltd" })
  expect((await recordAnnouncement(scene(), gone)).ok).toBe(true)
  // The database holds it by itself.
  const copy = sql`insert into announcements select ${newId(scene(), "announcement")}, entity_id, party_id, change, sub_name, sub_party_id, old_name,
    old_party_id, task, countries, announced_on, effect_on, object_until, term, term_days, agreement_id, file_id, by_person, at, log_index
    from announcements where id = ${id}`
  await expect(on.db.execute(copy)).rejects.toMatchObject({ cause: { code: "ON025" } })
}, 60_000)

test("as of an instant it reads as it stood, and the log names no flow to whoever reads the party", async () => {
  const before = clockNow()
  const made = must(await recordAnnouncement(scene(), announce({ subName: "Then Ltd" })))
  const between = clockNow()
  must(await answerAnnouncement(scene(), answer(made.id, { answer: "asked", reason: "Where?" })))
  must(await answerAnnouncement(scene(), answer(made.id, { answer: "accepted" })))
  const then = async (asOf: Instant | null, show = "all") =>
    must(await listAnnouncements(scene(), { partyId, show, asOf })).lines.find((one) => one.id === made.id)
  expect(await then(before)).toBeUndefined()
  expect(await then(between, "open")).toMatchObject({ state: "open", asked: 0, mayAnswer: false, answer: null })
  expect(await then(between, "answered")).toBeUndefined()
  expect(await then(null)).toMatchObject({ state: "accepted", asked: 1 })
  const open = async (asOf: Instant | null) => must(await listAnnouncements(scene(), { asOf })).open
  expect((await open(between)) - (await open(null))).toBe(1)
  const [event] = await rows<{ bytes: string }>(
    on.db,
    sql`select l.bytes from announcements a join log_leaves l on l.index = a.log_index where a.id = ${made.id}`,
  )
  const objects = (JSON.parse(event?.bytes ?? "{}") as { objects: { type: string }[] }).objects
  expect(objects.map((one) => one.type)).toEqual(["announcement", "party"])
  // Of another company one reads the place of the line and nothing of it.
  const here = must(await readLog(scene(cast.dpo), { act: "announcement.record" })).lines
  const elsewhere = await aPerson(on.db, "Eli Elsewhere", ["dpo"], await anEntity(on.db))
  expect(here.some((one) => one.objects.some((item) => item.id === made.id))).toBe(true)
  expect(must(await readLog(scene(elsewhere), { act: "announcement.record" })).lines).toEqual([])
}, 60_000)

test("what is not said, not here, or kept to other names is refused, and shown to nobody else", async () => {
  const says = async (over: object, who: Actor = cast.procurement) => {
    const outcome = await recordAnnouncement(scene(who), announce(over))
    return outcome.ok ? "done" : (outcome.fields?.[0]?.says ?? outcome.says)
  }
  expect(await says({ announcedOn: addDays(today, 1) })).toBe("invalid.announced-ahead")
  // A year too early, and silence would have been acceptance before anybody looked.
  expect(await says({ announcedOn: addDays(today, -365) })).toBe("invalid.announced-over")
  expect(await says({ announcedOn: addDays(today, -365), isOver: true })).toBe("done")
  expect(await says({ subName: " " })).toBe("invalid.sub-name")
  expect(await says({ change: "replaced" })).toBe("invalid.old-name")
  expect(await says({ task: "" })).toBe("invalid.required")
  expect(await says({ countries: ["XX"] })).toBe("invalid.country")
  expect(await says({ announcedOn: "2026-02-30" })).toBe("invalid.day")
  expect(await says({ subName: "Fresh Ltd", fileId: newId(scene(), "file") })).toBe("invalid.no-such-file")
  expect(await says({ partyId: newId(scene(), "party") })).toBe("not-found")
  const named = [cast.requester.id, cast.procurement.id] as Id<"person">[]
  const [secret] = await inForce(on.db, { ...cast }, "Secret", [
    {
      kind: "party",
      body: typedParty({
        legalName: "Secret Ltd",
        restrictedTo: [...named, cast.dpo.id as Id<"person">, cast.legal.id as Id<"person">],
      }),
    },
  ])
  expect(await says({ partyId: secret })).toBe("done")
  // What is kept to names does not get a name among what everybody reads.
  expect(await says({ subName: "", subPartyId: secret })).toBe("invalid.sub-name")
  expect(await says({ change: "gone", oldPartyId: secret })).toBe("invalid.old-name")
  expect(await says({ partyId: secret, subName: "", subPartyId: secret })).toBe("done")
  const outsider = await aPerson(on.db, "Olga Out", ["dpo"])
  expect(
    must(await listAnnouncements(scene(outsider), { show: "all" })).lines.map((line) => line.partyId),
  ).not.toContain(secret)
  expect((await told(outsider, "objection")).map((one) => one.recordId)).not.toContain(secret)
  expect(must(await listAnnouncements(scene(cast.dpo), { show: "all" })).lines.map((line) => line.partyId)).toContain(
    secret,
  )
  // Nobody rewrites what was announced or answered.
  for (const table of ["announcements", "announcement_answers"])
    await expect(on.db.execute(sql.raw(`delete from ${table}`))).rejects.toThrow()
}, 60_000)
