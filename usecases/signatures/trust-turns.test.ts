import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { folderStore } from "@/adapters/files/folder"
import { row, rows } from "@/db/connect"
import { judgePapersOf } from "@/db/statements/signatures"
import { known } from "@/domain/core/answer"
import { dayIn } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import type { Sharing } from "@/domain/records/sharing"
import type { SignatureReport } from "@/domain/signatures/report"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement } from "@/testing/flow"
import { TEST_KEYS } from "@/testing/keys"
import { paperPdf } from "@/testing/paper"
import { cast as signers } from "@/testing/pdf/cast"
import { first } from "@/testing/pdf/later"
import { aPerson, sceneFor } from "@/testing/people"
import { aCast, inForce, must, submitted, type Cast } from "@/testing/requests"
import { foundRunning } from "@/testing/told"
import { readLog } from "@/usecases/audit/read-log"
import { FILE_LIMITS, putFile, receive } from "@/usecases/files/put-file"
import { readRecord } from "@/usecases/register/read-record"
import { clockNow, type Actor, type Scene } from "@/usecases/scene"
import { decideTrustList, proposeTrustList, proposeWithdrawal } from "@/usecases/trust/trust-lists"
import { lookAt } from "./look-at"
import { followTrust, lookAtWaiting } from "./look-waiting"

const store = folderStore(join(mkdtempSync(join(tmpdir(), "onward-turns-")), "files"), TEST_KEYS)
let on: TestDatabase
let cast: Cast
let admin: Actor
type Check = NonNullable<NonNullable<Parameters<typeof lookAtWaiting>[1]>["check"]>
const check: Check = async (pdf, asked): Promise<Outcome<SignatureReport>> => {
  const looked = await lookAt(pdf, asked)
  return looked.ok ? good(looked.report) : refuse("invalid", looked.says)
}
const as = (actor: Actor | null): Scene => sceneFor(on.db, actor, { files: store })
const work = (by: Check = check): Promise<number> => lookAtWaiting(as(null), { check: by, most: 50 })
const follow = async (): Promise<void> => {
  while (await followTrust(as(null)));
}
async function put(name: string, bytes: Buffer): Promise<{ id: string; sha256: string }> {
  const received = must(await receive(as(cast.requester), Readable.from([bytes]), FILE_LIMITS.paper))
  const { id } = must(await putFile(as(cast.requester), { name, use: "paper", received, legalAdvice: false }))
  const found = await row<{ sha256: string }>(on.db, sql`select sha256 from files where id = ${id}`)
  return { id, sha256: found?.sha256 ?? "" }
}
const lastOf = (sha256: string) =>
  row<{ overall: string | null; says: string | null; trust: string | null }>(
    on.db,
    sql`select overall, says, trust_sha256 as trust from signature_results where sha256 = ${sha256} order by log_index desc limit 1`,
  )
const asks = () =>
  rows<{ sha256: string; tries: number }>(on.db, sql`select sha256, tries from signature_asks order by rank, at`)

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  admin = await aPerson(on.db, "Ada Admin", ["administrator"])
}, 60_000)
afterAll(() => on.drop())

test("a list that was withdrawn vouches for nobody: what it was found with is asked again, though none stood before", async () => {
  const { sha256 } = await put("signed.pdf", first())
  await work()
  await follow()
  expect(await lastOf(sha256)).toMatchObject({ overall: "intact-untrusted", trust: null })
  const today = dayIn("UTC", clockNow())
  const list = { name: "Our roots", source: "By hand", fromOn: today, bytes: signers().pem }
  must(
    await decideTrustList(as(cast.dpo), { id: must(await proposeTrustList(as(admin), list)).id, verdict: "approve" }),
  )
  await follow()
  expect(await work()).toBe(1)
  expect((await lastOf(sha256))?.trust).not.toBeNull()
  const away = must(await proposeWithdrawal(as(admin), { source: "A forger got in", fromOn: today })).id
  must(await decideTrustList(as(cast.dpo), { id: away, verdict: "approve" }))
  await follow()
  expect(await work()).toBe(1)
  expect(await lastOf(sha256)).toMatchObject({ overall: "intact-untrusted", trust: null })
})

test("a list that comes to stand while a file is looked at: the file is looked at once more, with that list", async () => {
  const { sha256 } = await put("busy.pdf", await paperPdf(["Busy"]))
  const list = { name: "Again", source: "By hand", fromOn: dayIn("UTC", clockNow()), bytes: signers().pem }
  const { id } = must(await proposeTrustList(as(admin), list))
  let looks = 0
  await work(async (pdf, asked) => {
    looks += 1
    if (looks > 1) return check(pdf, asked)
    must(await decideTrustList(as(cast.dpo), { id, verdict: "approve" }))
    // Another worker goes through all while this one still looks.
    await follow()
    return check(pdf, asked)
  })
  expect((await lastOf(sha256))?.trust).not.toBeNull()
  expect(await asks()).toEqual([])
})

test("what passes by itself is tried as often as it takes; what is slow goes behind what came after it", async () => {
  const slow = await put("slow.pdf", await paperPdf(["Slow"]))
  const soon = () => on.db.execute(sql`update signature_asks set not_before = null`)
  for (let n = 0; n < 6; n += 1) {
    await soon()
    expect(await work(async () => refuse("invalid", "signatures.refused.no-worker"))).toBe(1)
  }
  expect(await lastOf(slow.sha256)).toBeNull()
  await soon()
  await work(async () => refuse("invalid", "signatures.refused.time"))
  const quick = await put("quick.pdf", await paperPdf(["Quick"]))
  await soon()
  expect((await asks()).map((one) => one.sha256)).toEqual([quick.sha256, slow.sha256])
  await work()
  expect(await lastOf(slow.sha256)).toMatchObject({ overall: "unsigned" })
})

test("of a paper in the place of another the flows that only the older one covers are judged anew as well", async () => {
  const file = await put("newer.pdf", await paperPdf(["In its place"]))
  const entityId = cast.entityId as Id<"entity">
  const { sharing: flow } = await foundRunning(on.db, cast)
  const body = must(await readRecord(as(cast.legal), { id: flow })).record.body as Sharing
  const between = { entityId, partyId: body.partyId }
  const stated = { ...typedAgreement(between, []), checklist: [], knownHow: "stated" as const, files: [] }
  const [older] = await inForce(on.db, cast, "Older", [{ kind: "agreement", body: stated }])
  const files = [{ fileId: file.id as Id<"file">, sha256: file.sha256, name: "newer.pdf", pages: known(1) }]
  const newer = { ...stated, files, replaces: older as Id<"agreement"> }
  const [paper] = await inForce(on.db, cast, "Newer", [{ kind: "agreement", body: newer }])
  await on.db.transaction(async (tx) => {
    await tx.execute(sql`delete from to_judge`)
    await judgePapersOf(tx, file.sha256, false)
  })
  const found = await rows<{ id: string }>(on.db, sql`select record_id as id from to_judge`)
  expect(found.map(({ id }) => id).sort()).toEqual([flow, older, paper].sort())
})

test("what the log says of a look is for whoever may read the file: not of restricted papers, and not to administrators", async () => {
  const { id, sha256 } = await put("quiet.pdf", await paperPdf(["A quiet merger"]))
  const open = await put("open.pdf", await paperPdf(["An open paper"]))
  await work()
  const { sharing } = await foundRunning(on.db, cast)
  const { partyId } = must(await readRecord(as(cast.legal), { id: sharing })).record.body as Sharing
  const between = { entityId: cast.entityId as Id<"entity">, partyId }
  const paper = { ...typedAgreement(between, []), checklist: [], knownHow: "stated" as const }
  const line = (of: { id: string; sha256: string }) => [
    { fileId: of.id as Id<"file">, sha256: of.sha256, name: "p.pdf", pages: known(1) },
  ]
  const restrictedTo = [cast.requester.id, cast.procurement.id] as Id<"person">[]
  await submitted(on.db, cast, "Quiet", [
    { kind: "agreement", body: { ...paper, files: line({ id, sha256 }), restrictedTo } },
  ])
  await submitted(on.db, cast, "Open", [{ kind: "agreement", body: { ...paper, files: line(open) } }])
  const told = async (actor: Actor) =>
    must(await readLog(as(actor), { act: "signature.look" }))
      .lines.map((one) => one.bytes)
      .join("")
  expect(await told(cast.dpo)).toContain(open.sha256)
  expect(await told(cast.dpo)).not.toContain(sha256)
  expect(await told(admin)).toBe("")
})
