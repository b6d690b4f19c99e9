import { valueOf } from "@/domain/core/answer"
import { addDays, earlier, type Day } from "@/domain/core/day"
import type { Agreement } from "@/domain/records/agreement"
import { endByNotice, endOf, rolls, termOf, type Notice, type Rules, type Side } from "./terms"

/**
 * What a paper's answers say of its time. Notice before the end of a term is the renewal's own in months; where it names
 * none, the days of notice of each side. What is not said about how notice counts is read as *received*, the earlier of both.
 */
export function rulesOf(body: Agreement): Rules {
  const renewal = valueOf(body.renewal)
  const months = renewal !== null && renewal.noticeMonths > 0 ? renewal.noticeMonths : null
  const notice = (days: number | null): Notice =>
    months !== null ? { unit: "months", n: months } : { unit: "days", n: days ?? 0 }
  // Without terms the days of notice of each side come first: the renewal's months lie before an end that there is none of.
  const open = (days: number | null): Notice | null =>
    days !== null ? { unit: "days", n: days } : months === null ? null : { unit: "months", n: months }
  const [ours, theirs] = [valueOf(body.noticeOurs), valueOf(body.noticeTheirs)]
  const givenOn = valueOf(body.noticeGivenOn)
  return {
    startsOn: valueOf(body.effectOn),
    endsOn: valueOf(body.endsOn),
    initialMonths: valueOf(body.initialMonths),
    way: renewal?.way ?? "never",
    months: renewal?.months ?? 0,
    most: valueOf(body.renewalsMost),
    notice: { entity: notice(ours), party: notice(theirs) },
    openNotice: { entity: open(ours), party: open(theirs) },
    counts: valueOf(body.noticeCounts) ?? "received",
    given: givenOn === null ? null : { on: givenOn, by: valueOf(body.noticeGivenBy) ?? "entity" },
    terminatedOn: valueOf(body.terminatedOn),
  }
}

/**
 * The day from which the paper holds no more by its own words, notice and termination; null: without end. Undefined: its
 * end is not answered, so that nothing can be said. A paper that renews of itself runs on past its first last day until
 * notice was given, and one without end until that notice has run; one that was ended by a request, and says neither notice nor termination, ended on that first day.
 */
export function endOfPaper(body: Agreement, standing: string): Day | null | undefined {
  const { endsOn } = body
  const plain = body.renewal.state !== "known" || body.renewal.value.way !== "tacit"
  if (plain && body.initialMonths.state !== "known" && body.noticeGivenOn.state !== "known") {
    // By far most papers: nothing is worked out for them.
    const ends = endsOn.state === "known" ? addDays(endsOn.value, 1) : null
    const terminated = valueOf(body.terminatedOn)
    if (ends === null && terminated === null && endsOn.state !== "not-applicable") return undefined
    return ends === null || (terminated !== null && terminated < ends) ? (terminated ?? ends) : ends
  }
  const rules = rulesOf(body)
  const stated = endsOn.state === "known" || rules.initialMonths !== null
  if (!stated && endsOn.state !== "not-applicable" && rules.terminatedOn === null) return undefined
  // An open-ended paper stays open, whatever its terms are, until notice or a bound on them ends it.
  if (!stated && rules.given === null && rules.most === null) return rules.terminatedOn
  const first = termOf(rules, 0)?.to ?? null
  if (first === null && endsOn.state !== "not-applicable") return rules.terminatedOn ?? undefined
  if (standing === "ended" && rolls(rules) && rules.given === null && rules.terminatedOn === null) return first
  return endOf(rules)
}

/**
 * The day from which a paper is over because somebody ended it, and with it whatever amends it: its termination, or the day to
 * which notice ran. Null: nobody did. That a term ran out ends no amendment: it may have prolonged it.
 */
export function endedByAct(body: Agreement): Day | null {
  const rules = rulesOf(body)
  const { given, terminatedOn } = rules
  const noticed = given === null ? null : endByNotice(rules, given)
  if (noticed === null || terminatedOn === null) return noticed ?? terminatedOn
  return earlier(noticed, terminatedOn)
}

/** The last day of a paper, inclusive; null while none is known. */
export function lastDayOf(body: Agreement, standing = "approved"): Day | null {
  const to = endOfPaper(body, standing)
  return to === null || to === undefined ? null : addDays(to, -1)
}

/** From which day the paper holds no more once notice is given on the day by this side, as its terms have it; null: its terms do not say. */
export function endsByNotice(body: Agreement, given: { on: Day; by: Side }): Day | null {
  return endByNotice(rulesOf(body), given)
}
