import { afterAll, beforeAll, expect, test } from "vitest"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { aPerson, sceneFor } from "@/testing/people"
import { aCast, must } from "@/testing/requests"
import { revokeRole } from "@/usecases/people/grant-roles"
import { listRecords } from "@/usecases/register/list-records"
import { OPERATOR } from "@/usecases/scene"
import { exportLog } from "./export-log"

let on: TestDatabase

beforeAll(async () => {
  on = await aDatabase()
  await aCast(on.db)
}, 60_000)
afterAll(() => on.drop())

test("a right that is taken away while the log is fetched ends the file, and not as if it were whole", async () => {
  const visitor = await aPerson(on.db, "Vera Visitor", ["supervisor"])
  // Each look is an entry: more of them than one page holds.
  for (let i = 0; i < 410; i++) must(await listRecords(sceneFor(on.db, visitor), { list: "parties" }))
  const lines = must(await exportLog(sceneFor(on.db, visitor), {}, "jsonl"))
  expect((await lines.next()).value).toContain("look.")
  expect((await lines.next()).done).toBe(false)
  must(await revokeRole(sceneFor(on.db, OPERATOR), { grantId: visitor.held[0]?.grantId }))
  await expect(lines.next()).rejects.toThrow("not-allowed")
})
