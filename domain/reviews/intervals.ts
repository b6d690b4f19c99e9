import type { Pack } from "@/domain/checks/types"

/** How soon clauses ask for another look: months or days after the last. */
export type Intervals = { necessityMonths: number; exceptionDays: number; auditMonths: number }

/** Reads the intervals from the clauses that set them; null where no pack has the clause: then nothing is asked. */
export function intervalsOf(packs: readonly Pack[]): { [K in keyof Intervals]: Intervals[K] | null } {
  const param = (check: string, name: string): number | null => {
    const clauses = packs.flatMap((pack) => pack.clauses).filter((clause) => clause.check === check)
    const value = clauses[clauses.length - 1]?.params?.[name]
    return typeof value === "number" ? value : null
  }
  return {
    necessityMonths: param("dataMinimal", "months"),
    exceptionDays: param("reviewedSoon", "days"),
    auditMonths: param("partyAudited", "months"),
  }
}
