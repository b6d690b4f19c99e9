// What the log signs its checkpoints with: in a variable (the same for all instances), or in the data folder, made once.
import { randomBytes } from "node:crypto"
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Sentence } from "./postgres.mjs"

/**
 * What the children are told of it, and where what was signed last is kept beside it: neither lies in the database, nor in
 * a backup. A key that is gone is not made anew while something is known that it signed.
 */
export function logKey(dataDir, env = process.env) {
  const folder = join(dataDir, "keys")
  const said = (env.ONWARD_LOG_KEY ?? "").trim()
  const following = (env.ONWARD_LOG_KEY_NEXT ?? "").trim()
  for (const [name, value] of [
    ["ONWARD_LOG_KEY", said],
    ["ONWARD_LOG_KEY_NEXT", following],
  ])
    if (value !== "" && !KEY.test(value))
      throw new Sentence(`${name} holds something that is no key: give 32 random bytes in base64url (43 letters).`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  const next = { ONWARD_LOG_KEY_NEXT: following }
  if (said !== "") return { ONWARD_LOG_KEY: said, ONWARD_LOG_KEY_AT: "", ONWARD_LOG_HEADS: folder, ...next }
  const path = join(folder, "log.key")
  if (!existsSync(path)) {
    const signed = readdirSync(folder).find((name) => /^log-head-.*\.note$/.test(name))
    if (signed)
      throw new Sentence(
        `The key that signs the log, ${path}, is gone, and ${join(folder, signed)} was signed with it: put the key back, or name it in ONWARD_LOG_KEY. ` +
          `Where it is lost for good, move that note elsewhere: the log then begins with a new key, and everybody sees that it did.`,
      )
    writeFileSync(path, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flag: "wx" })
  }
  for (const one of [path, `${path}.next`]) checkKeyFile(one)
  return { ONWARD_LOG_KEY: "", ONWARD_LOG_KEY_AT: path, ONWARD_LOG_HEADS: folder, ...next }
}

const KEY = /^[A-Za-z0-9_-]{43}$/

/** Throws in a sentence where the file is not one that only we read, or holds no key. Nothing is mended: who could read it did. */
export function checkKeyFile(path, me = process.getuid?.()) {
  if (!existsSync(path)) return
  const stat = lstatSync(path)
  if (!stat.isFile()) throw new Sentence(`${path} signs the log and is no file of its own: put the key itself there.`)
  // Windows knows neither owner nor mode in this sense.
  if (me !== undefined && process.platform !== "win32") {
    if (stat.uid !== me)
      throw new Sentence(
        `${path} signs the log and belongs to somebody else (user ${stat.uid}): whoever runs Onward has to own it.`,
      )
    if ((stat.mode & 0o077) !== 0)
      throw new Sentence(
        `${path} signs the log, and others than its owner may use it (mode ${(stat.mode & 0o777).toString(8)}). ` +
          `If nobody did: chmod 600 ${path}. If somebody may have, let another key follow: npm run onward -- log key new.`,
      )
  }
  if (!KEY.test(readFileSync(path, "utf8").trim()))
    throw new Sentence(
      `${path} holds no key: it should be one line of 43 letters. Put the right one back from where you keep it.`,
    )
}
