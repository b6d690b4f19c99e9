import { countBoth, dropBit, eachBit, grownBits, keepBoth, makeBits, putAll, putBit, takeOut, type Bits } from "./bits"
import { givePlace, idAt, makePlaces, placeOf, type Places } from "./places"

/** Between facets, and between the values of one facet, in a row's marks. No code and no id holds either. */
export const BETWEEN_FACETS = "\u001f"
export const BETWEEN_VALUES = ","

/** A row as the index takes it: the values of all facets in their order, in one text. */
export type MarkedRow = {
  id: string
  marks: string
  /** Its companies as one text: a paper may have several; none: empty. */
  entityIds: string
  restrictedTo: readonly string[] | null
  /** Of a sharing: who receives. */
  partyId: string | null
  /** Of a sharing: its routes as one text, and how many people it concerns; null: not known. */
  routes: string | null
  people: number | null
}

type Set_ = { bits: Bits }

/**
 * One bit set for each value of each facet over the rows in force, so that counting is ANDing. Held in memory as a cache
 * of the log at a known instant (foundation 27); what it may grow to is bounded by `fits`.
 */
export type FacetIndex = {
  facets: readonly string[]
  places: Places
  capacity: number
  values: Map<string, Set_>[]
  entities: Map<string, Set_>
  restricted: Set_
  namedTo: Map<number, readonly string[]>
  parties: Places
  partyOf: Int32Array
  routes: RouteIndex
  /** Which sets a text of marks means: few rows differ in all. */
  known: Map<string, Set_[]>
}

/** Of sharings: by which routes each goes, as the number of one of few texts, and how many people it concerns. */
export type RouteIndex = {
  of: Int32Array
  people: Float64Array
  sets: string[]
  known: Map<string, number>
  tooMany: boolean
}

const MOST_ROUTES = 20_000
const MOST_VALUES = 2_000
const MOST_ROWS = 4_000_000
const MOST_KNOWN = 50_000

/** An index of no rows over facets in this order. */
export function makeFacetIndex(facets: readonly string[]): FacetIndex {
  return {
    facets,
    places: makePlaces(),
    capacity: 1024,
    values: facets.map(() => new Map()),
    entities: new Map(),
    restricted: { bits: makeBits(1024) },
    namedTo: new Map(),
    parties: makePlaces(),
    partyOf: new Int32Array(1024).fill(-1),
    routes: {
      ...{ of: new Int32Array(1024), people: new Float64Array(1024).fill(-1) },
      ...{ sets: [], known: new Map(), tooMany: false },
    },
    known: new Map(),
  }
}

/** Whether the index is still of a size that may be kept in memory: 2,000 values over 4,000,000 rows at most. */
export function fits(index: FacetIndex): boolean {
  return index.places.size <= MOST_ROWS && index.values.reduce((sum, one) => sum + one.size, 0) <= MOST_VALUES
}

/** Puts a row in, or what it is now in the place of what it was. */
export function putRow(index: FacetIndex, row: MarkedRow): void {
  const before = index.places.size
  const place = givePlace(index.places, row.id)
  if (place >= index.capacity) grow(index)
  if (index.places.size === before) takeRow(index, place)
  for (const set of setsOf(index, row.marks)) putBit(set.bits, place)
  for (const entity of row.entityIds.split(BETWEEN_VALUES)) putBit(setOf(index, index.entities, entity).bits, place)
  if (row.restrictedTo) {
    putBit(index.restricted.bits, place)
    index.namedTo.set(place, row.restrictedTo)
  }
  if (row.partyId) index.partyOf[place] = givePlace(index.parties, row.partyId)
  if (row.routes !== null) putRoutes(index.routes, place, row.routes, row.people)
}

function putRoutes(routes: RouteIndex, place: number, text: string, people: number | null): void {
  const known = routes.known.get(text) ?? routes.sets.length
  if (known === routes.sets.length) {
    // What is too much for memory the database sums, as it did before there was an index.
    if (known >= MOST_ROUTES) routes.tooMany = true
    if (routes.tooMany) return
    routes.known.set(text, known)
    routes.sets.push(text)
  }
  routes.of[place] = known
  routes.people[place] = people ?? -1
}

function takeRow(index: FacetIndex, place: number): void {
  for (const set of allSets(index)) dropBit(set.bits, place)
  index.namedTo.delete(place)
}

function* allSets(index: FacetIndex): Generator<Set_> {
  for (const values of index.values) yield* values.values()
  yield* index.entities.values()
  yield index.restricted
}

function grow(index: FacetIndex): void {
  index.capacity *= 2
  for (const set of allSets(index)) set.bits = grownBits(set.bits, index.capacity)
  const partyOf = new Int32Array(index.capacity).fill(-1)
  partyOf.set(index.partyOf)
  index.partyOf = partyOf
  const [of, people] = [new Int32Array(index.capacity), new Float64Array(index.capacity).fill(-1)]
  of.set(index.routes.of)
  people.set(index.routes.people)
  Object.assign(index.routes, { of, people })
}

function setOf(index: FacetIndex, values: Map<string, Set_>, value: string): Set_ {
  const known = values.get(value)
  if (known) return known
  const made = { bits: makeBits(index.capacity) }
  values.set(value, made)
  return made
}

function setsOf(index: FacetIndex, marks: string): Set_[] {
  const known = index.known.get(marks)
  if (known) return known
  const sets = marks.split(BETWEEN_FACETS).flatMap((list, i) =>
    list
      .split(BETWEEN_VALUES)
      .filter((value) => value !== "")
      .map((value) => setOf(index, index.values[i] as Map<string, Set_>, value)),
  )
  if (index.known.size >= MOST_KNOWN) index.known.clear()
  index.known.set(marks, sets)
  return sets
}

/** Who reads: entities (null: every one), and the name by which restricted rows are theirs. */
export type Reader = { personId: string; entities: readonly string[] | null }

export type FacetQuestion = {
  reader: Reader
  filters: Record<string, readonly string[]>
  excluded: Record<string, readonly string[]>
  facets: readonly string[]
  /** Only rows that are in each of these, whatever else is asked. */
  only: readonly Bits[]
}

export type FacetAnswer = { total: number; facets: Record<string, { value: string; n: number }[]>; found: Bits }

/**
 * What the reader finds, and for each facet how often each of its values occurs, its own filter left out. The reader's
 * scope is ANDed first: nothing outside it is ever counted.
 */
export function countFacets(index: FacetIndex, asked: FacetQuestion, most = 40): FacetAnswer {
  const base = seenBy(index, asked.reader)
  for (const bits of asked.only) keepBoth(base, bits)
  for (const [facet, values] of Object.entries(asked.excluded)) {
    const any = anyOf(index, facet, values)
    if (any) takeOut(base, any)
  }
  const wanted = Object.entries(asked.filters).flatMap(([facet, values]) => {
    const any = anyOf(index, facet, values)
    return any ? [{ facet, any }] : []
  })
  const masked = (without: string | null): Bits => {
    const mask = base.slice()
    for (const { facet, any } of wanted) if (facet !== without) keepBoth(mask, any)
    return mask
  }
  const found = masked(null)
  const facets: FacetAnswer["facets"] = {}
  for (const facet of asked.facets) {
    const values = index.values[index.facets.indexOf(facet)]
    if (!values) continue
    const mask = wanted.some((one) => one.facet === facet) ? masked(facet) : found
    const counts = [...values].map(([value, set]) => ({ value, n: countBoth(mask, set.bits) })).filter(({ n }) => n > 0)
    counts.sort((a, b) => b.n - a.n || (a.value < b.value ? -1 : 1))
    facets[facet] = counts.slice(0, most)
  }
  return { total: countBoth(found, found), facets, found }
}

/** The rows that the reader may know of. */
export function seenBy(index: FacetIndex, reader: Reader): Bits {
  const seen = makeBits(index.capacity)
  for (const [entity, set] of index.entities)
    if (reader.entities === null || entity === "" || reader.entities.includes(entity)) putAll(seen, set.bits)
  for (const [place, names] of index.namedTo) if (!names.includes(reader.personId)) dropBit(seen, place)
  return seen
}

/** The rows with any of the values of the facet; null where the index knows no such facet or nothing is asked. */
function anyOf(index: FacetIndex, facet: string, values: readonly string[]): Bits | null {
  const sets = index.values[index.facets.indexOf(facet)]
  if (!sets || values.length === 0) return null
  const any = makeBits(index.capacity)
  for (const value of values) {
    const set = sets.get(value)
    if (set) putAll(any, set.bits)
  }
  return any
}

/** The ids of the rows found. */
export function idsOf(index: FacetIndex, found: Bits): string[] {
  const ids: string[] = []
  eachBit(found, (place) => ids.push(idAt(index.places, place)))
  return ids
}

/** The rows of these ids, as far as the index has them. */
export function placesOf(index: FacetIndex, ids: readonly string[]): Bits {
  const out = makeBits(index.capacity)
  for (const id of ids) {
    const place = placeOf(index.places, id)
    if (place >= 0) putBit(out, place)
  }
  return out
}

/** Of an index of parties: those to whom the reader's sharings in the other index go. */
export function receiving(parties: FacetIndex, sharings: FacetIndex, reader: Reader): Bits {
  const receives = new Uint8Array(sharings.parties.size)
  eachBit(seenBy(sharings, reader), (place) => {
    const party = sharings.partyOf[place] as number
    if (party >= 0) receives[party] = 1
  })
  const out = makeBits(parties.capacity)
  receives.forEach((yes, party) => {
    const place = yes ? placeOf(parties.places, idAt(sharings.parties, party)) : -1
    if (place >= 0) putBit(out, place)
  })
  return out
}
