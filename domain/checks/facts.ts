import type { Id } from "@/domain/core/id"
import { refsOf } from "@/domain/records/refer"
import type { AgreementFacts, PartyFacts, Register, SharingFacts } from "./types"

/** What the checks may look at for a sharing; null when entity or party are not in the register. */
export function factsOfSharing(register: Register, id: Id<"sharing">): SharingFacts | null {
  const sharing = register.sharing(id)
  if (!sharing) return null
  const entity = register.entity(sharing.body.entityId)
  const party = register.party(sharing.body.partyId)
  if (!entity || !party) return null
  // The body is walked for what it refers to only where there is something to be found.
  const refs = register.evidence ? refsOf("sharing", sharing.body) : []
  const named = <T>(kind: string, find: (id: never) => T | null): T[] => {
    const ids = new Set<string>()
    for (const ref of refs) if (ref.kind === kind) ids.add(ref.id)
    return [...ids].flatMap((id) => find(id as never) ?? [])
  }
  return {
    about: "sharing",
    sharing,
    entity,
    party,
    agreements: register.agreementsOf(sharing.body.entityId, sharing.body.partyId),
    assessments: register.assessmentsOf(sharing.body.partyId),
    consents: named("consent", register.consent),
    notices: named("notice", register.notice),
    demands: named("demand", register.demand),
    chains: register.chainsOf(id),
    parent: sharing.body.parentId ? register.sharing(sharing.body.parentId) : null,
  }
}

/** What the checks may look at for an agreement. */
export function factsOfAgreement(register: Register, id: Id<"agreement">): AgreementFacts | null {
  const agreement = register.agreement(id)
  const entity = agreement && register.entity(agreement.body.entityId)
  const party = agreement && register.party(agreement.body.partyId)
  return agreement && entity && party ? { about: "agreement", agreement, entity, party } : null
}

/** What the checks may look at for a party. */
export function factsOfParty(register: Register, id: Id<"party">): PartyFacts | null {
  const party = register.party(id)
  return party
    ? { about: "party", party, sharings: register.sharingsOf(id), assessments: register.assessmentsOf(id) }
    : null
}
