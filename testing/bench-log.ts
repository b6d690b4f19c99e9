import { performance } from "node:perf_hooks"
import { setTimeout } from "node:timers/promises"
import { sql } from "drizzle-orm"
import pg from "pg"
import { closeDb, openDb, rows, type Db } from "@/db/connect"
import { ensureDatabase, migrateDatabase } from "@/db/migrate"
import { logHead } from "@/db/statements/log"
import { readLog } from "@/usecases/audit/read-log"
import { signHead } from "@/usecases/log/checkpoint"
import { consistencyProof, inclusionProof, rootAt } from "@/usecases/log/proofs"
import { OPERATOR } from "@/usecases/scene"
import { typedParty } from "./bodies"
import { testSigner } from "./log-key"
import { aPerson, sceneFor } from "./people"
import { aCast, allAgree, must, submitted, type Cast } from "./requests"

const env = (name: string): string => process.env[name] ?? ""
const LEAVES = Number(env("ONWARD_BENCH_LEAVES"))
const FEW = 20_000
const APPROVALS = 12
const say = (words: string): void => void process.stderr.write(`${words}\n`)

/**
 * Entries made by the database itself, as its owner, with the tree over them. Most are of two acts, 200 people, a record in every
 * fourth entry; what is rare stands at the oldest end, where a page that is read from the newest end finds it last.
 */
async function fill(to: number): Promise<void> {
  const client = new pg.Client({ connectionString: env("ONWARD_BENCH_OWNER") })
  await client.connect()
  const { rows: heads } = await client.query<{ size: string }>("select size from log_head")
  const from = Number(heads[0]?.size)
  if (from >= to) return client.end()
  say(`Filling the log up to ${to} entries …`)
  await client.query("begin")
  await client.query("alter table log_head disable trigger user")
  await client.query(
    `insert into log_leaves (index, at, bytes, hash, act, actor_id, request_id)
     select i, at, bytes, log_leaf_hash(bytes), act, actor, request from (
       select i, at, act, actor, request, json_build_object('act', act, 'actor', json_build_object('id', actor, 'role', 'legal', 'via', 'web'),
         'after', json_build_object('title', repeat('A body of the usual length. ', 12)), 'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'index', i,
         'objects', json_build_array(json_build_object('id', object, 'type', 'party')), 'origin', 'onward/bench', 'request', request, 'v', 1)::text as bytes
       from (select i, h.at + make_interval(secs => floor((i - h.size) / 100.0) / 1000) as at,
           case when i < 2000 and i % 10 = 0 then 'disclosure.propose' when i % 2 = 0 then 'request.decide' else 'proposal.save' end as act,
           case when i < 3000 and i % 7 = 0 then 'psn_rare' when i % 2 = 0 then 'psn_even' else 'psn_' || (i / 2 % 200) end as actor,
           'req_' || (i / 20) as request, case when i % 4 = 0 then 'pty_hot' else 'pty_' || (i % 50000) end as object
         from log_head h, generate_series($1::bigint, $2::bigint - 1) i) made) leaf`,
    [from, to],
  )
  await client.query(
    `insert into log_objects (object_id, index) select o->>'id', l.index from log_leaves l, jsonb_array_elements(l.bytes::jsonb->'objects') o
      where l.index >= $1::bigint on conflict do nothing`,
    [from],
  )
  for (let level = 1; to >> level > 0; level += 1)
    await client.query(
      level === 1
        ? `insert into log_nodes (level, n, hash) select 1, l.index / 2, log_node_hash(l.hash, r.hash) from log_leaves l
            join log_leaves r on r.index = l.index + 1 where l.index % 2 = 0 and l.index >= $1::bigint / 2 * 2 - 2 on conflict do nothing`
        : `insert into log_nodes (level, n, hash) select ${level}, l.n / 2, log_node_hash(l.hash, r.hash) from log_nodes l
            join log_nodes r on r.level = l.level and r.n = l.n + 1 where l.level = ${level - 1} and l.n % 2 = 0 and l.n >= ($1::bigint >> ${level}) * 2 - 2 on conflict do nothing`,
      [from],
    )
  const edge: Buffer[] = []
  for (let level = 0; to >> level > 0; level += 1) {
    const n = (to >> level) - 1
    const { rows: found } = await client.query<{ hash: Buffer }>(
      level === 0
        ? "select hash from log_leaves where index = $1::bigint"
        : `select hash from log_nodes where level = ${level} and n = $1::bigint`,
      [(to >> level) % 2 === 1 ? n : Math.max(n - 1, 0)],
    )
    edge.push(found[0]?.hash ?? Buffer.alloc(32))
  }
  await client.query(
    "update log_head set size = $1::bigint, frontier = $2, at = (select at from log_leaves where index = $1::bigint - 1) where one",
    [to, edge],
  )
  await client.query("alter table log_head enable trigger user")
  await client.query("commit")
  await client.query("vacuum analyze log_leaves")
  await client.query("vacuum analyze log_objects")
  await client.query("vacuum analyze log_nodes")
  const root = await rootAt(db, to)
  await client.query("alter table log_head disable trigger user")
  await client.query("update log_head set root = $1 where one", [Buffer.from(root)])
  await client.query("alter table log_head enable trigger user")
  await client.end()
}

const middle = (took: number[]): number => took.sort((a, b) => a - b)[Math.floor(took.length / 2)] ?? 0

async function timed(does: () => Promise<unknown>, times = 7): Promise<number> {
  const took: number[] = []
  for (let n = 0; n < times; n += 1) {
    const began = performance.now()
    await does()
    took.push(performance.now() - began)
  }
  return middle(took)
}

/** Approvals one after another; meanwhile the head is signed over and over, or not. */
async function approvals(cast: Cast, signs: boolean, name: string): Promise<number[]> {
  const signer = await testSigner(db)
  const asked = []
  for (let n = 0; n < APPROVALS; n += 1)
    asked.push(
      await submitted(db, cast, `${name} ${n}`, [{ kind: "party", body: typedParty({ legalName: `${name} ${n}` }) }]),
    )
  const took: number[] = []
  let over = false
  const signing = (async () => {
    // Six hundred times as often as the worker does it.
    while (signs && !over) {
      must(await signHead(sceneFor(db, OPERATOR), signer))
      await setTimeout(100)
    }
  })()
  for (const one of asked) {
    const began = performance.now()
    await allAgree(db, cast, one)
    took.push(performance.now() - began)
  }
  over = true
  await signing
  return took
}

async function proofs(size: number): Promise<Record<string, number>> {
  const places = [0, 1, Math.floor(size / 3), Math.floor(size / 2), size - 2, size - 1]
  let n = 0
  const next = (): number => places[(n += 1) % places.length] ?? 0
  return {
    [`inclusion at ${size}, ms`]: await timed(() => inclusionProof(db, next(), size), 60),
    [`consistency at ${size}, ms`]: await timed(() => consistencyProof(db, next() + 1, size), 60),
    [`root at ${size}, ms`]: await timed(() => rootAt(db, size - (n += 1)), 30),
  }
}

async function viewer(cast: Cast): Promise<Record<string, number>> {
  const scene = sceneFor(db, cast.legal)
  const { size } = await logHead(db)
  const half = Math.floor(size / 2)
  const [mid] = await rows<{ at: string }>(db, sql`select at from log_leaves where index = ${half}`)
  const filters: Record<string, object> = {
    ...{
      none: {},
      record: { object: "pty_hot" },
      "record, seldom": { object: "pty_77" },
      request: { request: "req_77" },
    },
    ...{
      person: { actor: "psn_even" },
      "person, at the oldest end": { actor: "psn_rare" },
      act: { act: "request.decide" },
    },
    ...{ "act, at the oldest end": { act: "disclosure.propose" }, "until the middle": { until: mid?.at } },
    ...{ "from the middle": { from: mid?.at }, "nobody's": { actor: "psn_none" } },
    ...{
      "person and act": { actor: "psn_even", act: "request.decide" },
      "record and act": { object: "pty_hot", act: "request.decide" },
    },
    ...{ "person and act, seldom": { actor: "psn_rare", act: "disclosure.propose" } },
    ...{
      "person and act, none": { actor: "psn_even", act: "proposal.save" },
      "record and act, none": { object: "pty_hot", act: "proposal.save" },
    },
    ...{
      "record and person": { object: "pty_hot", actor: "psn_even" },
      "record and person, none": { object: "pty_hot", actor: "psn_7" },
    },
    ...{
      "record and act, oldest": { object: "pty_hot", act: "disclosure.propose" },
      "person and time": { actor: "psn_even", until: mid?.at },
    },
    ...{
      "act and time, oldest": { act: "disclosure.propose", from: mid?.at },
      "request and act": { request: "req_77", act: "proposal.save" },
    },
  }
  const out: Record<string, number> = {}
  for (const [name, filter] of Object.entries(filters))
    for (const [end, place] of Object.entries({ first: {}, middle: { before: half }, last: { after: -1 } }))
      out[`${name}: ${end} page, ms`] = await timed(async () => must(await readLog(scene, { ...filter, ...place })), 3)
  return out
}

await ensureDatabase(env("ONWARD_BENCH_SERVER"), "onward")
await migrateDatabase(env("ONWARD_BENCH_OWNER"), {
  ...{ folder: "db/migrations", register: "main", origin: "onward/bench" },
})
const db: Db = openDb(env("ONWARD_BENCH_APP"), { name: "onward-bench", max: 6, statementSeconds: 600 })
const known = (await logHead(db)).size > 0
const cast = known ? null : await aCast(db)
const out: Record<string, Record<string, number>> = {}
if (cast) {
  await fill(FEW)
  say("Approvals …")
  await approvals(cast, false, "Warm")
  const [without, signed]: [number[], number[]] = [[], []]
  for (let turn = 0; turn < 3; turn += 1) {
    without.push(...(await approvals(cast, false, `Plain ${turn}`)))
    signed.push(...(await approvals(cast, true, `Signed ${turn}`)))
  }
  const [a, b] = [middle(without), middle(signed)]
  out.approvals = { "without signing, ms": a, "signed ten times a second, ms": b, ratio: b / a }
  out.few = await proofs((await logHead(db)).size)
}
await fill(LEAVES)
out.many = await proofs((await logHead(db)).size)
const reader = cast ?? ({ legal: await aPerson(db, "Reader", ["legal"]) } as Cast)
out.viewer = await viewer(reader)
process.stdout.write(JSON.stringify(out))
await closeDb(db)
