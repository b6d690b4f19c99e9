import { valueOf } from "@/domain/core/answer"
import { stretchOf } from "@/domain/core/dated"
import { day, type Day } from "@/domain/core/day"
import { ALWAYS, intersect, union, type Stretch } from "@/domain/core/stretch"
import type { Id } from "@/domain/core/id"
import { daysAbroad } from "@/domain/coverage/areas"
import type { Sharing } from "@/domain/records/sharing"
import { flowDays } from "./kit"
import type { LawFacts } from "./law"
import { WIDE_CHECKS } from "./registry"
import { chinaBands, type BandAnswer, type BandFacts, type BandFlow } from "./rules/bands"
import { bandRulings, mainlandDays, type BandFigures } from "./band-sums"
import type { Clause, Facts, Finding, Pack, Ruling } from "./types"
import { flagged } from "./when"

/**
 * What the mainland's bands look at of a sharing: whom it concerns, by which routes, on the days on which data lies
 * outside. Null: none of it leaves the mainland, or its days are not known. `within`: the days on which its company's
 * data lies there (`mainlandDays`).
 */
export function bandFlowOf(
  sharingId: Id<"sharing">,
  body: Sharing,
  law: LawFacts,
  within: Stretch[] = ALWAYS,
): BandFlow | null {
  if (body.mode === "disclose" || body.startsOn.state !== "known") return null
  const destinations = (valueOf(body.destinations) ?? []).map((one) => ({
    one,
    days: intersect([stretchOf(one)], daysAbroad(law, "CN", one.country)),
  }))
  const days = intersect(intersect(flowDays(body), within), union(...destinations.map((item) => item.days)))
  if (days.length === 0) return null
  const abroad = destinations.filter((item) => item.days.length > 0)
  const subjects: readonly string[] = valueOf(body.subjects) ?? []
  const kinds = valueOf(body.dataLines) ?? []
  return {
    sharingId,
    people: valueOf(body.peopleCount),
    sensitive: valueOf(body.sensitiveCount),
    hasSensitive:
      subjects.includes("child") ||
      valueOf(body.inferable) === "yes" ||
      kinds.some((line) => flagged(line.kind, "pipl-sensitive")),
    routes: [
      ...new Set(
        abroad.flatMap(({ one }) =>
          one.mechanisms.filter((line) => line.regime === "CN").map((line) => line.mechanism),
        ),
      ),
    ],
    days,
  }
}

/** How the bands stand in a calendar year, stretch by stretch: a sum only grows, at the first days of flows. */
export function bandYear(facts: BandFacts, year: number, law: LawFacts): (Stretch & { answer: BandAnswer })[] {
  const from = day(`${String(year).padStart(4, "0")}-01-01`)
  const to = day(`${String(year + 1).padStart(4, "0")}-01-01`)
  const edges = [
    ...facts.flows.flatMap((flow) => flow.days.flatMap((item) => [item.from, item.to])),
    ...law.bands.flatMap((line) => [line.from, line.until]),
  ].filter((on): on is Day => on !== null && on > from && on < to)
  const cuts = [...new Set<Day>([from, ...edges])].sort()
  return cuts.flatMap((cut, i) => {
    const answer = chinaBands(facts, cut, law)
    return answer ? [{ from: cut, to: cuts[i + 1] ?? to, answer }] : []
  })
}

/**
 * What the clauses that add up over a company's flows say of one of them, given how the company stands; null where that
 * was not asked (a supposition, a record on its own).
 */
export function bandRulingsOf(facts: Facts, law: LawFacts): Ruling[] | null {
  if (facts.about !== "sharing" || !facts.bands) return null
  const { sharing, entity } = facts
  return bandRulings(bandFlowOf(sharing.id, sharing.body, law, mainlandDays(entity, law)), facts.bands)
}

/** What a request does to a company's sum: from when, the figures before and after, and whom that leaves without a route. */
export type BandTip = {
  entityId: string
  /** The day of the figures: the first on which the company stands in a higher band, else the one that is looked at. */
  on: Day
  /** The stretches in which it stands higher than before; none: it tips nothing. */
  days: Stretch[]
  before: BandFigures
  after: BandFigures
  /** Flows in force, besides those proposed, whose routes no longer suffice on the day. */
  left: number
  certain: boolean
}

/**
 * The finding of a request that tips a band, on one of the records that it proposes: as grave as its clause where a flow
 * is left without a route that suffices, else said as advice.
 */
export function tipFindings(tip: BandTip, recordId: Id<"sharing">, packs: readonly Pack[]): Finding[] {
  return wideClauses(packs).flatMap(({ pack, clause }) =>
    intersect(tip.days, [legalDays(clause)]).map((days): Finding => ({
      clause: clause.id,
      pack: pack.pack,
      packVersion: pack.version,
      severity: tip.left > 0 ? clause.severity : "advice",
      verdict: tip.certain ? "broken" : "unknown",
      recordKind: "sharing",
      recordId,
      ...days,
      says: `finding.${clause.id}.tips${tip.left > 0 ? "-left" : ""}`,
      params: {
        before: String(tip.before.ordinary),
        after: String(tip.after.ordinary),
        sensitiveBefore: String(tip.before.sensitive),
        sensitiveAfter: String(tip.after.sensitive),
        band: tip.after.band,
        was: tip.before.band,
        n: String(tip.left),
      },
      path: "peopleCount",
      remedy: clause.remedy,
    })),
  )
}

function wideClauses(packs: readonly Pack[]): { pack: Pack; clause: Clause }[] {
  return packs.flatMap((pack) =>
    pack.clauses.filter((one) => one.check !== null && one.check in WIDE_CHECKS).map((clause) => ({ pack, clause })),
  )
}

/**
 * The findings of the clauses that add up over a company's flows, in a year: one for each flow whose routes do not suffice.
 * Worked out from all flows, day by day: what is kept flow by flow has to say the same.
 */
export function bandFindings(facts: BandFacts, year: number, packs: readonly Pack[], law: LawFacts): Finding[] {
  return bandYear(facts, year, law).flatMap(({ from, to, answer }) =>
    wideClauses(packs).flatMap(({ pack, clause }) =>
      intersect([{ from, to }], [legalDays(clause)]).flatMap((days) =>
        answer.insufficient.map((sharingId): Finding => ({
          clause: clause.id,
          pack: pack.pack,
          packVersion: pack.version,
          severity: clause.severity,
          verdict: answer.certain ? "broken" : "unknown",
          recordKind: "sharing",
          recordId: sharingId,
          ...days,
          says: `finding.${clause.id}.${answer.band}`,
          params: {},
          path: "destinations",
          remedy: clause.remedy,
        })),
      ),
    ),
  )
}

function legalDays(clause: Clause): Stretch {
  return { from: clause.effectiveFrom, to: clause.effectiveTo }
}
