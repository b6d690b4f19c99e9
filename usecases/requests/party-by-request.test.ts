import { createHash } from "node:crypto"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { rows } from "@/db/connect"
import { logHead } from "@/db/statements/log"
import { addLeaf, emptyEdge, rootOf } from "@/domain/audit/tree"
import { leafHash } from "@/db/statements/log"
import { readRecord } from "@/usecases/register/read-record"
import { listRecords } from "@/usecases/register/list-records"
import type { Actor } from "@/usecases/scene"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { aPerson, anEntity, sceneFor } from "@/testing/people"
import { decideRequest } from "./decide-request"
import { draftRequest, saveProposal } from "./draft-request"
import { readRequest } from "./read-request"
import { submitRequest } from "./submit-request"

let on: TestDatabase
let requester: Actor
let procurement: Actor
let dpo: Actor
let entityId: string

beforeAll(async () => {
  on = await aDatabase()
  entityId = await anEntity(on.db)
  requester = await aPerson(on.db, "Rita Request", ["requester"])
  procurement = await aPerson(on.db, "Piet Procure", ["procurement"])
  dpo = await aPerson(on.db, "Dora Protect", ["dpo"])
})
afterAll(() => on.drop())

async function proposed(by: Actor = requester) {
  const draft = await draftRequest(sceneFor(on.db, by), { title: "Use Harbour Cloud" })
  if (!draft.ok) throw new Error(draft.says)
  const saved = await saveProposal(sceneFor(on.db, by), {
    requestId: draft.value.id,
    kind: "party",
    op: "create",
    body: typedParty(),
  })
  if (!saved.ok) throw new Error(`${saved.says} ${JSON.stringify(saved.fields)}`)
  const submitted = await submitRequest(sceneFor(on.db, by), { requestId: draft.value.id })
  if (!submitted.ok) throw new Error(submitted.says)
  return { requestId: draft.value.id, recordId: saved.value.recordId, ...submitted.value }
}

const decide = (by: Actor, on_: { requestId: string; hash: string }, stage: string, verdict: string, reason = "") =>
  decideRequest(sceneFor(on.db, by), { requestId: on_.requestId, hash: on_.hash, stage, entityId, verdict, reason })

test("a party comes into force with the last decision, at one instant, with its events", async () => {
  const request = await proposed()
  expect(request.stages.map((stage) => `${stage.stage}:${stage.seat}`)).toEqual(["procurement:decides", "dpo:advises"])
  const first = await decide(procurement, request, "procurement", "approve")
  expect(first).toMatchObject({ ok: true, value: { state: "in-review" } })
  expect(await readRecord(sceneFor(on.db, requester), { id: request.recordId })).toMatchObject({
    ok: false,
    code: "not-found",
  })
  const last = await decide(dpo, request, "dpo", "agree")
  expect(last).toMatchObject({ ok: true, value: { state: "approved" } })
  const page = await readRecord(sceneFor(on.db, requester), { id: request.recordId })
  expect(page).toMatchObject({ ok: true, value: { record: { version: 1, standing: "approved", body: typedParty() } } })
  const list = await listRecords(sceneFor(on.db, requester), {
    list: "parties",
    q: "harbour",
    facets: ["kind", "country"],
  })
  expect(list).toMatchObject({
    ok: true,
    value: { total: 1, facets: { kind: [{ value: "processor", n: 1 }], country: [{ value: "IE", n: 1 }] } },
  })
  const leaves = await rows<{ act: string; at: string }>(
    on.db,
    sql`select act, at from log_leaves where request_id = ${request.requestId} order by index`,
  )
  expect(leaves.map((leaf) => leaf.act)).toEqual([
    "request.submit",
    "request.decide",
    "request.decide",
    "record.in-force",
  ])
  expect(leaves[2]?.at).toBe(leaves[3]?.at)
})

test("names and notes stand in versions and events as commitments only", async () => {
  await proposed()
  const bodies = await rows<{ text: string }>(
    on.db,
    sql`select body as text from versions union all select bytes from log_leaves union all select body from revision_proposals`,
  )
  expect(bodies.some((item) => item.text.includes("Ada Example") || item.text.includes("Met at the fair"))).toBe(false)
  expect(bodies.some((item) => item.text.includes("$c"))).toBe(true)
})

test("an author cannot approve their own request, whatever roles they hold", async () => {
  const both = await aPerson(on.db, "Bo Both", ["requester", "procurement"])
  const request = await proposed(both)
  expect(await decide(both, request, "procurement", "approve")).toMatchObject({
    ok: false,
    code: "not-allowed",
    says: "not-allowed.author",
  })
})

test("nobody decides two stages of one request", async () => {
  const two = await aPerson(on.db, "Tua Two", ["procurement", "dpo"])
  const request = await proposed()
  expect(await decide(two, request, "procurement", "approve")).toMatchObject({ ok: true })
  expect(await decide(two, request, "dpo", "agree")).toMatchObject({ ok: false, says: "not-allowed.second-seat" })
})

test("a decision on other content than stands is refused", async () => {
  const request = await proposed()
  expect(await decide(procurement, { ...request, hash: "0".repeat(64) }, "procurement", "approve")).toMatchObject({
    ok: false,
    says: "conflict.other-content",
  })
})

test("a stage is decided once", async () => {
  const other = await aPerson(on.db, "Olaf Other", ["procurement"])
  const request = await proposed()
  const both = await Promise.all([
    decide(procurement, request, "procurement", "approve"),
    decide(other, request, "procurement", "approve"),
  ])
  expect(both.filter((outcome) => outcome.ok)).toHaveLength(1)
  expect(both.find((outcome) => !outcome.ok)).toMatchObject({ says: "conflict.stage-taken" })
})

test("a requester reads the draft alone, a reviewer reads the submission with what changes", async () => {
  const draft = await draftRequest(sceneFor(on.db, requester), { title: "Quiet" })
  if (!draft.ok) throw new Error(draft.says)
  expect(await readRequest(sceneFor(on.db, procurement), { id: draft.value.id })).toMatchObject({
    ok: false,
    code: "not-found",
  })
  const request = await proposed()
  const page = await readRequest(sceneFor(on.db, procurement), { id: request.requestId })
  expect(page).toMatchObject({
    ok: true,
    value: {
      proposals: [{ kind: "party", body: typedParty() }],
      stages: [{ mayDecide: true }, { mayDecide: false, whyNot: "not-allowed.role" }],
    },
  })
})

test("the log's root is that of its leaves, hashed again from the stored bytes", async () => {
  const leaves = await rows<{ bytes: string }>(on.db, sql`select bytes from log_leaves order by index`)
  const sha = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest()
  const edge = emptyEdge()
  for (const leaf of leaves) addLeaf(sha, edge, leafHash(leaf.bytes))
  const head = await logHead(on.db)
  expect(head.size).toBe(leaves.length)
  expect(head.root.toString("hex")).toBe(Buffer.from(rootOf(sha, edge)).toString("hex"))
})

test("advice against that comes last sends the request back; brought again, who approves answers it with a reason", async () => {
  const request = await proposed()
  const reason = "The same can be done with a supplier whom we have."
  expect((await decide(procurement, request, "procurement", "approve")).ok).toBe(true)
  expect(await decide(dpo, request, "dpo", "advise-against", reason)).toMatchObject({
    ok: true,
    value: { state: "changes-requested" },
  })
  const there = await readRecord(sceneFor(on.db, requester), { id: request.recordId })
  expect(there).toMatchObject({ ok: false, code: "not-found" })
  const again = await submitRequest(sceneFor(on.db, requester), { requestId: request.requestId })
  if (!again.ok) throw new Error(again.says)
  const second = { requestId: request.requestId, hash: again.value.hash }
  expect(await decide(procurement, second, "procurement", "approve")).toMatchObject({
    ok: false,
    fields: [{ path: "reason", says: "invalid.reason-against-advice" }],
  })
  expect(
    (await decide(procurement, second, "procurement", "approve", "They are the only one in the country.")).ok,
  ).toBe(true)
  expect(await decide(dpo, second, "dpo", "advise-against", reason)).toMatchObject({
    ok: true,
    value: { state: "approved" },
  })
})
