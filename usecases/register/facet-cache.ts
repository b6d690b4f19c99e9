import { sql } from "drizzle-orm"
import { allMarked, lastActAt, markedSince } from "@/db/statements/facet-rows"
import type { Db, Tx } from "@/db/connect"
import { indexedFacets, LISTS, type ListName } from "@/db/statements/list-specs"
import { dayIn } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { fits, makeFacetIndex, putRow, type FacetIndex } from "@/domain/register/facet-index"

/** The index of a list: what it is today, of the register as it was at the instant. */
export type Kept = { index: FacetIndex; at: Instant; today: string }
type State = { kept: Kept | null; making: Promise<void> | null; tooLarge: boolean }

/** More changes than this since it was last asked: it is made anew. */
const MOST_CHANGES = 5_000
const MAKING_SECONDS = 120

// A cache of the log at a known instant (foundation 27), one for each database of this process.
const held = globalThis as typeof globalThis & { onwardFacets?: WeakMap<object, Map<ListName, State>> }

function stateOf(db: Db, list: ListName): State {
  const all = (held.onwardFacets ??= new WeakMap<object, Map<ListName, State>>())
  const ours = all.get(db.$client) ?? new Map<ListName, State>()
  all.set(db.$client, ours)
  const state = ours.get(list) ?? { kept: null, making: null, tooLarge: false }
  ours.set(list, state)
  return state
}

/**
 * The list's index, not older than the caller's snapshot, whose instant is `asked`; null while there is none. It follows
 * the log: what came since it was last asked is read in the caller's snapshot. Where there is none for today, one is begun.
 */
export async function facetIndex(
  tx: Tx,
  db: Db,
  list: ListName,
  today: string,
): Promise<{ kept: Kept; asked: Instant } | null> {
  const { kept } = stateOf(db, list)
  const asked = await lastActAt(tx)
  if (!kept || kept.today !== today || asked === null) return begin(db, list, today)
  if (asked <= kept.at) return { kept, asked }
  const changed = await markedSince(tx, list, today, kept.at, MOST_CHANGES)
  if (changed.length >= MOST_CHANGES) return begin(db, list, today)
  // Another reader may have brought it further meanwhile: a step back would put old rows in the place of new ones.
  if (kept.at < asked) {
    for (const row of changed) putRow(kept.index, row)
    kept.at = asked
  }
  return { kept, asked }
}

function begin(db: Db, list: ListName, today: string): null {
  void makeFacets(db, list, today)
  return null
}

/** Makes the list's index for the day, once however many ask; ends when it is there or cannot be made. */
export async function makeFacets(db: Db, list: ListName, today: string): Promise<void> {
  const state = stateOf(db, list)
  if (state.tooLarge) return
  state.making ??= make(db, list, today)
    .then(
      (made) => {
        state.kept = made
        state.tooLarge = made === null
      },
      // It is a cache: without it the lists ask the database, and the next reader tries again.
      () => undefined,
    )
    .finally(() => (state.making = null))
  await state.making
}

/** Makes the indexes of all lists, one after another, so that the first reader finds them. */
export async function warmFacets(db: Db, now: Instant): Promise<void> {
  for (const list of Object.keys(LISTS) as ListName[]) await makeFacets(db, list, dayIn("UTC", now))
}

async function make(db: Db, list: ListName, today: string): Promise<Kept | null> {
  return db.transaction(
    async (tx) => {
      await tx.execute(sql.raw(`set local statement_timeout = '${MAKING_SECONDS}s'`))
      const at = await lastActAt(tx)
      if (at === null) throw new Error("the log has no head")
      const index = makeFacetIndex(indexedFacets(list))
      for await (const batch of allMarked(tx, list, today)) {
        for (const row of batch) putRow(index, row)
        if (!fits(index)) return null
      }
      return { index, at, today }
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  )
}
