import type { Day } from "./day"

/** Days from `from` up to but without `to`; null on a side means open there. Never empty. */
export type Stretch = { from: Day | null; to: Day | null }

const LOW = "" as Day
const HIGH = "~" as Day
const lo = (s: Stretch): Day => s.from ?? LOW
const hi = (s: Stretch): Day => s.to ?? HIGH
const make = (from: Day, to: Day): Stretch => ({ from: from === LOW ? null : from, to: to === HIGH ? null : to })

/** Sorted, disjoint, with touching stretches joined and empty ones gone. */
export function union(...sets: Stretch[][]): Stretch[] {
  const only = lone(sets)
  if (only !== null && tidy(only)) return sets.length === 1 ? only : only.map((s) => ({ from: s.from, to: s.to }))
  const all: Stretch[] = []
  for (const set of sets) for (const s of set) if (lo(s) < hi(s)) all.push(s)
  if (all.length === 0) return all
  if (all.length > 1) all.sort((a, b) => (lo(a) < lo(b) ? -1 : lo(a) > lo(b) ? 1 : 0))
  const out: { from: Day; to: Day }[] = []
  for (const s of all) {
    const last = out[out.length - 1]
    if (last && lo(s) <= last.to) {
      if (hi(s) > last.to) last.to = hi(s)
    } else out.push({ from: lo(s), to: hi(s) })
  }
  return out.map((s) => make(s.from, s.to))
}

/** The one set that holds anything, where no other does; null: several do. */
function lone(sets: readonly Stretch[][]): Stretch[] | null {
  let found: Stretch[] | null = null
  for (const set of sets) {
    if (set.length === 0) continue
    if (found !== null) return null
    found = set
  }
  return found ?? sets[0] ?? []
}

/** Whether the set is sorted, disjoint and without empty or touching stretches already. */
function tidy(set: Stretch[]): boolean {
  for (let i = 0; i < set.length; i += 1) {
    const one = set[i] as Stretch
    if (lo(one) >= hi(one)) return false
    const last = set[i - 1]
    if (last && hi(last) >= lo(one)) return false
  }
  return true
}

/** Of two sets of one stretch each. */
function both(a: Stretch[], b: Stretch[]): Stretch[] {
  const x = a[0] as Stretch
  const y = b[0] as Stretch
  const later = lo(x) > lo(y) ? x : y
  const earlier = hi(x) < hi(y) ? x : y
  if (lo(later) >= hi(earlier)) return []
  return [{ from: later.from, to: earlier.to }]
}

/** What one stretch leaves of another. */
function without(a: Stretch[], b: Stretch[]): Stretch[] {
  const x = a[0] as Stretch
  const y = b[0] as Stretch
  if (lo(x) >= hi(x)) return []
  if (lo(y) >= hi(y) || hi(y) <= lo(x) || lo(y) >= hi(x)) return [{ from: x.from, to: x.to }]
  const before = lo(x) < lo(y) ? { from: x.from, to: y.from } : null
  const after = hi(y) < hi(x) ? { from: y.to, to: x.to } : null
  if (before) return after ? [before, after] : [before]
  return after ? [after] : []
}

const isAlways = (set: Stretch[]): boolean => {
  const one = set[0]
  return set.length === 1 && one !== undefined && one.from === null && one.to === null
}

/** The days that lie in both sets. */
export function intersect(a: Stretch[], b: Stretch[]): Stretch[] {
  if (a.length === 0 || b.length === 0) return []
  if (isAlways(a)) return union(b)
  if (isAlways(b)) return union(a)
  if (a.length === 1 && b.length === 1) return both(a, b)
  const left = union(a)
  const right = union(b)
  const out: Stretch[] = []
  let i = 0
  let j = 0
  while (i < left.length && j < right.length) {
    const x = left[i] as Stretch
    const y = right[j] as Stretch
    const from = lo(x) > lo(y) ? lo(x) : lo(y)
    const to = hi(x) < hi(y) ? hi(x) : hi(y)
    if (from < to) out.push(make(from, to))
    if (hi(x) < hi(y)) i += 1
    else j += 1
  }
  return out
}

/** The days of `a` that do not lie in `b`. */
export function subtract(a: Stretch[], b: Stretch[]): Stretch[] {
  if (a.length === 0) return []
  if (b.length === 0) return union(a)
  if (a.length === 1 && b.length === 1) return without(a, b)
  return intersect(a, complement(b))
}

/** All days that do not lie in the set. */
export function complement(set: Stretch[]): Stretch[] {
  const out: Stretch[] = []
  let from: Day = LOW
  for (const s of union(set)) {
    if (from < lo(s)) out.push(make(from, lo(s)))
    from = hi(s)
  }
  if (from < HIGH) out.push(make(from, HIGH))
  return out
}

/** Whether the day lies in the set. */
export function covers(set: Stretch[], on: Day): boolean {
  return set.some((s) => lo(s) <= on && on < hi(s))
}

/** Every day there is. */
export const ALWAYS: Stretch[] = [{ from: null, to: null }]
