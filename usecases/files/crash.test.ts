import { spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import { mkdtempSync, readdirSync, rmSync } from "node:fs"
import { open, type FileHandle } from "node:fs/promises"
import { once } from "node:events"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { Readable } from "node:stream"
import { build } from "esbuild"
import { sql } from "drizzle-orm"
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest"
import { databaseStore } from "@/adapters/files/database"
import { folderStore } from "@/adapters/files/folder"
import { BadKeys, fixedKeys, keysFrom } from "@/adapters/files/keys"
import type { FileStore, Runs } from "@/adapters/files/store"
import { row } from "@/db/connect"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { OTHER_KEY, TEST_KEYS } from "@/testing/keys"
import { aPerson, sceneFor } from "@/testing/people"
import { must } from "@/testing/requests"
import { OPERATOR, type Actor } from "@/usecases/scene"
import { removeOrphans } from "./orphans"
import { discard, FILE_LIMITS, putFile, receive } from "./put-file"
import { openFile } from "./read-file"

const scratch = mkdtempSync(join(tmpdir(), "onward-crash-"))
const folder = join(scratch, "files")
const child = join(scratch, "child.mjs")
let on: TestDatabase
let sender: Actor
beforeAll(async () => {
  on = await aDatabase()
  sender = await aPerson(on.db, "Sam Sender", ["legal"])
  await build({
    ...{ entryPoints: ["testing/killed-store.ts"], outfile: child, bundle: true, platform: "node", format: "esm" },
    ...{ packages: "external", alias: { "@": resolve(".") }, logLevel: "silent" },
  })
})
afterAll(async () => {
  await on.drop()
  rmSync(scratch, { recursive: true, force: true })
})
afterEach(() => void vi.restoreAllMocks())

const soon = (): Date => new Date(Date.now() + 60_000)
const listed = async (store: FileStore): Promise<string[]> => {
  const found: string[] = []
  for await (const { sha256 } of store.list()) found.push(sha256)
  return found
}
const aPaper = (): Buffer => Buffer.concat([Buffer.from("%PDF-1.7\n"), randomBytes(300_000)])
async function put(files: FileStore, bytes: Buffer) {
  const as = sceneFor(on.db, sender, { files })
  const received = await receive(as, Readable.from([bytes], { objectMode: false }), FILE_LIMITS.paper)
  if (!received.ok) return received
  const kept = await putFile(as, { name: "paper.pdf", use: "paper", received: received.value })
  if (!kept.ok) await discard(as, received.value)
  return kept
}
const named = async (): Promise<number> =>
  (await row<{ n: number }>(on.db, sql`select count(*)::int as n from files`))?.n ?? 0

describe("killed outright", () => {
  const killedAt = async (at: string): Promise<string> => {
    const running = spawn(process.execPath, [child, folder, at], { stdio: ["ignore", "pipe", "inherit"] })
    const [line] = (await once(running.stdout, "data")) as [Buffer]
    running.kill("SIGKILL")
    await once(running, "exit")
    return line.toString().trim().split(" ")[1] ?? ""
  }
  const store = folderStore(folder, TEST_KEYS)

  test.each(["written", "staged"])(
    "when it was %s: nothing lies in any file's place, and its part is swept",
    async (at) => {
      await killedAt(at)
      expect(await listed(store)).toEqual([])
      expect(readdirSync(join(folder, "incoming"))).toHaveLength(1)
      expect(await store.sweep(soon())).toBe(1)
      expect(readdirSync(join(folder, "incoming"))).toEqual([])
    },
  )

  test("when it was laid down and nothing named it: it is whole, is no file of the register, and goes after a day", async () => {
    const sha256 = await killedAt("laid")
    expect([await listed(store), await store.check(sha256), await named()]).toEqual([[sha256], null, 0])
    const scene = sceneFor(on.db, OPERATOR, { files: store })
    expect(await removeOrphans(scene)).toEqual({ removed: [], young: [sha256] })
    expect(await removeOrphans(scene, { since: soon() })).toEqual({ removed: [sha256], young: [] })
  })
})

test("in PostgreSQL an act that breaks off takes back what it laid down with it", async () => {
  const store = databaseStore(on.db, join(scratch, "none"), TEST_KEYS)
  const broken: FileStore = {
    ...store,
    keep: async (staged, tx) => {
      await store.keep(staged, tx)
      throw new Error("cut off")
    },
  }
  await expect(put(broken, aPaper())).rejects.toThrow("cut off")
  expect([await listed(store), await named()]).toEqual([[], 0])
})

describe("a full disk", () => {
  const full = Object.assign(new Error("no space left on device"), { code: "ENOSPC" })
  const says = { ok: false, code: "conflict", says: "conflict.disk-full" }
  const handles = async (): Promise<FileHandle> => {
    const handle = await open(child, "r")
    await handle.close()
    return Object.getPrototypeOf(handle) as FileHandle
  }
  const store = folderStore(folder, TEST_KEYS)

  test("is said in a sentence while the file comes in, and leaves nothing lying", async () => {
    for (const after of [0, 2, 4]) {
      let n = 0
      const real = (await handles()).write
      vi.spyOn(await handles(), "write").mockImplementation(function (this: FileHandle, ...given: never[]) {
        n += 1
        return n > after ? Promise.reject(full) : (real as (...all: never[]) => never).apply(this, given)
      } as never)
      expect(await put(store, aPaper())).toMatchObject(says)
      vi.restoreAllMocks()
      expect([readdirSync(join(folder, "incoming")), await listed(store), await named()]).toEqual([[], [], 0])
    }
  })

  test("that takes a part of what it is given is given the rest, or is full: no file is kept short", async () => {
    const prototype = await handles()
    const real = prototype.write as (...all: unknown[]) => Promise<{ bytesWritten: number }>
    vi.spyOn(prototype, "write").mockImplementation(function (this: FileHandle, ...given: unknown[]) {
      const [bytes, from, length, at] = given as [Buffer, number, number, number]
      return real.call(this, bytes, from, Math.max(1, Math.floor(length / 2)), at)
    } as never)
    const bytes = aPaper()
    const file = must(await put(store, bytes))
    vi.restoreAllMocks()
    expect(await store.check(file.sha256)).toBe(null)
    vi.spyOn(prototype, "write").mockImplementation((async () => ({ bytesWritten: 0 })) as never)
    expect(await put(store, aPaper())).toMatchObject(says)
    vi.restoreAllMocks()
    expect(readdirSync(join(folder, "incoming"))).toEqual([])
  })

  test("is said when it is full at the last step, or in the database, and nothing is named", async () => {
    const before = await named()
    const last: FileStore = { ...store, keep: () => Promise.reject(full) }
    expect(await put(last, aPaper())).toMatchObject(says)
    const inDatabase: Runs = {
      execute: () => Promise.reject(new Error("query", { cause: Object.assign(new Error("full"), { code: "53100" }) })),
    }
    expect(await put(databaseStore(inDatabase, join(scratch, "none"), TEST_KEYS), aPaper())).toMatchObject(says)
    expect([readdirSync(join(folder, "incoming")), await named()]).toEqual([[], before])
  })
})

test("without its key a file is not given, and says why; a key file that is gone ends the start in a sentence", async () => {
  const file = must(await put(folderStore(folder, TEST_KEYS), aPaper()))
  const other = folderStore(folder, fixedKeys(OTHER_KEY))
  expect(await openFile({ files: other }, file.sha256)).toMatchObject({ ok: false, says: "conflict.file-no-key" })
  expect((await other.check(file.sha256))?.kind).toBe("no-key")
  for (const env of [{}, { ONWARD_FILE_KEYS_AT: join(scratch, "no such key") }])
    expect(() => keysFrom(env)).toThrow(BadKeys)
})
