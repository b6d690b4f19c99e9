/** What a cell that lists several things holds: what was understood, each once, and the pieces that were not. */
export type Pieces<T> = { found: T[]; strange: string[] }

const STRONG = /[;\n|•]+/
const WEAK = /(\s*[,/&+]\s*|\s+(?:and|und|et)\s+)/i

/**
 * Takes a cell apart into things that `match` knows. Semicolons and line ends always part; commas, slashes and *and*
 * part only where the longer piece is not itself a known word ("Korea, Republic of", "Trinidad and Tobago").
 */
export function piecesOf<T>(cell: string, match: (piece: string) => T | null): Pieces<T> {
  const found = new Set<T>()
  const strange: string[] = []
  for (const piece of cell.split(STRONG).map((part) => part.trim())) {
    if (piece === "") continue
    // Even places hold words, odd ones the signs between them.
    const parts = piece.split(WEAK)
    for (let from = 0; from < parts.length;) {
      const taken = longest(parts, from, match)
      if (taken) found.add(taken.value)
      else if (parts[from]?.trim()) strange.push(parts[from]?.trim() ?? "")
      from = (taken?.to ?? from + 1) + 1
    }
  }
  return { found: [...found], strange }
}

/** The longest run of words from a place on that is known; `to` is the place after it. At most eight words are tried. */
function longest<T>(
  parts: readonly string[],
  from: number,
  match: (piece: string) => T | null,
): { value: T; to: number } | null {
  const last = Math.min(parts.length, from + 15)
  for (let to = last - ((last - from + 1) % 2); to > from; to -= 2) {
    const value = match(parts.slice(from, to).join("").trim())
    if (value !== null) return { value, to }
  }
  return null
}
