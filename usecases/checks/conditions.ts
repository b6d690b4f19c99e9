import { conditionsOn } from "@/db/statements/conditions"
import type { Tx } from "@/db/connect"
import type { ConditionFact } from "@/domain/checks/types"
import { dayIn } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { loadEntities } from "@/usecases/register/records"

/** The conditions that stand on records, by record. */
export type Conditions = ReadonlyMap<string, readonly ConditionFact[]>

/** What approvals asked for with these records, in days of the company that asked, as known at the instant (null: now). */
export async function conditionsAround(tx: Tx, ids: readonly string[], asOf: Instant | null): Promise<Conditions> {
  const found = await conditionsOn(tx, ids, asOf)
  const out = new Map<string, ConditionFact[]>()
  if (found.length === 0) return out
  const entities = await loadEntities(tx, [...new Set(found.map((one) => one.entityId))], asOf)
  for (const one of found) {
    const zone = entities.get(one.entityId as never)?.zone ?? "UTC"
    const fact = {
      since: dayIn(zone, one.at),
      dueOn: one.dueOn,
      confirmedOn: one.confirmedAt === null ? null : dayIn(zone, one.confirmedAt),
    }
    out.set(one.recordId, [...(out.get(one.recordId) ?? []), fact])
  }
  return out
}
