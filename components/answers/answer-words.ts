import { causeWords, stretchWords } from "@/components/checks/coverage-words"
import { inARow, lower } from "@/components/records/sharing-sentence"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { familyOf } from "@/domain/answers/data-families"
import type { FlowOnDay } from "@/domain/answers/flow-on-day"
import type { RecipientsQuery } from "@/domain/answers/recipients"
import { countryName } from "@/domain/core/country-name"
import type { Stretch } from "@/domain/core/stretch"
import type { Cause, CoverState } from "@/domain/coverage/coverage"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { GROUNDS, LEGAL_BASES } from "@/domain/vocabulary/grounds"
import { MECHANISMS } from "@/domain/vocabulary/mechanisms"
import { termOf, type Term } from "@/domain/vocabulary/term"

/** What a code is called. */
export const label = (terms: readonly Term[], code: string): string => termOf(terms, code)?.label ?? code

/** What stands where a list is empty: that nothing is on it, or that nobody knows yet, or that nothing was said. */
export const unsaid = (state: string): string => say(`answer.${state === "known" ? "none" : state}`)

/** A flow of an answer, as far as its sentence needs it. */
type Line = {
  mode: string
  flow: FlowOnDay
  state: CoverState | null
  causes: readonly Cause[]
  papers: readonly { title: string; days: Stretch }[]
  names: Readonly<Record<string, string>>
}

/** What a mechanism is, with what it rests on where that is named. */
export function mechanismWords(place: FlowOnDay["places"][number], names: Line["names"]): string[] {
  return place.mechanisms.map(({ mechanism, agreementId, assessmentId }) => {
    const by = [agreementId, assessmentId].flatMap((id) => (id === null ? [] : (names[id] ?? [])))
    return by.length ? `${label(MECHANISMS, mechanism)} (${by.join(", ")})` : label(MECHANISMS, mechanism)
  })
}

/** The grounds and legal bases of the day; an entrusted company acts for us and needs no ground of its own. */
export function groundsWords({ mode, flow, names }: Pick<Line, "mode" | "flow" | "names">): string[] {
  const grounds = flow.grounds.map(({ ground, consentId, demandId }) => {
    const by = names[consentId ?? ""] ?? names[demandId ?? ""]
    return by ? `${label(GROUNDS, ground)} (${by})` : label(GROUNDS, ground)
  })
  const bases = flow.bases.map(({ regime, basis }) => `${label(LEGAL_BASES, basis)} (${regime})`)
  return [...(mode === "entrust" && grounds.length === 0 ? [say("cover.entrusted")] : grounds), ...bases]
}

/** How a flow stood on the day, with the reasons, in one sentence (product, The words: Coverage). */
export function coverSentence(line: Line, on: string): string {
  const day = dayWords(on)
  if (line.state === null) return say("cover.unjudged")
  if (line.state === "gap") return say("cover.gap", { day, causes: line.causes.map(causeWords).join("; ") })
  if (line.state !== "covered") return say(`cover.${line.state}`, { day })
  const grounds = groundsWords(line).map((ground) =>
    ground === say("cover.entrusted") ? ground : say("cover.ground", { ground }),
  )
  const papers = line.papers.map(({ title, days }) => say("cover.paper", { title, days: stretchWords(days) }))
  const abroad = line.flow.places.flatMap((place) => {
    // Within one legal area nothing is needed, and so nothing is a reason.
    const needed = place.mechanisms.filter((one) => one.mechanism !== "none-needed")
    const by = mechanismWords({ ...place, mechanisms: needed }, line.names)
    return by.length ? [say("cover.mechanism", { country: countryName(place.country), by: by.join(", ") })] : []
  })
  const reasons = [...grounds, ...papers, ...(abroad.length ? abroad : [say("cover.no-abroad")])].join("; ")
  return say("cover.covered", { day, reasons })
}

/** The question in words, for its sentence. */
export function questionWords(query: RecipientsQuery): { data: string; people: string; where: string } {
  const data = query.data.map((word) =>
    word.endsWith(".*") ? say(`family.${familyOf(word)}`) : lower(DATA_KINDS, word),
  )
  const people = query.people.map((code) => say(`people.subject.${code}`))
  return {
    data: inARow(data) || say("recipients.all-data"),
    people: inARow(people) || say("recipients.all-people"),
    where: query.countries.length
      ? say("recipients.where", { countries: inARow(query.countries.map(countryName)) })
      : "",
  }
}
