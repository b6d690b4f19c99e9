import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { known } from "@/domain/core/answer"
import { rows } from "@/db/connect"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { sceneFor } from "@/testing/people"
import { aCast, allAgree, inForce, must, seatOf, submitted, type Cast, type Submitted } from "@/testing/requests"
import { readInbox } from "@/usecases/told/inbox"
import { bringUpToDate } from "./bring-up-to-date"
import { decideRequest } from "./decide-request"
import { saveProposal } from "./draft-request"
import { listRequests } from "./list-requests"
import { readRequest } from "./read-request"
import { submitRequest } from "./submit-request"
import { reopenRequest } from "./talk"

let on: TestDatabase
let cast: Cast

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
})
afterAll(() => on.drop())

const scene = () => sceneFor(on.db, cast.requester)
const decide = (request: Submitted, stage: string, verdict: string, reason = "") =>
  decideRequest(sceneFor(on.db, seatOf(cast, stage)), {
    requestId: request.requestId,
    hash: request.hash,
    stage,
    entityId: request.stages.find((one) => one.stage === stage)?.entityId,
    verdict,
    reason,
  })

/** A request about a new party on which procurement said yes, taken back and edited. */
async function edited(
  title: string,
  over: Parameters<typeof typedParty>[0],
): Promise<Submitted & { again: Submitted }> {
  const request = await submitted(on.db, cast, title, [{ kind: "party", body: typedParty({ legalName: title }) }])
  must(await decide(request, "procurement", "approve"))
  must(await reopenRequest(scene(), { requestId: request.requestId }))
  const recordId = request.recordIds[0]
  const body = typedParty({ legalName: title, ...over })
  must(await saveProposal(scene(), { requestId: request.requestId, recordId, kind: "party", op: "create", body }))
  const again = must(await submitRequest(scene(), { requestId: request.requestId }))
  return { ...request, again: { ...request, hash: again.hash, stages: again.stages } }
}

test("nothing that counted is lost, and nothing comes into force without a fresh yes", async () => {
  const { again } = await edited("Slight Ltd", { tags: ["new"] })
  // Everything that decides would be kept (the DPO advises): whoever decided last looks again.
  const page = must(await readRequest(sceneFor(on.db, cast.dpo), { id: again.requestId }))
  expect(page.carried).toMatchObject([
    { revision: 2, stage: "procurement", fate: "withdrawn", because: ["one-looks-again"] },
  ])
  expect(page.stages.find((one) => one.stage === "procurement")?.decided).toBeNull()
})

test("a slight edit keeps what was decided; a material one withdraws it, and both are said", async () => {
  const request = await submitted(on.db, cast, "Kept", [{ kind: "party", body: typedParty({ legalName: "Kept Ltd" }) }])
  must(await decide(request, "dpo", "agree"))
  must(await decide(request, "procurement", "ask-changes", "Name a contact."))
  const recordId = request.recordIds[0]
  const save = (over: Parameters<typeof typedParty>[0]) =>
    saveProposal(scene(), {
      ...{ requestId: request.requestId, recordId, kind: "party", op: "create" },
      body: typedParty({ legalName: "Kept Ltd", ...over }),
    })
  must(await save({ contacts: [] }))
  const second = must(await submitRequest(scene(), { requestId: request.requestId }))
  expect(second.carried).toMatchObject([{ stage: "dpo", fate: "kept", because: ["changed:party:contacts"] }])
  const now = { ...request, hash: second.hash, stages: second.stages }
  // Kept counts as decided: nobody is asked for it, nobody may decide it again, and lists say so.
  expect(await decide(now, "dpo", "agree")).toMatchObject({ ok: false, says: "conflict.stage-taken" })
  const inbox = must(await readInbox(sceneFor(on.db, cast.dpo), {}))
  expect(JSON.stringify(inbox)).not.toContain(`"decide","requestId":"${request.requestId}"`)
  const list = must(await listRequests(sceneFor(on.db, cast.dpo), {}))
  expect(list.rows.find((one) => one.id === request.requestId)?.openStages).toEqual(["procurement"])
  const [event] = await rows<{ bytes: string }>(
    on.db,
    sql`select bytes from log_leaves where request_id = ${request.requestId} and act = 'request.submit' order by index desc limit 1`,
  )
  expect(JSON.parse(event?.bytes ?? "{}")).toMatchObject({
    after: { decisionsKept: [expect.stringMatching(/^dpo:/)], decisionsWithdrawn: [] },
  })
  must(await reopenRequest(scene(), { requestId: request.requestId }))
  must(await save({ country: known("FR") }))
  const third = must(await submitRequest(scene(), { requestId: request.requestId }))
  expect(third.carried).toMatchObject([{ stage: "dpo", fate: "withdrawn", because: ["changed:party:country"] }])
  must(
    await save({ country: known("FR") }).then(() =>
      allAgree(on.db, cast, { ...now, hash: third.hash, stages: third.stages }),
    ),
  )
})

test("a kept decision puts in force with the fresh one", async () => {
  const request = await submitted(on.db, cast, "Both", [{ kind: "party", body: typedParty({ legalName: "Both Ltd" }) }])
  must(await decide(request, "dpo", "agree"))
  must(await decide(request, "procurement", "ask-changes", "Tag it."))
  const body = typedParty({ legalName: "Both Ltd", tags: ["x"] })
  must(
    await saveProposal(scene(), {
      ...{ requestId: request.requestId, recordId: request.recordIds[0], kind: "party", op: "create", body },
    }),
  )
  const again = must(await submitRequest(scene(), { requestId: request.requestId }))
  expect(must(await decide({ ...request, hash: again.hash, stages: again.stages }, "procurement", "approve"))).toEqual({
    state: "approved",
    open: [],
  })
})

test("decisions that the moved ground touches are withdrawn when it is brought up to date", async () => {
  const [id] = (await inForce(on.db, cast, "Moves", [{ kind: "party", body: typedParty({ legalName: "Moves" }) }])) as [
    string,
  ]
  const change = (over: Parameters<typeof typedParty>[0]) =>
    ({ kind: "party", op: "change", recordId: id, body: typedParty({ legalName: "Moves", ...over }) }) as const
  const slight = await submitted(on.db, cast, "Slight", [change({ tags: ["moved"] })])
  const mine = await submitted(on.db, cast, "Mine", [change({ country: known("FR") })])
  must(await decide(mine, "dpo", "agree"))
  must(await allAgree(on.db, cast, slight))
  must(await reopenRequest(scene(), { requestId: mine.requestId }))
  must(await bringUpToDate(scene(), { requestId: mine.requestId, recordId: id }))
  expect(must(await submitRequest(scene(), { requestId: mine.requestId })).carried).toMatchObject([
    { stage: "dpo", fate: "kept", because: ["changed:party:tags"] },
  ])
  const name = await submitted(on.db, cast, "Name", [
    { kind: "party", op: "change", recordId: id, body: typedParty({ legalName: "Moved plc", tags: ["moved"] }) },
  ])
  must(await allAgree(on.db, cast, name))
  must(await reopenRequest(scene(), { requestId: mine.requestId }))
  must(await bringUpToDate(scene(), { requestId: mine.requestId, recordId: id }))
  const after = must(await submitRequest(scene(), { requestId: mine.requestId }))
  expect(after.carried).toMatchObject([{ stage: "dpo", fate: "withdrawn" }])
  expect(after.carried[0]?.because).toContain("changed:party:legalName")
})

test("the database keeps nothing that did not count, twice, of an author, or for every stage", async () => {
  const { again } = await edited("Defended Ltd", { country: known("FR") })
  const [held] = await rows<{ id: string; entityId: string }>(
    on.db,
    sql`select id, entity_id as "entityId" from decisions where request_id = ${again.requestId}`,
  )
  const put = (over: { revision?: number; stage?: string; fate?: string }) =>
    on.db
      .execute(sql`insert into carried (request_id, revision, decision_id, stage, entity_id, fate, because, at, log_index)
      select ${again.requestId}, ${over.revision ?? 2}, ${held?.id ?? ""}, ${over.stage ?? "procurement"}, ${held?.entityId ?? ""}, ${over.fate ?? "kept"},
        '{}', v.at, v.log_index from revisions v where v.request_id = ${again.requestId} and v.n = ${over.revision ?? 2}`)
  await expect(put({ revision: 1 })).rejects.toMatchObject({ cause: { code: "ON022" } })
  await expect(put({ stage: "legal" })).rejects.toMatchObject({ cause: { code: "ON022" } })
  await expect(put({ fate: "withdrawn" })).rejects.toMatchObject({ cause: { code: expect.stringMatching(/23/) } })
  await expect(on.db.execute(sql`update carried set fate = 'kept'`)).rejects.toMatchObject({
    cause: { code: expect.any(String) },
  })
})
