import { strFromU8, unzipSync } from "fflate"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Id } from "@/domain/core/id"
import { WITHHELD } from "@/domain/records/withheld"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { openDoors, OURS, shutDoors } from "@/testing/doors"
import { typedSharing } from "@/testing/flow"
import { folderStore } from "@/adapters/files/folder"
import { TEST_KEYS } from "@/testing/keys"
import { testSigner } from "@/testing/log-key"
import { aPerson, sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { makeToken } from "@/usecases/people/sessions"
import { draftRequest, saveProposal } from "@/usecases/requests/draft-request"
import { submitRequest } from "@/usecases/requests/submit-request"
import { doExports } from "@/usecases/exports/jobs"
import { OPERATOR, type Actor } from "@/usecases/scene"

type Door = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>

let on: TestDatabase
let cast: Cast
let outsider: Actor
let hidden: string
let flow: string
let asked: string
let files: string

beforeAll(async () => {
  on = await aDatabase()
  files = openDoors(on)
  cast = await aCast(on.db)
  outsider = await aPerson(on.db, "Otto Outsider", ["legal"])
  ;[hidden] = (await inForce(on.db, cast, "Open", [
    { kind: "party", body: typedParty({ legalName: "Merger Target Ltd" }) },
  ])) as [string]
  const scene = sceneFor(on.db, cast.requester)
  asked = must(await draftRequest(scene, { title: "Found", kind: "discovered" })).id
  const between = { entityId: cast.entityId as Id<"entity">, partyId: hidden as Id<"party"> }
  const body = typedSharing(between, { title: "A flow to somebody" })
  const proposal = { requestId: asked, kind: "sharing", op: "create", discovered: true, body }
  flow = must(await saveProposal(scene, proposal)).recordId
  must(await submitRequest(scene, { requestId: asked }))
  const named = [cast.requester, cast.procurement, cast.dpo, cast.legal].map((one) => one.id as Id<"person">)
  await inForce(on.db, cast, "Now secret", [
    { kind: "party", op: "change", recordId: hidden, body: typedParty({ restrictedTo: named }) },
  ])
}, 60_000)
afterAll(async () => {
  await shutDoors()
  await on.drop()
})

async function answers(who: Actor): Promise<Record<string, string>> {
  const { token } = must(await makeToken(sceneFor(on.db, who), { label: "machine", days: 1 }))
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" }
  const ask = async (
    door: Door,
    path: string,
    params: Record<string, string>,
    method = "GET",
    status = 200,
  ): Promise<Buffer> => {
    const sent = new Request(`${OURS}${path}`, { method, headers, ...(method === "POST" ? { body: "{}" } : {}) })
    const answer = await door(sent, { params: Promise.resolve(params) })
    expect([path, answer.status]).toEqual([path, status])
    return Buffer.from(await answer.arrayBuffer())
  }
  const lists = (await import("./api/v1/register/[list]/route")).GET as Door
  const requests = (await import("./api/v1/requests/[id]/route")).GET as Door
  const exports = (await import("./api/v1/exports/route")).POST as Door
  const ordered = JSON.parse(String(await ask(exports, "/api/v1/exports", {}, "POST", 202))) as {
    id: string
    address: string
  }
  expect(
    await doExports(sceneFor(on.db, OPERATOR, { files: folderStore(files, TEST_KEYS) }), await testSigner(on.db)),
  ).toBe(1)
  const state = (await import("./api/v1/exports/[id]/route")).GET as Door
  const told = JSON.parse(String(await ask(state, ordered.address, ordered))) as { state: string; file: string }
  expect(told.state).toBe("done")
  const file = (await import("./api/v1/exports/[id]/file/route")).GET as Door
  const zip = unzipSync(await ask(file, told.file, ordered))
  return {
    ...Object.fromEntries(Object.entries(zip).map(([name, bytes]) => [name, strFromU8(bytes)])),
    list: String(await ask(lists, "/api/v1/register/sharings.json", { list: "sharings.json" })),
    csv: String(await ask(lists, "/api/v1/register/sharings.csv", { list: "sharings.csv" })),
    request: String(await ask(requests, `/api/v1/requests/${asked}`, { id: asked })),
  }
}

test("over HTTP, by token, no answer and no package names the party that is not there for this reader", async () => {
  const told = await answers(outsider)
  for (const [name, text] of Object.entries(told)) expect([name, text.includes(hidden)]).toEqual([name, false])
  for (const name of ["list", "csv", "request", "json/sharing.json"]) expect(told[name]).toContain("A flow to somebody")
  expect(told.request).toContain(`"partyId":"${WITHHELD}"`)
  expect(told["json/sharing.json"]).toContain(`"partyId":"${WITHHELD}"`)
  expect(JSON.parse(told["manifest.json"] ?? "")).toMatchObject({ formatVersion: 6, withheld: { references: 1 } })
  const known = await answers(cast.dpo)
  for (const name of ["list", "request", "json/sharing.json", "json/party.json"]) expect(known[name]).toContain(hidden)
  expect(JSON.parse(known["manifest.json"] ?? "")).toMatchObject({ withheld: { references: 0 } })
  expect(known.list).toContain(flow)
})
