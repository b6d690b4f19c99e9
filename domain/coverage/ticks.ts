import { addMonths, type Day } from "@/domain/core/day"
import type { Scale } from "./scale"

/** A line of the axis: the first day of a year or of a month; `named` where there is room for its word. */
export type Tick = { on: Day; x: number; year: boolean; named: boolean }

const STEPS = [1, 3, 6, 12, 24, 60] as const
const MOST_LINES = 12
const NAMES_APART = 130

/** The lines of the axis: months, quarters, halves or years, as close as can be read. Years are named before months. */
export function ticksOf(scale: Scale): Tick[] {
  const { from, to } = scale.window
  const months =
    (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7))
  const step = STEPS.find((one) => months / one <= MOST_LINES) ?? 60
  const ticks: Tick[] = []
  for (let on = firstOf(from, step); on < to; on = addMonths(on, step))
    if (on >= from) ticks.push({ on, x: scale.at(on), year: on.slice(5, 7) === "01", named: false })
  const named: Tick[] = []
  for (const tick of [...ticks.filter((one) => one.year), ...ticks.filter((one) => !one.year)])
    if (tick.x <= 1000 - NAMES_APART / 2 && named.every((one) => Math.abs(one.x - tick.x) >= NAMES_APART)) {
      tick.named = true
      named.push(tick)
    }
  return ticks
}

/** The first day of the step in which a day lies: of its month, quarter, half, year or row of years. */
function firstOf(on: Day, step: number): Day {
  const year = Number(on.slice(0, 4))
  const month = Number(on.slice(5, 7)) - 1
  const years = Math.max(1, step / 12)
  const first = step >= 12 ? 0 : Math.floor(month / step) * step
  return `${String(year - (year % years)).padStart(4, "0")}-${String(first + 1).padStart(2, "0")}-01` as Day
}
