import { escalations } from "@/db/statements/escalations"
import { inReviewAfter } from "@/db/statements/running-stages"
import { insertTellings, type Telling } from "@/db/statements/tellings"
import { stageReminders } from "@/domain/requests/due"
import { holdsIn, type Holder } from "@/domain/told/who"
import { administratorsOf } from "@/usecases/requests/stage-state"
import { waitingStages, type WaitingStage } from "@/usecases/requests/waiting-stages"
import type { Scene } from "@/usecases/scene"

const MANY = 200

type Hearing = {
  holders: readonly Holder[]
  administrators: readonly { id: string; entityId: string | null }[]
  named: ReadonlyMap<string, { personId: string; days: number }>
}

/**
 * Tells of stages that wait: whoever may take one the working day before it is due, on the day and when it is late; the
 * person named for the company some days later; and the company's administrators when nobody is left who may take it, or too
 * few for all the stages that need somebody of their own. The key of each telling is the stage of that revision, so that rounds of many workers tell it once. Gives how much was told.
 */
export async function remindStages({ db, now }: Pick<Scene, "db" | "now">): Promise<number> {
  let told = 0
  for (let no = 0; ;) {
    const page = await db.transaction(async (tx) => {
      const list = await inReviewAfter(tx, no, MANY)
      if (list.length === 0) return { list, told: 0 }
      const { waiting, holders } = await waitingStages(
        tx,
        list.map((one) => one.id),
        now,
      )
      const hearing: Hearing = {
        holders,
        administrators: await administratorsOf(tx, now),
        named: new Map((await escalations(tx)).map((one) => [one.entityId, one])),
      }
      const tellings = waiting.flatMap((stage) => tellingsOf(stage, hearing))
      await insertTellings(tx, { occasion: "stages", at: now, byPerson: null, mails: true }, tellings)
      return { list, told: tellings.length }
    })
    told += page.told
    const last = page.list[page.list.length - 1]
    if (page.list.length < MANY || !last) return told
    no = last.no
  }
}

function tellingsOf(stage: WaitingStage, { holders, administrators, named }: Hearing): Telling[] {
  const { requestId, entityId, restrictedTo, dueOn, asked } = stage
  const about = { requestId, clause: stage.stage }
  const occasion = `stage:${requestId}:${stage.revision}:${stage.stage}:${entityId}`
  const told: Telling[] = []
  // Of a restricted request nobody hears but its named persons: its page tells those.
  if ((asked.length === 0 || stage.short) && restrictedTo === null) {
    const here = administrators.filter((one) => one.entityId === null || one.entityId === entityId)
    told.push({ kind: "nobody", to: here.map((one) => one.id), occasion, ...about })
  }
  const to = named.get(entityId)
  const hears =
    to &&
    (restrictedTo === null || restrictedTo.includes(to.personId)) &&
    holders.some((one) => one.id === to.personId && holdsIn(one, entityId))
  for (const { kind, what } of stageReminders(stage, stage.today, to?.days ?? null))
    told.push({
      ...{ kind, what, dueOn, ...about, occasion: `${occasion}:${what}` },
      to: kind === "due" ? asked : hears ? [to.personId] : [],
    })
  return told
}
