import { randomBytes } from "node:crypto"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Readable } from "node:stream"
import { afterAll, beforeAll, expect, test } from "vitest"
import { folderStore } from "@/adapters/files/folder"
import { CHUNK, HEADER, RECORD } from "@/adapters/files/seal"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { openDoors, OURS, shutDoors } from "@/testing/doors"
import { TEST_KEYS } from "@/testing/keys"
import { aPerson, sceneFor } from "@/testing/people"
import { must } from "@/testing/requests"
import { FILE_LIMITS, putFile, receive, type PutFile } from "@/usecases/files/put-file"
import { makeToken } from "@/usecases/people/sessions"
import type { Scene } from "@/usecases/scene"

let on: TestDatabase
let folder = ""
let scene: Scene
let token = ""
const bytes = Buffer.concat([Buffer.from("%PDF-1.7\n"), randomBytes(4 * CHUNK + 777)])
let file: PutFile

beforeAll(async () => {
  on = await aDatabase()
  folder = openDoors(on)
  const who = await aPerson(on.db, "Pia Paper", ["legal"])
  token = must(await makeToken(sceneFor(on.db, who), { label: "machine", days: 1 })).token
  scene = sceneFor(on.db, who, { files: folderStore(folder, TEST_KEYS) })
  file = await put(bytes)
}, 60_000)
afterAll(async () => {
  await shutDoors()
  await on.drop()
})

async function put(whole: Buffer): Promise<PutFile> {
  const received = must(await receive(scene, Readable.from([whole], { objectMode: false }), FILE_LIMITS.paper))
  return must(await putFile(scene, { name: "a.pdf", use: "paper", received }))
}
async function ask(id: string, headers: Record<string, string> = {}, method = "GET"): Promise<Response> {
  const { GET } = await import("./api/v1/files/[id]/route")
  const told = { authorization: `Bearer ${token}`, ...headers }
  return GET(new Request(`${OURS}/api/v1/files/${id}`, { method, headers: told }), { params: Promise.resolve({ id }) })
}
const wholeOf = async (answer: Response): Promise<Buffer> => Buffer.from(await answer.arrayBuffer())

test("any range of a sealed file is what lies there, at the edges of its records and anywhere", async () => {
  const edges = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 4 * CHUNK, bytes.length - 1]
  const some = (): number => Math.floor(Math.random() * bytes.length)
  const pairs = [
    ...edges.flatMap((from) => edges.filter((to) => to >= from).map((to) => [from, to] as const)),
    ...Array.from({ length: 60 }, () => [some(), some()].sort((a, b) => a - b) as [number, number]),
  ]
  for (const [from, to] of pairs) {
    const answer = await ask(file.id, { range: `bytes=${from}-${to}` })
    const given = await wholeOf(answer)
    expect([
      from,
      to,
      answer.status,
      answer.headers.get("content-range"),
      answer.headers.get("content-length"),
    ]).toEqual([from, to, 206, `bytes ${from}-${to}/${bytes.length}`, String(to - from + 1)])
    expect(given.equals(bytes.subarray(from, to + 1))).toBe(true)
  }
})

test.each([
  // Several parts, and what is no range, are answered by the whole; numbers beyond it are cut or refused.
  ["bytes=0-1,5-9", 200],
  [`bytes=${Array.from({ length: 500 }, () => "0-").join(",")}`, 200],
  ["bytes=9-5", 200],
  ["rows=0-5", 200],
  ["bytes=-", 200],
  ["bytes=1e3-", 200],
  [`bytes=0-${"9".repeat(60)}`, 206],
  [`bytes=-${"9".repeat(60)}`, 206],
  [`bytes=${"9".repeat(60)}-`, 416],
  ["bytes=-0", 416],
])("a range of %s", async (range, status) => {
  const answer = await ask(file.id, { range })
  const given = await wholeOf(answer)
  expect([answer.status, answer.headers.get("accept-ranges")]).toEqual([status, "bytes"])
  if (status === 416)
    expect([given.length, answer.headers.get("content-range")]).toEqual([0, `bytes */${bytes.length}`])
  else expect(given.equals(bytes)).toBe(true)
})

test("the end of a file by its length; a part for whoever holds this body, and the whole for whoever holds another", async () => {
  const end = await ask(file.id, { range: "bytes=-100" })
  expect((await wholeOf(end)).equals(bytes.subarray(-100))).toBe(true)
  const tag = end.headers.get("etag") ?? ""
  expect(tag).toBe(`"${file.sha256}"`)
  const range = "bytes=0-9"
  expect((await ask(file.id, { range, "if-range": tag })).status).toBe(206)
  for (const other of ['"another"', `W/${tag}`, "Mon, 30 Nov 2026 10:00:00 GMT"])
    expect((await ask(file.id, { range, "if-range": other })).status).toBe(200)
  // A range is one of a GET alone.
  const head = await ask(file.id, { range }, "HEAD")
  expect([head.status, head.headers.get("content-length")]).toEqual([200, String(bytes.length)])
})

test("an altered record: parts before it are given, one that begins in it is refused in words, one that runs into it breaks off", async () => {
  const whole = Buffer.concat([Buffer.from("%PDF-1.7\n"), randomBytes(5 * CHUNK)])
  const { id, sha256 } = await put(whole)
  const path = join(folder, sha256.slice(0, 2), `${sha256}.sealed`)
  const sealed = readFileSync(path)
  const at = HEADER + 2 * RECORD + 5
  sealed[at] = (sealed[at] ?? 0) ^ 1
  writeFileSync(path, sealed)
  expect(
    (await wholeOf(await ask(id, { range: `bytes=0-${2 * CHUNK - 1}` }))).equals(whole.subarray(0, 2 * CHUNK)),
  ).toBe(true)
  await expect(ask(id, { range: `bytes=${CHUNK}-${3 * CHUNK}` }).then(wholeOf)).rejects.toThrow("the file is altered")
  const begins = await ask(id, { range: `bytes=${2 * CHUNK + 3}-${3 * CHUNK}` })
  expect([begins.status, ((await begins.json()) as { type: string }).type]).toEqual([
    409,
    "/problems/conflict.file-damaged",
  ])
  writeFileSync(path, sealed.subarray(0, sealed.length - 1))
  const cut = await ask(id)
  expect([cut.status, ((await cut.json()) as { type: string }).type]).toEqual([409, "/problems/conflict.file-damaged"])
})
