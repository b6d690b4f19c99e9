// `npm run bench -- package [--size small|mid|big] [--json]`: a package of a register of that size, written by a process of its own as
// the worker does: records and megabytes each second, and how much memory the process took at most.
import { spawn } from "node:child_process"
import { chmodSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { build } from "esbuild"
import { ensureServer, stopServer } from "./postgres.mjs"

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))

/** Fills a register, makes its package in a process that did not fill it, prints the figures; gives the exit code. */
export async function benchPackage() {
  const { values } = parseArgs({
    allowPositionals: true,
    options: { size: { type: "string", default: "small" }, json: { type: "boolean" } },
  })
  if (!["small", "mid", "big"].includes(values.size)) {
    process.stderr.write("Say --size small, mid or big.\n")
    return 1
  }
  const code = mkdtempSync(join(ROOT, "node_modules", ".bench-"))
  const data = mkdtempSync(join(tmpdir(), "onward-bench-"))
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
    }
    process.stderr.write(`Filling a register of the size ${values.size} …\n`)
    await run(outfile, { ...env, ONWARD_BENCH_PART: "fill" })
    const out = JSON.parse(await run(outfile, { ...env, ONWARD_BENCH_PART: "make" }))
    if (values.json) process.stdout.write(`${JSON.stringify({ size: values.size, ...out })}\n`)
    else
      process.stdout.write(
        `${out.records} records, ${out.events} entries, ${out.megabytes.toFixed(1)} MB in ${out.seconds.toFixed(1)} s: ` +
          `${out.recordsPerSecond.toFixed(0)} records/s, ${out.megabytesPerSecond.toFixed(1)} MB/s; peak ${out.peakMb.toFixed(0)} MB, idle ${out.idleMb.toFixed(0)} MB\n`,
      )
    return 0
  } finally {
    stopServer({ dataDir: data })
    rmSync(code, { recursive: true, force: true })
    rmSync(data, { recursive: true, force: true })
  }
}

function run(file, env) {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [file], { cwd: ROOT, env, stdio: ["ignore", "pipe", "inherit"] })
    let out = ""
    child.stdout.on("data", (piece) => (out += piece))
    child.once("exit", (exit) => (exit === 0 ? done(out) : fail(new Error(`the bench ended with ${exit}`))))
  })
}
