import { createHash } from "node:crypto"
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { sql } from "drizzle-orm"
import PDFDocument from "pdfkit"
import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { folderStore } from "@/adapters/files/folder"
import { row } from "@/db/connect"
import { known } from "@/domain/core/answer"
import type { Id } from "@/domain/core/id"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement } from "@/testing/flow"
import { TEST_KEYS } from "@/testing/keys"
import { paperPdf } from "@/testing/paper"
import { anEntity, aPerson, sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { FILE_LIMITS, putFile, receive } from "@/usecases/files/put-file"
import { readFile } from "@/usecases/files/read-file"
import { paperText } from "@/usecases/papers/paper-text"
import { newId, type Actor, type Scene } from "@/usecases/scene"
import { makeCopy, previewCopy, readRedactions } from "./make-copy"

const SECRET = "The price is nine million for Quetzalcoatl alone"
const store = folderStore(join(mkdtempSync(join(tmpdir(), "onward-redactions-")), "files"), TEST_KEYS)
let on: TestDatabase
let cast: Cast
let agreementId: string
let fileId: string
let lockedId: string
const as = (actor: Actor): Scene => sceneFor(on.db, actor, { files: store })

async function put(name: string, bytes: Buffer): Promise<{ fileId: Id<"file">; sha256: string; name: string }> {
  const received = must(await receive(as(cast.requester), Readable.from([bytes]), FILE_LIMITS.paper))
  const kept = must(await putFile(as(cast.requester), { name, use: "paper", received }))
  return { fileId: kept.id as Id<"file">, sha256: kept.sha256, name }
}

function lockedPdf(): Promise<Buffer> {
  return new Promise((resolve) => {
    const doc = new PDFDocument({ userPassword: "open sesame" })
    const parts: Buffer[] = []
    doc.on("data", (part: Buffer) => parts.push(part))
    doc.on("end", () => resolve(Buffer.concat(parts)))
    doc.text("One").addPage().text("Two").end()
  })
}

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  const partyId = newId(as(cast.requester), "party")
  const file = await put("contract.pdf", await paperPdf(["One is open", SECRET, "Three is open"]))
  const locked = await put("locked.pdf", await lockedPdf())
  ;[fileId, lockedId] = [file.fileId, locked.fileId]
  const [, id] = await inForce(on.db, cast, "A paper", [
    { kind: "party", recordId: partyId, body: typedParty() },
    {
      kind: "agreement",
      body: typedAgreement({ entityId: cast.entityId as Id<"entity">, partyId }, [], {
        ...{ knownHow: "stated", checklist: [] },
        files: [
          { ...file, pages: known(3) },
          { ...locked, pages: known(2) },
        ],
      }),
    },
  ])
  agreementId = id as string
}, 60_000)
afterAll(() => on.drop())

const wanted = (over: object = {}) => ({
  ...{ agreementId, fileId, withheld: [{ page: 2, reason: "price", words: "clause 9 of Ada" }], ...over },
})

test("a preview keeps nothing; the copy is recorded with both hashes, pages and reasons, and no word in the log", async () => {
  const files = async () => (await row<{ n: number }>(on.db, sql`select count(*)::int as n from files`))?.n
  const before = await files()
  const preview = must(await previewCopy(as(cast.legal), wanted()))
  expect(await files()).toBe(before)
  const made = must(await makeCopy(as(cast.legal), wanted()))
  const [one] = must(await readRedactions(as(cast.procurement), { id: agreementId }))
  const original = must(await readFile(as(cast.legal), { id: fileId }))
  expect(one).toMatchObject({
    ...{ fileId, sha256: original.sha256, pages: 3, role: "legal", copyFileId: made.copyFileId },
    copySha256: createHash("sha256").update(preview.bytes).digest("hex"),
    withheld: [{ page: 2, reason: "price", words: "clause 9 of Ada" }],
  })
  const leaf = await row<{ bytes: string }>(
    on.db,
    sql`select bytes from log_leaves where act = 'redaction.make' order by index desc limit 1`,
  )
  expect(leaf?.bytes).toContain(original.sha256)
  expect(leaf?.bytes).not.toContain("Ada")
  // Whoever may read the agreement reads the copy, by the way of all files; and it says what it is.
  const text = must(await paperText(as(cast.procurement), { fileId: made.copyFileId }))
  expect(text.pages).toHaveLength(4)
  const all = text.pages.map((page) => page.text.replace(/\s+/g, " ")).join("|")
  expect(all).toContain(original.sha256)
  expect(all).toContain("Page 2 withheld")
  expect(all).toContain("prices and commercial terms (clause 9 of Ada)")
  expect(all).toContain("by the legal counsel")
  expect(all).not.toContain("Quetzalcoatl")
  expect(all).not.toContain("Lara")
  const stranger = await aPerson(on.db, "Stan Stranger", ["requester"])
  expect(await readFile(as(stranger), { id: made.copyFileId })).toMatchObject({ ok: false, code: "not-found" })
  expect(await makeCopy(as(cast.legal), wanted())).toMatchObject({ ok: false, says: "conflict.redaction-made" })
})

test.each([
  ["without a page", { withheld: [] }, "invalid.redaction-none"],
  ["a page twice", { withheld: [1, 1].map((page) => ({ page, reason: "price" })) }, "invalid.redaction-none"],
  ["every page", { withheld: [1, 2, 3].map((page) => ({ page, reason: "price" })) }, "invalid.redaction-pages"],
  ["a page that is not there", { withheld: [{ page: 4, reason: "price" }] }, "invalid.redaction-pages"],
  ["without a reason", { withheld: [{ page: 1, reason: "" }] }, "invalid.value"],
  ["words that no letter shows", { withheld: [{ page: 1, reason: "price", words: "价格" }] }, "invalid.letter-signs"],
])("refused: %s", async (_name, over, says) => {
  const outcome = await makeCopy(as(cast.legal), wanted(over))
  expect(outcome.ok || outcome.fields?.[0]?.says).toBe(says)
})

test("a locked file is refused in a sentence, and another's file, role or company is", async () => {
  const said = async (actor: Actor, over: object = {}) => {
    const outcome = await makeCopy(as(actor), wanted({ withheld: [{ page: 1, reason: "people" }], ...over }))
    return outcome.ok ? "made" : outcome.says
  }
  expect(await said(cast.legal, { fileId: lockedId })).toBe("redaction.refused.locked")
  expect(await said(cast.procurement)).toBe("not-allowed.role")
  expect(await said(cast.legal, { fileId: `fil_${"0".repeat(26)}` })).toBe("not-found")
  const elsewhere = await aPerson(on.db, "Otto Other", ["legal"], await anEntity(on.db))
  expect(await said(elsewhere)).toBe("not-found")
  expect(await said(cast.dpo)).toBe("made")
})

test("the database takes no row whose hashes are not its files', and none is changed", async () => {
  const app = new pg.Client({ connectionString: on.appUrl })
  await app.connect()
  try {
    const insert = (sha: string) =>
      app.query(
        `insert into redactions select 'rdc_' || repeat('0', 26), agreement_id, file_id, ${sha}, copy_file_id, copy_sha256, pages, withheld, role, by_person, at, log_index from redactions limit 1`,
      )
    await expect(insert("repeat('0', 64)")).rejects.toMatchObject({ code: "ON046" })
    await expect(app.query("update redactions set pages = 9")).rejects.toThrow()
    await expect(app.query("delete from redactions")).rejects.toThrow()
  } finally {
    await app.end()
  }
})
