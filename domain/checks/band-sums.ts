import { addDays, day, type Day } from "@/domain/core/day"
import { covers, intersect, subtract, union, type Stretch } from "@/domain/core/stretch"
import { stretchOf } from "@/domain/core/dated"
import { bindsOn, daysOfLaw, hasRules } from "@/domain/coverage/areas"
import type { Entity } from "@/domain/records/evidence"
import type { Mechanism } from "@/domain/vocabulary/mechanisms"
import { settle } from "./kit"
import type { BandLine, LawFacts } from "./law"
import { bandOf, countedIn, exempt, type BandFlow, type BandSum } from "./rules/bands"
import type { Ruling } from "./types"

/** The day on which a flow's people enter a company's sum (positive) or leave it, as the year turns (negative). */
export type BandTurn = readonly [on: Day, ordinary: number, sensitive: number, unknown: number]

/** A stretch of days on which a company stands in one band: which routes suffice, whose people are not counted. */
export type BandStand = Stretch & {
  band: string
  /** How many people are too many for it stands in the law; the higher, the stricter. */
  rank: number
  routes: readonly Mechanism[]
  exempt: readonly Mechanism[]
  /** False where it hangs on numbers that nobody knows. */
  certain: boolean
  act: string
}

/** A company's sum on a day, the band in which it stands, and the one above with how many people more reach it. */
export type BandFigures = BandSum & {
  band: string
  rank: number
  act: string
  next: { band: string; ordinary: number | null; sensitive: number | null } | null
}

/** The days on which each rule on volumes holds; where two name the same day, the first does. */
function ruleDays(law: LawFacts, regime: string): { rule: BandLine; days: Stretch[] }[] {
  let taken: Stretch[] = []
  return law.bands.flatMap((rule) => {
    if (rule.regime !== regime) return []
    const days = subtract(daysOfLaw(rule), taken)
    taken = union(taken, days)
    return [{ rule, days }]
  })
}

/** The days on which the company's data lies in the mainland under its law: only then does anything leave it. */
export function mainlandDays(entity: Entity, law: LawFacts, regime = "CN"): Stretch[] {
  return union(
    ...entity.regimes
      .filter((line) => line.regime === regime)
      .map((line) => (hasRules(law, regime) ? bindsOn(law, entity, line) : [stretchOf(line)])),
  )
}

/**
 * A flow as turns of its company's sum: it counts whole from its first day on, to the end of the last year that looks
 * back at one of its days. Summed up to a day, the turns of all flows are what `chinaBands` counts on it.
 */
export function bandTurnsOf(flow: BandFlow, law: LawFacts, regime = "CN"): BandTurn[] {
  const { ordinary, sensitive, unknown } = countedIn(flow)
  if (ordinary === 0 && sensitive === 0 && unknown === 0) return []
  const out: BandTurn[] = []
  for (const { rule, days } of ruleDays(law, regime)) {
    if (exempt(flow, rule)) continue
    const looked = flow.days.map(({ from, to }) => ({
      from,
      to: to === null ? null : newYear(Number(addDays(to, -1).slice(0, 4)) + 1 + rule.yearsBefore),
    }))
    for (const { from, to } of intersect(union(looked), days)) {
      out.push([from ?? LONG_AGO, ordinary, sensitive, unknown])
      if (to !== null) out.push([to, 0 - ordinary, 0 - sensitive, 0 - unknown])
    }
  }
  return netted(out)
}

const LONG_AGO = day("0001-01-01")
const newYear = (year: number): Day => day(`${String(year).padStart(4, "0")}-01-01`)

/** Turns of the same day as one, in order; what comes to nothing is left out. */
export function netted(turns: readonly BandTurn[]): BandTurn[] {
  const byDay = new Map<Day, BandTurn>()
  for (const [on, o, s, u] of turns) {
    const had = byDay.get(on)
    byDay.set(on, had ? [on, had[1] + o, had[2] + s, had[3] + u] : [on, o, s, u])
  }
  return [...byDay.values()]
    .filter(([, o, s, u]) => o !== 0 || s !== 0 || u !== 0)
    .sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0))
}

/** The turns with their sign changed: what takes a flow out of the sum again. */
export function undone(turns: readonly BandTurn[]): BandTurn[] {
  return turns.map(([on, o, s, u]) => [on, 0 - o, 0 - s, 0 - u])
}

/**
 * How a company stands, stretch by stretch over all days on which rules on volumes hold. `highest`: its law asks for the
 * highest band whatever the sum (an operator of critical infrastructure).
 */
export function bandStandsOf(turns: readonly BandTurn[], highest: boolean, law: LawFacts, regime = "CN"): BandStand[] {
  const sorted = netted(turns)
  const out: BandStand[] = []
  for (const { rule, days } of ruleDays(law, regime)) {
    for (const span of days) {
      let sum: BandSum = { ordinary: 0, sensitive: 0, unknown: 0 }
      let from = span.from
      const close = (to: Day | null): void => {
        if (to === from && to !== null) return
        const next = standing(rule, sum, highest, { from, to })
        const last = out[out.length - 1]
        if (last && alike(last, next)) last.to = to
        else out.push(next)
      }
      for (const [on, o, s, u] of sorted) {
        if (span.to !== null && on >= span.to) break
        if (span.from === null || on > span.from) {
          close(on)
          from = on
        }
        sum = { ordinary: sum.ordinary + o, sensitive: sum.sensitive + s, unknown: sum.unknown + u }
      }
      close(span.to)
    }
  }
  return out
}

function standing(rule: BandLine, sum: BandSum, highest: boolean, days: Stretch): BandStand {
  const { at, band, above } = bandOf(rule, sum, highest)
  return {
    ...days,
    band: band.name,
    rank: at,
    routes: band.routes,
    exempt: rule.exempt,
    certain: sum.unknown === 0 || above === undefined,
    act: rule.act,
  }
}

const alike = (one: BandStand, other: BandStand): boolean =>
  one.to === other.from && one.band === other.band && one.certain === other.certain && one.act === other.act

/** Whether two lists of stretches say the same of every day. */
export function sameStands(one: readonly BandStand[], other: readonly BandStand[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** The sum on a day with its band and the next one; null where no rule on volumes holds on it. */
export function bandFiguresOn(
  turns: readonly BandTurn[],
  highest: boolean,
  on: Day,
  law: LawFacts,
  regime = "CN",
): BandFigures | null {
  const found = ruleDays(law, regime).find((item) => covers(item.days, on))
  if (!found) return null
  const sum: BandSum = { ordinary: 0, sensitive: 0, unknown: 0 }
  for (const [day, o, s, u] of turns) {
    if (day > on) continue
    sum.ordinary += o
    sum.sensitive += s
    sum.unknown += u
  }
  const { at, band, above, next } = bandOf(found.rule, sum, highest)
  return { ...sum, band: band.name, rank: at, act: found.rule.act, next: above ? next : null }
}

/**
 * What the bands say of one flow, given how its company stands: on the days on which a route that it names suffices, or
 * its people are not counted, it is kept. Days without rules on volumes, or in the mainland, do not concern it.
 */
export function bandRulings(flow: BandFlow | null, stands: readonly BandStand[]): Ruling[] {
  if (flow === null) return settle([], [])
  const applies = intersect(flow.days, union([...stands]))
  const problems = stands.flatMap((stand) => {
    if (sufficesIn(flow, stand)) return []
    const verdict = stand.certain ? ("broken" as const) : ("unknown" as const)
    return [{ days: [{ from: stand.from, to: stand.to }], verdict, says: `.${stand.band}`, path: "destinations" }]
  })
  return settle(applies, problems)
}

/** Whether a route that the flow names carries it in the band; exempt routes do in each. */
export function sufficesIn(flow: Pick<BandFlow, "routes">, stand: Pick<BandStand, "routes" | "exempt">): boolean {
  return exempt(flow, stand) || flow.routes.some((route) => stand.routes.includes(route))
}

/** The stretches from the day on in which the company stands in a higher band than before; none: nothing is tipped. */
export function tippedDays(before: readonly BandStand[], after: readonly BandStand[], from: Day): Stretch[] {
  return union(
    ...after.map((is) =>
      union(
        ...before
          .filter((was) => was.act === is.act && was.rank < is.rank)
          .map((was) => intersect([{ from: was.from, to: was.to }], [{ from: is.from, to: is.to }])),
      ),
    ),
  ).flatMap((days) => intersect([days], [{ from, to: null }]))
}
