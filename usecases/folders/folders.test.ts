import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { folderStore } from "@/adapters/files/folder"
import { say } from "@/components/words/catalogue"
import { row, rows } from "@/db/connect"
import { sweepFolders } from "@/db/statements/folders"
import { known } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement } from "@/testing/flow"
import { TEST_KEYS } from "@/testing/keys"
import { paperPdf } from "@/testing/paper"
import { aPerson, sceneFor } from "@/testing/people"
import { aCast, allAgree, inForce, must, submitted, type Cast } from "@/testing/requests"
import { FILE_LIMITS, receive } from "@/usecases/files/put-file"
import { editDraft } from "@/usecases/requests/edit-draft"
import { withdrawRequest } from "@/usecases/requests/talk"
import { clockNow, newId, type Actor, type Scene } from "@/usecases/scene"
import { addToFolder, beginFolder } from "./add-file"
import { chooseLine, clearFolder, confirmSure } from "./decide-lines"
import { matchWaiting } from "./match-waiting"
import { proposeFolder } from "./propose-lines"
import { listFolders, readFolder, readFolderLine } from "./read-folder"

const store = folderStore(join(mkdtempSync(join(tmpdir(), "onward-folders-")), "files"), TEST_KEYS)
const MANY = 26
let on: TestDatabase
let cast: Cast
let keeper: Actor
let papers: string[]
let restricted: string

const as = (actor: Actor): Scene => sceneFor(on.db, actor, { files: store })
const name = (i: number): string =>
  `${["Meridian", "Borealis", "Halcyon", "Tessera", "Quillon"][i % 5]} Works ${String.fromCharCode(65 + i)}`

async function laid(folderId: string, fileName: string, bytes: Buffer, actor = keeper) {
  const received = await receive(as(actor), Readable.from([bytes]), FILE_LIMITS.paper)
  return addToFolder(as(actor), { folderId, name: fileName, received })
}
const page = async (id: string, view = "all", after = 0, actor = keeper) =>
  must(await readFolder(as(actor), { id, view, after }))

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  keeper = await aPerson(on.db, "Pia Procurement", ["procurement"])
  const scene = sceneFor(on.db, cast.requester)
  const bodies = Array.from({ length: MANY }, (_, i) => {
    const partyId = newId(scene, "party")
    const between = { entityId: cast.entityId as Id<"entity">, partyId }
    return [
      { kind: "party" as const, recordId: partyId, body: typedParty({ legalName: `${name(i)} GmbH` }) },
      {
        kind: "agreement" as const,
        body: typedAgreement(between, [], {
          ...{ title: `Processing clauses ${i}`, reference: known(`MSA-2023-${String(i).padStart(3, "0")}`) },
          ...{ effectOn: known(day("2023-05-01")), knownHow: "stated", checklist: [], files: [] },
        }),
      },
    ]
  })
  const ids = await inForce(on.db, cast, "Papers", bodies.flat())
  papers = ids.filter((id) => id.startsWith("agr_"))
  const secretParty = newId(scene, "party")
  const everybody = Object.values(cast).flatMap((one) => (typeof one === "object" ? [one.id as Id<"person">] : []))
  const more = await submitted(on.db, cast, "Another", [
    { kind: "party", recordId: secretParty, body: typedParty({ legalName: "Nocturne Holdings" }) },
    {
      kind: "agreement",
      body: typedAgreement({ entityId: cast.entityId as Id<"entity">, partyId: secretParty }, [], {
        ...{ title: "Merger papers", reference: known("SECRET-0001"), knownHow: "stated", checklist: [], files: [] },
        restrictedTo: everybody,
      }),
    },
  ])
  must(await allAgree(on.db, cast, more))
  restricted = more.recordIds[1] ?? ""
}, 120_000)
afterAll(() => on.drop())

let folderId: string

test("thirty files are received, read apart and matched, each with its reasons", async () => {
  folderId = must(await beginFolder(as(keeper), {})).id
  for (let i = 0; i < MANY; i += 1) {
    const number = `MSA-2023-${String(i).padStart(3, "0")}`
    const pages =
      i % 2
        ? [`Contract between us and ${name(i)} GmbH, in effect from 1 May 2023.`]
        : ["Cover", `No. ${number}, ${name(i)}`]
    must(
      await laid(folderId, i % 2 ? `${name(i)} processing clauses ${i}.pdf` : `scan-${i}.pdf`, await paperPdf(pages)),
    )
  }
  must(await laid(folderId, "to nobody.pdf", await paperPdf(["Nothing that is known"])))
  must(await laid(folderId, "SECRET-0001.pdf", await paperPdf(["SECRET-0001 Nocturne Holdings"])))
  must(await laid(folderId, "a picture.pdf", await paperPdf([""])))
  expect(must(await laid(folderId, "again.pdf", await paperPdf(["Nothing that is known"])))).toMatchObject({
    state: "twice",
  })
  for (const name of ["notes.txt", "notes.pdf"]) {
    const taken = await laid(folderId, name, Buffer.from("some text"))
    expect(must(taken)).toMatchObject({ state: "refused" })
    // The line keeps no more than this: a sentence with a gap in it would be shown with the gap.
    expect(say(must(taken).says ?? "")).not.toContain("{")
  }
  expect(must(await laid(folderId, "empty.pdf", Buffer.alloc(0)))).toMatchObject({ says: "invalid.file-empty" })
  expect((await page(folderId)).sums).toMatchObject({ files: 33, waiting: 29, refused: 4 })
  expect(await matchWaiting(as(keeper))).toBe(29)
  const { sums } = await page(folderId)
  expect(sums).toMatchObject({ waiting: 0, nothing: 3 })
  expect(sums.sure).toBeGreaterThanOrEqual(MANY / 2)
  expect(sums.sure + sums.likely).toBe(MANY)
  const { lines } = await page(folderId)
  for (const one of lines.slice(0, MANY)) expect(one.bestId).toBe(papers[one.line - 1])
  expect(lines[0]?.candidates[0]?.reasons).toContainEqual({
    is: "number",
    what: "MSA-2023-000",
    page: 2,
    shared: false,
  })
  const last = (await page(folderId, "nothing")).lines
  expect(last.map((one) => one.says)).toEqual([null, null, "folder.no-text"])
})

test("an agreement that the person may not know of is no candidate, and cannot be chosen", async () => {
  expect(JSON.stringify(await rows(on.db, sql`select candidates from folder_files`))).not.toContain(restricted)
  const wrong = await chooseLine(as(keeper), {
    id: folderId,
    line: 28,
    choice: "confirm",
    agreementId: restricted,
  })
  expect(wrong).toMatchObject({ ok: false, says: "folder.no-agreement" })
})

test("a folder is its person's alone", async () => {
  const other = cast.procurement
  for (const answer of [
    await readFolder(as(other), { id: folderId }),
    await chooseLine(as(other), { id: folderId, line: 1, choice: "aside" }),
    await confirmSure(as(other), { id: folderId }),
    await proposeFolder(as(other), { id: folderId, title: "Mine" }),
    await clearFolder(as(other), { id: folderId }),
  ])
    expect(answer).toMatchObject({ ok: false, code: "not-found" })
  expect(must(await listFolders(as(other), {}))).toEqual([])
  expect(await readFolder(as(cast.requester), { id: folderId })).toMatchObject({ ok: false, code: "not-allowed" })
})

test("what is confirmed becomes one draft, and nothing is attached without it", async () => {
  expect(await proposeFolder(as(keeper), { id: folderId, title: "Papers" })).toMatchObject({
    says: "folder.none",
  })
  const { confirmed } = must(await confirmSure(as(keeper), { id: folderId }))
  expect(confirmed).toBeGreaterThanOrEqual(MANY / 2)
  const { sums, lines } = await page(folderId, "likely")
  expect(sums).toMatchObject({ sure: 0, confirmed })
  const [likely] = lines
  if (likely) must(await chooseLine(as(keeper), { id: folderId, line: likely.line, choice: "confirm" }))
  // Another than those proposed, found by a search; two files for one are told of each other.
  const found = must(await readFolderLine(as(keeper), { id: folderId, line: 27, q: "Processing clauses 3" })).found
  expect(found.map((one) => one.id)).toContain(papers[3])
  must(await chooseLine(as(keeper), { id: folderId, line: 27, choice: "confirm", agreementId: papers[3] }))
  must(await chooseLine(as(keeper), { id: folderId, line: 29, choice: "aside" }))
  expect((await page(folderId, "confirmed", 26)).around.inWay[27]?.map(({ line }) => line)).toEqual([4])
  expect(await row(on.db, sql`select 1 from record_files`)).toBeNull()
  const draft = must(await proposeFolder(as(keeper), { id: folderId, title: "Papers" }))
  const n = confirmed + (likely ? 1 : 0) + 1
  expect(draft).toMatchObject({ files: n, left: 0 })
  const held = must(await editDraft(as(keeper), { requestId: draft.id ?? "", recordId: papers[3] ?? "" }))
  expect((held.body as { files: { name: string }[] }).files.map((one) => one.name)).toContain("to nobody.pdf")
  expect(await row(on.db, sql`select 1 from record_files`)).toBeNull()
  expect((await page(folderId)).sums).toMatchObject({ proposed: n, confirmed: 0, aside: 1 })
  expect(await chooseLine(as(keeper), { id: folderId, line: 27, choice: "aside" })).toMatchObject({
    says: "folder.in-draft",
  })
  expect(await proposeFolder(as(keeper), { id: folderId, title: "Again" })).toMatchObject({
    says: "folder.none",
  })
  // Who looks at it again is told that the agreement stands in a request under way.
  expect((await page(folderId)).around.open[papers[3] ?? ""]?.id).toBe(draft.id)
})

test("what was changed meanwhile is held against the agreement as it stands", async () => {
  const id = must(await beginFolder(as(cast.legal), {})).id
  must(await laid(id, "MSA-2023-004.pdf", await paperPdf(["once more, MSA-2023-004"]), cast.legal))
  expect(await matchWaiting(as(cast.legal))).toBe(1)
  must(await chooseLine(as(cast.legal), { id, line: 1, choice: "confirm" }))
  await on.db.execute(sql`update folder_files set agreement_id = ${restricted} where folder_id = ${id}`)
  const draft = must(await proposeFolder(as(cast.legal), { id, title: "A circle of its own" }))
  // What is restricted makes a draft that the same people know.
  const made = await row<{ to: string[] | null }>(
    on.db,
    sql`select restricted_to as to from requests where id = ${draft.id}`,
  )
  expect(made?.to).not.toBeNull()
  // A request that comes to nothing gives its files back.
  expect((await page(id, "all", 0, cast.legal)).lines[0]).toMatchObject({ over: false })
  must(await withdrawRequest(as(cast.legal), { requestId: draft.id, reason: "Not these" }))
  expect((await page(id, "all", 0, cast.legal)).lines[0]).toMatchObject({ over: true })
  must(await chooseLine(as(cast.legal), { id, line: 1, choice: "confirm" }))
  // An agreement that is gone, or exists for others by now, is said at the line and not by silence.
  await on.db.execute(sql`update folder_files set agreement_id = ${`agr_${"0".repeat(26)}`} where folder_id = ${id}`)
  expect(must(await proposeFolder(as(cast.legal), { id, title: "Nowhere" }))).toEqual({ id: null, files: 0, left: 0 })
  expect((await page(id, "all", 0, cast.legal)).lines[0]).toMatchObject({ choice: "aside", says: "folder.gone" })
  must(await clearFolder(as(cast.legal), { id }))
  expect(await row(on.db, sql`select 1 from folder_files where folder_id = ${id}`)).toBeNull()
})

test("is kept for a time after it was touched last", async () => {
  await sweepFolders(on.db, clockNow(), 30)
  expect(await row(on.db, sql`select 1 from folders where id = ${folderId}`)).not.toBeNull()
  await on.db.execute(sql`update folders set touched_at = now() - interval '31 days' where id = ${folderId}`)
  await sweepFolders(on.db, clockNow(), 30)
  expect(await row(on.db, sql`select 1 from folders where id = ${folderId}`)).toBeNull()
})
