import { readdirSync } from "node:fs"
import { NextRequest } from "next/server"
import { afterAll, beforeAll, expect, test } from "vitest"
import { sql } from "drizzle-orm"
import { row } from "@/db/connect"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { openDoors, OURS, shutDoors } from "@/testing/doors"
import { aPerson, PASSWORD } from "@/testing/people"

type Handler = (request: Request, context: never) => Promise<Response>
type Doors = Record<"files" | "auth" | "proposals" | "requests" | "sessions" | "list" | "ofRecord", Handler>
let on: TestDatabase
let folder: string
let doors: Doors
let reading: Doors["list"]
let cookie: string

beforeAll(async () => {
  on = await aDatabase()
  folder = openDoors(on)
  const auth = await import("./api/auth/[...nextauth]/route")
  const list = await import("./api/v1/register/[list]/route")
  reading = list.GET as Handler
  doors = {
    files: (await import("./api/v1/files/route")).POST as Handler,
    auth: auth.POST as Handler,
    proposals: (await import("./api/v1/requests/[id]/proposals/route")).POST as Handler,
    requests: (await import("./api/v1/requests/route")).POST as Handler,
    sessions: (await import("./api/v1/sessions/route")).POST as Handler,
    ofRecord: (await import("./api/v1/requests/of-record/route")).POST as Handler,
    list: list.GET as Handler,
  }
  const actor = await aPerson(on.db, "Lena Law", ["legal"])
  const found = await row<{ email: string }>(on.db, sql`select email from people where id = ${actor.id}`)
  const answer = await doors.sessions(
    new Request(`${OURS}/api/v1/sessions`, {
      method: "POST",
      headers: { origin: OURS, "content-type": "application/json", "x-onward-caller": "192.0.2.7" },
      body: JSON.stringify({ email: found?.email, password: PASSWORD }),
    }),
    { params: Promise.resolve({}) } as never,
  )
  cookie = answer.headers.getSetCookie()[0]?.split(";")[0] ?? ""
})
afterAll(async () => {
  await shutDoors()
  await on.drop()
})

type Way = { headers?: Record<string, string>; body?: BodyInit; params?: Record<string, unknown>; path?: string }
const post = (door: keyof Doors, { headers = {}, body = "{}", params = {}, path = "/api/v1/x" }: Way = {}) =>
  doors[door](
    new NextRequest(`${OURS}${path}`, {
      method: "POST",
      headers: { origin: OURS, "content-type": "application/json", ...headers },
      body,
      duplex: "half",
    } as never),
    { params: Promise.resolve(params) } as never,
  )
const problemOf = async (answer: Response) => [answer.status, ((await answer.json()) as { type: string }).type]
const left = (): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).length

/** A multipart body without a length, of as many megabytes as asked for. */
function endless(megabytes: number): ReadableStream<Uint8Array> {
  let sent = -1
  return new ReadableStream({
    pull(controller) {
      sent += 1
      if (sent === 0)
        controller.enqueue(
          new TextEncoder().encode('--x\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'),
        )
      else if (sent <= megabytes) controller.enqueue(new Uint8Array(1024 * 1024))
      else controller.close()
    },
  })
}

test("a file that leaves its length out is counted while it is read, and stopped", async () => {
  const headers = { cookie, "content-type": "multipart/form-data; boundary=x", referer: `${OURS}/requests` }
  const answer = await post("files", { headers, body: endless(80) })
  expect([answer.status, answer.headers.get("location")]).toEqual([
    303,
    "/requests?refused=invalid.file-too-large&p.limit=50#refused",
  ])
  expect(left()).toBe(0)
})

test("of a file that is refused nothing is left on the disk", async () => {
  const page = "<!doctype html><script>alert(1)</script>"
  for (const [name, body] of [
    ["paper.pdf", page],
    ["picture.svg", '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ["page.html", page],
    ["program.exe", "MZ\u0000\u0001"],
    [`${"n".repeat(400)}.pdf`, "%PDF-1.7\n"],
  ] as const) {
    const answer = await post("files", {
      headers: { cookie, "content-type": "application/octet-stream", "x-file-name": name },
      body,
    })
    expect([name.slice(0, 12), answer.status]).toEqual([name.slice(0, 12), 422])
  }
  expect(left()).toBe(0)
})

test("a file's name that cannot be read is refused in words", async () => {
  const answer = await post("files", { headers: { cookie, "x-file-name": "%E0%A4%A" }, body: "%PDF-1.7" })
  expect(await problemOf(answer)).toEqual([422, "/problems/invalid.body"])
})

test("strangers write nothing into the app's log through next-auth, and no body of theirs breaks it", async () => {
  for (const what of ["_log", "signin/credentials", "nonsense/of/theirs"])
    expect(await problemOf(await post("auth", { params: { nextauth: what.split("/") } }))).toEqual([
      404,
      "/problems/not-found",
    ])
  const callback = { nextauth: ["callback", "credentials"] }
  for (const body of ["{", "", "x".repeat(2_000_000)]) {
    const answer = await post("auth", { params: callback, body, path: "/api/auth/callback/credentials" })
    expect(answer.status).toBeLessThan(500)
  }
})

test("text that no column can hold is refused in words, wherever it stands", async () => {
  const lone = "half \ud83d"
  const answer = await post("requests", { headers: { cookie }, body: JSON.stringify({ title: `a\u0000b ${lone}` }) })
  expect(answer.status).toBe(201)
  const body = JSON.stringify({ recordId: "pty_\u0000", title: "x" })
  expect(await problemOf(await post("ofRecord", { headers: { cookie }, body }))).toEqual([
    422,
    "/problems/invalid.value",
  ])
  const notes = { notes: { state: "known", value: lone } }
  const { id } = (await answer.json()) as { id: string }
  const saved = await post("proposals", {
    ...{ headers: { cookie }, params: { id } },
    body: JSON.stringify({ kind: "party", op: "create", body: notes }),
  })
  expect(saved.status).toBe(422)
})

test("addresses of lists with odd words are answered with a list or in words", async () => {
  const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url")
  const id = `pty_${"0".repeat(26)}`
  for (const words of [
    `sort=since&after=${cursor(["no instant", id])}`,
    `after=${cursor(["a\u0000b", id])}`,
    `after=${cursor([{ $gt: 1 }, id])}`,
    "after=%00",
    "q=%00' or 1=1 --",
    "f.kind=%00",
    "f.kind=x'; drop table people; --",
    "sort=fold; drop table people",
    "f.__proto__=x&f.constructor=y",
    `q=${"%25_".repeat(60)}`,
  ]) {
    const request = new Request(`${OURS}/api/v1/register/parties.csv?${words}`, { headers: { cookie } })
    const answer = await reading(request, { params: Promise.resolve({ list: "parties.csv" }) } as never)
    expect([words, answer.status < 500]).toEqual([words, true])
  }
})

test("the buttons of a form keep what was typed for nobody from elsewhere, and break on nothing", async () => {
  const form = "application/x-www-form-urlencoded"
  const params = { id: `req_${"0".repeat(26)}` }
  const kept = async () => (await row<{ n: number }>(on.db, sql`select count(*) as n from kept`))?.n
  const before = await kept()
  const theirs = { cookie, "content-type": form, origin: "https://evil.example" }
  expect((await post("proposals", { params, headers: theirs, body: "_add=contacts" })).status).toBe(403)
  expect(await kept()).toBe(before)
  const ours = { cookie, "content-type": form, referer: `${OURS}/requests/x` }
  const odd = await post("proposals", {
    params,
    headers: ours,
    body: "_add=%00%0d%0aSet-Cookie:x&__proto__=1&constructor=2",
  })
  expect([odd.status, odd.headers.get("location")]).toEqual([303, "/requests/x#%00%0D%0ASet-Cookie%3Ax.0"])
})

test("whoever is not signed in leaves no row, however often they knock", async () => {
  const refused = async () => (await row<{ n: number }>(on.db, sql`select count(*) as n from refusals`))?.n
  const before = await refused()
  for (let i = 0; i < 5; i += 1) expect((await post("requests", {})).status).toBe(401)
  expect((await post("ofRecord", {})).status).toBe(401)
  expect(await refused()).toBe(before)
})
