import { validDays } from "@/domain/checks/assessed"
import type { SharingFacts } from "@/domain/checks/types"
import { valueOf } from "@/domain/core/answer"
import type { Day } from "@/domain/core/day"
import { subtract, union, type Stretch } from "@/domain/core/stretch"
import type { Assessment } from "@/domain/records/assessment"
import type { MechanismLine } from "@/domain/records/sharing"

type Done = { on: Day; bad: Stretch[]; good: Stretch[] }

/**
 * Days taken from a safeguard by transfer impact assessments: from the day on which one found no equivalence, or after
 * one ran out, until a later one finds it good (handbook 7.1). Looked at are the line's own, and those about this
 * sharing that no other line claims. A blank outcome takes nothing away: that is a finding.
 */
export function assessedAway(facts: SharingFacts, line: MechanismLine): Stretch[] {
  const destinations = valueOf(facts.sharing.body.destinations) ?? []
  const claimed = destinations.flatMap((one) => one.mechanisms.map((other) => other.assessmentId))
  const done = facts.assessments
    .filter(
      ({ id, standing, body }) =>
        id === line.assessmentId ||
        (standing !== "ended" && body.kind === "tia" && body.sharingId === facts.sharing.id && !claimed.includes(id)),
    )
    .flatMap(({ body }) => judged(body))
  return union(
    ...done.map((one) =>
      subtract(one.bad, union(...done.filter((other) => other.on > one.on).map(({ good }) => good))),
    ),
  )
}

function judged(assessment: Assessment): Done[] {
  if (assessment.doneOn.state !== "known") return []
  const on = assessment.doneOn.value
  const outcome = valueOf(assessment.outcome)
  const since: Stretch[] = [{ from: on, to: null }]
  if (outcome === "not-equivalent" || outcome === "failed") return [{ on, bad: since, good: [] }]
  const holds = assessment.validUntil.state === "known" ? validDays(assessment) : since
  return [{ on, bad: subtract(since, holds), good: outcome === null ? [] : holds }]
}
