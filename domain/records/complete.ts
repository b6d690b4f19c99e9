import type { RecordKind } from "./kinds"
import { blankOf, FIELDS } from "./fields"

const BLANKS = new Map<string, Record<string, unknown>>()

/**
 * A body as it is read: fields that came after it was stored stand there unanswered (decision 0012). What is stored,
 * hashed and exported keeps its own bytes; only what reads a body goes through here.
 */
export function completed<T>(kind: RecordKind | "entity", body: T): T {
  const stored = body as Record<string, unknown>
  let blanks = BLANKS.get(kind)
  if (!blanks) {
    blanks = blankOf(FIELDS[kind]) as Record<string, unknown>
    BLANKS.set(kind, blanks)
  }
  const missing = Object.entries(blanks).filter(([name]) => !(name in stored))
  return missing.length ? ({ ...stored, ...structuredClone(Object.fromEntries(missing)) } as T) : body
}
