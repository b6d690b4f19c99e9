import { endedUnasked, type Ended } from "@/db/statements/dues"
import { decidersNow, insertTellings } from "@/db/statements/tellings"
import { addDays, dayIn } from "@/domain/core/day"
import { holdersIn } from "@/domain/told/who"
import { LOOKS_BACK } from "@/domain/told/overdue"
import { listEntityIds } from "@/db/statements/entities"
import { loadEntities } from "@/usecases/register/records"
import type { Scene } from "@/usecases/scene"

const MANY = 500

/**
 * The worker's part: a flow whose last day came, and that nobody ended, owes its deletion or return from then on. Whoever
 * answers for it and whoever buys for the company are told on the first day after, once, however many workers come by.
 * What is owed needs nobody to set it: it follows from the last day and the paper. Gives how many ended so.
 */
export async function tellEnded({ db, now }: Pick<Scene, "db" | "now">): Promise<number> {
  // The furthest day that is today anywhere.
  const until = addDays(dayIn("UTC", now), 1)
  const from = addDays(until, -LOOKS_BACK)
  let seen = 0
  for (let after: Ended | null = null; ;) {
    const found: Ended[] = await db.transaction(async (tx) => {
      const list = await endedUnasked(tx, { from, until, after, most: MANY })
      if (list.length === 0) return list
      const entities = await loadEntities(tx, await listEntityIds(tx), null)
      const holders = await decidersNow(tx, now)
      const came = list.filter((one) => one.from <= dayIn(entities.get(one.entityId as never)?.zone ?? "UTC", now))
      const tellings = came.map(({ recordId, entityId, from: since, dueOn, owner, restrictedTo }) => ({
        ...{ kind: "due" as const, recordId, clause: "deletion", dueOn, what: "ended" },
        to: [...new Set([...(owner ? [owner] : []), ...holdersIn(holders, "procurement", [entityId])])].filter(
          (id) => restrictedTo === null || restrictedTo.includes(id),
        ),
        occasion: `ended:${recordId}:${since}`,
      }))
      await insertTellings(tx, { occasion: "ended", at: now, byPerson: null, mails: true }, tellings)
      seen += came.length
      return list
    })
    const last = found[found.length - 1]
    if (found.length < MANY || !last) return seen
    after = last
  }
}
