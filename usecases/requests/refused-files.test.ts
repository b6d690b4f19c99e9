import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { folderStore } from "@/adapters/files/folder"
import type { Scanner } from "@/adapters/scan/clamd"
import { rows } from "@/db/connect"
import { known } from "@/domain/core/answer"
import type { Id } from "@/domain/core/id"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement } from "@/testing/flow"
import { TEST_KEYS } from "@/testing/keys"
import { aPerson, sceneFor } from "@/testing/people"
import { aCast, drafted, inForce, must, type Cast } from "@/testing/requests"
import { heldFiles } from "@/usecases/files/held"
import { FILE_LIMITS, putFile, receive, type PutFile } from "@/usecases/files/put-file"
import { scanBacklog, rescanFiles } from "@/usecases/files/scan"
import { readRecord } from "@/usecases/register/read-record"
import { OPERATOR, type Actor, type Scene } from "@/usecases/scene"
import { readInbox } from "@/usecases/told/inbox"
import { editDraft } from "./edit-draft"
import { dropRefusedFiles } from "./refused-files"
import { submitRequest } from "./submit-request"

const store = folderStore(join(mkdtempSync(join(tmpdir(), "onward-refused-")), "files"), TEST_KEYS)
let on: TestDatabase
let cast: Cast
let partyId: Id<"party">
const as = (actor: Actor, scanner: Scanner | null = null): Scene => sceneFor(on.db, actor, { files: store, scanner })
const scanner: Scanner = {
  scan: async (bytes) => {
    const parts: Buffer[] = []
    for await (const part of bytes) parts.push(part as Buffer)
    return Buffer.concat(parts).includes("evil") ? { state: "infected", says: "Win.Late-1" } : { state: "clean" }
  },
}
async function put(actor: Actor, name: string): Promise<PutFile> {
  const received = must(await receive(as(actor), Readable.from([Buffer.from(`%PDF-1.7\n${name}`)]), FILE_LIMITS.paper))
  return must(await putFile(as(actor), { name, use: "paper", received }))
}
const line = ({ id, sha256, name }: PutFile) => ({
  ...{ fileId: id as Id<"file">, sha256, name, pages: known(1) },
})
const paper = (files: ReturnType<typeof line>[], checklist: ReturnType<typeof typedAgreement>["checklist"] = []) => ({
  ...typedAgreement({ entityId: cast.entityId as Id<"entity">, partyId }, []),
  ...{ kind: "confidentiality" as const, knownHow: "stated" as const, checklist, files },
})
const scanAll = async (): Promise<void> => {
  must(await rescanFiles(as(OPERATOR, scanner), {}))
  await scanBacklog(as(OPERATOR, scanner))
}

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  partyId = (await inForce(on.db, cast, "A party", [{ kind: "party", body: typedParty() }]))[0] as Id<"party">
}, 60_000)
afterAll(() => on.drop())

test("a file found infected in a draft is said at its field, blocks the submission by name, and is taken out in one press", async () => {
  const [good, bad] = [await put(cast.requester, "good.pdf"), await put(cast.requester, "evil.pdf")]
  const [pointed] = typedAgreement({ entityId: cast.entityId as Id<"entity">, partyId }, []).checklist
  const checklist = pointed ? [{ ...pointed, fileId: bad.id as Id<"file">, page: known(1) }] : []
  const body = paper([line(good), line(bad)], checklist)
  const { requestId, recordIds } = await drafted(on.db, cast, "With a bad file", [{ kind: "agreement", body }])
  const [recordId = ""] = recordIds
  await scanAll()
  const page = must(await editDraft(as(cast.requester), { requestId, recordId }))
  expect([page.held, page.refused]).toEqual([
    { [bad.id]: "infected" },
    [{ id: bad.id, name: "evil.pdf", records: [recordId] }],
  ])
  expect(page.refs.file?.find((one) => one.id === bad.id)?.label).toBe("evil.pdf")
  const refused = await submitRequest(as(cast.requester), { requestId })
  expect(refused).toMatchObject({
    ok: false,
    says: "conflict.files-refused",
    params: { names: "evil.pdf" },
    fields: [{ path: recordId }],
  })
  const told = must(await readInbox(as(cast.requester), {})).told
  expect(told[0]).toMatchObject({ kind: "file", what: "infected", title: "evil.pdf" })
  expect(await dropRefusedFiles(as(cast.legal), { requestId })).toMatchObject({ ok: false })
  expect(must(await dropRefusedFiles(as(cast.requester), { requestId }))).toEqual({ files: 1 })
  expect(must(await dropRefusedFiles(as(cast.requester), { requestId }))).toEqual({ files: 0 })
  const after = must(await editDraft(as(cast.requester), { requestId, recordId }))
  expect(after.body).toMatchObject({ files: [{ fileId: good.id }] })
  expect([after.held, after.refused, JSON.stringify(after.body).includes(bad.id)]).toEqual([{}, [], false])
  must(await submitRequest(as(cast.requester), { requestId }))
})

test("a file of a record in force is held back from its readers, its hash stays, and a change that keeps it goes on", async () => {
  const standing = await put(cast.requester, "evil in force.pdf")
  const [recordId = ""] = await inForce(on.db, cast, "A paper", [{ kind: "agreement", body: paper([line(standing)]) }])
  const helper = await aPerson(on.db, "Hans Helper", ["requester"])
  await scanAll()
  const page = must(await readRecord(as(cast.legal), { id: recordId }))
  expect(page.held).toEqual({ [standing.id]: "infected" })
  expect(page.record.body).toMatchObject({ files: [{ fileId: standing.id, sha256: standing.sha256 }] })
  expect(await heldFiles(as(cast.legal), [standing.id, null])).toEqual({ [standing.id]: "infected" })
  // Whoever could not read it is not told of it either.
  expect(await heldFiles(as(helper), [standing.id])).toEqual({})
  const body = { ...paper([line(standing)]), title: "A paper, renamed" }
  const { requestId } = await drafted(on.db, cast, "Renamed", [{ kind: "agreement", op: "change", recordId, body }])
  must(await submitRequest(as(cast.requester), { requestId }))
})

test("who made a request that names another's file is told of it by its request", async () => {
  const theirs = await put(cast.legal, "evil by counsel.pdf")
  const [recordId = ""] = await inForce(on.db, cast, "A second paper", [{ kind: "agreement", body: paper([]) }])
  // As a supplier's answer is taken over: in the requester's draft, in another's keeping.
  const { requestId } = await drafted(on.db, cast, "Taken over", [
    { kind: "agreement", op: "change", recordId, body: paper([]) },
  ])
  const body = JSON.stringify(paper([line(theirs)]))
  await on.db.execute(sql`update proposals set body = ${body} where request_id = ${requestId}`)
  await scanAll()
  const told = await rows(
    on.db,
    sql`select person_id, what, request_id from tellings where clause = ${theirs.id} order by what`,
  )
  expect(told).toEqual([
    { person_id: cast.legal.id, what: "infected", request_id: null },
    { person_id: cast.requester.id, what: "infected-named", request_id: requestId },
  ])
  const shown = must(await readInbox(as(cast.requester), {})).told
  expect(shown[0]).toMatchObject({ what: "infected-named", title: "Taken over", requestId })
})
