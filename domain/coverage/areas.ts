import type { LawFacts, RegimeLine } from "@/domain/checks/law"
import { stretchOf } from "@/domain/core/dated"
import { once } from "@/domain/core/once"
import { complement, intersect, subtract, union, type Stretch } from "@/domain/core/stretch"
import type { Entity } from "@/domain/records/evidence"

/** Regimes that ask nothing of a paper, a ground or a country: they neither cover nor uncover. */
const SILENT: readonly string[] = ["DORA"]

type BoundLine = Entity["regimes"][number]

/** The days of a fact of law. */
export function daysOfLaw(line: Pick<RegimeLine, "from" | "until">): Stretch[] {
  return union([{ from: line.from, to: line.until }])
}

/** Whether rules on transfers abroad are loaded for the regime: its home area is known. */
export function hasTransferRules(law: LawFacts, regime: string): boolean {
  return law.areas.some((line) => line.regime === regime)
}

/** Whether coverage knows rules of the regime at all. */
export function hasRules(law: LawFacts, regime: string): boolean {
  return law.regimes.some((line) => line.regime === regime)
}

/** What the regime asks of a company in its country, line by line with its days. */
function reaching(law: LawFacts, regime: string, entity: Entity): RegimeLine[] {
  return law.regimes.filter(
    (line) =>
      line.regime === regime &&
      (line.in === undefined || line.in.includes(entity.country)) &&
      !line.notIn?.includes(entity.country),
  )
}

/** The days on which a regime bound the entity by rules that are loaded; none before its rules began. */
export function bindsOn(law: LawFacts, entity: Entity, line: BoundLine, also: Also = ANY): Stretch[] {
  const known = bound(law.regimes)
  const byLine = known.get(also) ?? new WeakMap<BoundLine, Bound>()
  known.set(also, byLine)
  const found = byLine.get(line)
  if (found?.entity === entity) return found.days
  const rules = reaching(law, line.regime, entity).filter(also)
  const days = intersect([stretchOf(line)], union(...rules.map(daysOfLaw)))
  byLine.set(line, { entity, days })
  return days
}

/** Which of a regime's rules are asked about; one function for one question, for answers are kept beside it. */
export type Also = (rules: RegimeLine) => boolean
const ANY: Also = () => true
const bound = once((_regimes: readonly RegimeLine[]) => new WeakMap<Also, WeakMap<BoundLine, Bound>>())
type Bound = { entity: Entity; days: Stretch[] }

/**
 * For each regime of the entity the days on which it was named, but no rules that are loaded bound the entity under any
 * regime: days before the packs begin, or of a regime without a pack. They are never covered (handbook 7.7).
 */
export function unruledDays(law: LawFacts, entity: Entity): { regime: string; days: Stretch[] }[] {
  const bound = union(...entity.regimes.map((line) => bindsOn(law, entity, line)))
  return entity.regimes
    .filter((line) => !SILENT.includes(line.regime))
    .map((line) => ({ regime: line.regime, days: subtract([stretchOf(line)], bound) }))
}

/** Regimes of the entity for which no rules are loaded. */
export function unloadedRegimes(law: LawFacts, entity: Entity): string[] {
  const named = entity.regimes.map((line) => line.regime as string)
  return [...new Set(named)].filter((regime) => !hasRules(law, regime) && !SILENT.includes(regime))
}

/** The days on which a country lies in the home area of a regime (areas have dated members, handbook 7.4). */
export function homeDays(law: LawFacts, regime: string, country: string): Stretch[] {
  const known = homes(law)
  const key = `${regime} ${country}`
  const found = known.get(key) ?? homeOf(law, regime, country)
  known.set(key, found)
  return found
}

/** Of the facts of one law: pairs of regime and country are few hundred. */
const homes = once((_law: LawFacts) => new Map<string, Stretch[]>())

function homeOf(law: LawFacts, regime: string, country: string): Stretch[] {
  return union(...law.areas.filter((line) => line.regime === regime && line.countries.includes(country)).map(daysOfLaw))
}

/** The days on which a country lies outside the home area of a regime. None: never, or no rules on transfers are loaded. */
export function daysAbroad(law: LawFacts, regime: string, country: string): Stretch[] {
  return hasTransferRules(law, regime) ? complement(homeDays(law, regime, country)) : []
}
