import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { closeDb, openDb } from "@/db/connect"
import { migrateDatabase } from "@/db/migrate"
import { readiness } from "@/usecases/running/ready"
import { aDatabase, ownerUrl } from "@/testing/database"
import { firstAdministrator } from "@/testing/people"

const owner = `plain_${process.pid}`
const database = `plain_register_${process.pid}`
const url = (role: string): string => {
  const at = new URL(ownerUrl(database))
  at.username = role
  return at.toString()
}

async function asOperator(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl() })
  await client.connect()
  for (const statement of statements) await client.query(statement)
  await client.end()
}

beforeAll(async () => {
  // The server has the roles: its operator, or another register of it, made them.
  const other = await aDatabase()
  await other.drop()
  await asOperator(
    `create role ${owner} login nosuperuser nocreaterole nocreatedb`,
    `create database ${database} owner ${owner}`,
  )
})
afterAll(() => asOperator(`drop database ${database} with (force)`, `drop role ${owner}`))

test("where the operator made the roles, an owner who may make none makes a register that serves and defends itself", async () => {
  const options = { folder: "db/migrations", register: "main", origin: "onward/plain" } as const
  await migrateDatabase(url(owner), options)
  await migrateDatabase(url(owner), options)
  const db = openDb(url("onward_app"), { name: "onward-test" })
  try {
    expect(await readiness(db)).toMatchObject({ ready: true })
    expect(await firstAdministrator(db)).toMatchObject({ held: [{ role: "administrator" }] })
  } finally {
    await closeDb(db)
  }
})
