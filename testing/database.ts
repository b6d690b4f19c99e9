import { randomBytes } from "node:crypto"
import pg from "pg"
import { sql } from "drizzle-orm"
import { memberDifference } from "@/domain/audit/members"
import type { Json } from "@/domain/core/canonical"
import { wordless } from "@/components/audit/member-words"
import { closeDb, openDb, rows, type Db } from "@/db/connect"
import { ensureDatabase, migrateDatabase, shutDatabase } from "@/db/migrate"

/** The server that the test run started: an owner's URL on its `postgres` database. */
export function ownerUrl(database = "postgres"): string {
  const base = process.env.ONWARD_TEST_OWNER_URL
  if (!base)
    throw new Error("ONWARD_TEST_OWNER_URL names no server: run the tests by `npm test`, or start a server and name it")
  const url = new URL(base)
  url.pathname = `/${database}`
  return url.toString()
}

function appUrl(database: string): string {
  const url = new URL(ownerUrl(database))
  url.username = "onward_app"
  return url.toString()
}

const TEMPLATE = "onward_template"
let migrated: Promise<void> | null = null

/** One migrated template for the server; made by whoever comes first, under a lock of the whole server. */
async function template(): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl() })
  await client.connect()
  try {
    await client.query("select pg_advisory_lock(4711)")
    await ensureDatabase(ownerUrl(), TEMPLATE)
    await migrateDatabase(ownerUrl(TEMPLATE), { folder: "db/migrations", register: "main", origin: "onward/test" })
  } finally {
    await client.end()
  }
}

export type TestDatabase = { name: string; db: Db; appUrl: string; ownerUrl: string; drop: () => Promise<void> }

/** A database of its own, copied from the migrated template, opened as `onward_app`; or an empty sample register. */
export async function aDatabase(of: { register: "main" | "sample" } = { register: "main" }): Promise<TestDatabase> {
  const name = `t_${randomBytes(8).toString("hex")}`
  if (of.register === "sample") {
    await ensureDatabase(ownerUrl(), name)
    await migrateDatabase(ownerUrl(name), { folder: "db/migrations", register: "sample", origin: "onward/test" })
    return opened(name)
  }
  migrated ??= template()
  await migrated
  const client = new pg.Client({ connectionString: ownerUrl() })
  await client.connect()
  await client.query("select pg_advisory_lock(4712)")
  await client.query(`create database ${name} template ${TEMPLATE}`)
  await client.end()
  const within = new pg.Client({ connectionString: ownerUrl(name) })
  await within.connect()
  await shutDatabase(within)
  await within.end()
  return opened(name)
}

function opened(name: string): TestDatabase {
  const db = openDb(appUrl(name), { name: "onward-test", max: 20 })
  return {
    name,
    db,
    appUrl: appUrl(name),
    ownerUrl: ownerUrl(name),
    drop: async () => {
      const none = await wordlessMembers(db)
      await closeDb(db)
      const owner = new pg.Client({ connectionString: ownerUrl() })
      await owner.connect()
      await owner.query(`drop database if exists ${name} with (force)`)
      await owner.end()
      // Whoever lets an entry say something new gives it a name for the reader of the log.
      if (none.length > 0) throw new Error(`components/words/members.ts has no words for: ${none.join(", ")}`)
    },
  }
}

/** What entries that a test wrote say, and the catalogue has no name for; of each act the newest few are looked at. */
async function wordlessMembers(db: Db): Promise<string[]> {
  const newest = sql`select act, bytes from (select act, bytes, row_number() over (partition by act order by index desc) as n from log_leaves) l
    where n <= 5 and length(bytes) < 20000`
  // A log that the test itself spoilt says nothing.
  const said = await rows<{ act: string; bytes: string }>(db, newest).catch(() => [])
  const none = said.flatMap(({ act, bytes }) => {
    const { before, after } = sidesOf(bytes)
    return [...memberDifference(undefined, before), ...memberDifference(undefined, after)].flatMap(({ path }) =>
      wordless(act, path).map((part) => `${act}: ${part}`),
    )
  })
  return [...new Set(none)].sort()
}

function sidesOf(bytes: string): { before?: Json; after?: Json } {
  try {
    return JSON.parse(bytes) as { before?: Json; after?: Json }
  } catch {
    return {}
  }
}
