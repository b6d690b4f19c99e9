import { isId } from "@/domain/core/id"
import { addDays, dayIn, startOfDay, type Day } from "@/domain/core/day"
import { plusMillis, type Instant } from "@/domain/core/instant"
import { RECORD_KINDS, type RecordKind } from "@/domain/records/kinds"
import type { HeldRole } from "./roles"

/** To what a supervisor's grant is bound beside its company: kinds of records and a period; null: to none. */
export type GrantBound = { kinds: RecordKind[] | null; firstOn: Day | null; lastOn: Day | null }

/** One bound of a reader: a company (null: all) with its kinds and its period. A reader of several reads what lies whole in one of them. */
export type Bound = GrantBound & { entityId: string | null }

/** The kinds that a grant can be bound to. Texts of clauses are rules and no records: everybody reads them. */
export const BOUND_KINDS: readonly Exclude<RecordKind, "pack">[] = RECORD_KINDS.filter((kind) => kind !== "pack")

/** Whether anything of the grant is bound. */
export function isBounded(bound: GrantBound | null | undefined): boolean {
  return !!bound && (bound.kinds !== null || bound.firstOn !== null || bound.lastOn !== null)
}

/**
 * What these grants are bound to, each by itself: kinds of the one never go with companies or days of another. Null: nothing is
 * bound, and companies alone say what is read.
 */
export function boundsOf(held: readonly HeldRole[]): Bound[] | null {
  const looks = held.filter((one) => one.role === "supervisor")
  if (!looks.some((one) => isBounded(one.bound))) return null
  return looks.map(({ entityId, bound }) => ({
    entityId,
    kinds: bound?.kinds ?? null,
    firstOn: bound?.firstOn ?? null,
    lastOn: bound?.lastOn ?? null,
  }))
}

/** Whether what a person says of a grant's bound can be: known kinds, at least one, and a first day that is not after the last. */
export function saysBound({ kinds, firstOn, lastOn }: GrantBound): "kinds" | "period" | null {
  if (
    kinds !== null &&
    (kinds.length === 0 || kinds.some((kind) => !(BOUND_KINDS as readonly string[]).includes(kind)))
  )
    return "kinds"
  return firstOn !== null && lastOn !== null && firstOn > lastOn ? "period" : null
}

/** From which instant to which (not itself in it) a bound's period lasts in a zone; null: without end on that side. */
export function spanOf(bound: GrantBound, zone: string): { from: Instant | null; until: Instant | null } {
  return {
    from: bound.firstOn && startOfDay(zone, bound.firstOn),
    until: bound.lastOn && startOfDay(zone, addDays(bound.lastOn, 1)),
  }
}

/** Whether the instant lies in the period of one of the bounds, each in its company's zone. */
export function liesIn(at: Instant, bounds: readonly Bound[], zoneOf: (entityId: string | null) => string): boolean {
  return bounds.some((bound) => {
    const { from, until } = spanOf(bound, zoneOf(bound.entityId))
    return (from === null || from <= at) && (until === null || at < until)
  })
}

/** Whether the day lies in the period of one of the bounds: days are those of the bound's own company, so that no zone is asked. */
export function dayLiesIn(day: Day, bounds: readonly Bound[]): boolean {
  return bounds.some(
    ({ firstOn, lastOn }) => (firstOn === null || firstOn <= day) && (lastOn === null || day <= lastOn),
  )
}

/** The instant at which the day begins first, in whichever of these zones (UTC where there is none). */
export function firstStartOf(day: Day, zones: readonly string[]): Instant {
  const starts = (zones.length > 0 ? zones : ["UTC"]).map((zone) => startOfDay(zone, day))
  return starts.reduce((first, one) => (one < first ? one : first))
}

/** The instant at which a grant ends whose last day this is, in the company's zone: the end of that day. */
export function endOfGrant(zone: string, lastDay: Day): Instant {
  return startOfDay(zone, addDays(lastDay, 1))
}

/** The last day of a grant that ends at the instant. */
export function lastDayOf(zone: string, until: Instant): Day {
  return dayIn(zone, plusMillis(until, -1))
}

/** Whether an id is of a record that bounds speak of. */
export function isBoundId(id: string): boolean {
  return BOUND_KINDS.some((kind) => isId(kind, id))
}
