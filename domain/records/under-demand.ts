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
