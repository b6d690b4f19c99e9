import { afterAll, beforeAll, expect, test } from "vitest"
import { typedParty } from "@/testing/bodies"
import { openDoors, OURS, shutDoors } from "@/testing/doors"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { openSupplierPage } from "@/usecases/asked/supplier-side"
import { askSupplier } from "@/usecases/asked/ask-supplier"

type Door = (request: Request, context: { params: Promise<{ link: string }> }) => Promise<Response>
let on: TestDatabase
let cast: Cast
let answers: Door
let files: Door
let link: string

beforeAll(async () => {
  on = await aDatabase()
  openDoors(on)
  answers = (await import("./api/v1/supplier/[link]/answers/route")).POST as Door
  files = (await import("./api/v1/supplier/[link]/files/route")).POST as Door
  cast = await aCast(on.db)
  const [partyId] = await inForce(on.db, cast, "One", [{ kind: "party", body: typedParty() }])
  const made = must(
    await askSupplier(sceneFor(on.db, cast.procurement), { partyId, entityId: cast.entityId, days: 21 }),
  )
  link = made.path.split("/").pop() ?? ""
}, 60_000)
afterAll(async () => {
  await shutDoors()
  await on.drop()
})

type Way = { origin?: string | null; type?: string; to?: string }
async function send(door: Door, body: BodyInit, { origin = OURS, type, to = link }: Way = {}): Promise<Response> {
  const headers = new Headers({ "x-onward-caller": "192.0.2.61", referer: `${OURS}/supplier/${to}` })
  if (origin) headers.set("origin", origin)
  if (type) headers.set("content-type", type)
  const sent = new Request(`${OURS}/api/v1/supplier/x`, { method: "POST", headers, body, duplex: "half" } as never)
  return door(sent, { params: Promise.resolve({ link: to }) })
}

test("only our own page saves and sends: what another site posts with the link is refused", async () => {
  const body = new URLSearchParams({ notes: "x", _n: "0", _op: "send" })
  for (const origin of ["https://evil.example", null, "null"]) {
    expect((await send(answers, body, { origin })).status).toBe(403)
    expect((await send(files, new FormData(), { origin })).status).toBe(403)
  }
})

test("a body of any other shape or size is refused and breaks nothing; a link that is not there is not found", async () => {
  const json = { type: "application/json" }
  for (const body of [
    "{",
    "[1]",
    "1",
    '{"notes":{"a":[]},"_n":"0","_op":"send"}',
    '{"_n":{"a":1}}',
    '{"a\\u0000":"b"}',
  ]) {
    const answer = await send(answers, body, json)
    expect([body, answer.status < 500]).toEqual([body, true])
  }
  expect((await send(answers, JSON.stringify({ notes: "x".repeat(1_200_000) }), json)).status).toBe(422)
  expect((await send(answers, "<x/>", { type: "text/xml" })).status).toBe(422)
  for (const to of ["A".repeat(43), "../admin", "", "%00"]) {
    expect((await send(answers, JSON.stringify({ _n: 0 }), { ...json, to })).status).toBe(404)
    const form = new FormData()
    form.set("file", new Blob(["%PDF-1.7"]), "a.pdf")
    expect((await send(files, form, { to })).status).toBe(404)
  }
})

test("a file larger than the link takes is refused before it is kept, and one of another kind is", async () => {
  const form = (bytes: BlobPart, name: string): FormData => {
    const made = new FormData()
    made.set("file", new Blob([bytes]), name)
    return made
  }
  const large = await send(files, form(new Uint8Array(21 * 1024 * 1024), "large.pdf"))
  expect(large.headers.get("location")).toContain("invalid.file-too-large")
  const other = await send(files, form("<script>1</script>", "x.html"))
  expect(other.headers.get("location")).toMatch(/refused=invalid\./)
  const good = await send(files, form("%PDF-1.7\n%%EOF", "<img src=x>.pdf"))
  expect(good.headers.get("location")).toBe(`/supplier/${link}#files`)
})

test("a form is saved, comes back to its page, and once sent cannot be sent again", async () => {
  const form = (more: Record<string, string>) => new URLSearchParams({ notes: "<b>hello</b>", ...more })
  const page = must(await openSupplierPage(sceneFor(on.db, null), { link, address: "192.0.2.62" }))
  const n = page.state === "open" ? page.n : -1
  const saved = await send(answers, form({ _n: String(n), _op: "save" }))
  expect([saved.status, saved.headers.get("location")]).toEqual([303, `/supplier/${link}?saved=yes`])
  const old = await send(answers, form({ _n: String(n), _op: "save" }))
  expect(old.headers.get("location")).toContain("refused=conflict.answers-moved")
  // Neither cookie nor address of a refusal keeps the link for another page.
  expect(old.headers.getSetCookie().join()).not.toContain(link)
  const sent = await send(answers, form({ _n: String(n + 1), _op: "send" }))
  expect(sent.headers.get("location")).toBe(`/supplier/${link}`)
  expect((await send(answers, form({ _n: String(n + 2), _op: "send" }))).headers.get("location")).toContain(
    "answers-sent",
  )
})
