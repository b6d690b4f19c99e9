import type { Finding } from "@/domain/checks/types"

/** What a request does to what is found: cures, brings, or leaves as it is. Each on the day that counts for its record. */
export type BeforeAfter = { cured: Finding[]; brought: Finding[]; left: Finding[] }

/** Findings of the same clause on the same record are the same, however they are said. */
const keyOf = (finding: Finding): string => `${finding.recordId} ${finding.clause}`

/** Holds what is found now against what would be found; `dayOf` gives the day that counts for a record. */
export function beforeAfter(
  before: readonly Finding[],
  after: readonly Finding[],
  dayOf: (recordId: string) => string | null,
): BeforeAfter {
  const stands = (finding: Finding): boolean => {
    const day = dayOf(finding.recordId)
    if (day === null) return true
    return (finding.from === null || finding.from <= day) && (finding.to === null || finding.to > day)
  }
  const [was, is] = [before.filter(stands), after.filter(stands)]
  const [had, has] = [new Set(was.map(keyOf)), new Set(is.map(keyOf))]
  return {
    cured: was.filter((finding) => !has.has(keyOf(finding))),
    brought: is.filter((finding) => !had.has(keyOf(finding))),
    left: is.filter((finding) => had.has(keyOf(finding))),
  }
}
