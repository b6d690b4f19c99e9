import { valueOf } from "@/domain/core/answer"
import { addDays } from "@/domain/core/day"
import { once } from "@/domain/core/once"
import { ALWAYS } from "@/domain/core/stretch"
import { assessmentsOn, passedDays } from "@/domain/checks/assessed"
import { answered, fromDay, listOf, onSharing, outside, settle, type Problem } from "@/domain/checks/kit"
import { itemDays } from "@/domain/checks/papers"
import type { Check } from "@/domain/checks/types"
import { whenDays, type When } from "@/domain/checks/when"
import { dutyOf, overdueDays, withDuty } from "@/domain/endings/duty"

const whenOf = (params: Record<string, unknown>): When | undefined => params.when as When | undefined

/** Only parties that passed a due diligence, and as long as it holds. Parameters: `when`. */
export const vettedFor: Check = onSharing((facts, params, law) =>
  settle(whenDays(facts, whenOf(params), law), [
    outside(passedDays(assessmentsOn(facts, "due-diligence")), "", "assessment"),
  ]),
)

/** The party has no ends of its own with the data. Parameters: `when`. */
export const noOwnPurpose: Check = onSharing((facts, params, law) =>
  settle(
    whenDays(facts, whenOf(params), law),
    answered(facts.sharing.body.ownPurpose, { says: "", path: "ownPurpose", passes: (own) => own === "no" }),
  ),
)

/**
 * Whoever works for the party was allowed: the paper gives leave, and each link of the chain was announced before it
 * began, not objected to, and waited for the time to object. Parameters: `kinds`, `items`, `when`.
 */
export const chainAllowed: Check = onSharing((facts, params, law) => {
  const kinds = listOf(params, "kinds")
  const links = facts.chains
    .filter((chain) => chain.standing !== "ended")
    .flatMap(({ body }): Problem[] => {
      const began = valueOf(body.firstOn)
      const until = valueOf(body.objectUntil)
      const at = "checklist"
      if (valueOf(body.answer) === "objected")
        return [{ days: fromDay(began), verdict: "broken", says: ".objected", path: at, params: { name: body.title } }]
      const early = began !== null && until !== null && began <= until && valueOf(body.answer) !== "accepted"
      return [
        ...answered(body.announcedOn, { says: ".announced", path: at, params: { name: body.title } }),
        ...(early
          ? [
              {
                days: [{ from: began, to: addDays(until, 1) }],
                verdict: "broken" as const,
                says: ".early",
                path: at,
                params: { name: body.title },
              },
            ]
          : []),
      ]
    })
  return settle(whenDays(facts, whenOf(params), law), [
    outside(itemDays(facts, kinds, params.items as string[][]), "", "covers"),
    ...links,
  ])
})

/** A sub-processor hangs on the flow of the party that engages it, and is bound alike. Parameters: `kinds`, `items`, `when`. */
export const boundAlike: Check = onSharing((facts, params, law) => {
  const kinds = listOf(params, "kinds")
  const linked: Problem[] =
    facts.parent === null ? [{ days: ALWAYS, verdict: "broken", says: ".parent", path: "parentId" }] : []
  return settle(whenDays(facts, whenOf(params), law), [
    ...linked,
    outside(itemDays(facts, kinds, params.items as string[][]), "", "covers"),
  ])
})

/** After the end: proof that the party deleted or returned the data, once its time has passed. Parameters: `when`. */
export const deletionProven: Check = onSharing((facts, params, law) => {
  const body = withDuty(facts.sharing, facts.agreements)
  const duty = dutyOf(body)
  if (duty === null || whenDays(facts, whenOf(params), law).length === 0) return settle([], [])
  return settle(fromDay(addDays(duty.dueOn, 1)), [
    {
      days: overdueDays(body),
      verdict: body.deletionProof.state === "unknown" ? "unknown" : "broken",
      says: "",
      path: "deletionProof",
    },
  ])
})

const ofClient = once((params: Record<string, unknown>): When => ({ client: true, ...whenOf(params) }))

/** What a client's paper says where we are processor ourselves: each answered (handbook 7.15). Parameters: `fields`. */
export const clientSays: Check = onSharing((facts, params, law) => {
  const client = valueOf(facts.sharing.body.client) as Record<string, { state: "blank" }> | null
  return settle(
    whenDays(facts, ofClient(params), law),
    client
      ? listOf(params, "fields").flatMap((field) =>
          answered(client[field] ?? { state: "blank" as const }, {
            says: "",
            path: `client.value.${field}`,
            params: { field },
          }),
        )
      : [],
  )
})
