import { valueOf, valueOr, type Answer } from "@/domain/core/answer"
import { addDays, addMonths, type Day } from "@/domain/core/day"
import { dutyOf, unprovenOf } from "@/domain/endings/duty"
import type { Assessment } from "@/domain/records/assessment"
import type { BodyOf, RecordKind, Standing } from "@/domain/records/kinds"
import type { Party } from "@/domain/records/party"
import { isSealed } from "@/domain/records/seal"
import type { Sharing } from "@/domain/records/sharing"
import type { Every } from "./intervals"

/** What is looked at again and again, each with the clause that asks for it. */
export const REVIEW_KINDS = [
  "necessity",
  "exception",
  "no-personal-data",
  "due-diligence",
  "audit",
  "appraisal",
  "pia",
  "tia",
  "lia",
  "reid",
  "deletion",
] as const
export type ReviewKind = (typeof REVIEW_KINDS)[number]

/** The clause behind each kind; a law's own where the statement has none. */
export const REVIEW_CLAUSE: Record<ReviewKind, string> = {
  necessity: "S-IV-1.1",
  exception: "S-III.E-4",
  "no-personal-data": "S-IV-4.1",
  "due-diligence": "S-IV-4.1",
  audit: "S-IV-4.3",
  appraisal: "S-IV-4.4",
  pia: "GDPR-35",
  tia: "GDPR-46",
  lia: "GDPR-6.1",
  reid: "S-III.E-7",
  deletion: "S-IV-1.2",
}

/** One review that is to be done again: by when, and the arithmetic behind the day. */
export type Due = {
  kind: ReviewKind
  /** What the review is about; of several that are about the same, the latest counts. */
  subject: string
  /** The field that says it was done, as forms name it. */
  path: string
  /** How the day came about: so long after the last look or the begin, until it runs out, or a day that was set. */
  rule:
    | "days-after-end"
    | "agreed-day"
    | "kept-until"
    | "months-after"
    | "days-after"
    | "months-from-start"
    | "days-from-start"
    | "holds-until"
    | "set-day"
    | "no-day"
  /** The last look, or the first day where nobody has looked yet. */
  from: Day | null
  /** How many months or days. */
  length: number | null
  /** The last day on which it is in time; null: no day was ever set, so it is asked for now. */
  dueOn: Day | null
  /** The data kind or ground that it is about, by its code. */
  about: string | null
  /** Who answers for it, by the commitment of their name, or in words. */
  owner: string | null
  ownerSealed: string | null
}

/**
 * What has to be looked at again of one version, from its body alone (sealed or open): it does not know today. What is
 * ended is looked at no more, but for the proof that the data is gone; a line that is over neither.
 */
export function duesOf<K extends RecordKind>(
  record: { id: string; kind: K; standing: Standing; body: BodyOf[K] },
  every: Every,
): Due[] {
  if (record.kind === "sharing") {
    const body = record.body as Sharing
    const looks = record.standing === "ended" ? [] : ofSharing(record.id, body, every)
    return [...looks, ...ofEnding(record.id, body)]
  }
  if (record.standing === "ended") return []
  if (record.kind === "party") return ofParty(record.id, record.body as Party)
  if (record.kind === "assessment") return ofAssessment(record.body as Assessment, every)
  return []
}

function ofSharing(id: string, body: Sharing, every: Every): Due[] {
  const begins = valueOf(body.startsOn)
  const owner = ownerOf(body.owner)
  const dues: Due[] = []
  valueOr(body.dataLines, []).forEach((line, i) => {
    const due = again(valueOf(line.reviewedOn), line.firstOn ?? begins, every.necessityMonths, "months")
    if (due && !over(line.lastOn ?? valueOf(body.endsOn), due.dueOn))
      dues.push({
        ...{ kind: "necessity", subject: `${id} ${line.kind}`, about: line.kind },
        ...{ path: `dataLines.value.${i}.reviewedOn`, ...due, ...owner },
      })
  })
  body.grounds.forEach((line, i) => {
    if (line.ground !== "exception-4") return
    const due = again(valueOf(line.reviewedOn), line.firstOn ?? begins, every.exceptionDays, "days")
    if (due && !over(line.lastOn ?? valueOf(body.endsOn), due.dueOn))
      dues.push({
        ...{ kind: "exception", subject: `${id} ${i}`, about: line.ground },
        ...{ path: `grounds.${i}.reviewedOn`, ...due, ...owner },
      })
  })
  return dues
}

/** After its end: by when it is proven that the party deleted or returned the data. */
function ofEnding(id: string, body: Sharing): Due[] {
  const duty = dutyOf(body)
  const owed = unprovenOf(body)
  if (!duty || !owed) return []
  const again = owed.dueOn !== duty.dueOn
  return [
    {
      ...{ kind: "deletion", subject: id, path: "deletionProof", about: null, dueOn: owed.dueOn },
      rule: again ? "kept-until" : duty.days === null ? "agreed-day" : "days-after-end",
      from: again ? addDays(owed.from, -1) : duty.endedOn,
      length: again ? null : duty.days,
      ...ownerOf(body.owner),
    },
  ]
}

function ofParty(id: string, body: Party): Due[] {
  if (body.dataDecision !== "no-personal-data") return []
  const dueOn = valueOf(body.noDataReviewOn)
  const rule = dueOn === null ? "no-day" : "set-day"
  return [
    {
      ...{ kind: "no-personal-data", subject: id, path: "noDataReviewOn", rule, from: null, length: null, dueOn },
      ...{ about: null, ...NOBODY },
    },
  ]
}

/** An assessment that failed renews nothing: that is a finding, and no review. */
const FAILED = ["failed", "not-equivalent"]

function ofAssessment(body: Assessment, every: Every): Due[] {
  const outcome = valueOf(body.outcome)
  const doneOn = valueOf(body.doneOn)
  if (doneOn === null || (outcome !== null && FAILED.includes(outcome))) return []
  const subject = `${body.partyId} ${body.sharingId ?? ""}`
  const common = { kind: body.kind, subject, path: "doneOn", from: doneOn, about: null, ...NOBODY } as const
  const until = valueOf(body.validUntil)
  const interval = body.kind === "audit" && every.auditMonths !== null ? every.auditMonths : null
  const byInterval = interval === null ? null : addMonths(doneOn, interval)
  if (byInterval !== null && (until === null || byInterval < until))
    return [{ ...common, rule: "months-after", length: interval, dueOn: byInterval }]
  if (until !== null) return [{ ...common, rule: "holds-until", length: null, dueOn: until }]
  return []
}

const NOBODY = { owner: null, ownerSealed: null }

function again(
  looked: Day | null,
  begins: Day | null,
  length: number | null,
  unit: "months" | "days",
): Pick<Due, "rule" | "from" | "length" | "dueOn"> | null {
  const from = looked ?? begins
  if (length === null || from === null) return null
  const dueOn = unit === "months" ? addMonths(from, length) : addDays(from, length)
  return { rule: `${unit}-${looked ? "after" : "from-start"}`, from, length, dueOn }
}

/** Whether what is looked at has ended by the day on which it would be looked at again. */
function over(last: Day | null, dueOn: Day | null): boolean {
  return last !== null && dueOn !== null && last < dueOn
}

/** Who answers for it: by the commitment of their name, or in words. */
export function ownerOf(owner: Answer<string>): { owner: string | null; ownerSealed: string | null } {
  const value: unknown = valueOf(owner)
  return {
    owner: typeof value === "string" && value !== "" ? value : null,
    ownerSealed: isSealed(value) ? value.$c : null,
  }
}
