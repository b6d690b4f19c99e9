import { mkdtempSync, readFileSync, unlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { sql } from "drizzle-orm"
import { strFromU8, unzipSync } from "fflate"
import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { folderStore } from "@/adapters/files/folder"
import type { Scanner } from "@/adapters/scan/clamd"
import { row, rows } from "@/db/connect"
import { known } from "@/domain/core/answer"
import type { Id } from "@/domain/core/id"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import type { Agreement } from "@/domain/records/agreement"
import { SIGNATURE_ENGINE, type SignatureReport } from "@/domain/signatures/report"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement } from "@/testing/flow"
import { TEST_KEYS } from "@/testing/keys"
import { first } from "@/testing/pdf/later"
import { AT, content } from "@/testing/pdf/signed"
import { append } from "@/testing/pdf/writer"
import { paperPdf } from "@/testing/paper"
import { aPerson, sceneFor } from "@/testing/people"
import { aCast, allAgree, must, submitted, type Cast } from "@/testing/requests"
import { judgeWaiting } from "@/usecases/checks/judge-again"
import { exported } from "@/testing/log-key"
import { FILE_LIMITS, putFile, receive } from "@/usecases/files/put-file"
import { scanBacklog, scanWaiting } from "@/usecases/files/scan"
import { listRecords } from "@/usecases/register/list-records"
import { readRecord } from "@/usecases/register/read-record"
import { readRequest } from "@/usecases/requests/read-request"
import { clockNow, type Actor, type Scene } from "@/usecases/scene"
import { askSignatures } from "./ask-again"
import { lookAt } from "./look-at"
import { followTrust, lookAtWaiting } from "./look-waiting"
import { readSignatures } from "./read-signatures"

const folder = join(mkdtempSync(join(tmpdir(), "onward-signed-")), "files")
const store = folderStore(folder, TEST_KEYS)
let on: TestDatabase
let cast: Cast
let partyId: Id<"party">
let signed: string
let altered: string

/** The engine itself, without the process around it: that is held by its own tests. */
const check = async (
  pdf: Uint8Array,
  asked: { trust: { bytes: Uint8Array; name: string | null } | null; askedAt: string },
): Promise<Outcome<SignatureReport>> => {
  const looked = await lookAt(pdf, asked)
  return looked.ok ? good(looked.report) : refuse("invalid", looked.says)
}
const as = (actor: Actor | null, more: Partial<Scene> = {}): Scene => sceneFor(on.db, actor, { files: store, ...more })
const work = (how: Parameters<typeof lookAtWaiting>[1] = {}): Promise<number> =>
  lookAtWaiting(as(null), { check, most: 50, ...how })

async function put(name: string, bytes: Buffer, scene: Scene = as(cast.requester), advice = false): Promise<string> {
  const received = must(await receive(scene, Readable.from([bytes]), FILE_LIMITS.paper))
  return must(await putFile(scene, { name, use: "paper", received, legalAdvice: advice })).id
}
const shaOf = async (id: string): Promise<string> =>
  (await row<{ sha256: string }>(on.db, sql`select sha256 from files where id = ${id}`))?.sha256 ?? ""
const line = async (id: string, name: string) => ({
  ...{ fileId: id as Id<"file">, sha256: await shaOf(id), name, pages: known(1) },
})
const paper = (over: Partial<Agreement>) => ({
  ...typedAgreement({ entityId: cast.entityId as Id<"entity">, partyId }, []),
  ...{ kind: "confidentiality" as const, checklist: [], knownHow: "stated" as const, ...over },
})
const seen = async (actor: Actor, fileIds: string[], asOf: string | null = null) =>
  must(await readSignatures(as(actor), { fileIds, asOf }))
const resultsOf = (id: string) =>
  rows<{ overall: string | null; says: string | null }>(
    on.db,
    sql`select r.overall, r.says from signature_results r join files f on f.sha256 = r.sha256 where f.id = ${id} order by r.log_index`,
  )

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  const request = await submitted(on.db, cast, "A party", [{ kind: "party", body: typedParty() }])
  must(await allAgree(on.db, cast, request))
  partyId = request.recordIds[0] as Id<"party">
  signed = await put("signed.pdf", whole)
  altered = await put("altered.pdf", changed("9000"))
}, 60_000)
afterAll(() => on.drop())

const whole = first()
/** The signed file, saved again with another sum on its page. */
const changed = (sum: string): Buffer => append(whole, [{ num: AT.content, body: content(sum) }])

test("a PDF waits from the moment it came, is looked at by the worker, and what was found stands in the log", async () => {
  expect((await seen(cast.requester, [signed]))[0]).toMatchObject({ state: "waits", result: null })
  expect(await work()).toBe(2)
  expect(await work()).toBe(0)
  const [one, two] = await seen(cast.requester, [signed, altered])
  expect(one).toMatchObject({ state: "looked", earlier: 0, again: false })
  expect(one?.result).toMatchObject({ engine: SIGNATURE_ENGINE, trust: null, report: { overall: "intact-untrusted" } })
  expect(one?.result?.report?.signatures[0]?.by?.says).toMatch(/^signatures\.by\./)
  expect(two?.result?.report?.overall).toBe("altered")
  expect(two?.result?.report?.signatures[0]?.later.differences).toContainEqual(
    expect.objectContaining({ kind: "page-content", allowed: false, page: 1 }),
  )
  const leaf = await row<{ bytes: string }>(
    on.db,
    sql`select bytes from log_leaves where act = 'signature.look' limit 1`,
  )
  expect(JSON.parse(leaf?.bytes ?? "{}")).toMatchObject({
    actor: { role: "operator", via: "job" },
    after: { sha256: await shaOf(signed), overall: "intact-untrusted", trust: null, engine: SIGNATURE_ENGINE },
  })
})

test("the same bytes are looked at once, whoever sends them and to how many papers they belong", async () => {
  const again = await put("the same.pdf", whole, as(cast.legal))
  expect(await work()).toBe(0)
  expect(await seen(cast.legal, [again])).toMatchObject([{ state: "looked", name: "the same.pdf" }])
})

test("a result is for whoever may read the file: of others' files, restricted papers and legal advice nothing is told", async () => {
  const stranger = await aPerson(on.db, "Sam Stranger", ["requester"])
  expect(await seen(stranger, [signed, altered])).toEqual([])
  expect(await askSignatures(as(cast.procurement), { fileId: signed })).toMatchObject({ ok: false, says: "not-found" })
  expect(await askSignatures(as(cast.requester), { fileId: signed })).toMatchObject({ ok: false, code: "not-allowed" })
  const advice = await put("advice.pdf", await paperPdf(["Our lawyer thinks"]), as(cast.legal), true)
  await work()
  expect(await seen(cast.legal, [advice])).toMatchObject([{ state: "looked" }])
  expect(await seen(cast.procurement, [advice])).toEqual([])
})

test("a restricted paper's file tells nothing to whom it does not name, though they read all other papers", async () => {
  const secret = await put("secret.pdf", await paperPdf(["An unsigned merger"]))
  const named = [cast.procurement.id as Id<"person">, cast.requester.id as Id<"person">]
  await submitted(on.db, cast, "Secret", [
    { kind: "agreement", body: paper({ title: "Secret", files: [await line(secret, "s.pdf")], restrictedTo: named }) },
  ])
  await work()
  expect(await seen(cast.procurement, [secret])).toMatchObject([{ state: "looked" }])
  expect(await seen(cast.legal, [secret])).toEqual([])
  expect(await askSignatures(as(cast.legal), { fileId: secret })).toMatchObject({ ok: false, says: "not-found" })
})

test("what is held by the scanner is not looked at, nor spoken of; once it is clean it is", async () => {
  const says = (state: "away" | "clean"): Scanner => ({
    scan: async (bytes) => {
      for await (const _ of bytes);
      return state === "away" ? { state, says: "ECONNREFUSED" } : { state }
    },
  })
  const held = await put("held.pdf", await paperPdf(["Held"]), as(cast.requester, { scanner: says("away") }))
  expect(await work()).toBe(0)
  expect(await seen(cast.requester, [held])).toMatchObject([{ state: "held", result: null }])
  await scanWaiting(as(null, { scanner: says("clean") }))
  expect(await work()).toBe(1)
  expect(await seen(cast.requester, [held])).toMatchObject([
    { state: "looked", result: { report: { overall: "unsigned" } } },
  ])
})

test("a file that no reader gets through ends as a sentence, after it was tried again; one that may pass waits", async () => {
  const bomb = await put("bomb.pdf", Buffer.from("%PDF-1.7\nno such thing"))
  await work({ check: async () => refuse("invalid", "signatures.refused.no-worker") })
  expect(await seen(cast.requester, [bomb])).toMatchObject([
    { state: "waits", waitsFor: "signatures.refused.no-worker" },
  ])
  for (let n = 0; n < 3; n += 1) {
    await on.db.execute(sql`update signature_asks set not_before = null`)
    await work({ check: async () => refuse("invalid", "signatures.refused.time") })
  }
  expect(await seen(cast.requester, [bomb])).toMatchObject([
    { state: "looked", result: { report: null, says: "signatures.refused.time" } },
  ])
  const png = await put(
    "scan.png",
    Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      "base64",
    ),
  )
  expect(await seen(cast.requester, [png])).toMatchObject([{ state: "not-pdf" }])
})

test("a worker that does not come back loses what it took; a file that ends it three times is given up", async () => {
  const bad = await put("bad.pdf", await paperPdf(["It ends whoever reads it"]))
  const dies = (): Promise<never> => Promise.reject(new Error("gone"))
  for (let n = 0; n < 3; n += 1) {
    await expect(work({ check: dies })).rejects.toThrow("gone")
    expect(await work({ check: dies })).toBe(0)
    await on.db.execute(sql`update signature_asks set taken_at = now() - interval '10 minutes'`)
  }
  expect(await seen(cast.requester, [bad])).toMatchObject([{ state: "looking" }])
  await work({ check: dies })
  expect(await seen(cast.requester, [bad])).toMatchObject([
    { state: "looked", result: { report: null, says: "signatures.refused.stopped" } },
  ])
})

test("bytes that are gone are tried again later, and nothing is written of them", async () => {
  const gone = await put("gone.pdf", await paperPdf(["Gone"]))
  const sha256 = await shaOf(gone)
  unlinkSync(join(folder, sha256.slice(0, 2), `${sha256}.sealed`))
  await work()
  expect(await seen(cast.requester, [gone])).toMatchObject([{ state: "waits", waitsFor: "signatures.refused.damaged" }])
  expect(await resultsOf(gone)).toEqual([])
  await on.db.execute(sql`delete from signature_asks`)
})

test("two workers share what waits, and nothing is looked at twice", async () => {
  const ids = await Promise.all([1, 2, 3, 4].map(async (n) => put(`p${n}.pdf`, await paperPdf([`Paper ${n}`]))))
  const did = await Promise.all([work(), work()])
  expect((did[0] ?? 0) + (did[1] ?? 0)).toBe(4)
  for (const id of ids) expect(await resultsOf(id)).toHaveLength(1)
})

let agreement: string
let before: string

test("a paper said to be known by its signature: found wanting until somebody looked, then borne; an altered one blocks", async () => {
  const late = await put("late.pdf", Buffer.concat([whole, Buffer.from("\n")]))
  const request = await submitted(on.db, cast, "Papers", [
    {
      kind: "agreement",
      body: paper({ title: "Late", knownHow: "signature-checked", files: [await line(late, "late.pdf")] }),
    },
    {
      kind: "agreement",
      body: paper({ title: "Whole", knownHow: "signature-checked", files: [await line(signed, "a.pdf")] }),
    },
    {
      kind: "agreement",
      body: paper({ title: "Altered", knownHow: "document-seen", files: [await line(altered, "b.pdf")] }),
    },
  ])
  const found = async () =>
    must(await readRequest(as(cast.legal), { id: request.requestId }))
      .findings.filter((one) => one.clause.startsWith("H-"))
      .map((one) => [request.recordIds.indexOf(one.recordId), one.says, one.verdict, one.severity].join(" "))
      .sort()
  expect(await found()).toEqual([
    "0 finding.H-SIGNED.unseen unknown warning",
    "2 finding.H-UNALTERED.altered broken blocking",
  ])
  await work()
  expect((await resultsOf(late)).map((one) => one.overall)).not.toContain(null)
  expect(await allAgree(on.db, cast, request)).toMatchObject({ ok: false })
})

test("in force, it is judged anew when another word is found; as of before, what was known then still stands", async () => {
  const fresh = await put("fresh.pdf", changed("7000"))
  const stated = await submitted(on.db, cast, "Fresh, stated", [
    {
      kind: "agreement",
      body: paper({
        title: "Fresh",
        files: [await line(fresh, "f.pdf")],
        signatories: paper({}).signatories.map((one) => ({ ...one, knownHow: "signature-checked" as const })),
      }),
    },
  ])
  must(await allAgree(on.db, cast, stated))
  agreement = stated.recordIds[0] ?? ""
  const found = async (asOf: string | null) =>
    must(await readRecord(as(cast.legal), { id: agreement, asOf }))
      .findings.filter((one) => one.clause.startsWith("H-"))
      .map((one) => one.says)
  expect(await found(null)).toEqual(["finding.H-SIGNED.unseen"])
  before = clockNow()
  await new Promise((go) => setTimeout(go, 5))
  await work()
  while ((await judgeWaiting(as(null))) > 0);
  expect(await found(null)).toEqual(["finding.H-SIGNED.altered"])
  expect(await found(before)).toEqual(["finding.H-SIGNED.unseen"])
  expect(await seen(cast.legal, [fresh], before)).toMatchObject([{ state: "not-looked", result: null }])
  expect(await seen(cast.legal, [fresh])).toMatchObject([
    { state: "looked", result: { report: { overall: "altered" } } },
  ])
})

test("a word that says nothing of a paper which somebody saw has nothing judged anew", async () => {
  const plain = await put("plain.pdf", await paperPdf(["Unsigned, and seen"]))
  const seenPaper = await submitted(on.db, cast, "Seen", [
    { kind: "agreement", body: paper({ title: "Seen", files: [await line(plain, "plain.pdf")] }) },
  ])
  must(await allAgree(on.db, cast, seenPaper))
  while ((await judgeWaiting(as(null))) > 0);
  expect(await work()).toBe(1)
  expect(await rows(on.db, sql`select 1 from to_judge`)).toEqual([])
  expect((await seen(cast.legal, [plain]))[0]?.result?.report?.overall).toBe("unsigned")
})

test("whoever may read the paper asks again: a second result stands beside the first, and says who asked", async () => {
  const body = must(await readRecord(as(cast.legal), { id: agreement })).record.body as Agreement
  const fileId = body.files[0]?.fileId ?? ""
  expect(must(await askSignatures(as(cast.legal), { fileId }))).toEqual({ asked: false })
  const later = as(cast.legal, { now: new Date(Date.now() + 120_000).toISOString() as Scene["now"] })
  expect(must(await askSignatures(later, { fileId }))).toEqual({ asked: true })
  await on.db.execute(sql`update signature_asks set at = now()`)
  expect(await seen(cast.legal, [fileId])).toMatchObject([{ state: "looked", again: true }])
  expect(await work()).toBe(1)
  expect(await seen(cast.legal, [fileId])).toMatchObject([
    { earlier: 1, again: false, result: { byPerson: cast.legal.id } },
  ])
})

test("when the engine or the list changed all are asked for again, a batch at a time, and none twice", async () => {
  // The first walk finds all looked at by this engine, but for what nothing was written of.
  while (await followTrust(as(null), 3));
  await work()
  expect(await followTrust(as(null), 3)).toBe(false)
  await on.db.execute(sql`update signature_walk set word = 'engine 0, list none', after = null`)
  let rounds = 0
  while (await followTrust(as(null), 3)) rounds += 1
  expect(rounds).toBeGreaterThan(2)
  // Only the file whose bytes are gone was never looked at.
  expect(await rows(on.db, sql`select 1 from signature_asks`)).toHaveLength(1)
})

test("the database keeps what was found: the app rewrites nothing, and says nothing of a file that may not be read", async () => {
  await expect(on.db.execute(sql`update signature_results set overall = 'passed'`)).rejects.toThrow()
  await expect(on.db.execute(sql`delete from signature_results`)).rejects.toThrow()
  await expect(
    on.db.execute(sql`insert into signature_results (log_index, at, sha256, size_bytes, engine, asked_at, says)
      values (0, now(), ${"ab".repeat(32)}, 1, '1', now(), 'x')`),
  ).rejects.toMatchObject({ cause: { code: "ON041" } })
})

test("the list of papers tells the word of each, as known at the instant; not to a requester, who reads no others' files", async () => {
  const listed = async (actor: Actor, asOf: string | null = null) =>
    must(await listRecords(as(actor), { list: "agreements", asOf })).rows.map((row) => row.signatures)
  expect(await listed(cast.legal)).toEqual(["altered", "unsigned"])
  expect(await listed(cast.legal, before)).toEqual(["unseen"])
  expect(await listed(cast.requester)).toEqual([undefined, undefined])
})

test("a package holds what was known of each file at its instant, for whoever takes it, and no legal advice", async () => {
  const packed = async (asOf: string | null) => {
    const made = must(await exported(as(cast.dpo), { asOf }))
    const zip = unzipSync(readFileSync(made.path))
    unlinkSync(made.path)
    return JSON.parse(strFromU8(zip["signatures.json"] as Uint8Array)) as Record<string, unknown>[]
  }
  const all = await packed(null)
  expect(all).toMatchObject([
    { agreement, overall: "altered", engine: SIGNATURE_ENGINE, trust: null, report: { overall: "altered", v: 1 } },
    { overall: "unsigned" },
  ])
  expect(await packed(null)).toEqual(all)
  expect(await packed(before)).toMatchObject([{ agreement, overall: null, lookedAt: null, report: null }])
})

test("with the last file that held the bytes, what was found of them goes; the log keeps that it was", async () => {
  const one = await put("one.pdf", await paperPdf(["Cleared"]))
  const two = await put("two.pdf", Buffer.concat([await bytesOf(one)]))
  await work()
  const sha256 = await shaOf(one)
  const left = () => rows(on.db, sql`select 1 from signature_results where sha256 = ${sha256}`)
  const owner = new pg.Client({ connectionString: on.ownerUrl })
  await owner.connect()
  try {
    await expect(owner.query("delete from signature_results where sha256 = $1", [sha256])).rejects.toThrow("stands")
    await owner.query("delete from files where id = $1", [one])
    expect(await left()).toHaveLength(1)
    await owner.query("delete from files where id = $1", [two])
    expect(await left()).toHaveLength(0)
  } finally {
    await owner.end()
  }
  const leaves = await rows(
    on.db,
    sql`select 1 from log_leaves where act = 'signature.look' and bytes like ${`%${sha256}%`}`,
  )
  expect(leaves).toHaveLength(1)
})

test("bytes that the scanner finds late bear nothing any more: the papers that rest on them are judged anew", async () => {
  const late: Scanner = { scan: async (bytes) => (await drained(bytes), { state: "infected", says: "Late-1" }) }
  await scanBacklog(as(null, { scanner: late }))
  while ((await judgeWaiting(as(null))) > 0);
  const { findings } = must(await readRecord(as(cast.legal), { id: agreement }))
  expect(findings.map((one) => one.says)).toContain("finding.H-SIGNED.unseen")
  expect(findings.map((one) => one.says)).not.toContain("finding.H-SIGNED.altered")
})

async function drained(bytes: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of bytes);
}

async function bytesOf(id: string): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of (await store.read(await shaOf(id))) ?? []) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
