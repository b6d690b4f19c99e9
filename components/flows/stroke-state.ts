import type { UrlState } from "@/components/table/url-state"
import { NONE } from "@/domain/flows/routes"
import { OTHERS, type Band, type FlowState } from "@/domain/flows/layout"

/** The words of the facet of coverage that a state of the picture stands for. */
export const COVERAGE_OF: Record<FlowState, readonly string[]> = {
  covered: ["covered", "expiring"],
  gap: ["gap"],
  other: ["ended", "not-begun", "unchecked"],
}

type Routed = Band & { routes: string[] | null }

/**
 * The table's state in which it lists exactly the sharings of a stroke: the filters of the picture, and those of the
 * stroke. `named`: the ids of each column that are drawn by name; all others are reached by leaving these out.
 */
export function strokeState(state: UrlState, stroke: Routed, named: readonly (readonly string[])[]): UrlState {
  let next: UrlState = { ...state, after: "" }
  if (!state.asOf) next = narrowed(next, "coverage", COVERAGE_OF[stroke.state])
  if (stroke.step === 0) next = placed(next, "entity", stroke.from, named[0] ?? [])
  if (stroke.step <= 1) next = placed(next, "party", stroke.step === 0 ? stroke.to : stroke.from, named[1] ?? [])
  if (stroke.step === 0) return next
  const country = stroke.to
  const plain = stroke.step === 1 && country !== OTHERS && country !== NONE && !state.filters.destination
  return plain ? narrowed(next, "destination", [country]) : narrowed(next, "route", stroke.routes ?? [])
}

/** A filter by these values; of values that were asked for already those stay that are among them. */
function narrowed(state: UrlState, facet: string, values: readonly string[]): UrlState {
  const had = state.filters[facet]
  const both = had ? values.filter((value) => had.includes(value)) : [...values]
  return { ...state, filters: { ...state.filters, [facet]: both } }
}

function placed(state: UrlState, facet: string, id: string, named: readonly string[]): UrlState {
  if (id !== OTHERS) return narrowed(state, facet, [id])
  const left = [...new Set([...(state.excluded[facet] ?? []), ...named])]
  const had = state.filters[facet]?.filter((value) => !named.includes(value))
  const filters = had ? { ...state.filters, [facet]: had } : state.filters
  // What is asked for by name needs nothing left out.
  return had ? { ...state, filters } : { ...state, excluded: { ...state.excluded, [facet]: left } }
}
