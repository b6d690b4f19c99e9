import type { AddressInfo } from "node:net"
import { SMTPServer } from "smtp-server"

export type Received = {
  from: string
  to: string[]
  headers: Record<string, string>
  raw: string
  text: string
  html: string
}

/** What the server answers to the recipient of the n-th mail (from 0); null: it takes it. */
export type Answers = (n: number, to: string) => { code: number; says: string } | null

export type MailServerInTest = {
  port: number
  got: Received[]
  /** How many mails were brought to the door, taken or not. */
  tries: () => number
  answers: (how: Answers) => void
  stop: () => Promise<void>
}

/** A real SMTP server in this process, on a port of its own; `kept` is told of all it got whenever that is more. */
export async function aMailServer(
  kept: (all: readonly Received[]) => void = () => undefined,
): Promise<MailServerInTest> {
  const got: Received[] = []
  let how: Answers = () => null
  let n = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo: (address, _session, done) => {
      const answer = how(n, address.address)
      n += 1
      done(answer ? Object.assign(new Error(answer.says), { responseCode: answer.code }) : null)
    },
    onData: (stream, session, done) => {
      const parts: Buffer[] = []
      stream.on("data", (part: Buffer) => parts.push(part))
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope
        got.push({
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map((one) => one.address),
          ...readMail(Buffer.concat(parts).toString("utf8")),
        })
        kept(got)
        done()
      })
    },
  })
  server.on("error", () => undefined)
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  return {
    port: (server.server.address() as AddressInfo).port,
    got,
    tries: () => n,
    answers: (next) => {
      how = next
    },
    stop: () => new Promise((stopped) => server.close(() => stopped())),
  }
}

/** Headers unfolded, and both bodies decoded; as much of MIME as our own mails use. */
function readMail(raw: string): Pick<Received, "headers" | "raw" | "text" | "html"> {
  const [head = "", ...rest] = raw.split("\r\n\r\n")
  const headers: Record<string, string> = Object.fromEntries(
    head
      .replace(/\r\n[ \t]+/g, " ")
      .split("\r\n")
      .map(
        (line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()] as const,
      ),
  )
  const boundary = /boundary="([^"]+)"/.exec(headers["content-type"] ?? "")?.[1] ?? "\0"
  const parts = rest.join("\r\n\r\n").split(`--${boundary}`)
  const part = (type: string): string => {
    const found = parts.find((one) => one.includes(`Content-Type: ${type}`)) ?? ""
    const body = found.slice(found.indexOf("\r\n\r\n") + 4)
    if (/transfer-encoding: base64/i.test(found)) return Buffer.from(body, "base64").toString("utf8")
    if (!/transfer-encoding: quoted-printable/i.test(found)) return body
    const bytes = body.replace(/=\r\n/g, "").replace(/=([0-9A-F]{2})/g, (_all, hex: string) => `%${hex}`)
    return decodeURIComponent(bytes.replace(/%(?![0-9A-F]{2})/g, "%25"))
  }
  return { headers, raw, text: part("text/plain"), html: part("text/html") }
}
