// A linter that sees no files is green too. Each arrow that is forbidden is planted once, and must be refused.
import { spawnSync } from "node:child_process"
import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const TARGETS = {
  domain: "@/domain/core/day",
  formats: "@/formats/sniff",
  db: "@/db/connect",
  adapters: "@/adapters/files/folder",
  usecases: "@/usecases/scene",
  components: "@/components/words/catalogue",
  app: "@/app/page-frame",
  cli: "@/cli/say",
  verifier: "@/verifier/core/verify",
}
const FORBIDDEN = {
  domain: ["formats", "db", "adapters", "usecases", "components", "app", "cli", "verifier"],
  formats: ["db", "adapters", "usecases", "components", "app", "cli", "verifier"],
  db: ["formats", "adapters", "usecases", "components", "app", "cli", "verifier"],
  adapters: ["formats", "db", "usecases", "components", "app", "cli", "verifier"],
  usecases: ["components", "app", "cli", "verifier"],
  components: ["formats", "db", "adapters", "usecases", "app", "cli", "verifier"],
  app: ["formats", "db", "adapters", "cli", "verifier"],
  cli: ["formats", "db", "adapters", "app"],
  verifier: ["domain", "formats", "db", "adapters", "usecases", "components", "app", "cli"],
}

const cases = Object.entries(FORBIDDEN).flatMap(([from, list]) =>
  list.map((to) => ({
    name: `${from} -> ${to}`,
    path: join(from, "lint-proof", `${to}.ts`),
    text: `import * as planted from "${TARGETS[to]}"\n\nexport const kept = planted\n`,
  })),
)
const more = [
  {
    name: "domain -> a package",
    path: "domain/lint-proof/package.ts",
    text: 'import pg from "pg"\n\nexport const kept = pg\n',
  },
  { name: "domain -> Date", path: "domain/lint-proof/date.ts", text: "export const now = new Date()\n" },
  { name: "domain -> process", path: "domain/lint-proof/process.ts", text: "export const env = process.env\n" },
  { name: "an unknown folder", path: "lint-proof-elsewhere/file.ts", text: "export const kept = 1\n" },
  {
    name: "a path upwards",
    path: "usecases/lint-proof/up.ts",
    text: 'import * as planted from "../scene"\n\nexport const kept = planted\n',
  },
  {
    name: "any",
    path: "usecases/lint-proof/any.ts",
    text: "export const kept = (value: any): string => String(value)\n",
  },
  {
    name: "a file of 500 lines",
    path: "usecases/lint-proof/long.ts",
    text: `${Array.from({ length: 500 }, (_none, i) => `export const kept${i} = ${i}`).join("\n")}\n`,
  },
]

const all = [...cases, ...more]
let missed = []
try {
  for (const one of all) {
    mkdirSync(dirname(join(ROOT, one.path)), { recursive: true })
    writeFileSync(join(ROOT, one.path), one.text)
  }
  const run = spawnSync(
    join(ROOT, "node_modules", ".bin", "oxlint"),
    ["--format=unix", ...new Set(all.map((one) => dirname(one.path)))],
    { cwd: ROOT, encoding: "utf8" },
  )
  missed = all.filter((one) => !run.stdout.split("\n").some((line) => line.startsWith(`${one.path}:`)))
} finally {
  for (const one of all) rmSync(join(ROOT, dirname(one.path)), { recursive: true, force: true })
}
process.stdout.write(
  missed.length
    ? `The linter let through: ${missed.map((one) => one.name).join("; ")}\n`
    : `All ${all.length} forbidden things were refused.\n`,
)
process.exitCode = missed.length ? 1 : 0
