import { valueOf } from "@/domain/core/answer"
import { stretchOf } from "@/domain/core/dated"
import { intersect, subtract, union } from "@/domain/core/stretch"
import { consentedDays } from "@/domain/coverage/basis"
import type { Consent } from "@/domain/records/evidence"
import type { Sharing } from "@/domain/records/sharing"
import { assessmentsOn, passedDays } from "@/domain/checks/assessed"
import { answered, filled, listOf, onSharing, outside, settle, type Problem } from "@/domain/checks/kit"
import type { Check, SharingFacts } from "@/domain/checks/types"
import { whenDays, type When } from "@/domain/checks/when"

type Basis = Sharing["bases"][number]
const whenOf = (params: Record<string, unknown>): When | undefined => params.when as When | undefined

function basesOf(facts: SharingFacts, codes: readonly string[]): { line: Basis; path: string }[] {
  return facts.sharing.body.bases.flatMap((line, i) =>
    codes.includes(line.basis) ? [{ line, path: `bases.${i}` }] : [],
  )
}

/**
 * On every day one of the legal bases is named; some only with evidence in words, some only while a balancing test holds.
 * Parameters: `bases`, `evidenced`, `balanced` (codes), `when`.
 */
export const basisNamed: Check = onSharing((facts, params, law) => {
  const named = basesOf(facts, listOf(params, "bases"))
  const evidenced = (params.evidenced as readonly string[] | undefined) ?? []
  const balanced = (params.balanced as readonly string[] | undefined) ?? []
  const tested = passedDays(assessmentsOn(facts, "lia"))
  const problems = named.flatMap(({ line, path }): Problem[] => [
    ...(evidenced.includes(line.basis)
      ? answered(line.evidence, { days: [stretchOf(line)], says: ".evidence", path: `${path}.evidence` })
      : []),
    ...(balanced.includes(line.basis)
      ? [{ ...outside(tested, ".balance", "assessment"), days: subtract([stretchOf(line)], tested) }]
      : []),
  ])
  return settle(whenDays(facts, whenOf(params), law), [
    outside(union(named.map(({ line }) => stretchOf(line))), "", "bases"),
    ...problems,
  ])
})

/** A second ground with its evidence for data that is forbidden without one. Parameters: `bases`, `when`. */
export const secondGround: Check = onSharing((facts, params, law) => {
  const named = basesOf(facts, listOf(params, "bases")).filter(({ line }) => filled(valueOf(line.evidence) ?? ""))
  return settle(whenDays(facts, whenOf(params), law), [
    outside(union(named.map(({ line }) => stretchOf(line))), "", "bases"),
  ])
})

/** A law stands behind the flow: a basis with its evidence, or a ground that cites it. Parameters: `bases`, `when`. */
export const lawCited: Check = onSharing((facts, params, law) => {
  const bases = basesOf(facts, listOf(params, "bases")).filter(({ line }) => filled(valueOf(line.evidence) ?? ""))
  const grounds = facts.sharing.body.grounds.filter((line) => filled(valueOf(line.citation) ?? ""))
  const cited = union([...bases.map(({ line }) => stretchOf(line)), ...grounds.map(stretchOf)])
  return settle(whenDays(facts, whenOf(params), law), [outside(cited, "", "bases")])
})

/** The consents that the flow refers to and that are about one of the matters. */
function consentsAbout(facts: SharingFacts, about: readonly string[]): Consent[] {
  return facts.consents.filter((one) => about.includes(one.body.about)).map((one) => one.body)
}

/**
 * A consent on record about one of the matters, given and not taken back; it says wording, how it was captured and how
 * it is withdrawn. Parameters: `about`, `when`; `separate`: it was asked for on its own; `unless`: bases that free from it.
 */
export const consentShown: Check = onSharing((facts, params, law) => {
  const concerned = whenDays(facts, whenOf(params), law)
  if (concerned.length === 0) return settle([], [])
  const about = listOf(params, "about")
  const found = consentsAbout(facts, about)
  const at = "consentIds"
  const free = basesOf(facts, (params.unless as readonly string[] | undefined) ?? []).filter(
    ({ line }) => !params.reasoned || filled(valueOf(line.evidence) ?? ""),
  )
  const applies = subtract(concerned, union(free.map(({ line }) => stretchOf(line))))
  const good = found.filter((one) => !params.separate || valueOf(one.separate) === "yes")
  const problems: Problem[] = [outside(good.length ? consentedDays(facts, about) : [], "", at)]
  if (params.proof)
    for (const one of good)
      for (const field of ["wording", "captureMethod", "withdrawalRoute"] as const)
        problems.push(...answered(one[field], { says: ".proof", path: at, params: { field } }))
  return settle(applies, problems)
})

/** Minors: the guardian's consent stands behind the flow. Parameters: `when`. */
export const guardianConsents: Check = onSharing((facts, params, law) => {
  const way = valueOf(facts.sharing.body.minors)
  const given = way?.way === "guardian-consent" && way.consentId !== null ? consentedDays(facts, ["guardian"]) : []
  return settle(whenDays(facts, whenOf(params), law), [outside(given, "", "minors")])
})

/** A basis that is free of balancing only under one of the law's conditions, which is named. Parameters: `bases`, `when`. */
export const conditionNamed: Check = onSharing((facts, params, law) => {
  const named = basesOf(facts, listOf(params, "bases"))
  return settle(
    intersect(whenDays(facts, whenOf(params), law), union(named.map(({ line }) => stretchOf(line)))),
    named.flatMap(({ line, path }) =>
      answered(line.evidence, { days: [stretchOf(line)], says: "", path: `${path}.evidence` }),
    ),
  )
})
