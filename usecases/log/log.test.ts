import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { ed25519Holds, sha256, signerFrom, type LogSigner } from "@/adapters/log-key/signer"
import { leafHash, logHead } from "@/db/statements/log"
import { nodeHashes } from "@/db/statements/tree"
import { noteText, readCheckpoint, readNote, readVerifier, signedBy, unbase64, verifierText } from "@/domain/audit/note"
import { provesConsistency, provesInclusion } from "@/domain/audit/proof"
import { tileNodes } from "@/domain/audit/tiles"
import { addLeaf, emptyEdge, nodeHash, rootOf } from "@/domain/audit/tree"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { plusMillis } from "@/domain/core/instant"
import { readLog } from "@/usecases/audit/read-log"
import { clockNow, OPERATOR, type Scene } from "@/usecases/scene"
import { signHead } from "./checkpoint"
import { knownKeys } from "./keys"
import { proveEvent, proveGrowth, readCheckpointNow, readTile } from "./prove"
import { verifyLog } from "./verify"

let on: TestDatabase
let cast: Cast
let keys: string
let signer: LogSigner
let scene: Scene

const env = (): Record<string, string> => ({
  ONWARD_LOG_KEY: Buffer.alloc(32, 7).toString("base64url"),
  ONWARD_LOG_HEADS: keys,
})
const someActs = async (n: number): Promise<unknown> =>
  inForce(
    on.db,
    cast,
    `Parties ${n}`,
    Array.from({ length: n }, (_, i) => ({
      kind: "party" as const,
      body: typedParty({ legalName: `Party ${n} ${i}` }),
    })),
  )

beforeAll(async () => {
  keys = mkdtempSync(join(tmpdir(), "onward-log-"))
  on = await aDatabase()
  cast = await aCast(on.db)
  const { origin } = await logHead(on.db)
  const made = signerFrom(env(), origin)
  if (!made) throw new Error("no signer")
  signer = made
  scene = { ...sceneFor(on.db, cast.legal), actor: OPERATOR }
  await someActs(3)
}, 60_000)
afterAll(async () => {
  rmSync(keys, { recursive: true })
  await on.drop()
})

test("the head is signed once for each size, by a key that the log itself names, and remembered outside the database", async () => {
  const first = must(await signHead(scene, signer))
  expect(must(await signHead(scene, signer))).toEqual(first)
  const note = readNote(first.note)
  const key = readVerifier(sha256, verifierText(signer.verifier))
  if (!note || !key) throw new Error("not read")
  expect(signedBy(note, [key], ed25519Holds)).toHaveLength(1)
  const head = await logHead(on.db)
  expect(readCheckpoint(note.text)).toEqual({ origin: head.origin, size: head.size, root: Uint8Array.from(head.root) })
  expect(await knownKeys(on.db)).toEqual([signer.verifier])
  const [file] = readdirSync(keys)
  expect(readFileSync(join(keys, file ?? ""), "utf8")).toBe(first.note)
  expect(statSync(join(keys, file ?? "")).mode & 0o777).toBe(0o600)
  // Two at once sign one checkpoint.
  await someActs(1)
  const [one, other] = await Promise.all([signHead(scene, signer), signHead(scene, signer)])
  expect(must(one)).toEqual(must(other))
  // Another log's key is another, though the secret is the same.
  expect(signerFrom(env(), "onward/other")?.verifier.id).not.toBe(signer.verifier.id)
})

test("every event is proved against a signed checkpoint, and every older log is the beginning of a newer one", async () => {
  const reader = sceneFor(on.db, cast.legal)
  const now = must(await readCheckpointNow(reader, {}))
  const point = readCheckpoint(readNote(now.note)?.text ?? "")
  if (!point) throw new Error("no checkpoint")
  for (let index = 0; index < now.size; index += 1) {
    const proved = must(await proveEvent(reader, { index, newest: true }))
    const lines = proved.file.split("\n")
    expect(lines.slice(0, 2)).toEqual(["c2sp.org/tlog-proof@v1", `index ${index}`])
    expect(proved.file.endsWith(`\n\n${now.note}`)).toBe(true)
    const proof = proved.proof.map((text) => unbase64(text) as Uint8Array)
    const leaf = Uint8Array.from(Buffer.from(proved.leafHash, "hex"))
    expect(provesInclusion(sha256, { index, size: now.size, leaf, proof, root: point.root })).toBe(true)
  }
  const first = must(await proveEvent(reader, { index: 0, newest: false }))
  expect(first.size).toBeLessThan(now.size)
  const older = readCheckpoint(first.file.slice(first.file.indexOf("\n\n") + 2).split("\n\n")[0] + "\n")
  if (!older) throw new Error("no older checkpoint")
  const growth = must(await proveGrowth(reader, { older: older.size, newer: null }))
  const proof = growth.proof.map((text) => unbase64(text) as Uint8Array)
  const both = { older: older.size, newer: growth.newer, olderRoot: older.root, newerRoot: point.root, proof }
  expect(provesConsistency(sha256, both)).toBe(true)
  // What came since is not signed yet, and says so; what is no place is not there.
  await someActs(1)
  const { size } = await logHead(on.db)
  expect(await proveEvent(reader, { index: size - 1 })).toMatchObject({ code: "conflict", says: "log.not-signed-yet" })
  expect(await proveEvent(reader, { index: size })).toMatchObject({ code: "not-found" })
  expect(await proveGrowth(reader, { older: size + 5, newer: null })).toMatchObject({ code: "not-found" })
  expect(await proveEvent(reader, { index: -1 })).toMatchObject({ code: "invalid" })
  expect(await proveEvent(sceneFor(on.db, cast.requester), { index: 0 })).toMatchObject({ code: "not-allowed" })
})

test("tiles are what the tree is made of, as far as it was signed", async () => {
  const reader = sceneFor(on.db, cast.legal)
  const { size } = must(await readCheckpointNow(reader, {}))
  const part = must(await readTile(reader, { path: `0/000.p/${size}` }))
  expect(part).toMatchObject({ whole: false })
  const edge = emptyEdge()
  for (let at = 0; at < part.bytes.length; at += 32)
    addLeaf(sha256, edge, Uint8Array.from(part.bytes.subarray(at, at + 32)))
  const point = readCheckpoint(readNote(must(await readCheckpointNow(reader, {})).note)?.text ?? "")
  expect(Uint8Array.from(rootOf(sha256, edge))).toEqual(point?.root)
  for (const path of [`0/000.p/${size + 1}`, "0/000", "1/000.p/1", "0/x000/000", "..", ""])
    expect(await readTile(reader, { path }), path).toMatchObject({ code: "not-found" })
  expect(await nodeHashes(on.db, tileNodes({ level: 0, n: 0, width: 2 }, size) ?? [])).toHaveLength(2)
})

test("the log that nobody touched is whole, and the tree made anew from its leaves is the one that stands", async () => {
  must(await signHead(scene, signer))
  const verdict = await verifyLog(on.db, must(await readCheckpointNow(scene, {})).note)
  expect(verdict).toMatchObject({ whole: true, faults: [] })
  const head = await logHead(on.db)
  expect(verdict).toMatchObject({ size: head.size, root: head.root.toString("hex") })
})

const LOG_TABLES = ["log_head", "log_leaves", "log_nodes", "log_objects", "log_checkpoints"]

/** Whoever holds the database: triggers asleep, and every hash, node and head made anew for what they want it to say. */
async function rewritten(change: (client: pg.Client) => Promise<void>, thorough: boolean): Promise<void> {
  const client = new pg.Client({ connectionString: on.ownerUrl })
  await client.connect()
  try {
    await client.query("begin")
    for (const table of LOG_TABLES) await client.query(`alter table ${table} disable trigger all`)
    await change(client)
    if (thorough) await madeAnew(client)
    for (const table of LOG_TABLES) await client.query(`alter table ${table} enable trigger all`)
    await client.query("commit")
  } finally {
    await client.end()
  }
}

async function madeAnew(client: pg.Client): Promise<void> {
  const leaves = (
    await client.query<{ index: string; bytes: string }>("select index, bytes from log_leaves order by index")
  ).rows
  await client.query("delete from log_nodes")
  await client.query("delete from log_checkpoints")
  const edge = emptyEdge()
  let row: Uint8Array[] = []
  for (const [i, leaf] of leaves.entries()) {
    const body = JSON.parse(leaf.bytes) as { index: number; at: string; act: string; actor: { id: string } }
    const bytes = leaf.bytes.replace(`"index":${body.index},`, `"index":${i},`)
    const hash = leafHash(bytes)
    await client.query(
      "update log_leaves set index = $1, bytes = $2, hash = $3, at = $4, act = $5, actor_id = $6 where index = $7",
      [...[i, bytes, hash, body.at, body.act, body.actor.id], leaf.index],
    )
    row.push(Uint8Array.from(hash))
    addLeaf(sha256, edge, Uint8Array.from(hash))
  }
  for (let level = 1; row.length > 1; level += 1) {
    const above: Uint8Array[] = []
    for (let i = 0; i + 1 < row.length; i += 2)
      above.push(nodeHash(sha256, row[i] as Uint8Array, row[i + 1] as Uint8Array))
    for (const [n, hash] of above.entries())
      await client.query("insert into log_nodes (level, n, hash) values ($1, $2, $3)", [level, n, Buffer.from(hash)])
    row = above
  }
  await client.query("update log_head set size = $1, root = $2, frontier = $3", [
    ...[leaves.length, Buffer.from(rootOf(sha256, edge))],
    edge.roots.map((node) => (node ? Buffer.from(node) : Buffer.alloc(0))),
  ])
}

type Attack = { name: string; change: (client: pg.Client) => Promise<void>; naive: string; thorough: string }
/** Each says what the other said, with its own place and instant. */
const swap = `with two as (select index, bytes, bytes::jsonb ->> 'at' as at from log_leaves where index in (2, 3)),
    said as (select mine.index, replace(replace(other.bytes, '"index":' || other.index || ',', '"index":' || mine.index || ','), other.at, mine.at) as bytes
      from two mine join two other on mine.index <> other.index)
  update log_leaves l set bytes = said.bytes, hash = log_leaf_hash(said.bytes) from said where said.index = l.index`
const ATTACKS: Attack[] = [
  {
    name: "alters an event",
    change: async (client) =>
      void (await client.query(
        `update log_leaves set bytes = replace(bytes, '"role":"', '"role":"x') where index = 2`,
      )),
    naive: "log.fault.leaf-bytes",
    thorough: "log.fault.rewritten",
  },
  {
    name: "deletes one",
    change: async (client) => {
      await client.query("delete from log_objects where index = 2")
      await client.query("delete from log_leaves where index = 2")
    },
    naive: "log.fault.leaf-missing",
    thorough: "log.fault.cut",
  },
  {
    name: "swaps two",
    change: async (client) => void (await client.query(swap)),
    naive: "log.fault.rewritten",
    thorough: "log.fault.rewritten",
  },
  {
    name: "cuts the tail",
    change: async (client) => {
      await client.query("delete from log_objects where index >= (select size - 2 from log_head)")
      await client.query("delete from log_leaves where index >= (select size - 2 from log_head)")
    },
    naive: "log.fault.head-size",
    thorough: "log.fault.cut",
  },
]

test.each(
  ATTACKS.flatMap((attack) => [
    { ...attack, anew: false },
    { ...attack, anew: true },
  ]),
)(
  "a superuser who $name (everything made anew: $anew) is found out by an older checkpoint, and the signer signs no more",
  async ({ change, naive, thorough, anew }) => {
    const older = must(await signHead(scene, signer)).note
    const kept = new pg.Client({ connectionString: on.ownerUrl })
    await kept.connect()
    const stood = LOG_TABLES
    for (const table of stood) await kept.query(`create table kept_${table} as select * from ${table}`)
    try {
      await rewritten(change, anew)
      const verdict = await verifyLog(on.db, older)
      expect(verdict.whole).toBe(false)
      expect(verdict.faults.map((one) => one.says)).toContain(anew ? thorough : naive)
      if (anew) {
        // Without what somebody outside kept, such a log is whole: only a checkpoint proves.
        expect((await verifyLog(on.db)).faults).toEqual([])
        expect(await signHead(scene, signer)).toMatchObject({ ok: false, code: "conflict" })
        expect(signer.last()).toBe(older)
      }
    } finally {
      await kept.query("begin")
      for (const table of stood) {
        await kept.query(`alter table ${table} disable trigger all`)
        await kept.query(`delete from ${table}`)
        await kept.query(`insert into ${table} select * from kept_${table}`)
        await kept.query(`alter table ${table} enable trigger all`)
        await kept.query(`drop table kept_${table}`)
      }
      await kept.query("commit")
      await kept.end()
    }
    expect((await verifyLog(on.db, older)).faults).toEqual([])
  },
)

test("a checkpoint of another log, of a stranger, or no checkpoint at all is named as that", async () => {
  const says = async (text: string): Promise<string[]> => (await verifyLog(on.db, text)).faults.map((one) => one.says)
  const mine = must(await signHead(scene, signer)).note
  expect(await says("hello")).toEqual(["log.fault.no-checkpoint"])
  expect(await says(mine.replaceAll(signer.verifier.name, "onward/other"))).toEqual(["log.fault.other-log"])
  const strange = signerFrom(
    { ...env(), ONWARD_LOG_KEY: Buffer.alloc(32, 8).toString("base64url") },
    signer.verifier.name,
  )
  const note = readNote(mine)
  if (!strange || !note) throw new Error("no stranger")
  const line = { name: strange.verifier.name, id: strange.verifier.id, signature: strange.sign(note.text) }
  expect(await says(noteText({ text: note.text, signatures: [line] }))).toEqual(["log.fault.stranger"])
})

test("a register that was put back from a backup is not signed over", async () => {
  const ahead = must(await signHead(scene, signer)).note
  const beyond = ahead.replace(/\n(\d+)\n/, (_, size: string) => `\n${Number(size) + 10}\n`)
  const head = readdirSync(keys)[0] ?? ""
  writeFileSync(join(keys, head), beyond)
  expect(await signHead(scene, signer)).toMatchObject({ code: "conflict", says: "log.shrunk" })
  writeFileSync(join(keys, head), ahead)
  must(await signHead(scene, signer))
})

test("a note that says nothing, and the log's own checkpoint beyond its end, hold the signer back", async () => {
  const ahead = must(await signHead(scene, signer)).note
  const head = readdirSync(keys)[0] ?? ""
  for (const text of ["", "hello", ahead.replaceAll(signer.verifier.name, "onward/other")]) {
    writeFileSync(join(keys, head), text)
    expect(await signHead(scene, signer)).toMatchObject({ code: "conflict", says: "log.head-unread" })
  }
  writeFileSync(join(keys, head), ahead)
  // An instance beside that remembers nothing: the log was cut, and what it keeps of its checkpoints was not.
  const forgetful: LogSigner = { ...signer, last: () => null, remember: () => undefined }
  must(await signHead(scene, forgetful))
  const client = new pg.Client({ connectionString: on.ownerUrl })
  await client.connect()
  try {
    await client.query("alter table log_head disable trigger all")
    await client.query("update log_head set size = size - 1")
    expect(await signHead(scene, forgetful)).toMatchObject({ code: "conflict", says: "log.shrunk" })
    await client.query("update log_head set size = size + 1, root = sha256('rewritten')")
    expect(await signHead(scene, forgetful)).toMatchObject({ code: "conflict", says: "log.forked" })
  } finally {
    const root = readCheckpoint(readNote(ahead)?.text ?? "")?.root ?? new Uint8Array()
    await client.query("update log_head set root = $1", [Buffer.from(root)])
    await client.query("alter table log_head enable trigger all")
    await client.end()
  }
  expect(must(await signHead(scene, forgetful)).note).toBe(ahead)
})

test("an entry at a place that no log has, however far away, is found at once; the empty log is the beginning of every one", async () => {
  const empty = `${signer.verifier.name}\n0\n${Buffer.from(sha256(new Uint8Array(0))).toString("base64")}\n`
  const noteOf = (text: string) =>
    noteText({
      text,
      signatures: [{ name: signer.verifier.name, id: signer.verifier.id, signature: signer.sign(text) }],
    })
  expect((await verifyLog(on.db, noteOf(empty))).faults).toEqual([])
  const other = empty.replace(/\n[A-Za-z0-9+/=]+\n$/, `\n${Buffer.alloc(32, 1).toString("base64")}\n`)
  expect((await verifyLog(on.db, noteOf(other))).faults.map((one) => one.says)).toEqual(["log.fault.rewritten"])
  const client = new pg.Client({ connectionString: on.ownerUrl })
  await client.connect()
  try {
    await client.query("alter table log_leaves disable trigger all")
    for (const [index, says] of [
      ["-7", "log.fault.leaf-place"],
      ["8000000000000000", "log.fault.leaf-missing"],
    ]) {
      await client.query(
        "insert into log_leaves (index, at, bytes, hash, act, actor_id) select $1, at, bytes, hash, act, actor_id from log_leaves where index = 0",
        [index],
      )
      expect((await verifyLog(on.db)).faults.map((one) => one.says)).toContain(says)
      await client.query("delete from log_leaves where index = $1", [index])
    }
  } finally {
    await client.query("alter table log_leaves enable trigger all")
    await client.end()
  }
  expect((await verifyLog(on.db)).faults).toEqual([])
})

test("a key that somebody laid beside the log is told, and counts for nothing that the log names", async () => {
  const { note } = must(await signHead(scene, signer))
  const strange = signerFrom(
    { ...env(), ONWARD_LOG_KEY: Buffer.alloc(32, 8).toString("base64url") },
    signer.verifier.name,
  )
  if (!strange) throw new Error("no stranger")
  const client = new pg.Client({ connectionString: on.ownerUrl })
  await client.connect()
  const { id, name, key } = strange.verifier
  await client.query("insert into log_keys (id, name, key, at, log_index) values ($1, $2, $3, now(), 0)", [
    id,
    name,
    Buffer.from(key),
  ])
  expect((await verifyLog(on.db, note)).faults).toEqual([
    { says: "log.fault.key-unnamed", params: { key: verifierText(strange.verifier) } },
  ])
  await client.query("alter table log_keys disable trigger all")
  await client.query("delete from log_keys where id = $1", [id])
  await client.query("alter table log_keys enable trigger all")
  await client.end()
  expect((await verifyLog(on.db, note)).faults).toEqual([])
})

test("the log's page says since when something is not signed that should be", async () => {
  must(await signHead(scene, signer))
  const reader = (minutes: number) => sceneFor(on.db, cast.legal, { now: plusMillis(clockNow(), minutes * 60_000) })
  expect(must(await readLog(reader(60), {})).behind).toBeNull()
  await someActs(1)
  expect(must(await readLog(reader(5), {})).behind).toBeNull()
  const { lines, behind } = must(await readLog(reader(11), {}))
  // One act has one instant: its first entry is as old as its last, which is the newest of all.
  expect(behind).not.toBeNull()
  expect(lines.map((line) => line.at)).toContain(behind)
})
