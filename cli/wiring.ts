import { randomBytes } from "node:crypto"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { folderStore } from "@/adapters/files/folder"
import { databaseStore } from "@/adapters/files/database"
import { keysFrom } from "@/adapters/files/keys"
import { erasedListFrom, type ErasedList } from "@/adapters/log-key/erased-list"
import { keyFrom, nextKeyPath, signerFrom, type LogSigner } from "@/adapters/log-key/signer"
import { openOutbound, type Outbound } from "@/adapters/outbound/post"
import { openPost } from "@/adapters/mail/smtp"
import { scannerFrom } from "@/adapters/scan/clamd"
import { closeDb, openDb, type Db } from "@/db/connect"
import { logHead } from "@/db/statements/log"
import { actorOfToken } from "@/usecases/people/sessions"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { clockNow, OPERATOR, type Scene } from "@/usecases/scene"
import type { Posting } from "@/usecases/told/deliver"
import { ensureServer, stopServer, useServer } from "@/scripts/postgres.mjs"
import { fileKeys } from "@/scripts/file-keys.mjs"
import { logKey } from "@/scripts/log-key.mjs"
import { readEnvironment, readMail, witnessPaths } from "@/scripts/environment.mjs"
import { Refused } from "./say"

export { databaseSentence } from "@/scripts/database.mjs"
export { addKey } from "@/adapters/files/keys"

/** Where the register is: addresses for serving and for migrating, and the folder of files. */
export type Place = {
  register: "main" | "sample"
  appUrl: string
  ownerUrl: string
  serverUrl: string | null
  files: string
  external: boolean
  /** What start, or this command in its stead, says of the files' keys and of the virus scanner. */
  keys: Record<string, string | undefined>
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
      keys: env,
      leave: () => undefined,
    }
  }
  const settings = readEnvironment({ ...env, PORT: "", HOST: "", ONWARD_URL: "", SMTP_URL: "" })
  const scanner = settings.scanner ? JSON.stringify(settings.scanner) : ""
  const keys = () => ({ ...fileKeys(settings.dataDir), ...logKey(settings.dataDir), ONWARD_CLAMD: scanner })
  const files = `${settings.dataDir}/files${register === "sample" ? "-sample" : ""}`
  if (settings.databaseUrl && register === "main") {
    return {
      register,
      appUrl: settings.databaseUrl,
      ownerUrl: settings.databaseOwnerUrl ?? settings.databaseUrl,
      serverUrl: null,
      files,
      external: true,
      keys: keys(),
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
    keys: keys(),
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
  const keys = keysFrom(place.keys)
  const files = place.external ? databaseStore(db, place.files, keys) : folderStore(place.files, keys)
  const scanner = scannerFrom(place.keys)
  return { scene: { register: place.register, db, actor, now, files, scanner }, close: () => closeDb(db) }
}

/** Where mails are handed over and what they say; null: SMTP_URL names no server, and they stay in the outbox. */
export function mailPosting(): Posting | null {
  const url = process.env.NEXTAUTH_URL ?? "http://127.0.0.1:3000"
  const server = readMail(process.env.SMTP_URL, new URL(url).hostname)
  return server ? { post: openPost(server), say, day: dayWords, url } : null
}

/** How checkpoints go to witnesses other than by mail: to addresses of the web, and into the folders that the environment names. */
export function witnessWays(): { outbound: Outbound; folders: string[] } {
  return { outbound: openOutbound(), folders: witnessPaths(process.env.ONWARD_WITNESS_FOLDERS) }
}

/** What is said where nobody here signs the log. */
export const NO_KEY = "No key that signs the log is named here: run this where npm start runs, or name ONWARD_LOG_KEY."

/** Who signs the log of that register, by what start says; null: nobody here. */
export async function signerOf(
  db: Db,
  env: Record<string, string | undefined> = process.env,
): Promise<LogSigner | null> {
  return signerFrom(env, (await logHead(db)).origin)
}

/** The list of what was erased from that register, which lies beside what its signer keeps; null: start names no folder for it. */
export async function erasedListOf(
  db: Db,
  env: Record<string, string | undefined> = process.env,
): Promise<ErasedList | null> {
  return erasedListFrom(env, (await logHead(db)).origin)
}

/**
 * The key that is to follow: made beside the one that signs, where that lies in a file, and given back where one lies there already;
 * otherwise only told, for it lies with whoever sets the variables of the instances.
 */
export async function followingKey(
  db: Db,
  env: Record<string, string | undefined>,
): Promise<{ at: string | null; secret: string; verifier: LogSigner["verifier"] }> {
  const { origin } = await logHead(db)
  const at = env.ONWARD_LOG_KEY_AT ? nextKeyPath(env.ONWARD_LOG_KEY_AT) : null
  let secret = randomBytes(32).toString("base64url")
  try {
    if (at) writeFileSync(at, `${secret}\n`, { mode: 0o600, flag: "wx" })
  } catch (problem) {
    if ((problem as { code?: string }).code !== "EEXIST") throw problem
    secret = readFileSync(at ?? "", "utf8").trim()
  }
  return { at, secret, verifier: keyFrom(secret, origin).verifier }
}
