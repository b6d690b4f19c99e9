import { afterAll, beforeAll, expect, test } from "vitest"
import { typedEntity } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { openDoors, OURS, shutDoors } from "@/testing/doors"
import { aPerson, sceneFor } from "@/testing/people"
import { must } from "@/testing/requests"
import { putEntity } from "@/usecases/people/entities"
import { makeToken } from "@/usecases/people/sessions"
import { OPERATOR } from "@/usecases/scene"

let on: TestDatabase

beforeAll(async () => {
  on = await aDatabase()
  openDoors(on)
}, 60_000)
afterAll(async () => {
  await shutDoors()
  await on.drop()
})

type Handler = (request: Request, context: { params: Promise<never> }) => Promise<Response>

test("no door gives a supervisor rows, lines or bytes out of the mainland before the company has said to whom it goes", async () => {
  must(
    await putEntity(sceneFor(on.db, OPERATOR), {
      body: { ...typedEntity({ legalName: "Mainland Ltd" }), country: "CN" },
    }),
  )
  const who = sceneFor(on.db, await aPerson(on.db, "Vera Visitor", ["supervisor"]))
  const { token } = must(await makeToken(who, { label: "machine", days: 1 }))
  const file = `fil_${"0".repeat(26)}`
  const doors: [string, Promise<{ GET?: unknown; POST?: unknown }>, object, object?][] = [
    ["/api/v1/register/sharings.json", import("./api/v1/register/[list]/route"), { list: "sharings.json" }],
    ["/api/v1/register/sharings.csv", import("./api/v1/register/[list]/route"), { list: "sharings.csv" }],
    [
      "/api/v1/audit/answers/sample.csv?seed=x&by=standing&how=each&n=5",
      import("./api/v1/audit/answers/[answer]/route"),
      { answer: "sample.csv" },
    ],
    [
      "/api/v1/audit/answers/completeness.csv",
      import("./api/v1/audit/answers/completeness.csv/route"),
      {},
      { list: "A" },
    ],
    ["/api/v1/log/events.csv", import("./api/v1/log/events.csv/route"), {}],
    ["/api/v1/log/events.jsonl", import("./api/v1/log/events.jsonl/route"), {}],
    [`/api/v1/files/${file}`, import("./api/v1/files/[id]/route"), { id: file }],
    [`/api/v1/files/${file}/text`, import("./api/v1/files/[id]/text/route"), { id: file }],
  ]
  for (const [path, module, params, body] of doors) {
    const route = await module
    const headers = { authorization: `Bearer ${token}`, ...(body ? { "content-type": "application/json" } : {}) }
    const request = new Request(`${OURS}${path}`, {
      headers,
      ...(body ? { method: "POST", body: JSON.stringify(body) } : {}),
    })
    const answer = await ((body ? route.POST : route.GET) as Handler)(request, {
      params: Promise.resolve(params as never),
    })
    expect([path, answer.status, ((await answer.json()) as { type: string }).type]).toEqual([
      path,
      403,
      "/problems/exports.mainland.unsaid",
    ])
  }
})
