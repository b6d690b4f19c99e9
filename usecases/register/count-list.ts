import type { SQL } from "drizzle-orm"
import type { Db, Tx } from "@/db/connect"
import { indexedFacets, LISTS, type ListName } from "@/db/statements/list-specs"
import { facetCounts, listCount, listIds, listTotal, type FacetCount, type ListQuery } from "@/db/statements/lists"
import type { Bits } from "@/domain/register/bits"
import { countFacets, idsOf, placesOf, receiving, type FacetIndex } from "@/domain/register/facet-index"
import type { Scope } from "@/usecases/scope"
import { facetIndex } from "./facet-cache"

/** A list as somebody asks for it. `condition` is the reader's scope as the list's own condition. */
export type Asked = {
  list: ListName
  query: ListQuery
  scope: Scope
  condition: SQL
  /** Whether the day asked for is today: the index knows no other. */
  present: boolean
}

export type Counts = {
  total: number
  /** There are more than `total`. */
  more: boolean
  facets: Record<string, FacetCount[]>
  /** Counted; or their index is being made; or they are over too many rows to be counted. */
  facetState: "counted" | "later" | "too-many"
  /** The ids of all that match, where they are few and known. */
  among?: string[]
}

/** Above this a total that no figure is kept of is said as "more than". */
const MOST_COUNTED = 10_000
/** Facets over more rows than this are not counted by the database while a page waits. */
const MOST_IN_SQL = 50_000
/** So few rows are looked up one by one instead of being met along the order of the list. */
const FEW = 2_000

/**
 * The total and the facets of a list, all through the reader's scope. Totals without finer filters are the tally's, at
 * any instant. Of what is in force now the list's index counts; where there is none, the database, within limits.
 */
export async function countList(
  tx: Tx,
  db: Db,
  asked: Asked,
  want: { facets: readonly string[]; count: boolean },
): Promise<Counts> {
  const facets = want.facets.filter((facet) => facet in LISTS[asked.list].facets)
  const tally = want.count ? await fromTally(tx, asked) : 0
  if (facets.length || isFiltered(asked.query) || tally === null) {
    const known = await fromIndex(tx, db, asked, facets)
    if (known) return tally === null ? known : { ...known, total: tally, more: false }
  }
  const counted = tally ?? (await listCount(tx, asked.list, asked.query, asked.condition, MOST_COUNTED))
  const more = tally === null && counted > MOST_COUNTED
  const total = { total: more ? MOST_COUNTED : counted, more }
  if (facets.length === 0) return { ...total, facets: {}, facetState: "counted" }
  return { ...total, ...(await fromDatabase(tx, asked, facets)) }
}

function isFiltered({ q, filters, excluded }: ListQuery): boolean {
  return q !== "" || [filters, excluded].some((sets) => Object.values(sets).some((one) => one.length > 0))
}

async function fromTally(tx: Tx, { list, query, scope, condition }: Asked): Promise<number | null> {
  // Sums are kept of companies, not of kinds and periods.
  if (scope.bounds || (list === "parties" && scope.partiesByEntity)) return null
  return listTotal(tx, list, query, condition, scope.entities)
}

/** Of filters, those by facets that the index does not hold: the database names the rows that they let through. */
function besideIndex(list: ListName, filters: ListQuery["filters"]): ListQuery["filters"] {
  const known = indexedFacets(list)
  const beside = ([facet]: [string, string[]]): boolean => facet in LISTS[list].facets && !known.includes(facet)
  return Object.fromEntries(Object.entries(filters).filter(beside))
}

async function fromIndex(tx: Tx, db: Db, asked: Asked, facets: readonly string[]): Promise<Counts | null> {
  return withIndex(tx, db, asked, ({ index, only, current, beside }) => {
    const { query, scope } = asked
    const { filters, excluded } = query
    const answer = countFacets(index, { reader: scope, filters, excluded, facets, only })
    const few = isFiltered(query) && answer.total <= (beside ? MOST_COUNTED : FEW) && current
    return {
      ...{ total: answer.total, more: false, facets: answer.facets, facetState: "counted" },
      ...(few ? { among: idsOf(index, answer.found) } : {}),
    }
  })
}

/** The rows by the list's index that it alone can answer for; `only`: those that filters beside it let through. */
type Indexed = { index: FacetIndex; only: Bits[]; current: boolean; beside: boolean }

/**
 * Answers by the list's index; null where there is none, or what is asked is not of today, or lets too many through beside
 * it. `answer` does not wait: while it runs the index is at one instant.
 */
export async function withIndex<R>(
  tx: Tx,
  db: Db,
  asked: Asked,
  answer: (indexed: Indexed) => R | null,
): Promise<R | null> {
  const { list, query, scope, condition } = asked
  if (query.asOf !== null || !asked.present || scope.bounds) return null
  const only: Bits[] = []
  const found = await facetIndex(tx, db, list, query.today)
  const flows = list === "parties" && scope.partiesByEntity ? await facetIndex(tx, db, "sharings", query.today) : null
  if (!found || (list === "parties" && scope.partiesByEntity && !flows)) return null
  const { index } = found.kept
  const rest = { ...query, filters: besideIndex(list, query.filters), excluded: besideIndex(list, query.excluded) }
  const beside = isFiltered(rest)
  if (beside) {
    const ids = await listIds(tx, list, rest, condition, MOST_COUNTED + 1)
    if (ids.length > MOST_COUNTED) return null
    only.push(placesOf(index, ids))
  }
  // From here on nothing waits: the index is at one instant.
  if (flows) only.push(receiving(index, flows.kept.index, scope))
  return answer({ index, only, beside, current: found.kept.at === found.asked })
}

/** Whether the index will answer once it is made: as things are today, and by nothing that it does not hold. */
function waits({ list, query, present }: Asked): boolean {
  const beside = { ...query, filters: besideIndex(list, query.filters), excluded: besideIndex(list, query.excluded) }
  return query.asOf === null && present && !isFiltered(beside)
}

async function fromDatabase(
  tx: Tx,
  asked: Asked,
  facets: readonly string[],
): Promise<Pick<Counts, "facets" | "facetState">> {
  const all = { ...asked.query, q: "", filters: {}, excluded: {} }
  const size = asked.scope.bounds
    ? await listCount(tx, asked.list, all, asked.condition, MOST_IN_SQL)
    : await listTotal(tx, asked.list, all, asked.condition, asked.scope.entities)
  if (size === null || size > MOST_IN_SQL) return { facets: {}, facetState: waits(asked) ? "later" : "too-many" }
  const out: Counts["facets"] = {}
  for (const facet of facets) out[facet] = await facetCounts(tx, asked.list, asked.query, asked.condition, facet)
  return { facets: out, facetState: "counted" }
}
