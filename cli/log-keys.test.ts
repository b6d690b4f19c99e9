import { spawn } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { signerFrom } from "@/adapters/log-key/signer"
import { logHead } from "@/db/statements/log"
import { readNote } from "@/domain/audit/note"
import { typedParty } from "@/testing/bodies"
import { aDatabase, ownerUrl, type TestDatabase } from "@/testing/database"
import { aPerson, sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { signHead } from "@/usecases/log/checkpoint"
import { decideKey, proposeKey } from "@/usecases/log/key-turns"
import { verifyLog } from "@/usecases/log/verify"
import { makeToken } from "@/usecases/people/sessions"
import { OPERATOR, type Actor } from "@/usecases/scene"

let on: TestDatabase
let cast: Cast
let chief: Actor
const folder = mkdtempSync(join(tmpdir(), "onward-log-keys-"))
const path = join(folder, "log.key")
const secret = (n: number): string => Buffer.alloc(32, n).toString("base64url")

beforeAll(async () => {
  writeFileSync(path, `${secret(1)}\n`, { mode: 0o600 })
  on = await aDatabase()
  cast = await aCast(on.db)
  chief = await aPerson(on.db, "Adam Min", ["administrator"])
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await on.drop()
})

type Ran = { code: number | null; out: string; err: string }

/** Runs it as whoever stands at the machine does. */
function onward(words: string, more: Record<string, string> = {}): Promise<Ran> {
  const env = {
    ...process.env,
    ...{ ONWARD_APP_URL: on.appUrl, ONWARD_OWNER_URL: on.ownerUrl, ONWARD_EMBEDDED_OWNER_URL: ownerUrl() },
    ...{ ONWARD_FILES: join(folder, "files"), ONWARD_FILE_KEYS: Buffer.alloc(32, 9).toString("base64url") },
    ...{ ONWARD_LOG_KEY: "", ONWARD_LOG_KEY_AT: path, ONWARD_LOG_HEADS: folder, ONWARD_TOKEN: "", ...more },
  }
  return new Promise((done) => {
    const child = spawn(process.execPath, ["dist/onward.mjs", ...words.split(" ")], { env })
    const ran: Ran = { code: null, out: "", err: "" }
    child.stdout.on("data", (chunk: Buffer) => (ran.out += chunk.toString()))
    child.stderr.on("data", (chunk: Buffer) => (ran.err += chunk.toString()))
    child.once("exit", (code) => done({ ...ran, code }))
  })
}

/** Each ends with 1, one sentence, and nothing on the way out. */
async function refused(cases: readonly (readonly [string, Record<string, string>, RegExp])[]): Promise<void> {
  const all = await Promise.all(cases.map(([words, env]) => onward(words, env)))
  for (const [i, [words, , says]] of cases.entries())
    expect(all[i], words).toEqual({ code: 1, out: "", err: expect.stringMatching(says) })
}

const moves = (name: string) => inForce(on.db, cast, name, [{ kind: "party", body: typedParty({ legalName: name }) }])
const signed = async (): Promise<string[]> => {
  const signer = signerFrom({ ONWARD_LOG_KEY_AT: path, ONWARD_LOG_HEADS: folder }, (await logHead(on.db)).origin)
  if (!signer) throw new Error("no signer")
  const { note } = must(await signHead({ ...sceneFor(on.db, cast.legal), actor: OPERATOR }, signer))
  return (readNote(note)?.signatures ?? []).map((one) => one.id)
}

test("log key new: who may not, or where no key signs, makes none; the key made is confirmed by two, and then both sign", async () => {
  const token = must(await makeToken(sceneFor(on.db, cast.legal), { label: "keys", days: 1 })).token
  const noKey = { ONWARD_LOG_KEY_AT: "" }
  await refused([
    ["log key new", noKey, /No key that signs the log/],
    ["log key new", { ONWARD_TOKEN: token }, /whoever runs this machine/],
    ["log key lost", {}, /not.*signed/i],
  ])
  const [first] = await signed()
  const other = { ONWARD_LOG_KEY: secret(4) }
  await refused([
    ["log key lost", {}, /The log knows this key already/],
    ["log key lost", { ...other, ONWARD_TOKEN: "gone" }, /sign in/i],
  ])
  const made = await onward("log key new --json")
  expect([made.code, made.err]).toEqual([0, ""])
  const { key: printed, at } = JSON.parse(made.out) as { key: string; at: string }
  expect([at, statSync(at).mode & 0o777]).toEqual([`${path}.next`, 0o600])
  // Asked once more it is the same key, and its secret is never shown.
  const again = await onward("log key new")
  expect(again.out).toContain(`confirms it:\n${printed}\n`)
  expect(again.out).not.toContain(readFileSync(at, "utf8").trim())

  const dpo = sceneFor(on.db, cast.dpo)
  expect(await proposeKey(sceneFor(on.db, cast.legal), { printed })).toMatchObject({ code: "not-allowed" })
  const { id } = must(await proposeKey(sceneFor(on.db, chief), { printed }))
  // One person is too few, whatever their roles.
  expect(await decideKey(sceneFor(on.db, chief), { id, verdict: "approve" })).toMatchObject({ code: "not-allowed" })
  await moves("Before")
  expect(await signed()).toEqual([first])
  must(await decideKey(dpo, { id, verdict: "approve" }))
  expect(await signed()).toEqual([first, printed.split("+")[1]])
  expect(await verifyLog(on.db)).toMatchObject({ whole: true, breaks: [] })
})

test("log key lost: with another key the log stops, goes on by that command alone, and says so for good", async () => {
  rmSync(`${path}.next`)
  writeFileSync(path, `${secret(3)}\n`)
  await moves("Stops")
  await refused([["log checkpoint", {}, /none that the log names.*log key lost/]])
  const ran = await onward("log key lost")
  expect([ran.code, ran.err]).toEqual([0, ""])
  const [, id = ""] = /The log goes on with key ([0-9a-f]{8}), for which no key signed/.exec(ran.out) ?? []
  expect(await signed()).toEqual([id])
  expect(await verifyLog(on.db)).toMatchObject({ whole: true, breaks: [{ id }] })
  expect((await onward("log verify")).out).toContain(`No key signed for key ${id}`)
})
