import { wordsOfFiles } from "@/db/statements/signatures"
import type { Db, Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import type { AnyRecord } from "@/domain/records/kinds"
import type { FileWord } from "@/domain/signatures/bears"

/**
 * Lays beside each paper what is known of the signatures in its files, as of the instant (null: now), for the checks to look
 * at: words alone, all in one question. Legal advice beside a paper is no paper, and is left out.
 */
export async function withWords<T extends AnyRecord>(
  on: Db | Tx,
  records: readonly T[],
  asOf: Instant | null,
): Promise<T[]> {
  const ids = records.flatMap((one) => (one.kind === "agreement" ? one.body.files.map(({ fileId }) => fileId) : []))
  const words = await wordsOfFiles(on, ids, asOf)
  return records.map((one) => wordsBeside(one, words))
}

/** The record; a paper with the words about its own files. */
export function wordsBeside<T extends AnyRecord>(one: T, words: ReadonlyMap<string, FileWord>): T {
  if (one.kind !== "agreement") return one
  const signatures = one.body.files.flatMap(({ fileId }) => {
    const word = words.get(fileId)
    return word === undefined ? [] : [{ fileId, word }]
  })
  return { ...one, signatures }
}
