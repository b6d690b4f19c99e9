import pg from "pg"
import { afterEach, beforeEach, expect, test } from "vitest"
import { openDb, closeDb } from "@/db/connect"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { readiness } from "./ready"

let on: TestDatabase
beforeEach(async () => {
  on = await aDatabase()
})
afterEach(() => on.drop())

async function asOwner(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: on.ownerUrl })
  await client.connect()
  await client.query(statement)
  await client.end()
}

test("a migrated register is ready", async () => {
  expect(await readiness(on.db)).toEqual({ ready: true, size: 0 })
})

test.each([
  [
    "a trigger was taken off",
    "alter table versions disable trigger versions_stands",
    "triggers are missing on versions",
  ],
  [
    "a trigger can be slept through",
    "alter table decisions enable trigger decisions_stands",
    "triggers are missing on decisions",
  ],
  ["the app may rewrite decisions", "grant update on decisions to onward_app", "the app may rewrite decisions"],
  [
    "the app may write the log",
    "grant insert on log_leaves to onward_app",
    "the app may write the log past its two doors",
  ],
  [
    "the log has lost its head",
    "alter table log_head disable trigger all; delete from log_head",
    "the log has no head",
  ],
  [
    "a migration is missing",
    "delete from onward_migrations.__drizzle_migrations where id = 1",
    "the database is not at the newest migration",
  ],
])("the register is not ready when %s", async (_name, harm, why) => {
  await asOwner(harm)
  expect(await readiness(on.db)).toEqual({ ready: false, why })
})

test("the register is not ready when its database cannot be reached", async () => {
  const url = new URL(on.appUrl)
  url.pathname = "/nothing_of_that_name"
  const nowhere = openDb(url.toString(), { name: "onward-test" })
  expect(await readiness(nowhere)).toEqual({ ready: false, why: "the database is not migrated" })
  await closeDb(nowhere)
  const silent = openDb("postgres://onward_app@127.0.0.1:1/onward", { name: "onward-test" })
  expect(await readiness(silent)).toEqual({ ready: false, away: true, why: "the database cannot be reached" })
  await closeDb(silent)
})
