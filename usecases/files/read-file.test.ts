import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { afterAll, beforeAll, expect, test } from "vitest"
import { folderStore } from "@/adapters/files/folder"
import { known } from "@/domain/core/answer"
import type { Id } from "@/domain/core/id"
import { draftRequest, saveProposal } from "@/usecases/requests/draft-request"
import type { Actor, Scene } from "@/usecases/scene"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement } from "@/testing/flow"
import { TEST_KEYS } from "@/testing/keys"
import { aPerson, anEntity, sceneFor } from "@/testing/people"
import { aCast, allAgree, must, submitted, type Cast } from "@/testing/requests"
import { FILE_LIMITS, putFile, receive, type PutFile } from "./put-file"
import { readFile } from "./read-file"

const store = folderStore(join(mkdtempSync(join(tmpdir(), "onward-read-")), "files"), TEST_KEYS)
let on: TestDatabase
let cast: Cast
let partyId: Id<"party">

const as = (actor: Actor): Scene => sceneFor(on.db, actor, { files: store })

async function put(actor: Actor, name: string): Promise<PutFile> {
  const received = must(await receive(as(actor), Readable.from([Buffer.from(`%PDF-1.7\n${name}`)]), FILE_LIMITS.paper))
  return must(await putFile(as(actor), { name, use: "paper", received }))
}

const line = ({ id, sha256, name }: PutFile) => ({
  ...{ fileId: id as Id<"file">, sha256, name, pages: known(1) },
})

const paper = (entityId: string, files: ReturnType<typeof line>[]) => ({
  ...typedAgreement({ entityId: entityId as Id<"entity">, partyId }, []),
  ...{ kind: "confidentiality" as const, knownHow: "stated" as const, checklist: [], files },
})

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  const request = await submitted(on.db, cast, "A party", [{ kind: "party", body: typedParty() }])
  must(await allAgree(on.db, cast, request))
  partyId = request.recordIds[0] as Id<"party">
}, 60_000)
afterAll(() => on.drop())

test("nobody lays another's file beside a paper of their own, and so comes to read it", async () => {
  const theirs = await put(cast.legal, "settlement.pdf")
  const mine = await put(cast.requester, "contract.pdf")
  const requestId = must(await draftRequest(as(cast.requester), { title: "Mine" })).id
  const save = (body: object) =>
    saveProposal(as(cast.requester), { requestId, kind: "agreement", op: "create", body: { ...body } })
  const terms = { address: "https://terms.test", version: "1", acceptedBy: "R", acceptedOn: "2026-01-01" }
  for (const body of [
    paper(cast.entityId, [line(mine), line(theirs)]),
    { ...paper(cast.entityId, [line(mine)]), online: known({ ...terms, fileId: theirs.id }) },
  ]) {
    const refused = await save(body)
    expect(refused).toMatchObject({ ok: false, code: "invalid", fields: [{ path: "files" }] })
    expect(JSON.stringify(refused)).not.toContain("settlement")
  }
  must(await save(paper(cast.entityId, [line(mine)])))
})

test("a file's id among somebody's words opens the file to nobody", async () => {
  const theirs = await put(cast.legal, "memo.pdf")
  const named = { ...typedParty(), legalName: theirs.id }
  await submitted(on.db, cast, "Named like a file", [{ kind: "party", body: named }])
  expect(await readFile(as(cast.requester), { id: theirs.id })).toMatchObject({ ok: false, code: "not-found" })
  expect(await readFile(as(cast.legal), { id: theirs.id })).toMatchObject({ ok: true })
})

test("of a request of two companies each company's people read their own papers alone", async () => {
  const other = await anEntity(on.db)
  const [here, there] = [await put(cast.requester, "here.pdf"), await put(cast.requester, "there.pdf")]
  await submitted(on.db, cast, "Both", [
    { kind: "agreement", body: paper(cast.entityId, [line(here)]) },
    { kind: "agreement", body: paper(other, [line(there)]) },
  ])
  const reader = await aPerson(on.db, "Rae Reader", ["legal"], cast.entityId)
  expect(await readFile(as(reader), { id: here.id })).toMatchObject({ ok: true })
  expect(await readFile(as(reader), { id: there.id })).toMatchObject({ ok: false, code: "not-found" })
  expect(await readFile(as(cast.legal), { id: there.id })).toMatchObject({ ok: true })
})
