import type { Pack } from "@/domain/checks/types"
import { HOUSE_CLAUSES } from "./house.data"
import { STATEMENT_CONTENT } from "./statement-content.data"
import { STATEMENT_GROUNDS } from "./statement-grounds.data"
import { STATEMENT_PAPERS } from "./statement-papers.data"

const PUBLISHED = "2024-01-01T00:00:00.000Z"

/** Every published version of every pack. One is never changed once it was out: another one replaces it. */
export const PACKS: readonly Pack[] = [
  {
    pack: "statement",
    version: "1",
    publishedAt: PUBLISHED,
    clauses: [...STATEMENT_GROUNDS, ...STATEMENT_CONTENT, ...STATEMENT_PAPERS].sort((a, b) => (a.id < b.id ? -1 : 1)),
  },
  { pack: "house", version: "1", publishedAt: PUBLISHED, clauses: [...HOUSE_CLAUSES] },
]

/** The packs as they were known at the instant (UTC): of each the last version published by then. */
export function packsKnownAt(at: string, packs: readonly Pack[] = PACKS): Pack[] {
  const known = new Map<string, Pack>()
  for (const pack of packs) {
    const before = known.get(pack.pack)
    if (pack.publishedAt <= at && (!before || before.publishedAt <= pack.publishedAt)) known.set(pack.pack, pack)
  }
  return [...known.values()]
}
