import { z } from "zod"
import { readRecipients, recipientsShape, recipientsWords } from "@/domain/answers/recipients"
import { FOUND_FACETS } from "@/domain/checks/found"

const lists = z.record(z.string().max(40), z.array(z.string().max(100)).max(400)).default({})

/** The tables of the register by their address. */
const TABLES = {
  "/parties": "parties",
  "/sharings": "sharings",
  "/agreements": "agreements",
  "/evidence": "others",
} as const

/** What a table of the register shows with a search and filters. When is no part of it. */
const tableShape = z.strictObject({
  kind: z.literal("table"),
  list: z.enum(["parties", "sharings", "agreements", "others"]),
  q: z.string().max(200).default(""),
  filters: lists,
  excluded: lists,
})

const found = z.partialRecord(z.enum(FOUND_FACETS), z.array(z.string().max(100)).max(50)).default({})
export const FOUND_SEVERITIES = ["blocking", "warning", "advice"] as const

/** What the list of findings shows of one severity, with filters. */
const findingsShape = z.strictObject({
  kind: z.literal("findings"),
  severity: z.enum(FOUND_SEVERITIES).default("blocking"),
  filters: found,
  excluded: found,
})

/** What the register is asked for an answer: who receives, a table with its filters, or what was found missing. */
export const queryShape = z.union(
  [tableShape, recipientsShape.extend({ kind: z.literal("recipients") }), findingsShape],
  "invalid.inquiry-query",
)
export type InquiryQuery = z.output<typeof queryShape>

export const RECIPIENTS = "/audit/answers/recipients"
export const FINDINGS = "/findings"

/**
 * The question that an address of ours asks: of a table, of the page of recipients, or of the list of findings. Null where it is none of
 * them, or has a word that is none.
 */
export function readQuery(address: string): InquiryQuery | null {
  const [before = "", query = ""] =
    address
      .trim()
      .split("#")[0]
      ?.split(/\?(.*)/s) ?? []
  const path = before.replace(/^https?:\/\/[^/]+/, "")
  const words = new URLSearchParams(query)
  if (path === RECIPIENTS) {
    const read = readRecipients(words)
    return read.unknown.length > 0 ? null : { ...read.query, kind: "recipients" }
  }
  if (path === FINDINGS) return readFindings(words)
  const list = Object.hasOwn(TABLES, path) ? TABLES[path as keyof typeof TABLES] : null
  if (!list) return null
  const parsed = tableShape.safeParse({
    ...{ kind: "table", list, q: words.get("q") ?? "" },
    ...{ filters: listsOf(words, "f."), excluded: listsOf(words, "not.") },
  })
  return parsed.success ? parsed.data : null
}

function readFindings(words: URLSearchParams): InquiryQuery | null {
  const clause = words.get("clause")
  const parsed = findingsShape.safeParse({
    ...{ kind: "findings", severity: words.get("severity") ?? "blocking", excluded: listsOf(words, "not.") },
    filters: { ...listsOf(words, "f."), ...(clause ? { clause: clause.split(",") } : {}) },
  })
  return parsed.success ? parsed.data : null
}

function listsOf(words: URLSearchParams, way: string): Record<string, string[]> {
  const found: Record<string, string[]> = {}
  for (const [name, value] of words)
    if (name.startsWith(way)) found[name.slice(way.length)] = value.split(",").filter((word) => word !== "")
  return found
}

/** The same of these companies alone, unless it names its own: where the register would else answer of all that its reader reads. */
export function ofCompanies(query: InquiryQuery, companies: readonly string[]): InquiryQuery {
  const some = [...companies]
  if (query.kind === "recipients") return query.entities.length > 0 ? query : { ...query, entities: some }
  if (query.kind === "table" && (query.list === "parties" || query.list === "others")) return query
  return query.filters.entity?.length
    ? query
    : ({ ...query, filters: { ...query.filters, entity: some } } as InquiryQuery)
}

/** Where the question is asked as of an instant; null: without one, as it was pasted. */
export function queryAddress(query: InquiryQuery, asOf: string | null): string {
  const words: [string, string][] =
    query.kind === "recipients"
      ? recipientsWords(query)
      : [...headWords(query), ...wordsOf(query.filters, "f."), ...wordsOf(query.excluded, "not.")]
  const said = new URLSearchParams([...words, ...(asOf ? [["as-of", asOf]] : [])]).toString()
  const path = pathOfQuery(query)
  return said === "" ? path : `${path}?${said}`
}

function headWords(query: Exclude<InquiryQuery, { kind: "recipients" }>): [string, string][] {
  if (query.kind === "findings") return [["severity", query.severity]]
  return query.q ? [["q", query.q]] : []
}

function pathOfQuery(query: InquiryQuery): string {
  if (query.kind === "recipients") return RECIPIENTS
  if (query.kind === "findings") return FINDINGS
  return Object.entries(TABLES).find(([, list]) => list === query.list)?.[0] ?? "/parties"
}

const wordsOf = (lists: Partial<Record<string, string[]>>, way: string): [string, string][] =>
  Object.entries(lists)
    .flatMap(([name, values]): [string, string[]][] => (values?.length ? [[name, values]] : []))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, values]) => [`${way}${name}`, values.join(",")])
