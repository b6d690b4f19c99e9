import { valueOf } from "@/domain/core/answer"
import { stretchOf } from "@/domain/core/dated"
import { addMonths } from "@/domain/core/day"
import { ALWAYS, intersect, subtract, union } from "@/domain/core/stretch"
import { consentedDays } from "@/domain/coverage/basis"
import { assessmentsOn, validDays } from "@/domain/checks/assessed"
import {
  answered,
  filled,
  flowDays,
  listOf,
  numberOf,
  onSharing,
  outside,
  settle,
  type Problem,
} from "@/domain/checks/kit"
import { papersOf } from "@/domain/checks/papers"
import type { Check } from "@/domain/checks/types"
import { flagged, linesOf, whenDays, type When } from "@/domain/checks/when"

const OUT_OF_MAINLAND: When = { abroad: "CN" }
const whenOf = (params: Record<string, unknown>): When | undefined => params.when as When | undefined

/** An audit or appraisal of the party that is not older than the months. Parameters: `months`, `when`. */
export const supervised: Check = onSharing((facts, params, law) => {
  const done = [...assessmentsOn(facts, "audit"), ...assessmentsOn(facts, "appraisal")].flatMap(({ body }) => {
    const on = valueOf(body.doneOn)
    return on === null ? [] : [{ from: on, to: addMonths(on, numberOf(params, "months")) }]
  })
  return settle(whenDays(facts, whenOf(params), law), [outside(union(done), "", "assessment")])
})

/** A critical operator stores in the mainland and sends out only what was assessed. */
export const operatorAtHome: Check = onSharing((facts, _params, law) => {
  if (!facts.entity.criticalOperator) return settle([], [])
  const destinations = valueOf(facts.sharing.body.destinations) ?? []
  const home = union(destinations.filter((one) => one.country === "CN" && one.kind === "storage").map(stretchOf))
  const assessed = union(
    ...destinations.map((one) =>
      intersect(
        [stretchOf(one)],
        union(one.mechanisms.filter((line) => line.mechanism === "cn-assessment").map(stretchOf)),
      ),
    ),
  )
  return settle(whenDays(facts, OUT_OF_MAINLAND, law), [
    outside(home, "", "destinations"),
    outside(assessed, ".assess", "destinations"),
  ])
})

/** A recipient outside the mainland that stands on the authority's list gets nothing. */
export const notBarred: Check = onSharing((facts) => {
  const barred = facts.party.body.conditions.filter((one) => one.condition === "cn-restricted").map(stretchOf)
  return settle(flowDays(facts.sharing.body), [{ days: union(barred), verdict: "broken", says: "", path: "partyId" }])
})

/** An assessment has all its parts and is kept long enough. Parameters: `kind`, `parts`, `months`. */
export const assessmentParts: Check = onSharing((facts, params) => {
  const done = assessmentsOn(facts, String(params.kind) as "pia")
  const applies = intersect(flowDays(facts.sharing.body), union(...done.map(({ body }) => validDays(body))))
  return settle(
    applies,
    done.flatMap(({ body }): Problem[] => {
      const days = validDays(body)
      const there: readonly string[] = valueOf(body.parts) ?? []
      const missing = listOf(params, "parts").filter((part) => !there.includes(part))
      const kept = valueOf(body.keptUntil)
      const on = valueOf(body.doneOn)
      const early = kept === null || on === null || kept < addMonths(on, numberOf(params, "months"))
      return [
        ...(missing.length
          ? [{ days, verdict: "broken" as const, says: "", path: "assessment", params: { parts: missing.join(", ") } }]
          : []),
        ...(early ? [{ days, verdict: "broken" as const, says: ".kept", path: "assessment" }] : []),
      ]
    }),
  )
})

/** Contracts for technology: identifiers of both sides, governing law and notice are there. Parameters: `when`. */
export const ictContract: Check = onSharing((facts, params, law) => {
  const lei = facts.party.body.identifiers.some((one) => one.kind === "lei" && filled(one.value))
  const papers = papersOf(facts).filter((item) => item.days.length > 0)
  const complete = papers.filter(({ paper: { body } }) =>
    [body.governingLaw, body.noticeOurs, body.noticeTheirs].every((one) => one.state === "known"),
  )
  const applies = whenDays(facts, whenOf(params), law)
  return settle(applies, [
    ...answered(facts.entity.lei, { says: ".entity", path: "entityId" }),
    ...(lei ? [] : [{ days: ALWAYS, verdict: "broken" as const, says: ".party", path: "partyId" }]),
    outside(union(...complete.map((item) => item.days)), "", "covers"),
  ])
})

/** Reading from a device: a consent stands, or it is said of each kind why the service cannot do without. */
export const deviceAccess: Check = onSharing((facts, params, law) => {
  const consented = consentedDays(facts, ["permission", "sharing"])
  const needed = linesOf(facts).filter(
    ({ line }) =>
      (flagged(line.kind, "online") || flagged(line.kind, "perm") || flagged(line.kind, "family device")) &&
      !filled(valueOf(line.necessity) ?? ""),
  )
  return settle(
    whenDays(facts, whenOf(params), law),
    needed.map(({ line, path, days }) => ({
      days: subtract(days, consented),
      verdict: "broken",
      says: "",
      path: `${path}.necessity`,
      params: { kind: line.kind },
    })),
  )
})
