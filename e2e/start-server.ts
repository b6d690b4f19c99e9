import { spawn } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { aProvider, CLIENT } from "../testing/sign-on-provider"
import { aMailServer, type Received } from "../testing/mail-server"

/** Where the server under test keeps its data, and where its set-up link is written for the stories. */
export const dataDir = (): string => process.env.ONWARD_E2E_DATA ?? ""
export const port = (): string => process.env.ONWARD_E2E_PORT ?? "3217"

/**
 * Starts the production build on an empty data folder by `npm start`'s own script, as a person would, with the sample
 * company told beside the empty register: no story waits for its two years.
 */
export default async function startServer(): Promise<() => Promise<void>> {
  rmSync(dataDir(), { recursive: true, force: true })
  mkdirSync(dataDir(), { recursive: true })
  const mail = await aMailServer((all) => writeFileSync(join(dataDir(), "mails.json"), JSON.stringify(all)))
  const there = await aProvider(
    {
      mia: { name: "Mia Market", email: "mia@lumen.example", email_verified: true },
      dora: { name: "Dora Data", email: "dora@elsewhere.example", email_verified: true },
    },
    `http://127.0.0.1:${port()}/api/sign-on/callback`,
  )
  const child = spawn(process.execPath, ["scripts/start.mjs", "--sample"], {
    env: {
      ...process.env,
      ...{ ONWARD_DATA: dataDir(), PORT: port(), HOST: "127.0.0.1", ONWARD_URL: "", DATABASE_URL: "" },
      ...{ ONWARD_OIDC_ISSUER: there.issuer, ONWARD_OIDC_NAME: "Lumen ID" },
      ...{ ONWARD_OIDC_CLIENT_ID: CLIENT.id, ONWARD_OIDC_CLIENT_SECRET: CLIENT.secret },
      SMTP_URL: `smtp://127.0.0.1:${mail.port}?from=onward@lumen.example`,
    },
    stdio: ["ignore", "pipe", "inherit"],
  })
  const said = await new Promise<string>((done, fail) => {
    let text = ""
    const timer = setTimeout(
      () => fail(new Error(`the server did not start within five minutes; it said: ${text}`)),
      300_000,
    )
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString()
      if (/set-up\//.test(text)) {
        clearTimeout(timer)
        done(text)
      }
    })
    child.once("exit", (code) => fail(new Error(`the server ended with ${code}; it said: ${text}`)))
  })
  writeFileSync(join(dataDir(), "set-up-link"), /(\/set-up\/\S+)/.exec(said)?.[1] ?? "")
  return async () => {
    await new Promise<void>((done) => {
      child.once("exit", () => done())
      child.kill("SIGTERM")
      setTimeout(() => child.kill("SIGKILL"), 15_000).unref()
    })
    await mail.stop()
    await there.stop()
  }
}

/** The one-time set-up link that the server printed. */
export function setUpLink(): string {
  return readFileSync(join(dataDir(), "set-up-link"), "utf8")
}

/** Every mail that the server under test has handed over so far. */
export function mailsGot(): Received[] {
  const file = join(dataDir(), "mails.json")
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Received[]) : []
}
