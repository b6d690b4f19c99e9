import { blankOf, FIELDS } from "./fields"
import type { RecordKind } from "./kinds"

/** Fields that no form asks for: they are set elsewhere, or kept as they came. */
export const UNASKED: ReadonlySet<string> = new Set(["restrictedTo", "extra", "mergedInto", "marks", "cameBack"])

/** A body as a form sent it, without the fields that it does not ask for: nothing is said of them. */
export function withoutUnasked(body: unknown): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body
  return Object.fromEntries(Object.entries(body).filter(([name]) => !UNASKED.has(name)))
}

/** What is found in a paper's files: it is set by whatever reads them. */
const FOUND: ReadonlySet<string> = new Set(["marks", "cameBack"])

/**
 * A body as a machine sent it, without its marks and without how what came back stands to what was sent: that words stand on
 * their page, or are those of a template, is seen to by the reader of papers alone.
 */
export function withoutMarks(body: unknown): unknown {
  if (typeof body !== "object" || body === null || !Object.keys(body).some((name) => FOUND.has(name))) return body
  return Object.fromEntries(Object.entries(body).filter(([name]) => !FOUND.has(name)))
}

/**
 * A body with the fields that a form does not ask for as they are held, where nothing was said of them: who may know of a
 * record does not change because somebody corrected its address. A new record has them blank.
 */
export function withUnaskedKept(kind: RecordKind, body: unknown, held: unknown): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body
  const blank = blankOf(FIELDS[kind]) as Record<string, unknown>
  const before = { ...blank, ...(held as Record<string, unknown> | null) }
  const kept = [...UNASKED].filter((name) => name in blank && !(name in body)).map((name) => [name, before[name]])
  return { ...body, ...Object.fromEntries(kept) }
}
