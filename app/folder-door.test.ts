import { afterAll, beforeAll, expect, test } from "vitest"
import { rows } from "@/db/connect"
import { sql } from "drizzle-orm"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { openDoors, OURS, shutDoors } from "@/testing/doors"
import { paperPdf } from "@/testing/paper"
import { aPerson, PASSWORD } from "@/testing/people"
import { FILE_LIMITS } from "@/usecases/files/put-file"
import { folderDoor } from "./folder-door"
import { POST as signIn } from "./api/v1/sessions/route"

let on: TestDatabase
let cookie: string
const open = folderDoor()

beforeAll(async () => {
  on = await aDatabase()
  openDoors(on)
  const actor = await aPerson(on.db, "Pia Procurement", ["procurement"])
  const [person] = await rows<{ email: string }>(on.db, sql`select email from people where id = ${actor.id}`)
  const answer = await signIn(
    new Request(`${OURS}/api/v1/sessions`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: OURS, "x-onward-caller": "192.0.2.9" },
      body: JSON.stringify({ email: person?.email, password: PASSWORD }),
    }),
    { params: Promise.resolve({}) },
  )
  cookie = (answer.headers.getSetCookie().find((one) => one.startsWith("onward.session=")) ?? "").split(";")[0] ?? ""
})
afterAll(async () => {
  await shutDoors()
  await on.drop()
})

/** Sends a form as a browser without script does. */
async function send(files: readonly (readonly [string, Buffer])[], id?: string): Promise<URL> {
  const form = new FormData()
  for (const [name, bytes] of files) form.append("file", new Blob([new Uint8Array(bytes)]), name)
  // An input in which nothing was chosen.
  form.append("file", new Blob([]), "")
  const answer = await open(
    new Request(`${OURS}/api/v1/folders`, { method: "POST", headers: { origin: OURS, cookie }, body: form }),
    { params: Promise.resolve(id ? { id } : {}) },
  )
  expect(answer.status).toBe(303)
  return new URL(answer.headers.get("location") ?? "", OURS)
}

const linesOf = (id: string) =>
  rows<{ name: string; state: string; says: string | null }>(
    on.db,
    sql`select name, state, says from folder_files where folder_id = ${id} order by line`,
  )

test("a form's files are one folder; one that is too large is a line of it, and those behind it are taken", async () => {
  const to = await send([
    ["papers/a.pdf", await paperPdf(["one"])],
    ["huge.pdf", Buffer.alloc(FILE_LIMITS.paper + 100_000, 65)],
    ["b.pdf", await paperPdf(["two"])],
    ["b again.pdf", await paperPdf(["two"])],
  ])
  const id = to.pathname.split("/").pop() ?? ""
  expect(to.pathname).toMatch(/^\/agreements\/folders\/fld_/)
  expect(await linesOf(id)).toEqual([
    { name: "a.pdf", state: "waiting", says: null },
    { name: "huge.pdf", state: "refused", says: "folder.too-large" },
    { name: "b.pdf", state: "waiting", says: null },
    { name: "b again.pdf", state: "twice", says: "folder.twice" },
  ])
  // More into the same; none of a form's own fields is a file.
  expect((await send([["c.pdf", await paperPdf(["three"])]], id)).pathname).toBe(to.pathname)
  expect(await linesOf(id)).toHaveLength(5)
})

test("more than fifty files go in one form, and nothing chosen is said", async () => {
  const files = await Promise.all(
    Array.from({ length: 60 }, async (_, i) => [`${i}.pdf`, await paperPdf([`paper ${i}`])] as const),
  )
  const to = await send(files)
  expect(await linesOf(to.pathname.split("/").pop() ?? "")).toHaveLength(60)
  expect((await send([])).searchParams.get("refused")).toBe("folder.empty")
})

test("another's folder takes nothing", async () => {
  expect((await send([["x.pdf", await paperPdf(["x"])]], `fld_${"0".repeat(26)}`)).searchParams.get("refused")).toBe(
    "not-found",
  )
})
