import { escalations } from "@/db/statements/escalations"
import { listEntityIds } from "@/db/statements/entities"
import { paperDays, type PaperDay } from "@/db/statements/renewals"
import { decidersNow, insertTellings, type Telling } from "@/db/statements/tellings"
import { TELLS_BEFORE, tellsOf } from "@/domain/agreements/dues"
import { addDays, dayIn } from "@/domain/core/day"
import { ESCALATES_AFTER, LOOKS_BACK } from "@/domain/told/overdue"
import { holdersIn, holdsIn } from "@/domain/told/who"
import { loadEntities } from "@/usecases/register/records"
import type { Scene } from "@/usecases/scene"

const MANY = 500
const AHEAD = Math.max(...TELLS_BEFORE.map(({ days }) => days))

/**
 * Tells of the days of papers: long before, shortly before and on the day, each once, to who is named for it and otherwise
 * to procurement of its company; what stays undecided goes to whoever the company names for that. Gives how many it looked at.
 */
export async function remindPapers({ db, now }: Pick<Scene, "db" | "now">): Promise<number> {
  let seen = 0
  const utc = dayIn("UTC", now)
  const [from, until] = [addDays(utc, -LOOKS_BACK - 2), addDays(utc, AHEAD + 1)]
  for (let after: { dueOn: string; id: string } | null = null; ;) {
    const found: PaperDay[] = await db.transaction(async (tx) => {
      const list = await paperDays(tx, { from, until, after, most: MANY })
      if (list.length === 0) return list
      const entities = await loadEntities(tx, await listEntityIds(tx), null)
      const holders = await decidersNow(tx, now)
      const named = new Map((await escalations(tx)).map((one) => [one.entityId, one]))
      const tellings = list.flatMap((one): Telling[] => {
        const today = dayIn(entities.get(one.entityId as never)?.zone ?? "UTC", now)
        const what = tellsOf(one.dueOn, today)
        if (what === null) return []
        const mayKnow = (id: string): boolean => one.restrictedTo === null || one.restrictedTo.includes(id)
        // Whoever is named and may not know of it hears nothing, so that procurement has to.
        const owner = one.ownerId !== null && mayKnow(one.ownerId) ? [one.ownerId] : null
        const to = owner ?? holdersIn(holders, "procurement", [one.entityId]).filter(mayKnow)
        const about = { recordId: one.recordId, clause: one.kind, dueOn: one.dueOn }
        const next = named.get(one.entityId)
        const late =
          next &&
          addDays(one.dueOn, next.days ?? ESCALATES_AFTER) <= today &&
          mayKnow(next.personId) &&
          !to.includes(next.personId) &&
          holders.some((holder) => holder.id === next.personId && holdsIn(holder, one.entityId))
        return [
          { kind: "due", to, what, occasion: `${one.id}:${what}`, ...about },
          ...(late
            ? [{ kind: "escalated" as const, to: [next.personId], what: "paper", occasion: `${one.id}:late`, ...about }]
            : []),
        ]
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
