import type { RecordKind } from "./kinds"
import { blankOf, FIELDS } from "./fields"

const BLANKS = new Map<string, [name: string, blank: unknown][]>()

/**
 * A body as it is read: fields that came after it was stored stand there unanswered (decision 0012). What is stored,
 * hashed and exported keeps its own bytes; only what reads a body goes through here.
 */
export function completed<T>(kind: RecordKind | "entity", body: T): T {
  const stored = body as Record<string, unknown>
  const known = BLANKS.get(kind)
  const blanks = known ?? Object.entries(blankOf(FIELDS[kind]) as Record<string, unknown>)
  if (!known) BLANKS.set(kind, blanks)
  // Nearly always nothing is missing: then nothing is made.
  if (blanks.every(([name]) => name in stored)) return body
  const missing = blanks.filter(([name]) => !(name in stored))
  return { ...stored, ...structuredClone(Object.fromEntries(missing)) } as T
}
