// `npm run bench -- --size small|mid|big [--json] [--keep FOLDER]`: a register of the size in a database of its own, timed at
// the use case and over HTTP against the production build; ratios are to an empty route handler measured in the same run.
// A kept folder is not taken away, and a later run of the same size finds its register loaded.
// `npm run bench -- checks [--sharings 100000] [--json] [--keep FOLDER]`: what checks, coverage, board and what-if take.
// `npm run bench -- import [--rows 10000] [--heap 320] [--lists N] [--json]`: a list from its file to the last approval, with the memory of
// each step; with `--lists` so many side by side through the running server, with the memory of its two processes.
// `npm run bench -- uploads [--json]`: 200 uploads at once over HTTP, up to 50 MB each, with the peak of the pages' memory.
// `npm run bench -- requests [--json]`: 50 reviewers who decide at once: each stage once, every other try refused with its reason.
import { spawn, spawnSync } from "node:child_process"
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { cpus, loadavg, tmpdir, totalmem } from "node:os"
import { dirname, join, resolve } from "node:path"
import { performance } from "node:perf_hooks"
import { fileURLToPath } from "node:url"
import { uploads } from "./bench-uploads.mjs"
import { parseArgs } from "node:util"
import { build } from "esbuild"
import { heapOf } from "./limits.mjs"
import { ensureServer, stopServer, useServer } from "./postgres.mjs"

// `npm run bench -- signatures|package|tamper|log …`: see bench-signatures.mjs and its like.
const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const apart = /^(signatures|package|tamper|log)$/.exec(process.argv[2] ?? "")?.[1]
if (apart) process.exit(await Object.values(await import(`./bench-${apart}.mjs`))[0]())
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    size: { type: "string", default: "small" },
    sharings: { type: "string", default: "100000" },
    rows: { type: "string", default: "10000" },
    lists: { type: "string" },
    heap: { type: "string", default: "320" },
    json: { type: "boolean" },
    keep: { type: "string" },
  },
})
const [CHECKS, IMPORT] = ["checks", "import"].map((part) => positionals[0] === part)
const REQUESTS = positionals[0] === "requests"
const UPLOADS = positionals[0] === "uploads"
if (!/^[1-9]\d{1,3}$/.test(values.heap)) {
  process.stderr.write("Say --heap with a number of MB.\n")
  process.exit(1)
}
if (!/^[1-9]\d{0,4}$/.test(values.rows)) {
  process.stderr.write("Say --rows with a number up to 99999.\n")
  process.exit(1)
}
if (values.lists !== undefined && !/^[1-9]$/.test(values.lists)) {
  process.stderr.write("Say --lists with a number up to 9.\n")
  process.exit(1)
}
if (
  positionals.length > (CHECKS || IMPORT || REQUESTS || UPLOADS ? 1 : 0) ||
  !/^[1-9]\d{2,6}$/.test(values.sharings) ||
  values.sharings % 100 !== 0
) {
  process.stderr.write(
    "Say checks, and --sharings with a number of hundreds; or import; or requests; or uploads; or nothing but options.\n",
  )
  process.exit(1)
}
if (!["small", "mid", "big"].includes(values.size)) {
  process.stderr.write("Say --size small, mid or big.\n")
  process.exit(1)
}
const say = (words) => process.stderr.write(`${words}\n`)
const PORT = await freePort()
const CLIENTS = 8
const scratch = mkdtempSync(join(tmpdir(), "onward-bench-"))
chmodSync(scratch, 0o711)
const code = mkdtempSync(join(ROOT, "node_modules", ".bench-"))
const data = values.keep ? resolve(values.keep) : join(scratch, "data")
const loaded = join(data, `bench-${CHECKS ? `checks-${values.sharings}` : values.size}.loaded`)
const LIMIT_MINUTES = CHECKS ? 60 : values.size === "big" ? 90 : 15

/** A port that nobody listens on. */
function freePort() {
  return new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address()
      probe.close(() => done(String(port)))
    })
  })
}

const children = new Set()
function kept(child) {
  children.add(child)
  child.once("exit", () => children.delete(child))
  return child
}
function clean() {
  for (const child of children) child.kill("SIGKILL")
  stopServer({ dataDir: data })
  rmSync(scratch, { recursive: true, force: true })
  rmSync(code, { recursive: true, force: true })
}
for (const signal of ["SIGINT", "SIGTERM"])
  process.once(signal, () => {
    clean()
    process.exit(1)
  })
setTimeout(() => {
  say(`The bench did not end within ${LIMIT_MINUTES} minutes.`)
  clean()
  process.exit(1)
}, LIMIT_MINUTES * 60_000).unref()

async function bundle(name, folder = "testing") {
  const file = join(code, `${name}.mjs`)
  const shared = { bundle: true, platform: "node", format: "esm", target: "node20", packages: "external" }
  await build({
    ...shared,
    entryPoints: [`${folder}/${name}.ts`],
    outfile: file,
    tsconfig: "tsconfig.json",
    logLevel: "error",
  })
  return file
}

function run(command, args, env) {
  return new Promise((done, fail) => {
    const child = kept(
      spawn(command, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "inherit"] }),
    )
    let out = ""
    child.stdout.on("data", (chunk) => (out += chunk))
    child.once("exit", (exit) => (exit === 0 ? done(out) : fail(new Error(`${args[0]} ended with ${exit}`))))
  })
}

/** Milliseconds of each of `count` GETs by so many clients. */
async function over(path, cookie, count, clients = CLIENTS) {
  const took = []
  let left = count
  const began = performance.now()
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (left > 0) {
        left -= 1
        const start = performance.now()
        const answer = await fetch(`http://127.0.0.1:${PORT}${path}`, { headers: { cookie }, redirect: "manual" })
        await answer.arrayBuffer()
        if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
        took.push(performance.now() - start)
      }
    }),
  )
  took.sort((a, b) => a - b)
  const at = (part) => took[Math.min(took.length - 1, Math.floor(took.length * part))]
  return { p50: at(0.5), p95: at(0.95), perSecond: (count * 1000) / (performance.now() - began) }
}

async function signIn(link, email) {
  const origin = `http://127.0.0.1:${PORT}`
  const headers = { "content-type": "application/json", origin }
  const send = (path, body) => fetch(`${origin}${path}`, { method: "POST", headers, body: JSON.stringify(body) })
  const password = "harbour kettle ninety moss"
  const token = link.split("/").pop()
  const entered = await send("/api/v1/invitations", { link: token, password })
  if (!entered.ok) throw new Error(`the invitation answered ${entered.status}: ${await entered.text()}`)
  const session = await send("/api/v1/sessions", { email, password })
  if (!session.ok) throw new Error(`signing in answered ${session.status}: ${await session.text()}`)
  return session.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ")
}

const round = (value) => Math.round(value * 100) / 100

const machine = `${cpus().length} x ${cpus()[0]?.model ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`

/** Invites somebody by the command line; gives the one-time way in. */
function invited(onward, email, name, role) {
  const added = onward(["user", "add", email, "--name", name, "--role", role, "--json"])
  if (added.status !== 0) throw new Error(added.stderr)
  return JSON.parse(added.stdout).path
}

/** Starts the pages as `npm start` does; gives the process that keeps them and the way to end it. */
async function start(env) {
  say("Starting the pages …")
  const pages = kept(
    spawn(process.execPath, ["scripts/start.mjs"], {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "inherit"],
    }),
  )
  await new Promise((done, fail) => {
    pages.stdout.once("data", done)
    pages.once("exit", (exit) => fail(new Error(`the pages ended with ${exit}`)))
  })
  const end = () =>
    new Promise((done) => {
      pages.once("exit", done)
      pages.kill("SIGTERM")
    })
  return { pid: pages.pid, end }
}

/** Starts the pages with a reader of their own; gives the reader's cookie and the way to end them. */
async function serve(onward, env) {
  const email = `bench.${Date.now()}@example.test`
  const link = invited(onward, email, "Bench", "legal")
  const { end } = await start(env)
  return { cookie: await signIn(link, email), end }
}

/** What `npm run bench -- --size …` does once there is an empty, migrated register. */
async function sizes(server, serve) {
  say(`Loading the ${values.size} register and timing the use cases …`)
  const solo = JSON.parse(
    await run(process.execPath, ["--max-old-space-size=4096", await bundle("bench")], {
      ONWARD_BENCH_SIZE: values.size,
      ONWARD_BENCH_APP: server.appUrl("onward"),
      ONWARD_BENCH_OWNER: server.ownerUrl("onward"),
      ONWARD_BENCH_FILES: join(scratch, "files"),
      ONWARD_BENCH_LOADED: existsSync(loaded) ? "1" : "",
    }),
  )
  if (values.keep) writeFileSync(loaded, "")
  const { cookie, end } = await serve()
  await over("/healthz", cookie, 200)
  const empty = await over("/healthz", cookie, 800)
  const http = {}
  for (const [task, path] of Object.entries({
    "T1 as HTML": "/sharings?size=50",
    "T11 desk as HTML": "/renewals",
    "T4 as HTML": `/parties/${solo.party}`,
    "T5 list as HTML": `/sharings?as-of=${encodeURIComponent(solo.asOf)}`,
    "T5 party as HTML": `/parties/${solo.party}?as-of=${encodeURIComponent(solo.asOf)}`,
  })) {
    await over(path, cookie, 20)
    http[task] = await over(path, cookie, 200)
  }
  await end()
  const figures = [
    { task: "E", ...empty, ratio: 1, peakMb: null },
    ...solo.tasks.map((one) => ({ ...one, ratio: one.p50 / empty.p50 })),
    ...Object.entries(http).map(([task, one]) => ({ task, ...one, ratio: one.p95 / empty.p95, peakMb: null })),
  ].map(({ task, p50, p95, perSecond, ratio, peakMb }) => ({
    ...{ task, p50: round(p50), p95: round(p95), perSecond: round(perSecond), ratio: round(ratio) },
    peakMb: peakMb === null ? null : Math.round(peakMb),
  }))
  const out = {
    machine,
    size: values.size,
    loadSeconds: round(solo.loadSeconds),
    events: solo.records.events,
    tasks: figures,
  }
  if (values.json) process.stdout.write(`${JSON.stringify(out)}\n`)
  else {
    process.stdout.write(`${machine}; ${values.size}: ${out.events} events, loaded in ${out.loadSeconds} s\n`)
    for (const one of figures)
      process.stdout.write(
        `${one.task.padEnd(18)} p50 ${one.p50} ms  p95 ${one.p95} ms  ${one.perSecond}/s  ratio ${one.ratio}  ${one.peakMb ?? "-"} MB\n`,
      )
  }
}

/** What `npm run bench -- checks` does once there is an empty, migrated register. */
async function checks(server, serve) {
  say(`Loading ${values.sharings} sharings and judging them …`)
  // The threads that help with a what-if, beside the bench as they lie beside the worker.
  await bundle("what-if-part", "cli")
  const out = JSON.parse(
    await run(process.execPath, [...heapOf("", "worker"), await bundle("bench-checks")], {
      ONWARD_BENCH_SHARINGS: values.sharings,
      ONWARD_BENCH_APP: server.appUrl("onward"),
      ONWARD_BENCH_OWNER: server.ownerUrl("onward"),
      // A register that was loaded and judged before is judged again, and finds nothing new.
      ONWARD_BENCH_STAGES: existsSync(loaded) ? "record,nothing,looks,what-if,gaps" : "",
    }),
  )
  if (values.keep) writeFileSync(loaded, "")
  const { cookie, end } = await serve()
  for (const [task, path] of Object.entries({
    "page: promise board": "/promises",
    "page: timeline of the heaviest party": `/parties/${out.party}/coverage`,
    "page: gaps": "/coverage",
    "page: flow picture": "/destinations",
  })) {
    await over(path, cookie, 3, 1)
    const { p50, p95 } = await over(path, cookie, 20, 1)
    out.tasks.push({ task, ms: p50, p95 })
  }
  await end()
  const figures = out.tasks.map(({ task, ms, p95, seconds, more }) => ({
    task,
    ...(seconds === undefined ? { ms: round(ms), p95: round(p95) } : { seconds: round(seconds) }),
    ...Object.fromEntries(Object.entries(more ?? {}).map(([name, value]) => [name, round(value)])),
  }))
  const load = loadavg().map(round)
  if (values.json)
    return process.stdout.write(`${JSON.stringify({ machine, load, sharings: out.sharings, tasks: figures })}\n`)
  process.stdout.write(`${machine}; load ${load.join(", ")}; ${out.sharings} sharings\n`)
  for (const { task, ...rest } of figures)
    process.stdout.write(
      `${task.padEnd(40)} ${Object.entries(rest)
        .map(([name, value]) => `${name} ${value}`)
        .join("  ")}\n`,
    )
}

/** What `npm run bench -- import` does once there is an empty, migrated register. */
async function imports(server) {
  const out = JSON.parse(
    await run(process.execPath, [`--max-old-space-size=${values.heap}`, await bundle("bench-import")], {
      ONWARD_BENCH_ROWS: values.rows,
      ONWARD_BENCH_APP: server.appUrl("onward"),
      ONWARD_BENCH_FILES: join(scratch, "files"),
    }),
  )
  if (values.json) return process.stdout.write(`${JSON.stringify({ machine, load: loadavg().map(round), ...out })}\n`)
  process.stdout.write(`${machine}; load ${loadavg().map(round).join(", ")}; ${out.rows} rows\n`)
  for (const { task, seconds, peakMb } of out.steps)
    process.stdout.write(`${task.padEnd(22)} ${seconds} s  ${peakMb} MB\n`)
}

/** What `npm run bench -- requests` does once there is an empty, migrated register. */
async function requests(server) {
  const out = JSON.parse(
    await run(process.execPath, [await bundle("bench-requests")], { ONWARD_BENCH_APP: server.appUrl("onward") }),
  )
  const rounded = Object.fromEntries(
    Object.entries(out).map(([name, value]) => [name, typeof value === "number" ? round(value) : value]),
  )
  const load = loadavg().map(round)
  if (values.json) return process.stdout.write(`${JSON.stringify({ machine, load, ...rounded })}\n`)
  process.stdout.write(`${machine}; load ${load.join(", ")}\n`)
  process.stdout.write(
    `${out.reviewers} reviewers at once, ${out.requests} requests, ${out.tries} tries in ${rounded.seconds} s: ${out.taken} taken of ${out.wanted} stages, ${rounded.decisionsPerSecond} decisions/s, ${rounded.triesPerSecond} answers/s, p50 ${rounded.p50} ms, p95 ${rounded.p95} ms\n`,
  )
  for (const [says, n] of Object.entries(out.refused)) process.stdout.write(`refused ${n}: ${says}\n`)
  process.stdout.write(`stages decided twice: ${out.twice}; people at two stages of one request: ${out.people}\n`)
}

/** What `npm run bench -- import --lists N` does: as above, over HTTP, so many lists side by side. */
async function importsOverHttp(server, onward, env) {
  const roles = {
    administrator: "administrator",
    procurement: "procurement",
    decider: "procurement",
    legal: "legal",
    dpo: "dpo",
  }
  const people = Object.fromEntries(
    Object.entries(roles).map(([who, role]) => {
      const email = `${who}@example.test`
      return [who, { email, link: invited(onward, email, who, role).split("/").pop() }]
    }),
  )
  const { pid, end } = await start(env)
  const out = JSON.parse(
    await run(process.execPath, [await bundle("bench-import-http")], {
      ONWARD_BENCH_ROWS: values.rows,
      ONWARD_BENCH_LISTS: values.lists,
      ONWARD_BENCH_APP: server.appUrl("onward"),
      ONWARD_BENCH_ORIGIN: `http://127.0.0.1:${PORT}`,
      ONWARD_BENCH_START: String(pid),
      ONWARD_BENCH_PEOPLE: JSON.stringify(people),
    }),
  )
  await end()
  if (values.json) return process.stdout.write(`${JSON.stringify({ machine, load: loadavg().map(round), ...out })}\n`)
  process.stdout.write(`${machine}; load ${loadavg().map(round).join(", ")}; ${out.lists} lists of ${out.rows} rows\n`)
  for (const { task, seconds, webMb, workerMb, togetherMb } of out.steps)
    process.stdout.write(`${task.padEnd(20)} ${seconds} s  pages ${webMb} MB  worker ${workerMb}  both ${togetherMb}\n`)
}

try {
  mkdirSync(data, { recursive: true })
  chmodSync(data, 0o711)
  say("Making an empty register …")
  const env = { ONWARD_DATA: data, PORT, HOST: "127.0.0.1", DATABASE_URL: "", ONWARD_URL: "" }
  const onward = (args) =>
    spawnSync(process.execPath, ["dist/onward.mjs", ...args], {
      cwd: ROOT,
      env: { ...process.env, ...env },
      encoding: "utf8",
    })
  const server = ensureServer({ dataDir: data })
  useServer(data)
  const migrated = onward(["migrate"])
  if (migrated.status !== 0) throw new Error(migrated.stderr)
  if (UPLOADS)
    await uploads(
      { onward, env, port: PORT, json: values.json, machine },
      { invited, start, run, bundle, signIn, round },
    )
  else if (IMPORT && values.lists) await importsOverHttp(server, onward, env)
  else await (CHECKS ? checks : IMPORT ? imports : REQUESTS ? requests : sizes)(server, () => serve(onward, env))
} finally {
  clean()
}
