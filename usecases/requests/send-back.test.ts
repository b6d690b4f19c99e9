import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { folderStore } from "@/adapters/files/folder"
import { row, rows } from "@/db/connect"
import { revisionProposals } from "@/db/statements/requests"
import { receive } from "@/usecases/files/put-file"
import { doImports } from "@/usecases/imports/jobs"
import { openImport } from "@/usecases/imports/open-import"
import { proposeImport } from "@/usecases/imports/propose-import"
import { IMPORT_LIMIT } from "@/usecases/imports/read-file"
import { readImport } from "@/usecases/imports/read-import"
import { setColumns } from "@/usecases/imports/set-columns"
import { listRecords } from "@/usecases/register/list-records"
import type { Actor, Scene } from "@/usecases/scene"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { anEntity, aPerson, sceneFor } from "@/testing/people"
import { aCast, allAgree, must, type Cast } from "@/testing/requests"
import { decideRequest } from "./decide-request"
import { dropProposal } from "./draft-request"
import { readRequest } from "./read-request"
import { partOfRequest, reviewOfRequest } from "./review-request"
import { rowHash } from "./revision"
import { sendBack } from "./send-back"
import { submitRequest } from "./submit-request"
import { withdrawRequest } from "./talk"
import { TEST_KEYS } from "@/testing/keys"

let on: TestDatabase
let cast: Cast
let importer: Actor
const files = folderStore(join(mkdtempSync(join(tmpdir(), "onward-part-")), "files"), TEST_KEYS)
const as = (actor: Actor): Scene => sceneFor(on.db, actor, { files })

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  importer = await aPerson(on.db, "Ines Import", ["procurement"])
})
afterAll(() => on.drop())

type Under = Awaited<ReturnType<typeof underReview>>
let series = 0

/** A file of three parties with a flow and a paper each and one supplier of whom nothing is known, as a request in review. */
async function underReview() {
  series += 1
  const of = (name: string, country: string): string =>
    `${name} ${"abcdefghij"[series]} Ltd,${country},processor,Hosting,Name,yes,Platform,high`
  const csv = [
    "Vendor name,Country,Kind,Purpose,Personal data,DPA signed,Owner,Risk",
    ...[of("Alder", "IE"), of("Birch", "US"), of("Cedar", "US")],
    `Dogwood ${"abcdefghij"[series]} Ltd,FR,,,,,,`,
  ].join("\n")
  const received = must(await receive(as(importer), Readable.from([Buffer.from(csv)]), IMPORT_LIMIT))
  const { id } = must(await openImport(as(importer), { name: "part.csv", received, entityId: cast.entityId }))
  const { view } = must(await readImport(as(importer), { importId: id }))
  must(await setColumns(as(importer), { importId: id, map: view.settings.map }))
  await doImports(as(importer))
  must(await proposeImport(as(importer), { importId: id }))
  await doImports(as(importer))
  const requestId = must(await readImport(as(importer), { importId: id })).view.requestId ?? ""
  const submitted = must(await submitRequest(as(importer), { requestId }))
  return { importId: id, requestId, ...submitted }
}

let under: Under
beforeEach(async () => {
  under = await underReview()
})

const asked = (more: Record<string, unknown> = {}) => ({
  requestId: under.requestId,
  hash: under.hash,
  stage: "legal",
  entityId: cast.entityId,
  reason: "The American ones need a transfer mechanism first.",
  title: "Sent back: part.csv",
  ...more,
})
const inUs = { all: true, filters: { country: ["US"], record: ["party"] } }
const titlesOf = async (requestId: string, actor: Actor): Promise<string[]> =>
  must(await reviewOfRequest(as(actor), { id: requestId, size: 200 })).rows.map((item) => `${item.kind} ${item.title}`)

test("the whole request is counted by facets, and each count leads to its rows", async () => {
  const review = must(await reviewOfRequest(as(cast.legal), { id: under.requestId }))
  expect(review.whole).toBe(10)
  const facet = (name: string) => Object.fromEntries((review.facets[name] ?? []).map((one) => [one.label, one.n]))
  expect(facet("record")).toEqual({ party: 4, sharing: 3, agreement: 3 })
  expect(facet("country")).toEqual({ US: 6, IE: 3, FR: 1 })
  expect(facet("kind")).toEqual({ processor: 9 })
  expect(facet("enters")).toEqual({ approved: 7, discovered: 3 })
  expect(facet("owner")).toEqual({ Platform: 3 })
  expect(Object.values(facet("due"))).toEqual([3])
  for (const [name, counts] of Object.entries(review.facets))
    for (const { value, n } of counts) {
      const page = must(await reviewOfRequest(as(cast.legal), { id: under.requestId, filters: { [name]: [value] } }))
      expect([name, value, page.total, page.rows.length]).toEqual([name, value, n, n])
    }
  const first = must(await reviewOfRequest(as(cast.legal), { id: under.requestId, size: 25, filters: inUs.filters }))
  expect(first).toMatchObject({ total: 2, next: null })
  expect(facet("blocked")["S-III.A-1"] ?? 0).toBeGreaterThanOrEqual(0)
  const page = must(await readRequest(as(cast.legal), { id: under.requestId, show: first.rows[0]?.recordId }))
  expect(page.proposals.map((one) => one.kind)).toEqual(["party", "sharing", "agreement"])
  expect(page.findings.some((finding) => finding.severity === "blocking")).toBe(true)
})

test("a part goes back as a draft of the importer, with the reason; what stays is a new content that all decide anew", async () => {
  const stage = under.stages.find((one) => one.stage === "procurement")
  must(
    await decideRequest(as(cast.procurement), {
      ...{ requestId: under.requestId, hash: under.hash, stage: "procurement", entityId: stage?.entityId },
      verdict: "approve",
    }),
  )
  const part = must(await partOfRequest(as(cast.legal), { id: under.requestId, ...inUs }))
  expect(part).toMatchObject({ chosen: 2, leaving: 6, staying: 4, hash: under.hash })
  const sent = must(await sendBack(as(cast.legal), asked(inUs)))
  expect(sent).toMatchObject({ sent: 6, kept: 4, revision: 2 })
  expect(sent.hash).not.toBe(under.hash)

  expect((await titlesOf(under.requestId, cast.dpo)).filter((title) => /Birch|Cedar/.test(title))).toEqual([])
  expect((await titlesOf(sent.requestId, importer)).filter((title) => /Birch|Cedar/.test(title)).length).toBe(6)
  const kept = await revisionProposals(on.db, under.requestId, 2)
  const before = new Map(
    (await revisionProposals(on.db, under.requestId, 1)).map((one) => [one.recordId, rowHash(one)]),
  )
  expect(kept.map((one) => rowHash(one))).toEqual(kept.map((one) => before.get(one.recordId)))

  const draft = must(await readRequest(as(importer), { id: sent.requestId }))
  expect(draft.request).toMatchObject({ state: "draft", kind: "import", revision: 0, createdBy: importer.id })
  expect(draft.authors).toEqual([importer.id])
  expect(draft.comments.map((one) => [one.personId, one.text])).toEqual([[cast.legal.id, asked().reason]])
  expect(await readRequest(as(cast.dpo), { id: sent.requestId })).toMatchObject({ ok: false, code: "not-found" })

  const page = must(await readRequest(as(cast.legal), { id: under.requestId }))
  expect(page.stages.every((one) => one.decided === null)).toBe(true)
  expect(page.authors).toEqual([importer.id])
  expect(page.revisions.map((one) => one.act)).toEqual(["request.submit", "request.send-back"])
  const old = await decideRequest(as(cast.dpo), {
    ...{ requestId: under.requestId, hash: under.hash, stage: "dpo", entityId: cast.entityId, verdict: "agree" },
  })
  expect(old).toMatchObject({ ok: false, says: "conflict.other-content" })
  const again = { requestId: under.requestId, recordIds: [], hash: sent.hash, stages: under.stages }
  must(await allAgree(on.db, cast, again))
  const found = must(await listRecords(as(cast.legal), { list: "parties", q: "ltd" }))
  expect(found.rows.filter((one) => /Alder|Dogwood/.test(String(one.title))).length).toBeGreaterThanOrEqual(2)
  expect(found.rows.filter((one) => /Birch|Cedar/.test(String(one.title)))).toEqual([])

  // The part mended and submitted again is a request like any other; who sent it back is no author of it.
  const second = must(await submitRequest(as(importer), { requestId: sent.requestId }))
  must(await allAgree(on.db, cast, { requestId: sent.requestId, recordIds: [], ...second }))
  const [event] = await rows<{ bytes: string }>(
    on.db,
    sql`select bytes from log_leaves where request_id = ${under.requestId} and act = 'request.send-back'`,
  )
  const leaf = JSON.parse(event?.bytes ?? "{}") as { actor: { id: string }; after: Record<string, unknown> }
  expect(leaf.actor.id).toBe(cast.legal.id)
  expect(leaf.after).toMatchObject({ to: sent.requestId, sent: 6, kept: 4, hash: sent.hash, authors: [importer.id] })
  expect(event?.bytes).not.toContain("American")
})

test("a flow may be sent back without its party, and takes the paper that covers it along", async () => {
  const page = must(await reviewOfRequest(as(cast.legal), { id: under.requestId, filters: { record: ["sharing"] } }))
  const sent = must(await sendBack(as(cast.legal), asked({ records: [page.rows[0]?.recordId] })))
  expect(sent).toMatchObject({ sent: 2, kept: 8 })
  expect((await titlesOf(under.requestId, cast.dpo)).filter((title) => title.startsWith("party")).length).toBe(4)
})

test("who sends back has that seat for good, and becomes no author", async () => {
  const both = await aPerson(on.db, "Bo Both", ["procurement", "legal"])
  const sent = must(await sendBack(as(both), asked({ ...inUs, stage: "procurement" })))
  const decide = (stage: string) =>
    decideRequest(as(both), { ...asked(), title: undefined, hash: sent.hash, stage, verdict: "approve" } as never)
  const clean = (stage: string) =>
    decideRequest(as(both), {
      ...{ requestId: under.requestId, hash: sent.hash, entityId: cast.entityId, stage, verdict: "approve" },
    })
  expect(await decide("legal")).toMatchObject({ ok: false })
  expect(await clean("legal")).toMatchObject({ ok: false, says: "not-allowed.second-seat" })
  expect(await clean("procurement")).toMatchObject({ ok: true })
})

test("who may not decide sends nothing back, and nothing is left of the try", async () => {
  const before = await row(on.db, sql`select (select size from log_head) as size, (select count(*) from requests) as n`)
  const elsewhere = await aPerson(on.db, "Else Where", ["legal"], await anEntity(on.db))
  const size = await row(on.db, sql`select (select count(*) from requests) as n`)
  const refused: [Actor, Record<string, unknown>, string][] = [
    [importer, { ...inUs, stage: "procurement" }, "not-allowed.author"],
    [cast.requester, inUs, "not-allowed.role"],
    [elsewhere, inUs, "not-found"],
    [cast.dpo, { ...inUs, stage: "dpo" }, "not-allowed.adviser-sends-back"],
    [cast.procurement, inUs, "not-allowed.role"],
    [cast.legal, { ...inUs, stage: "second-legal" }, "not-allowed.no-such-stage"],
    [cast.legal, { ...inUs, hash: "0".repeat(64) }, "conflict.other-content"],
    [cast.legal, { all: true }, "invalid.nothing-stays"],
    [cast.legal, { records: [] }, "invalid.nothing-chosen"],
    [cast.legal, { records: [under.requestId] }, "invalid.nothing-chosen"],
    [cast.legal, { ...inUs, reason: " " }, "invalid.form"],
  ]
  for (const [actor, more, says] of refused)
    expect([says, await sendBack(as(actor), asked(more))]).toMatchObject([says, { ok: false, says }])
  expect(await row(on.db, sql`select (select count(*) from requests) as n`)).toEqual(size)
  expect(before).toBeTruthy()
  expect(must(await readRequest(as(cast.legal), { id: under.requestId })).request.revision).toBe(1)
  must(await withdrawRequest(as(importer), { requestId: under.requestId }))
  expect(await sendBack(as(cast.legal), asked(inUs))).toMatchObject({ ok: false, says: "conflict.not-in-review" })
})

test("of two who send a part back at once one does, and a decision on the old content never meets the new", async () => {
  for (let round = 0; round < 5; round += 1) {
    under = await underReview()
    const [first, second, decided] = await Promise.all([
      sendBack(as(cast.legal), asked(inUs)),
      sendBack(as(cast.secondLegal), asked({ all: true, filters: { country: ["IE"] } })),
      decideRequest(as(cast.procurement), {
        ...{ requestId: under.requestId, hash: under.hash, stage: "procurement", entityId: cast.entityId },
        verdict: "approve",
      }),
    ])
    expect([first.ok, second.ok].filter(Boolean).length).toBe(1)
    for (const lost of [first, second]) if (!lost.ok) expect(lost.says).toBe("conflict.other-content")
    const page = must(await readRequest(as(cast.dpo), { id: under.requestId }))
    expect(page.request.revision).toBe(2)
    expect(page.decisions.filter((one) => one.revision === 2)).toEqual([])
    expect(page.decisions.length).toBe(decided.ok ? 1 : 0)
  }
})

test("the importer sees a draft by facets too, and what they take out is gone from the counts", async () => {
  const sent = must(await sendBack(as(cast.legal), asked(inUs)))
  const papers = { id: sent.requestId, filters: { record: ["agreement"] } }
  const before = must(await reviewOfRequest(as(importer), papers))
  expect(before.total).toBe(2)
  must(await dropProposal(as(importer), { requestId: sent.requestId, recordId: before.rows[0]?.recordId }))
  expect(must(await reviewOfRequest(as(importer), papers))).toMatchObject({ total: 1, whole: 5 })
})
