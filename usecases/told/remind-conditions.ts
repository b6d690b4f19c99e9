import { conditionsDue, type ConditionDue } from "@/db/statements/conditions"
import { listEntityIds } from "@/db/statements/entities"
import { insertTellings, takersNow, type Telling } from "@/db/statements/tellings"
import { addDays, dayIn } from "@/domain/core/day"
import { REMINDS_BEFORE, TELLS_FOR, toldOfCondition } from "@/domain/requests/conditions"
import { holdsIn } from "@/domain/told/who"
import { loadEntities } from "@/usecases/register/records"
import type { Scene } from "@/usecases/scene"

const MANY = 500

/**
 * Tells the owner of a condition some days before its day, and its owner and whoever asked for it when it was missed;
 * each once, whatever rounds of many workers there are. Gives how many conditions it looked at.
 */
export async function remindConditions({ db, now }: Pick<Scene, "db" | "now">): Promise<number> {
  let seen = 0
  const today = dayIn("UTC", now)
  const [from, until] = [addDays(today, -TELLS_FOR - 2), addDays(today, REMINDS_BEFORE + 1)]
  for (let after: { dueOn: string; id: string } | null = null; ;) {
    const found: ConditionDue[] = await db.transaction(async (tx) => {
      const list = await conditionsDue(tx, { from, until, after, most: MANY })
      if (list.length === 0) return list
      const entities = await loadEntities(tx, await listEntityIds(tx), null)
      const takers = await takersNow(tx, now)
      const tellings = list.flatMap((one): Telling[] => {
        const what = toldOfCondition(one.dueOn, dayIn(entities.get(one.entityId as never)?.zone ?? "UTC", now))
        if (what === null) return []
        // Who has no role there any more is nobody: then whoever asked for it has to see that somebody answers for it.
        const takesPart = takers.some((holder) => holder.id === one.ownerId && holdsIn(holder, one.entityId))
        // Whoever says that it is met did their part: who asked for it hears that nobody confirmed it.
        const owner = one.said ? [] : [takesPart ? one.ownerId : one.deciderId]
        const to = what === "soon" ? owner : [...owner, one.deciderId]
        const occasion = `${one.id}:${what}`
        return [{ kind: "condition", to, requestId: one.requestId, what, dueOn: one.dueOn, occasion }]
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
