import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { aDatabase, ownerUrl, type TestDatabase } from "@/testing/database"
import { openDoors, OURS, shutDoors } from "@/testing/doors"
import { aPerson } from "@/testing/people"

let on: TestDatabase

beforeAll(async () => {
  on = await aDatabase()
  await aPerson(on.db, "Ada Away", ["legal"])
  openDoors(on)
})
afterAll(async () => {
  await shutDoors()
  await on.drop()
})

async function asOperator(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl() })
  await client.connect()
  for (const statement of statements) await client.query(statement)
  await client.end()
}

async function send(type: string, body: string): Promise<Response> {
  const { POST } = await import("./api/v1/sessions/route")
  const headers = { "content-type": type, origin: OURS, referer: `${OURS}/sign-in?x=1`, "x-onward-caller": "192.0.2.3" }
  return POST(new Request(`${OURS}/api/v1/sessions`, { method: "POST", headers, body }), {
    params: Promise.resolve({}),
  })
}
const asMachine = () => send("application/json", JSON.stringify({ email: "a@example.test", password: "x" }))
const asForm = () => send("application/x-www-form-urlencoded", "email=a%40example.test&password=x")

test("a database that is lost while we serve is told as such, and everything goes on when it is back", async () => {
  const { GET } = await import("./readyz/route")
  expect((await GET()).status).toBe(200)
  expect((await asMachine()).status).toBe(422)

  await asOperator(
    `alter database ${on.name} allow_connections false`,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${on.name}'`,
  )
  const ready = await GET()
  expect([ready.status, await ready.json()]).toMatchObject([503, { ready: false, away: true }])
  const machine = await asMachine()
  expect([machine.status, machine.headers.get("retry-after"), await machine.json()]).toMatchObject([
    503,
    "5",
    { type: "/problems/conflict.away" },
  ])
  const form = await asForm()
  expect([form.status, form.headers.get("location")]).toEqual([303, "/sign-in?x=1&refused=conflict.away#refused"])

  await asOperator(`alter database ${on.name} allow_connections true`)
  expect((await GET()).status).toBe(200)
  expect((await asMachine()).status).toBe(422)
})
