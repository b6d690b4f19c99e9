import { mkdtempSync } from "node:fs"
import { readFile as readBytes, unlink } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { strFromU8, unzipSync } from "fflate"
import { afterAll, beforeAll, expect, test } from "vitest"
import { folderStore } from "@/adapters/files/folder"
import type { Id } from "@/domain/core/id"
import { known } from "@/domain/core/answer"
import type { Agreement } from "@/domain/records/agreement"
import { exported } from "@/testing/log-key"
import { listRecords } from "@/usecases/register/list-records"
import { readRecord } from "@/usecases/register/read-record"
import { viewCsv } from "@/usecases/register/view-csv"
import { draftOfRecord, saveProposal } from "@/usecases/requests/draft-request"
import { editDraft } from "@/usecases/requests/edit-draft"
import { readRequest } from "@/usecases/requests/read-request"
import { submitRequest } from "@/usecases/requests/submit-request"
import { OPERATOR, type Actor, type Scene } from "@/usecases/scene"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement } from "@/testing/flow"
import { aPerson, sceneFor } from "@/testing/people"
import { aCast, allAgree, must, submitted, type Cast } from "@/testing/requests"
import { FILE_LIMITS, putFile, receive } from "./put-file"
import { readFile } from "./read-file"
import { TEST_KEYS } from "@/testing/keys"

const store = folderStore(join(mkdtempSync(join(tmpdir(), "onward-advice-")), "files"), TEST_KEYS)
let on: TestDatabase
let cast: Cast
let other: Actor
let paper: { id: string; sha256: string }
let advice: { id: string; sha256: string }
let lone: string
let agreement: string
let requestId: string

const as = (actor: Actor): Scene => sceneFor(on.db, actor, { files: store })

async function put(actor: Actor, name: string, legalAdvice: boolean) {
  const bytes = Buffer.from(`%PDF-1.7\n${name}`)
  const received = must(await receive(as(actor), Readable.from([bytes]), FILE_LIMITS.paper))
  return putFile(as(actor), { name, use: "paper", received, legalAdvice })
}

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  other = await aPerson(on.db, "Otto Other", ["requester", "procurement"])
  const by = { ...cast, requester: cast.secondLegal }
  paper = must(await put(cast.secondLegal, "contract.pdf", false))
  advice = must(await put(cast.secondLegal, "counsel-memo.pdf", true))
  const between = { entityId: cast.entityId as Id<"entity"> }
  const request = await submitted(on.db, by, "Papers", [{ kind: "party", body: typedParty() }])
  must(await allAgree(on.db, cast, request))
  const partyId = request.recordIds[0] as Id<"party">
  const body = typedAgreement({ ...between, partyId }, [])
  const file = ({ id, sha256 }: { id: string; sha256: string }, name: string) => ({
    ...{ fileId: id as Id<"file">, sha256, name, pages: known(3) },
  })
  const checklist = body.checklist.map((line, i) => ({
    ...line,
    fileId: (i === 0 ? advice.id : paper.id) as Id<"file">,
  }))
  const papers = await submitted(on.db, by, "The contract", [
    {
      kind: "agreement",
      body: {
        ...body,
        title: "Master contract",
        files: [file(paper, "contract.pdf"), file(advice, "counsel-memo.pdf")],
        checklist,
      },
    },
    {
      kind: "agreement",
      body: {
        ...body,
        title: "Memo alone",
        files: [file(advice, "counsel-memo.pdf")],
        checklist: checklist.map((line) => ({ ...line, fileId: advice.id as Id<"file"> })),
      },
    },
  ])
  ;[agreement = "", lone = ""] = papers.recordIds
  requestId = papers.requestId
  must(await allAgree(on.db, cast, papers))
}, 60_000)
afterAll(() => on.drop())

const tells = (what: unknown): boolean =>
  /counsel-memo/.test(JSON.stringify(what)) || JSON.stringify(what).includes(advice.id)

test("who is no lawyer marks nothing as legal advice", async () => {
  expect(await put(other, "mine.pdf", true)).toMatchObject({ ok: false, says: "not-allowed.legal-advice" })
})

test.each(["secondLegal", "legal", "dpo"] as const)(
  "%s sees it with the record, the request and the file",
  async (who) => {
    expect(tells(must(await readRecord(as(cast[who]), { id: agreement })).record)).toBe(true)
    expect(tells(must(await readRequest(as(cast[who]), { id: requestId })).proposals)).toBe(true)
    expect(await readFile(as(cast[who]), { id: advice.id })).toMatchObject({ ok: true })
  },
)

test("for everybody else it is in no record, version, request, row, cell, form or download", async () => {
  for (const who of [other, cast.procurement, cast.requester]) {
    const page = must(await readRecord(as(who), { id: agreement }))
    expect(JSON.stringify(page.record)).toContain("contract.pdf")
    expect(tells(page)).toBe(false)
    expect(tells(must(await readRequest(as(who), { id: requestId })))).toBe(false)
    expect(await readFile(as(who), { id: advice.id })).toMatchObject({ ok: false, code: "not-found" })
    const list = must(await listRecords(as(who), { list: "agreements" }))
    expect(Object.fromEntries(list.rows.map((row) => [row.id, row.hasFile]))).toEqual({
      [agreement]: true,
      [lone]: false,
    })
    expect(must(await viewCsv(as(who), { list: "agreements" })).csv).not.toContain("counsel")
  }
  // What it shows of the checks is what holds: the pointer is hidden, not gone.
  const findings = async (who: Actor) => must(await readRecord(as(who), { id: agreement })).findings
  expect(await findings(other)).toEqual(await findings(cast.legal))
})

test("it enters no package, and the package says how much was withheld, whoever takes it", async () => {
  for (const who of [cast.legal, OPERATOR]) {
    const made = must(await exported(as(who), { asOf: null }))
    const files = unzipSync(await readBytes(made.path))
    await unlink(made.path)
    for (const [name, bytes] of Object.entries(files)) expect([name, tells(strFromU8(bytes))]).toEqual([name, false])
    expect(JSON.parse(strFromU8(files["manifest.json"] ?? new Uint8Array()))).toMatchObject({ withheld: { advice: 1 } })
    expect(strFromU8(files["README.txt"] ?? new Uint8Array())).toContain("1 files that are legal advice")
  }
})

test("who does not see it changes the record and takes nothing of it away", async () => {
  const draft = must(await draftOfRecord(as(other), { recordId: agreement, title: "A new title" }))
  const page = must(await editDraft(as(other), { requestId: draft.id, recordId: agreement }))
  expect(tells(page)).toBe(false)
  const body = { ...page.body, title: "Master contract, renamed" }
  must(
    await saveProposal(as(other), { requestId: draft.id, recordId: agreement, kind: "agreement", op: "change", body }),
  )
  const submittedAs = must(await submitRequest(as(other), { requestId: draft.id }))
  expect(tells(must(await readRequest(as(other), { id: draft.id })))).toBe(false)
  must(await allAgree(on.db, cast, { requestId: draft.id, recordIds: [], ...submittedAs }))
  const after = must(await readRecord(as(cast.legal), { id: agreement })).record.body as Agreement
  expect(after.title).toBe("Master contract, renamed")
  expect(after.files.map((file) => file.name)).toEqual(["contract.pdf", "counsel-memo.pdf"])
  expect(after.checklist[0]?.fileId).toBe(advice.id)
})

test("who names it by its id learns neither its name nor its hash", async () => {
  const draft = must(await draftOfRecord(as(other), { recordId: agreement, title: "Fishing" }))
  const page = must(await editDraft(as(other), { requestId: draft.id, recordId: agreement }))
  const files = [{ fileId: advice.id, sha256: "00".repeat(32), name: "x", pages: known(1) }]
  const body = { ...page.body, files }
  must(
    await saveProposal(as(other), { requestId: draft.id, recordId: agreement, kind: "agreement", op: "change", body }),
  )
  expect(tells(must(await readRequest(as(other), { id: draft.id })))).toBe(false)
})
