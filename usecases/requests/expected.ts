import { sql } from "drizzle-orm"
import { stageSpans } from "@/db/statements/stage-times"
import type { Db, Tx } from "@/db/connect"
import { dayIn, type Day } from "@/domain/core/day"
import { plusMillis, type Instant } from "@/domain/core/instant"
import { addWorkingDays, workingDaysBetween } from "@/domain/core/working-days"
import type { RowId } from "@/domain/requests/stage-rows"
import { expectedOf, stageTimes } from "@/domain/requests/stage-times"
import { stagesOfRows, type Stage } from "@/domain/requests/stages"
import { loadEntities } from "@/usecases/register/records"
import { rulesInForce } from "./rules-in-force"
import { NOWHERE, whereOf } from "./where"

/** What was decided within so long tells how long it takes now. */
const LOOKS_BACK = 365 * 24 * 60 * 60_000

/** When a request is likely to be decided: after how many working days, on which day, by how many cases at least. */
export type Expected = { days: number; on: Day; cases: number }

/** What is asked about: the stages of a request, or the rows of the table that its content matches in a company. */
export type Awaited =
  readonly Pick<Stage, "stage" | "entityId" | "seat" | "wave">[] | { entityId: string; rows: readonly RowId[] }

/**
 * The day by which a request submitted now is likely to be decided, by this register's own figures of the last year; null
 * where a stage has fewer than five decided cases in its company. Restricted requests count for nobody here.
 */
export async function expectedDays(tx: Db | Tx, about: Awaited, now: Instant): Promise<Expected | null> {
  const stages = "rows" in about ? await stagesNow(tx, about.entityId, about.rows) : about
  return (await expectedOfEach(tx, { these: stages }, now)).these ?? null
}

type Stages = readonly Pick<Stage, "stage" | "entityId" | "seat" | "wave">[]

/** The same for several sets of stages at once, by one reading of the figures. */
export async function expectedOfEach<K extends string>(
  tx: Db | Tx,
  sets: Readonly<Record<K, Stages>>,
  now: Instant,
): Promise<Partial<Record<K, Expected>>> {
  const all = (Object.values(sets) as Stages[]).flat()
  if (all.length === 0) return {}
  const where = await whereOf(
    tx,
    all.map((one) => one.entityId),
  )
  const spans = await stageSpans(tx, {
    since: plusMillis(now, -LOOKS_BACK),
    zones: new Map([...where].map(([id, { zone }]) => [id, zone])),
    scope: sql`r.restricted_to is null`,
  })
  const taken = spans.map((one) => ({
    ...one,
    month: "",
    days: workingDaysBetween(one.openedOn, one.decidedOn, (where.get(one.entityId) ?? NOWHERE).calendar),
  }))
  const times = stageTimes(taken).filter((one) => one.month === null)
  const out: Partial<Record<K, Expected>> = {}
  for (const [key, stages] of Object.entries(sets) as [K, Stages][]) {
    const expected = expectedOf(stages, times)
    if (!expected) continue
    // Where several companies decide, the latest of their days.
    const days = [...new Set(stages.map((one) => one.entityId))].map((id) => {
      const { zone, calendar } = where.get(id) ?? NOWHERE
      return addWorkingDays(dayIn(zone, now), expected.days, calendar)
    })
    out[key] = { ...expected, on: days.sort()[days.length - 1] as Day }
  }
  return out
}

async function stagesNow(tx: Db | Tx, entityId: string, rows: readonly RowId[]): Promise<Stage[]> {
  const own = (await loadEntities(tx, [entityId], null)).get(entityId as never)
  return stagesOfRows(new Set(rows), entityId, own, (await rulesInForce(tx, null)).rules)
}
