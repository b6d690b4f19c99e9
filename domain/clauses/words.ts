import { fold } from "@/domain/core/fold"

/** The text layer of one page, as it stands in the file. Pages count from one. */
export type PageText = { page: number; text: string }

/** A word of a paper: how it is compared, and where it stands. `from` and `to` count characters of its page. */
export type Word = { word: string; page: number; from: number; to: number }

// One ideograph is one word: those scripts set no spaces. A number keeps its points ("28.3"), so that clauses differ.
const IDEOGRAPH = "\\p{Script=Han}|\\p{Script=Hiragana}|\\p{Script=Katakana}|\\p{Script=Thai}"
const WORDS = new RegExp(`(?:${IDEOGRAPH})|\\p{N}+(?:[.,]\\p{N}+)*|(?:(?!${IDEOGRAPH})[\\p{L}\\p{M}\\p{N}])+`, "gu")
/** A word cut at the end of a line: "informa-" and "tion". */
const CUT = /^[-\u00ad\u2010]\s*\n\s*$/
/** A longer gap cuts no word. It is held short, for a hostile page of empty lines would keep the expression busy for hours. */
const GAP = 40

/**
 * The words of a paper in reading order, without case, accents and punctuation. A word that is cut at the end of a line is one
 * word. What stands in two pages stands in the order of its pages.
 */
export function wordsOf(pages: readonly PageText[]): Word[] {
  const all: Word[] = []
  for (const { page, text } of pages) {
    const begins = all.length
    for (const found of text.matchAll(WORDS)) {
      const [from, to] = [found.index, found.index + found[0].length]
      const before = all.length > begins ? all[all.length - 1] : undefined
      const word = fold(found[0])
      if (word === "") continue
      if (before && from - before.to <= GAP && CUT.test(text.slice(before.to, from)) && /^\p{Ll}/u.test(found[0])) {
        all[all.length - 1] = { word: before.word + word, page, from: before.from, to }
      } else all.push({ word, page, from, to })
    }
  }
  return all
}

/**
 * The text by which two papers are the same: the words alone, so that another font, margin or break of lines makes no
 * difference. Empty where no page has a text layer.
 */
export function sameText(pages: readonly PageText[]): string {
  return wordsOf(pages)
    .map(({ word }) => word)
    .join(" ")
}

/** Where some words of a paper stand: the first page and its characters, and the last. */
export type Place = { page: number; from: number; toPage: number; to: number }

/** The place of the words from `first` to `last`, both inclusive. */
export function placeOf(words: readonly Word[], first: number, last: number): Place {
  const [a, b] = [words[first], words[last]]
  if (!a || !b) throw new Error("no such words")
  return { page: a.page, from: a.from, toPage: b.page, to: b.to }
}
