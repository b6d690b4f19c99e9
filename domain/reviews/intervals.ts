import { looksAt } from "@/domain/checks/applies"
import type { Pack } from "@/domain/checks/types"
import { canonical } from "@/domain/core/canonical"
import type { Day } from "@/domain/core/day"
import { countsOn, narrowness } from "@/domain/packs/in-force"
import type { Sharing } from "@/domain/records/sharing"

/** How soon clauses ask for another look: months or days after the last. */
export type Intervals = { necessityMonths: number; exceptionDays: number; auditMonths: number }
/** Null: no text has the clause, then nothing is asked. */
export type Every = { [K in keyof Intervals]: Intervals[K] | null }

/** Reads the intervals from the clauses that set them; where several texts do, the shortest counts. */
export function intervalsOf(packs: readonly Pack[]): Every {
  const param = (check: string, name: string): number | null => {
    const set = packs.flatMap((pack) =>
      pack.clauses.flatMap((clause) => {
        const value = clause.check === check ? clause.params?.[name] : undefined
        return typeof value === "number" ? [value] : []
      }),
    )
    return set.length ? Math.min(...set) : null
  }
  return {
    necessityMonths: param("dataMinimal", "months"),
    exceptionDays: param("reviewedSoon", "days"),
    auditMonths: param("partyAudited", "months"),
  }
}

/**
 * The intervals by which records are looked at again on the day: a flow by the texts that look at it then, whatever is
 * about no flow by the texts for everybody alone.
 */
export function intervalsOn(packs: readonly Pack[], on: Day): (flow: Sharing | null) => Every {
  const known = new Map<string, Every>()
  return (flow) => {
    const mine = packs.filter((pack) =>
      flow ? looksAt(pack, flow, on) : narrowness(pack.scope) === 0 && countsOn(pack, on),
    )
    const key = mine.map((pack) => `${pack.pack} ${pack.version}`).join(", ")
    const every = known.get(key) ?? intervalsOf(mine)
    known.set(key, every)
    return every
  }
}

/** The intervals of every text that counts on the day as one word: another one, and dues have to be told anew. */
export function intervalsWord(packs: readonly Pack[], on: Day): string {
  const counting = packs.filter((pack) => countsOn(pack, on))
  const set = counting.flatMap((pack) => {
    const every = Object.values(intervalsOf([pack]))
    return every.some((one) => one !== null) ? [[pack.scope, every]] : []
  })
  return canonical(set as never)
}
