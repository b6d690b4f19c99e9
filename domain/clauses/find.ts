import { placeOf, wordsOf, type PageText, type Place, type Word } from "./words"

/** Most places that one search gives. */
export const FOUND_AT_MOST = 200

/**
 * Every place where the asked words stand in this order, the last word also by its beginning, without case, accents and
 * punctuation. At most `FOUND_AT_MOST`, in reading order; none for words that hold no letter and no digit.
 */
export function findIn(pages: readonly PageText[], asked: string): Place[] {
  const wanted = wordsOf([{ page: 0, text: asked }]).map(({ word }) => word)
  const words = wordsOf(pages)
  const places: Place[] = []
  for (const first of runsOf(words, wanted, true)) {
    places.push(placeOf(words, first, first + wanted.length - 1))
    if (places.length === FOUND_AT_MOST) break
  }
  return places
}

/**
 * The index of each word at which `wanted` begins; `open`: the last of them may go on. Each word is looked at a few times at most
 * (Knuth, Morris, Pratt), also in a paper that was made to repeat itself.
 */
export function* runsOf(words: readonly Word[], wanted: readonly string[], open = false): Generator<number> {
  const last = wanted.length - 1
  if (last < 0) return
  const ends = wanted[last] ?? ""
  const fits = (word: string): boolean => (open ? word.startsWith(ends) : word === ends)
  const falls = fallsOf(wanted.slice(0, last))
  let same = 0
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]?.word ?? ""
    if (same === last) {
      if (fits(word)) yield at - last
      same = falls[same - 1] ?? 0
    }
    if (last === 0) continue
    while (same > 0 && word !== wanted[same]) same = falls[same - 1] ?? 0
    if (word === wanted[same]) same += 1
  }
}

/** For each beginning of the words: how many words at its end are its own first ones, so that a search goes on from there. */
function fallsOf(words: readonly string[]): number[] {
  const falls: number[] = []
  let same = 0
  words.forEach((word, at) => {
    if (at === 0) return void falls.push(0)
    while (same > 0 && word !== words[same]) same = falls[same - 1] ?? 0
    if (word === words[same]) same += 1
    falls.push(same)
  })
  return falls
}
