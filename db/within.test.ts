import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { row } from "./connect"
import { within } from "./within"

let on: TestDatabase
beforeAll(async () => {
  on = await aDatabase()
})
afterAll(() => on.drop())

const limit = sql`select current_setting('statement_timeout') as was`

test("what takes too long is left out, and the page goes on in the same snapshot with its own limit", async () => {
  await on.db.transaction(async (tx) => {
    const before = await row<{ was: string }>(tx, limit)
    expect(await within(tx, 20, (point) => point.execute(sql`select pg_sleep(5)`))).toBeNull()
    expect(await row(tx, limit)).toEqual(before)
    expect(await within(tx, 2000, (point) => row<{ n: number }>(point, sql`select 1 as n`))).toEqual({ n: 1 })
    expect(await row(tx, limit)).toEqual(before)
  })
})

test("any other failure stays one", async () => {
  await on.db.transaction(async (tx) => {
    await expect(within(tx, 2000, (point) => point.execute(sql`select 1 / 0`))).rejects.toMatchObject({
      cause: { code: "22012" },
    })
  })
})
