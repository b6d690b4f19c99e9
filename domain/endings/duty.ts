import { known, valueOf } from "@/domain/core/answer"
import { addDays, daysBetween, later, type Day } from "@/domain/core/day"
import type { Stretch } from "@/domain/core/stretch"
import type { Agreement } from "@/domain/records/agreement"
import type { Sharing } from "@/domain/records/sharing"
import type { DutyTerm } from "@/domain/vocabulary/endings"

/** So many days a party has to delete or return data after the end, where neither the flow nor a paper says how many. */
export const DELETION_DAYS = 30

/** What a flow owes once it has ended: proof that the data is gone, by a day. */
export type EndDuty = {
  /** The last day of the flow. */
  endedOn: Day
  /** The last day on which the proof is in time. */
  dueOn: Day
  term: DutyTerm
  /** How many days after the end; null where a day was agreed on. */
  days: number | null
  agreementId: string | null
}

/** A paper as far as an ending reads it: how many days it gives, and on which days it covers the flow. */
export type PaperTerm = { id: string; days: number; firstOn: Day | null; lastOn: Day | null }

/**
 * By when the data is deleted or returned after the last day: by the flow's own retention or by a paper that covers it on
 * that day, whichever is shorter, for both bind the party; without either it is our default.
 */
export function dueAfter(body: Sharing, endedOn: Day, papers: readonly PaperTerm[]): EndDuty {
  const kept = valueOf(body.retention)
  const own = kept ? valueOf(kept.days) : null
  const [paper] = papers
    .filter((one) => (one.firstOn === null || one.firstOn <= endedOn) && (one.lastOn === null || endedOn <= one.lastOn))
    .sort((a, b) => a.days - b.days || (a.id < b.id ? -1 : 1))
  if (paper && (own === null || paper.days < own))
    return { ...due(endedOn, paper.days), term: "agreement", agreementId: paper.id }
  if (own !== null) return { ...due(endedOn, own), term: "retention", agreementId: null }
  return { ...due(endedOn, DELETION_DAYS), term: "default", agreementId: null }
}

/** What these papers say of the flow: how many days each gives, on which days it covers it. */
export function termsOf(sharingId: string, papers: readonly { id: string; body: Agreement }[]): PaperTerm[] {
  return papers.flatMap(({ id, body }) => {
    const days = valueOf(body.deletionDays)
    if (days === null) return []
    return body.covers
      .filter((line) => line.sharingId === sharingId)
      .map(({ firstOn, lastOn }) => ({ id, days, firstOn, lastOn }))
  })
}

/**
 * The body with what its last day owes by a paper's own term, where nobody set it by a request: an end that comes by itself
 * owes the same as one that somebody brought. What was set by a request stays as it is.
 */
export function withDuty(
  { id, body }: { id: string; body: Sharing },
  papers: readonly { id: string; body: Agreement }[],
): Sharing {
  return withTerms(body, termsOf(id, papers))
}

/** Whether a last day is known of which no request set what it owes. */
export function endsByItself({ endsOn, deletionDue }: Pick<Sharing, "endsOn" | "deletionDue">): boolean {
  return endsOn.state === "known" && deletionDue.state !== "known" && deletionDue.state !== "not-applicable"
}

/** The same, by the terms that the papers give. */
export function withTerms(body: Sharing, terms: readonly PaperTerm[]): Sharing {
  const endedOn = valueOf(body.endsOn)
  if (endedOn === null || !endsByItself(body) || body.mode === "disclose" || terms.length === 0) return body
  const { dueOn, term, agreementId } = dueAfter(body, endedOn, terms)
  // Its own retention and our default are read from the body alone.
  return term === "agreement" ? { ...body, deletionDue: known({ on: dueOn, term, agreementId }) as never } : body
}

const due = (endedOn: Day, days: number) => ({ endedOn, dueOn: addDays(endedOn, days), days })

/**
 * What the flow owes after its end, from its body alone: the day set by the request that ended it, else by its own
 * retention, else by our default. Null: no last day is known, or another flow succeeds it and the data
 * with it.
 */
export function dutyOf(body: Sharing): EndDuty | null {
  const endedOn = valueOf(body.endsOn)
  if (endedOn === null || body.deletionDue.state === "not-applicable") return null
  const set = valueOf(body.deletionDue)
  if (set) {
    const { on, term, agreementId } = set
    return {
      endedOn,
      dueOn: later(on, endedOn),
      term,
      days: term === "agreed" ? null : Math.max(0, daysBetween(endedOn, on)),
      agreementId,
    }
  }
  // What is made public has no other party to delete it: it is taken down by its last day.
  if (body.mode === "disclose") return { endedOn, dueOn: endedOn, term: "agreed", days: null, agreementId: null }
  return dueAfter(body, endedOn, [])
}

/**
 * The day on which deletion or return is proven; null: it is not. A proof from before the last day of the flow proves
 * nothing, and what is kept is proven only with the reason why that is lawful.
 */
export function provenOn(body: Sharing): Day | null {
  const proof = valueOf(body.deletionProof)
  const endedOn = valueOf(body.endsOn)
  if (!proof || (endedOn !== null && proof.provenOn < endedOn)) return null
  const report = valueOf(body.deletionReport)
  const why = report?.how === "kept" ? valueOf(report.why) : "said"
  return why === null || !saysAnything(why) ? null : proof.provenOn
}

/** A sealed text says something: whatever is empty is not sealed. */
const saysAnything = (why: unknown): boolean => typeof why !== "string" || why.trim() !== ""

/** Kept by law up to this day; null: for good, or it is not kept. */
export function keptUntil(body: Sharing): Day | null {
  const report = valueOf(body.deletionReport)
  return report?.how === "kept" ? valueOf(report.keptUntil) : null
}

/** From when a flow reads *ended, deletion unproven*, and by when the proof is due; null: it owes nothing any more. */
export type Unproven = { from: Day; dueOn: Day }

/** What is still owed: all of it while nothing is proven, and again once the law no longer has it kept. */
export function unprovenOf(body: Sharing): Unproven | null {
  const duty = dutyOf(body)
  if (!duty) return null
  if (provenOn(body) === null) return { from: addDays(duty.endedOn, 1), dueOn: duty.dueOn }
  const until = keptUntil(body)
  return until === null ? null : { from: addDays(until, 1), dueOn: addDays(until, DELETION_DAYS) }
}

/** The days on which the proof is overdue: what a clause finds. Before the proof's day it was not there. */
export function overdueDays(body: Sharing): Stretch[] {
  const duty = dutyOf(body)
  if (!duty) return []
  const from = addDays(duty.dueOn, 1)
  const proven = provenOn(body)
  if (proven === null) return [{ from, to: null }]
  const first = from < proven ? [{ from, to: proven }] : []
  const until = keptUntil(body)
  return until === null ? first : [...first, { from: addDays(until, DELETION_DAYS + 1), to: null }]
}

/** How an ended flow stands on the day, in one word; `runs` before its end. */
export type EndState = "runs" | "nothing-due" | "unproven" | "overdue" | "kept" | "proven"

/** What a flow's ending reads on the day. */
export function endStateOn(body: Sharing, on: Day): EndState {
  const endedOn = valueOf(body.endsOn)
  if (endedOn === null || on <= endedOn) return "runs"
  const duty = dutyOf(body)
  if (!duty) return "nothing-due"
  const proven = provenOn(body)
  // Before its day a proof is not there, whoever wrote it down ahead.
  if (proven !== null && on < proven) return on > duty.dueOn ? "overdue" : "unproven"
  const owed = unprovenOf(body)
  if (owed && owed.from <= on) return on > owed.dueOn ? "overdue" : "unproven"
  return owed ? "kept" : "proven"
}
