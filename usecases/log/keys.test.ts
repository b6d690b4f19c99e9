import { mkdtempSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { ed25519Holds, keyFrom, nextKeyPath, signerFrom, type LogSigner } from "@/adapters/log-key/signer"
import { rows } from "@/db/connect"
import { logHead } from "@/db/statements/log"
import { readNote, signedBy, verifierText } from "@/domain/audit/note"
import { plusMillis, type Instant } from "@/domain/core/instant"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { aPerson, sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { clockNow, OPERATOR, type Actor, type Scene } from "@/usecases/scene"
import { signHead } from "./checkpoint"
import { decideKey, proposeKey, readKeys, takeKeyBack } from "./key-turns"
import { breakKeys, keyHistory } from "./keys"
import { verifyLog } from "./verify"

let on: TestDatabase
let cast: Cast
let chief: Actor
let folder: string
let path: string
let origin: string

const secret = (n: number): string => Buffer.alloc(32, n).toString("base64url")
const signerNow = (env: Record<string, string> = {}): LogSigner => {
  const made = signerFrom({ ONWARD_LOG_KEY_AT: path, ONWARD_LOG_HEADS: folder, ...env }, origin)
  if (!made) throw new Error("no signer")
  return made
}
const operator = (now: Instant = clockNow()): Scene => ({ ...sceneFor(on.db, cast.legal), actor: OPERATOR, now })
const moves = (name: string) => inForce(on.db, cast, name, [{ kind: "party", body: typedParty({ legalName: name }) }])
const told = (what: string) =>
  rows<{ personId: string }>(
    on.db,
    sql`select person_id as "personId" from tellings where kind = 'log' and what = ${what}`,
  )
const by = (note: string): string[] => readNote(note)?.signatures.map((one) => one.id) ?? []
const [old, next, third] = [1, 2, 3].map((n) => () => keyFrom(secret(n), origin))
const administrator = (): Scene => sceneFor(on.db, chief)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "onward-keys-"))
  path = join(folder, "log.key")
  writeFileSync(path, `${secret(1)}\n`, { mode: 0o600 })
  on = await aDatabase()
  cast = await aCast(on.db)
  chief = await aPerson(on.db, "Adam Min", ["administrator"])
  origin = (await logHead(on.db)).origin
}, 60_000)
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await on.drop()
})

test("a key follows once an administrator proposed it, a DPO confirmed it, and the old one signed for it", async () => {
  if (!old || !next) throw new Error("no key")
  expect(by(must(await signHead(operator(), signerNow())).note)).toEqual([old().verifier.id])
  writeFileSync(nextKeyPath(path), `${secret(2)}\n`, { mode: 0o600 })
  const printed = verifierText(next().verifier)
  // It lies there, and signs nothing before it is confirmed.
  await moves("Before One")
  expect(by(must(await signHead(operator(), signerNow())).note)).toEqual([old().verifier.id])
  expect(await proposeKey(sceneFor(on.db, cast.dpo), { printed })).toMatchObject({ code: "not-allowed" })
  for (const [wrong, says] of [
    ["x", "witness.no-key"],
    [verifierText(keyFrom(secret(2), "onward/other").verifier), "invalid.key-other-log"],
    [verifierText(old().verifier), "invalid.key-known"],
  ])
    expect(await proposeKey(administrator(), { printed: wrong })).toMatchObject({ fields: [{ says }] })
  const first = must(await proposeKey(administrator(), { printed }))
  expect(await proposeKey(administrator(), { printed })).toMatchObject({ says: "conflict.key-waits" })
  expect((await told("waits")).map((one) => one.personId)).toContain(cast.dpo.id)
  expect(await decideKey(administrator(), { id: first.id, verdict: "approve" })).toMatchObject({ code: "not-allowed" })
  must(await takeKeyBack(administrator(), { id: first.id }))
  expect(await decideKey(sceneFor(on.db, cast.dpo), { id: first.id, verdict: "approve" })).toMatchObject({
    says: "conflict.key-decided",
  })
  const { id } = must(await proposeKey(administrator(), { printed }))
  const both = await Promise.all(
    [0, 1].map(() => decideKey(sceneFor(on.db, cast.dpo), { id, verdict: "approve" as const })),
  )
  expect(both.filter((one) => one.ok)).toHaveLength(1)
  expect(must(await readKeys(administrator(), {})).confirmed?.printed).toBe(printed)
  // Two instances at once hand over once, and from then on both keys sign.
  const notes = await Promise.all([signHead(operator(), signerNow()), signHead(operator(), signerNow())])
  const ids = [old().verifier.id, next().verifier.id]
  for (const one of notes) expect(by(must(one).note)).toEqual(ids)
  expect(await rows(on.db, sql`select 1 from log_leaves where act = 'log.key.add'`)).toHaveLength(2)
  const lives = await keyHistory(on.db)
  expect(lives).toMatchObject([
    { id: ids[0], fault: null, until: null },
    { id: ids[1], by: ids[0], fault: null, until: null },
  ])
  expect((await keyHistory(on.db, lives[1]?.index ?? 0)).map((one) => one.id)).toEqual(ids.slice(0, 1))
  expect((await told("began")).map((one) => one.personId)).toEqual(expect.arrayContaining([cast.dpo.id, chief.id]))
  expect(must(await readKeys(administrator(), {})).confirmed).toBeNull()
})

test("after thirty days the old one is ended and its secret is gone; what it signed before still holds", async () => {
  if (!old || !next) throw new Error("no key")
  await moves("Between One")
  const later = plusMillis(clockNow(), 31 * 24 * 60 * 60_000)
  // An instance that holds only the old key goes on by it while both sign, and ends nothing.
  const only = signerNow({ ONWARD_LOG_KEY: secret(1) })
  const between = must(await signHead(operator(later), only))
  expect(by(between.note)).toEqual([old().verifier.id])
  await moves("Between Two")
  const note = must(await signHead(operator(later), signerNow())).note
  expect(by(note)).toEqual([next().verifier.id])
  expect(signedBy(readNote(note) as never, [next().verifier], ed25519Holds)).toHaveLength(1)
  expect(readFileSync(path, "utf8").trim()).toBe(secret(2))
  expect(existsSync(nextKeyPath(path))).toBe(false)
  await moves("After One")
  expect(by(must(await signHead(operator(later), signerNow())).note)).toEqual([next().verifier.id])
  // The old key says nothing any more, whoever still holds it.
  expect(await signHead(operator(later), only)).toMatchObject({ says: "log.key-unknown" })
  const verdict = await verifyLog(on.db, between.note)
  expect(verdict).toMatchObject({ whole: true, breaks: [] })
})

test("a lost key is told as what it is: nobody signed for the next, and the chain is broken there for all to see", async () => {
  if (!next || !third) throw new Error("no key")
  writeFileSync(path, `${secret(3)}\n`, { mode: 0o600 })
  expect(await signHead(operator(), signerNow())).toMatchObject({ says: "log.key-unknown" })
  expect(await breakKeys({ ...operator(), actor: administrator().actor }, signerNow())).toMatchObject({
    code: "not-allowed",
  })
  must(await breakKeys(operator(), signerNow()))
  expect(await breakKeys(operator(), signerNow())).toMatchObject({ says: "log.key-known" })
  expect(by(must(await signHead(operator(), signerNow())).note)).toEqual([third().verifier.id])
  const lives = must(await readKeys(sceneFor(on.db, cast.legal), {})).lives
  expect(lives.map((one) => [one.id, one.fault, one.until === null])).toMatchObject([
    [expect.any(String), null, false],
    [next().verifier.id, null, false],
    [third().verifier.id, "unsigned", true],
  ])
  expect((await told("broken")).map((one) => one.personId)).toContain(cast.dpo.id)
  const verdict = await verifyLog(on.db)
  expect(verdict).toMatchObject({ whole: true, breaks: [{ id: third().verifier.id }] })
})
