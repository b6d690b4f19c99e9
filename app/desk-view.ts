import type { FacetView } from "@/components/table/facets"
import { parseState, type UrlState } from "@/components/table/url-state"
import { say } from "@/components/words/catalogue"
import { mayAct } from "@/domain/people/permissions"
import type { DeskInput, DeskPage, DeskRow } from "@/usecases/desk/desk-page"
import type { Scene } from "@/usecases/scene"
import { clocksOf, type Clocks } from "./clocks"
import type { Words } from "./page-frame"

/** The words of a list of the desk as its address has them, with what they ask for. */
export async function deskState(
  words: Words,
  facets: readonly string[],
): Promise<{ state: UrlState; input: Omit<DeskInput, "asOf"> & { asOf: string | null }; clocks: Clocks }> {
  const state = parseState(await words, facets, ["name"])
  const clocks = clocksOf(state.asOf, "")
  const { filters, excluded, after, size } = state
  return { state, clocks, input: { filters, excluded, after: after.slice(0, 400), size, asOf: clocks.asOf } }
}

/** Facets of the desk with their words; people come with their names from the counts. */
export function deskFacets<T extends DeskRow>(
  page: DeskPage<T>,
  labels: Record<string, { label: string; labelOf?: (value: string) => string }>,
): FacetView[] {
  return Object.entries(labels).map(([facet, { label, labelOf }]) => {
    const counts = page.facets[facet] ?? []
    const people = new Map(counts.map((item) => [item.value, item.label ?? item.value]))
    const known = facet === "entity" ? (value: string) => page.names[value] ?? value : labelOf
    return { facet, label, counts, labelOf: known ?? ((value: string) => people.get(value) ?? value) }
  })
}

/** The words of each stretch in which something is due. */
export const WHEN = { label: say("desk.when"), labelOf: (value: string): string => say(`desk.when.${value}`) }

/** Whether the reader may begin requests. */
export function mayBegin(scene: Scene): boolean {
  return scene.actor ? mayAct("request.draft", scene.actor).ok : false
}
