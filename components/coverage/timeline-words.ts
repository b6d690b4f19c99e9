import { causeWords, stretchWords } from "@/components/checks/coverage-words"
import { say } from "@/components/words/catalogue"
import { countryName } from "@/domain/core/country-name"
import type { Coverage } from "@/domain/coverage/coverage"
import type { Stretch } from "@/domain/core/stretch"
import type { Tick } from "@/domain/coverage/ticks"
import { dayWords } from "@/components/ui/when"

const MONTH = new Intl.DateTimeFormat("en-GB", { month: "short", timeZone: "UTC" })

/** The word of a line of the axis: a year, or a month. */
export function monthWords(tick: Pick<Tick, "on" | "year">): string {
  return tick.year ? tick.on.slice(0, 4) : MONTH.format(new Date(`${tick.on}T00:00:00Z`))
}

/** Several stretches in a row, or that there is none. */
export function stretchesWords(list: readonly Stretch[]): string {
  return list.map(stretchWords).join("; ") || say("cover-rows.nothing")
}

/** The gaps of a sharing with their causes, one sentence each. */
export function gapSentences(coverage: Coverage): string[] {
  return coverage.gaps.map((gap) =>
    say("coverage.lacking", { days: stretchWords(gap), causes: gap.causes.map(causeWords).join("; ") }),
  )
}

/** What a cause in a list of gaps is called, by its code (domain/coverage/gap-lines). */
export function causeCodeWords(code: string): string {
  const [what = "", of = ""] = code.split(".")
  if (what === "ground") return say("gap-cause.ground")
  if (what === "paper") return say(`gap-cause.paper.${of}`)
  return say(`gap-cause.${what}`, { what: what === "mechanism" ? countryName(of) : of })
}

/** The words at the line of the day that is asked for. */
export function todayWords(day: string, past: boolean): string {
  return say(past ? "picture.on" : "picture.today", { day: dayWords(day) })
}
