import type { AdequacyLine, LawFacts } from "@/domain/checks/law"
import type { SharingFacts } from "@/domain/checks/types"
import { valueOf } from "@/domain/core/answer"
import { stretchOf } from "@/domain/core/dated"
import { once } from "@/domain/core/once"
import { ALWAYS, intersect, subtract, union, type Stretch } from "@/domain/core/stretch"
import type { Party } from "@/domain/records/party"
import { daysOfLaw, homeDays } from "./areas"

/**
 * Days on which a decision of adequacy of the regime held for the country, and the flow lay within its limits: the party
 * met its condition, is of no kind that it leaves out, and the company is in no country for which it does not hold yet.
 */
export function adequateDays(law: LawFacts, facts: SharingFacts, regime: string, country: string): Stretch[] {
  return union(
    ...decisionsFor(law, regime, country)
      .filter(({ line }) => !line.notFrom?.includes(facts.entity.country))
      .map(({ line, days }) => subtract(intersect(days, conditionDays(line, facts)), leftOut(line, facts))),
  )
}

type Decision = { line: AdequacyLine; days: Stretch[] }

/** The decisions of the regime that reach the country on some day, with those days: the same for every flow there. */
function decisionsFor(law: LawFacts, regime: string, country: string): Decision[] {
  const known = decided(law)
  const key = `${regime} ${country}`
  const found =
    known.get(key) ??
    law.adequacy.flatMap((line) => {
      const days = line.regime === regime ? intersect(daysOfLaw(line), reachDays(law, line, country)) : []
      return days.length ? [{ line, days }] : []
    })
  known.set(key, found)
  return found
}

/** Of the facts of one law: pairs of regime and country are few hundred. */
const decided = once((_law: LawFacts) => new Map<string, Decision[]>())

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
