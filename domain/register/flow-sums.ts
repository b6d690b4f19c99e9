import { OTHERS, type FlowState } from "@/domain/flows/layout"
import { heaviest, type FlowSum, type FlowSums } from "@/domain/flows/picture"
import { NONE } from "@/domain/flows/routes"
import { eachBit, hasBit, keepBoth, type Bits } from "./bits"
import { BETWEEN_VALUES, type FacetIndex } from "./facet-index"
import { idAt } from "./places"

/** A number for a row that does not say how many people it concerns. */
export const UNKNOWN_PEOPLE = -1

/** What the rows found come to for the flow picture; null where they go by more different routes than the index holds. */
export function flowSums(
  index: FacetIndex,
  found: Bits,
  of: { by: "sharings" | "people"; widest: number },
): FlowSums | null {
  const { routes } = index
  if (routes.tooMany) return null
  const sizeAt = (place: number): number => (of.by === "sharings" ? 1 : Math.max(0, routes.people[place] as number))
  const byParty = new Float64Array(index.parties.size)
  eachBit(found, (place) => {
    const party = index.partyOf[place] as number
    byParty[party] = (byParty[party] as number) + sizeAt(place)
  })
  const seen = new Uint8Array(index.parties.size)
  eachBit(found, (place) => (seen[index.partyOf[place] as number] = 1))
  const parties = topOf(byParty, seen, index, of.widest)
  const rank = new Int32Array(index.parties.size)
  for (const [i, { party }] of parties.entries()) rank[party] = i + 1
  const companies = companiesOf(index, found, sizeAt)
  const entities = heaviest(new Map(companies.map(({ id, size }) => [id, size])), of.widest)
  const standing = statesOf(index)
  const sums = new Map<string, FlowSum>()
  for (const { id, mask } of companies) {
    const entity = entities.includes(id) ? id : OTHERS
    // Few pairs of party and routes are different here: they are numbers until the end.
    const kept = new Map<number, FlowSum>()
    eachBit(mask, (place) => {
      const to = rank[index.partyOf[place] as number] as number
      const route = routes.of[place] as number
      const state = hasBit(standing.gap, place) ? 2 : hasBit(standing.covered, place) ? 1 : 0
      const key = (route * (of.widest + 1) + to) * 3 + state
      let sum = kept.get(key)
      if (!sum) {
        const party = to === 0 ? OTHERS : (parties[to - 1]?.id ?? OTHERS)
        const named = { entity, party, state: NAMES[state] as FlowState }
        const word = `${entity} ${party} ${state} ${route}`
        sum = sums.get(word) ?? { ...named, routes: listOf(routes.sets[route]), n: 0, size: 0, people: 0, unknown: 0 }
        sums.set(word, sum)
        kept.set(key, sum)
      }
      const people = routes.people[place] as number
      sum.n += 1
      sum.size += sizeAt(place)
      if (people === UNKNOWN_PEOPLE) sum.unknown += 1
      else sum.people += people
    })
  }
  return { entities, parties: parties.map(({ id }) => id), sums: [...sums.values()] }
}

const NAMES: readonly FlowState[] = ["other", "covered", "gap"]

const listOf = (set: string | undefined): string[] => (set ? set.split(BETWEEN_VALUES) : [`${NONE}:${NONE}`])

function statesOf(index: FacetIndex): { covered: Bits; gap: Bits } {
  const values = index.values[index.facets.indexOf("coverage")]
  const none = new Uint32Array(index.restricted.bits.length)
  const covered = none.slice()
  for (const state of ["covered", "expiring"]) {
    const bits = values?.get(state)?.bits
    if (bits) for (let i = 0; i < covered.length; i += 1) covered[i] = (covered[i] as number) | (bits[i] as number)
  }
  return { covered, gap: values?.get("gap")?.bits ?? none }
}

function companiesOf(
  index: FacetIndex,
  found: Bits,
  sizeAt: (place: number) => number,
): { id: string; mask: Bits; size: number }[] {
  return [...index.entities].flatMap(([id, set]) => {
    const mask = found.slice()
    keepBoth(mask, set.bits)
    let [n, size] = [0, 0]
    eachBit(mask, (place) => {
      n += 1
      size += sizeAt(place)
    })
    return n > 0 ? [{ id, mask, size }] : []
  })
}

/** The heaviest parties; ids are written out only for as many as could be among them. */
function topOf(
  weights: Float64Array,
  seen: Uint8Array,
  index: FacetIndex,
  most: number,
): { id: string; party: number }[] {
  const sorted = weights.filter((_weight, party) => seen[party] === 1).sort()
  const least = sorted[Math.max(0, sorted.length - most)] ?? 0
  const places = new Map<string, number>()
  const among = new Map<string, number>()
  for (let party = 0; party < weights.length; party += 1) {
    if (seen[party] !== 1 || (weights[party] as number) < least) continue
    const id = idAt(index.parties, party)
    places.set(id, party)
    among.set(id, weights[party] as number)
  }
  return heaviest(among, most).map((id) => ({ id, party: places.get(id) ?? -1 }))
}
