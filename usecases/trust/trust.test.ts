import { createHash, randomBytes } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { rows } from "@/db/connect"
import { addDays, dayIn, type Day } from "@/domain/core/day"
import { plusMillis, type Instant } from "@/domain/core/instant"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { anEntity, aPerson, sceneFor } from "@/testing/people"
import { makeCertificate } from "@/testing/pdf/authority"
import { byJane, cast } from "@/testing/pdf/cast"
import { agreement, signed } from "@/testing/pdf/signed"
import { must } from "@/testing/requests"
import { readLog } from "@/usecases/audit/read-log"
import { makeBackup } from "@/usecases/backup/make-backup"
import { restoreBackup } from "@/usecases/backup/restore-backup"
import { clockNow, OPERATOR, type Actor } from "@/usecases/scene"
import { checkSignatures } from "@/usecases/signatures/check-file"
import { checkList } from "@/usecases/signatures/check-list"
import { currentTrust } from "@/usecases/signatures/current-trust"
import { readInbox } from "@/usecases/told/inbox"
import { readTrust } from "./read-trust"
import { tellOldTrust } from "./tell-old"
import { decideTrustList, proposeTrustList, proposeWithdrawal, takeTrustListBack } from "./trust-lists"

let on: TestDatabase
let ada: Actor
let dpo: Actor
let elsewhere: Actor
const DAY = 24 * 60 * 60_000
const today = (): Day => dayIn("UTC", clockNow())
const as = (actor: Actor, now?: Instant) => sceneFor(on.db, actor, now ? { now } : {})
const pem = (): Buffer => cast().pem
const load = (bytes: Uint8Array | null, over: object = {}, actor = ada) =>
  proposeTrustList(as(actor), { name: "Our roots", source: "By hand", fromOn: today(), bytes, ...over })
const approve = (id: string, actor = dpo) => decideTrustList(as(actor), { id, verdict: "approve" })
const read = async (actor = ada, asOf: Instant | null = null) => must(await readTrust(as(actor), { asOf }))

beforeAll(async () => {
  on = await aDatabase()
  await anEntity(on.db)
  const other = await anEntity(on.db)
  ada = await aPerson(on.db, "Ada Admin", ["administrator"])
  dpo = await aPerson(on.db, "Dora Officer", ["dpo"])
  elsewhere = await aPerson(on.db, "Luc Lawyer", ["legal"], other)
})
afterAll(() => on.drop())

test("what is no list is refused in one sentence at the file, and nothing of it is kept", async () => {
  const huge = Buffer.alloc(21 * 1024 * 1024, 65)
  const deep = Buffer.from(`<a>${"<b>".repeat(200_000)}`)
  const bomb = Buffer.from(
    `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "${"x".repeat(1000)}"><!ENTITY b "${"&a;".repeat(1000)}">]><l>${"&b;".repeat(1000)}</l>`,
  )
  for (const [bytes, says] of [
    [null, "trust.refused.no-file"],
    [Buffer.alloc(0), "trust.refused.no-roots"],
    [Buffer.from("not a list at all"), "trust.refused.no-roots"],
    [Buffer.from("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"), "trust.refused.no-roots"],
    [signed(agreement(), byJane()), "trust.refused.no-roots"],
    [randomBytes(100_000), "trust.refused.no-roots"],
    [deep, "trust.refused.no-roots"],
    [bomb, "trust.refused.no-roots"],
    [huge, "trust.refused.too-large"],
    [Buffer.from(pem().toString().repeat(5000)), "trust.refused.too-many"],
  ] as const)
    expect(await load(bytes)).toMatchObject({ ok: false, fields: [{ path: "file", says }] })
  expect(await checkList(pem(), { seconds: 0.01, megabytes: 256, answerBytes: 1000 })).toMatchObject({
    says: "trust.refused.time",
  })
  expect(await rows(on.db, sql`select 1 from trust_list_files`)).toEqual([])
})

test("a day that is over, no name, no source are refused", async () => {
  const fields = async (over: object) => {
    const outcome = await load(pem(), over)
    return outcome.ok ? [] : outcome.fields?.map((one) => `${one.path} ${one.says}`)
  }
  expect(await fields({ fromOn: addDays(today(), -1) })).toEqual(["fromOn invalid.trust-past"])
  expect(await fields({ fromOn: "soon" })).toEqual([expect.stringMatching(/^fromOn /)])
  expect(await fields({ name: " " })).toEqual(["name invalid.required"])
  expect(await fields({ source: "" })).toEqual(["source invalid.trust-source"])
})

let first = ""

test("an administrator proposes, sees what it holds, and cannot confirm it; a DPO of every company can, once", async () => {
  expect(await currentTrust(on.db, clockNow())).toBeNull()
  first = must(await load(pem())).id
  const { waiting, standing } = await read()
  expect(standing).toBeNull()
  expect(waiting).toMatchObject({ may: "take-back", expired: 0, pastUpdate: false })
  expect(waiting?.line).toMatchObject({ name: "Our roots", source: "By hand", roots: 1, unreadable: 0, verdict: null })
  expect(waiting?.line.issuedOn).toBe("2026-01-15")
  expect(waiting?.difference.added).toHaveLength(1)
  expect(await currentTrust(on.db, clockNow())).toBeNull()
  expect(await approve(first, ada)).toMatchObject({ ok: false, says: "not-allowed.role" })
  expect(await approve(first, elsewhere)).toMatchObject({ ok: false, says: "not-allowed.trust-everywhere" })
  expect(await load(pem())).toMatchObject({ ok: false, says: "conflict.trust-waits" })
  const told = must(await readInbox(as(dpo), {})).told
  expect(told).toMatchObject([{ kind: "trust", what: "waits", title: "Our roots" }])
  const before = clockNow()
  const both = await Promise.all([approve(first), approve(first)])
  expect(both.map((one) => (one.ok ? "ok" : one.says)).sort()).toEqual(["conflict.trust-decided", "ok"])
  const current = await currentTrust(on.db, clockNow())
  expect(current).toMatchObject({ id: first, name: "Our roots" })
  expect(Buffer.from(current?.bytes ?? []).equals(pem())).toBe(true)
  expect(await currentTrust(on.db, before)).toBeNull()
  const report = must(await checkSignatures(signed(agreement(), byJane()), { trust: current, askedAt: clockNow() }))
  expect(report.signatures[0]?.trust).toBe("trusted")
  expect(await load(pem())).toMatchObject({ ok: false, says: "conflict.trust-same" })
})

test("the log holds the hash, the name and the counts, and neither bytes nor the source's words", async () => {
  const log = must(await readLog(as(dpo), {}))
  const text = JSON.stringify(log)
  expect(text).toContain(createHash("sha256").update(pem()).digest("hex"))
  expect(text).toContain("trust.decide")
  expect(text).not.toContain("BEGIN CERTIFICATE")
})

const service = (name: string, der: Buffer): string => `<TSPService><ServiceInformation>
  <ServiceTypeIdentifier>http://uri.etsi.org/TrstSvc/Svctype/CA/QC</ServiceTypeIdentifier><ServiceName>${name}</ServiceName>
  <ServiceDigitalIdentity><DigitalId><X509Certificate>${der.toString("base64")}</X509Certificate></DigitalId></ServiceDigitalIdentity>
  <ServiceStatus>http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted</ServiceStatus>
  <StatusStartingTime>2020-01-01T00:00:00Z</StatusStartingTime></ServiceInformation></TSPService>`

const another = (): Buffer =>
  Buffer.from(`<?xml version="1.0" encoding="UTF-8"?><TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#"><SchemeInformation>
  <ListIssueDateTime>2026-02-01T00:00:00Z</ListIssueDateTime><NextUpdate><dateTime>${addDays(today(), 4)}T00:00:00Z</dateTime></NextUpdate></SchemeInformation>
  ${service("Old", cast().root.der)}${service("New", makeCertificate({ common: "New Root", ca: true }).der)}</TrustServiceStatusList>`)

test("the next list says what is new; from a day to come it stands then, and the old one still answers for its days", async () => {
  const from = addDays(today(), 3)
  const id = must(await load(another(), { name: "Two roots", fromOn: from })).id
  const { waiting } = await read(dpo)
  expect(waiting).toMatchObject({ may: "decide" })
  expect(waiting?.difference).toMatchObject({ gone: [], same: 0 })
  expect(waiting?.difference.changed).toHaveLength(1)
  expect(waiting?.line).toMatchObject({ issuedOn: "2026-02-01", nextUpdateOn: addDays(today(), 4) })
  expect(waiting?.difference.added.map((one) => one.subject)).toEqual(["CN=New Root"])
  must(await approve(id))
  expect(await currentTrust(on.db, clockNow())).toMatchObject({ id: first })
  expect(await currentTrust(on.db, plusMillis(clockNow(), 4 * DAY))).toMatchObject({ id, name: "Two roots" })
  const later = must(await readTrust(as(ada, plusMillis(clockNow(), 4 * DAY)), { asOf: null }))
  expect(later.stood.map(({ line, to }) => [line.name, to === null])).toEqual([
    ["Two roots", true],
    ["Our roots", false],
  ])
})

test("a list past its next update: administrators are told once", async () => {
  const then = plusMillis(clockNow(), 6 * DAY)
  const scene = sceneFor(on.db, OPERATOR, { now: then })
  expect(await tellOldTrust(sceneFor(on.db, OPERATOR))).toBe(false)
  expect(await tellOldTrust(scene)).toBe(true)
  expect(await tellOldTrust(scene)).toBe(true)
  expect(await rows(on.db, sql`select person_id, what from tellings where what = 'old'`)).toEqual([
    { person_id: ada.id, what: "old" },
  ])
  expect(must(await readTrust(as(ada, then), { asOf: null })).standing).toMatchObject({ pastUpdate: true })
})

test("a backup brings every list back", async () => {
  const folder = mkdtempSync(join(tmpdir(), "onward-trust-"))
  must(await makeBackup(sceneFor(on.db, OPERATOR), join(folder, "register.backup")))
  const empty = await aDatabase()
  try {
    must(await restoreBackup(empty.ownerUrl, sceneFor(empty.db, OPERATOR).files, join(folder, "register.backup")))
    const [was, is] = [await currentTrust(on.db, clockNow()), await currentTrust(empty.db, clockNow())]
    expect(is).toEqual(was)
    expect(is).not.toBeNull()
  } finally {
    await empty.drop()
    rmSync(folder, { recursive: true, force: true })
  }
})

test("the database itself refuses a proposer's own decision, other bytes under a hash, and any rewriting", async () => {
  const refused = async (statement: ReturnType<typeof sql>) =>
    on.db
      .execute(statement)
      .then(() => "went through")
      .catch((problem: { cause?: { code?: string } }) => problem.cause?.code)
  const own = await proposeWithdrawal(as(ada), { source: "Try", fromOn: today() })
  const { id } = must(own)
  expect(
    await refused(
      sql`insert into trust_list_decisions (list_id, verdict, by_person, at, log_index) values (${id}, 'approved', ${ada.id}, now(), 1)`,
    ),
  ).toBe("ON044")
  expect(
    await refused(sql`insert into trust_list_files (sha256, bytes, facts) values (${"a".repeat(64)}, 'x', '{}')`),
  ).toBe("23514")
  expect(await refused(sql`update trust_lists set name = 'x'`)).toBe("42501")
  must(await takeTrustListBack(as(ada), { id }))
})

test("taken back, refused with a reason, withdrawn by two: each is there to be read", async () => {
  const back = must(await proposeWithdrawal(as(ada), { source: "Found weak", fromOn: today() })).id
  expect(await takeTrustListBack(as(dpo), { id: back })).toMatchObject({ ok: false })
  must(await takeTrustListBack(as(ada), { id: back }))
  const no = must(await proposeWithdrawal(as(ada), { source: "Found weak", fromOn: today() })).id
  expect(await decideTrustList(as(dpo), { id: no, verdict: "refuse", reason: " " })).toMatchObject({
    fields: [{ path: "reason", says: "invalid.reason" }],
  })
  must(await decideTrustList(as(dpo), { id: no, verdict: "refuse", reason: "It is not" }))
  const gone = must(await proposeWithdrawal(as(ada), { source: "A forger got in", fromOn: today() })).id
  const before = clockNow()
  must(await approve(gone))
  expect(await currentTrust(on.db, clockNow())).toBeNull()
  expect(await currentTrust(on.db, before)).toMatchObject({ id: first })
  expect(await proposeWithdrawal(as(ada), { source: "Again", fromOn: today() })).toMatchObject({
    says: "conflict.trust-none",
  })
  const page = await read()
  expect(page.others.map(({ verdict, decidedReason }) => [verdict, decidedReason])).toEqual([
    ["refused", "It is not"],
    ["withdrawn", null],
    ["withdrawn", null],
  ])
  const known = await read(dpo, before)
  expect(known.standing?.line.id).toBe(first)
  expect(known.waiting).toMatchObject({ may: null, line: { op: "withdraw", verdict: null, decidedBy: null } })
})
