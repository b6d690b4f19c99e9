import { flowDays } from "@/domain/checks/kit"
import { changedParts, looksAt, type Part } from "@/domain/checks/looks-at"
import { applyingOf, foundIn } from "@/domain/checks/run"
import type { Clause, Finding, Pack, Severity, SharingFacts } from "@/domain/checks/types"
import type { Day } from "@/domain/core/day"
import { intersect, subtract, union, type Stretch } from "@/domain/core/stretch"
import { adequateDays } from "@/domain/coverage/adequacy"
import { coverageOf, type Cause, type Coverage } from "@/domain/coverage/coverage"
import type { Rules } from "./lay-law"
import { mendsOf, type Mend } from "./mend"
import type { Scenario } from "./scenario"

/**
 * What a scenario does to a sharing: it stands uncovered on days on which it was covered; it is covered on days on
 * which it was not; it could be, if it named what has come; it only has more findings; or nothing.
 */
export const CHANGES = ["uncovered", "covered", "mendable", "findings", "unchanged"] as const
export type Change = (typeof CHANGES)[number]

export type NewFinding = {
  clause: string
  severity: Severity
  says: string
  params: Record<string, string>
  from: Day | null
  remedy: string
}

export type Compared = {
  change: Change
  /** The first day on which it differs; null where nothing does. */
  from: Day | null
  /** The days on which it differs, half-open. */
  days: Stretch[]
  causes: Cause[]
  mends: Mend[]
  findings: NewFinding[]
  /** Of another version of a pack: what is found and would be found no longer. */
  gone?: NewFinding[]
}

/** The facts around a sharing, and the rules, as they are and with the scenario laid over. */
export type BothWays = { before: SharingFacts; after: SharingFacts; rulesBefore: Rules; rulesAfter: Rules }

/**
 * What the scenario does to one sharing, on its day and all later ones: the same coverage and the same checks, before and
 * after. `findings` left out looks at coverage alone.
 */
export function compareSharing(both: BothWays, scenario: Scenario, findings = true): Compared {
  const { before, after, rulesBefore, rulesAfter } = both
  const since: Stretch[] = [{ from: scenario.on, to: null }]
  if (scenario.kind === "pack-next" && before === after && rulesBefore.law === rulesAfter.law)
    return underPack(both, scenario, since)
  if (rulesBefore === rulesAfter && changedParts(before, after)?.length === 0) return UNCHANGED
  const was = coverageOf(before, rulesBefore.law)
  const is = coverageOf(after, rulesAfter.law)
  const lost = intersect(subtract(was.covered, is.covered), since)
  const won = intersect(subtract(is.covered, was.covered), since)
  const more = findings ? newFindings(both, since, scenario) : []
  // A version of a pack is told both ways: what it would find, and what it would find no longer.
  const back = { before: after, after: before, rulesBefore: rulesAfter, rulesAfter: rulesBefore }
  const gone = findings && scenario.kind === "pack-next" ? { gone: newFindings(back, since, scenario) } : {}
  if (lost.length) return { ...told("uncovered", lost, causesOn(is, lost), after, rulesAfter, more), ...gone }
  if (won.length) return { ...told("covered", won, [], after, rulesAfter, more), ...gone }
  const could = couldBe(is, after, rulesAfter, scenario)
  if (could.length) return told("mendable", could, causesOn(is, could), after, rulesAfter, more)
  const found = [...more, ...(gone.gone ?? [])]
  const from = found.map((one) => one.from ?? scenario.on).sort()[0] ?? null
  const change = found.length ? "findings" : "unchanged"
  return { change, from, days: [], causes: [], mends: [], findings: more, ...gone }
}

/** A flow around which nothing is otherwise. */
const UNCHANGED: Compared = { change: "unchanged", from: null, days: [], causes: [], mends: [], findings: [] }

/** Another version of a pack whose facts of law are the same covers the same: only findings come and go. */
function underPack(both: BothWays, scenario: Extract<Scenario, { kind: "pack-next" }>, since: Stretch[]): Compared {
  const only = (rules: Rules): Rules => ({ ...rules, packs: named(rules.packs, scenario.pack.pack) })
  const mine = { ...both, rulesBefore: only(both.rulesBefore), rulesAfter: only(both.rulesAfter) }
  const back = { ...mine, rulesBefore: mine.rulesAfter, rulesAfter: mine.rulesBefore }
  const findings = newFindings(mine, since, scenario)
  const gone = newFindings(back, since, scenario)
  const from = [...findings, ...gone].map((one) => one.from ?? scenario.on).sort()[0] ?? null
  const change = findings.length + gone.length ? "findings" : "unchanged"
  return { change, from, days: [], causes: [], mends: [], findings, gone }
}

const NAMED = new WeakMap<readonly Pack[], readonly Pack[]>()

/** The packs of the name; kept beside the list, for many sharings are compared by the same. */
function named(packs: readonly Pack[], name: string): readonly Pack[] {
  const known = NAMED.get(packs)
  if (known?.[0]?.pack === name) return known
  const found = packs.filter((pack) => pack.pack === name)
  NAMED.set(packs, found)
  return found
}

function told(
  change: Change,
  days: Stretch[],
  causes: Cause[],
  after: SharingFacts,
  rules: Rules,
  findings: NewFinding[],
): Compared {
  const from = days[0]?.from ?? null
  const mends = from === null ? [] : mendsOf(after, causes, rules.law, from)
  return { change, from, days, causes, mends, findings }
}

/** Why those days are not covered, each cause once. */
function causesOn(coverage: Coverage, days: Stretch[]): Cause[] {
  const causes = coverage.gaps.filter((gap) => intersect([gap], days).length > 0).flatMap((gap) => gap.causes)
  return [...new Map(causes.map((cause) => [JSON.stringify(cause), cause])).values()]
}

/** Uncovered days on which a decision that has come would carry the data, if the flow named it. */
function couldBe(coverage: Coverage, facts: SharingFacts, rules: Rules, scenario: Scenario): Stretch[] {
  if (scenario.kind !== "gains-adequacy") return []
  const lacking = coverage.gaps.filter((gap) =>
    gap.causes.some(
      (cause) => cause.what === "mechanism" && cause.country === scenario.country && cause.regime === scenario.regime,
    ),
  )
  const since: Stretch[] = [{ from: scenario.on, to: null }]
  const open = intersect(union(lacking), since)
  return open.length ? intersect(open, adequateDays(rules.law, facts, scenario.regime, scenario.country)) : []
}

/** What the checks find on the flow's own days from the day on, and did not find before. */
function newFindings(both: BothWays, since: Stretch[], scenario: Scenario): NewFinding[] {
  const { before, after, rulesBefore, rulesAfter } = both
  const days = intersect(flowDays(after.sharing.body), since)
  if (days.length === 0) return []
  const [packsBefore, packsAfter] = concerned(both, scenario)
  const was = byWhat(foundIn(before, applyingOf(before, packsBefore, rulesBefore.law)))
  const is = byWhat(foundIn(after, applyingOf(after, packsAfter, rulesAfter.law)))
  return [...is].flatMap(([what, found]) => {
    const fresh = intersect(subtract(union(found), union(was.get(what) ?? [])), days)
    const [finding] = found
    if (!finding || fresh.length === 0) return []
    const { clause, severity, says, params, remedy } = finding
    return [{ clause, severity, says, params, remedy, from: fresh[0]?.from ?? null }]
  })
}

/**
 * The packs before and after, with those clauses only that look at what the scenario changes around this flow: all others
 * say the same of it either way (a test holds that against asking them all).
 */
function concerned(
  { before, after, rulesBefore, rulesAfter }: BothWays,
  scenario: Scenario,
): readonly [readonly Pack[], readonly Pack[]] {
  const all = [rulesBefore.packs, rulesAfter.packs] as const
  const parts = changedParts(before, after)
  const byDecision = scenario.kind === "loses-adequacy" || scenario.kind === "gains-adequacy"
  if (parts === null || all[0] !== all[1] || (rulesBefore.law !== rulesAfter.law && !byDecision)) return all
  const regime = rulesBefore.law !== rulesAfter.law && byDecision ? scenario.regime : null
  const packs = narrowed(all[0], parts, regime)
  return [packs, packs]
}

const NARROWED = new WeakMap<readonly Pack[], Map<string, readonly Pack[]>>()

function narrowed(packs: readonly Pack[], parts: readonly Part[], regime: string | null): readonly Pack[] {
  const known = NARROWED.get(packs) ?? new Map<string, readonly Pack[]>()
  NARROWED.set(packs, known)
  const word = [...parts, regime].join()
  const wanted = (clause: Clause): boolean =>
    parts.some((part) => looksAt(clause, part)) || (regime !== null && readsDecision(clause, regime))
  const found =
    known.get(word) ??
    packs.flatMap((pack) => {
      const clauses = pack.clauses.filter(wanted)
      return clauses.length ? [{ ...pack, clauses }] : []
    })
  known.set(word, found)
  return found
}

/** A decision under a regime is read where adequacy is a mechanism under that regime. */
function readsDecision(clause: Clause, regime: string): boolean {
  if (!looksAt(clause, "adequacy")) return false
  const codes = clause.params?.mechanisms
  return String(clause.params?.regime) === regime && (!Array.isArray(codes) || codes.includes("adequacy"))
}

/** Findings by what they say; the version of the pack is no part of it. */
function byWhat(findings: readonly Finding[]): Map<string, Finding[]> {
  const all = new Map<string, Finding[]>()
  for (const one of findings) {
    const what = JSON.stringify([one.clause, one.severity, one.verdict, one.says, one.params])
    const list = all.get(what)
    if (list) list.push(one)
    else all.set(what, [one])
  }
  return all
}
