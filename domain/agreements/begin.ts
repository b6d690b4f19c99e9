import { known, valueOf } from "@/domain/core/answer"
import { addDays, later, termEnd, type Day } from "@/domain/core/day"
import type { Agreement } from "@/domain/records/agreement"
import { blankOf, FIELDS } from "@/domain/records/fields"
import { endOfPaper, rulesOf } from "./rules-of"
import { endOf, rolls, standingOn } from "./terms"

/** What can be begun of a paper that comes to its term. */
export const RENEWAL_WAYS = ["renew", "lapse", "renegotiate"] as const
export type RenewalWay = (typeof RENEWAL_WAYS)[number]

/** What a request proposes of it, and the field at which its form opens; null: nothing follows from its terms. */
export type Begun = { op: "create" | "change" | "end"; body: Agreement; path: string } | null

/** The last day of the paper as it is counted today: of its term, or where it ends; null: it has none. */
export function lastOfTerm(body: Agreement, standing: string, today: Day): Day | null {
  if (endOfPaper(body, standing) === undefined) return null
  const rules = rulesOf(body)
  const now = standingOn(rules, rules.startsOn === null ? today : later(today, rules.startsOn))
  // Once the day for notice is over, the term that can still be ended is the next one.
  if (now.is === "rolls") return now.missed && now.next.to !== null ? addDays(now.next.to, -1) : now.last
  return now.is === "ends" || now.is === "over" ? now.last : null
}

/** The last day of the term that would follow, where a paper says how long its terms are; a year where it does not. */
export function renewedTo(body: Agreement, last: Day): Day {
  const renewal = valueOf(body.renewal)
  const months = renewal !== null && renewal.months > 0 ? renewal.months : (valueOf(body.initialMonths) ?? 12)
  return addDays(termEnd(addDays(last, 1), months), -1)
}

/** How often it has renewed of itself by the last day of the term that is decided about, and how often it still may; null: without bound. */
export function renewalsLeft(body: Agreement, today: Day): { used: number; left: number } | null {
  const rules = rulesOf(body)
  if (!rolls(rules) || rules.most === null) return null
  const now = standingOn(rules, rules.startsOn === null ? today : later(today, rules.startsOn))
  const used = now.is === "rolls" ? (now.missed ? now.next.n : now.term.n) : now.is === "ends" ? now.term.n : rules.most
  return { used, left: Math.max(0, rules.most - used) }
}

/** Whether to let it lapse notice has to be given: it would renew of itself, and nothing has ended it. */
export function needsNotice(body: Agreement, today: Day): boolean {
  const rules = rulesOf(body)
  return standingOn(rules, rules.startsOn === null ? today : later(today, rules.startsOn)).is === "rolls"
}

/**
 * The proposal that each way begins with. Renewed: its last day moves on by a term. That term is no tacit one, but those
 * that were used stay used: where the paper bounds them, what is left of them is proposed with it (decision 0047). Let lapse:
 * notice as it was given, where it would renew of itself; said to be renewed no more, where an act would; ended, where it
 * never would, or has run out; nothing, where notice or termination has settled it. Renegotiated: another paper in its
 * place, from the day after its term, covering the same.
 */
export function beginningOf(
  way: RenewalWay,
  paper: { id: string; body: Agreement; standing: string },
  today: Day,
  noticeOn: Day | null = null,
): Begun {
  const { body } = paper
  const last = lastOfTerm(body, paper.standing, today)
  if (way === "renegotiate") return { op: "create", body: inItsPlace(paper.id, body, last, today), path: "title" }
  if (way === "renew") {
    if (last === null) return null
    const bound = renewalsLeft(body, today)
    const most = bound === null ? {} : { renewalsMost: known(bound.left) }
    return { op: "change", body: { ...body, endsOn: known(renewedTo(body, last)), ...most }, path: "endsOn" }
  }
  return lapsing(body, last, today, noticeOn)
}

function lapsing(body: Agreement, last: Day | null, today: Day, noticeOn: Day | null): Begun {
  if (last !== null && last < today) return { op: "end", body, path: "endsOn" }
  const rules = rulesOf(body)
  if (rules.terminatedOn !== null || (rules.given !== null && endOf(rules) !== null)) return null
  if (needsNotice(body, today)) {
    if (noticeOn === null) return null
    const given = { noticeGivenOn: known(noticeOn), noticeGivenBy: known("entity" as const) }
    return { op: "change", body: { ...body, ...given }, path: "noticeGivenOn" }
  }
  const renewal = valueOf(body.renewal)
  if (renewal !== null && renewal.way !== "never" && last !== null) {
    // What has renewed as often as it may ends with this term, and no earlier for being said to renew no more.
    const never = { renewal: known({ ...renewal, way: "never" as const }) }
    return {
      ...{ op: "change", path: "renewal" },
      body: { ...body, ...never, ...(rolls(rules) ? { endsOn: known(last) } : {}) },
    }
  }
  return last === null ? null : { op: "end", body, path: "endsOn" }
}

/** A new paper with nothing signed yet: the sides, kind and covers of the one in whose place it stands. */
function inItsPlace(id: string, body: Agreement, last: Day | null, today: Day): Agreement {
  const { entityId, partyId, kind, title, governingLaw, noticeAddress, noticeForm, renewal, owner } = body
  return {
    ...(blankOf(FIELDS.agreement) as Agreement),
    ...{ entityId, partyId, kind, title, governingLaw, noticeAddress, noticeForm, renewal, owner },
    ...{ parentId: body.parentId, tags: body.tags, restrictedTo: body.restrictedTo },
    replaces: id as Agreement["replaces"],
    knownHow: "stated",
    effectOn: known(last === null || last < today ? today : addDays(last, 1)),
    covers: body.covers.map(({ sharingId }) => ({ sharingId, firstOn: null, lastOn: null })),
  }
}
