import { linksLate, markReminded } from "@/db/statements/asked"
import { listEntityIds } from "@/db/statements/entities"
import { insertTellings } from "@/db/statements/tellings"
import { addDays, dayIn } from "@/domain/core/day"
import { loadEntities } from "@/usecases/register/records"
import type { Scene } from "@/usecases/scene"
import { aboutLink } from "./supplier-side"

const MANY = 500

/**
 * Tells whoever asked, once, that a supplier's day has passed without an answer. Of a campaign they are told once for each
 * supplier in their inbox; their mails are put together by the ways they chose. Gives how many links came late.
 */
export async function remindAsked({ db, now }: Pick<Scene, "db" | "now">): Promise<number> {
  for (let seen = 0; ;) {
    const late = await db.transaction(async (tx) => {
      // The furthest day that is today anywhere; each company's own zone decides below.
      const found = await linksLate(tx, addDays(dayIn("UTC", now), 1), MANY)
      if (found.length === 0) return { taken: 0, all: 0 }
      const entities = await loadEntities(tx, await listEntityIds(tx), null)
      const over = found.filter((one) => one.dueOn < dayIn(entities.get(one.entityId as never)?.zone ?? "UTC", now))
      await insertTellings(
        tx,
        { occasion: "asked", at: now, byPerson: null, mails: true },
        over.map((one) => ({
          ...{ kind: "unanswered" as const, to: [one.byPerson], occasion: one.id, dueOn: one.dueOn },
          ...aboutLink(one),
        })),
      )
      if (over.length)
        await markReminded(
          tx,
          over.map((one) => one.id),
          now,
        )
      return { taken: over.length, all: found.length }
    })
    seen += late.taken
    if (late.all < MANY || late.taken === 0) return seen
  }
}
