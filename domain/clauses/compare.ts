import { diffArrays } from "diff"
import { placeOf, wordsOf, type PageText, type Place, type Word } from "./words"

/** A stretch of a comparison: words that both texts hold, that only the older, or that only the newer holds. */
export type Run = { is: "same" | "removed" | "added"; words: number; text: string; place: Place }

/** Two texts beside each other; null runs where they differ so much that a comparison word by word says nothing. */
export type Compared = { same: boolean; removed: number; added: number; runs: Run[] | null }

/** Most words that may differ before a comparison stops. Two versions of one paper differ by far fewer. */
const DIFFER_AT_MOST = 3_000

/**
 * Compares two texts of a paper word by word, without case, accents, punctuation and layout. `text` of a run is as it stands
 * in the file: of what both hold, in the newer one.
 */
export function compareTexts(before: readonly PageText[], after: readonly PageText[]): Compared {
  const [old, now] = [wordsOf(before), wordsOf(after)]
  const changes = diffArrays(
    old.map(({ word }) => word),
    now.map(({ word }) => word),
    { maxEditLength: DIFFER_AT_MOST },
  )
  if (!changes) return { same: false, removed: old.length, added: now.length, runs: null }
  const runs: Run[] = []
  let [i, j] = [0, 0]
  let [removed, added] = [0, 0]
  for (const change of changes) {
    const n = change.value.length
    if (n === 0) continue
    if (change.removed) {
      runs.push(run("removed", before, old, i, n))
      removed += n
      i += n
    } else {
      runs.push(run(change.added ? "added" : "same", after, now, j, n))
      if (change.added) added += n
      else i += n
      j += n
    }
  }
  return { same: removed === 0 && added === 0, removed, added, runs }
}

function run(is: Run["is"], pages: readonly PageText[], words: readonly Word[], first: number, n: number): Run {
  const place = placeOf(words, first, first + n - 1)
  return { is, words: n, text: textAt(pages, place), place }
}

/** The text of a place as it stands in the file, over the pages it runs. */
export function textAt(pages: readonly PageText[], { page, from, toPage, to }: Place): string {
  return pages
    .filter((one) => one.page >= page && one.page <= toPage)
    .map((one) => one.text.slice(one.page === page ? from : 0, one.page === toPage ? to : undefined))
    .join("\n")
}
