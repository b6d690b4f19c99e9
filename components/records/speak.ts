import { isId } from "@/domain/core/id"
import { countryName } from "@/domain/core/country-name"
import type { Speak } from "@/domain/records/difference"
import { WITHHELD } from "@/domain/records/withheld"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"

/** How a record reads on screen: names for ids, days as `1 Mar 2025`, the four states of an answer apart. */
export function speakWith(names: ReadonlyMap<string, string>): Speak {
  return {
    name: (id) => names.get(id) ?? unnamed(id),
    day: (day) => (/^\d{4}-\d{2}-\d{2}$/.test(day) ? dayWords(day) : day),
    country: (code) => countryName(code),
    state: ({ state, asked, due }) => {
      if (state === "not-applicable") return say("answer.not-applicable")
      if (state !== "unknown") return say("answer.blank")
      const key =
        asked && due
          ? "answer.unknown-asked-due"
          : asked
            ? "answer.unknown-asked"
            : due
              ? "answer.unknown-due"
              : "answer.unknown"
      return say(key, { asked: asked ?? "", due: due ? dayWords(due) : "" })
    },
    yes: say("answer.yes"),
    no: say("answer.no"),
    open: say("answer.open"),
    none: say("answer.none"),
  }
}

function unnamed(id: string): string {
  if (id === "") return say("answer.none")
  if (isId("paper", id)) return say("answer.our-paper")
  return id === WITHHELD ? say("answer.withheld") : say("answer.elsewhere", { id: id.slice(0, 3) })
}
