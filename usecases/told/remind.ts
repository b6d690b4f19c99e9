import { dueThings, type DueRow, type DueSource } from "@/db/statements/dues"
import { listEntityIds } from "@/db/statements/entities"
import { escalations } from "@/db/statements/escalations"
import { decidersNow, insertTellings } from "@/db/statements/tellings"
import { addDays, dayIn } from "@/domain/core/day"
import { LOOKS_BACK, remindersOf } from "@/domain/told/overdue"
import { holdsIn } from "@/domain/told/who"
import { remindLetters } from "@/usecases/inquiries/told"
import { loadEntities } from "@/usecases/register/records"
import { remindPapers } from "./remind-papers"
import { remindConditions } from "./remind-conditions"
import type { Scene } from "@/usecases/scene"
import { remindStages } from "./remind-stages"

const MANY = 500

/**
 * Tells of what came due: its owner once on the day, and after some days more whoever is named for it. The key of each
 * telling is the thing itself, so that rounds of many workers tell it once. Gives how many things came due.
 */
export async function remind(scene: Pick<Scene, "db" | "now">): Promise<number> {
  let seen = 0
  seen += await remindConditions(scene)
  seen += await remindLetters(scene)
  for (const source of ["taken", "reviews", "found"] as const) seen += await remindOf(scene, source)
  seen += await remindPapers(scene)
  return seen + (await remindStages(scene))
}

async function remindOf({ db, now }: Pick<Scene, "db" | "now">, source: DueSource): Promise<number> {
  let seen = 0
  // The furthest day that is today anywhere, and the first that is still looked back to.
  const until = addDays(dayIn("UTC", now), 1)
  const from = addDays(until, -LOOKS_BACK - 2)
  for (let after: { dueOn: string; id: string } | null = null; ;) {
    const found: DueRow[] = await db.transaction(async (tx) => {
      const list = await dueThings(tx, source, { from, until, after, most: MANY })
      if (list.length === 0) return list
      const entities = await loadEntities(tx, await listEntityIds(tx), null)
      // Whoever was named and decides there no more hears nothing: it goes to who gave it.
      const holders = await decidersNow(tx, now)
      const reads = (one: { personId: string; entityId: string }): boolean =>
        holders.some((holder) => holder.id === one.personId && holdsIn(holder, one.entityId))
      const named = new Map((await escalations(tx)).filter(reads).map((one) => [one.entityId, one]))
      const tellings = list.flatMap((thing) => {
        const zone = entities.get(thing.entityId as never)?.zone ?? "UTC"
        const reminders = remindersOf(thing, dayIn(zone, now), named.get(thing.entityId ?? "") ?? null)
        const { id: occasion, recordId, clause, dueOn, what } = thing
        const about = { occasion, recordId, clause, dueOn, ...(what ? { what } : {}) }
        return reminders.map((one) => ({ kind: one.kind, to: [one.to], ...about }))
      })
      await insertTellings(tx, { occasion: "due", at: now, byPerson: null, mails: true }, tellings)
      return list
    })
    seen += found.length
    const last = found[found.length - 1]
    if (found.length < MANY || !last) return seen
    after = { dueOn: last.dueOn, id: last.id }
  }
}
