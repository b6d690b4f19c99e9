import { createPrivateKey, createPublicKey, sign } from "node:crypto"
import { mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { folderStore } from "@/adapters/files/folder"
import { fixedKeys } from "@/adapters/files/keys"
import { ed25519Holds, sha256, signerFrom, type LogSigner } from "@/adapters/log-key/signer"
import { openPost, type Post } from "@/adapters/mail/smtp"
import { openOutbound, signatureOf, type Outbound } from "@/adapters/outbound/post"
import { say } from "@/components/words/catalogue"
import { rows } from "@/db/connect"
import { logHead } from "@/db/statements/log"
import { checkpointText, keyId, noteText, readCheckpoint, readNote, signedBy, verifierText } from "@/domain/audit/note"
import { plusMillis, type Instant } from "@/domain/core/instant"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { aMailServer, type MailServerInTest } from "@/testing/mail-server"
import { sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { clockNow, OPERATOR, type Scene } from "@/usecases/scene"
import { signHead } from "./checkpoint"
import { proveGrowth } from "./prove"
import { postCheckpoints } from "./post-checkpoints"
import { isGrown } from "@/verifier/core/tree"
import { aWebServer } from "@/testing/web-server"
import { bringCheckpoint, endWitness, folderOf, listWitnesses, nameWitness, secretOf } from "./witnesses"

let on: TestDatabase
let cast: Cast
let keys: string
let signer: LogSigner
let server: MailServerInTest
let post: Post
let ada: string

const WITNESS = createPrivateKey({
  key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), Buffer.alloc(32, 9)]),
  ...{ format: "der", type: "pkcs8" },
})
const KEY = Uint8Array.from(createPublicKey(WITNESS).export({ format: "der", type: "spki" }).subarray(12))
const BY = {
  name: "witness.example",
  id: keyId(sha256, "witness.example", KEY, true),
  key: KEY,
  witness: true as const,
}
const SAW = 1_790_000_000

/** The note as it comes back, with the witness's line under ours. */
function cosigned(note: string): string {
  const read = readNote(note)
  if (!read) throw new Error("not read")
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(BigInt(SAW))
  const said = sign(null, Buffer.from(`cosignature/v1\ntime ${SAW}\n${read.text}`), WITNESS)
  const line = { name: BY.name, id: BY.id, signature: Buffer.concat([time, said]) }
  return noteText({ text: read.text, signatures: [...read.signatures, line] })
}
const operator = (): Scene => ({ ...sceneFor(on.db, cast.legal), actor: OPERATOR })
let outbound: Outbound | null = null
const round = async (now: Instant = clockNow()): Promise<number> => {
  must(await signHead(operator(), signer))
  const posting = { post, say, day: String, url: "https://onward.example" }
  return postCheckpoints(operator(), { posting, outbound, folders: [] }, () => now)
}
const anAct = (name: string) => inForce(on.db, cast, name, [{ kind: "party", body: typedParty({ legalName: name }) }])

beforeAll(async () => {
  keys = mkdtempSync(join(tmpdir(), "onward-witness-"))
  on = await aDatabase()
  cast = await aCast(on.db)
  server = await aMailServer()
  const line = { host: "127.0.0.1", port: server.port, secure: false, loopback: true, user: "", password: "" }
  post = openPost({ ...line, from: "onward@example.test" })
  const made = signerFrom(
    { ONWARD_LOG_KEY: Buffer.alloc(32, 7).toString("base64url"), ONWARD_LOG_HEADS: keys },
    (await logHead(on.db)).origin,
  )
  if (!made) throw new Error("no signer")
  signer = made
}, 60_000)
afterAll(async () => {
  post.close()
  await server.stop()
  rmSync(keys, { recursive: true })
  await on.drop()
})

test("a DPO names a witness; administrators and counsel do not, and what is no address or no key is told at its field", async () => {
  const dpo = sceneFor(on.db, cast.dpo)
  const named = { name: "Ada Outside", address: "ada@outside.example", key: verifierText(BY) }
  expect(await nameWitness(sceneFor(on.db, cast.legal), named)).toMatchObject({ code: "not-allowed" })
  expect(await nameWitness(operator(), named)).toMatchObject({ code: "not-allowed" })
  for (const [over, path] of [
    [{ address: "nowhere" }, "address"],
    [{ address: "a@b.example\r\nBcc: c@d.example" }, "address"],
    [{ address: "https://127.0.0.1/hook" }, "address"],
    [{ address: "https://hooks.example:8443/" }, "address"],
    [{ key: "x+y+z" }, "key"],
    [{ name: " " }, "name"],
  ] as const)
    expect(await nameWitness(dpo, { ...named, ...over })).toMatchObject({ code: "invalid", fields: [{ path }] })
  ada = must(await nameWitness(dpo, named)).id
  expect(await nameWitness(dpo, { ...named, address: "ADA@outside.example" })).toMatchObject({ says: "witness.twice" })
  // Neither name nor address stands in the log.
  const leaves = await rows<{ bytes: string }>(on.db, sql`select bytes from log_leaves where act = 'log.witness.name'`)
  expect(leaves).toHaveLength(1)
  expect(leaves[0]?.bytes).not.toMatch(/Ada|outside/)
})

test("a new witness gets the checkpoint at once, as it was signed; then once a day, while the log moves", async () => {
  expect(await round()).toBe(1)
  const [mail] = server.got
  const signed = must(await signHead(operator(), signer))
  expect(mail).toMatchObject({ to: ["ada@outside.example"] })
  expect(mail?.text.replace(/\r\n/g, "\n")).toContain(signer.last() ?? "-")
  expect(mail?.headers.subject).toBe(`Checkpoint of ${signed.size} entries`)
  expect(await round()).toBe(0)
  await anAct("Moves One")
  expect(await round()).toBe(0)
  const tomorrow = plusMillis(clockNow(), 25 * 60 * 60_000)
  expect(await round(tomorrow)).toBe(1)
  // A day on which nothing moved brings nothing.
  expect(await round(plusMillis(tomorrow, 25 * 60 * 60_000))).toBe(0)
  expect(server.got).toHaveLength(2)
})

test("a mail that a server does not take now is tried again; one that it never will is ended, and the page says so", async () => {
  await anAct("Moves Two")
  const day3 = plusMillis(clockNow(), 3 * 25 * 60 * 60_000)
  server.answers(() => ({ code: 451, says: "later" }))
  expect(await round(day3)).toBe(0)
  const shown = async () => must(await listWitnesses(sceneFor(on.db, cast.legal), {})).witnesses[0]
  expect(await shown()).toMatchObject({ name: "Ada Outside", problem: "451" })
  server.answers(() => null)
  expect(await round(plusMillis(day3, 60 * 60_000))).toBe(1)
  expect(await shown()).toMatchObject({ problem: null, sentSize: (await logHead(on.db)).size })
  await anAct("Moves Three")
  server.answers(() => ({ code: 550, says: "nobody here" }))
  const day5 = plusMillis(day3, 2 * 25 * 60 * 60_000)
  expect(await round(day5)).toBe(0)
  server.answers(() => null)
  expect(await round(plusMillis(day5, 60 * 60_000))).toBe(0)
  expect(await shown()).toMatchObject({ problem: "550" })
})

test("what comes back signed by a named witness is kept once, with the time at which they saw it", async () => {
  const counsel = sceneFor(on.db, cast.legal)
  const { size, note } = must(await signHead(operator(), signer))
  const back = cosigned(note)
  expect(await bringCheckpoint(counsel, { note })).toMatchObject({ fields: [{ says: "witness.nobody-signed" }] })
  expect(await bringCheckpoint(counsel, { note: "hello" })).toMatchObject({
    fields: [{ says: "witness.no-checkpoint" }],
  })
  expect(await bringCheckpoint(sceneFor(on.db, cast.requester), { note: back })).toMatchObject({ code: "not-allowed" })
  // As a mail program hands it on, with other line ends and without the last.
  expect(must(await bringCheckpoint(counsel, { note: back.trimEnd().replace(/\n/g, "\r\n") }))).toEqual({
    size,
    kept: 1,
  })
  expect(await bringCheckpoint(counsel, { note: back })).toMatchObject({ says: "witness.known-already" })
  expect(must(await listWitnesses(counsel, {})).cosigned).toMatchObject([
    { size, name: "witness.example", seenAt: new Date(SAW * 1000).toISOString() },
  ])
  // What a witness signed of another log under our name and size is no small matter.
  const other = checkpointText({ origin: signer.verifier.name, size, root: new Uint8Array(32) })
  const forged = noteText({ text: other, signatures: readNote(note)?.signatures ?? [] })
  expect(await bringCheckpoint(counsel, { note: cosigned(forged) })).toMatchObject({ says: "witness.forked" })
  const unknown = noteText({
    text: other.replace(`\n${size}\n`, `\n${size + 90}\n`),
    signatures: readNote(note)?.signatures ?? [],
  })
  expect(await bringCheckpoint(counsel, { note: unknown })).toMatchObject({ fields: [{ says: "witness.not-ours" }] })
})

test("who was ended is sent nothing any more, and cannot be ended twice", async () => {
  const dpo = sceneFor(on.db, cast.dpo)
  expect(await endWitness(sceneFor(on.db, cast.legal), { id: ada })).toMatchObject({ code: "not-allowed" })
  const [one, other] = await Promise.all([endWitness(dpo, { id: ada }), endWitness(dpo, { id: ada })])
  expect([one.ok, other.ok].sort()).toEqual([false, true])
  await anAct("Moves Four")
  const before = server.got.length
  expect(await round(plusMillis(clockNow(), 30 * 25 * 60 * 60_000))).toBe(0)
  expect(server.got).toHaveLength(before)
  expect(must(await listWitnesses(dpo, {})).witnesses).toMatchObject([{ id: ada, endedBy: cast.dpo.id }])
})

test("a witness of the web gets the note signed with its own secret, which only a DPO sees; what fails waits and holds up no mail", async () => {
  const web = await aWebServer()
  try {
    outbound = openOutbound({ resolve: async () => ["127.0.0.1"], loopback: { port: web.port, ca: web.ca } })
    const dpo = sceneFor(on.db, cast.dpo)
    must(await nameWitness(dpo, { name: "Web Outside", address: `https://${web.host}/in`, key: "" }))
    const shown = async (who = dpo) =>
      must(await listWitnesses(who, {})).witnesses.find((one) => one.name === "Web Outside")
    const secret = (await shown())?.secret ?? ""
    expect(secret).toHaveLength(43)
    expect((await shown(sceneFor(on.db, cast.legal)))?.secret).toBeNull()
    const leaves = await rows<{ bytes: string }>(on.db, sql`select bytes from log_leaves where act like 'log.witness%'`)
    for (const { bytes } of leaves) expect(bytes).not.toMatch(new RegExp(`${secret}|hooks`))
    // In the database it lies sealed, with a key that is not there, and opens for that witness alone.
    const kept = sql`select id, secret from log_witnesses where secret is not null`
    const [row] = await rows<{ id: string; secret: string }>(on.db, kept)
    expect(row?.secret).not.toContain(secret)
    expect(secretOf(dpo, row ?? { id: "", secret: "" })).toBe(secret)
    const elsewhere = { ...dpo, files: folderStore(keys, fixedKeys(Buffer.alloc(32, 3).toString("base64url"))) }
    expect(must(await listWitnesses(elsewhere, {})).witnesses[0]).toMatchObject({ shut: true, secret: null })
    expect(secretOf(elsewhere, { id: "wit", secret: "A".repeat(43) })).toBe("A".repeat(43))
    web.answers(503)
    const day = plusMillis(clockNow(), 60 * 25 * 60 * 60_000)
    expect(await round(day)).toBe(0)
    expect(await shown()).toMatchObject({ problem: "503", sentSize: null })
    web.answers(200, () => "ok")
    expect(await round(plusMillis(day, 60 * 60_000))).toBe(1)
    const { size, note } = must(await signHead(operator(), signer))
    const [, got] = web.got
    const body = JSON.parse(got?.body ?? "{}") as { keys: object[] }
    expect(body).toMatchObject({ kind: "checkpoint", origin: signer.verifier.name, size, note })
    expect(body.keys).toMatchObject([{ key: verifierText(signer.verifier), fault: null }])
    const [, seconds, sum] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(got?.headers["onward-signature"])) ?? []
    expect(sum).toBe(signatureOf(secret, Number(seconds), got?.body ?? ""))
    expect(await shown()).toMatchObject({ problem: null, sentSize: size })
    must(await endWitness(dpo, { id: row?.id ?? "" }))
  } finally {
    outbound = null
    await web.stop()
  }
})

test("a witness of the web answers with its signature, which is taken in once it holds; a wrong one is told, and none moves the log for ever", async () => {
  const web = await aWebServer()
  try {
    outbound = openOutbound({ resolve: async () => ["127.0.0.1"], loopback: { port: web.port, ca: web.ca } })
    const dpo = sceneFor(on.db, cast.dpo)
    const named = { name: "Web Signs", address: `https://${web.host}/sign`, key: verifierText(BY) }
    const { id } = must(await nameWitness(dpo, named))
    const shown = async () => must(await listWitnesses(dpo, {}))
    const one = async () => (await shown()).witnesses.find((witness) => witness.id === id)
    type Sent = { note: string; older: { size: number; proof: string[] } | null }
    const sent = (call: { body: string } | undefined) => JSON.parse(call?.body ?? "{}") as Sent
    /** The witness's line under the note that it was sent. */
    const line = (note: string): string => `${cosigned(note).trimEnd().split("\n").at(-1)}\n`
    let day = plusMillis(clockNow(), 200 * 25 * 60 * 60_000)
    const next = async (answer: (note: string) => string, moves = ""): Promise<number> => {
      if (moves) await anAct(moves)
      day = plusMillis(day, 25 * 60 * 60_000)
      web.answers(200, (call) => answer(sent(call).note))
      return round(day)
    }
    const other = (note: string): string =>
      cosigned(note.replace(/\n[^\n]+\n\n/, `\n${Buffer.alloc(32, 1).toString("base64")}\n\n`))
    const wrong = line("x\n1\ny\n\n\u2014 x AAAAAAAA\n")
    for (const [moves, answer, problem] of [
      ["Signs One", () => "thanks", null],
      ["Signs Two", () => wrong, "answer:nobody-signed"],
      ["Signs Three", other, "answer:forked"],
    ] as const) {
      expect(await next(answer, moves)).toBe(1)
      expect(await one(), moves).toMatchObject({ problem })
    }
    const before = (await shown()).cosigned.length
    expect(await next(line, "Signs Four")).toBe(1)
    const size = (await one())?.sentSize
    expect(await one()).toMatchObject({ problem: null })
    expect((await shown()).cosigned).toHaveLength(before + 1)
    expect((await shown()).cosigned[0]).toMatchObject({ size, name: BY.name })
    // What it signed is an entry of the log, and no news for it.
    expect(await next(line)).toBe(0)
    // The whole note is as good, and each sending shows that the log grew from the one before.
    expect(await next(cosigned, "Signs Five")).toBe(1)
    expect((await shown()).cosigned).toHaveLength(before + 2)
    const { older } = sent(web.got.at(-1))
    expect(older?.size).toBe(size)
    expect(older?.proof).toEqual(
      must(await proveGrowth(sceneFor(on.db, cast.legal), { older: size ?? 0, newer: (await one())?.sentSize ?? 0 }))
        .proof,
    )
    must(await endWitness(dpo, { id }))
  } finally {
    outbound = null
    await web.stop()
  }
})

test("a witness that keeps to the protocol is asked from the size that it saw, and signs only what grew from there", async () => {
  const web = await aWebServer()
  try {
    outbound = openOutbound({ resolve: async () => ["127.0.0.1"], loopback: { port: web.port, ca: web.ca } })
    const dpo = sceneFor(on.db, cast.dpo)
    const named = { name: "Keeps", address: `https://${web.host}/log/add-checkpoint`, key: verifierText(BY) }
    const { id } = must(await nameWitness(dpo, named))
    const one = async () => must(await listWitnesses(dpo, {})).witnesses.find((witness) => witness.id === id)
    let seen: { size: number; root: Uint8Array } | null = null
    const refusals: string[] = []
    const refuse = (status: number, words = "") => {
      refusals.push(String(status))
      return { status, words }
    }
    // What a witness does: it holds our signature and the proof against what it saw last, and keeps what it signs.
    web.answers(200, (call) => {
      const [head = "", ...more] = call.body.split("\n")
      const at = more.indexOf("")
      const note = more.slice(at + 1).join("\n")
      const [read, old] = [readNote(note), Number(head.replace(/^old /, ""))]
      const point = read && readCheckpoint(read.text)
      if (!point || signedBy(read, [signer.verifier], ed25519Holds).length === 0) return refuse(403)
      if (old !== (seen?.size ?? 0)) return refuse(409, `${seen?.size ?? 0}\n`)
      const proof = more.slice(0, at).map((line) => Uint8Array.from(Buffer.from(line, "base64")))
      if (seen && !isGrown(seen, point, proof)) return refuse(422)
      seen = point
      return `${cosigned(note).trimEnd().split("\n").at(-1)}\n`
    })
    let day = plusMillis(clockNow(), 400 * 25 * 60 * 60_000)
    const next = async (moves: string): Promise<number> => {
      await anAct(moves)
      day = plusMillis(day, 25 * 60 * 60_000)
      return round(day)
    }
    expect(await next("Keeps One")).toBe(1)
    expect(await next("Keeps Two")).toBe(1)
    expect(refusals).toEqual([])
    expect(web.got.at(-1)?.headers["content-type"]).toBe("text/plain")
    // It lost what it saw, and says so: it is asked once more from there.
    seen = null
    expect(await next("Keeps Three")).toBe(1)
    expect(refusals).toEqual(["409"])
    expect(must(await listWitnesses(dpo, {})).cosigned[0]).toMatchObject({ size: (await one())?.sentSize })
    // It saw another log under our name: it signs nothing, and the page says what it answered.
    seen = { size: 3, root: new Uint8Array(32) }
    expect(await next("Keeps Four")).toBe(0)
    expect(refusals).toEqual(["409", "409", "422"])
    expect(await one()).toMatchObject({ problem: "422" })
    must(await endWitness(dpo, { id }))
  } finally {
    outbound = null
    await web.stop()
  }
})

test("a folder of the operator is named once, gets each checkpoint as a file, and stays ended when a DPO ends it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "onward-folder-"))
  const lay = async (now: Instant, folders = [folder]) => {
    must(await signHead(operator(), signer))
    return postCheckpoints(operator(), { posting: null, outbound: null, folders }, () => now)
  }
  const shown = async () => {
    const all = must(await listWitnesses(sceneFor(on.db, cast.legal), {})).witnesses
    return all.filter((one) => folderOf(one.address ?? "") === folder)
  }
  try {
    const day = plusMillis(clockNow(), 90 * 25 * 60 * 60_000)
    // Named by an entry of its own, which the first checkpoint after it holds.
    expect(await lay(day)).toBe(1)
    expect(await lay(day)).toBe(0)
    expect(await shown()).toMatchObject([{ byPerson: "operator", problem: null }])
    expect(await lay(plusMillis(day, 25 * 60 * 60_000))).toBe(1)
    const files = readdirSync(folder).sort()
    expect(files).toHaveLength(2)
    expect(readFileSync(join(folder, files[1] ?? ""), "utf8")).toBe(signer.last())
    // Where its disk is gone the checkpoint waits, and is laid down when it came back; another instance leaves it alone.
    await anAct("Moves Five")
    renameSync(folder, `${folder}.away`)
    const later = plusMillis(day, 3 * 25 * 60 * 60_000)
    expect(await lay(later)).toBe(0)
    expect(await shown()).toMatchObject([{ problem: "ENOENT" }])
    renameSync(`${folder}.away`, folder)
    expect(await lay(plusMillis(later, 60 * 60_000), [])).toBe(0)
    expect(await lay(plusMillis(later, 60 * 60_000))).toBe(1)
    expect(readdirSync(folder)).toHaveLength(3)
    must(await endWitness(sceneFor(on.db, cast.dpo), { id: (await shown())[0]?.id ?? "" }))
    expect(await lay(plusMillis(later, 90 * 60 * 60_000))).toBe(0)
    expect(await shown()).toHaveLength(1)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
