import type { SQL } from "drizzle-orm"
import { z } from "zod"
import { reviewIds } from "@/db/statements/review"
import type { Tx } from "@/db/connect"
import { fold } from "@/domain/core/fold"

/** What was chosen of a request: records ticked, or all that match what the page was filtered by. Counted here, anew. */
export const selection = {
  all: z.boolean().default(false),
  q: z.string().max(200).default(""),
  filters: z.record(z.string().max(40), z.array(z.string().max(100)).max(100)).default({}),
  excluded: z.record(z.string().max(40), z.array(z.string().max(100)).max(100)).default({}),
  records: z.array(z.string().max(40)).max(10_000).default([]),
}

type Lists = Record<string, string[]>
export type Selection = { all: boolean; q: string; filters: Lists; excluded: Lists; records: string[] }

/** The records of the request that a selection means, among those in the reader's scope (a condition on review rows). */
export async function chosenIds(tx: Tx, requestId: string, of: Selection, scope: SQL): Promise<string[]> {
  if (of.all) return reviewIds(tx, requestId, { q: fold(of.q), filters: of.filters, excluded: of.excluded }, scope)
  const seen = new Set(await reviewIds(tx, requestId, { q: "", filters: {}, excluded: {} }, scope))
  return of.records.filter((id) => seen.has(id))
}
