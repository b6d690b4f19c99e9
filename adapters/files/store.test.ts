import { createHash, randomBytes } from "node:crypto"
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { row } from "@/db/connect"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { OTHER_KEY, TEST_KEY, TEST_KEYS } from "@/testing/keys"
import { databaseStore } from "./database"
import { folderStore } from "./folder"
import { addKey, fixedKeys, keysOfFile, type FileKeys } from "./keys"
import { CHUNK, HEADER, RECORD } from "./seal"
import type { FileStore, Staged } from "./store"

let on: TestDatabase
beforeAll(async () => void (on = await aDatabase()))
afterAll(() => on.drop())

const hashOf = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex")
const wholeOf = async (stream: AsyncIterable<unknown> | null): Promise<Buffer> => {
  const parts: Buffer[] = []
  for await (const part of stream ?? []) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
/** In pieces of odd lengths, as a network brings them. */
const inPieces = (bytes: Buffer): Readable =>
  Readable.from(
    (function* () {
      for (let at = 0, n = 1; at < bytes.length; at += n, n = (n * 7) % 50_021) yield bytes.subarray(at, at + n)
    })(),
    { objectMode: false },
  )

/** What somebody does to the bytes of a store who can reach them and has no key. */
type Hand = {
  store: (keys: FileKeys) => FileStore
  alter: (sha256: string, at: number) => Promise<void>
  cut: (sha256: string) => Promise<void>
  swap: (a: string, b: string) => Promise<void>
  swapRecords: (sha256: string) => Promise<void>
  take: (sha256: string) => Promise<void>
  plain: (bytes: Buffer) => Promise<string>
  raw: (sha256: string) => Promise<Buffer>
  leftOver: () => Promise<number>
}

function onFolder(): Hand {
  const folder = join(mkdtempSync(join(tmpdir(), "onward-store-")), "files")
  const place = (sha256: string): string => join(folder, sha256.slice(0, 2), `${sha256}.sealed`)
  const changed = (sha256: string, change: (bytes: Buffer) => Buffer): void =>
    writeFileSync(place(sha256), change(readFileSync(place(sha256))))
  return {
    store: (keys) => folderStore(folder, keys),
    alter: async (sha256, at) =>
      changed(sha256, (bytes) => {
        bytes[at] = (bytes[at] ?? 0) ^ 1
        return bytes
      }),
    cut: async (sha256) => changed(sha256, (bytes) => bytes.subarray(0, bytes.length - 1)),
    swap: async (a, b) => {
      renameSync(place(a), `${place(a)}.x`)
      renameSync(place(b), place(a))
      renameSync(`${place(a)}.x`, place(b))
    },
    swapRecords: async (sha256) =>
      changed(sha256, (bytes) => {
        const [head, one, two] = [0, HEADER, HEADER + RECORD].map((at, i) =>
          bytes.subarray(at, i ? at + RECORD : HEADER),
        )
        return Buffer.concat([head as Buffer, two as Buffer, one as Buffer, bytes.subarray(HEADER + 2 * RECORD)])
      }),
    take: async (sha256) => unlinkSync(place(sha256)),
    plain: async (bytes) => {
      const sha256 = hashOf(bytes)
      mkdirSync(join(folder, sha256.slice(0, 2)), { recursive: true })
      writeFileSync(join(folder, sha256.slice(0, 2), sha256), bytes)
      return sha256
    },
    raw: async (sha256) => readFileSync(place(sha256)),
    leftOver: async () => readdirSync(join(folder, "incoming")).length,
  }
}

function inDatabase(): Hand {
  const run = (statement: ReturnType<typeof sql>) => on.db.execute(statement)
  const change = async (statement: string): Promise<void> => {
    const { default: pg } = await import("pg")
    const owner = new pg.Client({ connectionString: on.ownerUrl })
    await owner.connect()
    await owner.query(statement)
    await owner.end()
  }
  const blob = (sha256: string): string => `(select blob from file_blobs where sha256 = '${sha256}')`
  return {
    store: (keys) =>
      databaseStore({ execute: (statement) => on.db.execute(statement) }, join(tmpdir(), "onward-store-none"), keys),
    alter: async (sha256, at) => {
      const flip = (at: number, column: string): string =>
        `set ${column} = set_byte(${column}, ${at}, get_byte(${column}, ${at}) # 1)`
      if (at < HEADER) return change(`update file_blobs ${flip(at, "header")} where sha256 = '${sha256}'`)
      const n = Math.floor((at - HEADER) / RECORD)
      await change(
        `update file_chunks ${flip((at - HEADER) % RECORD, "bytes")} where blob = ${blob(sha256)} and n = ${n}`,
      )
    },
    cut: (sha256) =>
      change(
        `delete from file_chunks where blob = ${blob(sha256)} and n = (select max(n) from file_chunks where blob = ${blob(sha256)})`,
      ),
    swap: (a, b) =>
      change(`update file_blobs f set header = o.header, key_id = o.key_id from file_blobs o
        where f.sha256 in ('${a}', '${b}') and o.sha256 in ('${a}', '${b}') and o.sha256 <> f.sha256`),
    swapRecords: (sha256) =>
      change(
        `update file_chunks c set bytes = o.bytes from file_chunks o where c.blob = ${blob(sha256)} and o.blob = c.blob and c.n < 2 and o.n = 1 - c.n`,
      ),
    take: (sha256) => change(`delete from file_blobs where sha256 = '${sha256}'`),
    plain: async (bytes) => {
      await run(sql`insert into file_bytes (sha256, bytes) values (${hashOf(bytes)}, ${bytes})`)
      return hashOf(bytes)
    },
    raw: async (sha256) => {
      const found = await on.db.execute(
        sql.raw(`select bytes from file_chunks where blob = ${blob(sha256)} order by n`),
      )
      return Buffer.concat((found.rows as { bytes: Buffer }[]).map((one) => one.bytes))
    },
    leftOver: async () => {
      const found = await row<{ n: number }>(
        on.db,
        sql`select count(distinct blob)::int as n from file_chunks c where not exists (select 1 from file_blobs b where b.blob = c.blob)`,
      )
      return found?.n ?? 0
    },
  }
}

describe.each([
  ["a folder", onFolder],
  ["PostgreSQL", inDatabase],
] as const)("files in %s", (where, make) => {
  const hand = make()
  const store = hand.store(TEST_KEYS)
  const kept = async (bytes: Buffer, into = store): Promise<Staged> => {
    const staged = await into.stage(inPieces(bytes))
    await into.keep(staged)
    return staged
  }

  test.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 17 * CHUNK + 5])("%d bytes come back", async (size) => {
    const bytes = randomBytes(size)
    const staged = await store.stage(inPieces(bytes))
    expect(staged).toMatchObject({ sha256: hashOf(bytes), sizeBytes: size, head: bytes.subarray(0, 4096) })
    expect(await store.has(staged.sha256)).toBe(false)
    expect((await wholeOf(store.staged(staged))).equals(bytes)).toBe(true)
    await store.keep(staged)
    expect((await wholeOf(await store.read(staged.sha256))).equals(bytes)).toBe(true)
    expect(await store.check(staged.sha256)).toBe(null)
  })

  test("a part is what lies there, wherever records begin and end", async () => {
    const bytes = randomBytes(5 * CHUNK + 77)
    const { sha256 } = await kept(bytes)
    const edges = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 5 * CHUNK - 1, 5 * CHUNK, bytes.length - 1]
    for (const from of edges)
      for (const to of edges.filter((one) => one >= from)) {
        const part = await wholeOf(await store.read(sha256, { from, to }))
        expect([from, to, part.equals(bytes.subarray(from, to + 1))]).toEqual([from, to, true])
      }
  })

  test("nothing of what is written lies there in the clear, and the same bytes are sealed otherwise each time", async () => {
    const bytes = Buffer.from("the secret of the sea ".repeat(9_000))
    const { sha256 } = await kept(bytes)
    const first = await hand.raw(sha256)
    expect(first.includes("secret of the sea")).toBe(false)
    await store.remove(sha256)
    expect(await store.has(sha256)).toBe(false)
    await kept(bytes)
    expect((await hand.raw(sha256)).equals(first)).toBe(false)
  })

  test("one altered bit anywhere is found, and no byte behind it is given", async () => {
    const bytes = randomBytes(2 * CHUNK + 300)
    const places = [
      0,
      9,
      20,
      50,
      60,
      89,
      100,
      HEADER,
      HEADER + 1,
      HEADER + CHUNK + 3,
      HEADER + RECORD,
      HEADER + 2 * RECORD + 310,
    ]
    for (const at of places) {
      const { sha256 } = await kept(bytes)
      await hand.alter(sha256, at)
      const fault = await store.check(sha256)
      // A key that is another's is not known; everything else does not open.
      expect([at, fault?.kind]).toEqual([at, at === 9 ? "no-key" : "altered"])
      // A start that meets it among others says nothing of strange keys.
      if (at === 9) expect(await store.strangeKey()).toBe(null)
      const given: Buffer[] = []
      await expect(
        (async () => {
          for await (const part of (await store.read(sha256)) ?? []) given.push(part as Buffer)
        })(),
      ).rejects.toThrow("the file is")
      const good = Buffer.concat(given)
      expect(good.equals(bytes.subarray(0, good.length))).toBe(true)
      expect(good.length).toBeLessThanOrEqual(Math.max(0, Math.floor((at - HEADER) / RECORD)) * CHUNK)
      // Sent again, it is mended.
      await kept(bytes)
      expect([at, await store.check(sha256)]).toEqual([at, null])
    }
  })

  test("what is cut off, exchanged, reordered or taken away is found and named", async () => {
    const [a, b, c, d] = await Promise.all([4, 4, 4, 4].map((n) => kept(randomBytes(n * CHUNK))))
    const of = (one: Staged | undefined): string => one?.sha256 ?? ""
    await hand.cut(of(a))
    expect((await store.check(of(a)))?.kind).toBe("truncated")
    await hand.swap(of(b), of(c))
    expect((await store.check(of(b)))?.kind).toBe("swapped")
    await expect(store.read(of(c))).rejects.toThrow("swapped")
    await hand.swapRecords(of(d))
    expect((await store.check(of(d)))?.kind).toBe("altered")
    await hand.take(of(d))
    expect((await store.check(of(d)))?.kind).toBe("missing")
    expect(await store.read(of(d))).toBe(null)
    for (const one of [a, b, c]) await store.remove(of(one))
  })

  test("the same bytes are kept once, also when they come eight times at once; what breaks off leaves nothing", async () => {
    const before = await hand.leftOver()
    const bytes = randomBytes(3 * CHUNK)
    const all = await Promise.all(Array.from({ length: 8 }, () => kept(bytes)))
    expect(new Set(all.map((one) => one.sha256)).size).toBe(1)
    const breaks = (async function* () {
      yield bytes
      throw new Error("the line is cut")
    })()
    await expect(store.stage(breaks)).rejects.toThrow("the line is cut")
    const dropped = await store.stage(inPieces(randomBytes(10)))
    await store.discard(dropped)
    expect((await hand.leftOver()) - before).toBe(where === "a folder" ? 0 : 7)
    const listed: string[] = []
    for await (const one of store.list()) if (one.sha256 === hashOf(bytes)) listed.push(one.sha256)
    expect(listed).toEqual([hashOf(bytes)])
    expect(await wholeOf(await store.read(hashOf(bytes)))).toEqual(bytes)
  })

  test("what was staged and never kept is swept, and what is kept stays", async () => {
    const stays = await kept(randomBytes(CHUNK))
    await store.stage(inPieces(randomBytes(CHUNK)))
    expect(await store.sweep(new Date(Date.now() - 60_000))).toBe(0)
    expect(await store.sweep(new Date(Date.now() + 60_000))).toBeGreaterThan(0)
    expect(await hand.leftOver()).toBe(0)
    expect(await store.check(stays.sha256)).toBe(null)
  })

  test("a file of an early landing is read, its altered bytes are not, and it is sealed once", async () => {
    const bytes = randomBytes(CHUNK + 9)
    const sha256 = await hand.plain(bytes)
    expect(await wholeOf(await store.read(sha256))).toEqual(bytes)
    expect(await wholeOf(await store.read(sha256, { from: 3, to: 8 }))).toEqual(bytes.subarray(3, 9))
    const plain: string[] = []
    for await (const one of store.list()) if (!one.sealed) plain.push(one.sha256)
    expect(plain).toEqual([sha256])
    expect(await store.reseal(sha256)).toBe(true)
    expect(await store.reseal(sha256)).toBe(false)
    expect((await hand.raw(sha256)).includes(bytes.subarray(0, 64))).toBe(false)
    for await (const one of store.list()) expect(one.sealed).toBe(true)
    expect(await wholeOf(await store.read(sha256))).toEqual(bytes)
  })

  test("another key: what is sealed with the earlier one opens, and once sealed anew needs it no more", async () => {
    const bytes = randomBytes(2 * CHUNK)
    const { sha256 } = await kept(bytes)
    const both = hand.store(fixedKeys(`${OTHER_KEY},${TEST_KEY}`))
    const alone = hand.store(fixedKeys(OTHER_KEY))
    expect((await alone.check(sha256))?.kind).toBe("no-key")
    expect(await alone.strangeKey()).toMatch(/^[0-9a-f]{16}$/)
    expect(await both.strangeKey()).toBe(null)
    for await (const one of both.list()) await both.reseal(one.sha256)
    expect(await both.reseal(sha256)).toBe(false)
    expect(await wholeOf(await alone.read(sha256))).toEqual(bytes)
    expect((await store.check(sha256))?.kind).toBe("no-key")
    expect(await alone.strangeKey()).toBe(null)
  })

  test("for a backup it goes out sealed and opens again with the key, whole or not at all", async () => {
    const both = hand.store(fixedKeys(`${OTHER_KEY},${TEST_KEY}`))
    const bytes = randomBytes(3 * CHUNK + 1)
    const { sha256 } = await kept(bytes, both)
    const sealed = await wholeOf(await both.sealedBytes(sha256))
    expect(await wholeOf(both.opened(sha256, inPieces(sealed)))).toEqual(bytes)
    const bad = [
      sealed.subarray(0, -1),
      sealed.subarray(0, HEADER + 2 * RECORD),
      sealed.subarray(0, 50),
      Buffer.concat([sealed, sealed]),
    ]
    for (const one of bad) await expect(wholeOf(both.opened(sha256, inPieces(one)))).rejects.toThrow("the file is")
    await expect(wholeOf(both.opened("0".repeat(64), inPieces(sealed)))).rejects.toThrow("swapped")
    expect(await both.sealedBytes("0".repeat(64))).toBe(null)
  })
})

test("a key laid into the key file is the current one at once, and the others still open", () => {
  const path = join(mkdtempSync(join(tmpdir(), "onward-keys-")), "files.key")
  writeFileSync(path, `${TEST_KEY}\n`)
  chmodSync(path, 0o600)
  const keys = keysOfFile(path)
  const old = keys.current()
  addKey(path)
  expect(keys.current().id).not.toBe(old.id)
  expect(keys.byId(old.id)?.bytes).toEqual(old.bytes)
  expect(readFileSync(path, "utf8").trim().split("\n")).toHaveLength(2)
  unlinkSync(path)
  expect(keys.byId(old.id)).not.toBe(null)
})

test.each(["", "short", `${TEST_KEY},nonsense`])("%j is no key", (text) => {
  expect(() => fixedKeys(text)).toThrow("key")
})
