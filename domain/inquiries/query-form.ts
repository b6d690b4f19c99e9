import { readRecipients } from "@/domain/answers/recipients"
import { queryAddress, queryShape, readQuery, type InquiryQuery } from "./query"

/** What a form of an answer asks the register by: nothing, a pasted address, or one of three small questions. */
export const ASKS = ["", "address", "table", "recipients", "findings"] as const
export type Ask = (typeof ASKS)[number]

/** The tables that can be asked. */
export const ASKED_LISTS = ["parties", "sharings", "agreements", "others"] as const

type Fields = Record<string, unknown>

/** The fields of the form as they stand for a question that is kept. */
export type AskFields = {
  ask: Ask
  address: string
  list: string
  q: string
  data: string[]
  people: string[]
  countries: string
  entities: string[]
  severity: string
  clauses: string
  foundEntities: string[]
}

const textOf = (value: unknown): string => (typeof value === "string" ? value.trim() : "")
const listOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === "string" && one !== "")
const wordsOf = (value: unknown): string[] =>
  textOf(value)
    .split(/[\s,;]+/)
    .filter((word) => word !== "")

/** So many words one part of the question of recipients holds. */
const MOST = 60

const NONE: AskFields = {
  ...{ ask: "", address: "", list: "parties", q: "", data: [], people: [], countries: "", entities: [] },
  ...{ severity: "blocking", clauses: "", foundEntities: [] },
}

/** What was typed into the form, as it is shown again. */
export function askFields(sent: Fields): AskFields {
  return {
    ask: ASKS.find((known) => known === sent.ask) ?? "",
    ...{ address: textOf(sent.address), list: textOf(sent.list) || NONE.list, q: textOf(sent.q) },
    ...{ data: listOf(sent.data), people: listOf(sent.people), countries: textOf(sent.countries) },
    ...{ entities: listOf(sent.entities), severity: textOf(sent.severity) || NONE.severity },
    ...{ clauses: textOf(sent.clauses), foundEntities: listOf(sent.foundEntities) },
  }
}

/** The fields for a question that is kept. What the small forms have no field for stands as its address. */
export function fieldsOfQuery(query: InquiryQuery | null): AskFields {
  if (query === null) return NONE
  const address = queryAddress(query, null)
  if (query.kind === "recipients") {
    const { data, people, countries, entities } = query
    return { ...NONE, ask: "recipients", address, data, people, countries: countries.join(", "), entities }
  }
  const named = Object.keys({ ...query.filters, ...query.excluded })
  if (query.kind === "table") {
    if (named.length > 0) return { ...NONE, ask: "address", address }
    return { ...NONE, ask: "table", address, list: query.list, q: query.q }
  }
  const fits = Object.keys(query.excluded).length === 0 && named.every((one) => one === "clause" || one === "entity")
  if (!fits) return { ...NONE, ask: "address", address }
  return {
    ...{ ...NONE, ask: "findings", address, severity: query.severity },
    ...{ clauses: (query.filters.clause ?? []).join(", "), foundEntities: query.filters.entity ?? [] },
  }
}

/** The question that the form asks; null: none, `undefined`: what was typed is no question. */
export function typedQuery(sent: Fields): InquiryQuery | null | undefined {
  const typed = askFields(sent)
  if (typed.ask === "") return null
  if (typed.ask === "address") return readQuery(typed.address) ?? undefined
  if (typed.ask === "recipients") return typedRecipients(typed)
  const asked =
    typed.ask === "table"
      ? { kind: "table", list: typed.list, q: typed.q, filters: {}, excluded: {} }
      : {
          ...{ kind: "findings", severity: typed.severity, excluded: {} },
          filters: {
            ...(wordsOf(sent.clauses).length ? { clause: wordsOf(sent.clauses) } : {}),
            ...(typed.foundEntities.length ? { entity: typed.foundEntities } : {}),
          },
        }
  const parsed = queryShape.safeParse(asked)
  return parsed.success ? parsed.data : undefined
}

function typedRecipients({ data, people, countries, entities }: AskFields): InquiryQuery | undefined {
  const places = countries.split(/[,;\n]/).filter((one) => one.trim() !== "")
  // More than the question holds is none: it would ask less than was typed.
  if ([data, people, places, entities].some((list) => list.length > MOST)) return undefined
  const words = new URLSearchParams([
    ...data.map((one) => ["data", one]),
    ...people.map((one) => ["people", one]),
    ...places.map((one) => ["country", one.trim()]),
    ...entities.map((one) => ["entity", one]),
  ])
  const { query, unknown } = readRecipients(words)
  return unknown.length > 0 ? undefined : { ...query, kind: "recipients" }
}
