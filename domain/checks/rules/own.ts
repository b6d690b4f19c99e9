import { valueOf } from "@/domain/core/answer"
import { stretchOf } from "@/domain/core/dated"
import { addDays, type Day } from "@/domain/core/day"
import { intersect, union } from "@/domain/core/stretch"
import { answered, flowDays, listOf, numberOf, onSharing, settle, type Problem } from "@/domain/checks/kit"
import type { Check } from "@/domain/checks/types"
import { linesOf, whenDays, type When } from "@/domain/checks/when"

const whenOf = (params: Record<string, unknown>): When | undefined => params.when as When | undefined

/** Data of these kinds never lies in, or is reached from, these countries. Parameters: `kinds`, `countries`. */
export const neverThere: Check = onSharing((facts, params) => {
  const kinds = listOf(params, "kinds")
  const countries = listOf(params, "countries")
  const lines = linesOf(facts).filter(({ line }) => kinds.length === 0 || kinds.includes(line.kind))
  const flowing = union(...lines.map((item) => item.days))
  const there = (valueOf(facts.sharing.body.destinations) ?? []).flatMap((one, i): Problem[] =>
    countries.includes(one.country)
      ? [
          {
            days: intersect(flowing, [stretchOf(one)]),
            verdict: "broken",
            says: "finding.own.neverThere",
            path: `destinations.value.${i}`,
            params: { country: one.country },
          },
        ]
      : [],
  )
  const open = answered(facts.sharing.body.destinations, { says: "finding.own.where", path: "destinations" })
  return settle(flowing, [...there, ...(facts.sharing.body.mode === "disclose" ? [] : open)])
})

/** Destinations are only of these countries. Parameters: `countries`, `when`. */
export const onlyThere: Check = onSharing((facts, params, law) => {
  const countries = listOf(params, "countries")
  return settle(
    whenDays(facts, whenOf(params), law),
    (valueOf(facts.sharing.body.destinations) ?? []).flatMap((one, i): Problem[] =>
      countries.includes(one.country)
        ? []
        : [
            {
              days: [stretchOf(one)],
              verdict: "broken",
              says: "finding.own.onlyThere",
              path: `destinations.value.${i}`,
              params: { country: one.country },
            },
          ],
    ),
  )
})

/** Data of these kinds never flows at all under the condition. Parameters: `kinds`, `when`. */
export const neverSent: Check = onSharing((facts, params, law) => {
  const kinds = listOf(params, "kinds")
  return settle(
    whenDays(facts, whenOf(params), law),
    linesOf(facts)
      .filter(({ line }) => kinds.includes(line.kind))
      .map(({ line, path, days }) => ({
        days,
        verdict: "broken",
        says: "finding.own.neverSent",
        path: `${path}.kind`,
        params: { kind: line.kind },
      })),
  )
})

/** The party keeps data at most so many days. Parameters: `days`, `when`. */
export const keptAtMost: Check = onSharing((facts, params, law) => {
  const most = numberOf(params, "days")
  const kept = valueOf(facts.sharing.body.retention)
  const path = "retention.value.days"
  return settle(
    whenDays(facts, whenOf(params), law),
    kept
      ? answered(kept.days, { says: "finding.own.keptAtMost", path, passes: (days) => days <= most })
      : answered(facts.sharing.body.retention, { says: "finding.own.keptAtMost", path: "retention" }),
  )
})

/** A flow runs at most so many days before it is decided anew. Parameters: `days`, `when`. */
export const runsAtMost: Check = onSharing((facts, params, law) => {
  const most = numberOf(params, "days")
  const { startsOn } = facts.sharing.body
  const applies = whenDays(facts, whenOf(params), law)
  if (startsOn.state !== "known")
    return settle(applies, answered(startsOn, { says: "finding.own.runs", path: "startsOn" }))
  const late: Day = addDays(startsOn.value, most)
  return settle(applies, [
    { days: [{ from: late, to: null }], verdict: "broken", says: "finding.own.runs", path: "endsOn" },
  ])
})

/** A party of these kinds is never used under the condition. Parameters: `partyKinds`, `when`. */
export const neverParty: Check = onSharing((facts, params, law) => {
  const kinds = listOf(params, "partyKinds")
  const named = facts.party.body.kinds.filter((line) => kinds.includes(line.kind)).map(stretchOf)
  return settle(whenDays(facts, whenOf(params), law), [
    { days: union(named), verdict: "broken", says: "finding.own.neverParty", path: "partyId" },
  ])
})

/**
 * After the party's name, owner or business changed, each kind of data that flows to it was looked at again on that day
 * or later (handbook 7.12). Broken from the change until the last of them was.
 */
export const reviewedAfterChange: Check = onSharing((facts) => {
  const { changes } = facts.party.body
  if (changes.length === 0) return settle([], [])
  const reviews = (valueOf(facts.sharing.body.dataLines) ?? []).map((line) => valueOf(line.reviewedOn))
  const problems = changes.map(({ what, on }, i): Problem => {
    const since = reviews.map((review) => (review !== null && review >= on ? review : null))
    const open = since.length === 0 || since.includes(null)
    const done = open ? null : ([...since].sort().at(-1) ?? null)
    return {
      days: union([{ from: on, to: done }]),
      verdict: "broken",
      says: `finding.H-CHANGED.${what}`,
      path: "dataLines",
      params: { n: String(i + 1) },
    }
  })
  return settle(flowDays(facts.sharing.body), problems)
})
