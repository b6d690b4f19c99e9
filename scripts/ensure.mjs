// Does what is missing before a script runs: packages, builds, browser. Node's own modules only.
import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { chromiumPath } from "./chromium.mjs"
import { sameChunks } from "./same-chunks.mjs"

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const SOURCES = ["app", "components", "domain", "usecases", "db", "formats", "adapters", "cli", "verifier", "public"]
const FILES = ["package-lock.json", "next.config.js", "tsconfig.json", "proxy.ts", "instrumentation.ts"]

function say(words) {
  process.stderr.write(`${words}\n`)
}

function run(command, args, env = {}) {
  const done = spawnSync(command, args, {
    cwd: ROOT,
    stdio: ["ignore", 2, 2],
    env: { ...process.env, ...env },
    shell: process.platform === "win32",
  })
  return done.status ?? 1
}

/** Installs what the lock names, unless what is there was installed from it. */
function packages() {
  const lock = createHash("sha256")
    .update(readFileSync(join(ROOT, "package-lock.json")))
    .digest("hex")
  const note = join(ROOT, "node_modules", ".onward-lock")
  if (existsSync(note) && readFileSync(note, "utf8") === lock) return
  say("Installing packages …")
  if (run("npm", ["ci", "--no-audit", "--no-fund"]) !== 0) {
    say("The packages could not be installed; what npm said stands above. Nothing else was changed.")
    process.exit(1)
  }
  writeFileSync(note, lock)
}

/** A hash over the content of all sources, so that a build is made when they differ and only then. */
function sourceHash() {
  const hash = createHash("sha256")
  const walk = (path) => {
    // What is copied from packages is made from the lock, which is counted.
    if (!existsSync(path) || path === join(ROOT, "public", "pdf")) return
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) walk(join(path, name))
      return
    }
    if (/\.test\.tsx?$/.test(path)) return
    hash.update(path.slice(ROOT.length)).update("\0").update(readFileSync(path)).update("\0")
  }
  for (const name of [...SOURCES, ...FILES, "scripts/verify-page.mjs", "scripts/same-chunks.mjs"])
    walk(join(ROOT, name))
  return hash.digest("hex")
}

function build(what) {
  const now = sourceHash()
  const dist = process.env.ONWARD_DIST ?? ".next"
  const notes = { next: join(ROOT, dist, ".onward-source"), bundle: join(ROOT, "dist", ".onward-source") }
  const fresh = (note) => existsSync(note) && readFileSync(note, "utf8") === now
  if (!fresh(notes.bundle)) {
    if (run(process.execPath, ["scripts/bundle.mjs"]) !== 0) process.exit(1)
    mkdirSync(dirname(notes.bundle), { recursive: true })
    writeFileSync(notes.bundle, now)
  }
  if (what.includes("next") && !fresh(notes.next)) {
    say("Building the pages …")
    if (
      run(process.execPath, [join("node_modules", "next", "dist", "bin", "next"), "build"], {
        NEXT_TELEMETRY_DISABLED: "1",
        NODE_ENV: "production",
      }) !== 0
    )
      process.exit(1)
    sameChunks(join(ROOT, dist))
    writeFileSync(notes.next, now)
  }
}

/** A Chromium for the browser tests: named, the system's, Debian's package, and last Playwright's own download. */
function browser() {
  const path = chromiumPath()
  if (path && existsSync(path)) return
  if (process.platform === "linux" && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    say("Installing Chromium …")
    const env = { DEBIAN_FRONTEND: "noninteractive" }
    run("apt-get", ["update", "-qq"], env)
    for (const chromium of ["chromium-headless-shell", "chromium"]) {
      const wanted = [chromium, "fonts-dejavu-core", "fonts-noto-cjk"]
      run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...wanted], env)
      if (chromiumPath({})) return
    }
  }
  run("npx", ["playwright", "install", "chromium"])
}

/** Outside tools whose signatures are held against ours; where they cannot be installed, the tests say that they are missing. */
function signatureTools() {
  const wanted = { pdfsig: "poppler-utils", qpdf: "qpdf", certutil: "libnss3-tools", openssl: "openssl" }
  const has = (name) => (process.env.PATH ?? "").split(":").some((folder) => existsSync(join(folder, name)))
  const missing = Object.keys(wanted).filter((name) => !has(name))
  if (missing.length === 0 || process.platform !== "linux") return
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return
  say(`Installing ${missing.join(", ")} …`)
  const env = { DEBIAN_FRONTEND: "noninteractive" }
  run("apt-get", ["update", "-qq"], env)
  run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...missing.map((name) => wanted[name])], env)
}

const purpose = process.argv[2] ?? "start"
packages()
if (purpose === "start") build(["bundle", "next"])
if (purpose === "dev" || purpose === "cli") build(["bundle"])
if (purpose === "test") {
  build(["bundle", "next"])
  browser()
  signatureTools()
}
