import { escalations } from "@/db/statements/escalations"
import { listEntityIds } from "@/db/statements/entities"
import { paperDays, type PaperDay } from "@/db/statements/renewals"
import { insertTellings, takersNow, type Telling } from "@/db/statements/tellings"
import { TELLS_BEFORE, tellsOf } from "@/domain/agreements/dues"
import { addDays, dayIn } from "@/domain/core/day"
import { ESCALATES_AFTER, LOOKS_BACK } from "@/domain/told/overdue"
import type { Instant } from "@/domain/core/instant"
import type { HeldRole } from "@/domain/people/roles"
import type { Entity } from "@/domain/records/evidence"
import { holdersIn, holdsIn, type Holder } from "@/domain/told/who"
import { loadEntities } from "@/usecases/register/records"
import type { Scene } from "@/usecases/scene"

const MANY = 500
const AHEAD = Math.max(...TELLS_BEFORE.map(({ days }) => days))

/**
 * Tells of the days of papers: long before, shortly before and on the day, each once, to who is named for it and otherwise
 * to procurement of its companies; what stays undecided goes to whoever the company names for that. Gives how many it looked at.
 */
export async function remindPapers({ db, now }: Pick<Scene, "db" | "now">): Promise<number> {
  let seen = 0
  const utc = dayIn("UTC", now)
  const [from, until] = [addDays(utc, -LOOKS_BACK - 2), addDays(utc, AHEAD + 1)]
  for (let after: { dueOn: string; id: string } | null = null; ;) {
    const found: PaperDay[] = await db.transaction(async (tx) => {
      const list = await paperDays(tx, { from, until, after, most: MANY })
      if (list.length === 0) return list
      const on: Hearing = {
        ...{ now, entities: await loadEntities(tx, await listEntityIds(tx), null) },
        takers: await takersNow(tx, now),
        named: new Map((await escalations(tx)).map((one) => [one.entityId, one])),
      }
      const tellings = list.flatMap((one) => tellingsOf(one, on))
      await insertTellings(tx, { occasion: "due", at: now, byPerson: null, mails: true }, tellings)
      return list
    })
    seen += found.length
    const last = found[found.length - 1]
    if (found.length < MANY || !last) return seen
    after = { dueOn: last.dueOn, id: last.id }
  }
}

type Hearing = {
  now: Instant
  entities: ReadonlyMap<string, Entity>
  takers: readonly Holder[]
  named: ReadonlyMap<string, { personId: string; days: number | null }>
}

function tellingsOf(one: PaperDay, { now, entities, takers, named }: Hearing): Telling[] {
  const today = dayIn(entities.get(one.entityIds[0] ?? "")?.zone ?? "UTC", now)
  const what = tellsOf(one.dueOn, today)
  if (what === null) return []
  const mayKnow = (id: string): boolean => one.restrictedTo === null || one.restrictedTo.includes(id)
  const takesPart = (id: string): boolean =>
    takers.some((holder) => holder.id === id && one.entityIds.some((entityId) => holdsIn(holder, entityId)))
  // Who is named and may not know of it, or has no role there any more, is nobody: then procurement has to see to it.
  const { ownerId } = one
  const owner = ownerId !== null && mayKnow(ownerId) && takesPart(ownerId) ? [ownerId] : null
  const to = owner ?? holdersIn(takers, "procurement", one.entityIds).filter(mayKnow)
  const about = { recordId: one.recordId, clause: one.kind, dueOn: one.dueOn }
  const late = one.entityIds.flatMap((entityId) => {
    const next = named.get(entityId)
    const decides = takers.some(
      (holder) => holder.id === next?.personId && holdsIn({ ...holder, held: holder.held.filter(decidesBy) }, entityId),
    )
    const hears = next && decides && mayKnow(next.personId) && !to.includes(next.personId)
    return hears && addDays(one.dueOn, next.days ?? ESCALATES_AFTER) <= today ? [next.personId] : []
  })
  const escalated = { kind: "escalated" as const, to: late, what: "paper", occasion: `${one.id}:late`, ...about }
  return [{ kind: "due", to, what, occasion: `${one.id}:${what}`, ...about }, ...(late.length ? [escalated] : [])]
}

const decidesBy = ({ role }: HeldRole): boolean => role !== "requester"
