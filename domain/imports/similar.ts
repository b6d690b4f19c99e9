import { fold } from "@/domain/core/fold"

/** Words that say what sort of company it is, not which: left off where names are compared. Folded. */
export const COMPANY_WORDS =
  "ltd|limited|plc|llp|llc|lp|inc|incorporated|corp|corporation|co|company|gmbh|mbh|ag|kg|kgaa|ug|se|ohg|ev|ek|sa|sas|sasu|sarl|snc|srl|srls|spa|sl|slu|bv|nv|oy|oyj|ab|as|asa|aps|kft|zrt|sro|doo|pty|pte|pvt|private|kk|sp z o o|s r o|s a r l|s p a|s a s|s r l|s a|b v|n v|e v"

/** Two names at least this near are proposed for joining, as similar. */
export const NEAR = 0.5

const TAIL = new RegExp(`( (${COMPANY_WORDS}))+$`)

/** The folded name without the words behind it that only say what sort of company it is. */
export function coreName(folded: string): string {
  return folded.replace(TAIL, "")
}

/** The figures in a name, in their order. Names whose figures differ are never similar: *Supplier 12* is not *Supplier 13*. */
export function figuresOf(folded: string): string {
  return folded.replace(/[^0-9]+/g, " ").trim()
}

/** The groups of three letters of a core, each word begun by two blanks and ended by one, as the database counts them. */
export function trigramsOf(core: string): string[] {
  const found = new Set<string>()
  for (const word of core.split(" ")) {
    if (word === "") continue
    const padded = [..."  ", ...word, " "]
    for (let at = 0; at + 3 <= padded.length; at += 1) found.add(padded.slice(at, at + 3).join(""))
  }
  return [...found]
}

/** How near two names are, from 0 to 1: the share of their groups of three letters that both have. */
export function nearness(a: string, b: string): number {
  const [left, right] = [fold(a), fold(b)]
  if (figuresOf(left) !== figuresOf(right)) return 0
  const mine = trigramsOf(coreName(left))
  const theirs = new Set(trigramsOf(coreName(right)))
  const both = mine.filter((one) => theirs.has(one)).length
  const either = mine.length + theirs.size - both
  return either === 0 ? 0 : both / either
}

/** Two distinct folded names that are near; `likeness` in hundredths. */
export type NearPair = { a: string; b: string; likeness: number }

/**
 * Pairs of near names among distinct folded ones, the nearest first. Only names with the same figures meet, and only
 * those with a group of letters in common are looked at, so that ten thousand names take a second and not a day.
 */
export function nearPairs(names: readonly string[], most: number): NearPair[] {
  const byFigures = new Map<string, string[]>()
  for (const name of new Set(names)) {
    const figures = figuresOf(name)
    const list = byFigures.get(figures) ?? []
    list.push(name)
    byFigures.set(figures, list)
  }
  const pairs: NearPair[] = []
  for (const list of byFigures.values()) if (list.length > 1) pairsWithin(list, pairs, most)
  return nearest(pairs, most)
}

function nearest(pairs: NearPair[], most: number): NearPair[] {
  const order = (x: NearPair, y: NearPair): number =>
    y.likeness - x.likeness || (x.a < y.a ? -1 : x.a > y.a ? 1 : x.b < y.b ? -1 : 1)
  return pairs.sort(order).slice(0, most)
}

function pairsWithin(names: readonly string[], pairs: NearPair[], most: number): void {
  const sizes: number[] = []
  const holders = new Map<string, number[]>()
  const shared = new Int32Array(names.length)
  names.forEach((name, i) => {
    const grams = trigramsOf(coreName(name))
    sizes.push(grams.length)
    const met: number[] = []
    for (const gram of grams) {
      const before = holders.get(gram)
      for (const j of before ?? []) {
        if (shared[j] === 0) met.push(j)
        shared[j] = (shared[j] ?? 0) + 1
      }
      if (before) before.push(i)
      else holders.set(gram, [i])
    }
    for (const j of met) {
      const both = shared[j] ?? 0
      const likeness = both / (grams.length + (sizes[j] ?? 0) - both)
      shared[j] = 0
      if (likeness >= NEAR) pairs.push({ a: names[j] ?? "", b: name, likeness: Math.round(likeness * 100) })
    }
    // Names that are all near each other would make pairs by the million; the farthest are let go on the way.
    if (pairs.length > most + 100_000) pairs.splice(0, pairs.length, ...nearest(pairs, most))
  })
}
