import { valueOf } from "@/domain/core/answer"
import { stretchOf } from "@/domain/core/dated"
import { ALWAYS, intersect, union, type Stretch } from "@/domain/core/stretch"
import { daysAbroad } from "@/domain/coverage/areas"
import type { Destination, MechanismLine } from "@/domain/records/sharing"
import { answered, filled, flowDays, onSharing, outside, settle } from "@/domain/checks/kit"
import type { Check } from "@/domain/checks/types"

/** Every country where the data lie or from where they are reached. Making public has no destinations (handbook 7.8). */
export const destinationsNamed: Check = onSharing(({ sharing }) => {
  const { body } = sharing
  if (body.mode === "disclose") return settle([], [])
  const lines = valueOf(body.destinations) ?? []
  const named = union(lines.map(stretchOf))
  if (body.destinations.state !== "known" || lines.length === 0)
    return settle(flowDays(body), answered(body.destinations, { says: "finding.S-VIII-1", path: "destinations" }))
  return settle(flowDays(body), [outside(named, "finding.S-VIII-1.days", "destinations")])
})

/**
 * Outside the home area of each regime that binds the entity, a mechanism with its evidence stands on every day of the
 * destination; of one regime only where `regime` says so, with its home where no law's facts say it. Whether the instrument held on the day is the coverage's question.
 */
export const mechanismNamed: Check = onSharing(({ sharing, entity }, params, law) => {
  const { body } = sharing
  if (body.mode === "disclose") return settle([], [])
  const flow = flowDays(body)
  const needs = (valueOf(body.destinations) ?? []).flatMap((destination, i) =>
    entity.regimes.flatMap((line) => {
      if (params.regime !== undefined && params.regime !== line.regime) return []
      const home = params.home as readonly string[] | undefined
      const away = home
        ? home.includes(destination.country)
          ? []
          : ALWAYS
        : daysAbroad(law, line.regime, destination.country)
      const days = intersect(intersect(flow, [stretchOf(destination)]), intersect([stretchOf(line)], away))
      return days.length ? [{ destination, regime: line.regime as string, days, path: `destinations.value.${i}` }] : []
    }),
  )
  return settle(
    union(...needs.map((need) => need.days)),
    needs.flatMap(({ destination, regime, days, path }) => {
      const good = mechanismDays(destination, regime)
      const says = good.length ? ".days" : ""
      return [
        {
          ...outside(good, says, `${path}.mechanisms`, { country: destination.country, regime }),
          days: intersect(days, outside(good, says, path).days),
        },
      ]
    }),
  )
})

function mechanismDays(destination: Destination, regime: string): Stretch[] {
  return union(
    ...destination.mechanisms
      .filter((line) => line.regime === regime && line.mechanism !== "none-needed" && evidenced(line))
      .map((line) => [stretchOf(line)]),
  )
}

/** A decision of adequacy is its own evidence; anything else is shown by a paper, an assessment or in words. */
function evidenced(line: MechanismLine): boolean {
  if (line.mechanism === "adequacy") return true
  return line.agreementId !== null || line.assessmentId !== null || filled(valueOf(line.evidence) ?? "")
}
