import type { Band, FlowState } from "./layout"
import { OTHERS } from "./layout"
import { parseRoute } from "./routes"

/** A band with the routes that lead through it, where it touches a country. */
export type FlowBand = Band & { routes: string[] | null }

export type Flows = {
  bands: FlowBand[]
  /** The widest of each column, which are named; all others are drawn as one. */
  named: { column: number; id: string }[]
  /** Sharings at each mechanism, each counted once. */
  mechanisms: { id: string; n: number }[]
  total: number
  people: number
  /** Sharings that do not say how many people they concern. */
  unknownPeople: number
}

/** Sharings that are alike: from where to whom, how they stand, by which routes. `size`: what they weigh together. */
export type FlowSum = {
  entity: string
  party: string
  state: FlowState
  routes: readonly string[]
  n: number
  size: number
  people: number
  unknown: number
}

/** All sums, with those companies and parties that are named; whoever is not stands in the sums as one. */
export type FlowSums = { entities: readonly string[]; parties: readonly string[]; sums: readonly FlowSum[] }

/** The heaviest first, of equals by their name; at most so many. */
export function heaviest(weights: ReadonlyMap<string, number>, most: number): string[] {
  return [...weights]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([id]) => id)
}

type Leg = { route: string; country: string; mechanism: string }

/**
 * The picture of sums: bands from company to party to country to mechanism by how the sharings stand, the widest of each
 * column by name. What a sharing weighs is shared out evenly over its routes; it is counted once at a place though
 * several of its routes lead there.
 */
export function pictureOf({ entities, parties, sums }: FlowSums, widest: number): Flows {
  const [countries, mechanisms] = [new Map<string, number>(), new Map<string, number>()]
  const legs = new Map<string, Leg[]>()
  for (const { routes, size } of sums) {
    const mine = legs.get(routes.join()) ?? routes.map((route) => ({ route, ...parseRoute(route) }))
    legs.set(routes.join(), mine)
    for (const { country, mechanism } of mine) {
      more(countries, country, size / mine.length)
      more(mechanisms, mechanism, size / mine.length)
    }
  }
  const named = { countries: heaviest(countries, widest), mechanisms: heaviest(mechanisms, widest) }
  for (const [key, mine] of legs)
    legs.set(
      key,
      mine.map(({ route, country, mechanism }) => ({
        route,
        country: named.countries.includes(country) ? country : OTHERS,
        mechanism: named.mechanisms.includes(mechanism) ? mechanism : OTHERS,
      })),
    )
  const bands = new Map<string, Drawn>()
  const through = new Map<string, number>()
  for (const { entity, party, state, routes, n, size } of sums) {
    const mine = legs.get(routes.join()) ?? []
    add(bands, { step: 0, from: entity, to: party, state, n, weight: size, route: null })
    const seen = new Set<string>()
    const once = (place: string): number => {
      const first = !seen.has(place)
      seen.add(place)
      return first ? n : 0
    }
    for (const { route, country, mechanism } of mine) {
      const weight = size / mine.length
      add(bands, { step: 1, from: party, to: country, state, n: once(`1 ${country}`), weight, route })
      add(bands, { step: 2, from: country, to: mechanism, state, n: once(`2 ${country} ${mechanism}`), weight, route })
      more(through, mechanism, once(`3 ${mechanism}`))
    }
  }
  const column = (ids: readonly string[], i: number): Flows["named"] => ids.map((id) => ({ column: i, id }))
  const sum = (of: (one: FlowSum) => number): number => sums.reduce((all, one) => all + of(one), 0)
  return {
    bands: [...bands.values()].map(({ routes, ...band }) => ({ ...band, routes: routes && [...routes].sort() })),
    named: [entities, parties, named.countries, named.mechanisms].flatMap(column),
    mechanisms: [...through].map(([id, n]) => ({ id, n })),
    ...{ total: sum((one) => one.n), people: sum((one) => one.people), unknownPeople: sum((one) => one.unknown) },
  }
}

type Drawn = Band & { routes: Set<string> | null }

function add(bands: Map<string, Drawn>, { route, ...band }: Band & { route: string | null }): void {
  const key = `${band.step} ${band.state} ${band.from} ${band.to}`
  const known = bands.get(key)
  if (!known) bands.set(key, { ...band, routes: route === null ? null : new Set([route]) })
  else {
    known.n += band.n
    known.weight += band.weight
    if (route !== null) known.routes?.add(route)
  }
}

function more(sums: Map<string, number>, key: string, by: number): void {
  sums.set(key, (sums.get(key) ?? 0) + by)
}
