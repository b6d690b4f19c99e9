import { causeWords } from "@/components/checks/coverage-words"
import { findingWords } from "@/components/checks/finding-words"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { countryName } from "@/domain/core/country-name"
import { MECHANISMS } from "@/domain/vocabulary/mechanisms"
import { PURPOSES } from "@/domain/vocabulary/purposes"
import { termOf } from "@/domain/vocabulary/term"
import type { Mend } from "@/domain/whatif/mend"
import type { Affected, Summary } from "@/domain/whatif/result"
import type { Scenario } from "@/domain/whatif/scenario"

/** What is supposed, as a question. `subject`: the name of the record that it is about. */
export function scenarioWords(scenario: Scenario, subject: string): string {
  const on = dayWords(scenario.on)
  const ask = (params: Record<string, string>): string => say(`whatif.ask.${scenario.kind}`, { on, ...params })
  switch (scenario.kind) {
    case "loses-adequacy":
    case "gains-adequacy":
      return ask({ subject: countryName(scenario.country), regime: scenario.regime })
    case "purpose-withdrawn":
      return ask({ subject: termOf(PURPOSES, scenario.purpose)?.label ?? scenario.purpose })
    case "party-moves":
      return ask({ subject, from: countryName(scenario.from), to: countryName(scenario.to) })
    case "pack-next":
      return say(scenario.ends ? "whatif.ask.pack-ends" : "whatif.ask.pack-next", {
        ...{ on, subject: scenario.pack.pack, version: scenario.pack.version },
      })
    default:
      return ask({ subject })
  }
}

/** The same as a title: without the question. */
export function scenarioTitle(scenario: Scenario, subject: string): string {
  return scenarioWords(scenario, subject)
    .replace(/^What if /, "")
    .replace(/\?$/, "")
    .replace(/^./, (first) => first.toUpperCase())
    .slice(0, 200)
}

const COUNT = new Intl.NumberFormat("en-GB")
/** A whole number as people read it. */
export const counted = (n: number): string => COUNT.format(n)

/** What would come of it, in a sentence or a few. */
export function summaryWords(summary: Summary): string[] {
  const { uncovered, covered, mendable, findings } = summary.parts
  const { tally } = uncovered
  const minors = tally.minors ? say("whatif.says.minors", { minors: tally.minors }) : ""
  const first = tally.sharings
    ? say("whatif.says.uncovered", {
        ...{ n: tally.sharings, companies: uncovered.entities.length, minors },
        from: tally.from ? dayWords(tally.from) : "",
      })
    : say("whatif.says.none")
  return [
    first,
    ...(covered.tally.sharings ? [say("whatif.says.covered", { n: covered.tally.sharings })] : []),
    ...(mendable.tally.sharings ? [say("whatif.says.mendable", { n: mendable.tally.sharings })] : []),
    ...(findings.tally.sharings ? [say("whatif.says.findings", { n: findings.tally.sharings })] : []),
  ]
}

/** How many people the uncovered sharings concern; empty where there are none. */
export function peopleWords(summary: Summary): string {
  const { sharings, people, unknownPeople } = summary.parts.uncovered.tally
  if (sharings === 0) return ""
  if (unknownPeople === sharings) return say("whatif.says.people-unknown")
  const params = { people: counted(people), unknown: unknownPeople }
  return say(unknownPeople ? "whatif.says.people" : "whatif.says.people-known", params)
}

/** Why a sharing changes. */
export function whyWords(line: Affected): string[] {
  return [
    ...line.causes.map(causeWords),
    ...line.findings.map((one) => `${one.clause}: ${findingWords(one)}`),
    ...(line.gone ?? []).map((one) => say("whatif.gone", { clause: one.clause, finding: findingWords(one) })),
  ]
}

/** What would mend it: for coverage, then what each new finding asks for. */
export function mendWords(line: Affected): string[] {
  return [...line.mends.flatMap(oneMend), ...new Set(line.findings.map((one) => one.remedy))]
}

const names = (codes: readonly string[]): string => {
  const list = codes.map((code) => termOf(MECHANISMS, code)?.label ?? code)
  return new Intl.ListFormat("en-GB", { type: "disjunction" }).format(list)
}

function oneMend(mend: Mend): string[] {
  if (mend.do === "ground") return [say("whatif.mend.ground")]
  if (mend.do === "paper") return [say(`whatif.mend.paper.${mend.kind}`)]
  if (mend.do !== "mechanism") return [say(`whatif.mend.${mend.do}`, { regime: mend.regime })]
  const about = { country: countryName(mend.country), regime: mend.regime }
  if (mend.ready.length) return [say("whatif.mend.ready", { ...about, mechanisms: names(mend.ready) })]
  if (mend.possible.length === 0) return [say("whatif.mend.none", about)]
  return [say("whatif.mend.possible", { ...about, mechanisms: names(mend.possible) })]
}
