import { dayIn, type Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import type { Consent, Entity } from "@/domain/records/evidence"

/** The local day, in the entity's zone, on which the consent was closed; that day itself is no longer covered. */
export function closedOn(entity: Entity, consent: Consent): Day | null {
  return consent.closedAt.state === "known" ? dayIn(entity.zone, consent.closedAt.value as Instant) : null
}
