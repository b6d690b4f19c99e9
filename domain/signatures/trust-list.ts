import { z } from "zod"
import type { Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"

/** The most roots that one list may hold: a national list of the EU has some hundreds. */
export const MOST_ROOTS = 5000

const instant = z.string().max(40)

/** A root of a list as a person reads it, with the stretches in which its service was recognised (null: not dated). */
const rootShape = z.strictObject({
  subject: z.string().max(600),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  notBefore: instant,
  notAfter: instant,
  use: z.enum(["any", "signatures", "timestamps"]),
  granted: z.array(z.strictObject({ from: instant, to: instant.nullable() })).nullable(),
})
export type TrustedRoot = z.infer<typeof rootShape>

/** What a file of trusted roots holds. What a worker says that read a hostile file is read as strictly as anything from outside. */
export const trustFactsShape = z.strictObject({
  kind: z.enum(["pem", "trusted-list"]),
  issuedOn: z.string().max(10).nullable(),
  nextUpdateOn: z.string().max(10).nullable(),
  roots: z.array(rootShape).max(MOST_ROOTS),
  /** Entries that are no certificate, or none that can be read. */
  unreadable: z.int().min(0),
})
export type TrustFacts = z.infer<typeof trustFactsShape>

/** How a root changed from one list to the next: the same certificate may be recognised for another use, or on other days. */
export type TrustDifference = { added: TrustedRoot[]; gone: TrustedRoot[]; changed: TrustedRoot[]; same: number }

/** What is new, gone or recognised otherwise in a list, held against the one in force (null: there is none). */
export function trustDifference(before: TrustFacts | null, after: TrustFacts | null): TrustDifference {
  const was = byRoot(before)
  const is = byRoot(after)
  const shared = [...is].filter(([key]) => was.has(key))
  const changed = shared.filter(([key, list]) => wordOf(list) !== wordOf(was.get(key) ?? []))
  return {
    added: [...is].flatMap(([key, list]) => (was.has(key) ? [] : list.slice(0, 1))),
    gone: [...was].flatMap(([key, list]) => (is.has(key) ? [] : list.slice(0, 1))),
    changed: changed.flatMap(([, list]) => list.slice(0, 1)),
    same: shared.length - changed.length,
  }
}

function byRoot(facts: TrustFacts | null): Map<string, TrustedRoot[]> {
  const out = new Map<string, TrustedRoot[]>()
  for (const root of facts?.roots ?? []) out.set(root.sha256, [...(out.get(root.sha256) ?? []), root])
  return out
}

/** One certificate may stand in a list more than once: for signatures and for timestamps. */
function wordOf(roots: readonly TrustedRoot[]): string {
  return roots
    .map(({ use, granted }) => JSON.stringify([use, granted]))
    .sort()
    .join()
}

/** The roots whose own term is over at the instant. What they signed before may still hold, so they are told and not refused. */
export function expiredRoots(facts: TrustFacts, at: Instant): TrustedRoot[] {
  return facts.roots.filter((root) => root.notAfter < at)
}

/** Whether a list says that by this day there should be a newer one. */
export function isPastUpdate(nextUpdateOn: string | null, on: Day): boolean {
  return nextUpdateOn !== null && nextUpdateOn < on
}

/** A list or a withdrawal that somebody else confirmed, with the day from which it stands. */
export type ConfirmedList = { n: number; op: "load" | "withdraw"; fromOn: string; decidedAt: Instant }

/**
 * Which of the confirmed ones stands at the instant, as known then: the one decided on last whose day (UTC) has come. What was
 * decided later counts from its own day on over all that was decided before, also over what was to come only after it. Null:
 * none stands, or the last one took the list away.
 */
export function listStanding<T extends ConfirmedList>(confirmed: readonly T[], at: Instant): T | null {
  let found: T | null = null
  for (const one of confirmed) if (since(one) <= at && (found === null || one.n > found.n)) found = one
  return found?.op === "load" ? found : null
}

/** The instant from which a confirmed list stands: its day, and never before it was confirmed. */
export function since({ fromOn, decidedAt }: Pick<ConfirmedList, "fromOn" | "decidedAt">): Instant {
  const begins = `${fromOn}T00:00:00.000Z`
  return (begins > decidedAt ? begins : decidedAt) as Instant
}

/**
 * The stretches in which each of the confirmed lists stood, newest first; `to` null: it stands, or is to stand. One that was
 * superseded before its day came has none.
 */
export function standings<T extends ConfirmedList>(
  confirmed: readonly T[],
): { one: T; from: Instant; to: Instant | null }[] {
  const order = [...confirmed].sort((a, b) => b.n - a.n)
  return order.flatMap((one, i) => {
    const later = order.slice(0, i).map(since).sort()
    const [from, to] = [since(one), later[0] ?? null]
    return to === null || from < to ? [{ one, from, to }] : []
  })
}
