import { randomBytes } from "node:crypto"
import { Readable } from "node:stream"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { row, rows } from "@/db/connect"
import type { Id } from "@/domain/core/id"
import { plusMillis } from "@/domain/core/instant"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedSharing } from "@/testing/flow"
import { firstAdministrator, anEntity, aPerson, sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { FILE_LIMITS, receive } from "@/usecases/files/put-file"
import { readFile } from "@/usecases/files/read-file"
import { endHold, placeHold } from "@/usecases/audit/holds"
import { draftRequest, saveProposal } from "@/usecases/requests/draft-request"
import { clockNow, OPERATOR, type Actor } from "@/usecases/scene"
import { askSupplier, revokeSupplierLink } from "./ask-supplier"
import { campaignCsv, listCampaigns, makeCampaign, readCampaign, revokeCampaign } from "./campaigns"
import { clearAnswers, eraseAnswers, putKeeping, readKeeping } from "./clear-answers"
import { readAskedOf, readLink } from "./read-asked"
import { renewLink } from "./renew-link"
import { openSupplierPage, putSupplierFile, saveTyped, sendAnswers } from "./supplier-side"
import { takeOver } from "./take-over"

const DAY = 24 * 60 * 60 * 1000
let on: TestDatabase
let cast: Cast
let administrator: Actor
let parties: string[]

beforeAll(async () => {
  on = await aDatabase()
  administrator = await firstAdministrator(on.db)
  cast = await aCast(on.db)
  parties = await inForce(
    on.db,
    cast,
    "Suppliers",
    ["Harbour Cloud Ltd", "Relay GmbH"].map((legalName) => ({
      kind: "party" as const,
      body: typedParty({ legalName, kinds: [{ kind: "processor", firstOn: null, lastOn: null }] }),
    })),
  )
}, 60_000)
afterAll(() => on.drop())

const scene = (actor: Actor | null, more = {}) => sceneFor(on.db, actor, more)
const secretOf = (path: string): string => path.split("/").pop() ?? ""
const by = (link: string) => ({ link, address: "192.0.2.81" })
const TYPED = { measures: ["rest.encryption"], contactName: "Ada Anders", "cert.0.name": "ISO 27001" }
const months = (n: number) => ({ now: plusMillis(clockNow(), n * 31 * DAY) })

const paper = async (text: string) =>
  must(await receive(scene(null), Readable.from([Buffer.from(text)]), FILE_LIMITS.paper))
const aPdf = () => paper(`%PDF-1.7\n${randomBytes(8).toString("hex")}\n%%EOF\n`)

/** A link that was answered, with a file beside the answer. */
async function answered(request: { requestId: string; recordId: string } | null = null) {
  const who = request ? cast.requester : cast.procurement
  const made = must(
    await askSupplier(scene(who), request ?? { partyId: parties[0], entityId: cast.entityId, days: 21 }),
  )
  const link = secretOf(made.path)
  const received = await aPdf()
  const file = must(await putSupplierFile(scene(null), { ...by(link), name: "iso.pdf", received }))
  must(await sendAnswers(scene(null), { ...by(link), typed: TYPED, n: 0 }))
  return { id: made.id, link, file, sha256: received.sha256 }
}
const kept = async (id: string) =>
  (
    await row<{ n: number }>(
      on.db,
      sql`select (select count(*) from supplier_answers where link_id = ${id})::int + (select count(*) from supplier_files where link_id = ${id})::int as n`,
    )
  )?.n

test("a DPO clears an answer with a reason: words and files go for good, the hash and the reason's commitment stay", async () => {
  const { id, file, sha256 } = await answered()
  const erase = (who: Actor, reason = "The contact asked us to.", which = id) =>
    eraseAnswers(scene(who), { id: which, reason })
  for (const who of [cast.requester, cast.procurement, cast.legal, administrator])
    expect(await erase(who)).toMatchObject({ ok: false, says: "not-allowed.role" })
  const elsewhere = await aPerson(on.db, "Dora Elsewhere", ["dpo"], await anEntity(on.db))
  expect(await erase(elsewhere)).toMatchObject({ says: "not-found" })
  expect(await erase(cast.dpo, "  ")).toMatchObject({ says: "invalid.form" })
  expect(await kept(id)).toBe(2)
  expect(must(await readLink(scene(cast.dpo), { id })).mayErase).toBe(true)
  must(await erase(cast.dpo))
  const name = (await row<{ name: string }>(on.db, sql`select name from people where id = ${cast.dpo.id}`))?.name
  expect(await kept(id)).toBe(0)
  expect(must(await readLink(scene(cast.procurement), { id }))).toMatchObject({
    ...{ state: "answered", said: null, clearedName: name, clearedReason: "The contact asked us to." },
    mayErase: false,
  })
  expect(await erase(cast.dpo)).toMatchObject({ says: "conflict.answers-cleared" })
  expect(await readFile(scene(cast.procurement), { id: file.id })).toMatchObject({ says: "not-found" })
  const store = scene(null).files
  expect(await store.has(sha256)).toBe(true)
  await clearAnswers(scene(null))
  expect(await store.has(sha256)).toBe(false)
  expect(await rows(on.db, sql`select 1 from file_drops`)).toEqual([])
  const leaves = await rows<{ act: string; bytes: string }>(
    on.db,
    sql`select act, bytes from log_leaves where bytes like ${`%${id}%`} order by index`,
  )
  expect(leaves.map((one) => one.act)).toEqual(["supplier.ask", "answer.send", "answer.erase"])
  expect(leaves[1]?.bytes).toContain(sha256)
  for (const leaf of leaves) expect(leaf.bytes).not.toMatch(/Ada|asked us/)
})

test("a link that is open is shut when what was typed by it is cleared, and the same bytes can come again", async () => {
  const made = must(await askSupplier(scene(cast.procurement), { partyId: parties[1], entityId: cast.entityId }))
  const link = secretOf(made.path)
  const text = "%PDF-1.7\nthe same\n%%EOF\n"
  must(await saveTyped(scene(null), { ...by(link), typed: TYPED, n: 0 }))
  must(await putSupplierFile(scene(null), { ...by(link), name: "a.pdf", received: await paper(text) }))
  const sees = async (who: Actor) => must(await readLink(scene(who), { id: made.id }))
  expect([(await sees(cast.dpo)).mayErase, (await sees(cast.procurement)).mayErase]).toEqual([true, false])
  expect((await sees(cast.dpo)).said).toBeNull()
  must(await eraseAnswers(scene(cast.dpo), { id: made.id, reason: "Typed into the wrong link." }))
  expect((await sees(cast.dpo)).mayErase).toBe(false)
  expect(await openSupplierPage(scene(null), by(link))).toMatchObject({ says: "not-found" })
  expect(await kept(made.id)).toBe(0)
  // Laid down again before the worker came: then the bytes stay.
  const again = must(await askSupplier(scene(cast.procurement), { partyId: parties[1], entityId: cast.entityId }))
  const second = await paper(text)
  must(await putSupplierFile(scene(null), { ...by(secretOf(again.path)), name: "b.pdf", received: second }))
  await clearAnswers(scene(null))
  expect(await scene(null).files.has(second.sha256)).toBe(true)
  expect(
    await eraseAnswers(scene(cast.dpo), {
      id: must(await askSupplier(scene(cast.procurement), { partyId: parties[1], entityId: cast.entityId })).id,
      reason: "x",
    }),
  ).toMatchObject({ says: "conflict.nothing-to-clear" })
})

test("the database clears only by that mark, and once: nobody takes a sent answer away by the app's own way", async () => {
  const { id } = await answered()
  await expect(on.db.execute(sql`delete from supplier_answers where link_id = ${id}`)).rejects.toThrow()
  await expect(on.db.execute(sql`delete from supplier_files where link_id = ${id}`)).rejects.toThrow()
  await expect(on.db.execute(sql`delete from files`)).rejects.toThrow()
  must(await eraseAnswers(scene(cast.dpo), { id, reason: "Asked to." }))
  await expect(on.db.execute(sql`update supplier_links set cleared_at = null where id = ${id}`)).rejects.toThrow()
  await expect(
    on.db.execute(sql`insert into supplier_answers (link_id, body, n, saved_at) values (${id}, '{}', 1, now())`),
  ).rejects.toThrow()
})

async function aDraftOf(who: Actor): Promise<{ requestId: string; recordId: string }> {
  const draft = must(await draftRequest(scene(who), { title: "Use it for more" }))
  const body = typedSharing({ entityId: cast.entityId as Id<"entity">, partyId: parties[0] as Id<"party"> })
  const saved = must(await saveProposal(scene(who), { requestId: draft.id, kind: "sharing", op: "create", body }))
  return { requestId: draft.id, recordId: saved.recordId }
}

test("what was taken into a record stays there with its source when the answer is cleared, and so does a file it holds", async () => {
  const { requestId, recordId } = await aDraftOf(cast.procurement)
  const { id, file, sha256 } = await answered()
  const take = (question: string) => takeOver(scene(cast.procurement), { requestId, recordId, linkId: id, question })
  for (const question of ["measures", "certificates"]) must(await take(question))
  // Of another's draft nobody knows, the DPO neither: what was asked for it is cleared once it is submitted.
  const hidden = await answered(await aDraftOf(cast.requester))
  expect(await eraseAnswers(scene(cast.dpo), { id: hidden.id, reason: "Asked to." })).toMatchObject({
    says: "not-found",
  })
  must(await eraseAnswers(scene(cast.dpo), { id, reason: "Asked to." }))
  await clearAnswers(scene(null))
  expect(await scene(null).files.has(sha256)).toBe(true)
  expect(must(await readFile(scene(cast.procurement), { id: file.id })).sha256).toBe(sha256)
  const beside = must(await readAskedOf(scene(cast.procurement), { recordId, requestId }))
  expect(beside.takings.map((one) => [one.field, one.partyName])).toEqual([["measures", "Harbour Cloud Ltd"]])
  expect(await take("measures")).toMatchObject({ says: "not-found" })
})

test("answers go by their day: 24 months after the link ended, or as an administrator says; what is under review is kept", async () => {
  const loose = await answered()
  const { requestId, recordId } = await aDraftOf(cast.requester)
  const open = await answered({ requestId, recordId })
  await on.db.execute(sql`update requests set state = 'in-review' where id = ${requestId}`)
  const typed = must(await askSupplier(scene(cast.procurement), { partyId: parties[1], entityId: cast.entityId }))
  must(await saveTyped(scene(null), { ...by(secretOf(typed.path)), typed: TYPED, n: 0 }))

  expect(must(await readKeeping(scene(cast.requester), {}))).toEqual({ months: 24, since: null })
  expect(await clearAnswers(scene(null, months(20)))).toBe(0)
  const keep = (who: Actor | null, n: unknown) => putKeeping(scene(who), { months: n })
  expect(await keep(cast.dpo, 3)).toMatchObject({ says: "not-allowed.role" })
  for (const wrong of [0, 121, 1.5, "soon", null, []]) expect((await keep(administrator, wrong)).ok).toBe(false)
  must(await keep(administrator, 3))
  must(await keep(OPERATOR, "18"))
  expect(must(await readKeeping(scene(cast.legal), {})).months).toBe(18)
  expect(await clearAnswers(scene(null, months(17)))).toBe(0)
  // An authority's hold keeps them beyond their day, from whoever erases by hand and from whoever writes past us.
  const hold = must(await placeHold(scene(cast.dpo), { reason: "The authority wrote" }))
  expect(await clearAnswers(scene(null, months(22)))).toBe(0)
  expect(await eraseAnswers(scene(cast.dpo), { id: loose.id, reason: "They asked" })).toMatchObject({
    ...{ code: "conflict", says: "conflict.held-by", params: { no: hold.no } },
  })
  expect(await kept(loose.id)).toBeGreaterThan(0)
  must(await endHold(scene(cast.legal), { id: hold.id, reason: "Answered" }))
  expect(await clearAnswers(scene(null, months(22)))).toBeGreaterThanOrEqual(2)
  expect(await clearAnswers(scene(null, months(22)))).toBe(0)
  expect([await kept(loose.id), await kept(typed.id), await kept(open.id)]).toEqual([0, 0, 2])
  const [leaf] = await rows<{ actor: string; bytes: string }>(
    on.db,
    sql`select actor_id as actor, bytes from log_leaves where act = 'answer.clear' order by index desc limit 1`,
  )
  expect(leaf?.actor).toBe("operator")
  expect(leaf?.bytes).toContain(loose.id)
  await expect(on.db.execute(sql`update answer_keepings set months = 1`)).rejects.toThrow()
})

test("a link is made anew from its campaign: the old one is dead, the state counts each supplier once, and others are refused", async () => {
  const made = must(
    await makeCampaign(scene(cast.procurement), {
      ...{ title: "Yearly", entityId: cast.entityId, days: 10, whom: { records: parties } },
    }),
  )
  const page = async (who = cast.procurement) => must(await readCampaign(scene(who), { id: made.id }))
  const line = async (name: string) => {
    const found = (await page()).lines.find((one) => one.name === name)
    if (!found) throw new Error(name)
    return found
  }
  const old = secretOf(made.links.find((one) => one.name === "Relay GmbH")?.path ?? "")
  const before = await line("Relay GmbH")
  expect([before.mayRenew, before.mayRevoke]).toEqual([true, true])
  expect((await page(cast.legal)).lines.map((one) => one.mayRenew)).toEqual([false, false])
  for (const who of [cast.requester, cast.legal, cast.dpo, administrator])
    expect((await renewLink(scene(who), { id: before.id })).ok).toBe(false)
  const near = await aPerson(on.db, "Piet Elsewhere", ["procurement"], await anEntity(on.db))
  expect(await renewLink(scene(near), { id: before.id })).toMatchObject({ says: "not-found" })
  for (const days of [0, 181, "x"])
    expect(await renewLink(scene(cast.procurement), { id: before.id, days })).toMatchObject({ says: "invalid.form" })

  const fresh = must(await renewLink(scene(cast.procurement), { id: before.id, days: 5 }))
  expect(fresh).toMatchObject({ campaignId: made.id, name: "Relay GmbH" })
  expect(await openSupplierPage(scene(null), by(old))).toMatchObject({ says: "not-found" })
  expect(must(await openSupplierPage(scene(null), by(secretOf(fresh.path))))).toMatchObject({ state: "open" })
  expect((await page()).lines).toHaveLength(2)
  expect(await line("Relay GmbH")).toMatchObject({ id: fresh.id, state: "opened" })
  // Revoked, then made anew once more; of two at once one does, so that no second link stays open beside it.
  must(await revokeSupplierLink(scene(cast.procurement), { id: fresh.id }))
  expect(await line("Relay GmbH")).toMatchObject({ state: "revoked", mayRenew: true, mayRevoke: false })
  const [one, two] = await Promise.all([1, 2].map(() => renewLink(scene(cast.procurement), { id: fresh.id })))
  const last = [one, two].flatMap((done) => (done?.ok ? [done.value] : []))
  expect([one, two].flatMap((done) => (done?.ok ? [] : [done?.says]))).toEqual(["conflict.link-renewed"])
  expect(await renewLink(scene(cast.procurement), { id: before.id })).toMatchObject({ says: "conflict.link-renewed" })
  const counts = (await page()).lines.find((item) => item.name === "Relay GmbH")
  const living = last.find((item) => item.id === counts?.id)
  must(await sendAnswers(scene(null), { ...by(secretOf(living?.path ?? "")), typed: TYPED, n: 0 }))
  expect(await renewLink(scene(cast.procurement), { id: living?.id })).toMatchObject({ says: "conflict.answers-sent" })
  const listed = must(await listCampaigns(scene(cast.procurement), {})).find((item) => item.id === made.id)
  expect(listed).toMatchObject({ asked: 2, answered: 1 })
  const { csv } = must(await campaignCsv(scene(cast.procurement), { id: made.id }))
  expect(csv.trim().split("\r\n")).toHaveLength(3)
  must(await revokeCampaign(scene(cast.procurement), { id: made.id }))
  const other = await line("Harbour Cloud Ltd")
  expect(await renewLink(scene(cast.procurement), { id: other.id })).toMatchObject({
    says: "conflict.campaign-revoked",
  })
})
