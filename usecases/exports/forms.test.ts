import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { mkdtempSync, readdirSync } from "node:fs"
import { copyFile, readFile, rename, rm, unlink } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { Readable } from "node:stream"
import { strFromU8, unzipSync } from "fflate"
import { afterAll, beforeAll, expect, test } from "vitest"
import { folderStore } from "@/adapters/files/folder"
import { claimExport, exportFailed, exportLeft, exportReached } from "@/db/statements/exports"
import { logHead } from "@/db/statements/log"
import { known } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import { CHECKS } from "@/domain/exports/readme"
import type { Agreement } from "@/domain/records/agreement"
import { eachRow } from "@/formats/table"
import { openXlsx, sheetNames } from "@/formats/xlsx"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement, typedAssessment, typedSharing } from "@/testing/flow"
import { TEST_KEYS } from "@/testing/keys"
import { exported, testSigner } from "@/testing/log-key"
import { aPerson, sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { FILE_LIMITS, putFile, receive, type PutFile } from "@/usecases/files/put-file"
import { newId, OPERATOR, type Actor, type Scene } from "@/usecases/scene"
import { article30 } from "./article-30"
import { exportRegister } from "./export-register"
import { doExports } from "./jobs"
import { orderExport, readExport, stopExport, takeExport } from "./ordered"

/** As the letter says it. */
const keyPrint = (key: Buffer): string => (key.toString("hex").match(/.{4}/g) ?? []).join(" ")
const store = folderStore(join(mkdtempSync(join(tmpdir(), "onward-forms-")), "files"), TEST_KEYS)
let on: TestDatabase
let cast: Cast
/** A lawyer proposes, who alone may lay advice beside a paper. */
let by: Cast
let [paper, advice, gone] = [] as unknown as [PutFile, PutFile, PutFile]
let [party, sharing] = [] as unknown as [Id<"party">, Id<"sharing">]

const HOSTILE = "=cmd|' /C calc'!A0 \u0007 漢字 😀"
const as = (actor: Actor): Scene => sceneFor(on.db, actor, { files: store })

async function put(name: string, legalAdvice = false): Promise<PutFile> {
  const received = must(
    await receive(as(by.requester), Readable.from([Buffer.from(`%PDF-1.7\n${name}`)]), FILE_LIMITS.paper),
  )
  return must(await putFile(as(by.requester), { name, use: "paper", received, legalAdvice }))
}

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  by = { ...cast, requester: await aPerson(on.db, "Laura Legal", ["requester", "legal"]) }
  ;[paper, advice, gone] = [await put("paper.pdf"), await put("advice.pdf", true), await put("gone.pdf")]
  const scene = as(by.requester)
  ;[party, sharing] = [newId(scene, "party"), newId(scene, "sharing")]
  const between = { entityId: cast.entityId as Id<"entity">, partyId: party }
  const files = [paper, advice, gone].map(({ id, sha256, name }) => ({
    fileId: id as Id<"file">,
    sha256,
    name,
    pages: known(1),
  }))
  const papers = { ...typedAgreement(between, []), kind: "confidentiality", knownHow: "stated", checklist: [], files }
  await inForce(on.db, by, "A flow", [
    { kind: "party", recordId: party, body: typedParty({ legalName: HOSTILE, risk: known("low") }) },
    { kind: "sharing", recordId: sharing, body: typedSharing(between) },
    { kind: "agreement", body: typedAgreement(between, [sharing]) },
    { kind: "agreement", body: papers as Agreement },
    { kind: "assessment", body: typedAssessment(party, { validUntil: known(day("2099-12-31")) }) },
  ])
  await store.remove(gone.sha256)
}, 60_000)
afterAll(() => on.drop())

type Json = ReturnType<typeof JSON.parse>

async function taken(input: object = {}): Promise<Map<string, Buffer>> {
  const made = must(await exported(as(cast.dpo), input))
  const bytes = await readFile(made.path)
  if (process.env.ONWARD_KEEP_PACKAGE && "files" in input && input.files === "all")
    await copyFile(made.path, process.env.ONWARD_KEEP_PACKAGE)
  await unlink(made.path)
  return new Map(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, Buffer.from(part)]))
}

const text = (files: Map<string, Buffer>, name: string): string => strFromU8(files.get(name) ?? new Uint8Array())
const lines = (files: Map<string, Buffer>, name: string): Json[] =>
  text(files, name)
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line))

async function sheet(bytes: Buffer, name: string): Promise<Record<string, string>[]> {
  const table = must(await openXlsx({ bytes }, { sheet: name }))
  const rows: Record<string, string>[] = []
  await eachRow(
    table,
    ({ cells }) => void rows.push(Object.fromEntries(table.header.map((head, i) => [head, cells[i] ?? ""]))),
  )
  return rows
}

test("workbook, linked data, findings, coverage and report say what the register holds", async () => {
  const files = await taken()
  const book = files.get("workbook.xlsx") as Buffer
  expect(must(await sheetNames({ bytes: book }))).toContain("Article 30(1)")
  expect(await sheet(book, "Article 30(1)")).toMatchObject([
    {
      "Number in the register": sharing,
      "(d) Recipient": HOSTILE,
      "(c) Categories of people": "Registered user",
      Standing: "approved",
    },
  ])
  const [card] = await sheet(book, "CNIL sheet")
  expect(card?.["Created"]).toMatch(/^20\d\d-.*Z$/)
  expect((await sheet(book, "Kinds by recipient")).length).toBe(2)
  expect((await sheet(book, "About"))[0]).toBeDefined()
  const graph = (JSON.parse(text(files, "dpv.jsonld")) as Json)["@graph"]
  expect(graph.map((node: Json) => node["@id"])).toEqual(
    expect.arrayContaining([`reg:${party}`, `reg:${sharing}`, `reg:${cast.entityId}`]),
  )
  const coverage = lines(files, "coverage.jsonl")
  expect(coverage).toMatchObject([{ record: sharing, entity: cast.entityId, coverage: { own: expect.any(Array) } }])
  for (const one of lines(files, "findings.jsonl"))
    expect(one).toMatchObject({
      clause: expect.any(String),
      severity: expect.stringMatching(/^(blocking|warning|advice)$/),
      record: expect.any(String),
    })
  expect(lines(files, "findings.jsonl").length).toBeGreaterThan(0)
  const report = files.get("report.pdf") as Buffer
  expect(report.subarray(0, 5).toString()).toBe("%PDF-")
  expect(text(files, "README.txt")).toContain("sha256sum")
})

test("files go in by choice; all are named by their hashes, and what stays out says why; advice is nowhere", async () => {
  const mine = [paper, advice, gone].map(({ id }) => id)
  const listOf = (files: Map<string, Buffer>): Json[] =>
    (JSON.parse(text(files, "files.json")) as Json[]).filter(({ file }) => mine.includes(file))
  const none = listOf(await taken())
  expect(none.map(({ sha256, packed, why }) => ({ sha256, packed, why }))).toEqual(
    [paper, gone].map(({ sha256 }) => ({ sha256, packed: null, why: "not-asked" })),
  )
  const all = await taken({ files: "all" })
  const listed = listOf(all)
  expect(listed.map(({ name, why }) => [name, why])).toEqual([
    ["paper.pdf", null],
    ["gone.pdf", "missing"],
  ])
  const bytes = all.get(`files/${paper.sha256}.pdf`) as Buffer
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(paper.sha256)
  expect([...all.keys()].filter((name) => name.startsWith("files/"))).toEqual([`files/${paper.sha256}.pdf`])
  const chosen = await taken({ files: [gone.sha256] })
  expect([...chosen.keys()].filter((name) => name.startsWith("files/"))).toEqual([])
  for (const name of all.keys()) expect([name, text(all, name).includes(advice.sha256)]).toEqual([name, false])
})

test("taken again they have the same bytes; what was left out of the scope is in none of them", async () => {
  const asOf = must(await exported(as(cast.dpo))).asOf
  const [one, two] = [await taken({ asOf }), await taken({ asOf })]
  for (const name of [
    "workbook.xlsx",
    "dpv.jsonld",
    "report.pdf",
    "findings.jsonl",
    "coverage.jsonl",
    "files.json",
    "README.txt",
  ])
    expect([name, two.get(name)?.equals(one.get(name) as Buffer)]).toEqual([name, true])
  // What is read again from the disk, as in a large register, is what is read again from memory.
  const order = { asOf, mainland: { reasons: "A test goes to nobody." } }
  const anew = must(await exportRegister(as(cast.dpo), await testSigner(on.db), order, { held: 0 }))
  expect(unzipSync(await readFile(anew.path))["manifest.note"]).toEqual(Uint8Array.from(one.get("manifest.note") ?? []))
  await unlink(anew.path)
  const without = await taken({ redactions: [{ record: party, reason: "no affair" }] })
  for (const name of ["workbook.xlsx", "dpv.jsonld", "findings.jsonl", "coverage.jsonl"])
    expect([name, text(without, name).includes("漢字")]).toEqual([name, false])
  const empty = await taken({ scope: { modes: ["disclose"] } })
  expect(await sheet(empty.get("workbook.xlsx") as Buffer, "Article 30(1)")).toEqual([])
  expect(text(empty, "coverage.jsonl")).toBe("")
})

test("a package that is stopped while it is sealed says so, is not in the log, and leaves nothing on the disk", async () => {
  const { id } = must(await orderExport(as(cast.dpo), { mainland: { reasons: "A test goes to nobody." } }))
  const before = await logHead(on.db)
  const left = (): string[] => readdirSync(dirname(store.temporary()), { recursive: true }).map(String).sort()
  const had = left()
  const files = {
    ...store,
    stage: async (source: Parameters<typeof store.stage>[0]) => {
      must(await stopExport(as(cast.dpo), { id }))
      return store.stage(source)
    },
  }
  expect(await doExports({ ...as(OPERATOR), files }, await testSigner(on.db))).toBe(1)
  expect(must(await readExport(as(cast.dpo), { id }))).toMatchObject({ state: "stopped", sha256: null })
  expect(await takeExport(as(cast.dpo), { id })).toMatchObject({ ok: false })
  expect((await logHead(on.db)).size).toBe(before.size)
  expect(left()).toEqual(had)
})

test("a worker that had a package before another took it says nothing about it any more", async () => {
  const { id } = must(await orderExport(as(cast.dpo), { mainland: { reasons: "A test goes to nobody." } }))
  const one = await claimExport(on.db, 0)
  const two = await claimExport(on.db, 60)
  expect([one, two].map((taken) => [taken?.id, taken?.takes])).toEqual([1, 2].map((takes) => [id, takes]))
  if (!one || !two) throw new Error("nobody took it")
  const far = { done: 1, total: 2, seconds: 60 }
  await exportFailed(on.db, one, "exports.failed.broke", sceneFor(on.db, cast.dpo).now)
  await exportLeft(on.db, one)
  expect([await exportReached(on.db, one, far), await exportReached(on.db, two, far)]).toEqual([false, true])
  expect(must(await readExport(as(cast.dpo), { id }))).toMatchObject({ state: "running", done: 1, total: 2 })
  must(await stopExport(as(cast.dpo), { id }))
})

test("the checks of the README hold on a package, run as they stand there", async () => {
  const tools = ["unzip", "python3", "openssl", "sha256sum"].filter((tool) => spawnSync("which", [tool]).status !== 0)
  if (tools.length > 0)
    return process.stderr.write(`NOT CHECKED, for want of ${tools.join(", ")}: the commands of the README\n`)
  const made = must(await exported(as(cast.dpo), { files: "all" }))
  const folder = mkdtempSync(join(tmpdir(), "onward-readme-"))
  await rename(made.path, join(folder, "PACKAGE.zip"))
  const run = (command: string): string => {
    const { stdout, stderr, status } = spawnSync("sh", ["-c", command], { cwd: folder, encoding: "utf8" })
    return `${status} ${stdout}${stderr}`
  }
  expect(run(CHECKS.archive)).toContain(made.sha256)
  const readme = await readFile(join(folder, "README.txt"), "utf8")
  for (const command of Object.values(CHECKS)) expect(readme).toContain(command)
  expect(run(CHECKS.manifest)).toBe("0 altered or missing: none - not named: none\n")
  const [key] = JSON.parse(await readFile(join(folder, "log", "keys.json"), "utf8")) as { key: string }[]
  const signed = run(CHECKS.signature.replace("PUT-THE-KEY-HERE", keyPrint(Buffer.from(key?.key ?? "", "base64"))))
  expect(signed).toContain("Signature Verified Successfully")
  expect(signed).toContain("it is this manifest")
  expect(run(CHECKS.entries)).toMatch(/^0 [1-9]\d* entries, 0 of them altered\n$/)
  expect(run(CHECKS.root)).toBe("0 manifest: True\ncheckpoint: True\n")
  await rm(folder, { recursive: true, force: true })
})

test("the records of Article 30 of one company come as one file, in either form, within what somebody may read", async () => {
  const book = must(await article30(as(cast.dpo), { entity: cast.entityId }))
  const parts: Buffer[] = []
  for await (const part of book.stream) parts.push(part as Buffer)
  const bytes = Buffer.concat(parts)
  expect([bytes.length, createHash("sha256").update(bytes).digest("hex")]).toEqual([book.bytes, book.sha256])
  expect(must(await sheetNames({ bytes }))).toEqual(["About", "Article 30(1)", "Article 30(2)"])
  expect(await sheet(bytes, "Article 30(1)")).toMatchObject([{ "(d) Recipient": HOSTILE }])
  const pdf = must(await article30(as(cast.dpo), { entity: cast.entityId, form: "pdf" }))
  expect((await pdf.stream[Symbol.asyncIterator]().next()).value.subarray(0, 5).toString()).toBe("%PDF-")
  const bound = {
    ...cast.dpo,
    held: cast.dpo.held.map((one) => ({ ...one, entityId: "ent_01hf7yat0100000000000000zz" })),
  } as Actor
  expect(await article30(as(bound), { entity: cast.entityId })).toMatchObject({ ok: false, code: "not-found" })
  expect(await article30(as(cast.procurement), { entity: cast.entityId })).toMatchObject({
    ok: false,
    code: "not-allowed",
  })
  expect(await article30(as(cast.dpo), { entity: "nothing" })).toMatchObject({ ok: false, code: "invalid" })
  expect(await article30(as(cast.dpo), { entity: cast.entityId, asOf: "2001-01-01T00:00:00.000Z" })).toMatchObject({
    ok: false,
  })
})

test("the package before it is one that its taker may know of: no supervisor's but their own", async () => {
  const [visitor, other] = [
    await aPerson(on.db, "Vera Visitor", ["supervisor"]),
    await aPerson(on.db, "Otto Other", ["supervisor"]),
  ]
  /** Of which size the package is, and that of the one that it names before it. */
  const sizes = async (who: Actor): Promise<[number, number]> => {
    const made = must(await exported(as(who), { scope: { kinds: ["entity"] } }))
    const files = unzipSync(await readFile(made.path))
    await unlink(made.path)
    const said = (name: string): Json => JSON.parse(strFromU8(files[name] ?? new Uint8Array()))
    return [said("manifest.json").logSize, said("log/previous.json")?.logSize]
  }
  const [ours] = await sizes(cast.dpo)
  const [theirs, before] = await sizes(visitor)
  expect([before, (await sizes(other))[1]]).toEqual([ours, ours])
  expect((await sizes(visitor))[1]).toBe(theirs)
  const [again, last] = await sizes(cast.dpo)
  expect(last).toBe(ours)
  expect((await sizes(visitor))[1]).toBe(again)
})
