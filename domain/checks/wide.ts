import { valueOf } from "@/domain/core/answer"
import { stretchOf } from "@/domain/core/dated"
import { day, type Day } from "@/domain/core/day"
import { intersect, union, type Stretch } from "@/domain/core/stretch"
import type { Id } from "@/domain/core/id"
import { daysAbroad } from "@/domain/coverage/areas"
import type { Sharing } from "@/domain/records/sharing"
import { flowDays } from "./kit"
import type { LawFacts } from "./law"
import { WIDE_CHECKS } from "./registry"
import { chinaBands, type BandAnswer, type BandFacts, type BandFlow } from "./rules/bands"
import type { Clause, Finding, Pack } from "./types"
import { flagged } from "./when"

/**
 * What the mainland's bands look at of a sharing: whom it concerns, by which routes, on the days on which data lies
 * outside. Null: none of it leaves the mainland, or its days are not known.
 */
export function bandFlowOf(sharingId: Id<"sharing">, body: Sharing, law: LawFacts): BandFlow | null {
  if (body.mode === "disclose" || body.startsOn.state !== "known") return null
  const destinations = (valueOf(body.destinations) ?? []).map((one) => ({
    one,
    days: intersect([stretchOf(one)], daysAbroad(law, "CN", one.country)),
  }))
  const days = intersect(flowDays(body), union(...destinations.map((item) => item.days)))
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

/** The findings of the clauses that add up over an entity's flows, in a year: one for each flow whose routes do not suffice. */
export function bandFindings(facts: BandFacts, year: number, packs: readonly Pack[], law: LawFacts): Finding[] {
  const clauses = packs.flatMap((pack) =>
    pack.clauses.filter((one) => one.check !== null && one.check in WIDE_CHECKS).map((one) => ({ pack, clause: one })),
  )
  return bandYear(facts, year, law).flatMap(({ from, to, answer }) =>
    clauses.flatMap(({ pack, clause }) =>
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
          says: `finding.${clause.id}`,
          params: { sum: String(answer.ordinary + answer.sensitive), band: answer.band },
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
