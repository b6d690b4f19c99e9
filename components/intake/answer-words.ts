import { countryName } from "@/domain/core/country-name"
import type { Need } from "@/domain/intake/necessity"
import type { Given, Option, Question } from "@/domain/intake/question"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { PURPOSES } from "@/domain/vocabulary/purposes"
import { termOf } from "@/domain/vocabulary/term"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"

const said = (key: string, params?: Record<string, string | number>): string | null => {
  const words = say(key, params)
  return words === key ? null : words
}

/** What an option is called. */
export function optionWords(question: Pick<Question, "id">, { code, label }: Option): string {
  if (label) return label
  if (question.id === "1.1") return say(`intake.begins.${code}`)
  return (
    said(`intake.o.${question.id}.${code}`) ??
    said(`intake.o.${question.id}`, { n: Number(code) }) ??
    say(`intake.o.${code}`)
  )
}

/** What a sentence of need is about: its purposes and its kinds of data. */
export function needWords(need: Need): string {
  const purposes = need.purposes.map((code) => termOf(PURPOSES, code)?.label ?? code)
  return say("intake.need", {
    purpose: purposes.length ? purposes.join(", ") : say("intake.need-all"),
    kinds: need.kinds.map((code) => termOf(DATA_KINDS, code)?.label ?? code).join(", "),
  })
}

type On = { titles: Readonly<Record<string, string>>; needs: readonly Need[] }

/** An answer in words; of sentences each with what it is about. */
export function answerWords(question: Question, given: Given | undefined, on: On): string[] {
  if (!given) return [say("intake.blank")]
  if (given.state === "not-applicable") return [say("intake.until-further")]
  if (given.state === "unknown") return [openWords(given)]
  const { value } = given
  const { shape } = question
  if (shape.is === "sentences")
    return on.needs.flatMap((need) => {
      const text = (value as Record<string, string>)[need.key]
      return text ? [`${needWords(need)}: ${text}`] : []
    })
  if (shape.is === "each" && typeof value !== "string" && !Array.isArray(value))
    return Object.entries(value as Record<string, string>).map(([country, code]) => {
      const option = shape.options.find((one) => one.code === code)
      return `${countryName(country)}: ${option ? optionWords(question, option) : code}`
    })
  if (typeof value === "string") {
    if (shape.is === "day") return [dayWords(value)]
    if (shape.is === "pick") return [on.titles[value] ?? say("answer.withheld")]
    const option = "options" in shape ? shape.options.find((one) => one.code === value) : undefined
    return [option ? optionWords(question, option) : value]
  }
  if (Array.isArray(value))
    return [
      value
        .map((code) => {
          if (shape.is === "countries") return countryName(code)
          const option = "options" in shape ? shape.options.find((one) => one.code === code) : undefined
          return option ? optionWords(question, option) : code
        })
        .join(", "),
    ]
  if ("name" in value) return [String(value.name)]
  return [on.titles[String((value as { id: string }).id)] ?? say("answer.withheld")]
}

function openWords(given: Extract<Given, { state: "unknown" }>): string {
  const words =
    given.of === "supplier"
      ? say("intake.from-supplier")
      : given.asked
        ? say("intake.unknown-asked", { asked: given.asked })
        : say("intake.unknown")
  return given.due ? `${words}, ${say("intake.missing.due", { day: dayWords(given.due) })}` : words
}
