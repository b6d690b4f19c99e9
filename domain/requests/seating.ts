/** A stage that waits, by a key of its own, and who may take it. */
export type Waiting = { key: string; may: readonly string[] }

/** Stages that need more different people than there are who may take any of them. */
export type Short = { stages: string[]; people: string[]; missing: number }

/**
 * Nobody decides two stages of one request, so every stage needs a person of its own. Null where there are enough: then
 * each stage can be given to somebody else. Otherwise stages that compete for too few people, and those people (a
 * matching as large as can be, and whatever an unmatched stage reaches by exchanging seats).
 */
export function shortOf(waiting: readonly Waiting[]): Short | null {
  const seatOf = new Map<string, number>()
  const unmatched: number[] = []
  for (const [at] of waiting.entries()) if (!seated(waiting, at, seatOf, new Set())) unmatched.push(at)
  if (unmatched.length === 0) return null
  const stages = new Set(unmatched)
  const people = new Set<string>()
  const next = [...unmatched]
  for (let at = next.pop(); at !== undefined; at = next.pop())
    for (const person of waiting[at]?.may ?? []) {
      people.add(person)
      const held = seatOf.get(person)
      if (held === undefined || stages.has(held)) continue
      stages.add(held)
      next.push(held)
    }
  const keys = [...stages].sort((a, b) => a - b).map((at) => waiting[at]?.key ?? "")
  return { stages: keys, people: [...people].sort(), missing: unmatched.length }
}

/**
 * The same, apart for each group that has nobody in common with another: who is missing for one is no help to the other, and is not
 * named with it.
 */
export function shortGroups(waiting: readonly Waiting[]): Short[] {
  const short = shortOf(waiting)
  if (!short) return []
  const named = waiting.filter((one) => short.stages.includes(one.key))
  const groups: Waiting[][] = []
  for (const one of named) {
    const near = groups.filter((group) => group.some((other) => other.may.some((person) => one.may.includes(person))))
    const apart = groups.filter((group) => !near.includes(group))
    groups.splice(0, groups.length, ...apart, [...near.flat(), one])
  }
  const place = new Map(waiting.map((one, at) => [one.key, at]))
  const inOrder = groups.map((group) => group.toSorted((a, b) => (place.get(a.key) ?? 0) - (place.get(b.key) ?? 0)))
  return inOrder
    .toSorted(([a], [b]) => (place.get(a?.key ?? "") ?? 0) - (place.get(b?.key ?? "") ?? 0))
    .flatMap((group) => shortOf(group) ?? [])
}

/** Gives the stage to somebody, moving others to other stages where that helps; whether it could be given. */
function seated(waiting: readonly Waiting[], at: number, seatOf: Map<string, number>, tried: Set<string>): boolean {
  for (const person of waiting[at]?.may ?? []) {
    if (tried.has(person)) continue
    tried.add(person)
    const held = seatOf.get(person)
    if (held !== undefined && !seated(waiting, held, seatOf, tried)) continue
    seatOf.set(person, at)
    return true
  }
  return false
}
