// The key that files are sealed with: in a variable (the same for all instances), or in the data folder, made once.
import { randomBytes } from "node:crypto"
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Sentence } from "./postgres.mjs"

/**
 * What the children are told of it. A key that is gone is not made anew: what was sealed with it would stay shut, and
 * nobody would notice before they need it.
 */
export function fileKeys(dataDir, env = process.env) {
  const said = (env.ONWARD_FILE_KEYS ?? "").trim()
  if (said !== "") {
    const wrong = said
      .split(/[\s,]+/)
      .filter(Boolean)
      .some((word) => !/^[A-Za-z0-9_-]{43}$/.test(word))
    if (wrong)
      throw new Sentence(
        "ONWARD_FILE_KEYS holds something that is no key: give 32 random bytes in base64url (43 letters), the current key first and earlier ones behind it, with commas.",
      )
    return { ONWARD_FILE_KEYS: said, ONWARD_FILE_KEYS_AT: "" }
  }
  const folder = join(dataDir, "keys")
  const path = join(folder, "files.key")
  if (!existsSync(path)) {
    const sealed = ["files", "files-sample"].find((name) => holdsSealed(join(dataDir, name)))
    if (sealed)
      throw new Sentence(
        `The key of the files, ${path}, is gone, and files in ${join(dataDir, sealed)} are sealed with it: put the key back, or name it in ONWARD_FILE_KEYS.`,
      )
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    chmodSync(folder, 0o700)
    writeFileSync(path, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flag: "wx" })
  }
  return { ONWARD_FILE_KEYS: "", ONWARD_FILE_KEYS_AT: path }
}

function holdsSealed(folder) {
  if (!existsSync(folder)) return false
  return readdirSync(folder)
    .filter((name) => /^[0-9a-f]{2}$/.test(name))
    .some((name) => readdirSync(join(folder, name)).some((file) => file.endsWith(".sealed")))
}
