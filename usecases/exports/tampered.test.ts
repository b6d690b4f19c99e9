import { mkdtempSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { unzipSync } from "fflate"
import { afterAll, beforeAll, expect, test } from "vitest"
import { folderStore } from "@/adapters/files/folder"
import { known } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Agreement } from "@/domain/records/agreement"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement, typedAssessment, typedSharing } from "@/testing/flow"
import { TEST_KEYS } from "@/testing/keys"
import { exported } from "@/testing/log-key"
import { sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { FILE_LIMITS, putFile, receive } from "@/usecases/files/put-file"
import { newId, type Actor, type Scene } from "@/usecases/scene"
import { verifyPackage } from "@/verifier/core/verify"
import { sourceOf } from "@/verifier/testing/mutate"
import { manifestOf } from "@/verifier/testing/small-register"
import { zipOf, type Item } from "@/verifier/testing/small-zip"

let on: TestDatabase
let cast: Cast
let files: Item[]
const store = folderStore(join(mkdtempSync(join(tmpdir(), "onward-tampered-")), "files"), TEST_KEYS)
const as = (actor: Actor): Scene => sceneFor(on.db, actor, { files: store })
const check = (bytes: Uint8Array) => verifyPackage({ source: sourceOf(bytes) })

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  const scene = as(cast.requester)
  const received = must(await receive(scene, Readable.from([Buffer.from("%PDF-1.7\npaper")]), FILE_LIMITS.paper))
  const paper = must(await putFile(scene, { name: "paper.pdf", use: "paper", received }))
  const [party, sharing] = [newId(scene, "party"), newId(scene, "sharing")]
  const between = { entityId: cast.entityId as Id<"entity">, partyId: party }
  const named = [{ fileId: paper.id as Id<"file">, sha256: paper.sha256, name: paper.name, pages: known(1) }]
  const papers = {
    ...typedAgreement(between, []),
    kind: "confidentiality",
    knownHow: "stated",
    checklist: [],
    files: named,
  }
  await inForce(on.db, cast, "A flow", [
    { kind: "party", recordId: party, body: typedParty({ legalName: "Harbour Cloud Ltd" }) },
    { kind: "sharing", recordId: sharing, body: typedSharing(between) },
    { kind: "agreement", body: typedAgreement(between, [sharing]) },
    { kind: "agreement", body: papers as Agreement },
    { kind: "assessment", body: typedAssessment(party, { validUntil: known(day("2099-12-31")) }) },
  ])
  const { path } = must(await exported(as(cast.dpo), { files: "all" }))
  files = Object.entries(unzipSync(readFileSync(path))).map(([name, bytes]) => ({ name, bytes }))
}, 120_000)
afterAll(() => on.drop())

test("of a package that the register made each file in turn is changed, removed, swapped: found, and the verdict names it", async () => {
  expect((await check(zipOf(files))).verdict).toBe("intact")
  expect(files.map((one) => one.name)).toEqual(
    expect.arrayContaining([
      "workbook.xlsx",
      "report.pdf",
      "dpv.jsonld",
      "verify.html",
      "manifest.note",
      "learnt.jsonl",
    ]),
  )
  expect(files.filter((one) => one.name.startsWith("files/")).length).toBeGreaterThan(0)
  for (const [i, file] of files.entries()) {
    if (file.bytes.length > 0) {
      const bytes = Buffer.from(file.bytes)
      const at = Math.floor(bytes.length / 2)
      bytes[at] = (bytes[at] as number) ^ 1
      const changed = await check(zipOf(files.with(i, { ...file, bytes })))
      expect([changed.verdict, changed.item], `${file.name} changed`).toEqual(["altered", file.name])
    }
    const removed = await check(zipOf(files.toSpliced(i, 1)))
    expect([removed.verdict === "intact", removed.item], `${file.name} removed`).toEqual([false, file.name])
    const next = files[(i + 1) % files.length] as Item
    if (Buffer.from(next.bytes).equals(Buffer.from(file.bytes))) continue
    const swapped = files.map((one) =>
      one === file ? { ...one, bytes: next.bytes } : one === next ? { ...one, bytes: file.bytes } : one,
    )
    const report = await check(zipOf(swapped))
    expect(report.verdict, `${file.name} swapped`).toBe("altered")
    expect([file.name, next.name], `${file.name} swapped`).toContain(report.item)
  }
}, 120_000)

test("with the manifest made anew but not the note, what it names is not what was signed", async () => {
  const manifest = files.find((one) => one.name === "manifest.json") as Item
  const note = files.find((one) => one.name === "manifest.note") as Item
  const { files: _named, ...about } = JSON.parse(Buffer.from(manifest.bytes).toString())
  const rest = files.filter((one) => !one.name.startsWith("manifest."))
  for (const file of rest) {
    const changed = rest.map((one) =>
      one === file ? { ...one, bytes: Buffer.concat([one.bytes, Buffer.from(" ")]) } : one,
    )
    const report = await check(zipOf([...changed, manifestOf(about, changed), note]))
    expect([report.verdict, report.item], file.name).toEqual(["altered", "manifest.json"])
  }
}, 120_000)
