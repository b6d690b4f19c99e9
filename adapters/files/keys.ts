import { createHash, randomBytes } from "node:crypto"
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } from "node:fs"

/** A key of the files: 32 bytes, and a short name made of them that stands in each file sealed with it. */
export type FileKey = { id: string; bytes: Buffer }

/** The keys: new files are sealed with the current one, and what was sealed with an earlier one is still opened. */
export type FileKeys = { current: () => FileKey; byId: (id: string) => FileKey | null }

/** Keys that are missing or are none: said to whoever runs the machine. */
export class BadKeys extends Error {}

/** The keys as text holds them, the current one first: each 32 bytes in base64url, between spaces, lines or commas. */
export function readKeys(text: string): [FileKey, ...FileKey[]] {
  const [first, ...more] = text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((word) => {
      if (!/^[A-Za-z0-9_-]{43}$/.test(word))
        throw new BadKeys("A key of the files is 32 bytes in base64url, 43 letters.")
      const bytes = Buffer.from(word, "base64url")
      const id = createHash("sha256").update("onward file key\n").update(bytes).digest("hex").slice(0, 16)
      return { id, bytes }
    })
  if (!first) throw new BadKeys("There is no key of the files.")
  return [first, ...more]
}

/** Keys that stay as they are: of a variable, the same for all instances. */
export function fixedKeys(text: string): FileKeys {
  const keys = readKeys(text)
  return { current: () => keys[0], byId: (id) => keys.find((key) => key.id === id) ?? null }
}

/** Keys of a file in the data folder; when another key is laid into it, this process has it without a new start. */
export function keysOfFile(path: string): FileKeys {
  let seen = ""
  let keys = readFresh()
  function readFresh(): [FileKey, ...FileKey[]] {
    const { mtimeMs, size, ino } = statSync(path)
    seen = `${mtimeMs}:${size}:${ino}`
    return readKeys(readFileSync(path, "utf8"))
  }
  const now = (): [FileKey, ...FileKey[]] => {
    try {
      const { mtimeMs, size, ino } = statSync(path)
      if (`${mtimeMs}:${size}:${ino}` !== seen) keys = readFresh()
    } catch {
      // A key file that is gone while we run: what is known still opens everything.
    }
    return keys
  }
  return { current: () => now()[0], byId: (id) => now().find((key) => key.id === id) ?? null }
}

/**
 * The keys as start names them to its children: in `ONWARD_FILE_KEYS` itself, or in the file that `ONWARD_FILE_KEYS_AT`
 * names.
 */
export function keysFrom(env: Record<string, string | undefined>): FileKeys {
  if (env.ONWARD_FILE_KEYS) return fixedKeys(env.ONWARD_FILE_KEYS)
  const path = env.ONWARD_FILE_KEYS_AT
  if (!path || !existsSync(path)) throw new BadKeys("The key of the files is not there: start by npm start.")
  return keysOfFile(path)
}

/** Lays a new key before the others in the key file: from now on it is the current one. Whole or not at all. */
export function addKey(path: string): void {
  const others = readFileSync(path, "utf8")
  readKeys(others)
  const beside = `${path}.new`
  const handle = openSync(beside, "w", 0o600)
  try {
    writeSync(handle, `${randomBytes(32).toString("base64url")}\n${others.trim()}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(beside, path)
}
