import { mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { afterAll, beforeAll, expect, test } from "vitest"
import { insertTellings } from "@/db/statements/tellings"
import { readQuery } from "@/domain/inquiries/query"
import { splitLetter } from "@/domain/inquiries/split"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { anEntity, aPerson, sceneFor } from "@/testing/people"
import { aCast, must, type Cast } from "@/testing/requests"
import { folderStore } from "@/adapters/files/folder"
import { TEST_KEYS } from "@/testing/keys"
import { foundRunning } from "@/testing/told"
import { listFindings } from "@/usecases/checks/list-findings"
import { putFile, receive } from "@/usecases/files/put-file"
import { readFile } from "@/usecases/files/read-file"
import { readInbox } from "@/usecases/told/inbox"
import { remind } from "@/usecases/told/remind"
import { plusMillis } from "@/domain/core/instant"
import { addDays, dayIn } from "@/domain/core/day"
import { draftInquiry, listResponsible, typedLetter } from "./draft"
import { toldOfLetter } from "./told"
import { answerInquiry, makeInquiry } from "./inquiries"
import { readInquiry } from "./read-inquiries"

let on: TestDatabase
let cast: Cast
let other: string

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  other = await anEntity(on.db)
}, 60_000)
afterAll(() => on.drop())

const legal = () => sceneFor(on.db, cast.legal)
const letter = () => ({
  ...{ authority: "Authority of Data", reference: "17/4", receivedOn: "2026-01-05", dueOn: "2026-02-05" },
  ...{ entityIds: [cast.entityId], ...splitLetter("Dear all,\n1. Which parties?\n2. Why?\n(a) In short") },
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
  expect(await wrong({ instant: "2900-01-01" })).toEqual(["invalid.form", "instant", "invalid.hold-future"])
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
