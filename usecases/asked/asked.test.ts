import { Readable } from "node:stream"
import { afterAll, beforeAll, expect, test } from "vitest"
import { sql } from "drizzle-orm"
import { row, rows } from "@/db/connect"
import { tellingsOfMail } from "@/db/statements/tellings"
import { known } from "@/domain/core/answer"
import type { Id } from "@/domain/core/id"
import { plusMillis } from "@/domain/core/instant"
import { QUESTIONS } from "@/domain/asked/questions"
import type { Sharing } from "@/domain/records/sharing"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedSharing } from "@/testing/flow"
import { aPerson, anEntity, sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { receive } from "@/usecases/files/put-file"
import { readFile } from "@/usecases/files/read-file"
import { draftRequest, saveProposal } from "@/usecases/requests/draft-request"
import { editDraft } from "@/usecases/requests/edit-draft"
import { newId, type Actor } from "@/usecases/scene"
import { askSupplier, revokeSupplierLink } from "./ask-supplier"
import { campaignCsv, listCampaigns, makeCampaign, readCampaign, revokeCampaign } from "./campaigns"
import { listOwnLinks, readAskedOf, readLink } from "./read-asked"
import { remindAsked } from "./remind-asked"
import { dropSupplierFile, openSupplierPage, putSupplierFile, saveTyped, sendAnswers } from "./supplier-side"
import { takeOver } from "./take-over"

const DAY = 24 * 60 * 60 * 1000
const ADDRESS = "192.0.2.80"
let on: TestDatabase
let cast: Cast
let parties: string[]

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  parties = await inForce(
    on.db,
    cast,
    "Suppliers",
    ["Harbour Cloud Ltd", "=Relay GmbH", "Third Ltd"].map((legalName) => ({
      kind: "party" as const,
      body: typedParty({ legalName, kinds: [{ kind: "processor", firstOn: null, lastOn: null }] }),
    })),
  )
}, 60_000)
afterAll(() => on.drop())

const scene = (actor: Actor | null, more = {}) => sceneFor(on.db, actor, more)
const secretOf = (path: string): string => path.split("/").pop() ?? ""

async function asked(who: Actor = cast.procurement, partyId = parties[0] ?? "", days = 21) {
  const made = must(await askSupplier(scene(who), { partyId, entityId: cast.entityId, days }))
  return { id: made.id, link: secretOf(made.path) }
}

/** A draft of the requester's with one flow to the first party. */
async function aDraft(): Promise<{ requestId: Id<"request">; sharing: string; body: Sharing }> {
  const draft = must(await draftRequest(scene(cast.requester), { title: "Use it for more" }))
  const between = { entityId: cast.entityId as Id<"entity">, partyId: parties[0] as Id<"party"> }
  const body = typedSharing(between)
  const saved = must(
    await saveProposal(scene(cast.requester), { requestId: draft.id, kind: "sharing", op: "create", body }),
  )
  return { requestId: draft.id as Id<"request">, sharing: saved.recordId, body }
}

const TYPED = {
  ...{ hosting: "Ireland\nUS", access: "IN", measures: ["rest.encryption"], retentionDays: "30" },
  ...{ deletion: "Overwritten within a week", contactName: "Ada", contactEmail: "ada@harbour.example" },
  ...{ "sub.0.name": "Third Ltd", "sub.0.country": "DE", "sub.0.task": "Sends mail", "sub.1.name": "Nobody Knows AG" },
  ...{ "cert.0.name": "ISO 27001", "cert.0.until": "2099-06-30", notes: "<script>alert(1)</script>" },
}
const by = (link: string, address = ADDRESS) => ({ link, address })
const received = async (text: string) => must(await receive(scene(null), Readable.from([Buffer.from(text)]), 1_000_000))
const PDF = "%PDF-1.7\nsome paper\n%%EOF\n"

test("from asking to taking over: what comes back is stated, lies beside the draft, and goes in by a person alone", async () => {
  const { requestId, sharing, body } = await aDraft()
  const made = must(await askSupplier(scene(cast.requester), { requestId, recordId: sharing }))
  const link = secretOf(made.path)
  expect(await rows(on.db, sql`select 1 from supplier_links where hash = ${Buffer.from(link)}`)).toEqual([])

  const page = must(await openSupplierPage(scene(null), by(link)))
  expect(page).toMatchObject({ state: "open", company: "Lumen Cameras GmbH", party: "Harbour Cloud Ltd", n: 0 })
  expect(Object.keys(page).sort()).toEqual(["company", "dueOn", "files", "n", "party", "savedAt", "state", "typed"])
  expect(must(await saveTyped(scene(null), { ...by(link), typed: TYPED, n: 0 })).n).toBe(1)
  must(await putSupplierFile(scene(null), { ...by(link), name: "<b>iso</b>.pdf", received: await received(PDF) }))
  // Not shown before it is sent, and nothing of it is in the draft.
  expect(must(await readLink(scene(cast.requester), { id: made.id }))).toMatchObject({ state: "opened", said: null })
  must(await sendAnswers(scene(null), { ...by(link), typed: TYPED, n: 1 }))
  expect(must(await openSupplierPage(scene(null), by(link)))).toEqual({ state: "sent" })
  const draft = () =>
    editDraft(scene(cast.requester), { requestId, recordId: sharing }).then((found) => must(found).body)
  expect(await draft()).toEqual(body)
  expect(
    await rows(on.db, sql`select kind from tellings where person_id = ${cast.requester.id} and kind = 'answered'`),
  ).toHaveLength(1)
  const [leaf] = await rows<{ bytes: string; actor: string }>(
    on.db,
    sql`select bytes, actor_id as actor from log_leaves where act = 'answer.send' order by index desc limit 1`,
  )
  expect(leaf?.actor).toBe("nobody")
  expect(leaf?.bytes).not.toMatch(/Ada|harbour|Overwritten/)

  const take = (question: string, recordId = sharing, who = cast.requester) =>
    takeOver(scene(who), { requestId, recordId, linkId: made.id, question })
  // Nobody but whose draft it is takes anything into it.
  expect(await take("where", sharing, cast.procurement)).toMatchObject({ ok: false })
  for (const question of ["where", "measures", "retention"]) must(await take(question))
  const after = (await draft()) as unknown as Sharing
  expect(after.destinations).toMatchObject({ state: "known" })
  expect(
    after.destinations.state === "known" && after.destinations.value.map((one) => `${one.country} ${one.kind}`),
  ).toEqual(expect.arrayContaining(["IE storage", "US storage", "IN access"]))
  expect([after.measures, after.retention]).toMatchObject([
    known(["rest.encryption"]),
    known({ days: known(30), deletion: known("Overwritten within a week") }),
  ])
  const beside = must(await readAskedOf(scene(cast.requester), { recordId: sharing, requestId }))
  expect(beside.takings.map((one) => one.field).sort()).toEqual(["destinations", "measures", "retention"])
  expect(beside.takings[0]).toMatchObject({ partyName: "Harbour Cloud Ltd", byPerson: cast.requester.id })
  // What somebody changes since is theirs, and no longer the party's word.
  await saveProposal(scene(cast.requester), {
    ...{ requestId, recordId: sharing, kind: "sharing", op: "create" },
    body: { ...after, measures: known(["logging"]) },
  })
  const later = must(await readAskedOf(scene(cast.requester), { recordId: sharing, requestId }))
  expect(later.takings.map((one) => one.field).sort()).toEqual(["destinations", "retention"])

  // Sub-processors: the one whom the register has is it, the other is proposed; a second time nothing is doubled.
  for (const _turn of [1, 2]) must(await take("subprocessors"))
  const made2 = await rows<{ kind: string; body: string }>(
    on.db,
    sql`select kind, body from proposals where request_id = ${requestId} and kind in ('chain', 'party') order by kind, position`,
  )
  expect(made2.map((one) => one.kind)).toEqual(["chain", "chain", "party"])
  expect(made2[0]?.body).toContain(parties[2])
  const looked = must(await take("certificates", parties[0]))
  // Pressed twice it is one look.
  expect(must(await take("certificates", parties[0]))).toEqual(looked)
  const [look] = await rows<{ body: string }>(
    on.db,
    sql`select body from proposals where request_id = ${requestId} and kind = 'assessment'`,
  )
  expect(JSON.parse(look?.body ?? "{}")).toMatchObject({
    ...{ kind: "due-diligence", partyId: parties[0], outcome: { state: "blank" } },
    files: [{ name: "<b>iso<_b>.pdf" }],
  })
  must(await take("contact", parties[0]))
  // That it was taken into a draft, and by whom, is not told to who may not know of the draft.
  await on.db
    .execute(sql`insert into supplier_takings (request_id, record_id, field, link_id, question, hash, by_person, at)
    select request_id, record_id, '', link_id, question, hash, by_person, at from supplier_takings where record_id = ${parties[0]} limit 1`)
  const takenBy = async (who: Actor) =>
    must(await readAskedOf(scene(who), { recordId: parties[0] as string })).takings.map((one) => one.byPerson)
  expect(await takenBy(cast.requester)).toContain(cast.requester.id)
  expect(await takenBy(cast.procurement)).toEqual([])
  expect(await take("notes")).toMatchObject({ ok: false, says: "invalid.nothing-to-take" })
})

test("a file that a party sent is read by who asked and by whoever may see the answers; by nobody else, nor before it was sent", async () => {
  const { id, link } = await asked()
  const file = must(
    await putSupplierFile(scene(null), { ...by(link), name: "paper.pdf", received: await received(PDF) }),
  )
  const outsider = await aPerson(on.db, "Otto Out", ["requester"])
  // Nobody, who asked for it neither: what the party did not send yet is the party's.
  for (const who of [cast.procurement, cast.legal])
    expect(await readFile(scene(who), { id: file.id })).toMatchObject({ ok: false, says: "not-found" })
  must(await sendAnswers(scene(null), { ...by(link), typed: { notes: "See the file" }, n: 0 }))
  for (const who of [cast.procurement, cast.legal]) must(await readFile(scene(who), { id: file.id }))
  expect(await readFile(scene(outsider), { id: file.id })).toMatchObject({ ok: false })
  expect(await readLink(scene(outsider), { id })).toMatchObject({ ok: false, says: "not-found" })
})

test("unknown, guessed, revoked and over are one and the same answer, and guessing makes an address wait", async () => {
  const revoked = await asked()
  must(await revokeSupplierLink(scene(cast.procurement), { id: revoked.id }))
  expect(await revokeSupplierLink(scene(cast.procurement), { id: revoked.id })).toMatchObject({
    says: "conflict.link-shut",
  })
  const over = await asked(cast.procurement, parties[0], 1)
  const later = { now: plusMillis(scene(null).now, 60 * DAY) }
  const guess = "A".repeat(43)
  const here = "198.51.100.7"
  const answers = [
    await openSupplierPage(scene(null), by(revoked.link, here)),
    await openSupplierPage(scene(null, later), by(over.link, here)),
    await openSupplierPage(scene(null), by(guess, here)),
    await openSupplierPage(scene(null), by("' or 1=1 --", here)),
    await openSupplierPage(scene(null), by({} as never, here)),
    await saveTyped(scene(null), { ...by(revoked.link, here), typed: {}, n: 0 }),
    await sendAnswers(scene(null), { ...by(guess, here), typed: { notes: "x" }, n: 0 }),
    await dropSupplierFile(scene(null), { ...by(guess, here), file: "x" }),
  ]
  for (const answer of answers) expect(answer).toEqual({ ok: false, code: "not-found", says: "not-found" })
  const good = await asked()
  const at = { now: scene(null).now }
  for (let n = 0; n < 20; n += 1) await openSupplierPage(scene(null, at), by(guess, here))
  // It has to wait now, even with a link that is there; another address does not, and a while later neither does it.
  expect(await openSupplierPage(scene(null, at), by(good.link, here))).toMatchObject({ says: "not-found" })
  expect((await openSupplierPage(scene(null, at), by(good.link))).ok).toBe(true)
  const hour = { now: plusMillis(scene(null).now, 60 * 60 * 1000) }
  expect((await openSupplierPage(scene(null, hour), by(good.link, here))).ok).toBe(true)
})

test("of two who type by one link neither writes over the other unseen, and only one sends", async () => {
  const { link } = await asked()
  const both = await Promise.all(
    ["one", "two"].map((notes) => saveTyped(scene(null), { ...by(link), typed: { notes }, n: 0 })),
  )
  expect(both.filter((one) => one.ok)).toHaveLength(1)
  expect(both.find((one) => !one.ok)).toMatchObject({ says: "conflict.answers-moved" })
  const sends = await Promise.all(
    ["one", "two"].map((notes) => sendAnswers(scene(null), { ...by(link), typed: { notes }, n: 1 })),
  )
  expect(sends.filter((one) => one.ok)).toHaveLength(1)
  expect(await saveTyped(scene(null), { ...by(link), typed: {}, n: 2 })).toMatchObject({
    says: "conflict.answers-sent",
  })
  expect(
    await putSupplierFile(scene(null), { ...by(link), name: "late.pdf", received: await received(PDF) }),
  ).toMatchObject({
    says: "conflict.answers-sent",
  })
  // The database itself keeps what was sent, and keeps the link shut.
  const id = sql`(select link_id from supplier_answers where body like '%"notes"%' order by saved_at desc limit 1)`
  await expect(on.db.execute(sql`update supplier_answers set body = '{}' where link_id = ${id}`)).rejects.toThrow()
  await expect(on.db.execute(sql`update supplier_links set sent_at = null where id = ${id}`)).rejects.toThrow()
})

test("whatever is sent is bounded and runs nothing: huge, of the wrong kind, script in names, fields that are not asked for", async () => {
  const { link } = await asked()
  const huge = Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`sub.${n}.name`, "x".repeat(10_000)]))
  must(await saveTyped(scene(null), { ...by(link), typed: { ...huge, partyId: parties[1], restrictedTo: "x" }, n: 0 }))
  const page = must(await openSupplierPage(scene(null), by(link)))
  expect(page.state === "open" && JSON.stringify(page.typed).length).toBeLessThan(10_000)
  expect(page.state === "open" && Object.keys(page.typed).some((name) => /party|restricted/.test(name))).toBe(false)
  for (const typed of [null, 7, "x", [], { notes: { $ne: 1 } }]) {
    const saved = await saveTyped(scene(null), {
      ...by(link),
      typed,
      n: Number(
        (
          await row<{ n: number }>(
            on.db,
            sql`select max(n) as n from supplier_answers a join supplier_links l on l.id = a.link_id where l.sent_at is null`,
          )
        )?.n,
      ),
    })
    expect(saved.ok).toBe(true)
  }
  for (const [name, text] of [
    ["page.html", "<html><script>alert(1)</script></html>"],
    ["virus.exe", "MZ\u0090\u0000"],
    ["paper.pdf", "<svg onload=alert(1)>"],
    ["archive.zip", "PK\u0003\u0004 but no workbook"],
  ] as const)
    expect([
      name,
      (await putSupplierFile(scene(null), { ...by(link), name, received: await received(text) })).ok,
    ]).toEqual([name, false])
  const n = 6
  expect(await sendAnswers(scene(null), { ...by(link), typed: {}, n })).toMatchObject({
    says: "invalid.nothing-answered",
  })
  const wrong = await sendAnswers(scene(null), {
    ...by(link),
    typed: { retentionDays: "ever", notes: "kept" },
    n: n + 1,
  })
  expect(wrong).toMatchObject({ says: "invalid.form", fields: [{ path: "retentionDays" }] })
  // What was typed is kept, though it was not sent.
  expect(must(await openSupplierPage(scene(null), by(link)))).toMatchObject({
    typed: { retentionDays: "ever", notes: "kept" },
  })
  for (let i = 0; i < 20; i += 1)
    must(await putSupplierFile(scene(null), { ...by(link), name: `${i}.pdf`, received: await received(`${PDF}${i}`) }))
  expect(
    await putSupplierFile(scene(null), { ...by(link), name: "21.pdf", received: await received(PDF) }),
  ).toMatchObject({
    says: "invalid.supplier-files",
  })
})

test("who may ask, and in whose name: no other company's, no party that is hidden or ended, no draft of another", async () => {
  const other = await anEntity(on.db)
  const near = await aPerson(on.db, "Nora Near", ["requester"], other)
  const ask = (who: Actor, input: object) => askSupplier(scene(who), { days: 21, ...input })
  expect(await ask(near, { partyId: parties[0], entityId: cast.entityId })).toMatchObject({ says: "not-allowed.role" })
  expect(await ask(cast.legal, { partyId: parties[0], entityId: cast.entityId })).toMatchObject({
    says: "not-allowed.role",
  })
  must(await ask(near, { partyId: parties[0], entityId: other }))
  const hidden = newId(scene(null), "party")
  expect(await ask(near, { partyId: hidden, entityId: other })).toMatchObject({ says: "not-found" })
  const { requestId, sharing } = await aDraft()
  expect(await ask(cast.procurement, { requestId, recordId: sharing })).toMatchObject({ says: "not-found" })
  expect(await ask(cast.requester, { requestId, recordId: sharing, days: 0 })).toMatchObject({ says: "invalid.form" })
  expect(must(await listOwnLinks(scene(near), {}))).toHaveLength(1)
})

test("a campaign asks each by a link of its own, shows how each stands, reminds once, exports safely, and is revoked whole", async () => {
  const whom = { records: [parties[0], parties[1]] }
  const make = (who: Actor, more: object = {}) =>
    makeCampaign(scene(who), { title: "Yearly", entityId: cast.entityId, days: 10, whom, ...more })
  expect(await make(cast.requester)).toMatchObject({ says: "not-allowed.role" })
  expect(await make(cast.procurement, { whom: { records: [] } })).toMatchObject({ says: "invalid.nobody-asked" })
  const made = must(await make(cast.procurement))
  expect(made.links.map((one) => one.name).sort()).toEqual(["=Relay GmbH", "Harbour Cloud Ltd"])
  expect(new Set(made.links.map((one) => one.path)).size).toBe(2)
  const all = must(await make(cast.procurement, { whom: { all: true, filters: { kind: ["processor"] } } }))
  expect(all.links.length).toBe(3)

  const [first, second] = made.links
  must(await openSupplierPage(scene(null), by(secretOf(first?.path ?? ""))))
  must(await sendAnswers(scene(null), { ...by(secretOf(second?.path ?? "")), typed: TYPED, n: 0 }))
  const page = must(await readCampaign(scene(cast.legal), { id: made.id }))
  expect(page.lines.map((one) => [one.name, one.state, one.answered]).sort()).toEqual(
    [
      [first?.name, "opened", null],
      [second?.name, "answered", QUESTIONS.length],
    ].sort(),
  )
  expect(await readCampaign(scene(cast.requester), { id: made.id })).toMatchObject({ ok: false })
  const near = await aPerson(on.db, "Piet Elsewhere", ["procurement"], await anEntity(on.db))
  expect(await readCampaign(scene(near), { id: made.id })).toMatchObject({ says: "not-found" })

  // Twelve days later who did not answer is overdue, and whoever asked hears of it once.
  const later = { now: plusMillis(scene(null).now, 12 * DAY) }
  const late = must(await readCampaign(scene(cast.procurement, later), { id: made.id }))
  expect(late.lines.map((one) => [one.name, one.overdue]).sort()).toEqual(
    [
      [first?.name, true],
      [second?.name, false],
    ].sort(),
  )
  expect(await remindAsked(scene(null, later))).toBeGreaterThan(0)
  expect(await remindAsked(scene(null, later))).toBe(0)
  const told = await row<{ n: number }>(
    on.db,
    sql`select count(*)::int as n from tellings t join supplier_links l on t.key = l.id || ':unanswered:' || t.person_id where l.campaign_id = ${made.id}`,
  )
  expect(told?.n).toBe(1)
  await on.db.execute(sql`update tellings set mail = 'put', mail_key = 'late' where kind = 'unanswered'`)
  const mailed = async (): Promise<number> => {
    const reads = { request: sql`true`, record: sql`true` }
    const mail = { key: "late", personId: cast.procurement.id }
    return (await tellingsOfMail(on.db, mail, reads, sql`false`)).length
  }
  const before = await mailed()
  expect(before).toBeGreaterThan(0)

  const csv = must(await campaignCsv(scene(cast.procurement, later), { id: made.id })).csv
  expect(csv.split("\r\n")).toHaveLength(4)
  expect(csv).toContain("'=Relay GmbH")
  expect(must(await revokeCampaign(scene(cast.procurement), { id: made.id }))).toEqual({ revoked: 1 })
  // A mail that has not gone yet no more says that no answer came.
  expect(await mailed()).toBe(before - 1)
  expect(await openSupplierPage(scene(null), by(secretOf(first?.path ?? "")))).toMatchObject({ says: "not-found" })
  expect(
    must(await readCampaign(scene(cast.procurement), { id: made.id }))
      .lines.map((one) => one.state)
      .sort(),
  ).toEqual(["answered", "revoked"])
})

test("a party that was restricted since is in no link, count or campaign of whoever is not named, not even of who asked", async () => {
  const [quiet] = await inForce(on.db, cast, "Soon quiet", [
    { kind: "party", body: typedParty({ legalName: "Soon Quiet Ltd" }) },
  ])
  const link = await asked(cast.procurement, quiet ?? "")
  const whom = { records: [parties[0], quiet] }
  const made = must(
    await makeCampaign(scene(cast.procurement), { title: "Both", entityId: cast.entityId, days: 5, whom }),
  )
  const listed = async () => must(await listCampaigns(scene(cast.procurement), {})).find((one) => one.id === made.id)
  expect(await listed()).toMatchObject({ asked: 2 })
  const named = [cast.requester, cast.legal, cast.dpo, cast.secondLegal].map((one) => one.id as Id<"person">)
  await on.db.execute(
    sql`update party_rows set restricted_to = ${sql.param(named as unknown as string)}::text[] where record_id = ${quiet}`,
  )
  expect(await readLink(scene(cast.procurement), { id: link.id })).toMatchObject({ says: "not-found" })
  expect(JSON.stringify(must(await listOwnLinks(scene(cast.procurement), {})))).not.toContain("Soon Quiet")
  expect(must(await readCampaign(scene(cast.procurement), { id: made.id })).lines).toHaveLength(1)
  expect(await listed()).toMatchObject({ asked: 1 })
})
