import type { SQL } from "drizzle-orm"
import type { Tx } from "@/db/connect"
import { byLetters, isHeld, textsLike } from "@/db/statements/alike"
import type { ListName } from "@/db/statements/list-specs"
import type { ListQuery } from "@/db/statements/lists"
import { forgives, meantIn, searchWords, slipPattern, type Meant } from "@/domain/register/typo"

/**
 * What a search may have meant that nothing holds as it was typed: its words, in whatever order, each as it is where the
 * list holds it, else those one slip off. Null where a word is like none. All of it within the reader's scope (`condition`).
 */
export async function meantBy(
  tx: Tx,
  list: ListName,
  query: Pick<ListQuery, "q" | "asOf" | "today">,
  condition: SQL,
): Promise<Meant[] | null> {
  const words = searchWords(query.q)
  if (words === null) return null
  return byLetters(tx, async () => {
    const out: Meant[] = []
    for (const typed of words) {
      const meant = (await isHeld(tx, list, typed, query, condition))
        ? [typed]
        : forgives(typed)
          ? meantIn(typed, await textsLike(tx, list, slipPattern(typed), query, condition))
          : []
      if (meant.length === 0) return null
      out.push({ typed, meant })
    }
    // One word that is held as it is: then what is looked for is not there for another reason.
    return out.length === 1 && out[0]?.meant[0] === out[0]?.typed ? null : out
  })
}
