import { createHmac } from "node:crypto"
import { lookup } from "node:dns/promises"
import { request, type RequestOptions } from "node:https"
import { isGlobalUnicast, webhookOf } from "@/domain/outbound/address"

/** What became of it. `answer`: what was said, where anything was. `code`: what to tell; `forGood`: trying it again changes nothing. */
export type PostedOut =
  { sent: true; answer?: string } | { sent: false; code: string; forGood: boolean; answer?: string }

/** The one way by which something is sent to an address of the web that a person typed. */
export type Outbound = {
  /** Sends JSON, or what `type` says, signed with the secret (`Onward-Signature: t=SECONDS,v1=HMAC-SHA-256 of "SECONDS.BODY"`). */
  send: (to: string, body: string, secret: string, seconds: number, type?: string) => Promise<PostedOut>
}

type Settings = {
  /** Gives the addresses of a host. */
  resolve?: (host: string) => Promise<string[]>
  millis?: number
  /** For tests alone, and no setting leads to it: this machine and that port instead of 443, with a certificate of its own. */
  loopback?: { port: number; ca: string }
}

const MOST_BYTES = 64 * 1024
const MILLIS = 10_000

/**
 * Sends outside and nowhere else. The host is resolved once; where any of its addresses is not the internet's nothing is sent, and
 * the connection goes to the very address that was looked at, so that a name which answers otherwise the second time gains nothing.
 * The host's name counts for TLS. No redirect is followed; ten seconds and 64 KiB of answer are the most.
 */
export function openOutbound({ resolve = resolved, millis = MILLIS, loopback }: Settings = {}): Outbound {
  return {
    send: async (to, body, secret, seconds, type = "application/json") => {
      const at = webhookOf(to)
      if (!at) return { sent: false, code: "address", forGood: true }
      const url = new URL(at)
      const until = AbortSignal.timeout(millis)
      const addresses = await Promise.race([
        resolve(url.hostname).catch(() => null),
        new Promise<null>((done) => until.addEventListener("abort", () => done(null), { once: true })),
      ])
      const [address] = addresses ?? []
      if (!addresses || !address) return { sent: false, code: "not-resolved", forGood: false }
      // One bad address among good ones is enough: whoever answers so has something in mind.
      if (!addresses.every((one) => isGlobalUnicast(one) || (loopback && one === "127.0.0.1")))
        return { sent: false, code: "not-outside", forGood: false }
      return posted(
        {
          ...{ host: address, port: loopback?.port ?? 443, servername: url.hostname, method: "POST", agent: false },
          ...{ path: `${url.pathname}${url.search}`, signal: until, autoSelectFamily: false, maxHeaderSize: 16_384 },
          ...(loopback ? { ca: loopback.ca } : {}),
          headers: {
            host: url.hostname,
            "content-type": type,
            "content-length": Buffer.byteLength(body),
            "user-agent": "Onward",
            "onward-signature": `t=${seconds},v1=${signatureOf(secret, seconds, body)}`,
          },
        },
        body,
      )
    },
  }
}

/** The signature that the receiver makes as well and compares. */
export function signatureOf(secret: string, seconds: number, body: string): string {
  return createHmac("sha256", secret).update(`${seconds}.${body}`, "utf8").digest("hex")
}

async function resolved(host: string): Promise<string[]> {
  return (await lookup(host, { all: true, verbatim: true })).map((one) => one.address)
}

function posted(options: RequestOptions, body: string): Promise<PostedOut> {
  return new Promise((done) => {
    const call = request(options, (answer) => {
      const status = answer.statusCode ?? 0
      let bytes = 0
      const parts: Buffer[] = []
      answer.on("data", (part: Buffer) => {
        parts.push(part)
        bytes += part.length
        if (bytes > MOST_BYTES) call.destroy(Object.assign(new Error("too long"), { code: "too-long" }))
      })
      answer.on("end", () => {
        const said = bytes > 0 ? { answer: Buffer.concat(parts).toString("utf8") } : {}
        done(
          status >= 200 && status < 300
            ? { sent: true, ...said }
            : // Gone says of itself that it is for good; a redirect leads where nobody looked.
              { sent: false, code: String(status), forGood: status === 410, ...said },
        )
      })
      answer.on("error", failed)
    })
    function failed(problem: Error & { code?: string }): void {
      const late = problem.name === "AbortError" || problem.code === "ABORT_ERR" || problem.name === "TimeoutError"
      done({ sent: false, code: late ? "late" : (problem.code ?? "failed").slice(0, 60), forGood: false })
    }
    call.on("error", failed)
    call.end(body)
  })
}
