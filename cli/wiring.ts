import { existsSync } from "node:fs"
import { folderStore } from "@/adapters/files/folder"
import { databaseStore } from "@/adapters/files/database"
import { openPost } from "@/adapters/mail/smtp"
import { closeDb, openDb, type Db } from "@/db/connect"
import { actorOfToken } from "@/usecases/people/sessions"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { clockNow, OPERATOR, type Scene } from "@/usecases/scene"
import type { Posting } from "@/usecases/told/deliver"
import { ensureServer, stopServer, useServer } from "@/scripts/postgres.mjs"
import { readEnvironment, readMail } from "@/scripts/environment.mjs"
import { Refused } from "./say"

export { databaseSentence } from "@/scripts/database.mjs"

/** Where the register is: addresses for serving and for migrating, and the folder of files. */
export type Place = {
  register: "main" | "sample"
  appUrl: string
  ownerUrl: string
  serverUrl: string | null
  files: string
  external: boolean
  leave: () => void
}

/**
 * Finds the register: from `start`, which names it in the environment, or by itself, starting the embedded database if
 * it does not run and stopping it again as the last to leave. `making`: an empty folder may become a register.
 */
export function findPlace(register: "main" | "sample", making = false): Place {
  const env = process.env
  const name = register === "sample" ? "onward_sample" : "onward"
  if (env.ONWARD_APP_URL && env.ONWARD_EMBEDDED_OWNER_URL) {
    const sample = register === "sample"
    return {
      register,
      appUrl: (sample ? env.ONWARD_SAMPLE_APP_URL : env.ONWARD_APP_URL) ?? "",
      ownerUrl: (sample ? env.ONWARD_SAMPLE_OWNER_URL : env.ONWARD_OWNER_URL) ?? "",
      serverUrl: sample || !env.ONWARD_EXTERNAL ? env.ONWARD_EMBEDDED_OWNER_URL : null,
      files: `${env.ONWARD_FILES ?? ""}${sample ? "-sample" : ""}`,
      external: Boolean(env.ONWARD_EXTERNAL),
      leave: () => undefined,
    }
  }
  const settings = readEnvironment({ ...env, PORT: "", HOST: "", ONWARD_URL: "", SMTP_URL: "" })
  const files = `${settings.dataDir}/files${register === "sample" ? "-sample" : ""}`
  if (settings.databaseUrl && register === "main") {
    return {
      register,
      appUrl: settings.databaseUrl,
      ownerUrl: settings.databaseOwnerUrl ?? settings.databaseUrl,
      serverUrl: null,
      files,
      external: true,
      leave: () => undefined,
    }
  }
  if (!making && !existsSync(`${settings.dataDir}/postgres/PG_VERSION`))
    throw new Refused(
      `There is no register in ${settings.dataDir} yet: run npm start once, or name its folder in ONWARD_DATA.`,
    )
  const server = ensureServer({ dataDir: settings.dataDir })
  const leave = useServer(settings.dataDir)
  return {
    register,
    appUrl: server.appUrl(name),
    ownerUrl: server.ownerUrl(name),
    serverUrl: server.ownerUrl("postgres"),
    files,
    external: false,
    leave: () => {
      if (leave()) stopServer({ dataDir: settings.dataDir })
    },
  }
}

/** The scene of a command: the operator of the machine, or the person whose token `ONWARD_TOKEN` holds. */
export async function commandScene(place: Place): Promise<{ scene: Scene; close: () => Promise<void> }> {
  const db: Db = openDb(place.appUrl, {
    name: "onward-cli",
    max: 4,
    statementSeconds: 60,
    register: place.register,
  })
  const now = clockNow()
  const token = process.env.ONWARD_TOKEN
  const actor = token ? await actorOfToken(db, token, now) : OPERATOR
  const files = place.external ? databaseStore(db, place.files) : folderStore(place.files)
  return { scene: { register: place.register, db, actor, now, files }, close: () => closeDb(db) }
}

/** Where mails are handed over and what they say; null: SMTP_URL names no server, and they stay in the outbox. */
export function mailPosting(): Posting | null {
  const url = process.env.NEXTAUTH_URL ?? "http://127.0.0.1:3000"
  const server = readMail(process.env.SMTP_URL, new URL(url).hostname)
  return server ? { post: openPost(server), say, day: dayWords, url } : null
}
