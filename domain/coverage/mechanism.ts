import { validDays } from "@/domain/checks/assessed"
import { flowDays } from "@/domain/checks/kit"
import { coversOn } from "@/domain/checks/papers"
import type { SharingFacts } from "@/domain/checks/types"
import { valueOf } from "@/domain/core/answer"
import { stretchOf } from "@/domain/core/dated"
import { ALWAYS, intersect, subtract, union, type Stretch } from "@/domain/core/stretch"
import type { MechanismLine } from "@/domain/records/sharing"
import { ADEQUACY, INSTRUMENT_DAYS } from "./adequacy.data"
import { daysAbroad, isEea } from "./areas"

/** A place abroad, for one regime, on the days on which it needs a mechanism, and those on which one held. */
export type Abroad = { country: string; regime: string; needed: Stretch[]; held: Stretch[] }

const BY_PAPER: readonly string[] = ["scc-2021", "scc-2010", "scc-sa", "adhoc", "uk-idta", "uk-addendum", "cn-contract"]
/** Appropriate safeguards: a transfer impact assessment that finds no equivalence ends them (handbook 7.1). */
const SAFEGUARDS: readonly string[] = [...BY_PAPER, "bcr", "code", "certification", "public-instrument"]

/**
 * For each destination and each regime of the entity: the days on which the data are abroad, and those on which a
 * mechanism held (domain handbook, 5, M(s), with 7.1, 7.2, 7.4). Making public has no destinations.
 */
export function abroadOf(facts: SharingFacts): Abroad[] {
  const { body } = facts.sharing
  if (body.mode === "disclose") return []
  const flow = flowDays(body)
  return (valueOf(body.destinations) ?? []).flatMap((destination) =>
    facts.entity.regimes.flatMap((line) => {
      const away = daysAbroad(line.regime, destination.country)
      const here = intersect(flow, [stretchOf(destination)])
      const needed = intersect(intersect(here, [stretchOf(line)]), away)
      if (needed.length === 0) return []
      const held = union(
        ...destination.mechanisms
          .filter((one) => one.regime === line.regime)
          .map((one) => mechanismDays(facts, one, destination.country)),
      )
      return [{ country: destination.country, regime: line.regime, needed, held }]
    }),
  )
}

/** The days on which one mechanism held for the country. */
function mechanismDays(facts: SharingFacts, line: MechanismLine, country: string): Stretch[] {
  const own = [stretchOf(line)]
  if (line.mechanism === "none-needed") return []
  if (line.mechanism === "adequacy") return intersect(own, adequateDays(facts, line, country))
  if (line.mechanism.startsWith("derogation")) return occasional(facts) ? own : []
  const instrument = INSTRUMENT_DAYS[line.mechanism]
  const possible = instrument ? union([{ from: instrument.from, to: instrument.until }]) : ALWAYS
  const paper = BY_PAPER.includes(line.mechanism) ? paperOf(facts, line) : evidenced(line) ? ALWAYS : []
  return subtract(intersect(intersect(own, possible), paper), assessedAway(facts, line))
}

/** A derogation carries what happens once or now and then, nothing that goes on (handbook 7.2). */
function occasional(facts: SharingFacts): boolean {
  const frequency = valueOf(facts.sharing.body.frequency)
  return frequency === "once" || frequency === "sporadic"
}

function evidenced(line: MechanismLine): boolean {
  return line.agreementId !== null || line.assessmentId !== null || (valueOf(line.evidence) ?? "").trim() !== ""
}

function paperOf(facts: SharingFacts, line: MechanismLine): Stretch[] {
  const paper = facts.agreements.find((one) => one.id === line.agreementId)
  return paper ? coversOn(paper, facts.sharing.id) : []
}

/** Days on which a decision of adequacy held for the country, and the party met its condition. */
function adequateDays(facts: SharingFacts, line: MechanismLine, country: string): Stretch[] {
  return union(
    ...ADEQUACY.filter(
      (one) => one.regime === line.regime && (one.to.includes(country) || (one.to.includes("EEA") && isEea(country))),
    ).map((one) => {
      const decision = union([{ from: one.from, to: one.until }])
      if (one.condition === null) return decision
      const met = facts.party.body.conditions.filter((item) => item.condition === one.condition).map(stretchOf)
      return intersect(decision, met)
    }),
  )
}

/** Days taken away by the line's own impact assessment: not equivalent from its day on, or run out. */
function assessedAway(facts: SharingFacts, line: MechanismLine): Stretch[] {
  if (!SAFEGUARDS.includes(line.mechanism) || line.assessmentId === null) return []
  const assessment = facts.assessments.find((one) => one.id === line.assessmentId)?.body
  if (!assessment || assessment.doneOn.state !== "known") return []
  const since: Stretch[] = [{ from: assessment.doneOn.value, to: null }]
  if (valueOf(assessment.outcome) === "not-equivalent" || valueOf(assessment.outcome) === "failed") return since
  return assessment.validUntil.state === "known" ? subtract(since, validDays(assessment)) : []
}
