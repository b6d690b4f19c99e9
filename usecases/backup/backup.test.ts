import { appendFileSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { readArchive, writeArchive } from "@/adapters/backup/archive"
import { erasedListFrom } from "@/adapters/log-key/erased-list"
import { folderStore } from "@/adapters/files/folder"
import { rows } from "@/db/connect"
import { logHead } from "@/db/statements/log"
import { RECORD_KINDS } from "@/domain/records/kinds"
import { exported } from "@/testing/log-key"
import { replayErasures } from "@/usecases/audit/erase"
import { followErasures } from "@/usecases/audit/follow-erasures"
import { verifyLog } from "@/usecases/log/verify"
import { recordsAsOf } from "@/usecases/exports/snapshot"
import { judgeWaiting } from "@/usecases/checks/judge-again"
import { rebuildRows } from "@/usecases/register/rebuild"
import { FILE_LIMITS, putFile, receive } from "@/usecases/files/put-file"
import { clockNow, OPERATOR } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { makeBackup } from "./make-backup"
import { restoreBackup } from "./restore-backup"
import { TEST_KEYS } from "@/testing/keys"

let on: TestDatabase
let cast: Cast
const folder = mkdtempSync(join(tmpdir(), "onward-backup-"))
const files = folderStore(join(folder, "files"), TEST_KEYS)
const archive = join(folder, "register.backup")
const PDF = Buffer.from("%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n")

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  await inForce(on.db, cast, "Use Harbour Cloud", [{ kind: "party", body: typedParty() }])
  const scene = sceneFor(on.db, cast.requester, { files })
  const received = must(await receive(scene, Readable.from([PDF]), FILE_LIMITS.paper))
  must(await putFile(scene, { name: "paper.pdf", use: "paper", received }))
  must(await makeBackup(sceneFor(on.db, OPERATOR, { files }), archive))
})
afterAll(() => on.drop())

async function everything(of: TestDatabase): Promise<string> {
  const at = clockNow()
  const all: unknown[] = []
  await of.db.transaction(async (tx) => {
    for (const kind of RECORD_KINDS)
      for await (const batch of recordsAsOf(tx, kind, at, scopeOf(OPERATOR))) all.push(...batch)
  })
  return JSON.stringify(all)
}

test("a backup restored into an empty register gives the same records, people, files and log root", async () => {
  const empty = await aDatabase()
  try {
    const elsewhere = folderStore(join(folder, "restored"), TEST_KEYS)
    const restored = must(await restoreBackup(empty.ownerUrl, elsewhere, archive))
    const head = await logHead(on.db)
    expect(restored).toMatchObject({ size: head.size, root: head.root.toString("hex"), files: 1 })
    expect(await everything(empty)).toBe(await everything(on))
    expect(await everything(empty)).toContain("Ada Example")
    const hash = await rows<{ sha256: string }>(empty.db, sql`select sha256 from files`)
    const stream = await elsewhere.read(hash[0]?.sha256 ?? "")
    const parts: Buffer[] = []
    for await (const part of stream ?? []) parts.push(part as Buffer)
    expect(Buffer.concat(parts)).toEqual(PDF)
    await inForce(
      empty.db,
      { ...cast },
      "The restored register goes on",
      [{ kind: "party", body: typedParty({ legalName: "Second Ltd" }) }],
      { files: elsewhere },
    )
    expect((await logHead(empty.db)).size).toBeGreaterThan(head.size)
  } finally {
    await empty.drop()
  }
})

test("what was erased since the backup does not come back with it, and the list of it names no word", async () => {
  const heads = mkdtempSync(join(folder, "heads-"))
  const origin = (await logHead(on.db)).origin
  const list = erasedListFrom({ ONWARD_LOG_HEADS: heads }, origin)
  if (!list) throw new Error("no list")
  const of = (db: typeof on.db) =>
    rows<{ commitment: string; value: string }>(db, sql`select commitment, value from disclosures order by commitment`)
  const [gone] = await of(on.db)
  if (!gone) throw new Error("nothing is committed")
  const operator = (db: typeof on.db) => ({ ...sceneFor(db, OPERATOR, { files }), now: clockNow() })
  expect(await replayErasures(operator(on.db), [gone.commitment])).toBe(1)
  expect(await followErasures(operator(on.db), list)).toEqual({ again: 0, kept: 1 })
  expect(await followErasures(operator(on.db), list)).toEqual({ again: 0, kept: 0 })
  const [name = ""] = readdirSync(heads)
  const path = join(heads, name)
  expect(readFileSync(path, "utf8")).toBe(`${gone.commitment}\n`)
  expect(statSync(path).mode & 0o077).toBe(0)
  // A line that a crash cut off costs nothing but itself.
  appendFileSync(path, gone.commitment.slice(0, 9))
  list.add(["0".repeat(64)])
  expect(list.read()).toEqual([gone.commitment, "0".repeat(64)])
  const empty = await aDatabase()
  try {
    must(await restoreBackup(empty.ownerUrl, folderStore(join(folder, "erased"), TEST_KEYS), archive))
    expect(await of(empty.db)).toContainEqual(gone)
    const beside = erasedListFrom({ ONWARD_LOG_HEADS: heads }, (await logHead(empty.db)).origin)
    if (!beside) throw new Error("no list")
    expect(await followErasures(operator(empty.db), beside)).toEqual({ again: 1, kept: 0 })
    expect(await of(empty.db)).not.toContainEqual(gone)
    expect(await followErasures(operator(empty.db), beside)).toEqual({ again: 0, kept: 0 })
    expect(await verifyLog(empty.db)).toMatchObject({ whole: true })
  } finally {
    await empty.drop()
  }
})

test("a register that holds something is never written over", async () => {
  const outcome = await restoreBackup(on.ownerUrl, files, archive)
  expect(outcome).toMatchObject({ ok: false, code: "conflict" })
})

test("a backup that is cut off, altered or something else restores nothing", async () => {
  const bytes = readFileSync(archive)
  const bad = {
    cut: bytes.subarray(0, bytes.length - 40),
    altered: Buffer.concat([bytes.subarray(0, 200), Buffer.from([(bytes[200] ?? 0) ^ 255]), bytes.subarray(201)]),
    text: Buffer.from("hello"),
    empty: Buffer.alloc(0),
  }
  const empty = await aDatabase()
  try {
    for (const [name, content] of Object.entries(bad)) {
      const path = join(folder, name)
      writeFileSync(path, content)
      expect(await restoreBackup(empty.ownerUrl, files, path), name).toMatchObject({ ok: false, code: "invalid" })
      expect((await logHead(empty.db)).size, name).toBe(0)
      expect((await rows(empty.db, sql`select 1 from people`)).length, name).toBe(0)
    }
  } finally {
    await empty.drop()
  }
})

/** The same backup with other words about itself. */
async function retold(name: string, about: object): Promise<string> {
  const parts: { name: string; bytes: Buffer }[] = []
  await readArchive(archive, async (part, bytes) => {
    const all: Buffer[] = []
    for await (const chunk of bytes) all.push(Buffer.from(chunk))
    parts.push({ name: part, bytes: Buffer.concat(all) })
  })
  const path = join(folder, name)
  await writeArchive(
    path,
    (async function* () {
      for (const part of parts) {
        const told = part.name === "about.json" ? { ...(JSON.parse(part.bytes.toString()) as object), ...about } : null
        yield { name: part.name, bytes: Readable.from([told ? Buffer.from(JSON.stringify(told)) : part.bytes]) }
      }
    })(),
  )
  return path
}

test.each([
  ["made by a newer Onward", { version: 3 }, /newer Onward/],
  ["one of the sample company", { register: "sample" }, /sample company/],
])("a backup that is %s is not restored into the real register", async (name, about, words) => {
  const empty = await aDatabase()
  try {
    const outcome = await restoreBackup(empty.ownerUrl, files, await retold(name, about))
    expect(outcome).toMatchObject({ ok: false, code: "invalid", params: { detail: expect.stringMatching(words) } })
    expect((await logHead(empty.db)).size).toBe(0)
  } finally {
    await empty.drop()
  }
})

test("a file that is not there, and a folder, are told and nothing is restored", async () => {
  const empty = await aDatabase()
  try {
    for (const path of [join(folder, "none.backup"), folder])
      expect(await restoreBackup(empty.ownerUrl, files, path)).toMatchObject({ ok: false, says: "invalid.backup" })
    expect((await logHead(empty.db)).size).toBe(0)
  } finally {
    await empty.drop()
  }
})

test("the keys of the log and of sessions are in no backup", async () => {
  const { gunzipSync } = await import("node:zlib")
  const text = gunzipSync(readFileSync(archive)).toString("latin1")
  expect(text).toContain("tables/log_leaves")
  expect(text).not.toMatch(/PRIVATE KEY|session\.secret|log\.key/)
})

type Held = {
  records: number
  judged: number
  taken: number
  views?: number
  summed?: number
  own?: string
  rest?: object
}
/** Tables that came with the last landings: what a backup of before them has none of. */
const REST = [
  "tellings",
  "carried",
  "conditions",
  "delegations",
  "calendar_links",
  "supplier_links",
  "announcements",
  "letters",
]
test.each<[string, Held]>([
  ["landing-4.backup", { records: 4, judged: 3, taken: 0 }],
  ["landing-5.backup", { records: 2, judged: 2, taken: 1 }],
  ["landing-6.backup", { records: 3, judged: 2, taken: 0, views: 1, summed: 1, own: "2026-11-25" }],
  ["landing-8.backup", { records: 3, judged: 3, taken: 1, rest: { tellings: 8 } }],
  [
    "landing-9.backup",
    {
      ...{ records: 4, judged: 4, taken: 1 },
      rest: Object.fromEntries(
        REST.filter((table) => table !== "letters").map((table) => [table, table === "tellings" ? 16 : 1]),
      ),
    },
  ],
  ["landing-10.backup", { records: 2, judged: 2, taken: 0, rest: { tellings: 5, letters: 1 } }],
])("a backup of an earlier landing restores into today's register: %s", async (name, held) => {
  const empty = await aDatabase()
  try {
    const elsewhere = folderStore(join(folder, name), TEST_KEYS)
    const restored = must(await restoreBackup(empty.ownerUrl, elsewhere, join("testing", "data", name)))
    expect((await logHead(empty.db)).root.toString("hex")).toBe(restored.root)
    const made = must(await exported(sceneFor(empty.db, OPERATOR, { files: elsewhere }), { asOf: null }))
    const [ours] = await rows<{ n: number }>(
      empty.db,
      sql`select count(*)::int as n from records where kind = 'entity'`,
    )
    expect(made.records - (ours?.n ?? 0)).toBe(held.records)
    while ((await judgeWaiting({ db: empty.db, now: clockNow() })) > 0);
    const judged = await rows(empty.db, sql`select count(distinct record_id) as n from judgements`)
    expect(judged).toEqual([{ n: held.judged }])
    expect(await rows(empty.db, sql`select count(*) as n from takes`)).toEqual([{ n: held.taken }])
    expect(await rows(empty.db, sql`select count(*) as n from views`)).toEqual([{ n: held.views ?? 0 }])
    expect(await rows(empty.db, sql`select count(*) as n from band_flows`)).toEqual([{ n: held.summed ?? 0 }])
    const own = await rows<{ from: string }>(
      empty.db,
      sql`select body::jsonb->>'effectiveFrom' as from from versions where kind = 'pack'`,
    )
    expect(own.map((one) => one.from)).toEqual(held.own ? [held.own] : [])
    const rest = await Promise.all(
      REST.map(async (table) => [
        table,
        (await rows<{ n: number }>(empty.db, sql.raw(`select count(*)::int as n from ${table}`)))[0]?.n,
      ]),
    )
    expect(Object.fromEntries(rest)).toEqual({ ...Object.fromEntries(REST.map((table) => [table, 0])), ...held.rest })
    const before = await rows(empty.db, sql`select record_id, n, title from party_rows order by 1, 2`)
    await empty.db.transaction((tx) => rebuildRows(tx, clockNow()))
    expect(await rows(empty.db, sql`select record_id, n, title from party_rows order by 1, 2`)).toEqual(before)
  } finally {
    await empty.drop()
  }
})
