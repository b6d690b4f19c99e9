import { z } from "zod"
import { entityNames, listEntityIds } from "@/db/statements/entities"
import { stageSpans } from "@/db/statements/stage-times"
import { addDays, type Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { good } from "@/domain/core/outcome"
import { workingDaysBetween } from "@/domain/core/working-days"
import { monthsUpTo, stageTimes, type StageTime } from "@/domain/requests/stage-times"
import { look } from "@/usecases/look"
import { requestScope } from "./list-requests"
import { NOWHERE, whereOf } from "./where"

export const TIME_MONTHS = 12

export type StageTimes = {
  /** The months that are shown, oldest first. */
  months: string[]
  times: StageTime[]
  entities: Record<string, string>
}

/** How many working days each stage took, by company and by the month of its decision, in the year up to now. */
export const readStageTimes = look<Record<string, never>, StageTimes>({
  name: "request.read",
  input: z.strictObject({}) as unknown as z.ZodType<Record<string, never>>,
  run: async (tx, { scope, scene }) => {
    const all = await listEntityIds(tx)
    const ids = scope.entities === null ? all : all.filter((id) => scope.entities?.includes(id))
    const where = await whereOf(tx, ids)
    const months = monthsUpTo(
      [...where.values()].map(({ zone }) => zone),
      scene.now,
      TIME_MONTHS,
    )
    // The first of them begins up to 14 hours before it does in UTC.
    const first = addDays(`${months[0] ?? ""}-01` as Day, -1)
    const spans = await stageSpans(tx, {
      since: `${first}T00:00:00.000Z` as Instant,
      zones: new Map([...where].map(([id, { zone }]) => [id, zone])),
      scope: requestScope(scope),
    })
    const taken = spans.map(({ openedOn, decidedOn, ...one }) => ({
      ...one,
      month: decidedOn.slice(0, 7),
      days: workingDaysBetween(openedOn, decidedOn, (where.get(one.entityId) ?? NOWHERE).calendar),
    }))
    const names = await entityNames(tx)
    return good({
      months,
      times: stageTimes(taken.filter((one) => months.includes(one.month))),
      entities: Object.fromEntries(ids.map((id) => [id, names[id] ?? id])),
    })
  },
})
