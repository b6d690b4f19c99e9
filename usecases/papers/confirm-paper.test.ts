import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { rows } from "@/db/connect"
import { known } from "@/domain/core/answer"
import type { Id } from "@/domain/core/id"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement, typedSharing } from "@/testing/flow"
import { sceneFor } from "@/testing/people"
import { aCast, inForce, must, submitted, type Cast } from "@/testing/requests"
import { makeBackup } from "@/usecases/backup/make-backup"
import { restoreBackup } from "@/usecases/backup/restore-backup"
import { judgeWaiting } from "@/usecases/checks/judge-again"
import { readRecord } from "@/usecases/register/read-record"
import { decideRequest } from "@/usecases/requests/decide-request"
import { draftRequest, saveProposal } from "@/usecases/requests/draft-request"
import { readRequest } from "@/usecases/requests/read-request"
import { submitRequest } from "@/usecases/requests/submit-request"
import { clockNow, OPERATOR, type Actor } from "@/usecases/scene"
import { confirmPaper, listPapersByHand, readPaperByHand } from "./confirm-paper"

let on: TestDatabase
let cast: Cast
let party: Id<"party">
let entity: Id<"entity">
const as = (actor: Actor) => sceneFor(on.db, actor)
const paper = (over: object = {}) =>
  typedAgreement({ entityId: entity, partyId: party }, [], {
    ...{ kind: "confidentiality", title: "Secrecy", signing: known("by-hand") },
    ...over,
  })
const files = [paperHash()]
function paperHash(): string {
  return typedAgreement({ entityId: "e" as Id<"entity">, partyId: "p" as Id<"party"> }, []).files[0]?.sha256 ?? ""
}
const confirm = (actor: Actor, agreementId: string, more: object = {}) =>
  confirmPaper(as(actor), { agreementId, saw: "original", files, ...more })
const signedFindings = async (id: string, asOf: string | null = null) =>
  must(await readRecord(as(cast.dpo), { id, asOf })).findings.filter((one) => one.clause === "H-SIGNING")
const listed = async (actor: Actor) => must(await listPapersByHand(as(actor), {})).map((one) => one.agreementId)

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  entity = cast.entityId as Id<"entity">
  party = (await inForce(on.db, cast, "Harbour", [{ kind: "party", body: typedParty() }]))[0] as Id<"party">
}, 60_000)
afterAll(() => on.drop())

test("a paper in force: two people of procurement and legal confirm it, and its finding goes; as of before, it stands", async () => {
  const [id = ""] = await inForce(on.db, cast, "The paper", [{ kind: "agreement", body: paper() }])
  expect(await signedFindings(id)).toMatchObject([{ severity: "warning", says: "finding.H-SIGNING.two" }])
  expect(await listed(cast.procurement)).toEqual([id])
  expect(await listed(cast.requester)).toEqual([])
  expect(await confirm(cast.requester, id)).toMatchObject({ says: "not-allowed.role" })
  expect(await confirm(cast.dpo, id)).toMatchObject({ says: "not-allowed.role" })
  expect(await confirm(cast.procurement, id, { files: ["c".repeat(64)] })).toMatchObject({
    says: "conflict.paper-moved",
  })
  expect(await confirm(cast.procurement, id, { files: [] })).toMatchObject({ says: "conflict.paper-moved" })
  const twice = await Promise.all([confirm(cast.procurement, id), confirm(cast.procurement, id)])
  expect(twice.map((one) => (one.ok ? one.value.missing : one.says)).sort()).toEqual([1, "conflict.paper-seen"])
  expect(await listed(cast.procurement)).toEqual([])
  expect(await listed(cast.legal)).toEqual([id])
  await judgeWaiting(sceneFor(on.db, OPERATOR))
  expect(await signedFindings(id)).toMatchObject([{ says: "finding.H-SIGNING.one" }])
  const before = clockNow()
  expect(must(await confirm(cast.legal, id, { saw: "scan" }))).toEqual({ missing: 0 })
  await judgeWaiting(sceneFor(on.db, OPERATOR))
  expect(await signedFindings(id)).toEqual([])
  expect(await signedFindings(id, before)).toMatchObject([{ says: "finding.H-SIGNING.one" }])
  expect(await confirm(cast.secondLegal, id)).toMatchObject({ says: "conflict.paper-enough" })
  expect(must(await readPaperByHand(as(cast.dpo), { agreementId: id }))).toMatchObject({
    needed: 2,
    confirmed: [
      { personId: cast.procurement.id, saw: "original", author: false },
      { personId: cast.legal.id, saw: "scan", author: false },
    ],
  })
})

test("whoever laid it there confirms nothing while others can, nor does the database take it from them", async () => {
  const by = { ...cast, requester: cast.procurement, procurement: cast.procurement }
  const request = await submitted(on.db, by, "Mine", [{ kind: "agreement", body: paper({ title: "Mine" }) }])
  const [id = ""] = request.recordIds
  const { requestId } = request
  expect(await confirm(cast.procurement, id, { requestId })).toMatchObject({ says: "not-allowed.paper-author" })
  const raw = await on.db
    .execute(
      sql`insert into paper_confirmations (agreement_id, sha256, person_id, saw, author, request_id, at, log_index)
        values (${id}, ${files[0]}, ${cast.procurement.id}, 'scan', false, ${requestId}, now(), 1)`,
    )
    .then(() => "went through")
    .catch((problem: { cause?: { code?: string } }) => problem.cause?.code)
  expect(raw).toBe("ON045")
})

test("in a request it is confirmed before it comes into force, and what blocked the flow goes", async () => {
  const draft = must(await draftRequest(as(cast.requester), { title: "Both" }))
  const sharing = must(
    await saveProposal(as(cast.requester), {
      ...{ requestId: draft.id, op: "create", kind: "sharing" },
      body: typedSharing({ entityId: entity, partyId: party }),
    }),
  ).recordId
  const agreement = must(
    await saveProposal(as(cast.requester), {
      ...{ requestId: draft.id, op: "create", kind: "agreement" },
      body: paper({ title: "For the flow", covers: [{ sharingId: sharing, firstOn: null, lastOn: null }] }),
    }),
  ).recordId
  const done = must(await submitRequest(as(cast.requester), { requestId: draft.id }))
  const blocking = async () =>
    must(await readRequest(as(cast.legal), { id: draft.id }))
      .findings.filter((one) => one.clause === "S-III.A-2")
      .map((one) => `${one.recordId} ${one.says}`)
  expect(await blocking()).toEqual([`${sharing} finding.S-III.A-2.confirm`])
  const at = { requestId: draft.id }
  expect(must(await listPapersByHand(as(cast.dpo), at)).map((one) => one.refused)).toEqual(["not-allowed.paper-role"])
  // In force it is not: nobody confirms there what only stands in a request.
  expect(await confirm(cast.legal, agreement)).toMatchObject({ code: "not-found" })
  must(await confirm(cast.legal, agreement, at))
  must(await confirm(cast.secondLegal, agreement, at))
  expect(await blocking()).toEqual([])
  // Who confirmed a paper still decides on the request: looking at it is no authorship.
  const stage = done.stages.find((one) => one.stage === "legal")
  const decided = await decideRequest(as(cast.legal), {
    ...{ requestId: draft.id, hash: done.hash, stage: "legal", entityId: stage?.entityId, verdict: "refuse" },
    reason: "Not now",
  })
  expect(decided.ok ? "ok" : decided.says).toBe("ok")
  const kept = await rows(on.db, sql`select 1 from paper_confirmations where agreement_id = ${agreement}`)
  expect(kept).toHaveLength(2)
})

test("whoever may not know of a paper cannot confirm it, nor learn that it is there", async () => {
  const restrictedTo = [cast.requester.id, cast.legal.id, cast.dpo.id, cast.procurement.id] as Id<"person">[]
  const [id = ""] = await inForce(on.db, cast, "Quiet", [
    { kind: "agreement", body: paper({ title: "Quiet", restrictedTo }) },
  ])
  expect(await confirm(cast.secondLegal, id)).toMatchObject({ code: "not-found" })
  expect(must(await readPaperByHand(as(cast.secondLegal), { agreementId: id }))).toBeNull()
  expect(await listed(cast.secondLegal)).not.toContain(id)
  expect(await listed(cast.legal)).toContain(id)
})

test("a backup brings every confirmation back, also of whoever wrote later", async () => {
  const folder = mkdtempSync(join(tmpdir(), "onward-confirmed-"))
  must(await makeBackup(sceneFor(on.db, OPERATOR), join(folder, "register.backup")))
  const empty = await aDatabase()
  try {
    must(await restoreBackup(empty.ownerUrl, sceneFor(empty.db, OPERATOR).files, join(folder, "register.backup")))
    const all = (db: TestDatabase["db"]) =>
      rows(db, sql`select * from paper_confirmations order by at, sha256, person_id`)
    expect(await all(empty.db)).toEqual(await all(on.db))
    expect(await all(on.db)).toHaveLength(4)
  } finally {
    await empty.drop()
    rmSync(folder, { recursive: true, force: true })
  }
})
