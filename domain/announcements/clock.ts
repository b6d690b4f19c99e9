import { valueOf } from "@/domain/core/answer"
import { lastDayOf } from "@/domain/agreements/rules-of"
import { addDays, daysBetween, type Day } from "@/domain/core/day"
import type { Agreement } from "@/domain/records/agreement"

/** So many days we have to object where no paper says how many. */
export const OBJECTION_DAYS = 30
/** The clause by which silence until the last day counts as acceptance. */
export const SILENCE_CLAUSE = "GDPR-28.2"

export const ANNOUNCED_CHANGES = ["new", "replaced", "gone"] as const
export type AnnouncedChange = (typeof ANNOUNCED_CHANGES)[number]
export const ANSWERS = ["accepted", "objected", "asked"] as const

/** The clock of an announcement: the last day to object, and by whose term. */
export type Clock = { objectUntil: Day; term: "agreement" | "default"; termDays: number; agreementId: string | null }

type Paper = { id: string; standing: string; body: Agreement }

/**
 * The last day to object to what was announced on the day: so many days after it as the paper in effect then says; of
 * several papers the shortest, for whoever objects in time by that is in time by all. Without one it is our default.
 */
export function objectionClock(announcedOn: Day, papers: readonly Paper[]): Clock {
  const [paper] = papers
    .flatMap(({ id, standing, body }) => {
      const days = valueOf(body.objectionDays)
      return days !== null && standing !== "ended" && inEffect(body, announcedOn) ? [{ id, days }] : []
    })
    .sort((a, b) => a.days - b.days || (a.id < b.id ? -1 : 1))
  const termDays = paper?.days ?? OBJECTION_DAYS
  const objectUntil = addDays(announcedOn, termDays)
  return paper
    ? { objectUntil, term: "agreement", termDays, agreementId: paper.id }
    : { objectUntil, term: "default", termDays, agreementId: null }
}

function inEffect(body: Agreement, on: Day): boolean {
  const [from, last] = [valueOf(body.effectOn), lastDayOf(body)]
  return from !== null && from <= on && (last === null || on <= last)
}

/** How an announcement stands on the day: still to be answered, answered, or silent past its last day. */
export type AnnouncementState = "open" | "last-days" | "over" | "accepted" | "objected" | "silence"

/** So many days before the last one it is marked, and reminded of. */
export const LAST_DAYS = 7

/** How it stands: `answer` is the last word, if there was one. */
export function announcementState(objectUntil: Day, answer: string | null, today: Day): AnnouncementState {
  if (answer === "accepted" || answer === "objected" || answer === "silence") return answer
  if (today > objectUntil) return "over"
  return addDays(today, LAST_DAYS) >= objectUntil ? "last-days" : "open"
}

/** What is reminded of today: once within the last days, and once on the last one. */
export function objectionReminder(objectUntil: Day, today: Day): "soon" | "last" | null {
  if (today > objectUntil) return null
  if (today === objectUntil) return "last"
  return daysBetween(today, objectUntil) <= LAST_DAYS ? "soon" : null
}
