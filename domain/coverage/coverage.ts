import { flowDays } from "@/domain/checks/kit"
import type { SharingFacts } from "@/domain/checks/types"
import type { Day } from "@/domain/core/day"
import { covers, intersect, subtract, union, type Stretch } from "@/domain/core/stretch"
import { hasTransferRules } from "./areas"
import { groundDays } from "./ground"
import { abroadOf } from "./mechanism"
import { requiredPapers } from "./required"

/** Why a day is not covered: no ground, no paper of a kind, or no mechanism for a country under a regime. */
export type Cause =
  { what: "ground" } | { what: "paper"; kind: string } | { what: "mechanism"; country: string; regime: string }

export type Gap = Stretch & { causes: Cause[] }

export type Coverage = {
  /** The sharing's own days; none while its first day is not known. */
  own: Stretch[]
  /** Days on which every paper was there that the flow needs. */
  paper: Stretch[]
  /** Days on which ground, papers and mechanisms all held. */
  covered: Stretch[]
  /** Own days outside coverage, each stretch with all its causes. */
  gaps: Gap[]
  /** Regimes of the entity for which no rules are loaded: for them nothing is said. */
  unloaded: string[]
}

const CCPA_AND_STATEMENT: readonly string[] = ["CCPA", "DORA"]

/**
 * On which days a sharing is covered, and why not on the others: `C = T ∩ G ∩ A ∩ M` (domain handbook, 5, with the
 * refinements of 7). Days are calendar days in the entity's zone. Approval is not in it: that is a second band.
 */
export function coverageOf(facts: SharingFacts): Coverage {
  const own = facts.sharing.body.startsOn.state === "known" ? flowDays(facts.sharing.body) : []
  const papers = requiredPapers(facts)
  const lacking: { cause: Cause; days: Stretch[] }[] = [
    { cause: { what: "ground" }, days: subtract(own, groundDays(facts)) },
    ...papers.map(({ kind, needed, there }) => ({
      cause: { what: "paper", kind } as const,
      days: intersect(own, subtract(needed, there)),
    })),
    ...abroadOf(facts).map(({ country, regime, needed, held }) => ({
      cause: { what: "mechanism", country, regime } as const,
      days: intersect(own, subtract(needed, held)),
    })),
  ]
  const uncovered = union(...lacking.map((item) => item.days))
  const unpapered = union(...lacking.filter((item) => item.cause.what === "paper").map((item) => item.days))
  return {
    own,
    paper: subtract(own, unpapered),
    covered: subtract(own, uncovered),
    gaps: gapsOf(uncovered, lacking),
    unloaded: facts.entity.regimes
      .map((line) => line.regime as string)
      .filter((regime) => !hasTransferRules(regime) && !CCPA_AND_STATEMENT.includes(regime)),
  }
}

/** The uncovered days cut wherever a cause begins or ends, so that each piece has one set of causes. */
function gapsOf(uncovered: Stretch[], lacking: readonly { cause: Cause; days: Stretch[] }[]): Gap[] {
  const cuts = [...new Set(lacking.flatMap((item) => item.days.flatMap((days) => [days.from, days.to])))]
    .filter((cut): cut is Day => cut !== null)
    .sort()
  const gaps: Gap[] = []
  for (const stretch of uncovered) {
    const inner = cuts.filter(
      (cut) => (stretch.from === null || cut > stretch.from) && (stretch.to === null || cut < stretch.to),
    )
    const edges = [stretch.from, ...inner, stretch.to]
    for (let i = 0; i + 1 < edges.length; i += 1) {
      const piece = { from: edges[i] ?? null, to: edges[i + 1] ?? null }
      const causes = lacking.filter((item) => intersect(item.days, [piece]).length > 0).map((item) => item.cause)
      const last = gaps[gaps.length - 1]
      if (last && last.to === piece.from && JSON.stringify(last.causes) === JSON.stringify(causes)) last.to = piece.to
      else gaps.push({ ...piece, causes })
    }
  }
  return gaps
}

/** How a sharing stands on a day. */
export type CoverState = "before" | "covered" | "gap" | "after" | "undated"

/** Whether the sharing is covered on the day, has a gap, or does not run. */
export function stateOn(coverage: Coverage, on: Day): CoverState {
  if (coverage.own.length === 0) return "undated"
  if (covers(coverage.covered, on)) return "covered"
  if (covers(coverage.own, on)) return "gap"
  return coverage.own.every((days) => days.from !== null && days.from > on) ? "before" : "after"
}
