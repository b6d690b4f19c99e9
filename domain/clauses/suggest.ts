import { CLAUSE_WORDS } from "./suggestions.data"
import { textAt } from "./compare"
import { placeOf, wordsOf, type PageText, type Place, type Word } from "./words"

/** A place where a clause may stand. Only a person says that it does. */
export type Suggested = { item: string; place: Place; quote: string; phrases: string[] }

/** Words within which the phrases of a clause have to stand together: a long sentence. */
const TOGETHER = 70
/** Places offered for one item. */
const OFFERED = 3
/** Longest quote of a suggestion, in characters. */
const QUOTE = 300

type Met = { at: number; end: number; phrase: string }

/**
 * Where each of the items may stand in a paper, by words of a plain list: stretches of at most 70 words in which most phrases of
 * the item meet, the densest first, at most three an item. An item that the list does not know, or whose words the paper does not hold, has none.
 */
export function suggestPlaces(pages: readonly PageText[], items: readonly string[]): Suggested[] {
  const words = wordsOf(pages)
  const starts = indexOf(words)
  return items.flatMap((item) => {
    const met = (CLAUSE_WORDS[item] ?? []).flatMap((phrase) => meetings(words, starts, phrase))
    met.sort((a, b) => a.at - b.at || a.end - b.end)
    return densest(met).map(({ first, last, phrases }): Suggested => {
      const place = placeOf(words, first, last)
      return { item, place, quote: cut(textAt(pages, place)), phrases }
    })
  })
}

/** The places of each word by its first two letters, so that a phrase looks at few of them. */
function indexOf(words: readonly Word[]): Map<string, number[]> {
  const starts = new Map<string, number[]>()
  words.forEach(({ word }, at) => {
    const key = word.slice(0, 2)
    const list = starts.get(key)
    if (list) list.push(at)
    else starts.set(key, [at])
  })
  return starts
}

function meetings(words: readonly Word[], starts: ReadonlyMap<string, number[]>, phrase: string): Met[] {
  const wanted = wordsOf([{ page: 0, text: phrase }]).map(({ word }) => word)
  const last = wanted.length - 1
  const first = wanted[0] ?? ""
  return (starts.get(first.slice(0, 2)) ?? []).flatMap((at) => {
    const fits = wanted.every((want, i) => {
      const word = words[at + i]?.word ?? ""
      return i === last ? word.startsWith(want) : word === want
    })
    return fits ? [{ at, end: at + last, phrase }] : []
  })
}

/** Stretches with the most different phrases, none over another; of equally many the earliest. */
function densest(met: readonly Met[]): { first: number; last: number; phrases: string[] }[] {
  const stretches = met.map((begin, i) => {
    const phrases = new Set<string>()
    let last = begin.end
    // By number: a copy of the rest for each would stand still at a paper that says one word a hundred thousand times.
    for (let next = i; next < met.length; next += 1) {
      const one = met[next] as Met
      if (one.end - begin.at >= TOGETHER) break
      phrases.add(one.phrase)
      last = Math.max(last, one.end)
    }
    return { first: begin.at, last, phrases: [...phrases] }
  })
  const best = stretches.toSorted((a, b) => b.phrases.length - a.phrases.length || a.first - b.first)
  const taken: typeof stretches = []
  for (const one of best) {
    if (taken.every((other) => one.last < other.first || one.first > other.last)) taken.push(one)
    if (taken.length === OFFERED) break
  }
  return taken
}

function cut(text: string): string {
  const line = text.replace(/\s+/g, " ").trim()
  return line.length <= QUOTE ? line : `${line.slice(0, QUOTE - 1)}…`
}
