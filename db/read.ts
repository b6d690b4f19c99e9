import type { Instant } from "@/domain/core/instant"

/**
 * PostgreSQL's text of a `timestamptz` (session in UTC) as an `Instant`. `infinity` stays as it is: it is the
 * `until` of a row that is in force now.
 */
export function readInstant(text: string): Instant {
  const found = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?\+00$/.exec(text)
  if (!found) return text as Instant
  return `${found[1]}T${found[2]}.${(found[3] ?? "").padEnd(3, "0").slice(0, 3)}Z` as Instant
}
