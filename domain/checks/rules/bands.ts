import type { BandLine, LawFacts } from "@/domain/checks/law"
import { addDays, day, type Day } from "@/domain/core/day"
import { intersect, type Stretch } from "@/domain/core/stretch"
import type { Id } from "@/domain/core/id"
import type { Mechanism } from "@/domain/vocabulary/mechanisms"

/** One flow of an entity out of the mainland: whom it concerns, by which route, on which days. */
export type BandFlow = {
  sharingId: Id<"sharing">
  /** People concerned; null: not known. They count as ordinary, unless sensitive data leaves about them. */
  people: number | null
  /** Of those, people about whom sensitive data leaves; null: not known, then all of them. */
  sensitive: number | null
  hasSensitive: boolean
  /** Routes that the flow names; none: not said. */
  routes: readonly Mechanism[]
  days: Stretch[]
}

/** The flows of one entity, and whether its law always asks for the highest band. */
export type BandFacts = { criticalOperator: boolean; importantData: boolean; flows: readonly BandFlow[] }

export type BandAnswer = {
  ordinary: number
  sensitive: number
  /** Flows of which nobody knows how many people they concern: the sum is at least this. */
  unknown: Id<"sharing">[]
  band: string
  routes: readonly Mechanism[]
  /** The next band and how many people more reach it; null: there is none above. */
  next: { band: string; ordinary: number | null; sensitive: number | null } | null
  /** Flows whose named routes do not suffice in this band. */
  insufficient: Id<"sharing">[]
  /** False where the answer hangs on numbers that nobody knows. */
  certain: boolean
  act: string
}

/**
 * Adds up, per entity, the people whose data leaves the Chinese mainland since the first of January (or of the year
 * before, as the law of the day has it) to the day, and says which band that is and whether the routes suffice. People of
 * exempt routes stay out of the sum. Null: no rule on volumes held on the day.
 */
export function chinaBands(facts: BandFacts, on: Day, law: LawFacts, regime = "CN"): BandAnswer | null {
  const rule = law.bands.find(
    (line) =>
      line.regime === regime && (line.from === null || line.from <= on) && (line.until === null || on < line.until),
  )
  if (!rule) return null
  const since = day(`${String(Number(on.slice(0, 4)) - rule.yearsBefore).padStart(4, "0")}-01-01`)
  const left = facts.flows.filter((flow) => intersect(flow.days, [{ from: since, to: addDays(on, 1) }]).length > 0)
  const counted = left.filter((flow) => !exempt(flow, rule))
  const sum: BandSum = { ordinary: 0, sensitive: 0, unknown: 0 }
  for (const flow of counted) {
    const one = countedIn(flow)
    sum.sensitive += one.sensitive
    sum.ordinary += one.ordinary
  }
  const { band, above, next } = bandOf(rule, sum, facts.criticalOperator || facts.importantData)
  const unknown = counted.filter((flow) => flow.people === null).map((flow) => flow.sharingId)
  return {
    ordinary: sum.ordinary,
    sensitive: sum.sensitive,
    unknown,
    band: band.name,
    routes: band.routes,
    next,
    insufficient: counted
      .filter((flow) => intersect(flow.days, [{ from: on, to: addDays(on, 1) }]).length > 0)
      .filter((flow) => !flow.routes.some((route) => band.routes.includes(route)))
      .map((flow) => flow.sharingId),
    certain: unknown.length === 0 || above === undefined,
    act: rule.act,
  }
}

/** People added up, and flows of which nobody knows how many. */
export type BandSum = { ordinary: number; sensitive: number; unknown: number }

/** What one flow adds to the sum. */
export function countedIn(flow: Pick<BandFlow, "people" | "sensitive" | "hasSensitive">): BandSum {
  const sensitive = flow.hasSensitive ? (flow.sensitive ?? flow.people ?? 0) : 0
  return { ordinary: Math.max(0, (flow.people ?? 0) - sensitive), sensitive, unknown: flow.people === null ? 1 : 0 }
}

/** The band of a sum, and the one above with how many people more reach it. `highest`: whatever the sum. */
export function bandOf(
  rule: BandLine,
  sum: Pick<BandSum, "ordinary" | "sensitive">,
  highest: boolean,
): { at: number; band: Band; above: Band | undefined; next: BandAnswer["next"] } {
  const top = rule.bands.length - 1
  const found = rule.bands.findIndex(
    (band) => (band.ordinary === null || sum.ordinary < band.ordinary) && fewer(sum.sensitive, band.sensitive),
  )
  const at = highest || found === -1 ? top : found
  const band = rule.bands[at] as Band
  const above = rule.bands[at + 1]
  const next = above
    ? {
        band: above.name,
        ordinary: band.ordinary === null ? null : band.ordinary - sum.ordinary,
        sensitive: band.sensitive === null ? null : Math.max(band.sensitive - sum.sensitive, 0),
      }
    : null
  return { at, band, above, next }
}

type Band = BandLine["bands"][number]

const fewer = (count: number, limit: number | null): boolean => limit === null || count < limit

/** Flows all of whose routes are exempt: contract, staff, emergency, data of foreign origin (handbook 7.9). */
export function exempt(flow: Pick<BandFlow, "routes">, rule: Pick<BandLine, "exempt">): boolean {
  return flow.routes.length > 0 && flow.routes.every((route) => rule.exempt.includes(route))
}

/** What a proposal laid over the register changes: the answers before and after, and whether it tips into another band. */
export function tipping(
  before: BandFacts,
  after: BandFacts,
  on: Day,
  law: LawFacts,
): { before: BandAnswer | null; after: BandAnswer | null; tips: boolean } {
  const was = chinaBands(before, on, law)
  const is = chinaBands(after, on, law)
  return { before: was, after: is, tips: was !== null && is !== null && was.band !== is.band }
}
