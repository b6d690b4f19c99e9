import { readFileSync, unlinkSync } from "node:fs"
import { mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { sql } from "drizzle-orm"
import { strFromU8, unzipSync } from "fflate"
import { afterAll, beforeAll, expect, test } from "vitest"
import { insertTellings } from "@/db/statements/tellings"
import { queryAddress, readQuery } from "@/domain/inquiries/query"
import { splitLetter } from "@/domain/inquiries/split"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { exported, testSigner } from "@/testing/log-key"
import { anEntity, aPerson, sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { doExports } from "@/usecases/exports/jobs"
import { orderExport, readExport } from "@/usecases/exports/ordered"
import { FILE_LIMITS, putFile, receive } from "@/usecases/files/put-file"
import { clockNow, OPERATOR, type Scene } from "@/usecases/scene"
import { readLog } from "@/usecases/audit/read-log"
import { verifyPackage } from "@/verifier/core/verify"
import { folderStore } from "@/adapters/files/folder"
import { TEST_KEYS } from "@/testing/keys"
import { foundRunning } from "@/testing/told"
import { listFindings } from "@/usecases/checks/list-findings"
import { readFile } from "@/usecases/files/read-file"
import { readInbox } from "@/usecases/told/inbox"
import { remind } from "@/usecases/told/remind"
import { plusMillis } from "@/domain/core/instant"
import { addDays, dayIn } from "@/domain/core/day"
import { draftInquiry, listResponsible, typedLetter } from "./draft"
import { answerInquiry, makeInquiry, releaseInquiry } from "./inquiries"
import { listInquiries, readInquiry } from "./read-inquiries"
import { toldOfLetter } from "./told"

let on: TestDatabase
let cast: Cast
let other: string

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  other = await anEntity(on.db)
  await inForce(
    on.db,
    cast,
    "Two",
    ["Pair One", "Pair Two"].map((legalName) => ({ kind: "party", body: typedParty({ legalName }) })),
  )
}, 60_000)
afterAll(() => on.drop())

const legal = () => sceneFor(on.db, cast.legal)
const letter = () => ({
  ...{ authority: "Authority of Data", reference: "17/4", receivedOn: "2026-01-05", dueOn: "2026-02-05" },
  ...{ entityIds: [cast.entityId], ...splitLetter("Dear all,\n1. Which parties?\n2. Why?\n(a) In short") },
})

test("a letter is kept, answered, released by another, and opens a package", async () => {
  expect(await makeInquiry(sceneFor(on.db, cast.requester), letter())).toMatchObject({ code: "not-allowed" })
  expect(await makeInquiry(legal(), { ...letter(), questions: [] })).toMatchObject({ code: "invalid" })
  expect(await makeInquiry(legal(), { ...letter(), dueOn: "2026-01-01" })).toMatchObject({ code: "invalid" })
  expect(await makeInquiry(legal(), { ...letter(), receivedOn: "2900-01-01" })).toMatchObject({ code: "invalid" })
  expect(await makeInquiry(legal(), { ...letter(), instant: "2900-01-01T00:00:00Z" })).toMatchObject({
    code: "invalid",
  })
  expect(await makeInquiry(legal(), { ...letter(), responsible: cast.requester.id })).toMatchObject({ code: "invalid" })
  const bound = sceneFor(on.db, await aPerson(on.db, "Lou Bound", ["legal"], cast.entityId))
  expect(await makeInquiry(bound, { ...letter(), entityIds: [cast.entityId, other] })).toMatchObject({
    says: "not-allowed.inquiry-companies",
  })
  // Our clock is an hour ahead of the database's: now is the earlier of both.
  const ahead = { ...legal(), now: plusMillis(clockNow(), 3_600_000) }
  const both = must(await makeInquiry(ahead, { ...letter(), entityIds: [cast.entityId, other] }))
  expect(await readInquiry(bound, both)).toMatchObject({ code: "not-found" })
  const { id } = must(await makeInquiry(legal(), letter()))
  // The log tells a letter to those alone to whom its page does, and what the register was asked for it.
  const visitor = sceneFor(on.db, await aPerson(on.db, "Vera Visitor", ["supervisor"]))
  const inLog = async (scene: Scene): Promise<string[]> =>
    must(await readLog(scene, { act: "inquiry.make" })).lines.flatMap((line) => line.objects.map((one) => one.id))
  expect(await inLog(legal())).toEqual(expect.arrayContaining([id, both.id]))
  expect(await inLog(bound)).toEqual(expect.arrayContaining([id]))
  expect(await inLog(bound)).not.toContain(both.id)
  expect(await inLog(visitor)).toEqual([])
  expect(must(await readLog(visitor, { object: id })).lines).toEqual([])
  expect(must(await listInquiries(bound, {})).lines.map((one) => one.id)).toEqual([id])
  // What comes later is no part of the answer.
  await inForce(on.db, cast, "Later", [{ kind: "party", body: typedParty({ legalName: "Pair Three" }) }])
  expect(await releaseInquiry(sceneFor(on.db, cast.dpo), { id })).toMatchObject({ says: "conflict.inquiry-open" })
  const query = readQuery("/parties")
  const first = { id, place: 0, n: 1, prose: "These two.", query }
  const wide = { ...first, query: { kind: "table", list: "parties", filters: { nonsense: ["x"] } } }
  expect(await answerInquiry(legal(), wide)).toMatchObject({ fields: [{ says: "invalid.inquiry-query" }] })
  expect(await answerInquiry(legal(), { ...first, fileIds: [`fil_${"0".repeat(26)}`] })).toMatchObject({
    code: "invalid",
  })
  expect(await answerInquiry(legal(), { ...first, prose: " " })).toMatchObject({ code: "invalid" })
  const twice = await Promise.all([1, 2].map(() => answerInquiry(legal(), first)))
  expect(twice.filter((one) => one.ok)).toHaveLength(1)
  must(await answerInquiry(sceneFor(on.db, cast.procurement), { id, place: 1, n: 1, prose: "Because." }))
  must(await answerInquiry(legal(), { id, place: 2, n: 1, prose: "Short." }))
  const page = must(await readInquiry(legal(), { id }))
  expect(page.inquiry).toMatchObject({
    authority: "Authority of Data",
    before: "Dear all,",
    answered: 3,
    released: false,
  })
  expect(page.lines[0]).toMatchObject({ prose: "These two.", result: { count: 2, more: false } })
  expect(page.lines[0]?.query && queryAddress(page.lines[0].query, null)).toBe("/parties")
  expect([page.mayRelease, page.lines.map((one) => one.depth)]).toEqual([false, [0, 0, 1]])
  expect(await orderExport(sceneFor(on.db, cast.dpo), { inquiry: id })).toMatchObject({
    says: "conflict.inquiry-unreleased",
  })
  expect(await releaseInquiry(legal(), { id })).toMatchObject({ says: "not-allowed.own-answer" })
  expect(await releaseInquiry(sceneFor(on.db, cast.procurement), { id })).toMatchObject({ code: "not-allowed" })
  must(await releaseInquiry(sceneFor(on.db, cast.dpo), { id }))
  expect(await releaseInquiry(sceneFor(on.db, cast.secondLegal), { id })).toMatchObject({
    says: "conflict.inquiry-released",
  })
  const supervisor = await aPerson(on.db, "Sven Supervisor", ["supervisor"])
  expect(await orderExport(sceneFor(on.db, supervisor), { inquiry: id })).toMatchObject({ code: "not-found" })
  const { id: ordered } = must(await orderExport(sceneFor(on.db, cast.dpo), { inquiry: id }))
  // Changed since, it waits anew, and so does what was ordered of it.
  must(await answerInquiry(legal(), { id, place: 1, n: 2, prose: "Because of it." }))
  expect(must(await readInquiry(legal(), { id })).inquiry.released).toBe(false)
  await doExports(sceneFor(on.db, OPERATOR), await testSigner(on.db))
  expect(must(await readExport(sceneFor(on.db, cast.dpo), { id: ordered }))).toMatchObject({
    ...{ state: "failed", says: "conflict.inquiry-unreleased", letter: true },
  })
  // The database keeps the two apart, and what was said.
  await expect(
    on.db.execute(sql`insert into inquiry_releases (inquiry_id, n, by_person, at, log_index)
      select inquiry_id, 9, by_person, at, log_index + 1 from inquiry_questions where inquiry_id = ${id} order by log_index desc limit 1`),
  ).rejects.toMatchObject({ cause: { code: "ON093" } })
  for (const table of ["inquiries", "inquiry_questions", "inquiry_releases"])
    await expect(on.db.execute(sql`delete from ${sql.identifier(table)}`)).rejects.toThrow()
})

async function aFile(name: string, legalAdvice = false) {
  const received = must(await receive(legal(), Readable.from([Buffer.from(`%PDF-1.7\n${name}`)]), FILE_LIMITS.paper))
  return must(await putFile(legal(), { name, use: "paper", received, legalAdvice }))
}

test("the package of a letter begins with its questions, answers, records and files, and the verifier holds them", async () => {
  const [paper, bad] = [await aFile("answer.pdf"), await aFile("bad.pdf")]
  const { id } = must(await makeInquiry(legal(), letter()))
  const query = readQuery("/parties?q=pair")
  must(await answerInquiry(legal(), { id, place: 0, n: 1, prose: "These three.", query }))
  const fileIds = [paper.id, bad.id]
  must(await answerInquiry(legal(), { id, place: 1, n: 1, prose: "Because of this paper.", fileIds }))
  must(await answerInquiry(legal(), { id, place: 2, n: 1, prose: "Short." }))
  must(await releaseInquiry(sceneFor(on.db, cast.dpo), { id }))
  // One in which the scanner found something meanwhile, and a party that came later.
  await on.db.execute(sql`update files set scan = 'infected', scan_at = now() where id = ${bad.id}`)
  await inForce(on.db, cast, "Too late", [{ kind: "party", body: typedParty({ legalName: "Pair Four" }) }])
  const dpo = sceneFor(on.db, cast.dpo)
  expect(await orderExport(dpo, { inquiry: id, asOf: "2026-01-02T00:00:00.000Z" })).toMatchObject({
    fields: [{ path: "asOf", says: "invalid.export-inquiry-instant" }],
  })
  expect(await orderExport(dpo, { inquiry: id, scope: { entities: [other] } })).toMatchObject({
    fields: [{ path: "scope.entities", says: "invalid.export-inquiry-companies" }],
  })
  const take = async (input: object) => {
    const made = must(await exported(dpo, { inquiry: id, ...input }))
    const bytes = readFileSync(made.path)
    unlinkSync(made.path)
    return { bytes, sha256: made.sha256, files: unzipSync(bytes) }
  }
  const { bytes, files, sha256 } = await take({})
  expect((await take({})).sha256).toBe(sha256)
  const text = (name: string) => strFromU8(files[name] ?? new Uint8Array())
  const packed = `files/${paper.sha256}.pdf`
  expect(Object.keys(files).slice(0, 5)).toEqual([
    "questions/letter.json",
    "questions/letter.txt",
    "questions/entries.jsonl",
    packed,
    "records/entity.jsonl",
  ])
  const manifest = JSON.parse(text("manifest.json"))
  const told = JSON.parse(text("questions/letter.json"))
  expect([manifest.questions, manifest.asOf]).toEqual(["questions/letter.txt", told.asOf])
  expect(manifest.files[0].name).toBe("questions/letter.json")
  const parties = text("records/party.jsonl")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
  const named = parties.filter((one) => one.sealed.includes("Pair"))
  expect(told.answers).toMatchObject([
    {
      ...{ number: "1.", answer: "These three.", count: 3, more: false, outside: 0, redacted: [], files: [] },
      records: named.map(({ id: record, version, index }) => ({ id: record, kind: "party", version, index })),
    },
    {
      ...{ count: 0, records: [] },
      files: [
        { id: paper.id, name: "answer.pdf", sha256: paper.sha256, packed, why: null },
        { id: bad.id, name: "bad.pdf", sha256: bad.sha256, packed: null, why: "infected" },
      ].sort((a, b) => (a.id < b.id ? -1 : 1)),
    },
    { answer: "Short." },
  ])
  expect(text("questions/letter.txt")).toMatch(/Pair One\n {4}pty_\w+ in records\/party\.jsonl, version 1, entry \d+\n/)
  expect(text("questions/letter.txt")).toContain(`${packed}\n    SHA-256 ${paper.sha256}`)
  expect(text("questions/letter.txt")).toContain("not in this package: the virus scanner found something in it")
  expect(text("README.txt").split("\n")[2]).toBe("BEGIN WITH questions/letter.txt")
  expect(JSON.parse(text("files.json")).slice(0, 2)).toMatchObject([{ record: id, kind: "inquiry" }, { record: id }])
  const noted = await on.db.execute(
    sql`select bytes from log_leaves where act = 'export.make' order by index desc limit 1`,
  )
  expect(JSON.parse(String(noted.rows[0]?.bytes)).after.inquiry).toBe(id)
  const check = (of: Uint8Array) =>
    verifyPackage({ source: { size: of.length, read: async (at, n) => Uint8Array.from(of.subarray(at, at + n)) } })
  const report = await check(bytes)
  expect([report.faults, report.verdict]).toEqual([[], "intact"])
  // Kept, answered and released after the instant, and in the log all the same.
  expect(told.keptIndex).toBeGreaterThanOrEqual(manifest.logSize)
  expect(report.checks).toContainEqual(expect.objectContaining({ name: "letter-log", state: "held" }))
  // What is left out by choice, or lies outside the scope, is said so.
  const [first] = named
  const left = await take({ redactions: [{ record: first.id, reason: "secret" }] })
  const less = JSON.parse(strFromU8(left.files["questions/letter.json"] as Uint8Array)).answers[0]
  expect(less).toMatchObject({ count: 3, redacted: [first.id], outside: 0 })
  expect((await check(left.bytes)).faults).toEqual([])
  const narrow = await take({
    ...{ scope: { entities: [cast.entityId] }, redactions: [{ record: first.id, reason: "secret" }] },
  })
  const none = JSON.parse(strFromU8(narrow.files["questions/letter.json"] as Uint8Array)).answers[0]
  expect(none).toMatchObject({ count: 3, records: [], outside: 3 })
  expect((await check(narrow.bytes)).faults).toEqual([])
})

test("a letter is pasted, corrected and kept by its form, and nothing typed is lost on the way", async () => {
  const form = {
    ...{
      authority: "Office of Data",
      reference: "",
      receivedOn: "2026-01-05",
      dueOn: "",
      instant: "",
      responsible: "",
    },
    ...{
      entityIds: cast.entityId,
      text: "Dear all,\r\n1. Which parties?\r\n2. Why?\r\nand when?\r\n3. x",
      do: "split",
    },
  }
  expect(await draftInquiry(sceneFor(on.db, cast.requester), form)).toMatchObject({ code: "not-allowed" })
  const wrong = async (more: object) => {
    const found = await draftInquiry(legal(), { ...form, ...more })
    return found.ok ? null : [found.says, found.fields?.[0]?.path, found.fields?.[0]?.says]
  }
  expect(await wrong({ text: "" })).toEqual(["invalid.form", "text", "invalid.required"])
  expect(await wrong({ text: "We ask." })).toEqual(["invalid.form", "text", "invalid.inquiry-questions"])
  expect(await wrong({ text: "1. x".padEnd(200_001, "y") })).toEqual(["invalid.form", "text", "invalid.inquiry-long"])
  expect(await wrong({ receivedOn: "05.01.2026" })).toEqual(["invalid.form", "receivedOn", "invalid.day"])
  expect(await wrong({ dueOn: "2026-01-01" })).toEqual(["invalid.form", "dueOn", "invalid.inquiry-due"])
  expect(await wrong({ entityIds: [] })).toEqual(["invalid.form", "entityIds", "invalid.inquiry-companies"])
  expect(await wrong({ instant: "soon" })).toEqual(["invalid.form", "instant", "invalid.instant"])
  expect(await wrong({ instant: "2900-01-01" })).toEqual(["invalid.form", "instant", "invalid.inquiry-future"])
  expect(await wrong({ responsible: cast.requester.id })).toEqual([
    "invalid.form",
    "responsible",
    "invalid.inquiry-person",
  ])
  expect(await wrong({ authority: { a: 1 } })).toEqual(["invalid.form", "authority", "invalid.value"])
  const { fields } = must(await draftInquiry(legal(), form))
  expect(fields).toMatchObject({
    lines: "3",
    before: "Dear all,",
    "text.1": "Why?\nand when?",
    authority: "Office of Data",
  })
  const joined = must(await draftInquiry(legal(), { ...fields, do: "join.2" }))
  expect([joined.at, joined.fields.lines, joined.fields["text.1"]]).toEqual([1, "2", "Why?\nand when?\n3. x"])
  expect(must(await draftInquiry(legal(), { ...joined.fields, do: "again" })).fields.text).toContain("2. Why?")
  const people = must(await listResponsible(legal(), {})).map((one) => one.id)
  expect(people).toEqual(expect.arrayContaining([cast.dpo.id, cast.procurement.id]))
  expect(people).not.toContain(cast.requester.id)
  const { id } = must(await makeInquiry(legal(), typedLetter({ ...joined.fields, "text.0": " " })))
  expect(must(await readInquiry(legal(), { id })).lines.map((one) => one.number)).toEqual(["2."])
})

test("whoever is responsible is told of a letter, and again as its day nears and is past, while they read its companies", async () => {
  const today = dayIn("UTC", legal().now)
  const of = { ...letter(), receivedOn: today, dueOn: addDays(today, 20), responsible: cast.dpo.id }
  const { id } = must(await makeInquiry(legal(), of))
  const inDays = (n: number) => plusMillis(legal().now, n * 86_400_000)
  const told = async (actor = cast.dpo) =>
    must(await readInbox(sceneFor(on.db, actor), {})).told.filter((one) => one.clause === id)
  expect(await told()).toMatchObject([
    { kind: "question", what: "letter-due", title: "Authority of Data", dueOn: of.dueOn, byName: "Lena Law" },
  ])
  await remind({ db: on.db, now: inDays(10) })
  expect(await told()).toHaveLength(1)
  for (const now of [14, 15, 22, 23]) await remind({ db: on.db, now: inDays(now) })
  expect((await told()).map((one) => one.what).sort()).toEqual(["letter-due", "letter-late", "letter-near"])
  // Whoever does not read all its companies is told nothing of it, not even that it is there.
  const far = await aPerson(on.db, "Fay Far", ["dpo"], other)
  await insertTellings(on.db, { occasion: "due", at: legal().now, byPerson: null, mails: true }, [
    toldOfLetter({ id, entityIds: [cast.entityId], dueOn: of.dueOn, responsible: far.id }, "letter-near"),
  ])
  expect(await told(far)).toEqual([])
  expect(must(await readInbox(sceneFor(on.db, far), {})).counts.unseen).toBe(0)
})

test("findings are asked as of the letter's instant, and a file reads with its answer", async () => {
  await foundRunning(on.db, cast)
  const { id } = must(await makeInquiry(legal(), letter()))
  const query = readQuery("/findings?severity=blocking")
  const all = must(await listFindings(legal(), { severity: "blocking" }))
  expect(all.findings.length).toBeGreaterThan(0)
  const files = folderStore(await mkdtemp(join(tmpdir(), "letter-")), TEST_KEYS)
  const as = sceneFor(on.db, cast.legal, { files })
  const received = must(await receive(as, Readable.from([Buffer.from("%PDF-1.7\n%%EOF")]), 1_000_000))
  const { id: fileId } = must(await putFile(as, { name: "list.pdf", use: "paper", received }))
  expect(await readFile(sceneFor(on.db, cast.dpo), { id: fileId })).toMatchObject({ code: "not-found" })
  must(await answerInquiry(legal(), { id, place: 0, n: 1, prose: "This.", query, fileIds: [fileId] }))
  must(await readFile(sceneFor(on.db, cast.dpo), { id: fileId }))
  expect(await readFile(sceneFor(on.db, cast.requester), { id: fileId })).toMatchObject({ code: "not-found" })
  const far = sceneFor(on.db, await aPerson(on.db, "Ben Beyond", ["legal"], other))
  expect(await readFile(far, { id: fileId })).toMatchObject({ code: "not-found" })
  const [line] = must(await readInquiry(sceneFor(on.db, cast.dpo), { id })).lines
  expect(line).toMatchObject({
    files: [{ id: fileId }],
    result: { count: all.counts?.severities.blocking, more: false },
  })
  expect(line?.result?.first[0]).toEqual({
    id: all.findings[0]?.recordId,
    title: `${all.findings[0]?.clause} ${all.findings[0]?.title}`,
    party: all.findings[0]?.partyName,
  })
  // Whoever reads more companies counts those of the letter alone.
  const { id: elsewhere } = must(await makeInquiry(legal(), { ...letter(), entityIds: [other] }))
  must(await answerInquiry(legal(), { id: elsewhere, place: 0, n: 1, prose: "Nothing.", query }))
  expect(must(await readInquiry(legal(), { id: elsewhere })).lines[0]?.result).toMatchObject({ count: 0, first: [] })
  // What is found later was not found then.
  await foundRunning(on.db, cast)
  const [then] = must(await readInquiry(legal(), { id })).lines
  expect(then?.result).toEqual(line?.result)
})
