import type { Instant } from "@/domain/core/instant"
import type { SignatureReport } from "./report"

/** What was found of one file's signatures when they were looked at last. */
export type LookedAt = {
  at: Instant
  askedAt: Instant
  engine: string
  trust: { name: string; sha256: string } | null
  /** Null: it could not be looked at, and `says` is why. */
  report: SignatureReport | null
  says: string | null
  byPerson: string | null
}

/**
 * How a file stands: looked at; still waiting, or being looked at (an older result stands meanwhile); held by the virus
 * scanner; no PDF, so that there is nothing to look for; or nobody had looked at the instant that is asked about.
 */
export type FileSignatures = {
  fileId: string
  name: string
  state: "looked" | "waits" | "looking" | "held" | "infected" | "not-pdf" | "not-looked"
  /** Why the last try came to nothing, where it is tried again. */
  waitsFor: string | null
  result: LookedAt | null
  /** It was asked for again, and the result is the one from before. */
  again: boolean
  /** How many results stand before this one. */
  earlier: number
}
