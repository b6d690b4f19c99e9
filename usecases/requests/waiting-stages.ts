import { authorsOfMany, seatsOfMany, stagesOfRequests, type RunningStage } from "@/db/statements/running-stages"
import { decidersNow } from "@/db/statements/tellings"
import type { Tx } from "@/db/connect"
import { dayIn, type Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import type { DueMark } from "@/domain/requests/due"
import { openedAt } from "@/domain/requests/waves"
import type { Holder } from "@/domain/told/who"
import { standInsNow } from "@/usecases/told/delegates"
import { dueOf, shortAmong, takersOf } from "./stage-state"
import { NOWHERE, whereOf } from "./where"

/** A stage that is open and undecided: since when, by when, and who may take it, by id. */
export type WaitingStage = RunningStage & {
  openedAt: Instant
  dueOn: Day
  mark: DueMark | null
  today: Day
  asked: string[]
  /** Of those, who may take it in their own right, and who on whose behalf. */
  own: string[]
  lent: { id: string; forPerson: string }[]
  /** It competes with other stages of its request for too few people, and is the first of its group that is open. */
  short: boolean
}

/** The open stages of these requests in review, with who may take each; set-based, for rounds over all of them. */
export async function waitingStages(
  tx: Tx,
  ids: readonly string[],
  now: Instant,
): Promise<{ waiting: WaitingStage[]; holders: Holder[] }> {
  const stages = await stagesOfRequests(tx, ids)
  const where = await whereOf(
    tx,
    stages.map((one) => one.entityId),
  )
  const [authors, seats] = [await authorsOfMany(tx, ids), await seatsOfMany(tx, ids)]
  const holders = await decidersNow(tx, now)
  const standIns = await standInsNow(tx, holders, now)
  const waiting = ids.flatMap((requestId) => {
    const mine = stages.filter((one) => one.requestId === requestId)
    const decided = mine.flatMap((one) => (one.decidedAt ? [{ ...one, at: one.decidedAt }] : []))
    const waits = {
      authors: authors.filter((one) => one.requestId === requestId).map((one) => one.personId),
      seats: seats.filter((one) => one.requestId === requestId),
      stages: mine,
      restrictedTo: mine[0]?.restrictedTo ?? null,
    }
    // Whoever is away does not read it: who stands in for them hears it too.
    const may = new Map(
      mine.flatMap((one) => (one.decidedAt ? [] : [[one, takersOf(one, { holders, standIns, waits })] as const])),
    )
    const short = shortAmong([...may].map(([one, { all }]) => [one, all] as const))
    // Of each group the first that is open says it.
    const first = short.flatMap(
      ({ stages: group }) => group.find((one) => openedAt(mine, decided, one, one.revisionAt) !== null) ?? [],
    )
    return mine.flatMap((stage): WaitingStage[] => {
      const opened = stage.decidedAt ? null : openedAt(mine, decided, stage, stage.revisionAt)
      const { dueOn, mark } = dueOf(opened, stage, where, now)
      if (opened === null || dueOn === null) return []
      const today = dayIn((where.get(stage.entityId) ?? NOWHERE).zone, now)
      const { own, lent, all } = may.get(stage) ?? { own: [], lent: [], all: [] }
      return [{ ...stage, openedAt: opened, dueOn, mark, today, asked: all, own, lent, short: first.includes(stage) }]
    })
  })
  return { waiting, holders }
}
