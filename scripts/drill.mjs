// `npm run drill -- workflow [--series 5000] [--seed N] [--major 18|15]`: what `npm test` runs in a short form, at length, on
// a server of its own. The seed is printed, and the same seed tries the same series again.
import { spawn } from "node:child_process"
import { chmodSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { ensureServer, stopServer } from "./postgres.mjs"

// `npm run drill -- firefox PACKAGE`: see firefox.mjs.
if (process.argv[2] === "firefox") process.exit(await (await import("./firefox.mjs")).drillFirefox(process.argv[3]))

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const DRILLS = { workflow: "usecases/requests/workflow.test.ts" }

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    series: { type: "string", default: "5000" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 31)) },
    major: { type: "string", default: "18" },
  },
})
const file = Object.hasOwn(DRILLS, positionals[0] ?? "") ? DRILLS[positionals[0]] : null
if (
  !file ||
  positionals.length > 1 ||
  !/^[1-9]\d{0,5}$/.test(values.series) ||
  !/^\d{1,10}$/.test(values.seed) ||
  !["18", "15"].includes(values.major)
) {
  process.stderr.write(
    `Say which drill (${Object.keys(DRILLS).join(", ")}), --series with a number up to 999999, --seed with a number, --major 18 or 15.\n`,
  )
  process.exit(1)
}

const scratch = mkdtempSync(join(tmpdir(), "onward-drill-"))
chmodSync(scratch, 0o711)
const on = { dataDir: join(scratch, "postgres"), major: Number(values.major) }
const clean = () => {
  stopServer(on)
  rmSync(scratch, { recursive: true, force: true })
}
const server = ensureServer({ ...on, fast: true })
process.stderr.write(`${positionals[0]}: ${values.series} series, seed ${values.seed}, PostgreSQL ${values.major}\n`)
const child = spawn(join(ROOT, "node_modules", ".bin", "vitest"), ["run", "--project", "integration", file], {
  cwd: ROOT,
  stdio: ["ignore", "inherit", "inherit"],
  env: {
    ...process.env,
    ONWARD_TEST_OWNER_URL: server.ownerUrl(),
    ONWARD_TEST_PG: values.major,
    ONWARD_DRILL_SERIES: values.series,
    ONWARD_DRILL_SEED: values.seed,
  },
})
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => child.kill("SIGTERM"))
child.once("exit", (code) => {
  clean()
  process.exitCode = code ?? 1
})
