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

/** The index of each word at which `wanted` begins; `open`: the last of them may go on. */
export function* runsOf(words: readonly Word[], wanted: readonly string[], open = false): Generator<number> {
  const last = wanted.length - 1
  if (last < 0) return
  for (let at = 0; at + last < words.length; at += 1) {
    let same = 0
    while (same < last && words[at + same]?.word === wanted[same]) same += 1
    if (same !== last) continue
    const end = words[at + last]?.word ?? ""
    if (open ? end.startsWith(wanted[last] ?? "") : end === wanted[last]) yield at
  }
}
