import type { SharingFacts } from "@/domain/checks/types"
import { stretchOf } from "@/domain/core/dated"
import type { Day } from "@/domain/core/day"
import { intersect, union, type Stretch } from "@/domain/core/stretch"
import { ADEQUACY, type AdequacyLine } from "./adequacy.data"
import { isEea } from "./areas"

/**
 * Days on which a decision of adequacy of the regime held for the country, and the party met its condition; as far as
 * decisions, and their ends, were known on `knownOn` (null: all that this version of the program knows).
 */
export function adequateDays(facts: SharingFacts, regime: string, country: string, knownOn: Day | null): Stretch[] {
  return union(
    ...ADEQUACY.filter(
      (one) =>
        one.regime === regime &&
        (one.to.includes(country) || (one.to.includes("EEA") && isEea(country))) &&
        !one.notFrom?.includes(facts.entity.country),
    ).map((one) => {
      const decision = asKnown(one, knownOn)
      if (!one.condition) return decision
      const met = facts.party.body.conditions.filter((item) => item.condition === one.condition).map(stretchOf)
      return intersect(decision, met)
    }),
  )
}

function asKnown(line: AdequacyLine, knownOn: Day | null): Stretch[] {
  if (knownOn !== null && (line.known ?? line.from) > knownOn) return []
  const endUnknown = knownOn !== null && line.endKnown !== undefined && line.endKnown > knownOn
  return union([{ from: line.from, to: endUnknown ? null : line.until }])
}
