// What the environment says, held against what is possible. Each wrong value is one sentence; nothing is made before.
import { accessSync, constants, existsSync, mkdtempSync, rmdirSync, statSync } from "node:fs"
import { createServer, isIP } from "node:net"
import { homedir, userInfo } from "node:os"
import { delimiter, dirname, isAbsolute, join, relative, resolve, sep } from "node:path"
import { fileURLToPath } from "node:url"
import { Sentence } from "./postgres.mjs"

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"])

/** Where data lie unless ONWARD_DATA says so: the system's own place, outside the clone. */
export function defaultDataDir(
  platform = process.platform,
  env = process.env,
  root = platform !== "win32" && userInfo().uid === 0,
) {
  if (platform === "darwin") return join(homedir(), "Library", "Application Support", "Onward")
  if (platform === "win32") return join(env.LOCALAPPDATA ?? homedir(), "Onward")
  if (root) return "/var/lib/onward"
  return join(env.XDG_DATA_HOME || join(homedir(), ".local", "share"), "onward")
}

/**
 * The settings of a start. Throws a `Sentence` on the first wrong value. Pure but for looking at the file system.
 */
export function readEnvironment(env = process.env) {
  const port = readPort(env.PORT)
  const host = env.HOST?.trim() || "127.0.0.1"
  if (!/^[A-Za-z0-9.:_-]+$/.test(host))
    throw new Sentence(`HOST is "${host}", which is no address: give one such as 127.0.0.1.`)
  const url = readUrl(env.ONWARD_URL, host, port)
  if (!LOOPBACK.has(host) && url.protocol !== "https:") {
    throw new Sentence(
      `HOST is ${host}, which others can reach, and ONWARD_URL is not https: sign-in over plain http is for this machine alone. Put a proxy with https before it and name its address in ONWARD_URL.`,
    )
  }
  const databaseUrl = readDatabase("DATABASE_URL", env.DATABASE_URL)
  const databaseOwnerUrl = readDatabase("DATABASE_OWNER_URL", env.DATABASE_OWNER_URL)
  if (databaseOwnerUrl && !databaseUrl)
    throw new Sentence(
      "DATABASE_OWNER_URL is set and DATABASE_URL is not: name the address that serves as well, or neither.",
    )
  for (const proxy of (env.ONWARD_PROXY ?? "").split(",").filter((one) => one.trim() !== ""))
    if (isIP(proxy.trim()) === 0)
      throw new Sentence(`ONWARD_PROXY is "${env.ONWARD_PROXY}": give the proxy's IP address (several with commas).`)
  return {
    port,
    host,
    url: url.origin,
    https: url.protocol === "https:",
    databaseUrl,
    databaseOwnerUrl,
    dataDir: readDataDir(env),
    proxy: env.ONWARD_PROXY ?? "",
    mail: readMail(env.SMTP_URL, url.hostname),
    signOn: readSignOn(env),
    scanner: readScanner(env.CLAMD),
    witnessFolders: witnessPaths(env.ONWARD_WITNESS_FOLDERS, readDataDir(env)),
  }
}

/** Folders that checkpoints of the log are laid into, as PATH writes several: whole paths, none within our own data. */
export function witnessPaths(text, dataDir = null) {
  const paths = (text ?? "").split(delimiter).filter((one) => one.trim() !== "")
  for (const path of paths) {
    if (!isAbsolute(path) || path.length > 900)
      throw new Sentence(
        `ONWARD_WITNESS_FOLDERS has ${JSON.stringify(path)}: give whole paths, with "${delimiter}" between.`,
      )
    if (dataDir !== null && `${resolve(path)}${sep}`.startsWith(`${resolve(dataDir)}${sep}`))
      throw new Sentence(
        `ONWARD_WITNESS_FOLDERS has ${path}, which lies in our own data folder: a witness keeps it elsewhere, best on another machine.`,
      )
  }
  if (paths.length > 5) throw new Sentence(`ONWARD_WITNESS_FOLDERS names ${paths.length} folders: five are the most.`)
  return [...new Set(paths.map((path) => resolve(path)))]
}

/** Where a clamd listens, or null: `host:port`, or a Unix socket by its whole path. */
export function readScanner(text) {
  const said = (text ?? "").trim()
  if (said === "") return null
  if (said.startsWith("/") || said.startsWith("unix:/")) return { path: said.replace(/^unix:/, "") }
  const found = /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+):(\d{1,5})$/.exec(said)
  const port = Number(found?.[2] ?? 0)
  if (!found || port < 1 || port > 65535)
    throw new Sentence(
      `CLAMD is ${JSON.stringify(said)}: give where clamd listens, as 127.0.0.1:3310 or as the whole path of its socket.`,
    )
  return { host: found[1].replace(/^\[|\]$/g, ""), port }
}

function readPort(text) {
  if (text === undefined || text === "") return 3000
  if (!/^\d{1,5}$/.test(text) || Number(text) < 1 || Number(text) > 65535)
    throw new Sentence(`PORT is "${text}": give a number from 1 to 65535.`)
  return Number(text)
}

function readUrl(text, host, port) {
  if (!text) return new URL(`http://${host.includes(":") ? `[${host}]` : host}:${port}`)
  let url
  try {
    url = new URL(text)
  } catch {
    throw new Sentence(
      `ONWARD_URL is "${text}": give the whole address that people open, such as https://onward.example.com.`,
    )
  }
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw new Sentence(`ONWARD_URL is "${text}": it begins with https:// (or http:// on this machine alone).`)
  if (url.protocol === "http:" && !LOOPBACK.has(url.hostname.replace(/^\[|\]$/g, "")))
    throw new Sentence(`ONWARD_URL is "${text}": plain http is for this machine alone. Use https.`)
  if (url.pathname !== "/" || url.search || url.hash)
    throw new Sentence(`ONWARD_URL is "${text}": give the address without a path.`)
  return url
}

function readDatabase(name, text) {
  if (!text) return null
  let url
  try {
    url = new URL(text)
  } catch {
    throw new Sentence(`${name} is no address: give one such as postgres://onward_app:secret@db.example.com/onward.`)
  }
  if (url.protocol !== "postgres:" && url.protocol !== "postgresql:")
    throw new Sentence(`${name} begins with ${url.protocol}// and must begin with postgres://.`)
  if (url.pathname.length < 2)
    throw new Sentence(`${name} names no database: add its name after the host, as in postgres://host/onward.`)
  return text
}

const ADDRESS = /^[^\s@<>"(),;:\\]+@[^\s@<>"(),;:\\]+$/

/** The mail server, or null. What is wrong with it is said without its password. */
export function readMail(text, host = "localhost") {
  if (!text) return null
  let url
  try {
    url = new URL(text)
  } catch {
    throw new Sentence(
      "SMTP_URL is no address: give one such as smtps://user:password@mail.example.com?from=onward@example.com.",
    )
  }
  if (url.protocol !== "smtp:" && url.protocol !== "smtps:")
    throw new Sentence(`SMTP_URL begins with ${url.protocol}// and must begin with smtp:// or smtps://.`)
  if (!url.hostname) throw new Sentence("SMTP_URL names no mail server: add its name, as in smtps://mail.example.com.")
  if (!["", "/"].includes(url.pathname) || url.hash)
    throw new Sentence("SMTP_URL has a path: give the mail server's name and port alone.")
  const other = [...url.searchParams.keys()].find((name) => name !== "from")
  if (other)
    throw new Sentence(`SMTP_URL says ${JSON.stringify(other)}: after the ? it takes from=address and nothing else.`)
  const name = url.hostname.replace(/^\[|\]$/g, "")
  const from = url.searchParams.get("from") ?? `onward@${isIP(host.replace(/^\[|\]$/g, "")) ? "localhost" : host}`
  if (!ADDRESS.test(from))
    throw new Sentence(
      `SMTP_URL has from=${JSON.stringify(from)}: give the address that mails come from, such as onward@example.com.`,
    )
  return {
    host: name,
    port: Number(url.port) || (url.protocol === "smtps:" ? 465 : 587),
    secure: url.protocol === "smtps:",
    /** Plain text is for this machine alone: elsewhere the line is made secret before anything is said. */
    loopback: LOOPBACK.has(name),
    user: decoded(url.username),
    password: decoded(url.password),
    from,
  }
}

function decoded(text) {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new Sentence("SMTP_URL has a % in its name or password that stands for no sign: write a % itself as %25.")
  }
}

/**
 * The provider whose people sign on here by OpenID Connect, or null. What is wrong with it is said without its secret.
 * `trustsMail`: the provider vouches for every address it sends, also where it does not say so.
 */
export function readSignOn(env = process.env) {
  const said = (name) => (env[name] ?? "").trim()
  const issuer = said("ONWARD_OIDC_ISSUER")
  const rest = ["ONWARD_OIDC_CLIENT_ID", "ONWARD_OIDC_CLIENT_SECRET", "ONWARD_OIDC_NAME", "ONWARD_OIDC_MAIL"]
  if (issuer === "") {
    const set = rest.find((name) => said(name) !== "")
    if (set) throw new Sentence(`${set} is set and ONWARD_OIDC_ISSUER is not: name the provider's address as well.`)
    return null
  }
  let url
  try {
    url = new URL(issuer)
  } catch {
    throw new Sentence(
      `ONWARD_OIDC_ISSUER is ${JSON.stringify(issuer)}: give the provider's whole address, such as https://login.example.com.`,
    )
  }
  const loopback = LOOPBACK.has(url.hostname.replace(/^\[|\]$/g, ""))
  if (url.protocol !== "https:" && !(url.protocol === "http:" && loopback))
    throw new Sentence(
      "ONWARD_OIDC_ISSUER must begin with https://: plain http is for a provider on this machine alone.",
    )
  if (url.search || url.hash || url.username || url.password)
    throw new Sentence("ONWARD_OIDC_ISSUER holds more than an address: give it without ?, # and password.")
  for (const name of rest.slice(0, 2))
    if (said(name) === "")
      throw new Sentence(`ONWARD_OIDC_ISSUER is set and ${name} is not: the provider gives you both.`)
  const name = said("ONWARD_OIDC_NAME") || url.hostname
  if (name.length > 60) throw new Sentence("ONWARD_OIDC_NAME is longer than 60 letters: it stands on a button.")
  const mail = said("ONWARD_OIDC_MAIL")
  if (!["", "verified", "trusted"].includes(mail))
    throw new Sentence(
      `ONWARD_OIDC_MAIL is ${JSON.stringify(mail)}: say verified (take an address that the provider calls verified) or trusted (take every one).`,
    )
  return {
    issuer,
    clientId: said("ONWARD_OIDC_CLIENT_ID"),
    clientSecret: said("ONWARD_OIDC_CLIENT_SECRET"),
    name,
    trustsMail: mail === "trusted",
    loopback: url.protocol === "http:",
  }
}

/** Most bytes of a path that PostgreSQL keeps its files under, and of one name in it. */
const PATH_BYTES = 700
const NAME_BYTES = 255

/** Whether a database can live under this path. Its own starter hands paths to a shell, which takes these signs for its own. */
function fitsDatabase(dataDir) {
  const bad = /["$`\n\r]/.exec(dataDir) ?? (process.platform === "win32" ? null : /\\/.exec(dataDir))
  if (bad)
    throw new Sentence(
      `ONWARD_DATA is ${JSON.stringify(dataDir)}, and PostgreSQL does not start in a folder with ${JSON.stringify(bad[0])} in its path: give another.`,
    )
  const bytes = Buffer.byteLength(dataDir)
  if (bytes > PATH_BYTES || dataDir.split(sep).some((name) => Buffer.byteLength(name) > NAME_BYTES))
    throw new Sentence(
      `ONWARD_DATA is ${bytes} bytes long, or one of its names is longer than ${NAME_BYTES}: PostgreSQL takes ${PATH_BYTES} at most. Give a shorter path.`,
    )
  const within = relative(ROOT, dataDir)
  const inside = !isAbsolute(within) && within !== ".." && !within.startsWith(`..${sep}`)
  if (inside && within.split(sep)[0] !== ".data")
    throw new Sentence(
      `ONWARD_DATA is ${dataDir}, inside the program's own folder, where a commit or an update would take data and keys along: give a folder outside it, or ${join(ROOT, ".data")}.`,
    )
}

function readDataDir(env) {
  const asked = env.ONWARD_DATA
  if (asked !== undefined && asked !== "" && !isAbsolute(asked))
    throw new Sentence(`ONWARD_DATA is "${asked}": give the folder's whole path.`)
  const dataDir = resolve(asked || defaultDataDir())
  fitsDatabase(dataDir)
  if (existsSync(dataDir) && !statSync(dataDir).isDirectory())
    throw new Sentence(`ONWARD_DATA is ${dataDir}, which is a file: give a folder.`)
  let at = dataDir
  while (!existsSync(at)) at = dirname(at)
  try {
    if (!statSync(at).isDirectory()) throw new Error("file")
    accessSync(at, constants.W_OK | constants.X_OK)
    // Some places say yes and mean no (read-only mounts, /proc): only a try tells.
    rmdirSync(mkdtempSync(join(at, ".onward-")))
  } catch {
    throw new Sentence(`ONWARD_DATA is ${dataDir}, and ${at} may not be written to: give a folder of your own.`)
  }
  return dataDir
}

/** Whether the port is free on the host; throws a `Sentence` where it is not. */
export function portFree(host, port) {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.once("error", (problem) => {
      fail(
        new Sentence(
          problem.code === "EADDRINUSE"
            ? `Port ${port} is in use on ${host}: stop what runs there, or give another in PORT.`
            : `HOST ${host} cannot be listened on (${problem.code}): give an address of this machine.`,
        ),
      )
    })
    probe.listen(port, host, () => probe.close(() => done()))
  })
}
