import { listEntityIds } from "@/db/statements/entities"
import { escalations } from "@/db/statements/escalations"
import { authorsOfMany, seatsOfMany } from "@/db/statements/requests"
import { inReviewAfter, stagesOfRequests } from "@/db/statements/stage-rules"
import { decidersNow, insertTellings, type Telling } from "@/db/statements/tellings"
import { dayIn } from "@/domain/core/day"
import { stageReminders } from "@/domain/requests/due"
import { openedAt } from "@/domain/requests/waves"
import { holdsIn, whoIsAsked } from "@/domain/told/who"
import { administratorsOf, dueOf } from "@/usecases/requests/stage-state"
import { NOWHERE, whereOf } from "@/usecases/requests/where"
import type { Scene } from "@/usecases/scene"

const MANY = 200

/**
 * Tells of stages that wait: whoever may take one the working day before it is due, on the day and when it is late; the
 * person named for the company some days later; and the company's administrators when nobody is left who may take it. The
 * key of each telling is the stage of that revision, so that rounds of many workers tell it once.
 */
export async function remindStages({ db, now }: Pick<Scene, "db" | "now">): Promise<number> {
  let told = 0
  for (let no = 0; ;) {
    const page = await db.transaction(async (tx) => {
      const list = await inReviewAfter(tx, no, MANY)
      const ids = list.map((one) => one.id)
      const stages = await stagesOfRequests(tx, ids)
      const where = await whereOf(tx, await listEntityIds(tx))
      const [authors, seats] = [await authorsOfMany(tx, ids), await seatsOfMany(tx, ids)]
      const holders = await decidersNow(tx, now)
      const administrators = await administratorsOf(tx, now)
      const named = new Map((await escalations(tx)).map((one) => [one.entityId, one]))
      const tellings: Telling[] = []
      for (const requestId of ids) {
        const mine = stages.filter((one) => one.requestId === requestId)
        const decided = mine.flatMap((one) => (one.decidedAt ? [{ ...one, at: one.decidedAt }] : []))
        const waits = {
          authors: authors.filter((one) => one.requestId === requestId).map((one) => one.personId),
          seats: seats.filter((one) => one.requestId === requestId),
          stages: mine,
          restrictedTo: mine[0]?.restrictedTo ?? null,
        }
        for (const stage of mine) {
          if (stage.decidedAt) continue
          const opened = openedAt(mine, decided, stage, stage.revisionAt)
          if (opened === null) continue
          const asked = whoIsAsked(holders, waits, [stage])
          const occasion = `stage:${requestId}:${stage.revision}:${stage.stage}:${stage.entityId}`
          const about = { requestId, clause: stage.stage }
          // Of a restricted request nobody hears but its named persons: the page tells those.
          if (asked.length === 0 && waits.restrictedTo === null) {
            const here = administrators.filter((one) => one.entityId === null || one.entityId === stage.entityId)
            tellings.push({ kind: "nobody", to: here.map((one) => one.id), occasion, ...about })
          }
          const { dueOn, mark } = dueOf(opened, stage, where, now)
          if (dueOn === null) continue
          const to = named.get(stage.entityId)
          const reads = (id: string): boolean =>
            (waits.restrictedTo === null || waits.restrictedTo.includes(id)) &&
            holders.some((one) => one.id === id && holdsIn(one, stage.entityId))
          const today = dayIn((where.get(stage.entityId) ?? NOWHERE).zone, now)
          for (const one of stageReminders({ dueOn, mark }, today, to?.days ?? null)) {
            const hear = one.kind === "due" ? asked : to && reads(to.personId) ? [to.personId] : []
            tellings.push({
              kind: one.kind,
              to: hear,
              what: one.what,
              dueOn,
              occasion: `${occasion}:${one.what}`,
              ...about,
            })
          }
        }
      }
      await insertTellings(tx, { occasion: "stages", at: now, byPerson: null, mails: true }, tellings)
      return { list, told: tellings.length }
    })
    told += page.told
    const last = page.list[page.list.length - 1]
    if (page.list.length < MANY || !last) return told
    no = last.no
  }
}
