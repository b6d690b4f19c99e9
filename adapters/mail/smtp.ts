import nodemailer from "nodemailer"

/** Where mails are handed over (scripts/environment.mjs reads it from SMTP_URL). */
export type MailServer = {
  host: string
  port: number
  secure: boolean
  loopback: boolean
  user: string
  password: string
  from: string
}

export type Mail = {
  to: { name: string; address: string }
  subject: string
  text: string
  html: string
  messageId: string
}

/** Whether the server took it; else its reply code, or how the line broke, and whether it was about this mail. */
export type Handed = { sent: true } | { sent: false; code: string; reply: number | null; step: "message" | "line" }

export type Post = { send: (mail: Mail) => Promise<Handed>; close: () => void }

const SECONDS = 1000
// What the server may still say about one mail; before these, every refusal is about the line or about us.
const ABOUT_MAIL = /^(RCPT TO|DATA|API)$/

/**
 * A mail server, one connection for each mail. Off this machine nothing is said before the line is secret, and its
 * certificate has to be good. Headers are the library's to fold and encode; it fetches no file and no address.
 */
export function openPost(server: MailServer): Post {
  const transport = nodemailer.createTransport({
    host: server.host,
    port: server.port,
    secure: server.secure,
    ...(server.secure ? {} : server.loopback ? { ignoreTLS: true } : { requireTLS: true }),
    ...(server.user ? { auth: { user: server.user, pass: server.password } } : {}),
    connectionTimeout: 10 * SECONDS,
    greetingTimeout: 10 * SECONDS,
    socketTimeout: 30 * SECONDS,
    dnsTimeout: 10 * SECONDS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    send: async (mail) => {
      try {
        await transport.sendMail({
          from: { name: "Onward", address: server.from },
          to: mail.to,
          envelope: { from: server.from, to: [mail.to.address] },
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          messageId: mail.messageId,
          headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
        })
        return { sent: true }
      } catch (problem) {
        return notSent(problem)
      }
    },
    close: () => transport.close(),
  }
}

function notSent(problem: unknown): Handed {
  const { responseCode, code, command } = problem as { responseCode?: number; code?: string; command?: string }
  const reply = typeof responseCode === "number" ? responseCode : null
  const step = reply !== null && ABOUT_MAIL.test(command ?? "") ? "message" : "line"
  return { sent: false, reply, step, code: reply === null ? (code ?? "ELINE").slice(0, 20) : String(reply) }
}
