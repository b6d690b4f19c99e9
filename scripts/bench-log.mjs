// `npm run bench -- log [--leaves 2000000] [--keep FOLDER] [--json]`: what the log costs. Approvals with its head signed all the while
// against none signed; proofs at 20,000 entries and at so many; and pages of the event viewer at both ends and under each filter.
// A kept folder is not taken away, and a later run finds its log filled.
import { spawn } from "node:child_process"
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { cpus, loadavg, tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { build } from "esbuild"
import { ensureServer, stopServer } from "./postgres.mjs"

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))

/** Fills a log, times it, prints the figures; gives the exit code. */
export async function benchLog() {
  const { values } = parseArgs({
    allowPositionals: true,
    options: { leaves: { type: "string", default: "2000000" }, keep: { type: "string" }, json: { type: "boolean" } },
  })
  if (!/^[1-9]\d{4,7}$/.test(values.leaves)) {
    process.stderr.write("Say --leaves with a number from 10000.\n")
    return 1
  }
  const code = mkdtempSync(join(ROOT, "node_modules", ".bench-"))
  const data = values.keep ? resolve(values.keep) : mkdtempSync(join(tmpdir(), "onward-bench-"))
  if (!existsSync(data)) mkdirSync(data, { recursive: true })
  chmodSync(data, 0o711)
  try {
    const outfile = join(code, "bench-log.mjs")
    await build({
      ...{ bundle: true, platform: "node", format: "esm", target: "node20", packages: "external" },
      ...{ absWorkingDir: ROOT, entryPoints: ["testing/bench-log.ts"], outfile },
      ...{ tsconfig: "tsconfig.json", logLevel: "error" },
    })
    const server = ensureServer({ dataDir: join(data, "postgres"), fast: true })
    const out = JSON.parse(
      await run(outfile, {
        ...process.env,
        ONWARD_BENCH_SERVER: server.ownerUrl("postgres"),
        ONWARD_BENCH_OWNER: server.ownerUrl("onward"),
        ONWARD_BENCH_APP: server.appUrl("onward"),
        ONWARD_BENCH_LEAVES: values.leaves,
      }),
    )
    const load = loadavg().map((one) => one.toFixed(1))
    if (values.json) process.stdout.write(`${JSON.stringify({ cores: cpus().length, load, ...out })}\n`)
    else process.stdout.write(`load ${load.join(", ")}\n${table(out)}`)
    return 0
  } finally {
    stopServer({ dataDir: join(data, "postgres") })
    rmSync(code, { recursive: true, force: true })
    if (!values.keep) rmSync(data, { recursive: true, force: true })
  }
}

function table(out) {
  const line = ([name, ms]) => `${name.padEnd(44)} ${typeof ms === "number" ? ms.toFixed(2) : ms}\n`
  return Object.entries(out)
    .map(([part, figures]) => `${part}\n${Object.entries(figures).map(line).join("")}`)
    .join("")
}

function run(file, env) {
  return new Promise((done, broken) => {
    const child = spawn(process.execPath, [file], { cwd: ROOT, env, stdio: ["ignore", "pipe", "inherit"] })
    let text = ""
    child.stdout.on("data", (part) => (text += part))
    child.on("exit", (status) => (status === 0 ? done(text) : broken(new Error(`the bench ended with ${status}`))))
  })
}
