import { valueOf } from "@/domain/core/answer"
import { addMonths } from "@/domain/core/day"
import { intersect, union } from "@/domain/core/stretch"
import { stretchOf } from "@/domain/core/dated"
import { assessmentsOn } from "@/domain/checks/assessed"
import { answered, flowDays, listOf, numberOf, onSharing, outside, settle, type Problem } from "@/domain/checks/kit"
import { paperDays } from "@/domain/checks/papers"
import type { Check } from "@/domain/checks/types"

/** Each of the measures is named, by any of the codes that give it. Parameters: `each` (lists of codes), `says`. */
export const measuresNamed: Check = onSharing(({ sharing }, params) => {
  const { body } = sharing
  if (body.mode === "disclose") return settle([], [])
  const wanted = params.each as string[][]
  const says = `finding.${String(params.says)}`
  const there = valueOf(body.measures)
  if (there === null)
    return settle(
      flowDays(body),
      answered(body.measures, {
        says,
        path: "measures",
        params: { measure: wanted.map((codes) => codes.join(" / ")).join(", ") },
      }),
    )
  const missing = wanted.filter((codes) => !codes.some((code) => (there as string[]).includes(code)))
  return settle(
    flowDays(body),
    missing.map((codes): Problem => ({
      days: flowDays(body),
      verdict: "broken",
      says,
      params: { measure: codes.join(" / ") },
      path: "measures",
    })),
  )
})

/** Sharing means two controllers that steer themselves; silent while a joint arrangement stands (handbook 7.11). */
export const ownControllers: Check = onSharing((facts) => {
  const { body } = facts.sharing
  if (body.mode !== "share") return settle([], [])
  const joint = valueOf(body.role) === "joint" ? paperDays(facts, ["joint-arrangement"]) : []
  const problems = answered(body.role, {
    says: "finding.S-III.B-0.2",
    path: "role",
    passes: (role) => role === "controller" || role === "authority",
  })
  return settle(
    flowDays(body),
    problems.map((problem) => ({ ...problem, days: outside(joint, "", "").days })),
  )
})

/** Riskier parties are audited, and not too long ago. Parameters: `kinds`, `months`. */
export const partyAudited: Check = onSharing((facts, params) => {
  const risk = valueOf(facts.party.body.risk)
  if (risk !== "medium" && risk !== "high") return settle([], [])
  const kinds = listOf(params, "kinds")
  const concerned = union(facts.party.body.kinds.filter((line) => kinds.includes(line.kind)).map(stretchOf))
  const done = assessmentsOn(facts, "audit").flatMap(({ body }) =>
    body.doneOn.state === "known"
      ? [{ from: body.doneOn.value, to: addMonths(body.doneOn.value, numberOf(params, "months")) }]
      : [],
  )
  return settle(intersect(flowDays(facts.sharing.body), concerned), [
    outside(union(done), "finding.S-IV-4.3", "assessment"),
  ])
})

/** Two questions are asked of every sharing: what may be concluded, and what the recipient may do next. */
export const asked: Check = onSharing(({ sharing }, params) => {
  const { body } = sharing
  if (params.mode && params.mode !== body.mode) return settle([], [])
  const field = params.field === "onward" ? body.onward : body.inferable
  return settle(
    flowDays(body),
    answered<unknown>(field, { says: `finding.${String(params.says)}`, path: String(params.field) }),
  )
})
