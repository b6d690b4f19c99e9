import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs"
import { join } from "node:path"

/** What was erased, by commitment alone, kept outside the database and outside every backup. */
export type ErasedList = {
  /** Everything on the list. */
  read: () => string[]
  /** Adds what is not on it yet; it is on the disk when this returns. */
  add: (commitments: readonly string[]) => void
}

const ONE = /^[0-9a-f]{64}$/

/**
 * The list of the log of that origin, beside the head that its signer keeps. Null where start names no such folder. Lines are only
 * added, and one that a crash cut off is passed over: its value is found again in the database, where it stands as erased.
 */
export function erasedListFrom(env: Record<string, string | undefined>, origin: string): ErasedList | null {
  if (!env.ONWARD_LOG_HEADS) return null
  const path = join(env.ONWARD_LOG_HEADS, `log-erased-${origin.replace(/[^A-Za-z0-9-]/g, "_")}.list`)
  const text = (): string => (existsSync(path) ? readFileSync(path, "utf8") : "")
  const read = (): string[] => [
    ...new Set(
      text()
        .split("\n")
        .filter((line) => ONE.test(line)),
    ),
  ]
  return {
    read,
    add: (commitments) => {
      const known = new Set(read())
      const left = commitments.filter((one) => ONE.test(one) && !known.has(one))
      if (left.length === 0) return
      const handle = openSync(path, "a", 0o600)
      try {
        // A line that was cut off must not swallow the one behind it.
        const said = text()
        writeSync(handle, `${said === "" || said.endsWith("\n") ? "" : "\n"}${left.join("\n")}\n`)
        fsyncSync(handle)
      } finally {
        closeSync(handle)
      }
    },
  }
}
