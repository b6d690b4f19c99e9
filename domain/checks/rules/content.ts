import { valueOf } from "@/domain/core/answer"
import { stretchOf } from "@/domain/core/dated"
import { addDays, addMonths } from "@/domain/core/day"
import { intersect, subtract, union, type Stretch } from "@/domain/core/stretch"
import { assessmentsOn, passedDays } from "@/domain/checks/assessed"
import {
  answered,
  filled,
  flowDays,
  fromDay,
  listOf,
  numberOf,
  onGround,
  onSharing,
  outside,
  settle,
  type Problem,
} from "@/domain/checks/kit"
import type { Check, SharingFacts } from "@/domain/checks/types"
import { dutyOf, overdueDays, withDuty } from "@/domain/endings/duty"
import { flagged, linesOf } from "@/domain/checks/when"
import { closedOn } from "@/domain/checks/closed"

/** Each purpose is one that the statement announces; other purposes need consent. Parameters: `purposes`. */
export const purposesAnnounced: Check = onSharing(({ sharing }, params) => {
  const { body } = sharing
  const announced = listOf(params, "purposes")
  const beyond = (valueOf(body.purposes) ?? []).filter((purpose) => !announced.includes(purpose))
  const consented = onGround(body, (ground) => ground === "consent").days
  return settle(flowDays(body), [
    ...answered(body.purposes, { says: ".none", path: "purposes" }),
    ...(beyond.length ? [outside(consented, "", "purposes", { purposes: beyond.join(", ") })] : []),
  ])
})

/** Advertising messages: consent with its record, and a way out that reaches the party. */
export const marketingByOptIn: Check = onSharing((facts) => {
  const { body } = facts.sharing
  const advertises = (valueOf(body.purposes) ?? []).some((purpose) => purpose.startsWith("mkt."))
  if (!advertises) return settle([], [])
  const on = onGround(body, (ground) => ground === "consent")
  const recorded = union(
    ...on.lines
      .filter(({ line }) => facts.consents.some((one) => one.id === line.consentId && one.standing !== "ended"))
      .map(({ days }) => days),
  )
  return settle(flowDays(body), [
    outside(recorded, "finding.S-I.B-5.consent", "grounds"),
    ...answered(body.optOutRoute, { says: "finding.S-I.B-5.way-out", path: "optOutRoute" }),
  ])
})

/** A necessity for each data kind. Parameters: `grounds`, `says`. */
export const necessityGiven: Check = onSharing((facts, params) => {
  if (facts.sharing.body.mode !== "share") return settle([], [])
  const grounds = listOf(params, "grounds")
  const says = `finding.${String(params.says)}`
  return settle(onGround(facts.sharing.body, (ground) => grounds.includes(ground)).days, necessities(facts, says))
})

function necessities(facts: SharingFacts, says: string): Problem[] {
  return linesOf(facts).flatMap(({ line, path, days }) =>
    answered(line.necessity, {
      days,
      says: `${says}.necessity`,
      path: `${path}.necessity`,
      params: { kind: line.kind },
    }),
  )
}

/** The purpose in words, not a code alone, and a necessity for each kind. Parameters: `characters`. */
export const purposeSpecific: Check = onSharing((facts, params) => {
  const { body } = facts.sharing
  if (body.mode !== "share") return settle([], [])
  const least = numberOf(params, "characters")
  return settle(onGround(body, (ground) => ground === "partner").days, [
    ...answered(body.purposeText, {
      says: "finding.S-III.B-4.3.purpose",
      path: "purposeText",
      passes: (text) => [...text.trim()].length >= least,
    }),
    ...necessities(facts, "finding.S-III.B-4.3"),
  ])
})

/** Partners get order, account, device and location data; anything else only where a notice named it. */
export const partnerFamilies: Check = onSharing((facts, params) => {
  const { body } = facts.sharing
  if (body.mode !== "share") return settle([], [])
  const families = listOf(params, "families")
  return settle(
    onGround(body, (ground) => ground === "partner").days,
    linesOf(facts)
      .filter(({ line }) => !families.some((family) => flagged(line.kind, `family ${family}`)))
      .map(({ line, path, days }) => ({
        days: subtract(days, announcedDays(facts, line.kind)),
        verdict: "broken",
        says: "finding.S-III.B-4.0.2",
        params: { kind: line.kind },
        path: body.noticeId ? `${path}.kind` : "noticeId",
      })),
  )
})

/** Days on which the sharing's notice is in effect and names the kind of data and the kind of recipient (handbook 7.11). */
function announcedDays(facts: SharingFacts, kind: string): Stretch[] {
  const notice = facts.notices.find((one) => one.id === facts.sharing.body.noticeId && one.standing !== "ended")?.body
  if (!notice || notice.effectOn.state !== "known") return []
  if (!(valueOf(notice.dataKinds) ?? []).some((one) => one === kind)) return []
  const named = valueOf(notice.recipientKinds) ?? []
  const to = notice.endsOn.state === "known" ? addDays(notice.endsOn.value, 1) : null
  const days = union([{ from: notice.effectOn.value, to }])
  const party = union(facts.party.body.kinds.filter((line) => named.includes(line.kind)).map(stretchOf))
  return intersect(days, party)
}

/** Each data kind is needed, in words, and looked at again within the months. Parameters: `months`. */
export const dataMinimal: Check = onSharing((facts, params) => {
  const { body } = facts.sharing
  const months = numberOf(params, "months")
  return settle(flowDays(body), [
    ...answered(body.dataLines, { says: "finding.S-IV-1.1.none", path: "dataLines" }),
    ...necessities(facts, "finding.S-IV-1.1"),
    ...linesOf(facts).flatMap(({ line, path, days }): Problem[] => {
      // Until the first review the necessity counts as looked at on the day on which the kind began to flow.
      const last = valueOf(line.reviewedOn) ?? days[0]?.from ?? null
      if (last === null) return []
      return [
        {
          days: intersect(days, fromDay(addMonths(last, months))),
          verdict: "broken",
          says: "finding.S-IV-1.1.stale",
          params: { kind: line.kind },
          path: `${path}.reviewedOn`,
        },
      ]
    }),
  ])
})

/** How long, counted from what, deleted how; and after the end the proof of it. */
export const retentionStated: Check = onSharing((facts) => {
  const { body } = facts.sharing
  const flow = flowDays(body)
  // What is made public stays so until its last day: there is no other party to delete it, and it owes its taking down.
  const isPublic =
    body.mode === "disclose" && body.retention.state === "not-applicable" && body.endsOn.state !== "blank"
  const kept = valueOf(body.retention)
  const stated = isPublic
    ? []
    : kept
      ? [
          ...answered(kept.days, { days: flow, says: "finding.S-IV-1.2.period", path: "retention.value.days" }),
          ...answered(kept.trigger, { days: flow, says: "finding.S-IV-1.2.trigger", path: "retention.value.trigger" }),
          ...answered(kept.deletion, {
            days: flow,
            says: "finding.S-IV-1.2.deletion",
            path: "retention.value.deletion",
          }),
        ]
      : answered(body.retention, { days: flow, says: "finding.S-IV-1.2.none", path: "retention" })
  const owing = withDuty(facts.sharing, facts.agreements)
  const duty = dutyOf(owing)
  const after = duty === null ? [] : fromDay(addDays(duty.dueOn, 1))
  return settle(union(flow, after), [
    ...stated,
    {
      days: overdueDays(owing),
      verdict: body.deletionProof.state === "unknown" ? "unknown" : "broken",
      says: "finding.S-IV-1.2.proof",
      path: "deletionProof",
    },
  ])
})

/** Processors, group companies and partners are vetted before the first sharing, and stay so. Parameters: `kinds`. */
export const partyVetted: Check = onSharing((facts, params) => {
  const kinds = listOf(params, "kinds")
  const flow = flowDays(facts.sharing.body)
  const named = union(facts.party.body.kinds.map(stretchOf))
  const others = union(facts.party.body.kinds.filter((line) => !kinds.includes(line.kind)).map(stretchOf))
  const concerned = union(facts.party.body.kinds.filter((line) => kinds.includes(line.kind)).map(stretchOf))
  // A party whose kind is not said yet is not thereby free of being looked at.
  const applies = intersect(flow, union(concerned, subtract(flow, union(named, others))))
  const assessments = assessmentsOn(facts, "due-diligence")
  const says = assessments.length ? "finding.S-IV-4.1.days" : "finding.S-IV-4.1.none"
  return settle(applies, [outside(passedDays(assessments), says, "assessment")])
})

/** Minors' data leaves by law, by the guardian's consent on record, or to protect them. Parameters: `modes`. */
export const minorsProtected: Check = onSharing((facts, params) => {
  const { body } = facts.sharing
  const minors = (valueOf(body.subjects) ?? []).includes("child")
  if (!minors || !listOf(params, "modes").includes(body.mode)) return settle([], [])
  const flow = flowDays(body)
  if (body.minors.state !== "known")
    return settle(flow, answered(body.minors, { says: "finding.S-VI-2", path: "minors" }))
  const { way, consentId, reason } = body.minors.value
  if (way !== "guardian-consent")
    return settle(flow, answered(reason, { says: "finding.S-VI-2.reason", path: "minors.value.reason" }))
  const consent = facts.consents.find((one) => one.id === consentId && one.standing !== "ended")?.body
  const closed = consent ? closedOn(facts.entity, consent) : null
  const given = consent?.about === "guardian" ? valueOf(consent.firstOn) : null
  const good: Stretch[] = given === null ? [] : union([{ from: given, to: closed }])
  return settle(flow, [outside(good, "finding.S-VI-2.guardian", "minors.value.consentId")])
})

/** What a device permission opens: named, a way to switch it off, consent on record. */
export const permissionOptional: Check = onSharing((facts) => {
  const { body } = facts.sharing
  const lines = linesOf(facts).filter(({ line }) => flagged(line.kind, "perm"))
  const applies = union(...lines.map(({ days }) => days))
  const permission = valueOf(body.permission)
  if (!permission) return settle(applies, answered(body.permission, { says: "finding.S-IX-0", path: "permission" }))
  const consent = facts.consents.find((one) => one.id === permission.consentId && one.standing !== "ended")?.body
  const given = consent ? valueOf(consent.firstOn) : null
  const good: Stretch[] = consent && given ? union([{ from: given, to: closedOn(facts.entity, consent) }]) : []
  return settle(applies, [
    ...(filled(permission.name) ? [] : [always("finding.S-IX-0.name", "permission.value.name")]),
    ...(filled(permission.switchOff) ? [] : [always("finding.S-IX-0.off", "permission.value.switchOff")]),
    outside(good, "finding.S-IX-0.consent", "permission.value.consentId"),
  ])
})

const always = (says: string, path: string): Problem => ({
  days: [{ from: null, to: null }],
  verdict: "broken",
  says,
  path,
})
