import { valueOf } from "@/domain/core/answer"
import { stretchOf } from "@/domain/core/dated"
import { once } from "@/domain/core/once"
import { ALWAYS, intersect, union, type Stretch } from "@/domain/core/stretch"
import { daysAbroad } from "@/domain/coverage/areas"
import type { DataLine } from "@/domain/records/sharing"
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

const linesOfFacts = once((facts: SharingFacts): { line: DataLine; path: string; days: Stretch[] }[] => {
  const flow = flowDays(facts.sharing.body)
  return (valueOf(facts.sharing.body.dataLines) ?? []).map((line, i) => ({
    line,
    path: `dataLines.value.${i}`,
    days: intersect(flow, [stretchOf(line)]),
  }))
})

/** The days of the flow on which the condition holds. An unanswered question is no yes. */
export function whenDays(facts: SharingFacts, when: When | undefined, law: LawFacts): Stretch[] {
  return intersect(flowDays(facts.sharing.body), holding(facts, when, law))
}

function holding(facts: SharingFacts, when: When | undefined, law: LawFacts): Stretch[] {
  if (!when) return ALWAYS
  if (!plainly(facts, when)) return []
  const parts = dated(facts, when, law)
  if (when.any) parts.push(union(...when.any.map((one) => holding(facts, one, law))))
  return parts.reduce<Stretch[]>((days, part) => intersect(days, part), ALWAYS)
}

/** What has no days of its own. */
function plainly(facts: SharingFacts, when: When): boolean {
  const { body } = facts.sharing
  const one = (list: readonly string[] | undefined, value: string | null): boolean =>
    list === undefined || (value !== null && list.includes(value))
  const some = (list: readonly string[] | undefined, values: readonly string[]): boolean =>
    list === undefined || values.some((value) => list.includes(value))
  return (
    one(when.modes, body.mode) &&
    one(when.roles, valueOf(body.role)) &&
    one(when.channels, valueOf(body.channel)) &&
    one(when.forms, valueOf(body.dataForm)) &&
    one(when.subKinds, valueOf(facts.party.body.subKind)) &&
    some(when.purposes, valueOf(body.purposes) ?? []) &&
    some(when.subjects, valueOf(body.subjects) ?? []) &&
    (when.automated === undefined || valueOf(body.automatedDecisions) === "yes") &&
    (when.people === undefined || (valueOf(body.peopleCount) ?? 0) >= when.people) &&
    (when.client === undefined || body.client.state === "known") &&
    (when.chains === undefined || facts.chains.some((chain) => chain.standing !== "ended"))
  )
}

function dated(facts: SharingFacts, when: When, law: LawFacts): Stretch[][] {
  const { body } = facts.sharing
  const parts: Stretch[][] = []
  const { regimes, grounds, bases, kinds, flag, partyKinds, destinationKinds, abroad, mechanisms } = when
  if (regimes) parts.push(union(facts.entity.regimes.filter((line) => regimes.includes(line.regime)).map(stretchOf)))
  if (grounds) parts.push(onGround(body, (ground) => grounds.includes(ground)).days)
  if (bases) parts.push(union(body.bases.filter((line) => bases.includes(line.basis)).map(stretchOf)))
  if (partyKinds)
    parts.push(union(facts.party.body.kinds.filter((line) => partyKinds.includes(line.kind)).map(stretchOf)))
  if (kinds || flag) {
    const wanted = linesOf(facts).filter(({ line }) => kinds?.includes(line.kind) || (flag && flagged(line.kind, flag)))
    const concluded = when.concluded && valueOf(body.inferable) === "yes" ? [ALWAYS] : []
    parts.push(union(...wanted.map((item) => item.days), ...concluded))
  }
  const destinations = valueOf(body.destinations) ?? []
  if (destinationKinds)
    parts.push(union(destinations.filter((one) => destinationKinds.includes(one.kind)).map(stretchOf)))
  if (abroad && body.mode === "disclose") parts.push([])
  else if (abroad)
    parts.push(union(...destinations.map((one) => intersect([stretchOf(one)], daysAbroad(law, abroad, one.country)))))
  if (mechanisms) {
    const lines = destinations.flatMap((one) => one.mechanisms)
    const named = lines.filter(
      (line) =>
        mechanisms.some((code) => line.mechanism === code || line.mechanism.startsWith(`${code}.`)) &&
        (when.mechanismRegime === undefined || line.regime === when.mechanismRegime),
    )
    parts.push(union(named.map(stretchOf)))
  }
  return parts
}
