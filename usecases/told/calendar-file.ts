import { calendarText } from "@/formats/calendar"
import type { CalendarEntry } from "@/domain/told/calendar"
import { pathOfTold } from "@/domain/told/sentence"
import type { Say } from "@/domain/told/mail-text"
import type { Instant } from "@/domain/core/instant"

/**
 * A calendar as the file that calendar programs read: titles of records and what is due, in the catalogue's words, each
 * with the way to its page under `url`. `origin` names the register, so that the same thing keeps its place in a calendar.
 */
export function calendarFile(
  calendar: { entries: readonly CalendarEntry[]; left: number },
  on: { say: Say; url: string; now: Instant; origin: string },
): string {
  const { say } = on
  const lines = calendar.entries.map((one) => ({
    uid: one.key,
    on: one.on as string,
    title: say(`feed.says.${one.kind}`, { title: one.title }),
    words: say(`feed.more.${one.kind}`),
    address: new URL(pathOfTold({ requestId: one.requestId ?? null, recordId: one.recordId }), on.url).toString(),
  }))
  const last = calendar.entries[calendar.entries.length - 1]
  if (calendar.left > 0 && last)
    lines.push({
      uid: "more",
      on: last.on,
      title: say("feed.left", { n: calendar.left }),
      words: "",
      address: new URL("/", on.url).toString(),
    })
  return calendarText(lines, { name: say("feed.name"), stamp: on.now, origin: on.origin })
}
