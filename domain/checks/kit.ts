import type { Answer } from "@/domain/core/answer"
import { stretchOf } from "@/domain/core/dated"
import { lately } from "@/domain/core/once"
import { addDays, type Day } from "@/domain/core/day"
import { ALWAYS, complement, intersect, subtract, union, type Stretch } from "@/domain/core/stretch"
import type { GroundLine, Sharing } from "@/domain/records/sharing"
import type { LawFacts } from "./law"
import type { Check, Facts, Ruling, SharingFacts } from "./types"

/** What is wrong on some days: shown by `says`, mended at `path`. */
export type Problem = {
  days: Stretch[]
  verdict: "broken" | "unknown"
  says: string
  params?: Record<string, string>
  path?: string
}

/**
 * Rulings over all days: the problems on the days on which the clause applies, *kept* on the rest of those, and
 * *not applicable* on all others. Several problems may stand on one day.
 */
export function settle(applies: Stretch[], problems: readonly Problem[]): Ruling[] {
  if (applies.length === 0) return NOWHERE
  const wrong: Ruling[] = []
  for (const problem of problems)
    for (const days of intersect(problem.days, applies)) {
      const ruling: Ruling = { from: days.from, to: days.to, verdict: problem.verdict, says: problem.says }
      if (problem.params) ruling.params = problem.params
      if (problem.path) ruling.path = problem.path
      wrong.push(ruling)
    }
  for (const days of wrong.length ? subtract(applies, union(wrong)) : applies)
    wrong.push({ from: days.from, to: days.to, verdict: "kept" })
  for (const days of complement(applies)) wrong.push({ from: days.from, to: days.to, verdict: "not-applicable" })
  return wrong
}

/** What a clause says that applies on no day. */
export const NOWHERE: Ruling[] = [{ from: null, to: null, verdict: "not-applicable" }]

/** A check that looks at sharings; for other records it does not apply. */
export function onSharing(
  check: (facts: SharingFacts, params: Record<string, unknown>, law: LawFacts) => Ruling[],
): Check {
  return (facts: Facts, params, law) => (facts.about === "sharing" ? check(facts, params, law) : NOWHERE)
}

/** The sharing's own days; an unanswered first or last day leaves that side open. */
export function flowDays(sharing: Sharing): Stretch[] {
  return daysOfFlow(sharing)
}

const daysOfFlow = lately((sharing: Sharing): Stretch[] => {
  const from = sharing.startsOn.state === "known" ? sharing.startsOn.value : null
  const to = sharing.endsOn.state === "known" ? addDays(sharing.endsOn.value, 1) : null
  return union([{ from, to }])
})

/** The sharing's own days on which one of the grounds is named, with the lines that name it. */
export function onGround(
  sharing: Sharing,
  wanted: (ground: GroundLine["ground"]) => boolean,
): { days: Stretch[]; lines: { line: GroundLine; path: string; days: Stretch[] }[] } {
  const flow = flowDays(sharing)
  const lines = sharing.grounds.flatMap((line, i) =>
    wanted(line.ground) ? [{ line, path: `grounds.${i}`, days: intersect(flow, [stretchOf(line)]) }] : [],
  )
  return { days: union(...lines.map((item) => item.days)), lines }
}

/** Up to the last day that a ground names for itself (an order's, an emergency's); all days where it names none. */
export function untilEnded(line: GroundLine): Stretch[] {
  return line.endsOn.state === "known" ? [{ from: null, to: addDays(line.endsOn.value, 1) }] : ALWAYS
}

/**
 * A question that must be answered well on these days: *unknown* while it is not known yet, broken while it is
 * unanswered, does not apply, or the answer does not pass.
 */
export function answered<T>(
  answer: Answer<T>,
  on: { days?: Stretch[]; says: string; path: string; params?: Record<string, string>; passes?: (value: T) => boolean },
): Problem[] {
  const days = on.days ?? ALWAYS
  const rest = { days, says: on.says, path: on.path, ...(on.params ? { params: on.params } : {}) }
  if (answer.state === "unknown") return [{ verdict: "unknown", ...rest }]
  if (answer.state !== "known") return [{ verdict: "broken", ...rest }]
  return (on.passes ?? filled)(answer.value) ? [] : [{ verdict: "broken", ...rest }]
}

/** Whether a text says anything, a list holds anything; other values always do. */
export function filled(value: unknown): boolean {
  if (typeof value === "string") return value.trim().length > 0
  return Array.isArray(value) ? value.length > 0 : value !== null
}

/** Broken on the days that are not among the good ones. */
export function outside(good: Stretch[], says: string, path: string, params?: Record<string, string>): Problem {
  return { days: complement(good), verdict: "broken", says, path, ...(params ? { params } : {}) }
}

/** Days from the day on. */
export function fromDay(from: Day | null): Stretch[] {
  return from === null ? ALWAYS : [{ from, to: null }]
}

/** Days before the day. */
export function beforeDay(to: Day): Stretch[] {
  return [{ from: null, to }]
}

/** A list out of a clause's parameters; a pack that lacks it is faulty, and thrown. */
export function listOf(params: Record<string, unknown>, name: string): string[] {
  const value = params[name]
  if (!Array.isArray(value)) throw new Error(`the clause lacks the list ${name}`)
  return value as string[]
}

/** A number out of a clause's parameters; a pack that lacks it is faulty, and thrown. */
export function numberOf(params: Record<string, unknown>, name: string): number {
  const value = params[name]
  if (typeof value !== "number") throw new Error(`the clause lacks the number ${name}`)
  return value
}
