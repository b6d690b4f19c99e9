import { delegationsAt } from "@/db/statements/away"
import { waitsForMe } from "@/db/statements/inbox"
import { decidersNow, insertTellings, type Telling } from "@/db/statements/tellings"
import type { Tx } from "@/db/connect"
import { plusMillis, type Instant } from "@/domain/core/instant"
import { standsInFor, type StandIn } from "@/domain/people/stand-in"
import { maySitFor } from "@/domain/requests/on-behalf"
import type { Holder, Waits } from "@/domain/told/who"
import { companiesOf } from "@/usecases/people/stand-ins"
import type { Scene } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { readerOf } from "./inbox"

type Place = { stage: string; entityId: string }

/** Everybody who stands in for others now, with where. */
export async function standInsNow(tx: Tx, holders: readonly Holder[], now: Instant): Promise<Map<string, StandIn[]>> {
  const all = await delegationsAt(tx, now, null)
  if (all.length === 0) return new Map()
  const held = new Map(holders.map((one) => [one.id, one.held]))
  const companies = await companiesOf(tx, null)
  return new Map(
    [...new Set(all.map((one) => one.delegateId))].map((id) => [
      id,
      standsInFor(
        all.filter((one) => one.delegateId === id),
        held,
        held.get(id) ?? [],
        companies,
      ),
    ]),
  )
}

/** Who may take one of these stages on behalf of another, and so is asked to: by the very rule that lets them decide. */
export async function delegatesAsked(
  tx: Tx,
  holders: readonly Holder[],
  on: Waits,
  open: readonly Place[],
  now: Instant,
): Promise<string[]> {
  return delegatesAmong(await standInsNow(tx, holders, now), on, open)
}

/** The same, where it is known already who stands in for whom. */
export function delegatesAmong(
  standIns: ReadonlyMap<string, readonly StandIn[]>,
  on: Waits,
  open: readonly Place[],
): string[] {
  const knows = (id: string): boolean => on.restrictedTo === null || on.restrictedTo.includes(id)
  const seatOf = (id: string): Place | null => on.seats.find((one) => one.personId === id) ?? null
  return [...standIns].flatMap(([id, standsIn]) => {
    const table = { authors: on.authors, stages: on.stages, seat: seatOf(id) }
    const asked = standsIn.some(
      ({ forPerson }) =>
        knows(forPerson) &&
        open.some(
          (at) =>
            maySitFor({ kind: "person", id }, table, at, { personId: forPerson, seat: seatOf(forPerson), standsIn }).ok,
        ),
    )
    return asked && knows(id) ? [id] : []
  })
}

/** So long after it began a delegation is told of, should no round have come by before. */
const BEGAN = 2 * 86_400_000
const MOST = 200

/**
 * Tells whoever stands in since a short while of the requests that wait for them on another's behalf: once each, however
 * many rounds come by. Gives how many tellings it was about.
 */
export async function tellBegun({ db, now }: Pick<Scene, "db" | "now">): Promise<number> {
  return db.transaction(async (tx) => {
    const before = new Set((await delegationsAt(tx, plusMillis(now, -BEGAN), null)).map((one) => one.delegationId))
    const holders = await decidersNow(tx, now)
    const tellings: Telling[] = []
    for (const [id, standsIn] of await standInsNow(tx, holders, now)) {
      const begun = standsIn.filter((one) => !before.has(one.delegationId))
      if (begun.length === 0) continue
      const actor = {
        kind: "person" as const,
        id: id as never,
        name: "",
        held: [],
        via: "page" as const,
        session: null,
      }
      const held = [...(holders.find((one) => one.id === id)?.held ?? [])]
      const reader = readerOf({ id: actor.id, held: [] }, scopeOf({ ...actor, held }), begun)
      for (const request of await waitsForMe(tx, reader, { after: null, size: MOST }))
        tellings.push({
          kind: "decide",
          to: [id],
          requestId: request.id,
          occasion: `stand-in:${begun[0]?.delegationId}:${request.id}`,
        })
    }
    await insertTellings(tx, { occasion: "stand-in", at: now, byPerson: null, mails: true }, tellings)
    return tellings.length
  })
}
