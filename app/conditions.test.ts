import { afterAll, beforeAll, expect, test } from "vitest"
import { dayIn } from "@/domain/core/day"
import { makeToken } from "@/usecases/people/sessions"
import { decideRequest } from "@/usecases/requests/decide-request"
import { readRequest } from "@/usecases/requests/read-request"
import { clockNow, type Actor } from "@/usecases/scene"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { openDoors, OURS, shutDoors } from "@/testing/doors"
import { aPerson, sceneFor } from "@/testing/people"
import { aCast, must, submitted, type Cast } from "@/testing/requests"

let on: TestDatabase
let cast: Cast
let buyer: Actor
const tokens = new Map<string, string>()

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  buyer = await aPerson(on.db, "Berta Buyer", ["procurement"])
  openDoors(on)
  for (const who of [cast.requester, cast.procurement, cast.dpo, cast.legal, buyer])
    tokens.set(who.id, must(await makeToken(sceneFor(on.db, who), { label: "machine", days: 1 })).token)
})
afterAll(async () => {
  await shutDoors()
  await on.drop()
})

type Handler = (request: Request, context: { params: Promise<{ id: string }> }) => Promise<Response>
const DOORS: Record<string, () => Promise<{ POST: Handler }>> = {
  met: () => import("./api/v1/requests/[id]/conditions/met/route"),
  answer: () => import("./api/v1/requests/[id]/conditions/answer/route"),
  owner: () => import("./api/v1/requests/[id]/conditions/owner/route"),
}

async function send(door: string, who: Actor, id: string, body: object | FormData): Promise<[number, string]> {
  const { POST } = await (DOORS[door] as () => Promise<{ POST: Handler }>)()
  const form = body instanceof FormData
  const headers = {
    authorization: `Bearer ${tokens.get(who.id)}`,
    ...(form ? { referer: `${OURS}/requests/${id}` } : { "content-type": "application/json" }),
  }
  const request = new Request(`${OURS}/api/v1/requests/${id}/conditions/${door}`, {
    ...{ method: "POST", headers, body: form ? body : JSON.stringify(body) },
  })
  const answer = await POST(request, { params: Promise.resolve({ id }) })
  if (answer.status === 303) return [303, answer.headers.get("location") ?? ""]
  const said = (await answer.json()) as { type?: string; turn?: string }
  return [answer.status, said.type ?? said.turn ?? "done"]
}

async function aCondition(title: string) {
  const request = await submitted(on.db, cast, title, [{ kind: "party", body: typedParty({ legalName: title }) }])
  const { requestId, hash } = request
  const place = request.stages.find((one) => one.stage === "procurement")
  const conditions = [{ words: "Send it.", ownerId: cast.requester.id, dueOn: dayIn("Europe/Berlin", clockNow()) }]
  const word = { requestId, hash, stage: "procurement", entityId: place?.entityId, conditions }
  must(await decideRequest(sceneFor(on.db, cast.procurement), { ...word, verdict: "approve-with-conditions" }))
  const page = must(await readRequest(sceneFor(on.db, cast.legal), { id: requestId }))
  return { requestId, conditionId: page.conditions[0]?.id ?? "" }
}

test("over HTTP conditions are met, given on and confirmed by the same rules, and refused with the reason", async () => {
  const { requestId, conditionId } = await aCondition("Over the wire Ltd")
  const nobody = "psn_01jx0000000000000000000000"
  const refused: [string, Actor, object, number, string][] = [
    ["met", buyer, { conditionId, words: "Done." }, 403, "not-allowed.condition-owner"],
    ["met", cast.requester, { conditionId, words: " " }, 422, "invalid.form"],
    ["met", cast.requester, { conditionId, words: "Done.", fileIds: "all" }, 422, "invalid.form"],
    ["met", cast.requester, { conditionId: "cnd_01jx0000000000000000000000", words: "Done." }, 404, "not-found"],
    ["answer", buyer, { conditionId, turn: "confirmed" }, 409, "conflict.condition"],
    ["answer", buyer, { conditionId, turn: "waved-through" }, 422, "invalid.form"],
    ["answer", buyer, { conditionId, turn: "confirmed", forPerson: nobody }, 403, "not-allowed.no-delegation"],
    ["owner", buyer, { conditionId, ownerId: cast.legal.id, reason: "x" }, 403, "not-allowed.condition-giver"],
    ["owner", cast.requester, { conditionId, ownerId: cast.legal.id, reason: "x" }, 403, "not-allowed.role"],
    ["owner", cast.dpo, { conditionId, ownerId: cast.legal.id }, 422, "invalid.form"],
    ["owner", cast.dpo, { conditionId, ownerId: nobody, reason: "x" }, 422, "invalid.form"],
  ]
  for (const [door, who, body, status, says] of refused) {
    const [got, type] = await send(door, who, requestId, body)
    expect([
      door,
      got,
      type.replace("/problems/", "").replace(/^not-allowed\.(person|role|act).*/, "not-allowed.role"),
    ]).toEqual([door, status, says])
  }
  expect(await send("owner", cast.dpo, requestId, { conditionId, ownerId: cast.legal.id, reason: "Away." })).toEqual([
    200,
    "done",
  ])
  expect(await send("met", cast.legal, requestId, { conditionId, words: "Done." })).toEqual([200, "met"])
  expect(await send("answer", buyer, requestId, { conditionId, turn: "confirmed" })).toEqual([200, "confirmed"])
})

test("a form lays a file beside its words, or none; what is wrong comes back to the page with its sentence", async () => {
  const { requestId, conditionId } = await aCondition("By form Ltd")
  const form = (words: string, file: File | null): FormData => {
    const data = new FormData()
    data.set("conditionId", conditionId)
    data.set("words", words)
    data.set("file", file ?? new File([], ""))
    return data
  }
  const program = new File([new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0])], "run.pdf")
  const [, refused] = await send("met", cast.requester, requestId, form("Here.", program))
  expect(refused).toMatch(new RegExp(`^/requests/${requestId}\\?refused=invalid`))
  expect((await send("met", cast.requester, requestId, form("", null)))[1]).toContain(
    "field=invalid.condition-evidence",
  )
  const seen = new File(["It was sent."], "sent.txt", { type: "text/plain" })
  expect(await send("met", cast.requester, requestId, form("Here.", seen))).toEqual([
    303,
    `/requests/${requestId}#conditions`,
  ])
  const page = must(await readRequest(sceneFor(on.db, buyer), { id: requestId }))
  expect(page.conditions).toMatchObject([{ state: "said", lastWords: "Here.", lastFiles: [{ name: "sent.txt" }] }])
})
