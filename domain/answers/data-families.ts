import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"

/**
 * The vocabulary of data kinds has no parents: what stands before the point of a code is its family, and asking for a family
 * (`contact.*`) asks for every kind in it.
 */
export const FAMILIES: readonly string[] = [...new Set(DATA_KINDS.map(({ code }) => familyOf(code)))]

/** The family that a kind of data belongs to: `contact.email` is of `contact`. */
export function familyOf(code: string): string {
  return code.slice(0, code.indexOf("."))
}

/** Whether the word asks for a kind of data or for a family of them. */
export function isDataWord(word: string): boolean {
  return DATA_KINDS.some(({ code }) => code === word || `${familyOf(code)}.*` === word)
}

/** The kinds of data that the words ask for, in the order of the vocabulary; none asked for: none, which means all. */
export function kindsAsked(words: readonly string[]): string[] {
  return DATA_KINDS.flatMap(({ code }) => (words.includes(code) || words.includes(`${familyOf(code)}.*`) ? [code] : []))
}
