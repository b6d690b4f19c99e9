import { plusMillis, toMillis, type Instant } from "@/domain/core/instant"

const MINUTE = 60_000
const WAITS = [1, 5, 15, 60, 240].map((minutes) => minutes * MINUTE)

/** So often a mail is tried before it is given up: about two days. */
export const MOST_TRIES = 15

/** When a mail that could not be handed over is tried again after so many tries; null: it is given up. */
export function nextTry(tries: number, now: Instant): Instant | null {
  if (tries >= MOST_TRIES) return null
  return plusMillis(now, WAITS[Math.min(Math.max(tries, 1), WAITS.length) - 1] ?? 0)
}

const OLD = 7 * 24 * 60 * MINUTE

/** Whether a mail is news no longer: it waited a week, for a server that was not named or not there. */
export function isStaleMail(at: Instant, now: Instant): boolean {
  return toMillis(now) - toMillis(at) > OLD
}

/**
 * What a mail server's answer means. 5xx to the mail itself is for good; everything else may pass: 4xx, a line that
 * broke, and a 5xx to our own name and password, which the operator mends.
 */
export function answerMeans(code: number | null, step: "message" | "line"): "again" | "never" {
  return step === "message" && code !== null && code >= 500 && code < 600 ? "never" : "again"
}
