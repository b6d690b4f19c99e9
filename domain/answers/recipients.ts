import { z } from "zod"
import { isCountry } from "@/domain/core/country"
import { readCountry } from "@/domain/imports/country"
import { isId } from "@/domain/core/id"
import { SUBJECTS } from "@/domain/vocabulary/subjects"
import { isDataWord } from "./data-families"

const MOST = 60
const PEOPLE = new Set<string>(SUBJECTS.map(({ code }) => code))

const words = (known: (word: string) => boolean, says: string) =>
  z
    .array(z.string().max(60).refine(known, says))
    .max(MOST)
    .transform((list) => [...new Set(list)].sort())
    .default([])

/**
 * Who receives data of these kinds of these people, in these countries, from these companies of ours. An empty list asks for all.
 * When is no part of it: a question is asked at an instant and about a day.
 */
export const recipientsShape = z.strictObject({
  kind: z.literal("recipients").default("recipients"),
  data: words(isDataWord, "invalid.form"),
  people: words((word) => PEOPLE.has(word), "invalid.form"),
  countries: words(isCountry, "invalid.form"),
  entities: words((word) => isId("entity", word), "invalid.form"),
})

export type RecipientsQuery = z.output<typeof recipientsShape>

const NAMES = ["data", "people", "countries", "entities"] as const
/** What each part of the question is called in an address. */
const WORDS = { data: "data", people: "people", countries: "country", entities: "entity" } as const

/** A country as people write it: its code, or its name. */
function codeOf(text: string): string {
  const read = text === "" || isCountry(text) ? null : readCountry(text)
  return read !== null && "code" in read ? read.code : text
}

/** Reads the question from the words of an address; what is no word of a vocabulary is left out and named. */
export function readRecipients(said: URLSearchParams): { query: RecipientsQuery; unknown: string[] } {
  const unknown: string[] = []
  const parts = Object.fromEntries(
    NAMES.map((name) => {
      const list = said
        .getAll(WORDS[name])
        .flatMap((text) => text.split(","))
        .map((text) => (name === "countries" ? codeOf(text.trim()) : text.trim()))
        .filter((word) => word !== "")
      const read = list.filter((word) => recipientsShape.shape[name].safeParse([word]).success)
      unknown.push(...list.filter((word) => !read.includes(word)).map((word) => word.slice(0, 60)))
      return [name, read.slice(0, MOST)]
    }),
  )
  return { query: recipientsShape.parse({ kind: "recipients", ...parts }), unknown }
}

/** The question as words of an address, in one order, so that equal questions have equal addresses. */
export function recipientsWords(query: RecipientsQuery): [string, string][] {
  return NAMES.flatMap((name): [string, string][] =>
    query[name].length ? [[WORDS[name], [...query[name]].sort().join(",")]] : [],
  )
}
