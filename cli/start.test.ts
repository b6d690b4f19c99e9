import { spawn } from "node:child_process"
import { chmodSync, existsSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { aDatabase, ownerUrl, type TestDatabase } from "@/testing/database"
import { TEST_KEY } from "@/testing/keys"

let on: TestDatabase
const folder = mkdtempSync(join(tmpdir(), "onward-start-"))
// PostgreSQL runs as an unprivileged user, who has to pass through.
chmodSync(folder, 0o711)
const weak = `weak_${process.pid}`
const bare = `bare_${process.pid}`

async function asOwner(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl() })
  await client.connect()
  await client.query(statement)
  await client.end()
}

beforeAll(async () => {
  on = await aDatabase()
  await asOwner(`create role ${weak} login`)
  await asOwner(`create database ${bare}`)
})
afterAll(async () => {
  await asOwner(`drop database ${bare}`)
  await asOwner(`drop role ${weak}`)
  await on.drop()
})

function run(args: string[], env: Record<string, string>): Promise<{ code: number | null; out: string; err: string }> {
  const clean = { ...process.env, ONWARD_APP_URL: "", ONWARD_EMBEDDED_OWNER_URL: "", ONWARD_TOKEN: "" }
  return new Promise((done) => {
    const child = spawn(process.execPath, args, { env: { ...clean, ...env } })
    const ran = { out: "", err: "" }
    child.stdout.on("data", (chunk: Buffer) => (ran.out += chunk.toString()))
    child.stderr.on("data", (chunk: Buffer) => (ran.err += chunk.toString()))
    child.once("exit", (code) => done({ ...ran, code }))
  })
}

const at = (role: string, database: string): string => {
  const url = new URL(ownerUrl(database))
  url.username = role
  return url.toString()
}

describe("a start on a PostgreSQL of one's own says what is wrong in a sentence, and makes nothing", () => {
  test.each<[string, () => Record<string, string>, RegExp]>([
    ["nobody answers there", () => ({ DATABASE_URL: "postgres://onward_app@127.0.0.1:1/onward" }), /cannot be reached/],
    ["the database is not there", () => ({ DATABASE_URL: at("onward_app", "nothing_there") }), /create it/],
    ["the role is not there", () => ({ DATABASE_URL: at("nobody_there", bare) }), /create role onward_app/],
    ["the role that serves could rewrite", () => ({ DATABASE_URL: ownerUrl(bare) }), /could rewrite what stands/],
    ["nobody may make the register", () => ({ DATABASE_URL: at("onward_app", bare) }), /DATABASE_OWNER_URL/],
    [
      "the owner lacks rights: the SQL is printed, and asks for no role that is there already",
      () => ({ DATABASE_URL: at("onward_app", bare), DATABASE_OWNER_URL: at(weak, bare) }),
      /^(?![^]*create ?role)[^]*grant create on database[^]*grant usage, create on schema public/,
    ],
    [
      "the register belongs to somebody else",
      () => ({ DATABASE_URL: on.appUrl, DATABASE_OWNER_URL: at(weak, on.name) }),
      /does not belong to weak/,
    ],
  ])("when %s", async (_what, env, sentence) => {
    const dataDir = join(folder, "never")
    const ran = await run(["scripts/start.mjs"], { PORT: "4477", ONWARD_DATA: dataDir, ...env() })
    expect(ran).toMatchObject({ code: 1, out: "" })
    expect(ran.err).toMatch(sentence)
    expect(existsSync(dataDir)).toBe(false)
  })
})

describe("a command where no register is yet says so, and makes none", () => {
  const file = join(folder, "two.csv")
  test.each([
    ["log"],
    ["findings"],
    ["user", "list"],
    ["backup", join(folder, "x.backup")],
    ["export", "--out", join(folder, "x.zip")],
    ["import", file, "--dry-run"],
    ["restore", join(folder, "missing.backup")],
  ])("%s %s", async (...words) => {
    writeFileSync(file, "Name\nA Ltd\n")
    const dataDir = join(folder, "none")
    const ran = await run(["dist/onward.mjs", ...words, "--json"], { ONWARD_DATA: dataDir, DATABASE_URL: "" })
    expect(ran).toMatchObject({ code: 1, out: "" })
    expect((JSON.parse(ran.err) as { error: string }).error).toMatch(/There is no (register|file)/)
    expect(existsSync(dataDir)).toBe(false)
  })
})

describe("a register that does not defend itself is not served", () => {
  let open: TestDatabase
  beforeAll(async () => {
    open = await aDatabase()
    const client = new pg.Client({ connectionString: open.ownerUrl })
    await client.connect()
    await client.query("drop trigger versions_stands on versions")
    await client.end()
  })
  afterAll(() => open.drop())

  test("start ends with one sentence and no page is ever offered", async () => {
    const dataDir = join(folder, "open")
    const ran = await run(["scripts/start.mjs"], {
      ...{ PORT: "4478", ONWARD_DATA: dataDir, DATABASE_URL: open.appUrl, DATABASE_OWNER_URL: open.ownerUrl },
    })
    const { stopServer } = await import("@/scripts/postgres.mjs")
    stopServer({ dataDir })
    expect(ran.code).toBe(1)
    expect(ran.out).toBe("")
    expect(ran.err.trim().split("\n")).toEqual([
      expect.stringMatching(/^The register cannot be served: triggers are missing on versions\./),
    ])
  }, 60_000)
  test("and the command that asks says the same", async () => {
    const env = {
      ...{ ONWARD_APP_URL: open.appUrl, ONWARD_OWNER_URL: open.ownerUrl, ONWARD_EMBEDDED_OWNER_URL: ownerUrl() },
      ...{
        ONWARD_SAMPLE_APP_URL: on.appUrl,
        ONWARD_SAMPLE_OWNER_URL: on.ownerUrl,
        ONWARD_FILES: join(folder, "files"),
        ONWARD_FILE_KEYS: TEST_KEY,
      },
    }
    const ran = await run(["dist/onward.mjs", "ready", "--json"], env)
    expect([ran.code, JSON.parse(ran.err)]).toMatchObject([1, { error: expect.stringMatching(/triggers are missing/) }])
    const well = await run(["dist/onward.mjs", "ready", "--json"], { ...env, ONWARD_APP_URL: on.appUrl })
    expect([well.code, JSON.parse(well.out)]).toMatchObject([0, { main: { ready: true }, sample: { ready: true } }])
  })
})

test("a worker whose starter was killed ends by itself", async () => {
  const env = {
    ...process.env,
    ...{ ONWARD_APP_URL: on.appUrl, ONWARD_OWNER_URL: on.ownerUrl, ONWARD_EMBEDDED_OWNER_URL: ownerUrl() },
    ...{
      ONWARD_SAMPLE_APP_URL: on.appUrl,
      ONWARD_SAMPLE_OWNER_URL: on.ownerUrl,
      ONWARD_FILES: join(folder, "files"),
      ONWARD_FILE_KEYS: TEST_KEY,
    },
  }
  const child = spawn(process.execPath, ["dist/onward.mjs", "worker"], {
    env,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  })
  const ended = new Promise<number | null>((done) => child.once("exit", done))
  await new Promise((done) => setTimeout(done, 2000))
  expect(child.exitCode).toBeNull()
  child.disconnect()
  expect(await ended).toBe(0)
}, 20_000)

test("a command that is asked for what cannot be says so", async () => {
  const env = {
    ONWARD_APP_URL: on.appUrl,
    ONWARD_OWNER_URL: on.ownerUrl,
    ONWARD_EMBEDDED_OWNER_URL: ownerUrl(),
    ONWARD_FILES: join(folder, "files"),
    ONWARD_FILE_KEYS: TEST_KEY,
    ONWARD_LOG_KEY: "a".repeat(43),
    ONWARD_LOG_HEADS: folder,
  }
  for (const [words, sentence] of [
    [["log", "--limit", "many"], /--limit is "many"/],
    [["log", "--nonsense"], /nonsense/],
    [["export", "--out", join(folder, "empty.zip")], /nothing in the register to export/],
    [["backup", join(folder, "no", "such", "folder.backup")], /There is no/],
    [["user", "add", "x@example.test", "--role", "king"], /roles/],
  ] as const) {
    const ran = await run(["dist/onward.mjs", ...words, "--json"], env)
    expect([words[0], ran.code, ran.out]).toEqual([words[0], 1, ""])
    expect((JSON.parse(ran.err) as { error: string }).error).toMatch(sentence)
  }
  const gone = await run(["dist/onward.mjs", "log", "--json"], {
    ...env,
    ONWARD_APP_URL: at("onward_app", "nothing_there"),
  })
  expect((JSON.parse(gone.err) as { error: string }).error).toMatch(/There is no register here yet/)
})
