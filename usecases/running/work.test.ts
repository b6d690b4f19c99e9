import pg from "pg"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { sql } from "drizzle-orm"
import { row } from "@/db/connect"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { sceneFor } from "@/testing/people"
import { work } from "./work"

let on: TestDatabase
beforeAll(async () => {
  on = await aDatabase()
  const owner = new pg.Client({ connectionString: on.ownerUrl })
  await owner.connect()
  await owner.query("revoke delete on throttles from onward_app")
  await owner.end()
})
afterAll(() => on.drop())

test("a sweep that fails is said, and the round goes on to what comes after it", async () => {
  const lines: string[] = []
  const spy = vi.spyOn(process.stderr, "write").mockImplementation((line) => lines.push(String(line)) > 0)
  const stop = new AbortController()
  const working = work([sceneFor(on.db, null)], stop.signal)
  const followed = () => row(on.db, sql`select 1 from derived_by`)
  const goesOn = (async () => {
    while (!stop.signal.aborted && (await followed()) === null) await new Promise((go) => setTimeout(go, 20))
  })()
  await Promise.race([working, goesOn]).finally(() => stop.abort())
  await working.finally(() => spy.mockRestore())
  expect(await followed()).not.toBeNull()
  expect(lines.join("")).toMatch(/^sweeping: .*throttles/m)
})
