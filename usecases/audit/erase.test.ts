import { readFile, unlink } from "node:fs/promises"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { rows } from "@/db/connect"
import { known } from "@/domain/core/answer"
import { typedParty } from "@/testing/bodies"
import { typedSharing } from "@/testing/flow"
import { askQuestion } from "@/usecases/questions/ask-question"
import { found } from "@/testing/canaries"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { exported } from "@/testing/log-key"
import { anEntity, aPerson, sceneFor } from "@/testing/people"
import { aCast, inForce, must, submitted, type Cast } from "@/testing/requests"
import { listExports, orderExport } from "@/usecases/exports/ordered"
import { verifyLog } from "@/usecases/log/verify"
import { clockNow, OPERATOR, type Actor } from "@/usecases/scene"
import { readRecord } from "@/usecases/register/read-record"
import { verifyPackage } from "@/verifier/core/verify"
import { decideErasure, findValues, proposeErasure, readErasures, replayErasures } from "./erase"
import { readEvent } from "./read-event"
import { readLog } from "./read-log"
import { findAbout } from "./find-about"
import { exportLog } from "./export-log"

let on: TestDatabase
let cast: Cast
let second: Actor

const dpo = () => sceneFor(on.db, cast.dpo)
const held = () =>
  rows<{ commitment: string; ownerId: string; value: string; salt: string }>(
    on.db,
    sql`select commitment, owner_id as "ownerId", value, encode(salt, 'hex') as salt from disclosures order by commitment`,
  )
const about = { commitments: [] as string[], ground: "GDPR-17" as const, reason: "She asked us" }

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  second = await aPerson(on.db, "Dora Second", ["dpo"])
  await inForce(on.db, cast, "Zelda Quux comes", [
    {
      kind: "party",
      body: typedParty({ legalName: "Pair One", notes: { state: "known", value: "Ask Zelda Quux first" } } as never),
    },
  ])
}, 60_000)
afterAll(() => on.drop())

test("a value is erased by two DPOs, is gone everywhere, and the log still proves itself", async () => {
  const [value] = await held()
  if (!value) throw new Error("nothing is committed")
  const words = value.value.slice(0, 60)
  expect(await findValues(sceneFor(on.db, cast.legal), { words })).toMatchObject({ code: "not-allowed" })
  expect(await findValues(dpo(), { words: "x" })).toMatchObject({ code: "invalid" })
  const { found } = must(await findValues(dpo(), { words }))
  expect(found.map((one) => one.commitment)).toContain(value.commitment)
  expect(must(await findValues(dpo(), { words: "%%%" })).found).toEqual([])
  const asked = { ...about, commitments: [value.commitment] }
  expect(await proposeErasure(sceneFor(on.db, cast.legal), asked)).toMatchObject({ code: "not-allowed" })
  expect(await proposeErasure(dpo(), { ...asked, reason: " " })).toMatchObject({ code: "invalid" })
  expect(await proposeErasure(dpo(), { ...asked, commitments: ["0".repeat(64)] })).toMatchObject({ code: "conflict" })
  const { id } = must(await proposeErasure(dpo(), asked))
  expect(await decideErasure(dpo(), { id, verdict: "approve" })).toMatchObject({ says: "not-allowed.own-erasure" })
  expect(must(await readErasures(sceneFor(on.db, second), {})).lines).toMatchObject([{ id, may: true }])
  const both = await Promise.all([1, 2].map(() => decideErasure(sceneFor(on.db, second), { id, verdict: "approve" })))
  expect(both.filter((one) => one.ok)).toHaveLength(1)
  expect((await held()).map((one) => one.commitment)).not.toContain(value.commitment)
  expect(must(await findValues(dpo(), { words })).found.map((one) => one.commitment)).not.toContain(value.commitment)
  // The entry names ids and commitments, and no word of it.
  const leaves = await rows<{ bytes: string; index: number }>(
    on.db,
    sql`select bytes, index from log_leaves where act like 'disclosure.%' order by index`,
  )
  expect(leaves).toHaveLength(2)
  for (const { bytes } of leaves) expect(bytes).not.toContain(value.value)
  expect(leaves[1]?.bytes).toContain(value.commitment)
  expect(await verifyLog(on.db)).toMatchObject({ whole: true })
  // It does not come back under its commitment, whoever writes it.
  await expect(
    on.db.execute(sql`insert into disclosures (commitment, owner_id, salt, value)
      values (${value.commitment}, ${value.ownerId}, decode(${value.salt}, 'hex'), ${value.value})`),
  ).rejects.toMatchObject({ cause: { code: "ON102" } })
  // A refusal keeps everything.
  const [other] = await held()
  if (!other) throw new Error("nothing is left")
  const again = must(await proposeErasure(dpo(), { ...about, commitments: [other.commitment] }))
  must(await decideErasure(sceneFor(on.db, second), { id: again.id, verdict: "refuse" }))
  expect((await held()).map((one) => one.commitment)).toContain(other.commitment)
  // After a restore what was erased since is erased again, once.
  const operator = { ...dpo(), actor: OPERATOR, now: clockNow() }
  expect(await replayErasures(operator, [other.commitment, value.commitment, "no commitment"])).toBe(1)
  expect(await replayErasures(operator, [other.commitment])).toBe(0)
  expect((await held()).map((one) => one.commitment)).not.toContain(other.commitment)
  expect(await verifyLog(on.db)).toMatchObject({ whole: true })
})

test("the log is read from both ends, found by name, told entry by entry, and taken along as it is shown", async () => {
  const reader = sceneFor(on.db, cast.legal)
  const oldest = must(await readLog(reader, { after: -1, size: 3 }))
  expect(oldest.lines.map((one) => one.index)).toEqual([2, 1, 0])
  expect([oldest.next, oldest.newer]).toEqual([null, 2])
  const newer = must(await readLog(reader, { after: 2, size: 3 }))
  expect(newer.lines.map((one) => one.index)).toEqual([5, 4, 3])
  expect([newer.next, newer.newer]).toEqual([3, 5])
  const newest = must(await readLog(reader, { size: 3 }))
  expect([newest.newer, newest.next]).toEqual([null, newest.size - 3])
  const people = must(await findAbout(reader, { person: "dora s" }))
  expect(people).toEqual([{ field: "person", id: second.id, name: "Dora Second" }])
  expect(must(await findAbout(reader, { record: "pair one" }))).toMatchObject([{ field: "record", name: "Pair One" }])
  expect(must(await findAbout(reader, { request: "R-1" }))).toMatchObject([{ field: "request" }])
  const chief = sceneFor(on.db, await aPerson(on.db, "Adam Min", ["administrator"]))
  expect(must(await findAbout(chief, { record: "pair one", request: "1" }))).toEqual([])
  const [named] = must(await readLog(reader, { act: "disclosure.erase", size: 1 })).lines
  const event = must(await readEvent(reader, { index: named?.index ?? -1 }))
  expect(event.members.map((one) => one.path)).toContain("commitments")
  expect(await readEvent(reader, { index: 10_000 })).toMatchObject({ code: "not-found" })
  const file = async (scene: typeof reader, format: "csv" | "jsonl") => {
    let text = ""
    for await (const part of must(await exportLog(scene, { act: "disclosure.erase" }, format))) text += part
    return text.trimEnd().split("\n")
  }
  const leaves = await file(reader, "jsonl")
  expect(leaves).toHaveLength(2)
  expect(leaves[0]).toBe(named?.bytes)
  expect(await file(reader, "csv")).toHaveLength(3)
  expect(await exportLog(sceneFor(on.db, cast.requester), {}, "csv")).toMatchObject({ code: "not-allowed" })
})

test("two erased texts are two: the record still says since when the one that stands was known", async () => {
  const body = (said: string) => typedParty({ legalName: "Pair Two", notes: { state: "known", value: said } } as never)
  const [recordId = ""] = await inForce(on.db, cast, "One", [{ kind: "party", body: body("First Quux word") }])
  // The third version says something else of another field alone.
  for (const website of ["https://two.example", "https://three.example"])
    await inForce(on.db, cast, "Next", [
      { kind: "party", op: "change", recordId, body: { ...body("Second Quux word"), website: known(website) } },
    ])
  const read = async () => must(await readRecord(sceneFor(on.db, cast.legal), { id: recordId, asOf: null, on: null }))
  const since = async () => (await read()).learnt.find((one) => one.path === "notes")?.version
  expect(await since()).toBe(2)
  const commitments = (await held()).filter((one) => one.value.endsWith(" Quux word")).map((one) => one.commitment)
  const { id } = must(await proposeErasure(dpo(), { ...about, commitments }))
  must(await decideErasure(sceneFor(on.db, second), { id, verdict: "approve" }))
  const { versions } = await read()
  expect(versions.map((one) => (one.body as { notes: object }).notes)).toEqual(
    Array.from({ length: 3 }, () => ({ state: "known", value: "[erased]" })),
  )
  expect(await since()).toBe(2)
})

test("a package that a supervisor asked for stands in nobody else's list while their looks are sealed", async () => {
  const visitor = sceneFor(on.db, await aPerson(on.db, "Vera Visitor", ["supervisor"]))
  const own = must(await orderExport(dpo(), {}))
  const theirs = must(await orderExport(visitor, {}))
  const ids = async (scene: typeof visitor) => must(await listExports(scene, {})).lines.map((one) => one.id)
  expect([await ids(visitor), await ids(dpo())]).toEqual([[theirs.id], [own.id]])
})

test("a package names what was erased, and the verifier takes a value that is gone and named, and no other", async () => {
  const made = must(await exported(dpo()))
  const bytes = await readFile(made.path)
  await unlink(made.path)
  const source = { size: bytes.length, read: async (at: number, n: number) => bytes.subarray(at, at + n) }
  const report = await verifyPackage({ source })
  expect(report).toMatchObject({ verdict: "intact", faults: [] })
  expect(report.notes.join()).toMatch(/^Texts that were erased: [1-9]/)
  expect(bytes.toString("latin1")).toContain("[erased]")
})

test("a DPO of another company finds nothing of this one's: no question, no proposal, no erasure, whatever came of it", async () => {
  const elsewhere = await anEntity(on.db)
  const theirs = sceneFor(on.db, await aPerson(on.db, "Dina Elsewhere", ["dpo"], elsewhere))
  const ours = sceneFor(on.db, await aPerson(on.db, "Doris Ours", ["dpo"], cast.entityId))
  const visitor = sceneFor(on.db, await aPerson(on.db, "Vic Visitor", ["supervisor"], cast.entityId))
  const party = (await rows<{ id: string }>(on.db, sql`select record_id as id from party_rows limit 1`))[0]?.id ?? ""
  const notes = { state: "known", value: "Wilma Quagga keeps it" }
  const between = { entityId: cast.entityId, partyId: party as never }
  const sharing = await found(
    on.db,
    cast,
    "Running",
    typedSharing(between as never, { title: "Plain", notes } as never),
  )
  must(await askQuestion(visitor, { subjectId: sharing, words: "What of Wilma Quagga?" }))
  await submitted(on.db, cast, "Proposed alone", [
    {
      kind: "sharing",
      body: typedSharing(between as never, { title: "New", notes: { ...notes, value: "Wilma Quagga anew" } } as never),
    },
  ])
  const words = "Wilma Quagga"
  const values = must(await findValues(ours, { words })).found
  expect(values.map((one) => one.value).sort()).toEqual([
    "What of Wilma Quagga?",
    "Wilma Quagga anew",
    "Wilma Quagga keeps it",
  ])
  expect(must(await findValues(theirs, { words }))).toEqual({ found: [], more: false })
  const question = values.filter((one) => one.ownerId.startsWith("qst_")).map((one) => one.commitment)
  const asked = { ...about, commitments: question, reason: "Wilma Quagga asked" }
  expect(await proposeErasure(theirs, asked)).toMatchObject({ code: "not-found" })
  const { id } = must(await proposeErasure(ours, asked))
  const seen = async (scene: typeof ours) => must(await readErasures(scene, {})).lines.filter((one) => one.id === id)
  expect([(await seen(ours)).length, await seen(theirs)]).toEqual([1, []])
  must(await decideErasure(sceneFor(on.db, second), { id, verdict: "approve" }))
  expect((await seen(ours)).map((one) => one.reasonText)).toEqual(["Wilma Quagga asked"])
  expect(await seen(theirs)).toEqual([])
  expect(must(await findValues(theirs, { words })).found).toEqual([])
})
