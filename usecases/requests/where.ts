import { calendarRows } from "@/db/statements/stage-rules"
import type { Db, Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { USUAL_CALENDAR } from "@/domain/core/working-days"
import type { Where } from "@/domain/requests/due"
import { loadEntities } from "@/usecases/register/records"

/** Where companies are and when they work, at the instant (null: now). */
export async function whereOf(
  tx: Db | Tx,
  entityIds: readonly string[],
  at: Instant | null = null,
): Promise<Map<string, Where>> {
  const ids = [...new Set(entityIds)]
  if (ids.length === 0) return new Map()
  const entities = await loadEntities(tx, ids, null)
  const calendars = new Map((await calendarRows(tx, ids, at)).map((one) => [one.entityId, one]))
  return new Map(
    ids.map((id) => [
      id,
      { zone: entities.get(id as never)?.zone ?? "UTC", calendar: calendars.get(id) ?? USUAL_CALENDAR },
    ]),
  )
}

/** Where a company is that none is known of. */
export const NOWHERE: Where = { zone: "UTC", calendar: USUAL_CALENDAR }
