import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import type { IncomingHttpHeaders } from "node:http"
import { createServer } from "node:https"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"

export type Called = { method: string; url: string; headers: IncomingHttpHeaders; body: string }

/** A real https server in this process, with a certificate of its own for `hooks.example`; a path may ask for how it answers. */
export async function aWebServer() {
  const host = "hooks.example"
  const folder = mkdtempSync(join(tmpdir(), "onward-web-"))
  const [keyAt, certAt] = [join(folder, "key.pem"), join(folder, "cert.pem")]
  execFileSync(
    "openssl",
    [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "3650"],
      ...["-subj", `/CN=${host}`, "-addext", `subjectAltName=DNS:${host}`, "-keyout", keyAt, "-out", certAt],
    ],
    { stdio: "ignore" },
  )
  const [key, ca] = [readFileSync(keyAt, "utf8"), readFileSync(certAt, "utf8")]
  rmSync(folder, { recursive: true })
  const got: Called[] = []
  let status = 200
  let says: (call: Called) => string | { status: number; words: string } = () => ""
  const server = createServer({ key, cert: ca }, (request, answer) => {
    const parts: Buffer[] = []
    request.on("data", (part: Buffer) => parts.push(part))
    request.on("end", () => {
      const url = request.url ?? ""
      const body = Buffer.concat(parts).toString()
      const call = { method: request.method ?? "", url, headers: request.headers, body }
      got.push(call)
      if (url === "/late") return
      if (url === "/trickle") {
        const drip = setInterval(() => answer.write("x"), 20)
        answer.on("close", () => clearInterval(drip))
        return
      }
      if (url === "/redirect") answer.setHeader("location", `https://${host}/elsewhere`)
      const asked = /^\/status\/(\d+)$/.exec(url)?.[1]
      answer.statusCode = url === "/redirect" ? 302 : asked ? Number(asked) : status
      const said = says(call)
      if (typeof said !== "string") answer.statusCode = said.status
      answer.end(url === "/long" ? Buffer.alloc(1024 * 1024) : typeof said === "string" ? said : said.words)
    })
  })
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  return {
    ...{ host, ca, got, port: (server.address() as AddressInfo).port },
    /** How it answers from now on, and with what. */
    answers: (next: number, words: typeof says = () => "") => {
      status = next
      says = words
    },
    stop: () => {
      server.closeAllConnections()
      return new Promise<void>((done) => server.close(() => done()))
    },
  }
}
