import { addDays, daysBetween, type Day } from "@/domain/core/day"
import { noticeBy, openEndAfter, rolls, standingOn, termOf, type Rules } from "./terms"

/** One step from what the paper says to a day: a key of the catalogue with its days and numbers. */
export type Step = { says: string; days: Record<string, Day>; numbers: Record<string, number> }

const step = (says: string, days: Record<string, Day> = {}, numbers: Record<string, number> = {}): Step => ({
  says: `life.step.${says}`,
  days,
  numbers,
})

/**
 * How the days of a paper follow from what it says, as they are on the day: its first term, how often it has renewed since,
 * the last day for notice of each side, and what comes after it. In the order in which a person would work it out.
 */
export function arithmeticOf(rules: Rules, on: Day): Step[] {
  const first = termOf(rules, 0)
  if (first === null) return []
  return [...begins(rules), ...ofFirst(rules, first.to), ...ofNow(rules, on), ...ended(rules)]
}

function begins(rules: Rules): Step[] {
  return rules.startsOn === null ? [step("no-start")] : []
}

function ofFirst(rules: Rules, to: Day | null): Step[] {
  if (to === null) return [step(rules.terminatedOn === null ? "open" : "open-ended")]
  const last = addDays(to, -1)
  const { startsOn, initialMonths, endsOn } = rules
  if (endsOn === null) {
    const months = initialMonths ?? rules.months
    return startsOn === null ? [] : [step("initial", { from: startsOn, last }, { n: months })]
  }
  const same = initialMonths !== null && startsOn !== null && initialOf(rules) === endsOn
  if (same && startsOn !== null) return [step("initial", { from: startsOn, last }, { n: initialMonths })]
  const stated = step("stated", { last })
  if (initialMonths === null || startsOn === null) return [stated]
  // The paper says a day and a length that do not agree: the day stands, and it is said.
  const counted = initialOf(rules)
  // An end that lies whole months behind the first term's is that of a term that a request made.
  if (counted !== null && daysBetween(counted, endsOn) >= 28)
    return [step("initial", { from: startsOn, last: counted }, { n: initialMonths }), step("moved", { last: endsOn })]
  return counted === null ? [stated] : [stated, step("differs", { last: counted }, { n: initialMonths })]
}

function initialOf(rules: Rules): Day | null {
  const to = termOf({ ...rules, endsOn: null }, 0)?.to ?? null
  return to === null ? null : addDays(to, -1)
}

function ofNow(rules: Rules, on: Day): Step[] {
  const now = standingOn(rules, on)
  if (now.is === "open" || now.is === "not-begun") return [...(rolls(rules) ? [renews(rules)] : []), ...runs(rules)]
  if (now.is === "over") return [...runs(rules), step("over", { last: now.last })]
  const past = now.term.n > 0 ? [step("renewed", { last: now.last }, { times: now.term.n, n: rules.months })] : []
  if (now.is === "ends")
    return now.why === "own"
      ? [...past, step(`way-${rules.way}`), ...notice(rules, now.noticeBy, now.last)]
      : [...past, ...runs(rules), ...settles(rules, now.why, now.last)]
  const ours = now.missed
    ? [step("missed", { last: now.last, next: addDays(now.next.to ?? now.last, -1), by: missedBy(rules, now) })]
    : []
  const until = now.missed ? addDays(now.next.to ?? now.last, -1) : now.last
  return [...past, renews(rules), ...ours, ...notice(rules, now.noticeBy, until)]
}

/** How long notice runs that was given of a paper without terms, and to which day; that its time is not said. */
function runs(rules: Rules): Step[] {
  const { given } = rules
  if (given === null || (termOf(rules, 0)?.to ?? null) !== null) return []
  const time = rules.openNotice[given.by]
  if (time === null) return [step("notice-unsaid", { on: given.on })]
  const last = addDays(openEndAfter(time, given.on), -1)
  return [step(`runs-${time.unit}-${given.by}`, { on: given.on, last }, { n: time.n })]
}

function settles(rules: Rules, why: "notice" | "bound" | "terminated", last: Day): Step[] {
  // Of a paper without terms the line before says how long its notice runs, and so its last day.
  if (why === "notice" && (termOf(rules, 0)?.to ?? null) === null) return []
  return [step(`ends-${why}`, { last, on: rules.given?.on ?? last })]
}

function missedBy(rules: Rules, now: { term: { n: number }; last: Day }): Day {
  const term = termOf(rules, now.term.n)
  return (term === null ? null : noticeBy(rules, term, "entity")) ?? now.last
}

const renews = (rules: Rules): Step =>
  rules.most === null
    ? step("renews", {}, { n: rules.months })
    : step("renews-most", {}, { n: rules.months, most: rules.most })

function notice(rules: Rules, by: Day | null, last: Day): Step[] {
  if (by === null) return []
  const { unit, n } = rules.notice.entity
  if (n === 0) return [step("notice-none", { by })]
  const before = step(`notice-${unit}`, { by, last }, { n })
  // Where nothing has to be said, it does not matter when that arrives.
  return rolls(rules) ? [before, step(`counts-${rules.counts}`, { by })] : [before]
}

function ended(rules: Rules): Step[] {
  return rules.terminatedOn === null ? [] : [step("terminated", { on: rules.terminatedOn })]
}

/** How many days are left to the day; negative once it is over. */
export function daysLeft(on: Day, today: Day): number {
  return daysBetween(today, on)
}
