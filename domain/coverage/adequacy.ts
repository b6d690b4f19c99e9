import type { AdequacyLine, LawFacts } from "@/domain/checks/law"
import type { SharingFacts } from "@/domain/checks/types"
import { valueOf } from "@/domain/core/answer"
import { stretchOf } from "@/domain/core/dated"
import { ALWAYS, intersect, subtract, union, type Stretch } from "@/domain/core/stretch"
import type { Party } from "@/domain/records/party"
import { daysOfLaw, homeDays } from "./areas"

/**
 * Days on which a decision of adequacy of the regime held for the country, and the flow lay within its limits: the party
 * met its condition, is of no kind that it leaves out, and the company is in no country for which it does not hold yet.
 */
export function adequateDays(law: LawFacts, facts: SharingFacts, regime: string, country: string): Stretch[] {
  return union(
    ...law.adequacy
      .filter((one) => one.regime === regime && !one.notFrom?.includes(facts.entity.country))
      .map((one) => {
        const decision = intersect(daysOfLaw(one), reachDays(law, one, country))
        return decision.length ? subtract(intersect(decision, conditionDays(one, facts)), leftOut(one, facts)) : []
      }),
  )
}

/** `EEA` in a decision means the states of the Area, each on the days of its membership. */
function reachDays(law: LawFacts, line: AdequacyLine, country: string): Stretch[] {
  if (line.to.includes(country)) return ALWAYS
  return line.to.includes("EEA") ? homeDays(law, "EU", country) : []
}

function conditionDays(line: AdequacyLine, facts: SharingFacts): Stretch[] {
  const met = (condition: Party["conditions"][number]["condition"] | undefined): Stretch[] =>
    condition === undefined
      ? ALWAYS
      : union(facts.party.body.conditions.filter((item) => item.condition === condition).map(stretchOf))
  const subjects: readonly string[] = valueOf(facts.sharing.body.subjects) ?? []
  const staff = subjects.includes("employee") || subjects.includes("applicant")
  return intersect(met(line.condition), staff ? met(line.staffCondition) : ALWAYS)
}

function leftOut(line: AdequacyLine, facts: SharingFacts): Stretch[] {
  const channel = valueOf(facts.sharing.body.channel)
  if (channel !== null && line.notChannels?.includes(channel)) return ALWAYS
  return union(facts.party.body.kinds.filter((item) => line.notKinds?.includes(item.kind)).map(stretchOf))
}
