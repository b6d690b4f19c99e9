import { z } from "zod"
import { text } from "@/domain/records/parts"

/** Why a page is withheld: picked from a list, for whoever gets the copy reads it. */
export const WITHHELD_FOR = ["secret", "people", "price", "security", "privilege", "not-asked"] as const
export type WithheldFor = (typeof WITHHELD_FOR)[number]

export const withheldShape = z.strictObject({
  page: z.coerce.number("invalid.page").int("invalid.page").min(1, "invalid.page").max(5_000, "invalid.page"),
  reason: z.enum(WITHHELD_FOR),
  /** Further words, printed on the copy. */
  words: text(300).default(""),
})
export type Withheld = z.infer<typeof withheldShape>

/** Who makes copies for outsiders: on them they stand by their role alone. */
export const MAKER_ROLES = ["legal", "dpo"] as const
export type MakerRole = (typeof MAKER_ROLES)[number]

/** The withheld pages in their order; null: one stands there twice, none does, or all of them do and nothing would be left. */
export function inOrder(withheld: readonly Withheld[], pages: number | null): Withheld[] | null {
  const list = [...withheld].sort((a, b) => a.page - b.page)
  if (list.length === 0 || new Set(list.map(({ page }) => page)).size < list.length) return null
  return pages !== null && (list.length >= pages || (list[list.length - 1]?.page ?? 0) > pages) ? null : list
}

/** Pages as a person writes them: "1, 3-5"; null: it is no list of pages. */
export function readPages(typed: string): number[] | null {
  const out = new Set<number>()
  for (const part of typed.split(/[,;\s]+/).filter((one) => one !== "")) {
    const found = /^(\d{1,4})(?:[-–](\d{1,4}))?$/.exec(part)
    if (!found) return null
    const [first, last] = [Number(found[1]), Number(found[2] ?? found[1])]
    if (first < 1 || last < first || last - first > 2_000) return null
    for (let page = first; page <= last; page += 1) out.add(page)
  }
  return [...out].sort((a, b) => a - b)
}

/** The words of a text, as two readings of one page are compared. */
export function wordsOf(text: string): string[] {
  return text
    .normalize("NFKC")
    .split(/\s+/u)
    .filter((word) => word !== "")
}

/** `on`: the kept page that says all of a withheld one. */
export type Mismatch =
  { page: number; why: "not-kept" | "not-withheld" } | { page: number; why: "said-again"; on: number }

/** So many signs are no line at a foot: a kept page that has all of a withheld one's says what was to be withheld. */
const SAID_AGAIN = 40

/**
 * What another reader finds in a copy, held against the original: a kept page begins with all it said (fields that were drawn into
 * it may follow), a withheld one says nothing of its own. `before`: sheets that stand before all pages. Null: it is as it should be.
 */
export function mismatchOf(
  original: readonly string[],
  copy: readonly string[],
  withheld: ReadonlySet<number>,
  before: number,
): Mismatch | null {
  const texts = original.map((text) => wordsOf(text).join(""))
  for (const page of withheld) {
    // Two pages cut from one sheet hold the words of both; only what is shown of it differs.
    const own = texts[page - 1] ?? ""
    const on = own.length < SAID_AGAIN ? -1 : texts.findIndex((text, i) => !withheld.has(i + 1) && text.includes(own))
    if (on >= 0) return { page, why: "said-again", on: on + 1 }
  }
  for (const [i, text] of original.entries()) {
    const page = i + 1
    const mine = wordsOf(text)
    const found = wordsOf(copy[before + i] ?? "")
    if (withheld.has(page)) {
      const own = mine.join("")
      if (own.length >= 20 && found.join("").includes(own)) return { page, why: "not-withheld" }
    } else if (!found.join("").startsWith(mine.join(""))) return { page, why: "not-kept" }
  }
  return copy.length === before + original.length ? null : { page: original.length, why: "not-kept" }
}
