import { delegationsAt } from "@/db/statements/away"
import { listEntityIds } from "@/db/statements/entities"
import { activeRoles } from "@/db/statements/people"
import type { Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import type { HeldRole } from "@/domain/people/roles"
import { standsInFor, type Company, type StandIn } from "@/domain/people/stand-in"
import { loadEntities } from "@/usecases/register/records"

/** Our own companies, as far as standing in asks, as they stood at the instant (null: now). */
export async function companiesOf(tx: Tx, asOf: Instant | null): Promise<Company[]> {
  const all = await loadEntities(tx, await listEntityIds(tx), asOf)
  return [...all].map(([id, entity]) => ({ id, dpoDecides: entity.dpoDecides }))
}

/** Where this person stands in for others now: whoever is shut out or lost the role is stood in for no more. */
export async function standInsOf(
  tx: Tx,
  person: { id: string; held: readonly HeldRole[] },
  at: Instant,
): Promise<StandIn[]> {
  const delegations = await delegationsAt(tx, at, person.id)
  if (delegations.length === 0) return []
  const absent = await activeRoles(tx, [...new Set(delegations.map((one) => one.fromPerson))], at)
  return standsInFor(delegations, absent, person.held, await companiesOf(tx, null))
}
