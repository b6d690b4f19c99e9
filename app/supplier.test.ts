import { deflateRawSync } from "node:zlib"
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

test("file names are words and no paths, and what is inside a file is never opened, served as a page, or run", async () => {
  const form = (bytes: BlobPart, name: string): FormData => {
    const made = new FormData()
    made.set("file", new Blob([bytes]), name)
    return made
  }
  const [pdf, zip] = ["%PDF-1.7\n%%EOF", "PK\u0003\u0004"]
  for (const [bytes, name] of [
    ["<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "logo.svg"],
    ["<svg onload=alert(1)>", "logo.png"],
    ["GIF89a<script>alert(1)</script>", "logo.png"],
    ["<!doctype html><script>alert(1)</script>", "page.htm"],
    ["%PDF-1.7", "paper.pdf.html"],
    ["MZ", "setup.exe"],
    [zip, "many.zip"],
    ["", "empty.pdf"],
    [pdf, "noending"],
  ] as const)
    expect([name, (await send(files, form(bytes, name))).headers.get("location")]).toEqual([
      name,
      expect.stringMatching(/refused=invalid\./),
    ])
  for (const name of [
    ...["../../etc/passwd.pdf", "C:\\autoexec.pdf", "a\u0000b\r\nx: y.pdf", "\u202efdp.pdf", "=HYPERLINK(1).pdf"],
    `${"x".repeat(5000)}.pdf`,
  ]) {
    const answer = await send(files, form(pdf, name))
    expect([name.slice(0, 20), answer.status]).toEqual([name.slice(0, 20), 303])
  }
  // A workbook that would be a thousand times as large is bytes like any other: nobody inflates it here.
  const bomb = deflateRawSync(Buffer.alloc(20 * 1024 * 1024))
  const began = Date.now()
  await send(files, form(Buffer.concat([Buffer.from(zip), bomb]), "bomb.xlsx"))
  expect(Date.now() - began).toBeLessThan(2_000)
  const page = must(await openSupplierPage(sceneFor(on.db, null), { link, address: "192.0.2.63" }))
  const names = page.state === "open" ? page.files.map((file) => file.name) : []
  expect(names.length).toBeGreaterThan(4)
  for (const name of names) expect(name).not.toMatch(/[/\\\p{C}]|^$/u)
  for (const file of page.state === "open" ? page.files : []) {
    const { GET } = await import("./api/v1/files/[id]/route")
    const request = new Request(`${OURS}/api/v1/files/${file.id}`, { headers: { "x-onward-caller": "192.0.2.63" } })
    const served = await GET(request, { params: Promise.resolve({ id: file.id }) } as never)
    expect(served.status).toBe(401)
  }
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
