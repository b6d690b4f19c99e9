import { Readable } from "node:stream"
import { afterAll, beforeAll, expect, test } from "vitest"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { openDoors, OURS, shutDoors } from "@/testing/doors"
import { aPerson, sceneFor } from "@/testing/people"
import { must } from "@/testing/requests"
import { FILE_LIMITS, putFile, receive } from "@/usecases/files/put-file"
import { makeToken } from "@/usecases/people/sessions"

let on: TestDatabase

beforeAll(async () => {
  on = await aDatabase()
  openDoors(on)
}, 60_000)
afterAll(async () => {
  await shutDoors()
  await on.drop()
})

test("the head of a file is told without opening the file", async () => {
  const { GET } = await import("./api/v1/files/[id]/route")
  const who = await aPerson(on.db, "Pia Paper", ["legal"])
  const { token } = must(await makeToken(sceneFor(on.db, who), { label: "machine", days: 1 }))
  // Kept in another folder than the routes read: whoever opens it finds nothing.
  const scene = sceneFor(on.db, who)
  const received = must(await receive(scene, Readable.from([Buffer.from("%PDF-1.7\nx")]), FILE_LIMITS.paper))
  const { id } = must(await putFile(scene, { name: "a.pdf", use: "paper", received }))
  const ask = (method: string) =>
    GET(new Request(`${OURS}/api/v1/files/${id}`, { method, headers: { authorization: `Bearer ${token}` } }), {
      params: Promise.resolve({ id }),
    })
  const head = await ask("HEAD")
  expect([head.status, head.headers.get("content-length"), head.body]).toEqual([200, "10", null])
  expect((await ask("GET")).status).toBe(404)
})
