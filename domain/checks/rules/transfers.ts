import { valueOf } from "@/domain/core/answer"
import { stretchOf } from "@/domain/core/dated"
import { day, type Day } from "@/domain/core/day"
import { ALWAYS, complement, intersect, subtract, union, type Stretch } from "@/domain/core/stretch"
import { bindsOn, daysAbroad } from "@/domain/coverage/areas"
import { mechanismDays, papersOfLine } from "@/domain/coverage/mechanism"
import type { Destination, MechanismLine } from "@/domain/records/sharing"
import { validDays } from "@/domain/checks/assessed"
import { filled, flowDays, listOf, onGround, onSharing, outside, settle, type Problem } from "@/domain/checks/kit"
import { boundOn, pointed } from "@/domain/checks/papers"
import type { LawFacts } from "@/domain/checks/law"
import type { Check, SharingFacts } from "@/domain/checks/types"

type Line = { line: MechanismLine; destination: Destination; path: string; days: Stretch[] }

/** The lines of the mechanisms under a regime, with the days on which each carries data abroad. */
function linesFor(facts: SharingFacts, params: Record<string, unknown>, law: LawFacts): Line[] {
  const { body } = facts.sharing
  const destinations = valueOf(body.destinations) ?? []
  const regime = String(params.regime)
  if (body.mode === "disclose" || !destinations.some((one) => one.mechanisms.some((line) => line.regime === regime)))
    return []
  const codes = listOf(params, "mechanisms")
  const flow = flowDays(body)
  const bound = union(
    ...facts.entity.regimes.filter((one) => one.regime === regime).map((one) => bindsOn(law, facts.entity, one)),
  )
  return destinations.flatMap((destination, i) => {
    const away = intersect(intersect(flow, [stretchOf(destination)]), daysAbroad(law, regime, destination.country))
    return destination.mechanisms.flatMap((line, k) => {
      const named = codes.some((code) => line.mechanism === code || line.mechanism.startsWith(`${code}.`))
      const days = intersect(intersect(away, [stretchOf(line)]), bound)
      return line.regime === regime && named && days.length
        ? [{ line, destination, path: `destinations.value.${i}.mechanisms.${k}`, days }]
        : []
    })
  })
}

const all = (lines: readonly Line[]): Stretch[] => union(...lines.map((one) => one.days))

/** Broken on the days of a line that are not among its good ones. */
function off(one: Line, good: Stretch[], says = "", field = "agreementId"): Problem {
  const params = { country: one.destination.country }
  return { days: subtract(one.days, good), verdict: "broken", says, path: `${one.path}.${field}`, params }
}

/** A mechanism that is named also holds: the decision stands, its limits are met, the instrument is in force and signed. */
export const mechanismHolds: Check = onSharing((facts, params, law) => {
  const lines = linesFor(facts, params, law)
  return settle(
    all(lines),
    lines.map((one) => off(one, mechanismDays(facts, one.line, one.destination, law))),
  )
})

/** A transfer impact assessment with a good outcome holds for a safeguard. `from`: done or looked at since that day. */
export const transferAssessed: Check = onSharing((facts, params, law) => {
  const lines = linesFor(facts, params, law)
  if (lines.length === 0) return settle([], [])
  const since = typeof params.since === "string" ? day(params.since) : null
  return settle(
    all(lines),
    lines.map((one) => {
      const held = facts.assessments.flatMap(({ id, standing, body }) => {
        const about = id === one.line.assessmentId || (body.kind === "tia" && body.sharingId === facts.sharing.id)
        const outcome = valueOf(body.outcome)
        const good = outcome !== null && ["passed", "passed-with-conditions", "equivalent"].includes(outcome)
        const done = valueOf(body.doneOn)
        return about && standing !== "ended" && good && (since === null || (done !== null && done >= since))
          ? validDays(body)
          : []
      })
      return off(one, union(held), "", "assessmentId")
    }),
  )
})

/** Binding rules: their approval is referred to, and a group company is listed in the group. */
export const bindingRules: Check = onSharing((facts, params, law) => {
  const lines = linesFor(facts, { ...params, mechanisms: ["bcr"] }, law)
  const affiliate = union(facts.party.body.kinds.filter((one) => one.kind === "affiliate").map(stretchOf))
  const listed = union(complement(affiliate), facts.party.body.groupLinks.map(stretchOf))
  return settle(
    all(lines),
    lines.flatMap((one) => [
      off(one, filled(valueOf(one.line.evidence) ?? "") ? ALWAYS : [], "", "evidence"),
      off(one, listed, ".group", "evidence"),
    ]),
  )
})

/** An order from outside the Area needs a treaty that is cited, or another way of the law's own. Parameters: `regime`. */
export const foreignOrder: Check = onSharing((facts, params, law) => {
  const { body } = facts.sharing
  const country = valueOf(facts.party.body.country)
  if (country === null) return settle([], [])
  const away = daysAbroad(law, String(params.regime), country)
  const orders = onGround(body, (ground) => ground === "statute" || ground === "exception-3")
  const cited = union(
    orders.lines
      .filter(({ line }) => filled(valueOf(line.citation) ?? ""))
      .map((one) => one.days)
      .flat(),
  )
  const carried = all(linesFor(facts, { ...params, mechanisms: listOf(params, "mechanisms") }, law))
  return settle(intersect(orders.days, away), [outside(union(cited, carried), "", "grounds")])
})

/** Exceptions carry what happens once or now and then; compelling interests say that authority and person were told. */
export const derogationRare: Check = onSharing((facts, params, law) => {
  const lines = linesFor(facts, { ...params, mechanisms: ["derogation"] }, law)
  const frequency = valueOf(facts.sharing.body.frequency)
  const rare = frequency === "once" || frequency === "sporadic"
  return settle(
    all(lines),
    lines.flatMap((one) => [
      off(one, rare ? ALWAYS : [], "", "mechanism"),
      ...(one.line.mechanism === "derogation.compelling"
        ? [off(one, filled(valueOf(one.line.evidence) ?? "") ? ALWAYS : [], ".told", "evidence")]
        : []),
    ]),
  )
})

/**
 * The papers of a mechanism were bound in its time, and the processing stayed as it was. Parameters: `regime`,
 * `mechanisms`, `signedFrom`, `signedBefore`, `until`, `unchangedSince` (days).
 */
export const clausesInTime: Check = onSharing((facts, params, law) => {
  const lines = linesFor(facts, params, law)
  if (lines.length === 0) return settle([], [])
  const on = (name: string): Day | null => (typeof params[name] === "string" ? day(String(params[name])) : null)
  const [from, before, until, since] = [on("signedFrom"), on("signedBefore"), on("until"), on("unchangedSince")]
  const begun = [
    valueOf(facts.sharing.body.startsOn),
    ...(valueOf(facts.sharing.body.dataLines) ?? []).map((one) => one.firstOn),
  ]
  return settle(
    all(lines),
    lines.flatMap((one) => {
      const bound = papersOfLine(facts, one.line).map(({ root }) => boundOn(root.body, root.confirmed))
      const inTime = bound.some(
        (on) => on !== null && (from === null || on >= from) && (before === null || on < before),
      )
      const changed = [...begun, one.destination.firstOn]
        .filter((on): on is Day => on !== null && since !== null && on >= since)
        .sort()[0]
      const good: Stretch[] = [{ from: null, to: until }]
      return [
        ...(from !== null || before !== null ? [off(one, inTime ? ALWAYS : [])] : []),
        ...(until !== null ? [off(one, good)] : []),
        ...(changed ? [off(one, [{ from: null, to: changed }], ".changed")] : []),
      ]
    }),
  )
})

/** The module fits who we and the party are: controllers 1, to a processor 2, from processor to processor 3, back 4. */
export const moduleFits: Check = onSharing((facts, params, law) => {
  const lines = linesFor(facts, params, law)
  const role = valueOf(facts.sharing.body.role)
  const ours = facts.sharing.body.client.state === "known" ? "processor" : "controller"
  const theirs = role === "processor" || role === "sub-processor" ? "processor" : "controller"
  const fits: Readonly<Record<string, readonly string[]>> = {
    "controller controller": ["1"],
    "controller processor": role === "sub-processor" ? ["2", "3"] : ["2"],
    "processor processor": ["3"],
    "processor controller": ["4"],
  }
  const wanted = fits[`${ours} ${theirs}`] ?? []
  return settle(
    all(lines),
    lines.map((one) => ({
      ...off(one, wanted.includes(valueOf(one.line.module) ?? "") ? ALWAYS : [], "", "module"),
      params: { module: wanted.join(" / ") },
    })),
  )
})

/** The annexes of the clauses are filled in and pointed to, as far as the module has them. */
export const annexesFilled: Check = onSharing((facts, params, law) => {
  const lines = linesFor(facts, params, law)
  const chained = facts.chains.some((chain) => chain.standing !== "ended")
  return settle(
    all(lines),
    lines.flatMap((one) => {
      const module = valueOf(one.line.module)
      const items = [
        ...["ANNEX-I.A", "ANNEX-I.B", "ANNEX-I.C"],
        ...(module === "4" ? [] : ["ANNEX-II"]),
        ...(chained && (module === "2" || module === "3") ? ["ANNEX-III"] : []),
      ]
      return items.map((item) => {
        const filledIn = papersOfLine(facts, one.line).filter(({ paper }) => pointed(paper.body, item))
        return { ...off(one, union(...filledIn.map((paper) => paper.days))), params: { item } }
      })
    }),
  )
})
