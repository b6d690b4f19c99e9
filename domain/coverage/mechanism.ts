import { validDays } from "@/domain/checks/assessed"
import { flowDays } from "@/domain/checks/kit"
import { boundOn, paperDays, papersOf, pointed } from "@/domain/checks/papers"
import type { InstrumentLine, LawFacts } from "@/domain/checks/law"
import type { SharingFacts } from "@/domain/checks/types"
import { valueOf } from "@/domain/core/answer"
import { stretchOf } from "@/domain/core/dated"
import type { Day } from "@/domain/core/day"
import { ALWAYS, intersect, subtract, union, type Stretch } from "@/domain/core/stretch"
import type { Agreement } from "@/domain/records/agreement"
import type { Destination, MechanismLine } from "@/domain/records/sharing"
import { adequateDays } from "./adequacy"
import { bindsOn, daysAbroad, daysOfLaw } from "./areas"
import { assessedAway } from "./assessed-away"
import { OWN_PAPER } from "./own-paper"

/** A place abroad, for one regime, on the days on which it needs a mechanism, and those on which one held. */
export type Abroad = { country: string; regime: string; needed: Stretch[]; held: Stretch[] }

/** Leave of an authority, or a certificate: its own assessment record says how long it holds. */
const BY_LEAVE: readonly string[] = ["cn-assessment", "cn-certification"]
/** Safeguards that a transfer impact assessment may end; what an authority itself decided it may not (handbook 7.1). */
const NOT_ASSESSED: readonly string[] = [...BY_LEAVE, "cn-exempt", "cn-volume"]

/**
 * For each destination and each regime of the entity: the days on which the data are abroad, and those on which a
 * mechanism held (domain handbook, 5, M(s), with 7.1, 7.2, 7.4). Making public has no destinations.
 */
export function abroadOf(facts: SharingFacts, law: LawFacts): Abroad[] {
  const { body } = facts.sharing
  if (body.mode === "disclose") return []
  const flow = flowDays(body)
  return (valueOf(body.destinations) ?? []).flatMap((destination) =>
    facts.entity.regimes.flatMap((line) => {
      const away = intersect(bindsOn(law, facts.entity, line), daysAbroad(law, line.regime, destination.country))
      const needed = intersect(intersect(flow, [stretchOf(destination)]), away)
      if (needed.length === 0) return []
      const held = union(
        ...destination.mechanisms
          .filter((one) => one.regime === line.regime)
          .map((one) => intersect([stretchOf(one)], mechanismDays(facts, one, destination, law))),
      )
      return [{ country: destination.country, regime: line.regime, needed, held }]
    }),
  )
}

/** The days on which one mechanism could carry the data to the destination. */
export function mechanismDays(
  facts: SharingFacts,
  line: MechanismLine,
  destination: Destination,
  law: LawFacts,
): Stretch[] {
  if (line.mechanism === "none-needed") return []
  if (line.mechanism === "adequacy") return adequateDays(law, facts, line.regime, destination.country)
  if (line.mechanism.startsWith("derogation")) {
    const knows = law.regimes.some((one) => one.regime === line.regime && one.derogations)
    return knows && occasional(facts) ? ALWAYS : []
  }
  const instruments = law.instruments.filter((one) => one.mechanism === line.mechanism && one.regime === line.regime)
  const held = union(
    ...instruments.map((one) => intersect(instrumentDays(facts, one, destination), evidenceDays(facts, line, one))),
  )
  return NOT_ASSESSED.includes(line.mechanism) ? held : subtract(held, assessedAway(facts, line))
}

/** A derogation carries what happens once or now and then, nothing that goes on (handbook 7.2). */
function occasional(facts: SharingFacts): boolean {
  const frequency = valueOf(facts.sharing.body.frequency)
  return frequency === "once" || frequency === "sporadic"
}

/**
 * The days on which an instrument could be relied on. One that is being phased out carries the processing as it was: it
 * ends where the flow, its way there or a kind of its data begins after no new one could be concluded (example 5).
 */
function instrumentDays(facts: SharingFacts, instrument: InstrumentLine, destination: Destination): Stretch[] {
  const { newUntil } = instrument
  const { startsOn, dataLines } = facts.sharing.body
  const begun = [valueOf(startsOn), destination.firstOn, ...(valueOf(dataLines) ?? []).map((one) => one.firstOn)]
  const changed = begun.filter((on): on is Day => on !== null && newUntil !== null && on >= newUntil).sort()[0] ?? null
  return intersect(daysOfLaw(instrument), [{ from: null, to: changed }])
}

/** The days on which the mechanism's own paper covered the sharing, or its other evidence held. */
function evidenceDays(facts: SharingFacts, line: MechanismLine, instrument: InstrumentLine): Stretch[] {
  const own = OWN_PAPER[line.mechanism]
  if (own) {
    const fits = (agreement: Agreement): boolean =>
      own.kinds === null || own.kinds.includes(agreement.kind) || pointed(agreement, own.item)
    const inTime = (root: SharingFacts["agreements"][number]): boolean => {
      const bound = boundOn(root.body, root.confirmed)
      return instrument.newUntil === null || (bound !== null && bound < instrument.newUntil)
    }
    const days = union(
      ...papersOfLine(facts, line)
        .filter(({ paper, root }) => fits(paper.body) && inTime(root))
        .map((item) => item.days),
    )
    return line.mechanism === "uk-addendum" ? intersect(days, clausesBeside(facts)) : days
  }
  const assessment = facts.assessments.find((one) => one.id === line.assessmentId)?.body
  if (BY_LEAVE.includes(line.mechanism) && assessment)
    return valueOf(assessment.outcome) === "failed" ? [] : validDays(assessment)
  const shown = line.agreementId !== null || line.assessmentId !== null || (valueOf(line.evidence) ?? "").trim() !== ""
  return shown ? ALWAYS : []
}

/** The papers behind a line: the linked one and its amendments, for an amended paper goes on in them. */
export function papersOfLine(facts: SharingFacts, line: MechanismLine): ReturnType<typeof papersOf> {
  const papers = papersOf(facts)
  const family = papers.find(({ paper }) => paper.id === line.agreementId)?.root.id
  return papers.filter(({ root }) => root.id === family)
}

/** The Addendum only changes the Commission's clauses: those have to be there too. */
function clausesBeside(facts: SharingFacts): Stretch[] {
  return union(
    paperDays(facts, ["scc"]),
    ...papersOf(facts)
      .filter(({ paper }) => pointed(paper.body, "MODULE"))
      .map(({ days }) => days),
  )
}
