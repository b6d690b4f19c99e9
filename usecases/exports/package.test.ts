import { createHash, createHmac } from "node:crypto"
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { readdir, unlink } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { strFromU8, unzipSync } from "fflate"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { ed25519Holds, sha256 } from "@/adapters/log-key/signer"
import { folderStore } from "@/adapters/files/folder"
import { row, rows } from "@/db/connect"
import { logHead } from "@/db/statements/log"
import { readCheckpoint, readNote, readPackageText, signedBy } from "@/domain/audit/note"
import { provesConsistency } from "@/domain/audit/proof"
import { addLeaf, emptyEdge, rootOf } from "@/domain/audit/tree"
import { canonical } from "@/domain/core/canonical"
import { known } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import { commitmentsOf, committedPlaces } from "@/domain/records/seal"
import { typedEntity, typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement, typedAssessment, typedSharing } from "@/testing/flow"
import { takenElsewhere } from "@/testing/elsewhere"
import { exported, testSigner } from "@/testing/log-key"
import { TEST_KEYS } from "@/testing/keys"
import { aPerson, sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { makeBackup } from "@/usecases/backup/make-backup"
import { restoreBackup } from "@/usecases/backup/restore-backup"
import { newId, OPERATOR, type Actor } from "@/usecases/scene"
import { verifyPackage } from "@/verifier/core/verify"
import { sourceOf } from "@/verifier/testing/mutate"
import { putEntity } from "@/usecases/people/entities"
import { exportRegister } from "./export-register"
import { doExports } from "./jobs"
import { listExports, orderExport, readExport, stopExport, takeExport } from "./ordered"

let on: TestDatabase
let cast: Cast
let party: string
let other: string
let sharing: string
let secret: string
const as = (actor: Actor) => sceneFor(on.db, actor)

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  const scene = sceneFor(on.db, cast.requester)
  ;[party, other, sharing] = [newId(scene, "party"), newId(scene, "party"), newId(scene, "sharing")]
  const entityId = cast.entityId as Id<"entity">
  const between = { entityId, partyId: party as Id<"party"> }
  await inForce(on.db, cast, "A flow", [
    { kind: "party", recordId: party, body: typedParty({ legalName: "Harbour Cloud Ltd", risk: known("low") }) },
    { kind: "sharing", recordId: sharing, body: typedSharing(between) },
    { kind: "agreement", body: typedAgreement(between, [sharing as Id<"sharing">]) },
    { kind: "assessment", body: typedAssessment(party as Id<"party">, { validUntil: known(day("2099-12-31")) }) },
  ])
  await inForce(on.db, cast, "Another", [
    { kind: "party", recordId: other, body: typedParty({ legalName: "Quay Ltd" }) },
  ])
  const named = [cast.requester, cast.procurement, cast.dpo, cast.legal].map((one) => one.id as Id<"person">)
  ;[secret] = (await inForce(on.db, cast, "Secret", [
    { kind: "party", body: typedParty({ legalName: "Heron Target Ltd", restrictedTo: named }) },
  ])) as [string]
}, 60_000)
afterAll(() => on.drop())

/** Whatever a file of a package says. */
type Json = ReturnType<typeof JSON.parse>
type Files = Map<string, Buffer>
async function taken(
  who: Actor,
  input: object = {},
): Promise<{ files: Files; manifest: Json; sha256: string; bytes: Buffer }> {
  const made = must(await exported(as(who), input))
  const raw = readFileSync(made.path)
  const files: Files = new Map(Object.entries(unzipSync(raw)).map(([name, bytes]) => [name, Buffer.from(bytes)]))
  await unlink(made.path)
  return { files, manifest: JSON.parse(text(files, "manifest.json")), sha256: made.sha256, bytes: raw }
}
const text = (files: Files, name: string): string => strFromU8(files.get(name) ?? new Uint8Array())
const lines = (files: Files, name: string): Json[] =>
  text(files, name)
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line))
const hex = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex")

test("note, manifest, checkpoint, leaves, entries, records and values vouch for each other as the document says", async () => {
  await taken(OPERATOR)
  const { files, manifest } = await taken(OPERATOR)
  const signer = await testSigner(on.db)
  const note = readNote(text(files, "manifest.note"))
  if (!note) throw new Error("no note")
  expect(signedBy(note, [signer.verifier], ed25519Holds)).toHaveLength(1)
  expect(Buffer.from(readPackageText(note.text)?.manifest ?? []).toString("hex")).toBe(
    hex(files.get("manifest.json") as Buffer),
  )
  const listed = manifest.files.map((one: { name: string }) => one.name)
  expect([...listed, "manifest.json", "manifest.note"]).toEqual([...files.keys()])
  for (const one of manifest.files) {
    expect([one.name, hex(files.get(one.name) as Buffer)]).toEqual([one.name, one.sha256])
    expect(files.get(one.name)?.length).toBe(one.bytes)
  }
  expect(manifest).toMatchObject({ formatVersion: 6, whole: true, watermark: null, questions: null, redactions: [] })
  const point = readCheckpoint(readNote(text(files, "log/checkpoint.txt"))?.text ?? "")
  const leaves = files.get("log/leaves.bin") as Buffer
  expect(leaves.length).toBe((point?.size ?? 0) * 32)
  const edge = emptyEdge()
  for (let i = 0; i < (point?.size ?? 0); i += 1) {
    if (i === manifest.logSize) expect(Buffer.from(rootOf(sha256, edge)).toString("hex")).toBe(manifest.logRoot)
    addLeaf(sha256, edge, leaves.subarray(i * 32, i * 32 + 32))
  }
  expect(Buffer.from(rootOf(sha256, edge))).toEqual(Buffer.from(point?.root ?? []))
  const entries = text(files, "log/events.jsonl").split("\n").slice(0, -1)
  for (const entry of entries) {
    const { index } = JSON.parse(entry) as { index: number }
    expect(hex(`\0${entry}`)).toBe(leaves.subarray(index * 32, index * 32 + 32).toString("hex"))
  }
  expect(manifest.withheld.entries).toBe(manifest.logSize - entries.length)
  // The operator reads nothing that is restricted: its entries are withheld.
  expect(manifest.withheld.entries).toBeGreaterThan(0)
  const byIndex = new Map(entries.map((one) => JSON.parse(one)).map((one) => [one.index, one]))
  const disclosures = new Map(lines(files, "disclosures.jsonl").map((one) => [one.commitment, one]))
  for (const one of disclosures.values())
    expect(
      createHmac("sha256", Buffer.from(one.salt, "base64")).update(canonical(one.value), "utf8").digest("hex"),
    ).toBe(one.commitment)
  const requests = new Map(lines(files, "requests.jsonl").map((one) => [one.id, one]))
  for (const kind of Object.keys(manifest.records)) {
    const records = lines(files, `records/${kind}.jsonl`)
    expect([kind, records.length]).toEqual([kind, manifest.records[kind]])
    for (const record of records) {
      expect(record).toMatchObject({ changed: false, sha256: hex(record.sealed) })
      const entry = byIndex.get(record.index)
      expect(entry.after).toMatchObject({ version: record.version, sha256: record.sha256 })
      if (kind === "entity") continue
      for (const one of commitmentsOf(kind as "party", JSON.parse(record.sealed)))
        expect(disclosures.has(one)).toBe(true)
      const request = requests.get(record.request)
      const proposal = request.rows.find((line: { recordId: string }) => line.recordId === record.id)
      expect(proposal).toMatchObject({ body: record.sha256, kind })
      const over = request.rows.map((line: { recordId: string }) => [line.recordId, hex(canonical(line as never))])
      expect(hex(canonical(over))).toBe(request.hash)
    }
  }
  for (const decision of JSON.parse(text(files, "decisions.json"))) {
    expect(byIndex.get(decision.index)).toMatchObject({ act: "request.decide", after: { hash: decision.hash } })
    expect(requests.get(decision.request)).toMatchObject({ hash: decision.hash })
  }
  const previous = JSON.parse(text(files, "log/previous.json"))
  const part = emptyEdge()
  for (let i = 0; i < previous.logSize; i += 1) addLeaf(sha256, part, leaves.subarray(i * 32, i * 32 + 32))
  expect(Buffer.from(rootOf(sha256, part)).toString("hex")).toBe(previous.logRoot)
  expect(
    provesConsistency(sha256, {
      ...{
        older: previous.logSize,
        newer: manifest.logSize,
        proof: previous.proof.map((one: string) => Buffer.from(one, "base64")),
      },
      olderRoot: Buffer.from(previous.logRoot, "hex"),
      newerRoot: Buffer.from(manifest.logRoot, "hex"),
    }),
  ).toBe(true)
  expect(JSON.parse(text(files, "log/keys.json"))).toMatchObject([{ id: signer.verifier.id, until: null }])
})

test("the same register put back from a backup gives the same bytes, in other zones and languages, whatever was done since", async () => {
  const { at } = await logHead(on.db)
  const first = await taken(cast.dpo, { asOf: at })
  const folder = mkdtempSync(join(tmpdir(), "onward-same-"))
  const files = folderStore(join(folder, "files"), TEST_KEYS)
  const empty = await aDatabase()
  try {
    const archive = join(folder, "register.backup")
    must(await makeBackup(sceneFor(on.db, OPERATOR, { files }), archive))
    must(await restoreBackup(empty.ownerUrl, files, archive))
    await inForce(on.db, cast, "Later", [{ kind: "party", body: typedParty({ legalName: "Later Ltd" }) }])
    const takes = { personId: cast.dpo.id, order: { asOf: at } }
    const took = await takenElsewhere([
      { ...takes, url: on.appUrl, zone: "Pacific/Kiritimati", language: "de_DE.UTF-8" },
      { ...takes, url: empty.appUrl, zone: "America/St_Johns", language: "tr_TR.UTF-8" },
      { ...takes, url: empty.appUrl, zone: "Asia/Shanghai", language: "zh_CN.UTF-8" },
    ])
    const { sha256 } = first
    expect(took).toEqual([
      { sha256, zone: "Pacific/Kiritimati", locale: "de-DE", number: "1.234,5" },
      { sha256, zone: "America/St_Johns", locale: "tr-TR", number: "1.234,5" },
      { sha256, zone: "Asia/Shanghai", locale: "zh-CN", number: "1,234.5" },
    ])
  } finally {
    await empty.drop()
    rmSync(folder, { recursive: true })
  }
})

test("nothing that makes a package asks the machine for its zone, language or order of letters", () => {
  const found = ["usecases/exports", "domain/exports", "formats"].flatMap((folder) =>
    readdirSync(folder, { encoding: "utf8" })
      .filter(
        (name) =>
          name.endsWith(".ts") && !name.includes(".test.") && (folder !== "formats" || name.startsWith("package")),
      )
      .flatMap((name) =>
        /toLocale|localeCompare|Intl\.|getTimezone|getHours|getDate\(|getDay\(|Math\.random/.test(
          readFileSync(`${folder}/${name}`, "utf8"),
        )
          ? [`${folder}/${name}`]
          : [],
      ),
  )
  expect(found).toEqual([])
})

test("scope takes what belongs to the flows chosen, and what is left out is named with its reason and hash", async () => {
  const { files, manifest } = await taken(cast.dpo, { scope: { countries: ["IE", "DE", "US"], parties: [party] } })
  expect(manifest).toMatchObject({
    whole: false,
    records: { party: 1, sharing: 1, agreement: 1, assessment: 1, entity: 1 },
  })
  for (const name of files.keys()) expect([name, text(files, name).includes(other)]).toEqual([name, false])
  const none = await taken(cast.dpo, { scope: { modes: ["disclose"] } })
  expect(none.manifest.records).toMatchObject({ party: 0, sharing: 0, agreement: 0, entity: 0 })
  const before = await taken(cast.dpo, { scope: { until: "1999-01-01" } })
  expect(before.manifest.records).toMatchObject({ sharing: 0 })
  const kinds = await taken(cast.dpo, { scope: { kinds: ["party"] } })
  expect(kinds.manifest.records).toMatchObject({ party: 4, sharing: 0, entity: 0 })
  const whole = (await taken(cast.dpo)).files
  const [path = "", commitment = ""] =
    [...committedPlaces("sharing", JSON.parse(lines(whole, "records/sharing.jsonl")[0].sealed))][0] ?? []
  expect(text(whole, "disclosures.jsonl")).toContain(commitment)
  const redacted = await taken(cast.dpo, {
    redactions: [
      { record: sharing, path, reason: "trade secret" },
      { record: other, reason: "no affair of the inspection" },
    ],
  })
  expect(redacted.manifest.redactions).toEqual([
    {
      record: other,
      version: 1,
      path: null,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      reason: "no affair of the inspection",
    },
    { record: sharing, version: 1, path, sha256: commitment, reason: "trade secret" },
  ])
  expect(text(redacted.files, "disclosures.jsonl")).not.toContain(commitment)
  expect(text(redacted.files, "json/sharing.json")).toContain("[redacted]")
  // Opened it reads so; as it was hashed it stands, or it could not be held against its hash.
  expect(lines(redacted.files, "records/sharing.jsonl")[0]).toMatchObject({ changed: false })
  expect(lines(redacted.files, "records/party.jsonl").map((one) => one.id)).not.toContain(other)
  const report = await verifyPackage({ source: sourceOf(redacted.bytes) })
  expect([report.faults, report.checks.find((one) => one.name === "redactions")?.state]).toEqual([[], "held"])
  expect(await exported(as(cast.dpo), { scope: { colour: ["red"] } })).toMatchObject({ ok: false, code: "invalid" })
})

test("whoever may not know of a record gets no entry that names it", async () => {
  const outsider = await aPerson(on.db, "Otto Outsider", ["legal"])
  for (const who of [outsider, OPERATOR]) {
    const { files } = await taken(who)
    for (const name of files.keys()) expect([name, text(files, name).includes(secret)]).toEqual([name, false])
  }
  const { files, manifest } = await taken(cast.dpo)
  expect(text(files, "log/events.jsonl")).toContain(secret)
  expect(manifest.withheld.entries).toBe(0)
})

test("a package is ordered, made by the worker, and given to whoever ordered it while they may read it", async () => {
  const signer = await testSigner(on.db)
  const who = await aPerson(on.db, "Lena Legal", ["legal"])
  const { id } = must(await orderExport(as(who), {}))
  expect(await takeExport(as(who), { id })).toMatchObject({ ok: false, says: "exports.not-yet" })
  expect(await doExports(as(OPERATOR), signer)).toBe(1)
  expect(must(await readExport(as(who), { id }))).toMatchObject({ state: "done", mine: true, says: null })
  const got = must(await takeExport(as(who), { id }))
  const parts: Buffer[] = []
  for await (const part of got.stream) parts.push(part as Buffer)
  expect(hex(Buffer.concat(parts))).toBe(got.sha256)
  const [event] = await rows<{ bytes: string }>(
    on.db,
    sql`select bytes from log_leaves where act = 'export.make' order by index desc limit 1`,
  )
  expect(JSON.parse(event?.bytes ?? "")).toMatchObject({
    actor: { id: who.id, role: "legal" },
    after: { sha256: got.sha256, formatVersion: 6, logSize: expect.any(Number), scope: { parties: null } },
  })
  // Nobody else's, and it is nobody's who lost the right, or once something in it was erased.
  expect(await takeExport(as(cast.dpo), { id })).toMatchObject({ ok: false, code: "not-found" })
  expect(must(await listExports(as(cast.dpo), {})).lines[0]).toMatchObject({ id, mine: false, name: "Lena Legal" })
  const fewer = { ...who, held: [] } as Actor
  expect(await takeExport(as(fewer), { id })).toMatchObject({ ok: false, code: "not-allowed" })
  const bound = { ...who, held: who.held.map((one) => ({ ...one, entityId: cast.entityId })) } as Actor
  expect(await takeExport(as(bound), { id })).toMatchObject({ ok: false, says: "exports.reads-less" })
  expect(must(await listExports(as(bound), {})).lines).toHaveLength(1)
})

test("a worker that falls is followed by the next; what is stopped, fails or is not allowed any more gives nothing", async () => {
  const signer = await testSigner(on.db)
  const who = await aPerson(on.db, "Lars Legal", ["legal"])
  const state = async (id: string) => must(await readExport(as(who), { id })).state
  const first = must(await orderExport(as(who), {}))
  await on.db.execute(
    sql`update exports set state = 'running', leased_until = now() - interval '1 second' where id = ${first.id}`,
  )
  expect(await doExports(as(OPERATOR), signer)).toBe(1)
  expect(await state(first.id)).toBe("done")
  // Another is being made: one at a time.
  const [held, waits] = [must(await orderExport(as(who), {})), must(await orderExport(as(who), {}))]
  await on.db.execute(
    sql`update exports set state = 'running', leased_until = now() + interval '1 minute' where id = ${held.id}`,
  )
  expect(await doExports(as(OPERATOR), signer)).toBe(0)
  must(await stopExport(as(who), { id: held.id }))
  expect(await stopExport(as(cast.dpo), { id: waits.id })).toMatchObject({ ok: false, says: "exports.over" })
  must(await stopExport(as(who), { id: waits.id }))
  expect([await state(held.id), await state(waits.id)]).toEqual(["stopped", "stopped"])
  await expect(on.db.execute(sql`update exports set state = 'running' where id = ${held.id}`)).rejects.toMatchObject({
    cause: { code: "ON070" },
  })
  // The disk is full while it is sealed: it says so, and nothing of it stays.
  const full = must(await orderExport(as(who), {}))
  const files = {
    ...as(OPERATOR).files,
    stage: () => Promise.reject(Object.assign(new Error("full"), { code: "ENOSPC" })),
  }
  expect(await doExports({ ...as(OPERATOR), files }, signer)).toBe(1)
  expect(must(await readExport(as(who), { id: full.id }))).toMatchObject({
    state: "failed",
    says: "exports.failed.full",
  })
  // Whoever lost the role while it waited.
  const late = must(await orderExport(as(who), {}))
  await on.db.execute(sql`update people set state = 'disabled' where id = ${who.id}`)
  const size = await row<{ size: number }>(on.db, sql`select size from log_head`)
  expect(await doExports(as(OPERATOR), signer)).toBe(1)
  expect(await row(on.db, sql`select state, place from exports where id = ${late.id}`)).toEqual({
    state: "failed",
    place: null,
  })
  expect(
    await row(
      on.db,
      sql`select count(*)::int as n from log_leaves where act = 'export.make' and index >= ${size?.size ?? 0}`,
    ),
  ).toEqual({ n: 0 })
  expect((await readdir(as(OPERATOR).files.temporary())).filter((name) => /^(export-|package-)/.test(name))).toEqual([])
})

test("a verifier that shares no code with the register finds a package whole, and nothing rewritten since an older one", async () => {
  const take = async (actor: Actor, order: object) => sourceOf((await taken(actor, order)).bytes)
  const older = await take(cast.dpo, {})
  const part = await take(cast.legal, { scope: { parties: [party] } })
  for (const ask of [{ source: older }, { source: part }, { source: await take(cast.legal, {}), older }]) {
    const report = await verifyPackage(ask)
    expect(report.faults).toEqual([])
    expect(report.verdict).toBe("intact")
  }
})

test("each fact says when the register learnt it, and not what the taker may not know", async () => {
  const { files } = await taken(cast.dpo)
  const requests = new Set(lines(files, "requests.jsonl").map((one) => one.id))
  const facts = lines(files, "learnt.jsonl").find((one) => one.id === party).facts
  const record = lines(files, "records/party.jsonl").find((one) => one.id === party)
  const name = facts.find((one: Json) => one.path === "legalName")
  expect(name).toMatchObject({ version: 1, request: record.version === 1 ? record.request : name.request })
  expect([requests.has(name.request), name.at <= record.at]).toEqual([true, true])
  const outside = await taken(OPERATOR)
  expect(text(outside.files, "learnt.jsonl")).not.toContain(secret)
})

test("a package with a company in the Chinese mainland asks to whom it goes, and notes it without the words", async () => {
  const scene = sceneFor(on.db, cast.dpo)
  const mainland = must(
    await putEntity(sceneFor(on.db, OPERATOR), {
      body: { ...typedEntity({ legalName: "Mainland Ltd" }), country: "CN" },
    }),
  ).id
  const signer = await testSigner(on.db)
  const ask = (more: object) => exportRegister(scene, signer, more)
  expect(await ask({})).toMatchObject({ ok: false, code: "invalid", fields: [{ path: "mainland.reasons" }] })
  expect(await orderExport(scene, { mainland: { addressee: "CNIL" } })).toMatchObject({
    ...{ ok: false, fields: [{ path: "mainland.approval" }] },
  })
  expect((await readdir(scene.files.temporary())).filter((name) => /^(export-|package-)/.test(name))).toEqual([])
  const narrow = must(await ask({ scope: { entities: [cast.entityId] } }))
  await unlink(narrow.path)
  const { manifest } = await taken(cast.dpo, { mainland: { addressee: "CNIL", approval: "No. 17" } })
  expect(manifest.mainland).toEqual({ entities: [mainland], addressee: "CNIL", approval: "No. 17", reasons: null })
  const noted = await row<{ bytes: string }>(
    on.db,
    sql`select bytes from log_leaves where act = 'export.make' order by index desc limit 1`,
  )
  expect(JSON.parse(noted?.bytes ?? "{}").after.mainland).toMatchObject({ entities: [mainland], reasons: null })
  expect(noted?.bytes).not.toContain("CNIL")
})
