import { dayIn, later, monthsBefore, type Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"

/** One decided stage: what it was, where, in which month it was decided, and the working days it took. `n`: so many alike. */
export type Taken = { stage: string; entityId: string; month: string; days: number; n: number }

/** How long a stage took in a company, in one month or over all of them: half of all, and nine of ten, were done by then. */
export type StageTime = {
  stage: string
  entityId: string
  month: string | null
  n: number
  median: number
  p90: number
}

/** The value below or at which that share of the cases lies (nearest rank). */
export function quantile(cases: readonly { days: number; n: number }[], share: number): number {
  const sorted = [...cases].sort((a, b) => a.days - b.days)
  const total = sorted.reduce((sum, one) => sum + one.n, 0)
  let seen = 0
  for (const one of sorted) {
    seen += one.n
    if (seen >= share * total) return one.days
  }
  return sorted[sorted.length - 1]?.days ?? 0
}

/** The times by stage, company and month; and by stage and company over all months (month null). */
export function stageTimes(taken: readonly Taken[]): StageTime[] {
  const groups = new Map<string, { head: Omit<StageTime, "n" | "median" | "p90">; cases: Taken[] }>()
  for (const one of taken)
    for (const month of [one.month, null]) {
      const head = { stage: one.stage, entityId: one.entityId, month }
      const key = JSON.stringify(head)
      const group = groups.get(key) ?? { head, cases: [] }
      group.cases.push(one)
      groups.set(key, group)
    }
  return [...groups.values()].map(({ head, cases }) => ({
    ...head,
    n: cases.reduce((sum, one) => sum + one.n, 0),
    median: quantile(cases, 0.5),
    p90: quantile(cases, 0.9),
  }))
}

/** The last `n` months, oldest first, up to the latest that has begun in any of the zones (none: UTC). */
export function monthsUpTo(zones: readonly string[], now: Instant, n: number): string[] {
  const today = (zones.length ? zones : ["UTC"]).map((zone) => dayIn(zone, now)).reduce(later)
  const first = `${today.slice(0, 7)}-01` as Day
  return Array.from({ length: n }, (_, i) => monthsBefore(first, n - 1 - i).slice(0, 7))
}

/** So few cases tell nothing. */
export const FEWEST = 5

/**
 * The working days that a request with these stages is likely to take: wave after wave, each as long as the slowest of
 * its stages by the median; advice is asked for from the first day, beside all of them. Null where a stage has fewer
 * than five decided cases in its company.
 */
export function expectedOf(
  stages: readonly { stage: string; entityId: string; seat: string; wave: number }[],
  times: readonly Pick<StageTime, "stage" | "entityId" | "n" | "median">[],
): { days: number; cases: number } | null {
  const known = stages.map((one) => ({
    ...one,
    time: times.find((time) => time.stage === one.stage && time.entityId === one.entityId),
  }))
  if (known.length === 0 || known.some(({ time }) => !time || time.n < FEWEST)) return null
  let advice = 0
  const waves = new Map<string, Map<number, number>>()
  for (const { stage, entityId, seat, wave, time } of known) {
    const days = time?.median ?? 0
    if (seat === "advises") advice = Math.max(advice, days)
    else {
      const mine = waves.get(entityId) ?? new Map<number, number>()
      // A second lawyer follows the first in any case.
      const turn = stage === "second-legal" ? wave + 0.5 : wave
      waves.set(entityId, mine.set(turn, Math.max(mine.get(turn) ?? 0, days)))
    }
  }
  const chains = [...waves.values()].map((mine) => [...mine.values()].reduce((sum, days) => sum + days, 0))
  return { days: Math.max(advice, ...chains), cases: Math.min(...known.map(({ time }) => time?.n ?? 0)) }
}
