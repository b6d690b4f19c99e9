// `npm start`: makes what is missing, starts the database, migrates, and keeps the web server and the worker running.
import { spawn, spawnSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { portFree, readEnvironment } from "./environment.mjs"
import { heapOf } from "./limits.mjs"
import { checkDatabase } from "./database.mjs"
import { fileKeys } from "./file-keys.mjs"
import { logKey } from "./log-key.mjs"
import { Sentence, ensureServer, serverRuns, stopServer, useServer } from "./postgres.mjs"

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const dev = process.argv.includes("--dev")
const sample = process.argv.includes("--sample")
/** With this a child says that the register is not fit to be served (app/boot.ts). */
const NOT_FIT = 78

/** The secret under keys/, made once and readable by its owner alone. */
function secret(folder, name, make) {
  const path = join(folder, name)
  if (!existsSync(path)) writeFileSync(path, make(), { mode: 0o600, flag: "wx" })
  return readFileSync(path, "utf8")
}

function keys(dataDir) {
  const folder = join(dataDir, "keys")
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  // Made by starts of early landings and never used: a key that signs nothing is one to be taken for the one that does.
  rmSync(join(folder, "log-signing.pem"), { force: true })
  return secret(folder, "session.secret", () => randomBytes(32).toString("base64url"))
}

function command(args, env) {
  const done = spawnSync(process.execPath, [join(ROOT, "dist", "onward.mjs"), ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    encoding: "utf8",
  })
  if (done.status !== 0) throw new Sentence((done.stderr || `onward ${args[0]} ended with ${done.status}`).trim())
  return done.stdout.trim()
}

async function main() {
  const settings = readEnvironment()
  await portFree(settings.host, settings.port)
  const migrates = settings.databaseUrl ? await checkDatabase(settings) : true
  const server = ensureServer({ dataDir: settings.dataDir })
  const leave = useServer(settings.dataDir)
  const files = join(settings.dataDir, "files")
  mkdirSync(files, { recursive: true, mode: 0o700 })
  const env = {
    NEXT_TELEMETRY_DISABLED: "1",
    ONWARD_DATA: settings.dataDir,
    ONWARD_FILES: files,
    ONWARD_HTTPS: settings.https ? "1" : "",
    ONWARD_PROXY: settings.proxy,
    ONWARD_HOST: settings.host,
    ONWARD_PORT: String(settings.port),
    ONWARD_APP_URL: settings.databaseUrl ?? server.appUrl("onward"),
    ONWARD_OWNER_URL: settings.databaseOwnerUrl ?? settings.databaseUrl ?? server.ownerUrl("onward"),
    ONWARD_SAMPLE_APP_URL: server.appUrl("onward_sample"),
    ONWARD_SAMPLE_OWNER_URL: server.ownerUrl("onward_sample"),
    ONWARD_EMBEDDED_OWNER_URL: server.ownerUrl("postgres"),
    ONWARD_EXTERNAL: settings.databaseUrl ? "1" : "",
    ONWARD_OPEN_SAMPLE: sample ? "1" : "",
    // What the provider's settings say once they are held against what is possible.
    ONWARD_SIGN_ON: settings.signOn ? JSON.stringify(settings.signOn) : "",
    // The virus scanner, held against what is possible like the provider.
    ONWARD_CLAMD: settings.scanner ? JSON.stringify(settings.scanner) : "",
    ...fileKeys(settings.dataDir),
    ...logKey(settings.dataDir),
    NEXTAUTH_URL: settings.url,
    NEXTAUTH_SECRET: keys(settings.dataDir),
  }
  const end = (code) => {
    if (leave()) stopServer({ dataDir: settings.dataDir })
    process.exit(code)
  }
  try {
    command(migrates ? ["migrate"] : ["migrate", "--sample"], env)
    command(["ready"], env)
    if (sample) command(["sample"], env)
    const link = command(["setup-link"], env)
    keepRunning(settings, env, end)
    keepServer(settings.dataDir, server.cluster)
    await answering(settings)
    print(settings, link)
  } catch (problem) {
    process.stderr.write(`${problem instanceof Sentence ? problem.message : problem.stack}\n`)
    end(1)
  }
}

/** A database that was killed is started again; what was acknowledged is in it. What stands in its way is said once. */
function keepServer(dataDir, cluster) {
  let said = ""
  const tell = (sentence) => {
    if (sentence !== said) process.stderr.write(`${sentence}\n`)
    said = sentence
  }
  setInterval(() => {
    if (serverRuns(cluster)) {
      said = ""
      return
    }
    if (said === "") tell("The database ended by itself; it starts again.")
    try {
      ensureServer({ dataDir })
    } catch (problem) {
      tell(problem.message)
    }
  }, 2000).unref()
}

function print(settings, link) {
  const lines = [`Onward is running at ${settings.url}`, `Data lie in ${settings.dataDir}`]
  if (link)
    lines.push(
      `No account exists yet. Make the first administrator here (valid once, for one day):`,
      `${settings.url}${link}`,
    )
  if (sample) lines.push(`Look around in the sample company: ${settings.url}/sample`)
  process.stdout.write(`${lines.join("\n")}\n`)
}

/** Waits until the server answers, at most a minute. */
async function answering(settings) {
  const until = Date.now() + 60_000
  const host = settings.host.includes(":") ? `[${settings.host}]` : settings.host
  while (Date.now() < until) {
    const ready = await fetch(`http://${host}:${settings.port}/healthz`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (ready) return
    await new Promise((done) => setTimeout(done, 100))
  }
  process.stderr.write("The pages did not answer within a minute; what the server said stands above.\n")
}

/** Keeps two children: the pages, and the worker. A fallen one is started again after a while that grows. */
function keepRunning(settings, env, end) {
  const web = [join(ROOT, "scripts", "web.mjs"), ...(dev ? ["--dev"] : [])]
  const worker = [join(ROOT, "dist", "onward.mjs"), "worker"]
  let ending = false
  let exitCode = 0
  const children = new Map()
  const launch = (name, args, wait) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: { ...process.env, ...env, NODE_ENV: dev ? "development" : "production" },
      // The last is a line to us: a child whose line is cut (we were killed) ends, and its port is free.
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    })
    children.set(name, child)
    const began = Date.now()
    child.once("exit", (code) => {
      children.delete(name)
      if (ending) {
        if (children.size === 0) end(exitCode)
        return
      }
      // The register no longer defends itself: that is nothing which starting again would mend.
      if (code === NOT_FIT) {
        exitCode = 1
        stop()
        return
      }
      const pause = Date.now() - began > 60_000 ? 500 : Math.min(wait * 2, 30_000)
      process.stderr.write(`The ${name} ended (${code}); it starts again in ${pause} ms.\n`)
      setTimeout(() => ending || launch(name, args, pause), pause)
    })
  }
  const heap = (name) => (dev ? [] : heapOf(process.env.NODE_OPTIONS, name))
  launch("web server", [...heap("web server"), ...web], 250)
  launch("worker", [...heap("worker"), ...worker], 250)
  const stop = () => {
    if (ending) return
    ending = true
    for (const child of children.values()) child.kill("SIGTERM")
    setTimeout(() => {
      for (const child of children.values()) child.kill("SIGKILL")
    }, 10_000).unref()
    if (children.size === 0) end(exitCode)
  }
  process.on("SIGINT", stop)
  process.on("SIGTERM", stop)
}

main().catch((problem) => {
  process.stderr.write(`${problem instanceof Sentence ? problem.message : problem.stack}\n`)
  process.exit(1)
})
