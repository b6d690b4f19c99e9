/** A word that was typed, and the words that may have been meant: the same one where it is found, else what is one slip off. */
export type Meant = { typed: string; meant: string[] }

/** Words are forgiven a slip from this length on; of shorter ones too many are alike. */
const SHORTEST = 4
const MOST_WORDS = 6
const MOST_MEANT = 4

/** The words of a folded search, each looked for on its own; null where there are too many to go on guessing. */
export function searchWords(q: string): string[] | null {
  const words = [...new Set(q.split(" ").filter((word) => word !== ""))]
  return words.length > 0 && words.length <= MOST_WORDS ? words : null
}

/** Whether a slip in this word is forgiven: it is long enough, and no figure, for figures that differ are others. */
export function forgives(word: string): boolean {
  return [...word].length >= SHORTEST && [...word].length <= 30 && !/\p{N}/u.test(word)
}

/** A regular expression for the words that are one slip off: a letter wrong, missing or too much, or two swapped. */
export function slipPattern(word: string): string {
  const letters = [...word]
  const slips = new Set<string>()
  const add = (from: number, to: number, between: string): void =>
    void slips.add([...letters.slice(0, from), between, ...letters.slice(to)].join(""))
  letters.forEach((letter, i) => {
    add(i, i + 1, ".")
    add(i, i, ".")
    add(i, i + 1, "")
    const next = letters[i + 1]
    if (next !== undefined && next !== letter) add(i, i + 2, next + letter)
  })
  add(letters.length, letters.length, ".")
  return `(^| )(${[...slips].join("|")})( |$)`
}

/** Whether the two are one slip apart: a letter wrong, missing or too much, or two neighbours swapped. */
export function oneSlip(typed: string, word: string): boolean {
  const [a, b] = [[...typed], [...word]]
  if (Math.abs(a.length - b.length) > 1 || typed === word) return false
  let begin = 0
  while (begin < a.length && begin < b.length && a[begin] === b[begin]) begin += 1
  let end = 0
  while (end < a.length - begin && end < b.length - begin && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1
  const [left, right] = [a.slice(begin, a.length - end), b.slice(begin, b.length - end)]
  if (left.length <= 1 && right.length <= 1) return true
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0]
}

/** Of texts found, the words that are one slip off the typed one: the most frequent first, at most four. */
export function meantIn(typed: string, texts: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const text of texts)
    for (const word of new Set(text.split(" "))) if (oneSlip(typed, word)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, MOST_MEANT)
    .map(([word]) => word)
}
