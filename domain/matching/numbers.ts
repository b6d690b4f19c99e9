import { numberKey } from "@/domain/reconcile/keys"

/** A number of a paper as it is compared: letters and figures alone. Short ones and plain years say nothing. */
export function paperNumber(text: string): string | null {
  const key = numberKey(text.normalize("NFKC"))
  if (key === null || key.length < 5 || key.length > 60) return null
  return /^(19|20)\d{6}$/.test(key) ? null : key
}

/** In so many pieces a number may stand in a text: "MSA 2023 / 014". */
const PIECES = 4

/**
 * Each run of up to four pieces of a text that could be a number, as it is compared. `known` says which are asked for: a text
 * has more of them than anyone would keep.
 */
export function numbersIn(text: string, known: (key: string) => boolean): string[] {
  const pieces = text.normalize("NFKC").split(/[\s,;:()[\]{}"'„“”«»]+/u)
  const found = new Set<string>()
  const keys = pieces.map((piece) => piece.toUpperCase().replace(/[^\p{L}\p{N}]/gu, ""))
  keys.forEach((first, i) => {
    let run = ""
    for (let n = 0, at = i; n < PIECES && at < keys.length && first !== ""; at += 1) {
      const piece = keys[at] ?? ""
      if (piece === "") {
        // A sign that stands alone, as a dash between two parts, is no piece.
        if (at - i > PIECES) break
        continue
      }
      run += piece
      n += 1
      if (run.length > 60) break
      if (/\d/.test(run) && known(run)) found.add(run)
    }
  })
  return [...found]
}
