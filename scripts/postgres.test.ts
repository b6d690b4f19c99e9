import { spawnSync } from "node:child_process"
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { afterAll, expect, test } from "vitest"
import { ensureServer, serverRuns, socketFolder, stopServer, useServer } from "./postgres.mjs"

const dataDir = mkdtempSync(join(tmpdir(), "onward-server-"))
chmodSync(dataDir, 0o711)
afterAll(() => {
  stopServer({ dataDir })
  rmSync(dataDir, { recursive: true, force: true })
})

async function ask<T>(question: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: ensureServer({ dataDir }).ownerUrl("postgres") })
  await client.connect()
  try {
    return (await client.query(question)).rows as T[]
  } finally {
    await client.end()
  }
}

test("a server that was killed without warning is started again, and keeps what it had promised", async () => {
  await ask("create table kept (n int)")
  await ask("insert into kept values (1)")
  const [line] = readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8").split("\n")
  const pid = Number(line)
  process.kill(pid, "SIGKILL")
  await new Promise((done) => setTimeout(done, 500))
  expect(await ask("select n from kept")).toEqual([{ n: 1 }])
}, 60_000)

test("of several who use it the last one to leave stops it", async () => {
  ensureServer({ dataDir })
  const first = useServer(dataDir)
  expect(await ask("select 1 as n")).toEqual([{ n: 1 }])
  expect(first()).toBe(true)
}, 60_000)

test("whether a server lives is told by its process, and a zombie is none", () => {
  const folder = mkdtempSync(join(tmpdir(), "onward-lives-"))
  expect(serverRuns(folder)).toBe(false)
  writeFileSync(join(folder, "postmaster.pid"), `${process.pid}\n`)
  expect(serverRuns(folder)).toBe(true)
  const ended = spawnSync(process.execPath, ["-e", ""]).pid
  writeFileSync(join(folder, "postmaster.pid"), `${ended}\n`)
  expect(serverRuns(folder)).toBe(false)
})

test.each(["with spaces in it", "Büro Zürich, 2. Stock", "it's", `long ${"ä".repeat(60)}/${"x".repeat(120)}`])(
  "a server lives in a folder named %s",
  async (name) => {
    const odd = join(mkdtempSync(join(tmpdir(), "onward-odd-")), name)
    chmodSync(join(odd.slice(0, odd.indexOf("onward-odd-") + "onward-odd-xxxxxx".length)), 0o711)
    const server = ensureServer({ dataDir: odd, fast: true })
    try {
      expect(Buffer.byteLength(join(server.sockets, ".s.PGSQL.5432"))).toBeLessThanOrEqual(107)
      const client = new pg.Client({ connectionString: server.ownerUrl("postgres") })
      await client.connect()
      expect((await client.query("select 1 as n")).rows).toEqual([{ n: 1 }])
      await client.end()
    } finally {
      stopServer({ dataDir: odd })
    }
  },
  60_000,
)

test("a socket whose folder would be too long, by bytes and not by letters, lies elsewhere", () => {
  const umlauts = `/srv/${"ü".repeat(40)}`
  expect(socketFolder(umlauts, "/var/tmp")).toMatch(/^\/var\/tmp\/onward-/)
  expect(socketFolder("/srv/data")).toBe("/srv/data/socket")
  const long = `/${"y".repeat(120)}`
  expect(socketFolder(long, "/var/tmp")).toMatch(/^\/var\/tmp\/onward-[0-9a-f]{12}$/)
  expect(socketFolder(long, long)).toMatch(/^\/tmp\/onward-/)
})
