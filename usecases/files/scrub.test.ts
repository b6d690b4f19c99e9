import { randomBytes } from "node:crypto"
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { databaseStore } from "@/adapters/files/database"
import { folderStore } from "@/adapters/files/folder"
import { fixedKeys } from "@/adapters/files/keys"
import { rows } from "@/db/connect"
import { lastScrub } from "@/db/statements/scrubs"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { OTHER_KEY, TEST_KEY, TEST_KEYS } from "@/testing/keys"
import { anEntity, aPerson, sceneFor } from "@/testing/people"
import { must } from "@/testing/requests"
import { makeBackup } from "@/usecases/backup/make-backup"
import { restoreBackup } from "@/usecases/backup/restore-backup"
import { OPERATOR, type Actor } from "@/usecases/scene"
import { filesState } from "./files-state"
import { FILE_LIMITS, putFile, receive, type PutFile } from "./put-file"
import { openFile } from "./read-file"
import { nightlyScrub, resealFiles, scrubFiles } from "./scrub"

const scratch = mkdtempSync(join(tmpdir(), "onward-scrub-"))
const folder = join(scratch, "files")
const files = folderStore(folder, TEST_KEYS)
const place = (sha256: string): string => join(folder, sha256.slice(0, 2), `${sha256}.sealed`)
let on: TestDatabase
let sender: Actor
let administrator: Actor
const kept: PutFile[] = []

async function put(store = files, bytes: Buffer = randomBytes(200_000)): Promise<PutFile> {
  const scene = sceneFor(on.db, sender, { files: store })
  const whole = Buffer.concat([Buffer.from("%PDF-1.7\n"), bytes])
  const received = must(await receive(scene, Readable.from([whole], { objectMode: false }), FILE_LIMITS.paper))
  return must(await putFile(scene, { name: "paper.pdf", use: "paper", received }))
}

beforeAll(async () => {
  on = await aDatabase()
  await anEntity(on.db)
  administrator = await aPerson(on.db, "Ada Admin", ["administrator"])
  sender = await aPerson(on.db, "Sam Sender", ["legal"])
  for (let i = 0; i < 7; i += 1) kept.push(await put())
})
afterAll(() => on.drop())

const scene = () => sceneFor(on.db, OPERATOR, { files })

test("files that are as they were: nothing is wrong, and nobody is told", async () => {
  const scrub = await scrubFiles(scene())
  expect(scrub).toMatchObject({ files: 7, plain: 0, faults: [], bytes: 7 * 200_009 })
  expect(await rows(on.db, sql`select 1 from tellings`)).toEqual([])
  expect(must(await filesState(sceneFor(on.db, administrator, { files }), {})).scrub).toEqual(scrub)
})

test("one byte altered, one removed, two exchanged, one cut off, one named by nothing: each is found by name", async () => {
  const [altered, removed, one, other, cut, good] = kept.map((file) => file.sha256) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ]
  const bytes = readFileSync(place(altered))
  bytes[150_000] = (bytes[150_000] ?? 0) ^ 1
  writeFileSync(place(altered), bytes)
  unlinkSync(place(removed))
  renameSync(place(one), join(scratch, "x"))
  renameSync(place(other), place(one))
  renameSync(join(scratch, "x"), place(other))
  writeFileSync(place(cut), readFileSync(place(cut)).subarray(0, 100_000))
  const nobody = await files.stage(Readable.from([Buffer.from("nobody names these")]))
  await files.keep(nobody)
  const scrub = await scrubFiles(scene())
  const idOf = (sha256: string): string[] => kept.filter((file) => file.sha256 === sha256).map((file) => file.id)
  const wanted = [
    [altered, "altered"],
    [removed, "missing"],
    [one, "swapped"],
    [other, "swapped"],
    [cut, "truncated"],
  ].map(([sha256 = "", kind]) => ({ sha256, kind, files: idOf(sha256) }))
  const byHash = (a: { sha256: string }, b: { sha256: string }): number => (a.sha256 < b.sha256 ? -1 : 1)
  expect(scrub?.faults).toEqual([...wanted.sort(byHash), { sha256: nobody.sha256, kind: "orphaned", files: [] }])
  // What is damaged is given to nobody; the rest is.
  expect(await openFile({ files }, altered)).toMatchObject({ ok: true })
  expect(await openFile({ files }, cut)).toMatchObject({ ok: false, says: "conflict.file-damaged" })
  expect(await openFile({ files }, good)).toMatchObject({ ok: true })
  const told = await rows(on.db, sql`select kind, what, person_id, mail from tellings`)
  expect(told).toEqual([{ kind: "file", what: "faults", person_id: administrator.id, mail: "waiting" }])
  expect(await lastScrub(on.db)).toEqual(scrub)
})

test("the night's reading is one of all instances', once", async () => {
  const stop = new AbortController()
  expect(await nightlyScrub(scene(), stop.signal)).toBe(null)
  await on.db.execute(sql`delete from file_scrubs`)
  const both = await Promise.all([nightlyScrub(scene(), stop.signal), nightlyScrub(scene(), stop.signal)])
  expect(both.filter(Boolean).length).toBeGreaterThanOrEqual(1)
  expect(await nightlyScrub(scene(), stop.signal)).toBe(null)
})

test("what early landings kept is sealed by the worker, which may be cut off and begins again; a rekey likewise", async () => {
  const early = randomBytes(90_000)
  const { createHash } = await import("node:crypto")
  const sha256 = createHash("sha256").update(early).digest("hex")
  mkdirSync(join(folder, sha256.slice(0, 2)), { recursive: true })
  writeFileSync(join(folder, sha256.slice(0, 2), sha256), early)
  expect(await resealFiles({ db: on.db, files }, false)).toMatchObject({ done: 1, damaged: [] })
  expect(await resealFiles({ db: on.db, files }, false)).toMatchObject({ done: 0 })
  const both = folderStore(folder, fixedKeys(`${OTHER_KEY} ${TEST_KEY}`))
  const stop = new AbortController()
  const first = await resealFiles({ db: on.db, files: both }, true, {
    stop: stop.signal,
    progress: (n) => n === 2 && stop.abort(),
  })
  expect(first.done).toBe(2)
  const rest = await resealFiles({ db: on.db, files: both }, true)
  expect(rest.stood).toBe(2)
  expect(rest.damaged.map((one) => one.kind).sort()).toEqual(["altered", "swapped", "swapped", "truncated"])
  expect((await folderStore(folder, fixedKeys(OTHER_KEY)).check(sha256))?.kind).toBe(undefined)
})

test("a backup holds the files sealed: without the key it says which is missing and restores nothing, with it it is whole", async () => {
  const source = databaseStore(on.db, join(scratch, "none"), TEST_KEYS)
  const text = "words that nobody reads in a backup ".repeat(300)
  const file = await put(source, Buffer.from(text))
  const archive = join(scratch, "register.backup")
  must(await makeBackup(sceneFor(on.db, OPERATOR, { files: source }), archive))
  const { gunzipSync } = await import("node:zlib")
  const packed = gunzipSync(readFileSync(archive))
  expect(packed.includes("words that nobody reads")).toBe(false)
  expect(packed.includes(TEST_KEY)).toBe(false)
  const empty = await aDatabase()
  try {
    const without = await restoreBackup(empty.ownerUrl, folderStore(join(scratch, "w"), fixedKeys(OTHER_KEY)), archive)
    expect(without).toMatchObject({
      ok: false,
      says: "invalid.backup",
      params: { detail: expect.stringMatching(/sealed with the key [0-9a-f]{16}, which is not here.*files\.key/) },
    })
    const elsewhere = folderStore(join(scratch, "with"), fixedKeys(`${OTHER_KEY},${TEST_KEY}`))
    must(await restoreBackup(empty.ownerUrl, elsewhere, archive))
    const read = folderStore(join(scratch, "with"), fixedKeys(OTHER_KEY))
    expect(await read.check(file.sha256)).toBe(null)
    appendFileSync(join(scratch, "with", file.sha256.slice(0, 2), `${file.sha256}.sealed`), "x")
    expect((await read.check(file.sha256))?.kind).toBe("altered")
  } finally {
    await empty.drop()
  }
})
