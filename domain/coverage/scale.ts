import { addDays, earlier, later, type Day } from "@/domain/core/day"
import type { Stretch } from "@/domain/core/stretch"

/** A picture of days is this many units wide; the page says how wide a unit is. */
export const WIDE = 1000
/** What a stretch is drawn with at the least, so that one day in ten years can be seen: a gap, and days that are held. */
export const LEAST = { gap: 10, held: 4 } as const

/** The days that a picture shows: from the first up to but without the last. */
export type Window = { from: Day; to: Day }

/** Where each day lies in a picture, from 0 to `WIDE`; days outside lie on its edge. */
export type Scale = { window: Window; at: (on: Day) => number }

/** Days that have to be seen, and how wide at the least. */
export type Seen = { days: Stretch; least: number }

const YEARS_BACK = 15 * 365
const YEARS_ON = 5 * 365
const MARGIN_DAYS = 30
const MARGIN_PART = 20

/**
 * The days to show: all the stretches with room around today, an open end for a year more; at most fifteen years back
 * from the last of them or today, and five on from the first.
 */
export function windowOf(stretches: readonly Stretch[], today: Day): Window {
  const begins = stretches.flatMap((days) => days.from ?? [])
  const ends = stretches.map((days) => days.to ?? addDays(later(days.from ?? today, today), 365))
  const first = begins.reduce<Day | null>((least, on) => (least === null ? on : earlier(least, on)), null) ?? today
  const last = ends.reduce<Day | null>((most, on) => (most === null ? on : later(most, on)), null) ?? today
  const from = later(earlier(first, today), addDays(earlier(last, today), -YEARS_BACK))
  const to = earlier(later(last, today), addDays(later(first, today), YEARS_ON))
  const margin = Math.max(MARGIN_DAYS, Math.ceil((numberOf(to) - numberOf(from)) / MARGIN_PART))
  return { from: earlier(from, addDays(today, -margin)), to: later(to, addDays(today, margin)) }
}

/**
 * A scale on which everything that has to be seen is at least so wide, days keep their order, and today lies where its
 * share of the days puts it. Where there is too much to be seen for the room, all of it shares what there is.
 */
export function scaleOf(window: Window, today: Day, seen: readonly Seen[]): Scale {
  const start = numberOf(window.from)
  const total = Math.max(1, numberOf(window.to) - start)
  const inside = (on: number): number => Math.min(Math.max(on, 0), total)
  const marked = seen
    .map(({ days, least }) => ({
      from: days.from === null ? 0 : inside(numberOf(days.from) - start),
      to: days.to === null ? total : inside(numberOf(days.to) - start),
      least,
    }))
    .filter((one) => one.from < one.to)
  const anchor = inside(numberOf(today) - start)
  const cuts = [...new Set([0, total, anchor, ...marked.flatMap((one) => [one.from, one.to])])].sort((a, b) => a - b)
  const least = leastOf(cuts, marked)
  const middle = cuts.indexOf(anchor)
  const places = [
    ...elastic(cuts.slice(0, middle + 1), least.slice(0, middle), total).slice(0, -1),
    ...elastic(cuts.slice(middle), least.slice(middle), total),
  ]
  return { window, at: (on) => round(placeOf(inside(numberOf(on) - start), cuts, places)) }
}

type Marked = { from: number; to: number; least: number }

/** How wide each piece between two cuts has to be. */
function leastOf(cuts: readonly number[], marked: readonly Marked[]): number[] {
  const least = cuts.slice(1).map(() => 0)
  const index = new Map(cuts.map((cut, i) => [cut, i]))
  for (const one of marked)
    for (let i = index.get(one.from) ?? 0; i < (index.get(one.to) ?? 0); i += 1)
      least[i] = Math.max(least[i] ?? 0, one.least)
  return least
}

/** Places for cuts whose first and last stand where they are: pushed on where a piece is too narrow, then back from the end. */
function elastic(cuts: readonly number[], least: readonly number[], total: number): number[] {
  const natural = cuts.map((cut) => (cut / total) * WIDE)
  const last = natural.length - 1
  const [low, high] = [natural[0] ?? 0, natural[last] ?? 0]
  const asked = least.reduce((all, one) => all + one, 0)
  const part = asked > high - low ? (high - low) / asked : 1
  const places = [low]
  for (let i = 1; i <= last; i += 1)
    places.push(Math.max(natural[i] ?? 0, (places[i - 1] ?? 0) + (least[i - 1] ?? 0) * part))
  places[last] = high
  for (let i = last - 1; i > 0; i -= 1)
    places[i] = Math.max(low, Math.min(places[i] ?? 0, (places[i + 1] ?? 0) - (least[i] ?? 0) * part))
  return places
}

function placeOf(on: number, cuts: readonly number[], places: readonly number[]): number {
  let low = 0
  let high = cuts.length - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((cuts[middle] ?? 0) <= on) low = middle
    else high = middle
  }
  const [from, to] = [cuts[low] ?? 0, cuts[high] ?? 0]
  const [left, right] = [places[low] ?? 0, places[high] ?? 0]
  return to === from ? left : left + ((on - from) / (to - from)) * (right - left)
}

/** The number of a calendar day, counted from the first of March of the year nought. */
export function numberOf(on: Day): number {
  const [year = 0, month = 1, date = 1] = on.split("-").map(Number)
  const y = month > 2 ? year : year - 1
  const m = (month + 9) % 12
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + Math.floor((153 * m + 2) / 5) + date
}

/** To a hundredth, so that the same days make the same picture to the byte. */
export function round(place: number): number {
  return Math.round(place * 100) / 100
}
