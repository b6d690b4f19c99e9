import type { Day } from "@/domain/core/day"
import { toMillis, type Instant } from "@/domain/core/instant"

/** How a link stands: what its page shows, and what whoever asked sees of it. */
export type LinkState = "asked" | "opened" | "answered" | "expired" | "revoked"

type Link = { openedAt: Instant | null; sentAt: Instant | null; revokedAt: Instant | null; expiresAt: Instant }

/** How a link stands at an instant. What was sent counts as answered, also when the link is over. */
export function linkState(link: Link, now: Instant): LinkState {
  if (link.sentAt !== null) return "answered"
  if (link.revokedAt !== null) return "revoked"
  if (link.expiresAt <= now) return "expired"
  return link.openedAt === null ? "asked" : "opened"
}

/** Whether the link's page is there at all: unknown, revoked and over are one and the same answer. */
export function isThere(link: Link, now: Instant): boolean {
  return link.revokedAt === null && link.expiresAt > now
}

/** Whether an answer is late: it could still come, and its day has passed. */
export function isOverdue(link: Link & { dueOn: Day }, today: Day, now: Instant): boolean {
  const state = linkState(link, now)
  return (state === "asked" || state === "opened" || state === "expired") && link.dueOn < today
}

const DAY = 24 * 60 * 60 * 1000

/** What one link may take: savings, files, bytes. */
export const LINK_LIMITS = { saves: 3000, files: 20, fileMegabytes: 20, bytes: 50 * 1024 * 1024 } as const

/** Guesses that one address may make before it has to wait; then as at sign-in. */
export const FREE_GUESSES = 15

/** Days for which a link may be asked: how long until the answer is due, and how long it stays open after that. */
export const ASK_DAYS = { least: 1, most: 180, usual: 21, after: 14 } as const

/** When a link is over: some days after its answer was due, so that who is late can still answer. */
export function expiryOf(now: Instant, days: number): number {
  return toMillis(now) + (days + ASK_DAYS.after) * DAY
}
