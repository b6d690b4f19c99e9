import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { sql } from "drizzle-orm"
import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { folderStore } from "@/adapters/files/folder"
import { rows } from "@/db/connect"
import { known } from "@/domain/core/answer"
import type { Id } from "@/domain/core/id"
import type { Agreement } from "@/domain/records/agreement"
import { withoutMarks } from "@/domain/records/unasked"
import { FILE_LIMITS, putFile, receive } from "@/usecases/files/put-file"
import { readRecord } from "@/usecases/register/read-record"
import { draftOfRecord, saveProposal } from "@/usecases/requests/draft-request"
import { editDraft } from "@/usecases/requests/edit-draft"
import { submitRequest } from "@/usecases/requests/submit-request"
import type { Actor, Scene } from "@/usecases/scene"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement } from "@/testing/flow"
import { TEST_KEYS } from "@/testing/keys"
import { paperPdf } from "@/testing/paper"
import { aPerson, sceneFor } from "@/testing/people"
import { aCast, allAgree, must, submitted, type Cast } from "@/testing/requests"
import { carryOver, markClause, takeMarks } from "./mark-clause"
import { paperText } from "./paper-text"

const SECRET = "The Recipient keeps all personal data secret, also after the end."
const RETURN = "At the end it returns or deletes all copies within 30 days."
const AUDIT = "Auditors may inspect its premises once a year."

const store = folderStore(join(mkdtempSync(join(tmpdir(), "onward-papers-")), "files"), TEST_KEYS)
let on: TestDatabase
let cast: Cast
let first: string
let newer: string
let picture: string
let agreement: Id<"agreement">
let twin: Id<"agreement">

const as = (actor: Actor): Scene => sceneFor(on.db, actor, { files: store })

async function put(name: string, pages: readonly string[], actor: Actor = cast.requester): Promise<string> {
  const received = must(await receive(as(actor), Readable.from([await paperPdf(pages)]), FILE_LIMITS.paper))
  return must(await putFile(as(actor), { name, use: "paper", received })).id
}

async function shaOf(id: string): Promise<string> {
  return (await rows<{ sha256: string }>(on.db, sql`select sha256 from files where id = ${id}`))[0]?.sha256 ?? ""
}

const line = async (id: string, name: string, pages: number) => ({
  ...{ fileId: id as Id<"file">, sha256: await shaOf(id), name, pages: known(pages) },
})

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  first = await put("contract.pdf", [SECRET, `${RETURN} ${AUDIT}`])
  newer = await put("contract-v2.pdf", ["Preamble.", SECRET, `${RETURN.replace("30", "60")} ${AUDIT}`])
  picture = await put("scan.pdf", [""])
  const again = await put("same words.pdf", [`${SECRET} ${RETURN}`, AUDIT])
  const request = await submitted(on.db, cast, "A party", [{ kind: "party", body: typedParty() }])
  must(await allAgree(on.db, cast, request))
  const partyId = request.recordIds[0] as Id<"party">
  const body = {
    ...typedAgreement({ entityId: cast.entityId as Id<"entity">, partyId }, []),
    // What is only stated is not held against its checklist: so it can come into force before somebody marks it.
    ...{ kind: "confidentiality" as const, knownHow: "stated" as const },
    checklist: [],
  }
  const papers = await submitted(on.db, cast, "Papers", [
    {
      kind: "agreement",
      body: {
        ...{ ...body, title: "Contract" },
        files: [await line(first, "a.pdf", 2), await line(newer, "b.pdf", 3), await line(picture, "c.pdf", 1)],
      },
    },
    { kind: "agreement", body: { ...body, title: "Twin", files: [await line(again, "d.pdf", 2)] } },
  ])
  ;[agreement, twin] = papers.recordIds as [Id<"agreement">, Id<"agreement">]
  must(await allAgree(on.db, cast, papers))
}, 60_000)
afterAll(() => on.drop())

test("the text of a file is read once, and only for whoever may read the file", async () => {
  const text = must(await paperText(as(cast.requester), { fileId: first }))
  expect(text).toMatchObject({ state: "read", count: 2, name: "contract.pdf" })
  expect(text.pages.map((page) => page.text.replace(/\s+/g, " "))).toEqual([SECRET, `${RETURN} ${AUDIT}`])
  expect(must(await paperText(as(cast.legal), { fileId: first }))).toEqual(text)
  expect(await rows(on.db, sql`select 1 from file_texts where sha256 = ${text.sha256}`)).toHaveLength(1)
  expect(must(await paperText(as(cast.legal), { fileId: picture }))).toMatchObject({ state: "read", words: null })
  const stranger = await aPerson(on.db, "Stan Stranger", ["requester"])
  expect(await paperText(as(stranger), { fileId: first })).toMatchObject({ ok: false, code: "not-found" })
  const lost = await put("lost.pdf", ["nobody reads this"], cast.legal)
  expect(await paperText(as(cast.requester), { fileId: lost })).toMatchObject({ ok: false, code: "not-found" })
})

async function draft(): Promise<string> {
  return must(await draftOfRecord(as(cast.requester), { recordId: agreement, title: "Clauses marked" })).id
}

const bodyIn = async (requestId: string): Promise<Agreement> =>
  must(await editDraft(as(cast.requester), { requestId, recordId: agreement })).body as unknown as Agreement

test("a clause is tied to words of the file, comes into force by request, and its words are committed", async () => {
  const requestId = await draft()
  const mark = { requestId, recordId: agreement, item: "CONFID", verdict: "there", fileId: first, page: 1 }
  must(await markClause(as(cast.requester), { ...mark, quote: "keeps all personal data secret" }))
  expect((await bodyIn(requestId)).checklist.find(({ item }) => item === "CONFID")).toMatchObject({
    ...{ fileId: first, page: known(1), verdict: "there" },
  })
  for (const [wrong, says] of [
    [{ quote: "keeps nothing secret" }, "invalid.quote"],
    [{ page: 2, quote: "keeps all personal data secret" }, "invalid.quote"],
    [{ page: 3, quote: "" }, "invalid.page"],
    [{ item: "NO-SUCH", quote: "" }, "invalid.clause"],
    [{ fileId: undefined, quote: "" }, "invalid.file-of-paper"],
    [{ area: { left: 0, top: 0, width: 0, height: 1 } }, "invalid"],
  ] as const)
    expect(await markClause(as(cast.requester), { ...mark, ...wrong }), says).toMatchObject({
      ok: false,
      code: "invalid",
    })
  // A page that has no words is marked by its area.
  const area = { left: 100, top: 200, width: 3000, height: 400 }
  must(await markClause(as(cast.requester), { ...mark, item: "SECURITY", fileId: picture, area }))
  must(
    await markClause(as(cast.requester), { ...mark, item: "RETURN", page: 2, quote: "returns or deletes all copies" }),
  )
  must(await markClause(as(cast.requester), { ...mark, item: "AUDIT", page: 2, quote: "inspect its premises" }))
  must(await markClause(as(cast.requester), { ...mark, item: "AUDIT", verdict: "missing" }))
  const others = [cast.legal, cast.procurement]
  for (const other of others) expect(await markClause(as(other), mark)).toMatchObject({ ok: false, code: "not-found" })
  const sent = must(await submitRequest(as(cast.requester), { requestId }))
  must(await allAgree(on.db, cast, { ...sent, requestId, recordIds: [agreement] }))
  const { record } = must(await readRecord(as(cast.legal), { id: agreement }))
  expect((record.body as Agreement).marks.map(({ item, page, quote }) => [item, page, quote])).toEqual([
    ["CONFID", 1, "keeps all personal data secret"],
    ["SECURITY", 1, ""],
    ["RETURN", 2, "returns or deletes all copies"],
  ])
  const [version] = await rows<{ body: string }>(
    on.db,
    sql`select body from versions where record_id = ${agreement} order by n desc limit 1`,
  )
  expect(version?.body).toContain('"CONFID"')
  expect(version?.body).not.toContain("keeps all personal data secret")
})

test("common words are found on a late page as well", async () => {
  const many = Array.from({ length: 250 }, () => "Recipient").join(" ")
  const long = await put("long.pdf", [many.slice(0, 1200), many.slice(0, 1200), "The Recipient may audit."])
  const requestId = await draft()
  const body = await bodyIn(requestId)
  must(
    await saveProposal(as(cast.requester), {
      ...{ requestId, recordId: agreement, kind: "agreement", op: "change" },
      body: { ...body, files: [...body.files, await line(long, "long.pdf", 3)] },
    }),
  )
  const asked = { requestId, recordId: agreement, item: "AUDIT", verdict: "there", fileId: long, quote: "Recipient" }
  must(await markClause(as(cast.requester), { ...asked, page: 3 }))
  expect(await markClause(as(cast.requester), { ...asked, page: 3, quote: "Recipient Recipient" })).toMatchObject({
    ...{ ok: false, code: "invalid" },
  })
})

test("words that a machine says stand on a page are no mark: the paper keeps those it has", async () => {
  const requestId = await draft()
  const body = await bodyIn(requestId)
  const made = { item: "AUDIT", fileId: first, page: 1, quote: "we may audit every day", area: null }
  must(
    await saveProposal(as(cast.requester), {
      ...{ requestId, recordId: agreement, kind: "agreement", op: "change" },
      body: withoutMarks({ ...body, marks: [made] }),
    }),
  )
  expect((await bodyIn(requestId)).marks).toEqual(body.marks)
  expect(withoutMarks({ title: "x", marks: [made] })).toEqual({ title: "x" })
  expect(withoutMarks(null)).toBeNull()
})

test("of a file that was cleared while it was read no text is kept", async () => {
  const lost = await put("gone.pdf", ["read and gone"])
  const sha = await shaOf(lost)
  const scene = as(cast.requester)
  const owner = new pg.Client({ connectionString: on.ownerUrl })
  await owner.connect()
  const slow: Scene = {
    ...scene,
    files: {
      ...store,
      read: async (wanted, range) => {
        const bytes = await store.read(wanted, range)
        await owner.query("delete from files where id = $1", [lost])
        return bytes
      },
    },
  }
  expect(await paperText(slow, { fileId: lost })).toMatchObject({ ok: false, code: "not-found" })
  expect(await rows(on.db, sql`select 1 from file_texts where sha256 = ${sha}`)).toHaveLength(0)
  await owner.end()
})

test("marks go along to a newer file where the words stand unchanged; the others are looked at again", async () => {
  const requestId = await draft()
  const asked = { requestId, recordId: agreement, from: first, to: newer }
  const { carried } = must(await carryOver(as(cast.requester), asked))
  expect(carried).toMatchObject([
    { item: "CONFID", found: "there", place: { page: 2 } },
    { item: "RETURN", found: "there", place: { page: 3 } },
  ])
  const body = await bodyIn(requestId)
  expect(body.marks.filter(({ fileId }) => fileId === newer).map(({ item, page }) => [item, page])).toEqual([
    ["CONFID", 2],
    ["RETURN", 3],
  ])
  expect(await carryOver(as(cast.requester), { ...asked, to: first })).toMatchObject({ ok: false, code: "invalid" })
  // Its words are others there.
  must(
    await markClause(as(cast.requester), {
      ...{ requestId, recordId: agreement, item: "AUDIT", verdict: "there", fileId: first, page: 2 },
      quote: "within 30 days. Auditors may inspect",
    }),
  )
  must(await carryOver(as(cast.requester), asked))
  expect((await bodyIn(requestId)).checklist.find(({ item }) => item === "AUDIT")).toMatchObject({
    ...{ fileId: null, verdict: "again" },
  })
})

test("marks made once carry to every paper of the same words, of those one may read", async () => {
  const theirs = must(await draftOfRecord(as(cast.requester), { recordId: twin, title: "Twin" })).id
  const file = (must(await readRecord(as(cast.requester), { id: twin })).record.body as Agreement).files[0]?.fileId
  const asked = { requestId: theirs, recordId: twin, fileId: file, of: agreement }
  const { carried } = must(await takeMarks(as(cast.requester), asked))
  expect(carried.map(({ item, found }) => [item, found])).toEqual([
    ["CONFID", "there"],
    ["RETURN", "there"],
  ])
  const body = must(await editDraft(as(cast.requester), { requestId: theirs, recordId: twin }))
    .body as unknown as Agreement
  expect(body.marks.map(({ item, fileId, page }) => [item, fileId, page])).toEqual([
    ["CONFID", file, 1],
    ["RETURN", file, 1],
  ])
  expect(await takeMarks(as(cast.requester), { ...asked, of: twin })).toMatchObject({ ok: false, code: "not-found" })
})

test("who holds a file is noted by the database beside the version and the revision", async () => {
  const held = await rows<{ id: string }>(on.db, sql`select record_id as id from record_files where file_id = ${first}`)
  expect(held).toEqual([{ id: agreement }])
  expect(await rows(on.db, sql`select 1 from request_files where file_id = ${first}`)).not.toHaveLength(0)
  await expect(on.db.execute(sql`delete from record_files`)).rejects.toThrow()
})
