import { afterAll, beforeAll, expect, test } from "vitest"
import { sha256 } from "@/adapters/log-key/signer"
import { rows } from "@/db/connect"
import { leafHash } from "@/db/statements/log"
import { readCheckpoint, readNote, unbase64 } from "@/domain/audit/note"
import { provesConsistency, provesInclusion } from "@/domain/audit/proof"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { openDoors, OURS, shutDoors } from "@/testing/doors"
import { testSigner } from "@/testing/log-key"
import { sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { readEvent } from "@/usecases/audit/read-event"
import { readLog } from "@/usecases/audit/read-log"
import { signHead } from "@/usecases/log/checkpoint"
import { makeToken } from "@/usecases/people/sessions"
import { OPERATOR } from "@/usecases/scene"
import { sql } from "drizzle-orm"

let on: TestDatabase
let cast: Cast
let token: string
let older: { size: number; root: Uint8Array }
let leaves: { index: number; at: string; bytes: string }[]

const bytesOf = (text: string): Uint8Array => unbase64(text) ?? new Uint8Array()
const signedNow = async () => {
  must(await signHead(sceneFor(on.db, OPERATOR), await testSigner(on.db)))
  return pointOf(await text("checkpoint", import("./api/v1/log/checkpoint/route")))
}
function pointOf(note: string) {
  const point = readCheckpoint(readNote(note)?.text ?? "")
  if (!point) throw new Error(`no checkpoint in ${note}`)
  return point
}

type Handler = (request: Request, context: { params: Promise<never> }) => Promise<Response>
async function ask(path: string, module: Promise<{ GET: unknown }>, params: object = {}): Promise<Response> {
  const request = new Request(`${OURS}/api/v1/log/${path}`, { headers: { authorization: `Bearer ${token}` } })
  const answer = await ((await module).GET as Handler)(request, { params: Promise.resolve(params as never) })
  expect(answer.status, path).toBe(200)
  return answer
}
const text = async (...asked: Parameters<typeof ask>): Promise<string> => (await ask(...asked)).text()

beforeAll(async () => {
  on = await aDatabase()
  openDoors(on)
  cast = await aCast(on.db)
  token = must(await makeToken(sceneFor(on.db, cast.legal), { label: "machine", days: 1 })).token
  older = await signedNow()
  await inForce(on.db, cast, "One", [{ kind: "party", body: typedParty({ legalName: "Harbour Cloud Ltd" }) }])
  leaves = await rows(on.db, sql`select index::int as index, at::text as at, bytes from log_leaves order by index`)
}, 60_000)
afterAll(async () => {
  await shutDoors()
  await on.drop()
})

test("what the doors of the log give proves each entry and that the log grew, by the book alone", async () => {
  const point = await signedNow()
  expect(point.size).toBeGreaterThan(older.size)
  for (const { index, bytes } of leaves) {
    const file = await text(`proofs/${index}`, import("./api/v1/log/proofs/[index]/route"), { index: String(index) })
    const [before = "", note = ""] = file.split(/\n\n(.*)/s)
    const [, said, ...path] = before.split("\n")
    const proof = path.map(bytesOf)
    expect([said, pointOf(note)]).toEqual([`index ${index}`, point])
    const of = { index, size: point.size, leaf: Uint8Array.from(leafHash(bytes)), proof, root: point.root }
    expect(provesInclusion(sha256, of)).toBe(true)
    expect(provesInclusion(sha256, { ...of, leaf: Uint8Array.from(leafHash(`${bytes} `)) })).toBe(false)
  }
  const growth = JSON.parse(await text(`growth?since=${older.size}`, import("./api/v1/log/growth/route"))) as {
    newer: number
    proof: string[]
  }
  const sizes = { older: older.size, newer: growth.newer, olderRoot: older.root, newerRoot: point.root }
  expect(growth.newer).toBe(point.size)
  expect(provesConsistency(sha256, { ...sizes, proof: growth.proof.map(bytesOf) })).toBe(true)
  const tile = await ask(`tile/0/000.p/${point.size}`, import("./api/v1/log/tile/[...path]/route"), {
    path: ["0", "000.p", String(point.size)],
  })
  const hashes = Buffer.from(await tile.arrayBuffer())
  expect(hashes.equals(Buffer.concat(leaves.slice(0, point.size).map(({ bytes }) => leafHash(bytes))))).toBe(true)
})

test("the page of an entry leads to a proof that holds, and the log is narrowed by time", async () => {
  const legal = sceneFor(on.db, cast.legal)
  const point = await signedNow()
  const { proof } = must(await readEvent(legal, { index: 1 }))
  const leaf = Uint8Array.from(leafHash(leaves[1]?.bytes ?? ""))
  const path = (proof?.path ?? []).map((one) => Uint8Array.from(Buffer.from(one, "hex")))
  expect(proof?.size).toBeLessThanOrEqual(point.size)
  const over = proof?.size === point.size ? point : older
  expect(provesInclusion(sha256, { index: 1, size: over.size, leaf, proof: path, root: over.root })).toBe(true)
  const all = must(await readLog(legal, { size: 200 })).lines
  const [from, until] = [all[5]?.at ?? "", all[2]?.at ?? ""]
  const within = must(await readLog(legal, { size: 200, from, until })).lines
  expect(within.map((line) => line.index)).toEqual(
    all.filter((line) => line.at >= from && line.at <= until).map((line) => line.index),
  )
  expect(within.length).toBeGreaterThan(0)
  expect(within.length).toBeLessThan(all.length)
})
