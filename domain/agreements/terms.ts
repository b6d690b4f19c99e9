import { addDays, addMonths, daysBetween, earlier, monthsBefore, termEnd, type Day } from "@/domain/core/day"

/** How long before the end of a term notice has to be given. */
export type Notice = { unit: "months" | "days"; n: number }
export type Side = "entity" | "party"

/**
 * What a paper says of its own time. Conventions, decided once (decision 0040): a term begins on its first day and its last
 * day is the day before the same date; a date that its month lacks becomes the first of the next month; months of notice
 * are counted back from the last day and clamp to a month's end; terms are counted from one anchor, never from each other, so
 * that a short month shifts none of them.
 */
export type Rules = {
  startsOn: Day | null
  /** The last day of the first term as the paper says it, inclusive. */
  endsOn: Day | null
  initialMonths: number | null
  way: "never" | "express" | "tacit"
  /** How long each further term lasts. */
  months: number
  /** How often it renews at most; null: no bound. */
  most: number | null
  notice: Record<Side, Notice>
  /** How long notice runs where there is no term that it could end; null: the paper does not say. */
  openNotice: Record<Side, Notice | null>
  counts: "sent" | "received"
  /** Notice that was given: the paper ends with the first term for which it was in time; without terms, once it has run. */
  given: { on: Day; by: Side } | null
  /** Terminated from this day on. */
  terminatedOn: Day | null
}

/** One term: the first is number 0. `to` is the day after its last; null: without end. */
export type Term = { n: number; from: Day | null; to: Day | null }

/** Where the terms are counted from: `base` months lie between the anchor and the end of the first term. */
type Anchor = { from: Day; base: number }

function anchorOf(rules: Rules): Anchor | null {
  const { startsOn, endsOn, initialMonths } = rules
  const stated = endsOn === null ? null : addDays(endsOn, 1)
  const first = initialMonths ?? (endsOn === null && rolls(rules) ? rules.months : null)
  if (startsOn !== null && first !== null && first > 0) {
    if (stated === null || termEnd(startsOn, first) === stated) return { from: startsOn, base: first }
  }
  return stated === null ? null : { from: stated, base: 0 }
}

/** Whether it goes on of itself: tacitly, and by terms of a known length. */
export function rolls(rules: Pick<Rules, "way" | "months">): boolean {
  return rules.way === "tacit" && rules.months > 0
}

/** How often it may have renewed of itself at most. */
function furthest(rules: Rules): number {
  return rolls(rules) ? (rules.most ?? Number.POSITIVE_INFINITY) : 0
}

/** The term of that number, whether or not the paper lives so long; null where no end is known or it does not renew so often. */
export function termOf(rules: Rules, n: number): Term | null {
  const anchor = anchorOf(rules)
  if (anchor === null) return n === 0 ? { n, from: rules.startsOn, to: null } : null
  if (n > furthest(rules)) return null
  const end = (k: number): Day => capped(termEnd(anchor.from, anchor.base + k * rules.months))
  return { n, from: n === 0 ? rules.startsOn : end(n - 1), to: end(n) }
}

/** Days sort as text: what lies beyond the year 9999 is its last day. */
const capped = (on: Day): Day => (on.startsWith("+") ? ("9999-12-31" as Day) : on)

/** The last day on which this side can give notice for a term; null: the term has no end. */
export function noticeBy(rules: Rules, term: Term, side: Side): Day | null {
  if (term.to === null) return null
  const last = addDays(term.to, -1)
  const { unit, n } = rules.notice[side]
  return unit === "months" ? monthsBefore(last, n) : addDays(last, -n)
}

/** The number of the first term for which this holds from some term on; looked for near the day, not from the beginning. */
function firstTerm(rules: Rules, near: Day, holds: (term: Term) => boolean): Term | null {
  const first = termOf(rules, 0)
  if (first === null || first.to === null || holds(first)) return first
  // A month has at most 31 days: so many terms cannot have passed before.
  const sure = Math.floor(daysBetween(first.to, near) / (31 * Math.max(rules.months, 1))) - 1
  for (let n = Math.max(1, sure); ; n += 1) {
    const term = termOf(rules, n)
    if (term === null) return null
    if (holds(term)) return term
    if (term.to !== null && term.to >= "9999-01-01") return null
  }
}

/** The term that a notice given on this day by this side ends; null: none does, the paper is over or has no end of its own. */
export function termEndedBy(rules: Rules, given: { on: Day; by: Side }): Term | null {
  const found = firstTerm(rules, given.on, (term) => {
    const by = noticeBy(rules, term, given.by)
    return by !== null && by >= given.on
  })
  return found?.to === null ? null : found
}

/** The day from which the paper holds no more; null: it goes on without a known end. */
export function endOf(rules: Rules): Day | null {
  const own = ownEnd(rules)
  if (rules.terminatedOn === null) return own
  return own === null ? rules.terminatedOn : earlier(own, rules.terminatedOn)
}

function ownEnd(rules: Rules): Day | null {
  const noticed = rules.given === null ? null : endByNotice(rules, rules.given)
  if (noticed !== null) return noticed
  const first = termOf(rules, 0)?.to ?? null
  if (first === null || !rolls(rules)) return first
  return rules.most === null ? null : (termOf(rules, rules.most)?.to ?? null)
}

/**
 * The day from which the paper holds no more because notice was given on the day by this side: after the first term for which
 * it was in time, or, where it has no terms, once the notice has run. Null: notice ends nothing here, or its time is not said.
 */
export function endByNotice(rules: Rules, given: { on: Day; by: Side }): Day | null {
  const first = termOf(rules, 0)?.to ?? null
  if (first !== null) return rolls(rules) ? (termEndedBy(rules, given)?.to ?? null) : null
  const runs = rules.openNotice[given.by]
  return runs === null ? null : openEndAfter(runs, given.on)
}

/** The term that runs on the day; null before the first, and once the paper is over. */
export function termOn(rules: Rules, on: Day): Term | null {
  const over = endOf(rules)
  if ((rules.startsOn !== null && on < rules.startsOn) || (over !== null && on >= over)) return null
  return firstTerm(rules, on, (term) => term.to === null || term.to > on)
}

/** How a paper stands on a day, with everything that follows from its terms. */
export type Standing =
  | { is: "not-begun"; from: Day }
  | { is: "open" }
  | { is: "over"; last: Day }
  /** It ends with this term, by its own words, by notice or by termination. */
  | { is: "ends"; term: Term; last: Day; why: "own" | "notice" | "bound" | "terminated"; noticeBy: Day | null }
  /** It renews of itself. `missed`: the last day for the term that runs is over, so that it will run to `next`. */
  | { is: "rolls"; term: Term; last: Day; missed: boolean; next: Term; noticeBy: Day; theirsBy: Day }

/** How the paper stands on the day. */
export function standingOn(rules: Rules, on: Day): Standing {
  const over = endOf(rules)
  if (over !== null && on >= over) return { is: "over", last: addDays(over, -1) }
  if (rules.startsOn !== null && on < rules.startsOn) return { is: "not-begun", from: rules.startsOn }
  const term = termOn(rules, on)
  if (term === null || term.to === null)
    return over === null ? { is: "open" } : { is: "ends", ...lastOf(rules, over, rules.startsOn, term?.n ?? 0) }
  // Notice and termination settle it, however many terms lie before their day; a bound on renewals does with its last term.
  if (over !== null && (over <= term.to || rules.given !== null || over === rules.terminatedOn))
    return { is: "ends", ...lastOf(rules, over, term.from, term.n) }
  const own = noticeBy(rules, term, "entity")
  const following = termOf(rules, term.n + 1)
  if (own === null || following === null) return { is: "open" }
  const missed = own < on
  // The first term for which there is still time: with long notice and short terms several are already settled.
  const next = missed ? (termEndedBy(rules, { on, by: "entity" }) ?? following) : term
  const theirs = termEndedBy(rules, { on, by: "party" })
  return {
    ...{ is: "rolls", term, last: addDays(term.to, -1), missed, next: missed ? next : following },
    noticeBy: noticeBy(rules, next, "entity") ?? own,
    theirsBy: (theirs ? noticeBy(rules, theirs, "party") : null) ?? own,
  }
}

function lastOf(rules: Rules, over: Day, from: Day | null, n: number) {
  const why =
    rules.terminatedOn === over
      ? ("terminated" as const)
      : rules.given !== null && endByNotice(rules, rules.given) === over
        ? ("notice" as const)
        : rolls(rules)
          ? ("bound" as const)
          : ("own" as const)
  const term = { n, from, to: over }
  // Nothing has to be said for a paper that ends of itself; the days of notice say by when to see to what follows it.
  return { term, last: addDays(over, -1), why, noticeBy: why === "own" ? noticeBy(rules, term, "entity") : null }
}

/** The day from which a paper without terms holds no more after notice given on the day: its last day is so long after it. */
export function openEndAfter({ unit, n }: Notice, on: Day): Day {
  return capped(addDays(unit === "months" ? addMonths(on, n) : addDays(on, n), 1))
}
