/** What findings are narrowed by. */
export const FOUND_FACETS = ["clause", "verdict", "entity", "kind", "country", "owner", "age"] as const
export type FoundFacet = (typeof FOUND_FACETS)[number]

/** How many findings are alike in all that the list is narrowed by. `kinds` are those of the party, of which one may have several. */
export type FoundCell = {
  severity: string
  clause: string
  verdict: string
  entity: string | null
  country: string | null
  kinds: readonly string[]
  owner: string
  age: string
  n: number
}

type Chosen = Partial<Record<FoundFacet, readonly string[]>>
export type FoundCounts = {
  severities: Record<string, number>
  facets: Record<FoundFacet, { value: string; n: number }[]>
}

/** A list names no more values than this of one facet. */
const MOST_VALUES = 80

function valuesOf(cell: FoundCell, facet: FoundFacet): readonly string[] {
  if (facet === "kind") return cell.kinds
  const value = cell[facet]
  return value === null ? [] : [value]
}

const holds = (cell: FoundCell, facet: FoundFacet, values: readonly string[]): boolean =>
  valuesOf(cell, facet).some((value) => values.includes(value))

/**
 * Counts each severity, and each value of each facet, from cells that nothing has narrowed yet. A facet ignores its own
 * choice (so that a second value can be added), the severities ignore the severity; what is left out is left out
 * everywhere. Most frequent first, then by value.
 */
export function foundCounts(
  cells: readonly FoundCell[],
  asked: { severity: string | null; filters: Chosen; excluded: Chosen },
): FoundCounts {
  const wanted = (Object.entries(asked.filters) as [FoundFacet, readonly string[]][]).filter(([, all]) => all.length)
  const unwanted = (Object.entries(asked.excluded) as [FoundFacet, readonly string[]][]).filter(([, all]) => all.length)
  const severities: Record<string, number> = {}
  const tallies = new Map(FOUND_FACETS.map((facet) => [facet, new Map<string, number>()]))
  for (const cell of cells) {
    if (unwanted.some(([facet, values]) => holds(cell, facet, values))) continue
    const missed = wanted.filter(([facet, values]) => !holds(cell, facet, values))
    if (missed.length > 1) continue
    if (missed.length === 0) severities[cell.severity] = (severities[cell.severity] ?? 0) + cell.n
    if (asked.severity !== null && cell.severity !== asked.severity) continue
    for (const [facet, tally] of tallies) {
      if (missed.length && missed[0]?.[0] !== facet) continue
      for (const value of valuesOf(cell, facet)) tally.set(value, (tally.get(value) ?? 0) + cell.n)
    }
  }
  const listed = (facet: FoundFacet): { value: string; n: number }[] =>
    [...(tallies.get(facet) ?? [])]
      .map(([value, n]) => ({ value, n }))
      .sort((a, b) => b.n - a.n || (a.value < b.value ? -1 : 1))
      .slice(0, MOST_VALUES)
  const facets = Object.fromEntries(FOUND_FACETS.map((facet) => [facet, listed(facet)]))
  return { severities, facets: facets as FoundCounts["facets"] }
}
