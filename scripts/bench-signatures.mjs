// `npm run bench -- signatures [--files 20000] [--seed N] [--json]`: how fast signed PDFs are looked at, and what comes of so
// many changed ones. It ends with 1 when one was taken for whole, broke the reader, or took longer than is allowed.
import { spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { build } from "esbuild"

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const { values } = parseArgs({
  allowPositionals: true,
  options: { files: { type: "string", default: "20000" }, seed: { type: "string" }, json: { type: "boolean" } },
})
const seed = values.seed ?? String((Date.now() % 1_000_000) + 1)
const SLOWEST_MS = 10_000

/** Bundles the bench, runs it, prints its figures; gives the exit code. */
export async function benchSignatures() {
  if (!/^[1-9]\d{0,6}$/.test(values.files) || !/^[1-9]\d{0,8}$/.test(seed)) {
    process.stderr.write("Say --files and --seed with numbers.\n")
    return 1
  }
  const code = mkdtempSync(join(ROOT, "node_modules", ".bench-"))
  try {
    const outfile = join(code, "bench-signatures.mjs")
    const shared = { bundle: true, platform: "node", format: "esm", target: "node20", packages: "external" }
    const entry = "testing/bench-signatures.ts"
    await build({
      ...shared,
      absWorkingDir: ROOT,
      entryPoints: [entry],
      outfile,
      tsconfig: "tsconfig.json",
      logLevel: "error",
    })
    const env = {
      ONWARD_BENCH_FILES: values.files,
      ONWARD_BENCH_SEED: seed,
      ONWARD_BENCH_WORKER: join(ROOT, "dist", "signatures.mjs"),
    }
    const out = JSON.parse(await run(outfile, { ...process.env, ...env }))
    if (values.json) process.stdout.write(`${JSON.stringify(out)}\n`)
    else words(out)
    return out.wrong.length + out.broke.length > 0 || out.slowest > SLOWEST_MS ? 1 : 0
  } finally {
    rmSync(code, { recursive: true, force: true })
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

function words(out) {
  const line = (text) => process.stdout.write(`${text}\n`)
  line(`whole files: ${out.here.toFixed(0)}/s in one process, ${out.apart.toFixed(1)}/s each in a process of its own`)
  line(`100 changed files apart: ${JSON.stringify(out.said)}`)
  line(
    `${out.files} changed files, seed ${out.seed}, in ${out.seconds.toFixed(0)} s (slowest ${out.slowest.toFixed(0)} ms): ${JSON.stringify(out.words)}`,
  )
  line(`taken for whole: ${out.wrong.length}; broke the reader: ${out.broke.length}`)
  for (const one of [...out.wrong, ...out.broke].slice(0, 20)) line(one)
}
