import { canonical, type Json } from "@/domain/core/canonical"
import type { Instant } from "@/domain/core/instant"

/** Who did it, as the log names them: by id, never by name. */
export type LogActor = { id: string; role: string; via: "page" | "token" | "cli" | "job"; for?: string }

/** One line of the audit log before its place and instant are known. Values that may be large stand by hash. */
export type EventDraft = {
  act: string
  objects: { type: string; id: string; version?: number }[]
  request?: string
  before?: Json
  after?: Json
  /** A salted commitment: reasons are free text. */
  reason?: Json
}

/**
 * The bytes of a leaf: RFC 8785 canonical JSON, stored and hashed exactly so (security handbook, The log).
 * `index` is the leaf's place, `at` the act's one instant in UTC.
 */
export function leafBytes(
  draft: EventDraft,
  place: { index: number; at: Instant; origin: string; actor: LogActor },
): string {
  return canonical({ v: 1, ...draft, index: place.index, at: place.at, origin: place.origin, actor: place.actor })
}
