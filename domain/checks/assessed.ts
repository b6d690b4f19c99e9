import { addDays } from "@/domain/core/day"
import { union, type Stretch } from "@/domain/core/stretch"
import type { Assessment } from "@/domain/records/assessment"
import type { Fact, SharingFacts } from "./types"

/** The days on which an assessment holds: from the day it was done to its last valid day; undated, on none. */
export function validDays(assessment: Assessment): Stretch[] {
  if (assessment.doneOn.state !== "known") return []
  if (assessment.validUntil.state === "not-applicable") return [{ from: assessment.doneOn.value, to: null }]
  if (assessment.validUntil.state !== "known") return []
  return union([{ from: assessment.doneOn.value, to: addDays(assessment.validUntil.value, 1) }])
}

/** Assessments of the kind that are about this sharing or about the party as a whole. */
export function assessmentsOn(facts: SharingFacts, kind: Assessment["kind"]): Fact<"assessment", Assessment>[] {
  return facts.assessments.filter(
    (one) =>
      one.standing !== "ended" &&
      one.body.kind === kind &&
      (one.body.sharingId === null || one.body.sharingId === facts.sharing.id),
  )
}

/** Days on which one of them holds with a good outcome. */
export function passedDays(
  assessments: readonly Fact<"assessment", Assessment>[],
  good: readonly string[] = ["passed", "passed-with-conditions"],
): Stretch[] {
  return union(
    ...assessments.map(({ body }) =>
      body.outcome.state === "known" && good.includes(body.outcome.value) ? validDays(body) : [],
    ),
  )
}
