import { refuse, type Outcome } from "@/domain/core/outcome"
import type { StandIn } from "@/domain/people/stand-in"
import { maySit, ROLE_OF, type Place, type Table } from "./four-eyes"
import type { StageName } from "./stages"

/** On whose behalf somebody wants to sit: the absent one, their own seat in the request, and where the asker stands in. */
export type Behalf = { personId: string; seat: Place | null; standsIn: readonly StandIn[] }

/** The delegation by which the asker may sit there for that person, or none. */
export function standInAt(standsIn: readonly StandIn[], personId: string, at: Place): StandIn | null {
  const role = ROLE_OF[at.stage as StageName]
  return standsIn.find((one) => one.forPerson === personId && one.role === role && one.entityId === at.entityId) ?? null
}

const OF_ABSENT: Record<string, string> = {
  "not-allowed.author": "not-allowed.absent-author",
  "not-allowed.second-seat": "not-allowed.absent-seat",
  "not-allowed.not-named": "not-allowed.absent-not-named",
}

/**
 * Invariant 2 through a delegation: both pass the rules that the absent one alone would. Neither made nor edited the
 * request, and neither sits at another stage of it. Where the stage names persons, the absent one is among them. Gives the
 * stage.
 */
export function maySitFor<T extends Table>(
  asker: { kind: "person"; id: string } | { kind: "operator" },
  on: T,
  at: Place,
  behalf: Behalf | null,
): Outcome<T["stages"][number]> {
  if (asker.kind !== "person") return refuse("not-allowed", "not-allowed.needs-person")
  const lent = behalf && behalf.personId !== asker.id ? standInAt(behalf.standsIn, behalf.personId, at) : null
  if (!behalf || !lent) return refuse("not-allowed", "not-allowed.no-delegation")
  const held = [{ grantId: lent.delegationId, role: lent.role, entityId: lent.entityId, confirmed: true }]
  const absent = maySit({ kind: "person", id: behalf.personId, held }, { ...on, seat: behalf.seat }, at)
  // A stage that names persons names the absent one: whoever stands in takes that place, named or not.
  const unnamed = on.stages.map((stage) => ({ ...stage, persons: null }))
  const own = maySit({ kind: "person", id: asker.id, held }, { ...on, stages: unnamed }, at)
  if (!own.ok) return own
  return absent.ok ? absent : { ...absent, says: OF_ABSENT[absent.says] ?? absent.says }
}
