import { valueOf } from "@/domain/core/answer"
import { stretchOf } from "@/domain/core/dated"
import { lately, once } from "@/domain/core/once"
import { ALWAYS, intersect, union, type Stretch } from "@/domain/core/stretch"
import { daysAbroad } from "@/domain/coverage/areas"
import type { DataLine, Destination } from "@/domain/records/sharing"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { flowDays, onGround } from "./kit"
import type { LawFacts } from "./law"
import type { SharingFacts } from "./types"

/** When a clause looks at a flow, as data in its parameters: all that is named must hold; of `any` one. */
export type When = {
  modes?: readonly string[]
  roles?: readonly string[]
  grounds?: readonly string[]
  /** Legal bases that the flow names. */
  bases?: readonly string[]
  kinds?: readonly string[]
  /** A flag of the data kinds, such as `art9`; data from which such things can be concluded counts as flagged. */
  flag?: string
  concluded?: boolean
  purposes?: readonly string[]
  subjects?: readonly string[]
  channels?: readonly string[]
  forms?: readonly string[]
  automated?: boolean
  /** At least so many people. */
  people?: number
  partyKinds?: readonly string[]
  subKinds?: readonly string[]
  destinationKinds?: readonly string[]
  /** A destination that is abroad under the regime. */
  abroad?: string
  mechanisms?: readonly string[]
  mechanismRegime?: string
  /** Regimes of the company. */
  regimes?: readonly string[]
  /** We are processor of a client ourselves. */
  client?: boolean
  /** The party engages others for this flow. */
  chains?: boolean
  any?: readonly When[]
}

const FLAGS = new Map<string, readonly string[]>(
  DATA_KINDS.map((kind) => [kind.code, "flags" in kind ? kind.flags : []]),
)

/** Whether the data kind carries the flag. */
export function flagged(kind: string, flag: string): boolean {
  return (FLAGS.get(kind) ?? []).includes(flag)
}

/** The data lines with their days inside the flow, and where each stands. */
export function linesOf(facts: SharingFacts): { line: DataLine; path: string; days: Stretch[] }[] {
  return linesOfFacts(facts)
}

const linesOfFacts = lately((facts: SharingFacts): { line: DataLine; path: string; days: Stretch[] }[] => {
  const flow = flowDays(facts.sharing.body)
  return (valueOf(facts.sharing.body.dataLines) ?? []).map((line, i) => ({
    line,
    path: `dataLines.value.${i}`,
    days: intersect(flow, [stretchOf(line)]),
  }))
})

/** The days of the flow on which the condition holds. An unanswered question is no yes. */
export function whenDays(facts: SharingFacts, when: When | undefined, law: LawFacts): Stretch[] {
  if (when === undefined) return flowDays(facts.sharing.body)
  // Whoever runs a clause asks first whether its condition holds at all, and then its check asks the same.
  if (said !== null && said.facts === facts && said.when === when && said.law === law) return said.days
  const days = holding(flowDays(facts.sharing.body), facts, when, law)
  said = { facts, when, law, days }
  return days
}

/** The last answer: of one record, one clause after another. */
let said: { facts: SharingFacts; when: When; law: LawFacts; days: Stretch[] } | null = null

/** Of the days those on which the condition holds: first what has no days of its own, for it rules most out. */
function holding(days: Stretch[], facts: SharingFacts, when: When, law: LawFacts): Stretch[] {
  const { plain, dated } = readyOf(when)
  for (const holds of plain) if (!holds(facts)) return []
  let left = days
  for (const days of dated) {
    if (left.length === 0) return left
    left = intersect(left, days(facts, law))
  }
  return left
}

type Plain = (facts: SharingFacts) => boolean
type DatedPart = (facts: SharingFacts, law: LawFacts) => Stretch[]

/** What a condition asks, without what it does not: most name one or two things, and each is asked of every flow. */
const readyOf = once((when: When): { plain: Plain[]; dated: DatedPart[] } => ({
  plain: plainly(when),
  dated: dated(when),
}))

/** What has no days of its own. */
function plainly(when: When): Plain[] {
  const parts: Plain[] = []
  const one = (list: readonly string[] | undefined, valueIn: (facts: SharingFacts) => string | null): void => {
    if (list === undefined) return
    parts.push((facts) => {
      const value = valueIn(facts)
      return value !== null && list.includes(value)
    })
  }
  const some = (list: readonly string[] | undefined, valuesIn: (facts: SharingFacts) => readonly string[]): void => {
    if (list !== undefined) parts.push((facts) => valuesIn(facts).some((value) => list.includes(value)))
  }
  one(when.modes, ({ sharing }) => sharing.body.mode)
  one(when.roles, ({ sharing }) => valueOf(sharing.body.role))
  one(when.channels, ({ sharing }) => valueOf(sharing.body.channel))
  one(when.forms, ({ sharing }) => valueOf(sharing.body.dataForm))
  one(when.subKinds, ({ party }) => valueOf(party.body.subKind))
  some(when.purposes, ({ sharing }) => valueOf(sharing.body.purposes) ?? [])
  some(when.subjects, ({ sharing }) => valueOf(sharing.body.subjects) ?? [])
  if (when.automated !== undefined) parts.push(({ sharing }) => valueOf(sharing.body.automatedDecisions) === "yes")
  const { people } = when
  if (people !== undefined) parts.push(({ sharing }) => (valueOf(sharing.body.peopleCount) ?? 0) >= people)
  if (when.client !== undefined) parts.push(({ sharing }) => sharing.body.client.state === "known")
  if (when.chains !== undefined) parts.push(({ chains }) => chains.some((chain) => chain.standing !== "ended"))
  return parts
}

function dated(when: When): DatedPart[] {
  const parts: DatedPart[] = []
  const { regimes, grounds, bases, kinds, flag, partyKinds, destinationKinds, abroad, mechanisms, any } = when
  if (regimes)
    parts.push(({ entity }) => union(entity.regimes.filter((line) => regimes.includes(line.regime)).map(stretchOf)))
  if (grounds) parts.push(({ sharing }) => onGround(sharing.body, (ground) => grounds.includes(ground)).days)
  if (bases)
    parts.push(({ sharing }) => union(sharing.body.bases.filter((line) => bases.includes(line.basis)).map(stretchOf)))
  if (partyKinds)
    parts.push(({ party }) => union(party.body.kinds.filter((line) => partyKinds.includes(line.kind)).map(stretchOf)))
  if (kinds || flag)
    parts.push((facts) => {
      const wanted = linesOf(facts).filter(
        ({ line }) => kinds?.includes(line.kind) || (flag && flagged(line.kind, flag)),
      )
      const concluded = when.concluded && valueOf(facts.sharing.body.inferable) === "yes" ? [ALWAYS] : []
      return union(...wanted.map((item) => item.days), ...concluded)
    })
  if (destinationKinds)
    parts.push((facts) =>
      union(
        destinationsOf(facts)
          .filter((one) => destinationKinds.includes(one.kind))
          .map(stretchOf),
      ),
    )
  if (abroad)
    parts.push((facts, law) =>
      facts.sharing.body.mode === "disclose"
        ? []
        : union(
            ...destinationsOf(facts).map((one) => intersect([stretchOf(one)], daysAbroad(law, abroad, one.country))),
          ),
    )
  if (mechanisms)
    parts.push((facts) => {
      const named = destinationsOf(facts)
        .flatMap((one) => one.mechanisms)
        .filter(
          (line) =>
            mechanisms.some((code) => line.mechanism === code || line.mechanism.startsWith(`${code}.`)) &&
            (when.mechanismRegime === undefined || line.regime === when.mechanismRegime),
        )
      return union(named.map(stretchOf))
    })
  if (any) parts.push((facts, law) => union(...any.map((one) => holding(ALWAYS, facts, one, law))))
  return parts
}

const destinationsOf = ({ sharing }: SharingFacts): readonly Destination[] => valueOf(sharing.body.destinations) ?? []
