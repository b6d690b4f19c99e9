import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { sql } from "drizzle-orm"
import { rows } from "@/db/connect"
import type { Id } from "@/domain/core/id"
import { known } from "@/domain/core/answer"
import { WITHHELD } from "@/domain/records/withheld"
import { typedParty } from "@/testing/bodies"
import { found } from "@/testing/canaries"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement, typedConsent, typedSharing } from "@/testing/flow"
import { actorById, anEntity, aPerson, sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import type { Actor } from "@/usecases/scene"
import { openVisit } from "@/usecases/visits/open-visit"
import { addToQuestion, answerQuestion, askQuestion } from "./ask-question"
import { listQuestions, readQuestion } from "./read-questions"

let on: TestDatabase
let cast: Cast
let elsewhere: Id<"entity">
let supervisor: Actor
let inside: { party: string; sharing: string; agreement: string }
let outside: string[]

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  elsewhere = await anEntity(on.db)
  const [party] = (await inForce(on.db, cast, "Open", [
    { kind: "party", body: typedParty({ legalName: "Open Ltd" }) },
  ])) as [string]
  const between = { entityId: cast.entityId, partyId: party } as never
  const there = { entityId: elsewhere, partyId: party } as never
  const sharing = await found(on.db, cast, "Found", typedSharing(between, { title: "A plain flow" }))
  const [agreement, consent] = (await inForce(on.db, cast, "Papers", [
    { kind: "agreement", body: typedAgreement(between, [], { title: "A plain paper" }) },
    {
      kind: "consent",
      body: typedConsent(cast.entityId as Id<"entity">, { title: "Of another kind", parties: known([party as never]) }),
    },
  ])) as [string, string]
  inside = { party, sharing, agreement }
  outside = [consent, await found(on.db, cast, "Elsewhere", typedSharing(there, { title: "Of another company" }))]
  const { id: personId } = await aPerson(on.db, "Sven Supervisor", [])
  const kinds = ["party", "sharing", "agreement"]
  const admin = sceneFor(on.db, await aPerson(on.db, "Ada Min", ["administrator"]))
  must(await openVisit(admin, { personId, entityIds: [cast.entityId], kinds, lastDay: "2199-12-31" }))
  supervisor = await actorById(on.db, personId)
}, 60_000)
afterAll(() => on.drop())

describe("a question to the company", () => {
  let id: string
  test("is asked about what the supervisor reads, and of nothing else", async () => {
    const scene = sceneFor(on.db, supervisor)
    id = must(
      await askQuestion(scene, { subjectId: inside.sharing, words: "Why is this kept?", dueOn: "2099-01-01" }),
    ).id
    for (const subjectId of outside)
      expect([subjectId, await askQuestion(scene, { subjectId, words: "What is this?" })]).toMatchObject([
        subjectId,
        { ok: false, code: "not-found" },
      ])
    expect(await askQuestion(scene, { subjectId: inside.party, words: "?", dueOn: "2020-01-01" })).toMatchObject({
      fields: [{ says: "invalid.question-over" }],
    })
  })
  test("is told to legal and DPO, who answer with what they read; both see the thread, each what is theirs to see", async () => {
    const told = await rows<{ who: string }>(
      on.db,
      sql`select person_id as who from tellings where kind = 'question' order by 1`,
    )
    expect(told.map((one) => one.who)).toEqual([cast.legal.id, cast.dpo.id, cast.secondLegal.id].sort())
    const dpo = sceneFor(on.db, cast.dpo)
    expect(must(await listQuestions(dpo, { state: "open" }))).toMatchObject({
      questions: [{ id, words: "Why is this kept?", answered: false }],
      counts: { open: 1, late: 0 },
      names: { [cast.entityId]: expect.any(String) },
    })
    const canary = outside.find((one) => one.startsWith("con_")) ?? ""
    const answer = { questionId: id, words: "Because of the contract.", recordIds: [inside.agreement, canary] }
    expect(await answerQuestion(dpo, { ...answer, recordIds: ["shr_00000000000000000000000000"] })).toMatchObject({
      fields: [{ says: "invalid.question-record" }],
    })
    expect(await answerQuestion(dpo, { ...answer, fileIds: ["fil_00000000000000000000000000"] })).toMatchObject({
      fields: [{ says: "invalid.question-file" }],
    })
    expect(await answerQuestion(sceneFor(on.db, cast.requester), answer)).toMatchObject({ ok: false })
    must(await answerQuestion(dpo, answer))
    const scene = sceneFor(on.db, supervisor)
    const thread = must(await readQuestion(scene, { id }))
    expect(thread.replies).toMatchObject([
      { side: "company", words: "Because of the contract.", recordIds: [inside.agreement, WITHHELD] },
    ])
    expect(JSON.stringify(thread)).not.toContain(canary)
    must(await addToQuestion(scene, { questionId: id, words: "Thank you." }))
    expect(must(await readQuestion(dpo, { id })).replies.map((one) => one.words)).toEqual([
      "Because of the contract.",
      "Thank you.",
    ])
    expect(must(await listQuestions(scene, { state: "open" }))).toMatchObject({ questions: [], counts: { open: 0 } })
  })
  test("is nobody's else: not another supervisor's, not another company's", async () => {
    const other = await aPerson(on.db, "Olga Other", ["supervisor"], cast.entityId)
    const lawyer = await aPerson(on.db, "Lea Elsewhere", ["legal"], elsewhere)
    for (const one of [other, lawyer]) {
      expect(must(await listQuestions(sceneFor(on.db, one), {})).questions).toEqual([])
      expect(await readQuestion(sceneFor(on.db, one), { id })).toMatchObject({ ok: false, code: "not-found" })
    }
    await expect(on.db.execute(sql`update questions set due_on = null`)).rejects.toThrow()
  })
})
