// `npm run realdata -- FOLDER`: tries the real lists, which may not be shipped, by the command line's dry run.
import { spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, chmodSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"

const [folder] = process.argv.slice(2)
if (!folder || !existsSync(folder)) {
  process.stderr.write("Name the folder of the real lists: npm run realdata -- FOLDER\n")
  process.exit(1)
}
const EXPECTED = {
  "iab-gvl-v3-45.json": { rows: 833, valid: 833, invalid: 0 },
  "datenanfragen-companies.ndjson": { rows: 3069 },
  "datenanfragen-supervisory-authorities.ndjson": { rows: 57 },
  "subprocessors-tech-companies.csv": { rows: 771 },
}
const data = mkdtempSync(join(tmpdir(), "onward-realdata-"))
chmodSync(data, 0o711)
const env = { ...process.env, ONWARD_DATA: data, DATABASE_URL: "" }
const onward = (args) =>
  spawnSync(process.execPath, ["dist/onward.mjs", ...args], { env, encoding: "utf8", maxBuffer: 1e9 })
let wrong = 0
try {
  const migrated = onward(["migrate"])
  if (migrated.status !== 0) throw new Error(migrated.stderr)
  for (const [name, expected] of Object.entries(EXPECTED)) {
    const file = resolve(folder, name)
    if (!existsSync(file)) continue
    const tried = onward(["import", file, "--dry-run", "--json"])
    const out = tried.status === 0 ? JSON.parse(tried.stdout) : { error: tried.stderr.trim() }
    const good = Object.entries(expected).every(([key, value]) => out[key] === value)
    if (!good) wrong += 1
    const counts = out.error ?? `${out.rows} rows, ${out.valid} can be taken, ${out.invalid} to mend`
    process.stdout.write(`${good ? "as expected" : "NOT AS EXPECTED"}  ${name}: ${counts}\n`)
  }
} finally {
  rmSync(data, { recursive: true, force: true })
}
process.exitCode = wrong ? 1 : 0
