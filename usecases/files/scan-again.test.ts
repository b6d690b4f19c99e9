import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { folderStore } from "@/adapters/files/folder"
import type { Scanner, Verdict } from "@/adapters/scan/clamd"
import { row, rows } from "@/db/connect"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { TEST_KEYS } from "@/testing/keys"
import { aPerson, sceneFor } from "@/testing/people"
import { must } from "@/testing/requests"
import { readInbox } from "@/usecases/told/inbox"
import { OPERATOR, type Actor, type Scene } from "@/usecases/scene"
import { filesState } from "./files-state"
import { FILE_LIMITS, putFile, receive, type PutFile } from "./put-file"
import { readFile } from "./read-file"
import { leftToScan, rescanFiles, scanBacklog, scanWaiting } from "./scan"

const files = folderStore(join(mkdtempSync(join(tmpdir(), "onward-again-")), "files"), TEST_KEYS)
let on: TestDatabase
let [sender, other, administrator] = [] as unknown as [Actor, Actor, Actor]
beforeAll(async () => {
  on = await aDatabase()
  administrator = await aPerson(on.db, "Ada Admin", ["administrator"])
  sender = await aPerson(on.db, "Sam Sender", ["legal"])
  other = await aPerson(on.db, "Ole Other", ["legal"])
})
afterAll(() => on.drop())

const as = (actor: Actor | null, scanner: Scanner | null): Scene => sceneFor(on.db, actor, { files, scanner })
const knows = (word: string, shown: string[] = []): Scanner => ({
  scan: async (bytes) => {
    const parts: Buffer[] = []
    for await (const part of bytes) parts.push(part as Buffer)
    const text = Buffer.concat(parts).toString()
    shown.push(text.split("\n")[1] ?? "")
    return text.includes(word) ? { state: "infected", says: "Win.Late-1" } : { state: "clean" }
  },
})
const saying = (verdict: Verdict): Scanner => ({
  scan: async (bytes) => {
    for await (const _ of bytes);
    return verdict
  },
})
async function sent(text: string, by = sender, scanner: Scanner | null = null) {
  const scene = as(by, scanner)
  const received = await receive(scene, Readable.from([Buffer.from(`%PDF-1.7\n${text}`)]), FILE_LIMITS.paper)
  return received.ok ? putFile(scene, { name: "paper.pdf", use: "paper", received: received.value }) : received
}
const scanOf = async (id: string) =>
  (await row<{ scan: string }>(on.db, sql`select scan from files where id = ${id}`))?.scan

const kept: PutFile[] = []
let bad: [PutFile, PutFile]
test("files from before a scanner was named are shown to it, a batch at a time, and each content once", async () => {
  for (let n = 0; n < 120; n += 1) kept.push(must(await sent(`old ${n}`)))
  bad = [must(await sent("evil")), must(await sent("evil", other))]
  const shown: string[] = []
  const stop = new AbortController()
  // Told to stop in the middle, as by a restart: what was answered for is not asked about again.
  const first = await scanBacklog(
    as(OPERATOR, {
      scan: async (bytes) => {
        const said = await knows("nothing", shown).scan(bytes)
        if (shown.length === 20) stop.abort()
        return said
      },
    }),
    stop.signal,
  )
  expect(first).toMatchObject({ answered: 20, more: false })
  expect(await scanBacklog(as(OPERATOR, saying({ state: "away", says: "ECONNREFUSED" })))).toMatchObject({
    answered: 0,
    away: "ECONNREFUSED",
  })
  const turns: number[] = []
  for (let turn = await scanBacklog(as(OPERATOR, knows("evil", shown))); ;) {
    turns.push(turn.answered)
    if (!turn.more) break
    turn = await scanBacklog(as(OPERATOR, knows("evil", shown)))
  }
  expect(turns.reduce((sum, n) => sum + n, 20)).toBe(121)
  expect(Math.max(...turns)).toBeLessThanOrEqual(50)
  expect([shown.length, new Set(shown).size]).toEqual([121, 121])
  const counts = must(await filesState(as(administrator, null), {})).scans
  expect(counts).toMatchObject({ waiting: 0, never: 0 })
})

test("what is found later is shut for everybody, whoever sent it, and its hash stays; who sent it and the administrators are told", async () => {
  // If the first twenty had it among them, nothing was found in it then: it is looked at again, as a longer list would.
  must(await rescanFiles(as(OPERATOR, knows("evil")), {}))
  while ((await scanBacklog(as(OPERATOR, knows("evil")))).more);
  for (const [file, by] of [
    [bad[0], sender],
    [bad[1], other],
  ] as const) {
    expect(await readFile(as(by, null), { id: file.id })).toMatchObject({ ok: false, says: "conflict.file-infected" })
    const stands = await row(on.db, sql`select sha256, scan, scan_says from files where id = ${file.id}`)
    expect(stands).toEqual({ sha256: file.sha256, scan: "infected", scan_says: "Win.Late-1" })
  }
  expect(await files.check(bad[0].sha256)).toBe(null)
  const leaves = await rows<{ bytes: string }>(on.db, sql`select bytes from log_leaves where act = 'file.infected'`)
  expect(leaves.map((leaf) => JSON.parse(leaf.bytes) as object)).toMatchObject([
    { objects: bad.map(({ id }) => ({ type: "file", id })), after: { sha256: bad[0].sha256, says: "Win.Late-1" } },
  ])
  const told = await rows<{ person_id: string; what: string }>(on.db, sql`select person_id, what from tellings`)
  expect(told.map(({ person_id, what }) => [person_id, what]).sort()).toEqual(
    [
      [sender.id, "infected"],
      [other.id, "infected"],
      [administrator.id, "infected-kept"],
    ].sort(),
  )
  expect(must(await readInbox(as(sender, null), {})).told).toMatchObject([
    { kind: "file", what: "infected", title: "paper.pdf" },
  ])
})

test("the same bytes sent again without a scanner's answer are refused with what was found before", async () => {
  const refused = { ok: false, says: "invalid.file-infected", params: { found: "Win.Late-1" } }
  expect(await sent("evil", other)).toMatchObject(refused)
  expect(await sent("evil", other, saying({ state: "away", says: "slow" }))).toMatchObject(refused)
})

test("asked again, all are shown once more, and what cannot be shown does not hold up the rest or come round at once", async () => {
  const [large, good] = kept as [PutFile, PutFile]
  const limited: Scanner = {
    scan: async (bytes) => {
      const parts: Buffer[] = []
      for await (const part of bytes) parts.push(part as Buffer)
      return Buffer.concat(parts).toString().endsWith("old 0")
        ? { state: "away", says: "too-large" }
        : { state: "clean" }
    },
  }
  expect(must(await rescanFiles(as(OPERATOR, limited), {})).files).toBe(120)
  let answered = 0
  for (let turn = await scanBacklog(as(OPERATOR, limited)); ; turn = await scanBacklog(as(OPERATOR, limited))) {
    answered += turn.answered
    if (!turn.more) break
  }
  expect(answered).toBe(119)
  expect(await scanBacklog(as(OPERATOR, limited))).toMatchObject({ answered: 0, away: null })
  expect(await leftToScan(as(OPERATOR, limited))).toBe(0)
  expect([await scanOf(large.id), await scanOf(good.id)]).toEqual(["clean", "clean"])
})

test("only the operator asks for it, and only where a scanner is named", async () => {
  expect(await rescanFiles(as(administrator, knows("x")), {})).toMatchObject({ ok: false, code: "not-allowed" })
  expect(await rescanFiles(as(OPERATOR, null), {})).toMatchObject({ ok: false, says: "conflict.no-scanner" })
})

test("the database lets no file go back to not having been looked at", async () => {
  const [file] = kept as [PutFile]
  for (const scan of ["none", "waiting"])
    await expect(on.db.execute(sql`update files set scan = ${scan} where id = ${file.id}`)).rejects.toMatchObject({
      cause: { code: "ON055" },
    })
  // What waits is found with the same bytes, wherever they wait.
  const waits = must(await sent("waits", sender, saying({ state: "away", says: "slow" })))
  expect(await scanWaiting(as(OPERATOR, knows("nothing")))).toBe(1)
  expect(await scanOf(waits.id)).toBe("clean")
})
