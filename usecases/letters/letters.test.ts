import { createHash } from "node:crypto"
import { afterAll, beforeAll, expect, test } from "vitest"
import { sql } from "drizzle-orm"
import { row } from "@/db/connect"
import { known } from "@/domain/core/answer"
import { addDays, dayIn } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement } from "@/testing/flow"
import { anEntity, aPerson, sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { readFile } from "@/usecases/files/read-file"
import { clockNow, newId, type Actor } from "@/usecases/scene"
import { draftLetter, readLetters } from "./read-letters"
import { sendLetter } from "./send-letter"

let on: TestDatabase
let cast: Cast
let paperId: string
let fileId: string
// Where the company is: an hour before midnight in UTC it is the next day there.
const today = dayIn("Europe/Berlin", clockNow())
const last = addDays(today, 200)
const scene = (who: Actor = cast.legal) => sceneFor(on.db, who)
const words = "We give notice. Signed: Jane Signer"

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  const partyId = newId(sceneFor(on.db, cast.requester), "party")
  const between = { entityId: cast.entityId as Id<"entity">, partyId }
  const renewal = known({ way: "tacit" as const, months: 12, noticeMonths: 3 })
  const noticeAddress = known("Quay 1, Dublin")
  const [, id] = await inForce(on.db, cast, "A paper", [
    { kind: "party", recordId: partyId, body: typedParty() },
    {
      kind: "agreement",
      body: typedAgreement(between, [], {
        endsOn: known(last),
        renewal,
        noticeAddress,
        noticeForm: known("in writing"),
      }),
    },
  ])
  paperId = id as string
  fileId = newId(scene(), "file")
  await on.db.execute(sql`insert into files (id, sha256, name, type, size_bytes, by_person, at, legal_advice)
    values (${fileId}, ${createHash("sha256").update("proof").digest("hex")}, 'receipt.pdf', 'application/pdf', 5, ${cast.legal.id}, now(), false)`)
})
afterAll(() => on.drop())

const sent = (over: object = {}) => ({
  ...{ agreementId: paperId, kind: "termination", way: "registered", text: words, fileId },
  ...{ sentOn: addDays(today, -3), receivedOn: addDays(today, -1), ...over },
})

test("is recorded with its proof and the day on which it takes effect, by an event that holds no word of it", async () => {
  const done = must(await sendLetter(scene(), sent()))
  expect(done).toMatchObject({ effectOn: addDays(last, 1), rule: "term" })
  const leaf = await row<{ bytes: string }>(
    on.db,
    sql`select bytes from log_leaves where act = 'letter.send' order by index desc limit 1`,
  )
  expect(leaf?.bytes).toContain(paperId)
  expect(leaf?.bytes).not.toContain("Jane Signer")
  const page = must(await readLetters(scene(cast.procurement), { id: paperId }))
  expect(page.sent).toMatchObject([
    { kind: "termination", text: words, fileName: "receipt.pdf", effectOn: addDays(last, 1) },
  ])
  expect(page).toMatchObject({ today, last })
  // The day is shown with how it follows from the terms, and from the day on which it arrived.
  expect(page.sent[0]?.steps.at(-1)).toEqual({
    ...{ says: "life.step.ends-notice", days: { last, on: addDays(today, -1) }, numbers: {} },
  })
  // Whoever reads the agreement reads the proof; and nothing of the register changed.
  expect(must(await readFile(scene(cast.procurement), { id: fileId })).name).toBe("receipt.pdf")
  expect(page.record.body.noticeGivenOn.state).toBe("blank")
})

test("pressed twice, or by two at once, it is recorded once", async () => {
  expect(await sendLetter(scene(), sent())).toMatchObject({ ok: false, says: "conflict.letter-recorded" })
  const other = sent({ kind: "instruction", text: "Delete what is older than a year." })
  const two = await Promise.all([sendLetter(scene(), other), sendLetter(scene(), other)])
  expect(two.map((one) => one.ok).sort()).toEqual([false, true])
  expect(two.find((one) => !one.ok)).toMatchObject({ says: "conflict.letter-recorded" })
  // The letter of another day is another letter.
  expect(await sendLetter(scene(), { ...other, sentOn: addDays(today, -4) })).toMatchObject({ ok: true })
})

test("until it is known to have arrived it has no day, where notice counts once received", async () => {
  expect(must(await sendLetter(scene(), sent({ receivedOn: null })))).toMatchObject({
    ...{ effectOn: null, rule: "not-received" },
  })
})

test.each([
  ["from tomorrow", { sentOn: addDays(today, 1), receivedOn: null }, "invalid.letter-future"],
  ["received before it was sent", { receivedOn: addDays(today, -9) }, "invalid.letter-received"],
  ["with another's file", { fileId: "fil_0000000000000000000000000a" }, "invalid.no-such-file"],
  ["without a word", { text: " \n " }, "invalid.required"],
  ["without a proof", { fileId: "" }, "invalid.required"],
])("refused: %s", async (_name, over, says) => {
  const outcome = await sendLetter(scene(), sent(over))
  expect(outcome).toMatchObject({ ok: false, code: "invalid", fields: [{ says }] })
})

test("of another company's agreement nothing is known, and requesters record none", async () => {
  const stranger = await aPerson(on.db, "Else Where", ["legal"], await anEntity(on.db))
  expect(await sendLetter(scene(stranger), sent())).toMatchObject({ ok: false, code: "not-found" })
  expect(await readLetters(scene(stranger), { id: paperId })).toMatchObject({ ok: false, code: "not-found" })
  const draft = { agreementId: paperId, kind: "termination", text: words, day: today, title: "Notice" }
  expect(await draftLetter(scene(stranger), draft)).toMatchObject({ ok: false, code: "not-found" })
  expect(await sendLetter(scene(cast.requester), sent())).toMatchObject({ ok: false, code: "not-allowed" })
})

test("the PDF has the same bytes each time; what it cannot show is named", async () => {
  const draft = { agreementId: paperId, kind: "termination", text: words, day: today, title: "Notice" }
  const [one, two] = [must(await draftLetter(scene(), draft)), must(await draftLetter(scene(), draft))]
  expect(one.bytes.equals(two.bytes)).toBe(true)
  expect(await draftLetter(scene(), { ...draft, text: "ש" })).toMatchObject({
    ...{
      ok: false,
      code: "invalid",
      params: { signs: "ש" },
      fields: [{ path: "text", says: "invalid.letter-signs" }],
    },
  })
})
