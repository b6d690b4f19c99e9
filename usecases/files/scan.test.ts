import { randomBytes } from "node:crypto"
import { mkdtempSync, readdirSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { folderStore } from "@/adapters/files/folder"
import { clamd, type Scanner, type Verdict } from "@/adapters/scan/clamd"
import { row, rows } from "@/db/connect"
import { aClamd, FOUND_BY_TEST, hasClamd } from "@/testing/clamd"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { TEST_KEYS } from "@/testing/keys"
import { anEntity, aPerson, sceneFor } from "@/testing/people"
import { must } from "@/testing/requests"
import { openImport } from "@/usecases/imports/open-import"
import { openList } from "@/usecases/reconcile/reconciliations"
import { clockNow, OPERATOR, type Actor, type Scene } from "@/usecases/scene"
import { filesState } from "./files-state"
import { FILE_LIMITS, putFile, receive, type PutFile } from "./put-file"
import { readFile } from "./read-file"
import { scanWaiting } from "./scan"

const folder = join(mkdtempSync(join(tmpdir(), "onward-scan-")), "files")
const files = folderStore(folder, TEST_KEYS)
let on: TestDatabase
let sender: Actor
let administrator: Actor
let entityId: string

beforeAll(async () => {
  on = await aDatabase()
  entityId = await anEntity(on.db)
  administrator = await aPerson(on.db, "Ada Admin", ["administrator"])
  sender = await aPerson(on.db, "Sam Sender", ["legal", "procurement"])
})
afterAll(() => on.drop())

const saying = (verdict: Verdict): Scanner => ({
  scan: async (bytes) => {
    for await (const _ of bytes);
    return verdict
  },
})
const as = (actor: Actor | null, scanner: Scanner | null): Scene => sceneFor(on.db, actor, { files, scanner })
const PDF = "%PDF-1.7\n"

async function sent(scanner: Scanner | null, text: string, name = "paper.pdf") {
  const scene = as(sender, scanner)
  const received = await receive(scene, Readable.from([Buffer.from(text)]), FILE_LIMITS.paper)
  return received.ok ? putFile(scene, { name, use: "paper", received: received.value }) : received
}
const keptOf = (): Promise<{ scan: string; scan_says: string | null }[]> =>
  rows(on.db, sql`select scan, scan_says from files order by at, id`)
const incoming = (): string[] => readdirSync(join(folder, "incoming"))

test("without a scanner a file is taken as it comes; with one that calls it clean, it says so", async () => {
  expect(must(await sent(null, `${PDF}one`))).toMatchObject({ held: false })
  const file = must(await sent(saying({ state: "clean" }), `${PDF}two`))
  expect(file.held).toBe(false)
  expect(await readFile(as(sender, null), { id: file.id })).toMatchObject({ ok: true })
  expect((await keptOf()).map((one) => one.scan)).toEqual(["none", "clean"])
})

test("an infected file is refused with what was found, nothing of it is kept, and the log says so", async () => {
  const before = await keptOf()
  const refused = await sent(saying({ state: "infected", says: "Win.Test-1" }), `${PDF}bad`)
  expect(refused).toMatchObject({ ok: false, says: "invalid.file-infected", params: { found: "Win.Test-1" } })
  expect(await keptOf()).toEqual(before)
  expect(incoming()).toEqual([])
  const leaf = await row<{ bytes: string }>(on.db, sql`select bytes from log_leaves where act = 'file.infected'`)
  expect(JSON.parse(leaf?.bytes ?? "{}")).toMatchObject({
    actor: { role: "operator", via: "job" },
    after: { says: "Win.Test-1", by: sender.id },
  })
})

let held: PutFile
test("while the scanner is away a paper is held: nobody reads it, not even its sender, and it is asked for again", async () => {
  const away = saying({ state: "away", says: "ECONNREFUSED" })
  held = must(await sent(away, `${PDF}held`))
  expect(held.held).toBe(true)
  expect(await readFile(as(sender, null), { id: held.id })).toMatchObject({ ok: false, says: "conflict.file-held" })
  expect(await scanWaiting(as(OPERATOR, away))).toBe(0)
  const state = must(await filesState(as(administrator, away), {}))
  expect(state).toMatchObject({ named: true, scanner: { state: "away", says: "ECONNREFUSED" }, scans: { waiting: 1 } })
})

test("a list that would be read at once is refused meanwhile, and nothing of it is kept", async () => {
  const scene = as(sender, saying({ state: "away", says: "slow" }))
  const list = async () => must(await receive(scene, Readable.from([Buffer.from("name,country\nA,DE\n")]), 1_000_000))
  const away = { ok: false, says: "conflict.scanner-away" }
  expect(await openImport(scene, { name: "list.csv", received: await list(), entityId })).toMatchObject(away)
  expect(await openList(scene, { name: "list.csv", received: await list() })).toMatchObject(away)
  expect(incoming()).toEqual([])
})

test("once it answers, what is clean is read, and what is infected is shut for good and told to its sender", async () => {
  const bad = must(await sent(saying({ state: "away", says: "slow" }), `${PDF}late and bad`))
  const knows: Scanner = {
    scan: async (bytes) => {
      const parts: Buffer[] = []
      for await (const part of bytes) parts.push(part as Buffer)
      return Buffer.concat(parts).includes("bad") ? { state: "infected", says: "Win.Test-2" } : { state: "clean" }
    },
  }
  expect(await scanWaiting(as(OPERATOR, knows))).toBe(2)
  expect(await scanWaiting(as(OPERATOR, knows))).toBe(0)
  expect(await readFile(as(sender, null), { id: held.id })).toMatchObject({ ok: true })
  expect(await readFile(as(sender, null), { id: bad.id })).toMatchObject({ ok: false, says: "conflict.file-infected" })
  const told = await rows(on.db, sql`select kind, what, clause, person_id from tellings where kind = 'file'`)
  expect(told).toEqual([{ kind: "file", what: "infected", clause: bad.id, person_id: sender.id }])
  const leaf = await row<{ bytes: string }>(
    on.db,
    sql`select bytes from log_leaves where act = 'file.infected' order by index desc limit 1`,
  )
  expect(JSON.parse(leaf?.bytes ?? "{}")).toMatchObject({ objects: [{ type: "file", id: bad.id }] })
  await expect(on.db.execute(sql`update files set scan = 'clean' where id = ${bad.id}`)).rejects.toMatchObject({
    cause: { code: "ON038" },
  })
})

test("one that is too large for the scanner stays held, and the others do not wait for it", async () => {
  const away = saying({ state: "away", says: "slow" })
  const large = must(await sent(away, `${PDF}${"large".repeat(100)}`))
  const small = must(await sent(away, `${PDF}small`))
  const limited: Scanner = {
    scan: async (bytes) => {
      let n = 0
      for await (const part of bytes) n += (part as Buffer).length
      return n > 100 ? { state: "away", says: "too-large" } : { state: "clean" }
    },
  }
  expect(await scanWaiting(as(OPERATOR, limited))).toBe(1)
  expect(await readFile(as(sender, null), { id: small.id })).toMatchObject({ ok: true })
  expect(await readFile(as(sender, null), { id: large.id })).toMatchObject({ says: "conflict.file-held" })
})

test("administrators are told once a day that files wait for a scanner which is away", async () => {
  const away = saying({ state: "away", says: "ECONNREFUSED" })
  const before = await row<{ n: number }>(on.db, sql`select count(*)::int as n from tellings where what = 'scanner'`)
  expect(before).toEqual({ n: 0 })
  const owner = await import("pg").then(({ default: pg }) => new pg.Client({ connectionString: on.ownerUrl }))
  await owner.connect()
  await owner.query("update files set at = at - interval '1 hour' where scan = 'waiting'")
  await owner.end()
  await scanWaiting(as(OPERATOR, away))
  await scanWaiting(as(OPERATOR, away))
  const told = await rows(on.db, sql`select person_id, mail from tellings where what = 'scanner'`)
  expect(told).toEqual([{ person_id: administrator.id, mail: "waiting" }])
})

test("a real clamd finds what its list names, also at the end of a large file, and is asked again after it was away", async () => {
  // Where there is none that is said, loudly: a skipped test would count as failed.
  if (!hasClamd()) return
  const real = await aClamd()
  try {
    const scanner = clamd({ path: real.path })
    expect(await sent(scanner, `${PDF}nothing to see ${clockNow()}`)).toMatchObject({
      ok: true,
      value: { held: false },
    })
    expect(await sent(scanner, `${PDF}${FOUND_BY_TEST.text}`)).toMatchObject({
      ok: false,
      says: "invalid.file-infected",
      params: { found: expect.stringContaining(FOUND_BY_TEST.as) },
    })
    const large = Buffer.concat([Buffer.from(PDF), randomBytes(40 * 1024 * 1024), Buffer.from(FOUND_BY_TEST.text)])
    const scene = as(sender, scanner)
    const received = await receive(scene, Readable.from([large], { objectMode: false }), FILE_LIMITS.paper)
    expect(received).toMatchObject({ ok: false, says: "invalid.file-infected" })
    expect(incoming()).toEqual([])
  } finally {
    await real.stop()
  }
  expect(await sent(clamd({ path: real.path }), `${PDF}gone`)).toMatchObject({ ok: true, value: { held: true } })
})

test("files that are too large for the scanner hold up no others", async () => {
  const large: Scanner = {
    scan: async (bytes) => {
      const parts: Buffer[] = []
      for await (const part of bytes) parts.push(part as Buffer)
      return Buffer.concat(parts).includes("small") ? { state: "clean" } : { state: "away", says: "too-large" }
    },
  }
  const away = saying({ state: "away", says: "too-large" })
  // As many as one round asks for, all sent before it.
  for (let n = 0; n < 50; n += 1) must(await sent(away, `${PDF}large ${n}`))
  const small = must(await sent(away, `${PDF}small`))
  await scanWaiting(as(OPERATOR, large))
  await scanWaiting(as(OPERATOR, large))
  expect(await readFile(as(sender, null), { id: small.id })).toMatchObject({ ok: true })
  // They are not held up for good either.
  const clean = saying({ state: "clean" })
  for (let round = 0; round < 2; round += 1) await scanWaiting(as(OPERATOR, clean))
  const left = await row<{ n: number }>(on.db, sql`select count(*)::int as n from files where scan = 'waiting'`)
  expect(left?.n).toBe(0)
})
