import { closedOn } from "@/domain/checks/closed"
import { flowDays } from "@/domain/checks/kit"
import type { BasisLine, LawFacts } from "@/domain/checks/law"
import type { SharingFacts } from "@/domain/checks/types"
import { valueOf } from "@/domain/core/answer"
import { stretchOf } from "@/domain/core/dated"
import { ALWAYS, intersect, union, type Stretch } from "@/domain/core/stretch"
import { bindsOn, daysOfLaw } from "./areas"

/** The days on which a regime asks for a basis of its own, and those on which one held. */
export type Based = { regime: string; needed: Stretch[]; held: Stretch[] }

/**
 * For each regime that lists legal bases: whoever passes data on in its own right needs one of them on every day (domain
 * handbook, 5, G(s)). An entrusted company acts for us, on the basis that we have ourselves.
 */
export function basisDays(facts: SharingFacts, law: LawFacts): Based[] {
  const { body } = facts.sharing
  if (body.mode === "entrust") return []
  const flow = flowDays(body)
  return facts.entity.regimes.flatMap((line) => {
    const known = law.bases.filter((one) => one.regime === line.regime)
    const needed = known.length ? intersect(flow, bindsOn(law, facts.entity, line)) : []
    return needed.length ? [{ regime: line.regime, needed, held: heldDays(facts, known) }] : []
  })
}

/** Days on which the sharing names one of the bases that the law knew then; a consent only while one was given. */
export function heldDays(facts: SharingFacts, known: readonly BasisLine[]): Stretch[] {
  return union(
    ...facts.sharing.body.bases.flatMap((named) =>
      known
        .filter((one) => one.basis === named.basis && one.regime === named.regime)
        .map((one) =>
          intersect(intersect([stretchOf(named)], daysOfLaw(one)), one.consent ? consentedDays(facts) : ALWAYS),
        ),
    ),
  )
}

/** Days on which one of the consents that the sharing refers to had been given and not closed. */
export function consentedDays(facts: SharingFacts, about: readonly string[] | null = null): Stretch[] {
  return union(
    facts.consents.flatMap((one) => {
      const given = valueOf(one.body.firstOn)
      const closed = closedOn(facts.entity, one.body)
      const counts = (about === null || about.includes(one.body.about)) && (one.standing !== "ended" || closed !== null)
      return given !== null && counts ? [{ from: given, to: closed }] : []
    }),
  )
}
