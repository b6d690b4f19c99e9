import { flowDays } from "@/domain/checks/kit"
import type { LawFacts } from "@/domain/checks/law"
import type { SharingFacts } from "@/domain/checks/types"
import type { Day } from "@/domain/core/day"
import { covers, intersect, subtract, union, type Stretch } from "@/domain/core/stretch"
import { hasRules, unloadedRegimes, unruledDays } from "./areas"
import { basisDays } from "./basis"
import { groundDays } from "./ground"
import { abroadOf } from "./mechanism"
import { requiredPapers } from "./required"

/**
 * Why a day is not covered: no ground of the statement, no legal basis of a regime, no paper of a kind, no mechanism for a country under a regime; or no rules that
 * could be asked, because the regime has no pack or its rules had not begun.
 */
export type Cause =
  | { what: "ground" }
  | { what: "basis"; regime: string }
  | { what: "paper"; kind: string }
  | { what: "mechanism"; country: string; regime: string }
  | { what: "rules"; regime: string; why: "none" | "before" }

export type Gap = Stretch & { causes: Cause[] }

export type Coverage = {
  /** The sharing's own days; none while its first day is not known. */
  own: Stretch[]
  /** Own days on which a ground of the statement held, and a basis under every regime. */
  ground: Stretch[]
  /** Own days on which every paper was there that the flow needs. */
  paper: Stretch[]
  /** Own days on which a mechanism held for every place abroad, under every regime. */
  mechanism: Stretch[]
  /** Days on which ground, papers and mechanisms all held, by rules that are loaded. */
  covered: Stretch[]
  /** Own days outside coverage, each stretch with all its causes. */
  gaps: Gap[]
  /** Regimes of the entity for which no rules are loaded: for them nothing is said. */
  unloaded: string[]
}

/**
 * On which days a sharing is covered, and why not on the others: `C = T ∩ G ∩ A ∩ M` (domain handbook, 5, with the
 * refinements of 7). Days are calendar days in the entity's zone. Approval is not in it: that is a second band.
 * `law`: the facts of the packs known at an instant, as known on a day, or with a scenario laid over.
 */
export function coverageOf(facts: SharingFacts, law: LawFacts): Coverage {
  const own = facts.sharing.body.startsOn.state === "known" ? flowDays(facts.sharing.body) : []
  const { before, rules } = atHome(facts, law, own)
  const lacking: Lack[] = [
    ...before,
    ...abroadOf(facts, law).map(({ country, regime, needed, held }) => ({
      cause: { what: "mechanism", country, regime } as const,
      days: intersect(own, subtract(needed, held)),
    })),
    ...rules,
  ]
  const uncovered = union(...lacking.map((item) => item.days))
  const without = (...what: Cause["what"][]): Stretch[] =>
    subtract(own, union(...lacking.filter((item) => what.includes(item.cause.what)).map((item) => item.days)))
  return {
    own,
    ground: without("ground", "basis"),
    paper: without("paper"),
    mechanism: without("mechanism"),
    covered: subtract(own, uncovered),
    gaps: gapsOf(uncovered, lacking),
    unloaded: unloadedRegimes(law, facts.entity),
  }
}

type Lack = { cause: Cause; days: Stretch[] }
type AtHome = { before: Lack[]; rules: Lack[]; law: LawFacts }

/** Of the facts of the last flow: a scenario asks before and after of the same. */
let last: { facts: SharingFacts; made: AtHome } | null = null

/**
 * What is lacking whatever the country: ground, basis, papers, rules. It reads no decision and no instrument, so that a
 * scenario about those asks it once.
 */
function atHome(facts: SharingFacts, law: LawFacts, own: Stretch[]): AtHome {
  const kept = last?.facts === facts ? last.made : null
  if (kept && kept.law.regimes === law.regimes && kept.law.areas === law.areas && kept.law.bases === law.bases)
    return kept
  const made: AtHome = {
    law,
    before: [
      { cause: { what: "ground" }, days: subtract(own, groundDays(facts)) },
      ...basisDays(facts, law).map(({ regime, needed, held }): Lack => ({
        cause: { what: "basis", regime },
        days: intersect(own, subtract(needed, held)),
      })),
      ...requiredPapers(facts, law).map(({ kind, needed, there }): Lack => ({
        cause: { what: "paper", kind },
        days: intersect(own, subtract(needed, there)),
      })),
    ],
    rules: unruledDays(law, facts.entity).map(({ regime, days }): Lack => ({
      cause: { what: "rules", regime, why: hasRules(law, regime) ? "before" : "none" },
      days: intersect(own, days),
    })),
  }
  last = { facts, made }
  return made
}

/** The uncovered days cut wherever a cause begins or ends, so that each piece has one set of causes. */
function gapsOf(uncovered: Stretch[], lacking: readonly Lack[]): Gap[] {
  if (uncovered.length === 0) return []
  // Of a dozen things that may be lacking mostly one or two are; each is told apart by its word.
  const lacks = lacking
    .filter((item) => item.days.length > 0)
    .map(({ cause, days }) => ({ cause, days, word: JSON.stringify(cause) }))
  const cuts = [...new Set(lacks.flatMap((item) => item.days.flatMap((days) => [days.from, days.to])))]
    .filter((cut): cut is Day => cut !== null)
    .sort()
  const gaps: Gap[] = []
  let words = ""
  for (const stretch of uncovered) {
    const inner = cuts.filter(
      (cut) => (stretch.from === null || cut > stretch.from) && (stretch.to === null || cut < stretch.to),
    )
    const edges = [stretch.from, ...inner, stretch.to]
    for (let i = 0; i + 1 < edges.length; i += 1) {
      const piece = { from: edges[i] ?? null, to: edges[i + 1] ?? null }
      // Each cause once, though two destinations in one country both lack it.
      const causes = new Map<string, Cause>()
      for (const { cause, days, word } of lacks) if (intersect(days, [piece]).length > 0) causes.set(word, cause)
      const mine = [...causes.keys()].join()
      const last = gaps[gaps.length - 1]
      if (last && last.to === piece.from && words === mine) last.to = piece.to
      else gaps.push({ ...piece, causes: [...causes.values()] })
      words = mine
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
