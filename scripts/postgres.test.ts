import { spawnSync } from "node:child_process"
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { afterAll, expect, test } from "vitest"
import { ensureServer, serverRuns, stopServer, useServer } from "./postgres.mjs"

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
