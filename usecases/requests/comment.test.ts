import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { rows } from "@/db/connect"
import type { Actor } from "@/usecases/scene"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedSharing } from "@/testing/flow"
import { anEntity, aPerson, sceneFor } from "@/testing/people"
import { aCast, drafted, must, submitted, type Cast, type Submitted } from "@/testing/requests"
import { readInbox } from "@/usecases/told/inbox"
import { commentRequest, turnThread } from "./comment"
import { dropProposal, saveProposal } from "./draft-request"
import { readRequest } from "./read-request"
import { submitRequest } from "./submit-request"
import { reopenRequest } from "./talk"

let on: TestDatabase
let cast: Cast
let request: Submitted
let party: string

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  request = await submitted(on.db, cast, "Talked about", [{ kind: "party", body: typedParty() }])
  party = request.recordIds[0] as string
})
afterAll(() => on.drop())

const say = (who: Actor, words: string, more: object = {}) =>
  commentRequest(sceneFor(on.db, who), { requestId: request.requestId, words, ...more })
const turn = (who: Actor, thread: string, to: string) =>
  turnThread(sceneFor(on.db, who), { requestId: request.requestId, thread, turn: to })
async function toldOf(who: Actor): Promise<string[]> {
  const found = await rows<{ kind: string }>(
    on.db,
    sql`select kind from tellings where person_id = ${who.id} and request_id = ${request.requestId} and kind <> 'decide' order by at, key`,
  )
  return found.map((one) => one.kind)
}

test("a comment on a field is a thread that others answer, settle and take up again, each with its event", async () => {
  const { id } = must(await say(cast.legal, "Which name is registered?", { path: `${party}.legalName` }))
  must(await say(cast.requester, "The second one.", { thread: id }))
  expect(await turn(cast.legal, id, "reopened")).toMatchObject({ ok: false, says: "conflict.thread" })
  must(await turn(cast.legal, id, "resolved"))
  expect(await turn(cast.requester, id, "resolved")).toMatchObject({ ok: false, says: "conflict.thread" })
  must(await turn(cast.requester, id, "reopened"))
  const page = must(await readRequest(sceneFor(on.db, cast.dpo), { id: request.requestId }))
  expect(page.comments.map((one) => [one.path, one.threadId])).toEqual([
    [`${party}.legalName`, null],
    [`${party}.legalName`, id],
  ])
  expect(page.turns.map((one) => [one.commentId, one.turn, page.names[one.personId]])).toEqual([
    [id, "resolved", "Lena Law"],
    [id, "reopened", "Rita Request"],
  ])
  const events = await rows<{ act: string }>(
    on.db,
    sql`select act from log_leaves where request_id = ${request.requestId} and act like 'request.thread%' order by index`,
  )
  expect(events.map((one) => one.act)).toEqual(["request.thread-settled", "request.thread-reopened"])
})

test("two who settle one thread at once: one does, the other is told", async () => {
  const { id } = must(await say(cast.legal, "At once"))
  const both = await Promise.all([turn(cast.dpo, id, "resolved"), turn(cast.procurement, id, "resolved")])
  expect(both.filter((one) => one.ok)).toHaveLength(1)
  expect(both.find((one) => !one.ok)).toMatchObject({ says: "conflict.thread" })
})

test("who is named is told, once; who may not read it is no name", async () => {
  const other = await anEntity(on.db)
  const stranger = await aPerson(on.db, "Sten Stranger", ["legal"], other)
  const flow = typedSharing({ entityId: cast.entityId as never, partyId: party as never })
  const here = await submitted(on.db, cast, "Here", [{ kind: "sharing", body: flow }])
  const of = { ...request }
  request = { ...here }
  const seen = must(await readRequest(sceneFor(on.db, cast.legal), { id: here.requestId }))
  expect(seen.nameable.all).toContain("Dora Protect")
  expect(seen.nameable.all).not.toContain("Sten Stranger")
  const said = must(await say(cast.legal, "@Dora Protect and @Sten Stranger and @Lena Law: see?"))
  expect(said.mentions).toEqual([cast.dpo.id])
  expect(await toldOf(cast.dpo)).toEqual(["mentioned"])
  expect(await toldOf(stranger)).toEqual([])
  expect(await toldOf(cast.requester)).toEqual(["commented"])
  const inbox = must(await readInbox(sceneFor(on.db, cast.dpo), {}))
  expect(inbox.told.map((one) => one.kind)).toContain("mentioned")
  // Legal advice names nobody who does not read it.
  const advice = must(await say(cast.legal, "@Piet Procure @Dora Protect", { legalAdvice: true }))
  expect(advice.mentions).toEqual([cast.dpo.id])
  const answer = must(await say(cast.dpo, "Yes, @Piet Procure", { thread: advice.id }))
  expect(answer.mentions).toEqual([])
  const page = must(await readRequest(sceneFor(on.db, cast.procurement), { id: here.requestId }))
  expect(page.comments.map((one) => one.text)).not.toContain("Yes, @Piet Procure")
  expect(await say(cast.procurement, "What?", { thread: advice.id })).toMatchObject({ ok: false, code: "not-found" })
  request = of
})

test.each<[string, object, string]>([
  ["a field that no record has", { path: "legalName" }, "invalid.form"],
  ["a field that the record has not", { path: `{party}.nothing` }, "invalid.form"],
  ["a record that the request has not", { path: "pty_01jx0000000000000000000000.legalName" }, "invalid.form"],
  ["a thread that is none", { thread: "cmt_01jx0000000000000000000000" }, "not-found"],
  ["nothing at all", { words: " " }, "invalid.form"],
  ["a novel", { words: "x".repeat(8001) }, "invalid.form"],
])("%s is refused", async (_name, more, says) => {
  const sent = JSON.parse(JSON.stringify(more).replace("{party}", party)) as object
  expect(await say(cast.legal, "Words", sent)).toMatchObject({ ok: false, says })
})

test("what was said of a record stays with its readers when it is taken out", async () => {
  const north = await anEntity(on.db)
  const lawyer = await aPerson(on.db, "Nora North", ["legal"], north)
  const flow = typedSharing({ entityId: cast.entityId as never, partyId: party as never })
  const draft = await drafted(on.db, cast, "Two companies", [
    { kind: "sharing", body: { ...flow, entityId: north as never, title: "North" } },
    { kind: "sharing", body: flow },
  ])
  const scene = sceneFor(on.db, cast.requester)
  must(await submitRequest(scene, { requestId: draft.requestId }))
  const path = `${draft.recordIds[1]}.title`
  must(await commentRequest(sceneFor(on.db, cast.legal), { requestId: draft.requestId, words: "Southern", path }))
  const read = async () =>
    must(await readRequest(sceneFor(on.db, lawyer), { id: draft.requestId })).comments.map((one) => one.text)
  expect(await read()).toEqual([])
  must(await reopenRequest(scene, { requestId: draft.requestId }))
  must(await dropProposal(scene, { requestId: draft.requestId, recordId: draft.recordIds[1] }))
  must(await submitRequest(scene, { requestId: draft.requestId }))
  expect(await read()).toEqual([])
})

test("what was said of a record is not read by those to whose company it goes afterwards, in its draft or brought", async () => {
  const north = await anEntity(on.db)
  const lawyer = await aPerson(on.db, "Nils North", ["legal"], north)
  const southern = await aPerson(on.db, "Sara South", ["legal"], cast.entityId)
  const flow = typedSharing({ entityId: cast.entityId as never, partyId: party as never })
  const both = await submitted(on.db, cast, "Goes north", [
    { kind: "sharing", body: flow },
    { kind: "sharing", body: { ...flow, entityId: north as never, title: "North" } },
  ])
  const scene = sceneFor(on.db, cast.requester)
  const { requestId } = both
  const path = `${both.recordIds[0]}.title`
  const { id } = must(await commentRequest(sceneFor(on.db, southern), { requestId, words: "Southern", path }))
  const read = async (who: Actor) =>
    must(await readRequest(sceneFor(on.db, who), { id: requestId })).comments.map((one) => one.text)
  must(await reopenRequest(scene, { requestId }))
  const moved = { ...flow, entityId: north as never }
  must(
    await saveProposal(scene, { requestId, recordId: both.recordIds[0], op: "create", kind: "sharing", body: moved }),
  )
  expect([await read(lawyer), await read(southern)]).toEqual([[], ["Southern"]])
  // What is not brought yet is nothing to talk about for whom it would be new.
  const early = await commentRequest(sceneFor(on.db, lawyer), { requestId, words: "Early", path })
  expect(early).toMatchObject({ ok: false, says: "invalid.form" })
  must(await submitRequest(scene, { requestId }))
  expect(await read(lawyer)).toEqual([])
  const answer = await commentRequest(sceneFor(on.db, lawyer), { requestId, words: "What?", thread: id })
  expect(answer).toMatchObject({ ok: false, code: "not-found" })
  must(await commentRequest(sceneFor(on.db, lawyer), { requestId, words: "Northern", path }))
  expect(await read(lawyer)).toEqual(["Northern"])
  expect((await read(cast.requester)).sort()).toEqual(["Northern", "Southern"])
})
