import type { FileChoice } from "./scope"

/**
 * Why the bytes of a file are not in a package: nobody asked for them, the virus scanner holds it back or found something, or the
 * bytes are not there or not what they were.
 */
export type Why = "not-asked" | "held" | "infected" | "missing" | "damaged"

/** Why a file that is kept stays out, by what is known of it; null: it goes in. */
export function whyNot({ sha256, scan }: { sha256: string; scan: string }, choice: FileChoice): Why | null {
  if (choice === "none" || (choice !== "all" && !choice.includes(sha256))) return "not-asked"
  if (scan === "waiting") return "held"
  return scan === "infected" ? "infected" : null
}

const BY_TYPE: Record<string, string> = {
  "application/pdf": "pdf",
  "image/png": "png",
  "image/jpeg": "jpg",
  "text/plain": "txt",
  "text/html": "html",
  "application/zip": "zip",
}

/** What the name of a packed file ends with: by its type, else as it was called where that is short and plain. */
export function extensionOf(name: string, type: string): string {
  const known = BY_TYPE[type]
  if (known) return known
  const own = /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]
  return own ? own.toLowerCase() : "bin"
}
