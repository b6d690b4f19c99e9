import { wordsOfPapers } from "@/db/statements/signatures"
import type { Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { isOnlyRequester } from "@/domain/people/permissions"
import { listedWord } from "@/domain/signatures/bears"
import type { Actor } from "@/usecases/scene"

/**
 * Rows of a page of papers, each with the word about its signatures. A requester reads the files of their own requests alone, and
 * is told no words in a list.
 */
export async function withListedWords(
  tx: Tx,
  rows: readonly Record<string, unknown>[],
  at: Instant | null,
  actor: Actor,
): Promise<Record<string, unknown>[]> {
  if (isOnlyRequester(actor)) return [...rows]
  const ids = rows.flatMap((row) => (row.hasFile === true ? [String(row.id)] : []))
  const words = await wordsOfPapers(tx, ids, at)
  return rows.map((row) => ({ ...row, signatures: listedWord(words.get(String(row.id)) ?? []) }))
}
