import type { Day } from "@/domain/core/day"
import { intersect, subtract, union, type Stretch } from "@/domain/core/stretch"

/** From which day on a version of a sharing was in force, and how it stood. */
export type Standing = { from: Day; standing: string }

/**
 * The second band: on which of its own days a sharing stood approved, and on which it was on record as found running
 * only. Approval is not coverage: what was found running may be covered and unapproved.
 */
export type Approval = { approved: Stretch[]; found: Stretch[] }

/** Reads the band from the versions, oldest first; each holds from its day until the next one's. */
export function approvalOf(versions: readonly Standing[], own: readonly Stretch[]): Approval {
  const days = (standing: string): Stretch[] =>
    union(
      versions.flatMap((version, i) => {
        const to = versions[i + 1]?.from ?? null
        return version.standing === standing && version.from !== to ? [{ from: version.from, to }] : []
      }),
    )
  const approved = intersect([...own], days("approved"))
  return { approved, found: subtract(intersect([...own], days("discovered")), approved) }
}
