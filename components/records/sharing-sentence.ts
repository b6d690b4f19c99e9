import { say } from "@/components/words/catalogue"
import { valueOf, type Answer } from "@/domain/core/answer"
import { countryName } from "@/domain/core/country-name"
import type { Sharing } from "@/domain/records/sharing"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { GROUNDS } from "@/domain/vocabulary/grounds"
import { PURPOSES } from "@/domain/vocabulary/purposes"
import { termOf, type Term } from "@/domain/vocabulary/term"

const MOST = 4

/** Words in a row as people say them, the long tail counted. */
export function inARow(words: readonly string[]): string {
  const all = [...new Set(words)]
  const shown = all.length > MOST + 1 ? [...all.slice(0, MOST), say("story.more", { n: all.length - MOST })] : all
  const last = shown[shown.length - 1] ?? ""
  return shown.length < 2 ? last : say("story.and", { list: shown.slice(0, -1).join(", "), last })
}

/** A label inside a sentence: small, unless it is an abbreviation. */
export function lower(terms: readonly Term[], code: string): string {
  const label = termOf(terms, code)?.label ?? code
  return /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label
}

function told<T>(answer: Answer<readonly T[]>, key: string, each: (item: T) => string): string {
  const list = valueOf(answer) ?? []
  if (list.length) return inARow(list.map(each))
  return say(answer.state === "unknown" ? `${key}-unknown` : `${key}-blank`)
}

/** What happens in one sharing, in a sentence: who gives whose data to whom, where, on what ground; and what for. */
export function sharingSentence(sharing: Sharing, names: ReadonlyMap<string, string>): string {
  const countries = told(sharing.destinations, "story.where", (line) => countryName(line.country))
  const named = (valueOf(sharing.destinations) ?? []).length > 0
  const grounds = inARow(sharing.grounds.map((line) => lower(GROUNDS, line.ground)))
  const what = say(`story.${sharing.mode}`, {
    entity: names.get(sharing.entityId) ?? say("story.company"),
    party: names.get(sharing.partyId) ?? say("story.party"),
    data: told(sharing.dataLines, "story.data", (line) => lower(DATA_KINDS, line.kind)),
    people: told(sharing.subjects, "story.people", (code) => say(`people.subject.${code}`)),
    where: named ? say("story.where", { countries }) : countries,
    ground: grounds || say("story.ground-blank"),
  })
  const typed = valueOf(sharing.purposeText)
  const listed = inARow((valueOf(sharing.purposes) ?? []).map((code) => lower(PURPOSES, code)))
  const purpose = typed || (listed ? `${listed}.` : "")
  return purpose ? `${what} ${say("story.for", { purpose })}` : what
}
