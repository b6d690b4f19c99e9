import { randomBytes } from "node:crypto"
import { mkdtempSync, readdirSync, utimesSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { databaseStore } from "@/adapters/files/database"
import { folderStore } from "@/adapters/files/folder"
import { fixedKeys, type FileKeys } from "@/adapters/files/keys"
import type { FileStore } from "@/adapters/files/store"
import { row } from "@/db/connect"
import { lastScrub } from "@/db/statements/scrubs"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { OTHER_KEY, TEST_KEY, TEST_KEYS } from "@/testing/keys"
import { aPerson, sceneFor } from "@/testing/people"
import { must } from "@/testing/requests"
import { OPERATOR, type Actor } from "@/usecases/scene"
import { removeOne, removeOrphans } from "./orphans"
import { FILE_LIMITS, putFile, receive } from "./put-file"
import { nightlyScrub, resealFiles } from "./scrub"

let on: TestDatabase
let sender: Actor
beforeAll(async () => {
  on = await aDatabase()
  sender = await aPerson(on.db, "Sam Sender", ["legal"])
})
afterAll(() => on.drop())

const folder = join(mkdtempSync(join(tmpdir(), "onward-orphans-")), "files")
const STORES: [string, (keys: FileKeys) => FileStore][] = [
  ["a folder", (keys) => folderStore(folder, keys)],
  ["PostgreSQL", (keys) => databaseStore(on.db, join(folder, "none"), keys)],
]
const soon = () => new Date(Date.now() + 60_000)
const wholeOf = async (stream: AsyncIterable<unknown> | null): Promise<Buffer> => {
  const parts: Buffer[] = []
  for await (const part of stream ?? []) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
const aPaper = () => Buffer.concat([Buffer.from("%PDF-1.7\n"), randomBytes(100_000)])

describe.each(STORES)("bytes that nothing names, in %s", (_where, open) => {
  let files: FileStore
  beforeAll(() => void (files = open(TEST_KEYS)))
  const scene = (store = files) => sceneFor(on.db, OPERATOR, { files: store })
  const put = async (bytes: Buffer) => {
    const as = sceneFor(on.db, sender, { files })
    const received = must(await receive(as, Readable.from([bytes], { objectMode: false }), FILE_LIMITS.paper))
    return putFile(as, { name: "paper.pdf", use: "paper", received })
  }
  const orphan = async (bytes = aPaper()): Promise<string> => {
    const staged = await files.stage(Readable.from([bytes], { objectMode: false }) as AsyncIterable<Buffer>)
    await files.keep(staged)
    return staged.sha256
  }
  /** Until somebody waits for the lock of some bytes: what the test wants to happen in between has happened. */
  const somebodyWaits = async (): Promise<void> => {
    for (let turn = 0; turn < 400; turn += 1) {
      const found = await row<{ n: number }>(
        on.db,
        sql`select count(*)::int as n from pg_locks l join pg_database d on d.oid = l.database
          where d.datname = current_database() and l.locktype = 'advisory' and not l.granted`,
      )
      if (found?.n) return
      await new Promise((done) => setTimeout(done, 5))
    }
    throw new Error("nobody waits")
  }

  test("stay for a day, are told in a dry run, and are removed; what is named stays", async () => {
    const named = must(await put(aPaper()))
    const nobody = await orphan()
    expect(await removeOrphans(scene())).toEqual({ removed: [], young: [nobody] })
    expect(await removeOrphans(scene(), { since: soon(), dryRun: true })).toEqual({ removed: [nobody], young: [] })
    expect(await files.has(nobody)).toBe(true)
    expect(await removeOrphans(scene(), { since: soon() })).toEqual({ removed: [nobody], young: [] })
    expect([await files.has(nobody), await files.check(named.sha256)]).toEqual([false, null])
    expect(await removeOrphans(scene(), { since: soon() })).toEqual({ removed: [], young: [] })
  })

  test("whoever names them first keeps them: the removal waits for the act, and finds them named", async () => {
    const bytes = aPaper()
    const sha256 = await orphan(bytes)
    let removing: Promise<unknown> = Promise.resolve()
    // Between what the upload lays down and what names it stands the removal.
    const between: FileStore = {
      ...files,
      keep: async (staged, tx) => {
        await files.keep(staged, tx)
        removing = removeOne(scene(), sha256, { since: soon() })
        await somebodyWaits()
      },
    }
    const as = sceneFor(on.db, sender, { files: between })
    const received = must(await receive(as, Readable.from([bytes], { objectMode: false }), FILE_LIMITS.paper))
    must(await putFile(as, { name: "paper.pdf", use: "paper", received }))
    expect(await removing).toBe(null)
    expect(await wholeOf(await files.read(sha256))).toEqual(bytes)
  })

  test("whoever brings them while they are removed waits, and keeps them anew", async () => {
    const bytes = aPaper()
    const sha256 = await orphan(bytes)
    let putting: ReturnType<typeof put> | undefined
    const slow: FileStore = {
      ...files,
      remove: async (hash) => {
        putting = put(bytes)
        await somebodyWaits()
        await files.remove(hash)
      },
    }
    expect(await removeOne(scene(slow), sha256, { since: soon() })).toBe("removed")
    must((await putting) as Awaited<ReturnType<typeof put>>)
    expect(await wholeOf(await files.read(sha256))).toEqual(bytes)
  })

  test("a rekey does not bring back what was removed while it sealed, and leaves nothing lying", async () => {
    const sha256 = await orphan()
    const kept = must(await put(aPaper()))
    const both = open(fixedKeys(`${OTHER_KEY} ${TEST_KEY}`))
    const between: FileStore = {
      ...both,
      reseal: (hash, laying) =>
        both.reseal(hash, async (lay) => {
          if (hash === sha256) await removeOne(scene(), hash, { since: soon() })
          return laying ? laying(lay) : false
        }),
    }
    const result = await resealFiles({ db: on.db, files: between }, true)
    expect(result.damaged).toEqual([])
    expect([await both.has(sha256), await open(fixedKeys(OTHER_KEY)).check(kept.sha256)]).toEqual([false, null])
    // Sealed back, for the tests that follow.
    await resealFiles({ db: on.db, files: open(fixedKeys(`${TEST_KEY} ${OTHER_KEY}`)) }, true)
    await files.sweep(soon())
    const lying = await row<{ n: number }>(
      on.db,
      sql`select count(*)::int as n from file_chunks c where not exists (select 1 from file_blobs b where b.blob = c.blob)`,
    )
    expect(lying?.n).toBe(0)
    expect(readdirSync(join(folder, "incoming"))).toEqual([])
  })

  test("a rekey while the same bytes are sent again leaves one file that opens", async () => {
    const bytes = aPaper()
    const first = must(await put(bytes))
    const both = open(fixedKeys(`${OTHER_KEY} ${TEST_KEY}`))
    await Promise.all([resealFiles({ db: on.db, files: both }, true), put(bytes).then(must), put(bytes).then(must)])
    expect(await wholeOf(await both.read(first.sha256))).toEqual(bytes)
    await resealFiles({ db: on.db, files: open(fixedKeys(`${TEST_KEY} ${OTHER_KEY}`)) }, true)
  })
})

test("the night's reading removes what nothing names for a day, and tells what is younger", async () => {
  const files = databaseStore(on.db, join(folder, "none"), TEST_KEYS)
  const scene = sceneFor(on.db, OPERATOR, { files })
  const bring = async (): Promise<string> => {
    const staged = await files.stage(Readable.from([randomBytes(900)]) as AsyncIterable<Buffer>)
    await files.keep(staged)
    return staged.sha256
  }
  const [old, young] = [await bring(), await bring()]
  const owner = await import("pg").then(({ default: pg }) => new pg.Client({ connectionString: on.ownerUrl }))
  await owner.connect()
  await owner.query(
    `update file_chunks set at = at - interval '25 hours' where blob = (select blob from file_blobs where sha256 = '${old}')`,
  )
  await owner.end()
  expect(await nightlyScrub(scene, new AbortController().signal)).not.toBe(null)
  expect([await files.has(old), await files.has(young)]).toEqual([false, true])
  const faults = (await lastScrub(on.db))?.faults.filter((fault) => fault.kind === "orphaned")
  expect(faults).toEqual([{ sha256: young, kind: "orphaned", files: [] }])
})

test("in a folder their age is counted from when they were laid down, whatever their bytes say", async () => {
  const files = folderStore(folder, TEST_KEYS)
  const staged = await files.stage(Readable.from([randomBytes(900)]) as AsyncIterable<Buffer>)
  await files.keep(staged)
  const { sha256 } = staged
  utimesSync(join(folder, sha256.slice(0, 2), `${sha256}.sealed`), 0, 0)
  expect((await files.laidAt(sha256))?.getTime()).toBeGreaterThan(Date.now() - 60_000)
  expect(await files.laidAt("0".repeat(64))).toBe(null)
})
