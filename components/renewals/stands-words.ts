import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import type { Standing } from "@/domain/agreements/terms"
import { addDays, type Day } from "@/domain/core/day"

const lastBefore = (to: Day | null): string => (to === null ? "" : dayWords(addDays(to, -1)))

/** What is true of a paper's term, and by when something can be done, in a sentence. */
export function standsWords(standing: Standing): string {
  switch (standing.is) {
    case "rolls":
      return standing.missed
        ? say("renewal.missed", {
            last: dayWords(standing.last),
            by: dayWords(standing.noticeBy),
            next: lastBefore(standing.next.to),
          })
        : say("renewal.rolls", {
            last: dayWords(standing.last),
            by: dayWords(standing.noticeBy),
            next: lastBefore(standing.next.to),
          })
    case "ends":
      return say(`renewal.ends-${standing.why}`, { last: dayWords(standing.last) })
    case "over":
      return say("renewal.is-over", { last: dayWords(standing.last) })
    case "not-begun":
      return say("renewal.not-begun", { from: dayWords(standing.from) })
    default:
      return say("renewal.open")
  }
}
