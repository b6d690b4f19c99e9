import { valueOf, type Answer } from "@/domain/core/answer"
import { stretchOf } from "@/domain/core/dated"
import type { Day } from "@/domain/core/day"
import { covers } from "@/domain/core/stretch"
import type { Destination, GroundLine, Sharing } from "@/domain/records/sharing"

/** What a flow was on one day: of everything with days of its own, what held on that day. */
export type FlowOnDay = {
  data: string[]
  people: string[]
  purposes: string[]
  places: Pick<Destination, "country" | "kind" | "mechanisms">[]
  grounds: GroundLine[]
  bases: { regime: string; basis: string }[]
  /** How each of these was answered: what is not known yet is told apart from what is blank. */
  states: Record<"data" | "people" | "purposes" | "places", Answer<unknown>["state"]>
}

type Line = { firstOn: Day | null; lastOn: Day | null }
const held = <T extends Line>(lines: readonly T[], on: Day): T[] =>
  lines.filter((line) => covers([stretchOf(line)], on))
const distinct = <T>(list: readonly T[]): T[] => [...new Set(list)]

/** The flow on the day. Lines that begin later or ended before are no part of it. */
export function flowOnDay(body: Sharing, on: Day): FlowOnDay {
  return {
    data: distinct(held(valueOf(body.dataLines) ?? [], on).map((line) => line.kind)),
    people: distinct(valueOf(body.subjects) ?? []),
    purposes: distinct(valueOf(body.purposes) ?? []),
    places: held(valueOf(body.destinations) ?? [], on).map(({ country, kind, mechanisms }) => ({
      ...{ country, kind },
      mechanisms: held(mechanisms, on),
    })),
    grounds: held(body.grounds, on),
    bases: held(body.bases, on).map(({ regime, basis }) => ({ regime, basis })),
    states: {
      ...{ data: body.dataLines.state, people: body.subjects.state, purposes: body.purposes.state },
      places: body.destinations.state,
    },
  }
}
