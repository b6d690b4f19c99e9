// `npm run bench -- package [--size small|mid|third|big] [--files N] [--fall] [--keep FOLDER] [--json]`: a package of a register of that size,
// ordered and made as the worker does it, in a process of its own with the worker's heap: how long, how large, and how much memory in
// each quarter; beside it what only reading the records takes. Then it is fetched and checked by `onward verify` in another process.
// `--files`: so many files of a megabyte in it. `--fall`: a first worker is killed half way and the next makes it, then it is made once more
// without a fall, as of the same instant: the bytes must be the same. A kept folder stays.
import { spawn } from "node:child_process"
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { cpus, loadavg, tmpdir, totalmem } from "node:os"
import { dirname, join, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { build } from "esbuild"
import { heapOf } from "./limits.mjs"
import { ensureServer, stopServer } from "./postgres.mjs"

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))

/** Fills a register, makes its package in a process that did not fill it, checks it in another, prints the figures; gives the exit code. */
export async function benchPackage() {
  const { values } = parseArgs({
    allowPositionals: true,
    options: {
      ...{ size: { type: "string", default: "small" }, files: { type: "string", default: "0" } },
      ...{ fall: { type: "boolean" }, keep: { type: "string" }, json: { type: "boolean" } },
    },
  })
  if (!["small", "mid", "third", "big"].includes(values.size) || !/^\d{1,4}$/.test(values.files)) {
    process.stderr.write("Say --size small, mid, third (of big) or big, and --files with a number up to 9999.\n")
    return 1
  }
  const code = mkdtempSync(join(ROOT, "node_modules", ".bench-"))
  const data = values.keep ? resolve(values.keep) : mkdtempSync(join(tmpdir(), "onward-bench-"))
  mkdirSync(data, { recursive: true })
  chmodSync(data, 0o711)
  try {
    const outfile = join(code, "bench-package.mjs")
    await build({
      ...{ bundle: true, platform: "node", format: "esm", target: "node20", packages: "external" },
      ...{ absWorkingDir: ROOT, entryPoints: ["testing/bench-package.ts"], outfile },
      ...{ tsconfig: "tsconfig.json", logLevel: "error" },
    })
    const server = ensureServer({ dataDir: data, fast: true })
    const env = {
      ...process.env,
      ONWARD_BENCH_SERVER: server.ownerUrl("postgres"),
      ONWARD_BENCH_OWNER: server.ownerUrl("onward"),
      ONWARD_BENCH_APP: server.appUrl("onward"),
      ONWARD_BENCH_FILES: join(data, "files"),
      ONWARD_BENCH_SIZE: values.size,
      ONWARD_BENCH_COUNT: values.files,
    }
    const part = async (name, heap = heapOf("", "worker"), more = {}) =>
      JSON.parse(await run([...heap, outfile], { ...env, ...more, ONWARD_BENCH_PART: name }))
    const loaded = join(data, `bench-package-${values.size}-${values.files}.loaded`)
    if (!existsSync(loaded)) {
      process.stderr.write(`Filling a register of the size ${values.size} …\n`)
      await run(["--max-old-space-size=2048", outfile], { ...env, ONWARD_BENCH_PART: "fill" })
      writeFileSync(loaded, "")
    }
    const read = await part("read")
    if (values.fall) await killed([...heapOf("", "worker"), outfile], { ...env, ONWARD_BENCH_PART: "make" })
    const made = await part("make")
    const again = values.fall ? await part("make", heapOf("", "worker"), { ONWARD_BENCH_AS_OF: made.asOf }) : made
    const { path } = await part("fetch")
    const verified = await checked(path)
    rmSync(path)
    const machine = `${cpus().length} x ${cpus()[0]?.model ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`
    const load = loadavg().map((one) => Math.round(one * 10) / 10)
    const ratio = made.seconds / read.seconds
    if (values.json)
      process.stdout.write(`${JSON.stringify({ machine, load, size: values.size, read, made, ratio, verified })}\n`)
    else
      process.stdout.write(
        `${machine}; load ${load.join(", ")}\n` +
          `read alone: ${read.records} records, ${read.megabytes.toFixed(1)} MB of text in ${read.seconds.toFixed(1)} s\n` +
          `made: ${made.records} records, ${made.events} entries, ${made.megabytes.toFixed(1)} MB in ${made.seconds.toFixed(1)} s (${made.workSeconds.toFixed(1)} s of work of the process), ${ratio.toFixed(1)} times reading alone: ` +
          `${(made.records / made.seconds).toFixed(0)} records/s, ${(made.megabytes / made.seconds).toFixed(1)} MB/s\n` +
          `memory: idle ${made.idleMb.toFixed(0)} MB, peak ${made.peakMb.toFixed(0)} MB, in its quarters ${made.quarters.join(", ")}; ${made.left} files left over\n` +
          `sha256 ${made.sha256} as of ${made.asOf}${values.fall ? `, after a fall; without one ${again.sha256}` : ""}\n` +
          `verified: ${verified.verdict} (exit ${verified.exit}) in ${verified.seconds.toFixed(1)} s (${verified.workSeconds.toFixed(1)} s of work), peak ${verified.peakMb.toFixed(0)} MB\n`,
      )
    return again.sha256 === made.sha256 ? verified.exit : 1
  } finally {
    stopServer({ dataDir: data })
    rmSync(code, { recursive: true, force: true })
    if (!values.keep) rmSync(data, { recursive: true, force: true })
  }
}

function run(args, env) {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ["ignore", "pipe", "inherit"] })
    let out = ""
    child.stdout.on("data", (piece) => (out += piece))
    child.once("exit", (exit) => (exit === 0 ? done(out) : fail(new Error(`the bench ended with ${exit}`))))
  })
}

/** Starts a worker and kills it as soon as it says that half is done. */
function killed(args, env) {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ["ignore", "ignore", "pipe"] })
    child.stderr.on("data", (piece) => {
      process.stderr.write(piece)
      const [, at, of] = / (\d+)\/(\d+) /.exec(String(piece)) ?? []
      if (Number(at) * 2 > Number(of)) child.kill("SIGKILL")
    })
    child.once("exit", (exit) => (exit === null ? done() : fail(new Error("it was made before it was half done"))))
  })
}

/** What `onward verify` says of it, and what that took. */
function checked(path) {
  const tell = `process.on("exit", () => { const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
    process.stderr.write("peak " + maxRSS / 1024 + " work " + (userCPUTime + systemCPUTime) / 1e6) })`
  const began = Date.now()
  return new Promise((done) => {
    const args = ["--import", `data:text/javascript,${encodeURIComponent(tell)}`, "dist/onward.mjs", "verify", path]
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] })
    let [out, err] = ["", ""]
    child.stdout.on("data", (piece) => (out += piece))
    child.stderr.on("data", (piece) => (err += piece))
    child.once("exit", (exit) => {
      const peakMb = Number(/peak ([\d.]+)/.exec(err)?.[1] ?? Number.NaN)
      const verdict = (out || err).split("\n")[0] ?? ""
      const workSeconds = Number(/work ([\d.]+)/.exec(err)?.[1] ?? Number.NaN)
      done({ exit: exit ?? 1, verdict, seconds: (Date.now() - began) / 1000, workSeconds, peakMb })
    })
  })
}
