import { questionWords } from "@/components/answers/answer-words"
import { say } from "@/components/words/catalogue"
import type { InquiryQuery } from "@/domain/inquiries/query"
import { AGREEMENTS, EVIDENCE, PARTIES, SHARINGS } from "./list-views"

const VIEWS = { parties: PARTIES, sharings: SHARINGS, agreements: AGREEMENTS, others: EVIDENCE } as const

/** What the register is asked for an answer, in words; `names`: of companies. */
export function queryWords(query: InquiryQuery, names: Readonly<Record<string, string>>): string {
  if (query.kind === "recipients") {
    const { data, people, where } = questionWords(query)
    const companies = query.entities.map((id) => names[id] ?? id).join(", ")
    return [
      `${say("answers.recipients")}: ${data}, ${people}${where}`,
      ...(companies ? [filter("findings.entity", companies)] : []),
    ].join("; ")
  }
  if (query.kind === "findings") {
    const label = (facet: string, value: string): string => (facet === "entity" ? (names[value] ?? value) : value)
    return [
      `${say("findings.title")}: ${say(`severity.${query.severity}`)}`,
      ...filters(query.filters, (facet) => say(`findings.${facet}`), label, "inquiry.asked-filter"),
      ...filters(query.excluded, (facet) => say(`findings.${facet}`), label, "inquiry.asked-without"),
    ].join("; ")
  }
  const view = VIEWS[query.list]
  const named = (facet: string): string => view.facets.find((one) => one.facet === facet)?.label ?? facet
  const label = (facet: string, value: string): string =>
    names[value] ?? view.facets.find((one) => one.facet === facet)?.labelOf(value) ?? value
  return [
    say(`inquiry.list.${query.list}`),
    ...(query.q ? [say("inquiry.asked-q", { q: query.q })] : []),
    ...filters(query.filters, named, label, "inquiry.asked-filter"),
    ...filters(query.excluded, named, label, "inquiry.asked-without"),
  ].join("; ")
}

const filter = (name: string, values: string): string => say("inquiry.asked-filter", { name: say(name), values })

function filters(
  lists: Partial<Record<string, string[]>>,
  named: (facet: string) => string,
  label: (facet: string, value: string) => string,
  key: string,
): string[] {
  return Object.entries(lists).flatMap(([facet, values]) =>
    values?.length
      ? [say(key, { name: named(facet), values: values.map((value) => label(facet, value)).join(", ") })]
      : [],
  )
}
