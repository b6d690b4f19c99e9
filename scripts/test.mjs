// `npm test`: every runner; the last line alone is the sum. Servers and folders are temporary.
import { spawn } from "node:child_process"
import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs"
import { setPriority, tmpdir } from "node:os"
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

/**
 * Runs a tool to its end; gives its exit code. `beside`: something else runs meanwhile and has the screen and the first go
 * at the machine, so its words are held until it ends, and it takes what computing time is left.
 */
function run(command, args, env = {}, beside = false) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: ["ignore", ...(beside ? ["pipe", "pipe"] : ["inherit", "inherit"])],
      env: { ...process.env, ...env },
    })
    const held = []
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => held.push(chunk))
    if (beside && child.pid) yieldTo(child.pid)
    child.once("error", () => done(127))
    child.once("close", (code) => {
      process.stdout.write(Buffer.concat(held))
      done(code ?? 1)
    })
  })
}

/** Lets others go first; where the system knows no such thing, all are alike. */
function yieldTo(pid) {
  try {
    setPriority(pid, 10)
  } catch {
    // It ended already, or may not be changed.
  }
}

async function plain(name, command, args, beside) {
  const code = await run(command, args, {}, beside)
  record(name, { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 })
}

async function vitest(name, project, env = {}, beside = false) {
  const report = join(scratch, `${name.replace(/\W/g, "-")}.json`)
  const code = await run(
    bin("vitest"),
    ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    env,
    beside,
  )
  record(name, vitestCounts(existsSync(report) ? readFileSync(report, "utf8") : "", code))
}

async function integration(major, beside) {
  const dataDir = join(scratch, `pg${major}`)
  const server = ensureServer({ dataDir, major, fast: true })
  try {
    const env = { ONWARD_TEST_OWNER_URL: server.ownerUrl(), ONWARD_TEST_PG: String(major) }
    await vitest(`integration on PostgreSQL ${major}`, "integration", env, beside)
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

const steps = {
  format: (beside) => plain("format", bin("prettier"), ["--check", "--log-level", "warn", "."], beside),
  types: (beside) => plain("types", bin("tsc"), ["--noEmit"], beside),
  lint: (beside) => plain("lint", bin("oxlint"), ["--deny-warnings"], beside),
  "lint:proof": () => plain("lint:proof", process.execPath, ["scripts/lint-proof.mjs"]),
  unit: () => vitest("unit", "unit"),
  apart: (beside) => vitest("apart", "apart", {}, beside),
  pg18: (beside) => integration(18, beside),
  pg15: (beside) => integration(15, beside),
  browser,
}
/** Runs steps one after another. */
async function oneByOne(names, beside) {
  for (const name of names) await steps[name](beside)
}

/**
 * What runs at once, the last with the screen: what only reads the sources; and the browser, which leaves the better part of
 * a core idle, with the integration tests on the second server and what needs none, one after the other. What plants files runs alone.
 */
const rounds = [["format", "types", "lint", "unit"], ["lint:proof"], ["pg18"], ["pg15 apart", "browser"]]

try {
  for (const round of rounds) {
    const asked = round
      .map((names) => names.split(" ").filter((name) => only.length === 0 || only.includes(name)))
      .filter((names) => names.length > 0)
    const ended = await Promise.allSettled(asked.map((names, i) => oneByOne(names, i < asked.length - 1)))
    for (const one of ended) if (one.status === "rejected") throw one.reason
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
const sum = sumOf(results)
process.stdout.write(`\n${sum.passed} passed, ${sum.failed} failed\n`)
process.exitCode = sum.failed > 0 || results.length === 0 ? 1 : 0
