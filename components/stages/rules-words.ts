import { say } from "@/components/words/catalogue"

/** Names by id: of companies and of persons. */
export type Names = Readonly<Record<string, string>>

const stageWords = (list: string): string =>
  list
    .split(",")
    .filter(Boolean)
    .map((one) => say(`stage.${one}`))
    .join(", ")

/** A place of the rules, in words: whose, and what. */
export function placeWords(path: string, names: Names): string {
  const [first = "", ...rest] = path.split(".")
  if (first === "companies") return placeWords(rest.join("."), names)
  if (first.startsWith("ent_")) {
    const company = names[first] ?? first
    return rest.length ? `${company}: ${placeWords(rest.join("."), names)}` : company
  }
  const [of = ""] = rest
  if (first === "rows") return say(`stages.row.${of}`)
  const what = { days: "stages.days", waves: "stages.wave", persons: "stages.persons" }[first]
  return what ? `${say(what)}${of ? `, ${say(`stage.${of}`)}` : ""}` : path
}

/** What stands at a place, in words. */
export function valueWords(path: string, value: string, names: Names): string {
  if (value === "")
    return path.startsWith("ent_") && !path.includes(".persons.") ? say("stages.every") : say("stages.nothing")
  if (path.includes("persons."))
    return value
      .split(",")
      .map((id) => names[id] ?? id)
      .join(", ")
  return path.includes("rows.") ? stageWords(value) : value
}
