// The web server: Next behind a plain Node server that knows who calls, and cuts slow or oversized heads.
import { AsyncLocalStorage } from "node:async_hooks"
import { createServer } from "node:http"
import next from "next"
import { bound, limits } from "./limits.mjs"
import { readManifestsPlainly } from "./manifests.mjs"

const dev = process.argv.includes("--dev")
const host = process.env.ONWARD_HOST ?? "127.0.0.1"
const port = Number(process.env.ONWARD_PORT ?? "3000")
const proxies = new Set(
  (process.env.ONWARD_PROXY ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean),
)
const FORWARDED = [
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-forwarded-port",
  "forwarded",
  "x-real-ip",
  "x-onward-caller",
  "x-middleware-subrequest",
]

if (!dev) readManifestsPlainly()
const app = next({ dev, hostname: host, port, dir: process.cwd() })
await app.prepare()
const handle = app.getRequestHandler()

/** The caller's address: of the connection, or what the named proxy says. Headers of anybody else are dropped. */
function callerOf(request) {
  const direct = (request.socket.remoteAddress ?? "").replace(/^::ffff:/, "")
  const said = request.headers["x-forwarded-for"]
  const trusted = proxies.has(direct)
  for (const name of FORWARDED) delete request.headers[name]
  if (!trusted || typeof said !== "string") return direct
  return said.split(",").pop().trim()
}

/** What every answer carries, also those that no page of ours makes; pages and downloads put their own policy in place. */
const ALWAYS = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  ...(process.env.ONWARD_HTTPS === "1" ? { "strict-transport-security": "max-age=31536000; includeSubDomains" } : {}),
}

/** Whether the address can be read at all: half an escape makes no path. */
function readable(address) {
  try {
    return !decodeURIComponent((address ?? "").split("?")[0]).includes("\0")
  } catch {
    return false
  }
}

/** The answer being given, so that a page which stands for what is missing or broke can name its status. */
const answers = new AsyncLocalStorage()
globalThis[Symbol.for("onward.answers")] = answers

/** Answers by Next, with the status that the page named, if it did. Within the app pages change without a status. */
function answer(request, response) {
  const [path, ...search] = (request.url ?? "").split("?")
  const now = { status: 0, method: request.method, path, search: search.join("?") }
  const head = response.writeHead
  const whole = request.headers.rsc === undefined
  response.writeHead = function (status, ...rest) {
    return head.call(this, whole && status === 200 && now.status ? now.status : status, ...rest)
  }
  answers.run(now, () => handle(request, response))
}

const server = createServer(limits(), (request, response) => {
  for (const [name, value] of Object.entries(ALWAYS)) response.setHeader(name, value)
  if (!readable(request.url)) {
    response.writeHead(400, { "content-type": "application/problem+json", "cache-control": "no-store" })
    response.end(
      JSON.stringify({ type: "/problems/invalid.address", title: "This address cannot be read.", status: 400 }),
    )
    return
  }
  request.headers["x-onward-caller"] = callerOf(request)
  answer(request, response)
})
bound(server)
server.listen(port, host)

function stop() {
  server.close(() => process.exit(0))
  server.closeIdleConnections()
  setTimeout(() => process.exit(0), 5000).unref()
}
process.once("disconnect", stop)
// Cut while we were getting ready: nobody is there whom we serve for.
if (process.connected === false) stop()
process.on("SIGTERM", stop)
process.on("SIGINT", stop)
