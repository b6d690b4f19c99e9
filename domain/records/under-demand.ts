import { valueOf } from "@/domain/core/answer"
import type { Sharing } from "./sharing"

/**
 * Whether a flow that stands on no approval runs because an authority demands it: such a one is recorded before anybody
 * decides, for the demand cannot wait, and is reviewed afterwards. It was not found, and nobody allowed it either.
 */
export function isUnderDemand({ grounds }: Pick<Sharing, "grounds">): boolean {
  return grounds.some(
    (line) => line.ground === "statute" && line.demandId !== null && valueOf(line.statuteKind) === "authority",
  )
}

/** Whether every flow that these proposals record as running does so because an authority demands it; there is at least one. */
export function allUnderDemand(proposals: readonly { kind: string; discovered: boolean; body: object }[]): boolean {
  const flows = proposals.filter((one) => one.kind === "sharing" && one.discovered)
  return flows.length > 0 && flows.every((one) => isUnderDemand(one.body as Sharing))
}
