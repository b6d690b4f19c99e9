import { lawFactsOf, type AdequacyLine, type LawFacts } from "@/domain/checks/law"
import type { Pack } from "@/domain/checks/types"
import { earlier, type Day } from "@/domain/core/day"
import { intersect } from "@/domain/core/stretch"
import { daysOfLaw } from "@/domain/coverage/areas"
import { withNext, withoutText } from "@/domain/packs/in-force"
import type { Scenario } from "./scenario"

/** The packs and the facts of law that hold: what coverage and checks take as their arguments. */
export type Rules = { packs: readonly Pack[]; law: LawFacts }

/** The rules of the packs. */
export function rulesOf(packs: readonly Pack[]): Rules {
  return { packs, law: lawFactsOf(packs) }
}

/** The rules with the scenario laid over; the same object where it supposes nothing about the law. */
export function layOverRules(rules: Rules, scenario: Scenario): Rules {
  if (scenario.kind === "loses-adequacy") return { ...rules, law: withoutAdequacy(rules.law, scenario) }
  if (scenario.kind === "gains-adequacy") return { ...rules, law: withAdequacy(rules.law, scenario) }
  if (scenario.kind === "pack-next") {
    const { pack, on } = scenario
    const packs = scenario.ends ? withoutText(rules.packs, pack, on) : withNext(rules.packs, pack)
    return pack.facts && !scenario.ends ? rulesOf(packs) : { packs, law: rules.law }
  }
  return rules
}

type About = { regime: string; country: string; on: Day }

/** Decisions for the country end on the day; such as would begin later do not come. Other countries keep theirs. */
function withoutAdequacy(law: LawFacts, { regime, country, on }: About): LawFacts {
  return {
    ...law,
    adequacy: law.adequacy.flatMap((line) =>
      line.regime === regime
        ? apart(law, line, country).flatMap((one) => (one.mine ? until(one.line, on) : one.line))
        : line,
    ),
  }
}

function until(line: AdequacyLine, on: Day): AdequacyLine[] {
  if (line.from !== null && line.from >= on) return []
  return [{ ...line, until: line.until === null ? on : earlier(line.until, on) }]
}

/** From the day on a decision for the country, within the limits of its last one; a first one has none. */
function withAdequacy(law: LawFacts, { regime, country, on }: About): LawFacts {
  const earlierOnes = law.adequacy
    .filter((line) => line.regime === regime)
    .flatMap((line) => apart(law, line, country))
    .flatMap(({ line, mine }) => (mine && (line.from === null || line.from < on) ? [line] : []))
    .sort((a, b) => ((a.from ?? "") < (b.from ?? "") ? 1 : -1))
  const [last] = earlierOnes
  const line = { regime, to: [country], from: on, until: null, act: "supposed", certainty: "supposed" }
  return { ...law, adequacy: [...law.adequacy, last ? { ...limitsOf(last), ...line } : line] }
}

function limitsOf({ condition, staffCondition, notFrom, notKinds, notChannels }: AdequacyLine): Partial<AdequacyLine> {
  return {
    ...(condition ? { condition } : {}),
    ...(staffCondition ? { staffCondition } : {}),
    ...(notFrom ? { notFrom } : {}),
    ...(notKinds ? { notKinds } : {}),
    ...(notChannels ? { notChannels } : {}),
  }
}

/** A decision taken apart into what it says of the country and what it says of all others. */
function apart(law: LawFacts, line: AdequacyLine, country: string): { line: AdequacyLine; mine: boolean }[] {
  const others = line.to.filter((one) => one !== country)
  const named = line.to.includes(country) ? [{ line: { ...line, to: [country] }, mine: true }] : []
  if (!line.to.includes("EEA"))
    return [...(others.length ? [{ line: { ...line, to: others }, mine: false }] : []), ...named]
  const areas = law.areas.filter((area) => area.regime === "EU" && area.countries.includes(country))
  if (areas.length === 0) return [{ line: { ...line, to: others }, mine: false }, ...named]
  // `EEA` means its members on their days: written out, so that one of them can be taken out.
  const written = law.areas
    .filter((area) => area.regime === "EU")
    .flatMap((area) =>
      intersect(daysOfLaw(line), daysOfLaw(area)).flatMap((days) => {
        const rest = area.countries.filter((one) => one !== country)
        const piece = { ...line, from: days.from, until: days.to }
        return [
          ...(rest.length ? [{ line: { ...piece, to: rest }, mine: false }] : []),
          ...(area.countries.includes(country) ? [{ line: { ...piece, to: [country] }, mine: true }] : []),
        ]
      }),
    )
  const beside = others.filter((one) => one !== "EEA")
  return [...(beside.length ? [{ line: { ...line, to: beside }, mine: false }] : []), ...named, ...written]
}
