import { z } from "zod"
import { readRecipients, recipientsShape, recipientsWords } from "@/domain/answers/recipients"

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

/** What the register is asked for an answer: who receives, or a table with its filters. */
export const queryShape = z.union([tableShape, recipientsShape.extend({ kind: z.literal("recipients") })])
export type InquiryQuery = z.output<typeof queryShape>

export const RECIPIENTS = "/audit/answers/recipients"

/** The question that an address of ours asks: of a table, or of the page of recipients. Null where it is neither, or has a word that is none. */
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
  const list = Object.hasOwn(TABLES, path) ? TABLES[path as keyof typeof TABLES] : null
  if (!list) return null
  const parsed = tableShape.safeParse({
    ...{ kind: "table", list, q: words.get("q") ?? "" },
    ...{ filters: listsOf(words, "f."), excluded: listsOf(words, "not.") },
  })
  return parsed.success ? parsed.data : null
}

function listsOf(words: URLSearchParams, way: string): Record<string, string[]> {
  const found: Record<string, string[]> = {}
  for (const [name, value] of words)
    if (name.startsWith(way)) found[name.slice(way.length)] = value.split(",").filter((word) => word !== "")
  return found
}

/** Where the question is asked as of an instant; null: without one, as it was pasted. */
export function queryAddress(query: InquiryQuery, asOf: string | null): string {
  const words: [string, string][] =
    query.kind === "recipients"
      ? recipientsWords(query)
      : [
          ...(query.q ? [["q", query.q] satisfies [string, string]] : []),
          ...wordsOf(query.filters, "f."),
          ...wordsOf(query.excluded, "not."),
        ]
  const path =
    query.kind === "recipients"
      ? RECIPIENTS
      : (Object.entries(TABLES).find(([, list]) => list === query.list)?.[0] ?? "/parties")
  const said = new URLSearchParams([...words, ...(asOf ? [["as-of", asOf]] : [])]).toString()
  return said === "" ? path : `${path}?${said}`
}

const wordsOf = (lists: Record<string, string[]>, way: string): [string, string][] =>
  Object.entries(lists)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, values]) => [`${way}${name}`, values.join(",")])
