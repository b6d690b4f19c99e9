import { delegationsAt } from "@/db/statements/away"
import type { Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { standsInFor, type StandIn } from "@/domain/people/stand-in"
import { maySitFor } from "@/domain/requests/on-behalf"
import type { Holder, Waits } from "@/domain/told/who"
import { companiesOf } from "@/usecases/people/stand-ins"

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
  return [...new Set(lendersAmong(standIns, on, open).map((one) => one.id))]
}

/** Who may take one of these stages on whose behalf. */
export function lendersAmong(
  standIns: ReadonlyMap<string, readonly StandIn[]>,
  on: Waits,
  open: readonly Place[],
): { id: string; forPerson: string }[] {
  const knows = (id: string): boolean => on.restrictedTo === null || on.restrictedTo.includes(id)
  const seatOf = (id: string): Place | null => on.seats.find((one) => one.personId === id) ?? null
  return [...standIns].flatMap(([id, standsIn]) => {
    if (!knows(id)) return []
    const table = { authors: on.authors, stages: on.stages, seat: seatOf(id) }
    return [...new Set(standsIn.map((one) => one.forPerson))].filter(knows).flatMap((forPerson) => {
      const behalf = { personId: forPerson, seat: seatOf(forPerson), standsIn }
      return open.some((at) => maySitFor({ kind: "person", id }, table, at, behalf).ok) ? [{ id, forPerson }] : []
    })
  })
}
