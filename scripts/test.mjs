// `npm test`: every runner; the last line alone is the sum. Servers and folders are temporary.
import { spawn } from "node:child_process"
import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { ensureServer, stopServer } from "./postgres.mjs"
import { playwrightCounts, sumOf, vitestCounts } from "./counts.mjs"

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const bin = (name) => join(ROOT, "node_modules", ".bin", name)
const only = process.argv.slice(2)
const results = []
const scratch = mkdtempSync(join(tmpdir(), "onward-test-"))
// PostgreSQL runs as an unprivileged user, who has to reach its own folder inside this one.
chmodSync(scratch, 0o711)

function record(name, counts) {
  results.push({ name, ...counts })
  process.stdout.write(`${name}: ${counts.passed} passed, ${counts.failed} failed\n`)
}

/** Runs a tool to its end with its words shown; gives its exit code. */
function run(command, args, env = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...env },
    })
    child.once("error", () => done(127))
    child.once("exit", (code) => done(code ?? 1))
  })
}

async function plain(name, command, args) {
  const code = await run(command, args)
  record(name, { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 })
}

async function vitest(name, project, env = {}) {
  const report = join(scratch, `${name.replace(/\W/g, "-")}.json`)
  const code = await run(
    bin("vitest"),
    ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    env,
  )
  record(name, vitestCounts(existsSync(report) ? readFileSync(report, "utf8") : "", code))
}

async function integration(major) {
  const dataDir = join(scratch, `pg${major}`)
  const server = ensureServer({ dataDir, major, fast: true })
  try {
    await vitest(`integration on PostgreSQL ${major}`, "integration", {
      ONWARD_TEST_OWNER_URL: server.ownerUrl(),
      ONWARD_TEST_PG: String(major),
    })
  } finally {
    stopServer({ dataDir, major })
  }
}

async function browser() {
  const specs = existsSync(join(ROOT, "e2e"))
    ? readdirSync(join(ROOT, "e2e")).filter((name) => name.endsWith(".spec.ts"))
    : []
  if (specs.length === 0) return record("browser", { passed: 0, failed: 1 })
  const report = join(scratch, "browser.json")
  const dataDir = join(scratch, "browser")
  const code = await run(bin("playwright"), ["test"], { PLAYWRIGHT_JSON_OUTPUT_NAME: report, ONWARD_E2E_DATA: dataDir })
  record("browser", playwrightCounts(existsSync(report) ? readFileSync(report, "utf8") : "", code))
  if (existsSync(join(dataDir, "postgres"))) stopServer({ dataDir })
}

const READING = ["format", "types", "lint"]
const steps = [
  ["format", () => plain("format", bin("prettier"), ["--check", "--log-level", "warn", "."])],
  ["types", () => plain("types", bin("tsc"), ["--noEmit"])],
  ["lint", () => plain("lint", bin("oxlint"), ["--deny-warnings"])],
  ["lint:proof", () => plain("lint:proof", process.execPath, ["scripts/lint-proof.mjs"])],
  ["unit", () => vitest("unit", "unit")],
  ["pg18", () => integration(18)],
  ["pg15", () => integration(15)],
  ["browser", browser],
]

try {
  const asked = steps.filter(([name]) => only.length === 0 || only.includes(name))
  // What only reads the sources runs side by side; what plants files or needs a server runs alone.
  await Promise.all(asked.filter(([name]) => READING.includes(name)).map(([, step]) => step()))
  for (const [name, step] of asked) if (!READING.includes(name)) await step()
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
const sum = sumOf(results)
process.stdout.write(`\n${sum.passed} passed, ${sum.failed} failed\n`)
process.exitCode = sum.failed > 0 || results.length === 0 ? 1 : 0
