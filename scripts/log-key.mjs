// What the log signs its checkpoints with: in a variable (the same for all instances), or in the data folder, made once.
import { randomBytes } from "node:crypto"
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Sentence } from "./postgres.mjs"

/**
 * What the children are told of it, and where what was signed last is kept beside it: neither lies in the database, nor in
 * a backup. A key that is gone is not made anew while something is known that it signed.
 */
export function logKey(dataDir, env = process.env) {
  const folder = join(dataDir, "keys")
  const said = (env.ONWARD_LOG_KEY ?? "").trim()
  if (said !== "" && !/^[A-Za-z0-9_-]{43}$/.test(said))
    throw new Sentence("ONWARD_LOG_KEY holds something that is no key: give 32 random bytes in base64url (43 letters).")
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  if (said !== "") return { ONWARD_LOG_KEY: said, ONWARD_LOG_KEY_AT: "", ONWARD_LOG_HEADS: folder }
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
  return { ONWARD_LOG_KEY: "", ONWARD_LOG_KEY_AT: path, ONWARD_LOG_HEADS: folder }
}
