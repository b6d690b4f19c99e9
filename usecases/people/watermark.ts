import { boundsOf, type Bound } from "@/domain/people/bounds"
import { isOnlySupervisor, readableEntities } from "@/domain/people/permissions"
import type { Instant } from "@/domain/core/instant"
import type { Actor } from "@/usecases/scene"

/** Who took something away, when, and within what: printed on it. Of somebody who reads as a supervisor alone. */
export type Watermark = {
  person: string
  name: string
  role: "supervisor"
  at: Instant
  /** The companies; null: all of them. */
  entities: string[] | null
  /** What each grant is bound to; null: to companies alone. */
  bounds: Bound[] | null
  /** When the last of the grants ends; null: without an end. */
  until: Instant | null
}

/** What is printed or exported by this reader bears; null: it bears nothing. */
export function watermarkOf(actor: Actor | null, now: Instant): Watermark | null {
  if (actor?.kind !== "person" || !isOnlySupervisor(actor)) return null
  const ends = actor.held.filter((one) => one.role === "supervisor").map((one) => one.untilAt ?? null)
  return {
    person: actor.id,
    name: actor.name,
    role: "supervisor",
    at: now,
    entities: readableEntities(actor),
    bounds: boundsOf(actor.held),
    until: ends.includes(null) ? null : ([...ends].sort().pop() ?? null),
  }
}
